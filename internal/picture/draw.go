package picture

import (
	"strconv"
	"strings"

	"thntracker/internal/fault"
)

// painter draws one drawing with one pen.
type painter struct {
	drawing
	pen
	whole float64 // the size of the drawing itself, whatever its parts are scaled by
}

// draw draws a drawing with a pen, at a place.
func (d drawing) draw(with pen, at place) error {
	return painter{d, with, at.scale}.inside(at, d.root, []node{d.root})
}

// inside draws what is in an element. Patterns, titles and descriptions are no ink.
func (d painter) inside(at place, n node, line []node) error {
	for _, c := range n.children {
		line := append(line[:len(line):len(line)], c)
		var err error
		switch c.name {
		case "g", "a":
			var to place
			if to, err = moved(at, c.attr("transform")); err == nil {
				err = d.inside(to, c, line)
			}
		case "text":
			d.say(d.words(at, c, line))
		case "rect", "line", "circle", "path":
			err = d.figure(at, c, line)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moved reads "translate(x y) scale(s)".
func moved(at place, transform string) (place, error) {
	if transform == "" {
		return at, nil
	}
	numbers := strings.FieldsFunc(transform, func(r rune) bool { return strings.ContainsRune("() ,translescale", r) })
	var n [3]float64
	if len(numbers) != len(n) {
		return at, fault.New(fault.Internal, "draw picture", "cannot read %q", transform)
	}
	for i, s := range numbers {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return at, fault.New(fault.Internal, "draw picture", "cannot read %q", transform)
		}
		n[i] = f
	}
	return at.inside(n[0], n[1], n[2]), nil
}

// figure draws one element. What would leave no ink is left out.
func (d painter) figure(at place, n node, line []node) error {
	p, err := outlineOf(n)
	if err != nil {
		return err
	}
	l := d.style(line)
	if l.fill.A == 0 && l.stroke.A == 0 && l.pattern == nil {
		return nil
	}
	scale := at.scale
	if l.unscaled {
		scale = d.whole
	}
	l.width *= scale
	dash := make([]float64, len(l.dash))
	for i, v := range l.dash {
		dash[i] = v * scale
	}
	l.dash = dash
	if l.pattern != nil {
		l.pattern = l.pattern.sized(at.scale)
	}
	d.shape(p.moved(at), l.ink)
	return nil
}

// words are a text element as one line.
func (d painter) words(at place, n node, line []node) text {
	l := d.style(line)
	size := n.num("font-size")
	if size == 0 {
		size = d.root.num("font-size")
	}
	to := at.at(point{n.num("x"), n.num("y")})
	t := text{x: to.x, y: to.y, s: n.words, size: size * at.scale, bold: l.bold, rtl: d.rtl, colour: l.fill}
	switch n.attr("text-anchor") {
	case "middle":
		t.anchor = middle
	case "end":
		t.anchor = end
	}
	if l.halo {
		t.halo, t.around = l.stroke, l.width*at.scale
	}
	return t
}

// downward is the one sign in our texts that the letters lack.
const downward = "↓ "

// say writes words; an arrow before them is drawn.
func (d painter) say(t text) {
	rest, arrow := strings.CutPrefix(t.s, downward)
	if arrow && t.anchor == start {
		ahead := 1.0
		if t.rtl {
			ahead = -1
		}
		x, s := t.x+ahead*0.3*t.size, t.size
		var p path
		p.move(x, t.y-0.72*s)
		p.line(x, t.y-0.02*s)
		p.move(x-0.22*s, t.y-0.26*s)
		p.line(x, t.y-0.02*s)
		p.line(x+0.22*s, t.y-0.26*s)
		d.shape(p, ink{stroke: t.colour, width: 0.09 * s})
		t.s, t.x = rest, t.x+ahead*0.8*s
	}
	d.write(t)
}

// outlineOf is the outline of an element.
func outlineOf(n node) (p path, err error) {
	switch n.name {
	case "rect":
		return rectangle(n.num("x"), n.num("y"), n.num("width"), n.num("height")), nil
	case "circle":
		p.circle(n.num("cx"), n.num("cy"), n.num("r"))
		return p, nil
	case "line":
		p.move(n.num("x1"), n.num("y1"))
		p.line(n.num("x2"), n.num("y2"))
		return p, nil
	}
	return parsePath(n.attr("d"))
}

// parsePath reads the paths that package chart writes: M, L and Z, and the small
// letters of the map, which count from the place before.
func parsePath(d string) (p path, err error) {
	var here, began point
	letter := byte('M')
	s := scanner{d}
	for {
		c, ok := s.letter()
		switch {
		case !ok:
			return p, nil
		case c != 0:
			letter = c
		}
		if letter == 'Z' || letter == 'z' {
			p.shut()
			here, letter = began, 'M'
			continue
		}
		x, okX := s.number()
		y, okY := s.number()
		if !okX || !okY {
			return nil, fault.New(fault.Internal, "read path", "no number at %.20q", s.rest)
		}
		if letter == 'm' || letter == 'l' {
			x, y = x+here.x, y+here.y
		}
		here = point{x, y}
		switch letter {
		case 'M', 'm':
			p.move(x, y)
			began, letter = here, letter-1 // L after M: what follows a move without a letter is a line
		case 'L', 'l':
			p.line(x, y)
		default:
			return nil, fault.New(fault.Internal, "read path", "no picture can hold %q", letter)
		}
	}
}

// scanner reads a path from its beginning.
type scanner struct{ rest string }

// letter reads a letter, or 0 where a number follows; false at the end.
func (s *scanner) letter() (byte, bool) {
	s.rest = strings.TrimLeft(s.rest, " ,")
	if s.rest == "" {
		return 0, false
	}
	c := s.rest[0]
	if c >= 'A' && c <= 'z' {
		s.rest = s.rest[1:]
		return c, true
	}
	return 0, true
}

func (s *scanner) number() (float64, bool) {
	s.rest = strings.TrimLeft(s.rest, " ,")
	n := 0
	for n < len(s.rest) && (s.rest[n] >= '0' && s.rest[n] <= '9' || s.rest[n] == '.' || n == 0 && s.rest[n] == '-') {
		n++
	}
	f, err := strconv.ParseFloat(s.rest[:n], 64)
	s.rest = s.rest[n:]
	return f, err == nil
}
