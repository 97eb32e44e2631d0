package picture

import (
	"bytes"
	"image/color"
	"math"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
)

// paper draws on the pages of a PDF, in points. Words in Latin, Greek and Cyrillic
// stay words, which can be searched and read aloud; Arabic, whose letters join, is
// drawn as shapes.
type paper struct {
	*setter
	on *fpdf.Fpdf
}

// origin is what a PDF says of itself.
type origin struct {
	title, author, subject, lang string
	at                           time.Time // instead of the clock
}

func newPaper(s *setter, o origin) (*paper, error) {
	p := &paper{setter: s, on: fpdf.New("P", "pt", "A4", "")}
	for weight, style := range []string{"", "B"} {
		raw, err := fontBytes(fontNames[weight][0])
		if err != nil {
			return nil, err
		}
		p.on.AddUTF8FontFromBytes("noto", style, raw)
	}
	p.on.SetAutoPageBreak(false, 0)
	p.on.SetMargins(0, 0, 0)
	p.on.SetCatalogSort(true)
	p.on.SetCreationDate(o.at)
	p.on.SetModificationDate(o.at)
	p.on.SetProducer("THN Tracker", true)
	p.on.SetTitle(o.title, true)
	p.on.SetAuthor(o.author, true)
	p.on.SetSubject(o.subject, true)
	p.on.SetLang(o.lang)
	p.on.SetDisplayMode("fullpage", "continuous")
	return p, nil
}

func (p *paper) bytes() ([]byte, error) {
	var b bytes.Buffer
	err := p.on.Output(&b)
	return b.Bytes(), err
}

func (p *paper) shape(s path, with ink) {
	if with.pattern != nil {
		p.hatch(s, *with.pattern)
	} else if with.fill.A > 0 {
		p.on.SetFillColor(rgb(with.fill))
		if with.fill.A < 255 {
			p.on.SetAlpha(float64(with.fill.A)/255, "Normal")
		}
		p.trace(s)
		p.on.DrawPath("F")
		if with.fill.A < 255 {
			p.on.SetAlpha(1, "Normal")
		}
	}
	if with.stroke.A == 0 || with.width == 0 {
		return
	}
	p.on.SetDrawColor(rgb(with.stroke))
	p.on.SetLineWidth(with.width)
	p.on.SetLineJoinStyle(map[bool]string{true: "round", false: "miter"}[with.rounded])
	if len(with.dash) > 0 {
		p.on.SetDashPattern(with.dash, 0)
	}
	p.trace(s)
	p.on.DrawPath("D")
	if len(with.dash) > 0 {
		p.on.SetDashPattern(nil, 0)
	}
}

// trace puts a path on the page for the next fill or outline. It is written in
// hundredths of a point, which no printer sees, because letters are many points; and
// PDF counts from the lower edge.
func (p *paper) trace(s path) {
	var b strings.Builder
	at := func(list ...point) {
		for _, q := range list {
			b.WriteString(short(q.x) + " " + short(sheetHeight-q.y) + " ")
		}
	}
	for _, step := range s {
		switch step.op {
		case moveTo:
			at(step.p[0])
			b.WriteString("m ")
		case lineTo:
			at(step.p[0])
			b.WriteString("l ")
		case cubicTo:
			at(step.p[:]...)
			b.WriteString("c ")
		case closing:
			b.WriteString("h ")
		}
	}
	p.on.RawWriteStr(strings.TrimSuffix(b.String(), " "))
}

// hatch fills a path with a pattern: the path becomes a window, and through it are
// drawn as many stripes or dots as it needs.
func (p *paper) hatch(s path, h pattern) {
	p.on.RawWriteStr("q")
	p.trace(s)
	p.on.RawWriteStr("W n")
	low, high := bounds(s)
	p.shape(rectangle(low.x, low.y, high.x-low.x, high.y-low.y), ink{fill: h.ground})
	for _, t := range h.marks(low, high) {
		p.shape(t, ink{fill: h.ink})
	}
	p.on.RawWriteStr("Q")
}

// marks are the stripes or dots of a pattern that touch a box.
func (h pattern) marks(low, high point) (list []path) {
	turn := func(q point) point { return q }
	back := turn
	if h.turned {
		const c = math.Sqrt2 / 2
		turn = func(q point) point { return point{(q.x + q.y) * c, (q.y - q.x) * c} }
		back = func(q point) point { return point{(q.x - q.y) * c, (q.x + q.y) * c} }
	}
	var box path
	for _, q := range []point{low, {high.x, low.y}, high, {low.x, high.y}} {
		q = turn(q)
		box.line(q.x, q.y)
	}
	from, to := bounds(box)
	for x := math.Floor(from.x/h.side) * h.side; x < to.x; x += h.side {
		if h.stripe > 0 {
			var s path
			for i, q := range []point{{x, from.y}, {x + h.stripe, from.y}, {x + h.stripe, to.y}, {x, to.y}} {
				q = back(q)
				s = append(s, step{op: map[bool]op{true: moveTo, false: lineTo}[i == 0], p: [3]point{q}})
			}
			s.shut()
			list = append(list, s)
			continue
		}
		for y := math.Floor(from.y/h.side) * h.side; y < to.y; y += h.side {
			var s path
			q := back(point{x + h.side/2, y + h.side/2})
			s.circle(q.x, q.y, h.dot)
			list = append(list, s)
		}
	}
	return list
}

// bounds is the box around a path.
func bounds(s path) (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, step := range s {
		ends := step.p[:1]
		switch step.op {
		case closing:
			continue
		case cubicTo:
			ends = step.p[:]
		}
		for _, q := range ends {
			low = point{math.Min(low.x, q.x), math.Min(low.y, q.y)}
			high = point{math.Max(high.x, q.x), math.Max(high.y, q.y)}
		}
	}
	return low, high
}

func (p *paper) write(t text) {
	words, plain := p.plain(t.s, t.bold)
	x := t.left(p.measure(t.s, t.size, t.bold))
	if t.halo.A > 0 {
		p.shape(p.outline(t.s, t.size, t.bold, x, t.y), ink{stroke: t.halo, width: t.around, rounded: true})
	}
	if !plain {
		p.shape(p.outline(t.s, t.size, t.bold, x, t.y), ink{fill: t.colour})
		return
	}
	p.on.SetFont("noto", map[bool]string{true: "B"}[t.bold], t.size)
	p.on.SetTextColor(rgb(t.colour))
	p.on.Text(x, t.y, words)
}

// measure is the width of words as they will be written: letter after letter where
// they stay words, and joined where they are drawn.
func (p *paper) measure(s string, size float64, bold bool) float64 {
	words, plain := p.plain(s, bold)
	if !plain {
		return p.width(s, size, bold)
	}
	face, sum := p.latin(bold), 0.0
	for _, r := range words {
		g, _ := face.NominalGlyph(r)
		sum += float64(face.HorizontalAdvance(g))
	}
	return sum * size / float64(face.Upem())
}

// plain tells whether words can be written letter by letter, without the marks of
// direction that say nothing in a line of one direction.
func (p *paper) plain(s string, bold bool) (string, bool) {
	words := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, seen(s))
	if backwards(s) {
		return s, false
	}
	face := p.latin(bold)
	for _, r := range words {
		if _, ok := face.NominalGlyph(r); !ok || unicode.Is(unicode.Mn, r) {
			return s, false
		}
	}
	return words, true
}

func rgb(c color.NRGBA) (r, g, b int) { return int(c.R), int(c.G), int(c.B) }

// mark makes a heading a place that a reader finds in the list beside the pages: a
// program that reads aloud goes from one to the next, as the library writes no tags.
func (p *paper) mark(heading string, y float64) {
	if heading = strings.TrimSpace(seen(heading)); heading != "" {
		p.on.SetFont("noto", "", saidSize) // only with such letters may it hold any sign
		p.on.Bookmark(heading, 0, y)
	}
}

// link makes a place on the page lead to an address.
func (p *paper) link(x, y, w, h float64, url string) { p.on.LinkString(x, y, w, h, url) }
