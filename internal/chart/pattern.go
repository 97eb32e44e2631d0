package chart

import "strconv"

// Series 1 and 3, and 2 and 4, are alike in grey. So 3 carries a hatch and 4
// carries dots, in the colour of the paper, and print in black still reads.

// patterns writes the fills of series 3 and 4 if the chart has them. Each
// drawing has its own ids: two charts in a page may not share definitions,
// because the one that is hidden would take the other's with it.
func (c *canvas) patterns(series int) {
	if series < 3 {
		return
	}
	c.raw(`<defs><pattern id="` + c.id + `-p3" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect class="s3" width="7" height="7"/><rect class="s-ink" width="1.6" height="7"/></pattern>`)
	if series > 3 {
		c.raw(`<pattern id="` + c.id + `-p4" width="7" height="7" patternUnits="userSpaceOnUse">` +
			`<rect class="s4" width="7" height="7"/><circle class="s-ink" cx="3.5" cy="3.5" r="1.3"/></pattern>`)
	}
	c.raw(`</defs>`)
}

// seriesBox draws a box in the look of series i, counted from zero.
func (c *canvas) seriesBox(i int, x, y, w, h float64) {
	if i < 2 {
		c.rect("seg s"+strconv.Itoa(i+1), x, y, w, h)
		return
	}
	c.box("seg", c.id+"-p"+strconv.Itoa(i+1), x, y, w, h)
}

// mark draws the sign of a value that is not a number: a cross for not
// reported, a diamond for masked, a ring for no denominator. Three shapes, so
// that the difference does not hang on colour.
func (c *canvas) mark(s State, x, y float64) {
	const r = 4.0
	px := c.mirror(x)
	at := func(dx, dy float64) string { return num(px+dx) + " " + num(y+dy) }
	switch s {
	case Masked:
		c.raw(`<path class="mark" d="M` + at(0, -r-1) + `L` + at(r+1, 0) + `L` + at(0, r+1) + `L` + at(-r-1, 0) + `Z"/>`)
	case NoDenominator:
		c.circle("mark", x, y, r)
	default:
		c.raw(`<path class="mark" d="M` + at(-r, -r) + `L` + at(r, r) + `M` + at(-r, r) + `L` + at(r, -r) + `"/>`)
	}
}

// hatch writes the fill of countries nothing is known of: thin slanted lines,
// the same distance apart on screen whatever the map's own units are.
func (c *canvas) hatch(units float64) {
	side := num(4.5 * units)
	c.raw(`<defs><pattern id="` + c.id + `-u" width="` + side + `" height="` + side + `" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect class="hatch-paper" width="` + side + `" height="` + side + `"/>` +
		`<rect class="hatch-line" width="` + num(units) + `" height="` + side + `"/></pattern></defs>`)
}
