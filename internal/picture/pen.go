package picture

import "image/color"

// point is a place on a drawing, from its upper left corner.
type point struct{ x, y float64 }

// op is what a step of a path does.
type op byte

const (
	moveTo op = iota
	lineTo
	cubicTo // p[0] and p[1] pull, p[2] is the end
	closing
)

// step is one step of a path; the last of its points is where it ends.
type step struct {
	op op
	p  [3]point
}

// path is an outline.
type path []step

func (p *path) move(x, y float64) { *p = append(*p, step{op: moveTo, p: [3]point{{x, y}}}) }
func (p *path) line(x, y float64) { *p = append(*p, step{op: lineTo, p: [3]point{{x, y}}}) }
func (p *path) shut()             { *p = append(*p, step{op: closing}) }
func (p *path) cubic(a, b, to point) {
	*p = append(*p, step{op: cubicTo, p: [3]point{a, b, to}})
}

// quad adds a curve with one pull, such as letters have, as one with two.
func (p *path) quad(from, pull, to point) {
	third := func(a, b point) point { return point{a.x + (b.x-a.x)*2/3, a.y + (b.y-a.y)*2/3} }
	p.cubic(third(from, pull), third(to, pull), to)
}

// round is the distance of the pulls by which four curves make a circle.
const round = 0.5522847498

// circle adds a circle.
func (p *path) circle(x, y, r float64) {
	k := r * round
	p.move(x+r, y)
	p.cubic(point{x + r, y + k}, point{x + k, y + r}, point{x, y + r})
	p.cubic(point{x - k, y + r}, point{x - r, y + k}, point{x - r, y})
	p.cubic(point{x - r, y - k}, point{x - k, y - r}, point{x, y - r})
	p.cubic(point{x + k, y - r}, point{x + r, y - k}, point{x + r, y})
	p.shut()
}

// rectangle is a box as a path.
func rectangle(x, y, w, h float64) path {
	var p path
	p.move(x, y)
	p.line(x+w, y)
	p.line(x+w, y+h)
	p.line(x, y+h)
	p.shut()
	return p
}

// moved is a path elsewhere and in another size.
func (p path) moved(t place) path {
	out := make(path, len(p))
	for i, s := range p {
		for k := range s.p {
			s.p[k] = t.at(s.p[k])
		}
		out[i] = s
	}
	return out
}

// place is where a drawing stands: a size and then a shift.
type place struct{ x, y, scale float64 }

func (t place) at(p point) point { return point{t.x + p.x*t.scale, t.y + p.y*t.scale} }

// inside is a place within this one.
func (t place) inside(x, y, scale float64) place {
	return place{t.x + x*t.scale, t.y + y*t.scale, t.scale * scale}
}

// ink is how a shape is filled and outlined. A colour without opacity is none.
type ink struct {
	fill    color.NRGBA
	pattern *pattern // in place of fill
	stroke  color.NRGBA
	width   float64
	dash    []float64
	rounded bool // corners of the outline
}

// pattern repeats a tile, turned by 45 degrees or not: hatching and dots.
type pattern struct {
	side   float64 // of the tile, which is a square
	turned bool
	ground color.NRGBA
	stripe float64 // width of the stripe along the tile's left side; 0: none
	dot    float64 // radius of the dot in its middle; 0: none
	ink    color.NRGBA
}

// sized is the pattern on a drawing in another size.
func (h pattern) sized(scale float64) *pattern {
	h.side, h.stripe, h.dot = h.side*scale, h.stripe*scale, h.dot*scale
	return &h
}

// anchor says which end of a text stands at its place, in reading direction.
type anchor byte

const (
	start anchor = iota
	middle
	end
)

// text is one line of words.
type text struct {
	x, y   float64 // on the baseline
	s      string
	size   float64
	bold   bool
	anchor anchor
	rtl    bool // the drawing runs from right to left: start is at the right
	colour color.NRGBA
	halo   color.NRGBA // a wide outline beneath, in the colour of the paper; none without opacity
	around float64     // width of the halo
}

// left is where a text of a width begins.
func (t text) left(width float64) float64 {
	switch {
	case t.anchor == middle:
		return t.x - width/2
	case (t.anchor == end) != t.rtl:
		return t.x - width
	}
	return t.x
}

// pen draws. There is one for each kind of file, and a drawing does not know which
// it is drawn by.
type pen interface {
	shape(p path, with ink)
	write(t text)
	measure(s string, size float64, bold bool) float64
}
