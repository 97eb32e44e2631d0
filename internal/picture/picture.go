// Package picture turns the drawings of package chart into files that leave the
// page behind: pictures as PNG and as SVG that needs no stylesheet, a card for a
// timeline, and sheets of paper as PDF. The drawing is the same everywhere: it is
// read once and drawn by a pen, and there is a pen for each kind of file. A picture
// carries inside itself what it shows, of when, from where and by which rule,
// because it is passed on without its page. The package knows ink and letters, and
// nothing of figures: what must not be seen is not in the drawing.
//
// Start at Picture, then pen.go. Letters are fetched by scripts/fonts.
package picture

import (
	"strings"
)

// Picture is one drawing with everything that a reader needs to judge it. All of it
// is whole text in the reader's language.
type Picture struct {
	Title    string
	Subtitle string   // what is measured, in which unit, over which period
	Drawing  string   // SVG by package chart, drawn bare
	Foot     []string // source, mask note, release and its date, address: a paragraph each
	Banner   string   // above everything, such as that this is a demonstration
	Lang     string
	RTL      bool
}

// Sizes of a picture in units: those of its drawing.
const (
	margin    = 32.0
	titleSize = 26.0
	underSize = 17.0
	footSize  = 13.0
)

// pixels is how many pixels a PNG has for each unit: enough for a page of print.
const pixels = 2

// PNG draws the picture in pixels.
func (p Picture) PNG() ([]byte, error) {
	s, d, err := p.begin()
	if err != nil {
		return nil, err
	}
	defer s.rest()
	width := d.width + 2*margin
	r := newRaster(s, width, p.layout(s, d), pixels)
	if err := p.draw(r, d); err != nil {
		return nil, err
	}
	return r.bytes()
}

// SVG draws the picture as a file of its own.
func (p Picture) SVG() ([]byte, error) {
	s, d, err := p.begin()
	if err != nil {
		return nil, err
	}
	defer s.rest()
	v := &vector{setter: s}
	height := p.layout(s, d)
	v.shape(rectangle(0, 0, d.width+2*margin, height), ink{fill: Colour("paper")})
	if err := p.draw(v, d); err != nil {
		return nil, err
	}
	return v.bytes(d.width+2*margin, height, p.Title, strings.TrimSpace(d.desc+" "+strings.Join(p.Foot, " ")), p.Lang), nil
}

func (p Picture) begin() (*setter, drawing, error) {
	d, err := read(p.Drawing)
	if err != nil {
		return nil, d, err
	}
	s, err := newSetter()
	return s, d, err
}

// layout is the height of the picture.
func (p Picture) layout(s *setter, d drawing) float64 {
	c := column{pen: nowhere{s}, width: d.width, y: margin}
	p.head(&c)
	c.y += d.height
	p.foot(&c)
	return c.y + margin
}

// draw draws all of it.
func (p Picture) draw(with pen, d drawing) error {
	c := column{pen: with, x: margin, width: d.width, y: margin, rtl: p.RTL}
	p.head(&c)
	if err := d.draw(with, place{margin, c.y, 1}); err != nil {
		return err
	}
	c.y += d.height
	p.foot(&c)
	return nil
}

func (p Picture) head(c *column) {
	c.paragraph(p.Banner, footSize, true, "s3")
	c.paragraph(p.Title, titleSize, true, "ink")
	c.paragraph(p.Subtitle, underSize, false, "soft")
	c.y += 16
}

func (p Picture) foot(c *column) {
	c.y += 14
	c.rule("grid", 1)
	c.y += 8
	for _, f := range p.Foot {
		c.paragraph(f, footSize, false, "soft")
	}
}

// nowhere measures and draws nothing.
type nowhere struct{ *setter }

func (nowhere) shape(path, ink) {}
func (nowhere) write(text)      {}
func (n nowhere) measure(s string, size float64, bold bool) float64 {
	return n.width(s, size, bold)
}
