package chart

import (
	"math"
	"slices"

	"thntracker/internal/fault"
)

// Mark is what is known of one country.
type Mark string

// The marks. A country that is not in the map of marks is Unknown.
const (
	Yes     Mark = "yes"
	No      Mark = "no"
	Unknown Mark = "unknown"
)

// World is a map of countries by mark, on an equal-area projection so that size
// is true. Small states are dots, and places without a country code of their
// own are in no colour. It carries no words but its heading: the page writes a
// key beside it, with a Swatch for each mark, and the list of every country,
// which is also where places too small for any map are found.
type World struct {
	Doc   Doc
	Marks map[string]Mark          // by ISO 3166-1 alpha-2
	Own   string                   // the reader's country, outlined; "" outlines none
	Names func(iso2 string) string // names countries marked yes or no under a pointer; nil names none
}

// SVG draws the map. The error means that the embedded map cannot be read or
// that a mark is none of the three.
func (w World) SVG() (string, error) {
	a, err := world()
	if err != nil {
		return "", fault.New(fault.Internal, "draw world", "%w", err)
	}
	for code, m := range w.Marks {
		if m != Yes && m != No && m != Unknown {
			return "", fault.New(fault.Internal, "draw world", "mark %q of %s", m, code)
		}
	}
	c := newCanvas(w.Doc)
	units := a.width / c.width // grid units in a pixel
	c.hatch(units)
	// The map itself is never mirrored: east is where east is.
	c.raw(`<g class="map" transform="translate(0 ` + num(c.y) + `) scale(` + fine(1/units) + `)">`)
	c.raw(`<g class="map-none">`)
	w.drawAll(c, a, units, func(s shape) bool { return s.code == "-" })
	c.raw(`</g><g class="map-unknown" fill="url(#` + c.id + `-u)">`)
	w.drawAll(c, a, units, func(s shape) bool { return s.code != "-" && w.mark(s.code) == Unknown })
	c.raw(`</g><g class="map-no">`)
	w.drawAll(c, a, units, func(s shape) bool { return w.mark(s.code) == No })
	c.raw(`</g><g class="map-yes">`)
	w.drawAll(c, a, units, func(s shape) bool { return w.mark(s.code) == Yes })
	c.raw(`</g>`)
	w.drawOwn(c, a, units)
	c.raw(`</g>`)
	c.y += a.height / units
	return c.finish("world"), nil
}

// mark is what is known of a country; nothing known is Unknown.
func (w World) mark(code string) Mark {
	if m, ok := w.Marks[code]; ok {
		return m
	}
	return Unknown
}

// drawAll draws the shapes that belong to a group, dots last so that no
// neighbour hides them.
func (w World) drawAll(c *canvas, a atlas, units float64, in func(shape) bool) {
	for _, dots := range []bool{false, true} {
		for _, s := range a.shapes {
			if (s.path == "") == dots && in(s) {
				w.drawShape(c, s, units)
			}
		}
	}
}

// drawShape draws one country, with its name when it is marked.
func (w World) drawShape(c *canvas, s shape, units float64) {
	name := ""
	if w.Names != nil && w.mark(s.code) != Unknown {
		if n := w.Names(s.code); n != "" {
			name = `<title>` + escape(n) + `</title>`
		}
	}
	c.raw(outline("", s, 2.6*units))
	if name == "" {
		c.raw("/>")
		return
	}
	c.raw(">" + name + "</" + element(s) + ">")
}

// ringed is the size in pixels below which a country is ringed, not outlined:
// the coast of a small one would fill with the outline.
const ringed = 48

// drawOwn outlines the reader's country over everything else, with a pale line
// under a strong one, so that it stands out of any fill.
func (w World) drawOwn(c *canvas, a atlas, units float64) {
	i := slices.IndexFunc(a.shapes, func(s shape) bool { return s.code == w.Own && w.Own != "-" })
	if i < 0 {
		return
	}
	s := a.shapes[i]
	if size := math.Max(s.box.w, s.box.h); size < ringed*units {
		s.path = ""
		w.outlineOwn(c, s, size/2+5*units)
		return
	}
	w.outlineOwn(c, s, 0)
}

// outlineOwn draws the two lines.
func (w World) outlineOwn(c *canvas, s shape, r float64) {
	c.raw(outline("map-own-under", s, r) + "/>" + outline("map-own", s, r) + "/>")
}

// element is the name of a shape's element.
func element(s shape) string {
	if s.path == "" {
		return "circle"
	}
	return "path"
}

// outline opens the element of a shape without closing it.
func outline(class string, s shape, r float64) string {
	open := "<" + element(s)
	if class != "" {
		open += ` class="` + class + `"`
	}
	if s.path == "" {
		x, y := s.box.middle()
		return open + ` cx="` + num(x) + `" cy="` + num(y) + `" r="` + num(r) + `"`
	}
	return open + ` d="` + s.path + `"`
}

// Swatch is a small drawing of a mark for the key that the page writes. It is
// decoration beside a word, so it has no name of its own. The id must be unique
// in the page.
func Swatch(id string, m Mark) string {
	c := &canvas{id: safeID(id), width: 20}
	c.raw(`<svg xmlns="http://www.w3.org/2000/svg" class="swatch" aria-hidden="true" focusable="false" viewBox="0 0 20 14" width="20" height="14">`)
	switch m {
	case Yes, No:
		c.raw(`<g class="map-` + string(m) + `"><rect x="1" y="1" width="18" height="12"/></g>`)
	default:
		c.hatch(1)
		c.raw(`<g class="map-unknown" fill="url(#` + c.id + `-u)"><rect x="1" y="1" width="18" height="12"/></g>`)
	}
	c.raw(`</svg>`)
	return c.b.String()
}
