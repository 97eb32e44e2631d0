package picture

import (
	"bytes"
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"

	"thntracker/internal/fault"
)

// fontFiles are the letters, which scripts/fonts puts here, and their licence.
//
//go:embed fonts
var fontFiles embed.FS

// Names of the letters: one file for Latin, Greek and Cyrillic, one for Arabic, in
// two weights.
var fontNames = [2][2]string{{"NotoSans_400Regular", "NotoSansArabic_400Regular"}, {"NotoSans_700Bold", "NotoSansArabic_700Bold"}}

// fontBytes is a file of letters.
func fontBytes(name string) ([]byte, error) {
	raw, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
	if err != nil {
		return nil, fault.New(fault.Internal, "read letters", "%s is not built in: run scripts/fonts and build again", name)
	}
	return raw, nil
}

// fonts reads the letters when they are first needed.
var fonts = sync.OnceValues(func() (read [2][2]*font.Font, err error) {
	for weight, names := range fontNames {
		for i, name := range names {
			raw, err := fontBytes(name)
			if err != nil {
				return read, err
			}
			face, err := font.ParseTTF(bytes.NewReader(raw))
			if err != nil {
				return read, fault.New(fault.Internal, "read letters", "%s: %w", name, err)
			}
			read[weight][i] = face.Font
		}
	}
	return read, nil
})

// setter sets words in letters: it joins Arabic, orders what runs from right to
// left, and knows the width of everything. It belongs to one drawing at a time.
type setter struct {
	shaper    shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
	faces     [2][2]*font.Face
	known     map[setKey]setLine
}

type setKey struct {
	s    string
	bold bool
}

// setLine is a line in units of em/1000, its runs from left to right.
type setLine struct {
	runs  []shaping.Output
	width float64
}

// resting are setters that no drawing is using. A new one learns every table of its
// letters anew, which takes longer than to draw a small picture, and the lines under
// the pictures of one release are the same.
var resting sync.Pool

// mostKnown is how many lines a setter remembers from one drawing to the next.
const mostKnown = 2000

// rest gives a setter back when its drawing is done.
func (s *setter) rest() {
	s.forget()
	resting.Put(s)
}

func (s *setter) forget() {
	if len(s.known) > mostKnown {
		clear(s.known)
	}
}

// em is the size at which lines are set and measured.
const em = 1000

func newSetter() (*setter, error) {
	if s, ok := resting.Get().(*setter); ok {
		return s, nil
	}
	read, err := fonts()
	if err != nil {
		return nil, err
	}
	s := &setter{known: map[setKey]setLine{}}
	for weight := range read {
		for i, f := range read[weight] {
			s.faces[weight][i] = font.NewFace(f)
		}
	}
	return s, nil
}

// latin are the first letters in a weight.
func (s *setter) latin(bold bool) *font.Face {
	if bold {
		return s.faces[1][0]
	}
	return s.faces[0][0]
}

// choice gives the first letters that have a sign.
type choice [2]*font.Face

// ResolveFace is called by the segmenter.
func (c choice) ResolveFace(r rune) *font.Face {
	for _, f := range c {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return c[0]
}

// seen takes out of words what has no letter, and the marks with which a name could
// turn the writing around it.
func seen(words string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case r >= 0x202a && r <= 0x202e:
			return -1
		}
		return r
	}, words)
}

// set makes a line of words.
func (s *setter) set(words string, bold bool) setLine {
	words = seen(words)
	key := setKey{words, bold}
	if line, ok := s.known[key]; ok {
		return line
	}
	runes, weight := []rune(words), 0
	if bold {
		weight = 1
	}
	in := shaping.Input{Text: runes, RunEnd: len(runes), Size: fixed.I(em), Direction: di.DirectionLTR, Language: language.NewLanguage("en")}
	if backwards(words) {
		in.Direction = di.DirectionRTL
	}
	var line setLine
	for _, part := range s.segmenter.Split(in, choice(s.faces[weight])) {
		out := s.shaper.Shape(part)
		line.width += float64(out.Advance) / 64
		line.runs = append(line.runs, out)
	}
	ordered(line.runs, in.Direction)
	s.known[key] = line
	return line
}

// backwards tells whether a line runs from right to left: its first letter says so,
// as in the page's own drawings. What is kept to itself, such as a name, has no say.
func backwards(words string) bool {
	kept := 0
	for _, r := range words {
		p, _ := bidi.LookupRune(r)
		switch c := p.Class(); {
		case c == bidi.LRI || c == bidi.RLI || c == bidi.FSI:
			kept++
		case c == bidi.PDI:
			kept--
		case kept > 0:
		case c == bidi.L:
			return false
		case c == bidi.R || c == bidi.AL:
			return true
		}
	}
	return false
}

// ordered puts runs from left to right: all of them turned round when the line
// runs from right to left, and then those back that run against the line.
func ordered(runs []shaping.Output, line di.Direction) {
	if line == di.DirectionRTL {
		slices.Reverse(runs)
	}
	for i := 0; i < len(runs); {
		n := i + 1
		if runs[i].Direction != line {
			for n < len(runs) && runs[n].Direction != line {
				n++
			}
			slices.Reverse(runs[i:n])
		}
		i = n
	}
}

// width of a line at a size.
func (s *setter) width(words string, size float64, bold bool) float64 {
	return s.set(words, bold).width * size / em
}

// outline is a line as a path that begins at a place on the baseline.
func (s *setter) outline(words string, size float64, bold bool, x, y float64) (p path) {
	for _, run := range s.set(words, bold).runs {
		for _, g := range run.Glyphs {
			letter(&p, run.Face, g, place{x + float64(g.XOffset)/64*size/em, y - float64(g.YOffset)/64*size/em, size / float64(run.Face.Upem())})
			x += float64(g.XAdvance) / 64 * size / em
		}
	}
	return p
}

// letter adds one glyph. Letters are drawn upwards, drawings downwards.
func letter(p *path, face *font.Face, g shaping.Glyph, t place) {
	outline, ok := face.GlyphData(g.GlyphID).(font.GlyphOutline)
	if !ok {
		return // a blank
	}
	at := func(s font.SegmentPoint) point { return t.at(point{float64(s.X), -float64(s.Y)}) }
	var here point
	for i, s := range outline.Segments {
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				p.shut()
			}
			here = at(s.Args[0])
			p.move(here.x, here.y)
		case opentype.SegmentOpLineTo:
			here = at(s.Args[0])
			p.line(here.x, here.y)
		case opentype.SegmentOpQuadTo:
			p.quad(here, at(s.Args[0]), at(s.Args[1]))
			here = at(s.Args[1])
		case opentype.SegmentOpCubeTo:
			here = at(s.Args[2])
			p.cubic(at(s.Args[0]), at(s.Args[1]), here)
		}
	}
	if len(outline.Segments) > 0 {
		p.shut()
	}
}
