package export

import (
	"cmp"
	"io"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/picture"
	"thntracker/internal/report"
)

// writeSVG writes the first drawing of a document as a picture. Whoever wants
// another one hands in a document with that section alone.
func writeSVG(w io.Writer, words report.Words, d Document) error {
	return writeDrawn(w, words, d, picture.Picture.SVG)
}

// writePNG is writeSVG in pixels.
func writePNG(w io.Writer, words report.Words, d Document) error {
	return writeDrawn(w, words, d, picture.Picture.PNG)
}

func writeDrawn(w io.Writer, words report.Words, d Document, draw func(picture.Picture) ([]byte, error)) error {
	p := d.about(words)
	for _, s := range p.Sections {
		if s.Drawing != "" {
			raw, err := draw(pictureOf(words, d, s))
			if err != nil {
				return err
			}
			_, err = w.Write(raw)
			return err
		}
	}
	return fault.Say(fault.NotFound, "draw picture", "files.picture.lacking", nil)
}

// writeCard writes the first figure of a document as a square for a timeline. A
// figure that is masked or was not reported is none.
func writeCard(w io.Writer, words report.Words, d Document) error {
	p := d.about(words)
	for _, k := range p.Keys {
		if !k.Missing {
			raw, err := cardOf(words, d, k).PNG()
			if err != nil {
				return err
			}
			_, err = w.Write(raw)
			return err
		}
	}
	return fault.Say(fault.NotFound, "draw card", "files.picture.no_figure", nil)
}

// pictureOf puts what a reader has to know around a drawing.
func pictureOf(words report.Words, d Document, s Section) picture.Picture {
	p := d.about(words)
	foot := footOf(words, p)
	if s.Source != "" {
		foot = append([]string{words.Args("files.picture.source", map[string]any{"Source": strings.TrimSuffix(s.Source, ".")})}, foot...)
	}
	return picture.Picture{Title: s.Heading, Subtitle: joined(s.Measure, p.Country, p.Period), Drawing: s.Drawing, Foot: foot,
		Banner: banner(words, p), Lang: p.Lang, RTL: p.RTL}
}

func cardOf(words report.Words, d Document, k Key) picture.Card {
	p := d.about(words)
	if len(p.Headline) > 0 && strings.Contains(p.Headline[0], k.Value) { // a sentence says more than the head of a column
		k.Words = p.Headline[0]
	}
	return picture.Card{Figure: figureOf(k), Title: p.Title, Foot: append([]string{p.Publisher}, footOf(words, p)...), Banner: banner(words, p), RTL: p.RTL}
}

func figureOf(k Key) picture.Figure {
	return picture.Figure{Value: k.Value, Range: k.Range, Words: k.Words, Target: k.Target, Missing: k.Missing}
}

// footOf is what stands under every picture: which release it is of, what was
// masked, and where it stays.
func footOf(words report.Words, p Publication) []string {
	return present(releaseLine(words, p), p.Standing, cmp.Or(p.Note, p.Rule), p.Address)
}

// releaseLine says which release something is of, and of which day.
func releaseLine(words report.Words, p Publication) string {
	switch {
	case p.Published.IsZero():
		return p.Release
	case p.Release == "":
		return words.Args("files.picture.as_at", map[string]any{"Date": words.Date(p.Published)})
	}
	return words.Args("files.picture.published", map[string]any{"Release": p.Release, "Date": words.Date(p.Published)})
}

func banner(words report.Words, p Publication) string {
	if p.Demo {
		return words.Args("files.demo", nil)
	}
	return ""
}

// present leaves out what is empty.
func present(list ...string) (out []string) {
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// joined sets remarks side by side with a dot between.
func joined(list ...string) string { return strings.Join(present(list...), " · ") }

// pictured are the pictures of a package: every drawing twice, and the card.
func pictured(words report.Words, d Document) (list []member, err error) {
	p := d.about(words)
	taken := map[string]int{}
	for _, s := range p.Sections {
		if s.Drawing == "" {
			continue
		}
		name := "pictures/" + strings.ToLower(sheetName(s.Code, taken))
		says := words.Args("files.readme.picture", map[string]any{"Title": s.Heading})
		one := pictureOf(words, d, s)
		for _, kind := range []struct {
			ending string
			draw   func() ([]byte, error)
		}{{".svg", one.SVG}, {".png", one.PNG}} {
			raw, err := kind.draw()
			if err != nil {
				return nil, err
			}
			list = append(list, member{name + kind.ending, says, raw})
		}
	}
	for _, k := range p.Keys {
		if k.Missing {
			continue
		}
		raw, err := cardOf(words, d, k).PNG()
		if err != nil {
			return nil, err
		}
		says := words.Args("files.readme.picture", map[string]any{"Title": k.Words})
		return append(list, member{"pictures/card.png", says, raw}), nil
	}
	return list, nil
}
