package picture

import "strings"

// Sizes of a block, in points.
const (
	headingSize = 11.0
	measureSize = 8.5
	saidSize    = 9.0
	cellSize    = 7.5
	smallSize   = 7.0
	cellPad     = 2.4
	largest     = 0.6 // scale of drawings: their letters are no larger than those around them
)

// height is how much room a block takes in a column of a width.
func (b Block) height(p *paper, width float64, rtl bool) (float64, error) {
	c := column{pen: unseen{p}, width: width, rtl: rtl}
	err := b.set(&c)
	return c.y, err
}

// unseen measures as paper does and leaves it blank.
type unseen struct{ *paper }

func (unseen) shape(path, ink) {}
func (unseen) write(text)      {}

// set puts a block into a column and moves it on.
func (b Block) set(c *column) error {
	c.y += 4
	c.paragraph(b.Heading, headingSize, true, "ink")
	c.paragraph(b.Measure, measureSize, false, "soft")
	for _, s := range b.Said {
		c.paragraph(s, saidSize, false, "ink")
		c.y += 2
	}
	if b.Drawing != "" {
		d, err := read(b.Drawing)
		if err != nil {
			return err
		}
		scale := min(c.width/d.width, largest)
		x := c.x
		if c.rtl {
			x += c.width - d.width*scale
		}
		if err := d.draw(c.pen, place{x, c.y + 4, scale}); err != nil {
			return err
		}
		c.y += 4 + d.height*scale
	}
	if b.Table != nil {
		c.y += 4
		b.Table.set(c)
	}
	if len(b.Small) > 0 {
		c.y += 2
	}
	for _, s := range b.Small {
		c.paragraph(s, smallSize, false, "soft")
	}
	c.y += 8
	return nil
}

// set draws a table: a head over a rule, and a thin rule under each row.
func (g Grid) set(c *column) {
	widths := g.widths(c.pen, c.width)
	g.top(c, widths)
	for _, r := range g.Rows {
		g.row(c, r, widths)
	}
}

func (g Grid) top(c *column, widths []float64) {
	if len(g.Head) > 0 {
		g.line(c, g.Head, true, widths)
		c.rule("ink", 0.75)
	}
}

func (g Grid) row(c *column, cells []string, widths []float64) {
	g.line(c, cells, false, widths)
	c.rule("grid", 0.5)
}

// cellGap is between two columns.
const cellGap = 7.0

// widths gives every column its longest word and shares out what is left. Where not
// even the words fit, all of them are cut alike.
func (g Grid) widths(by pen, total float64) []float64 {
	out, sum, shares := make([]float64, len(g.Shares)), 0.0, 0.0
	for i := range out {
		if i < len(g.Head) {
			out[i] = longest(by, g.Head[i], true)
		}
		for _, r := range g.Rows {
			out[i] = max(out[i], longest(by, r[i], false))
		}
		if i < len(out)-1 {
			out[i] += cellGap
		}
		sum += out[i]
		shares += g.Shares[i]
	}
	for i := range out {
		if sum > total {
			out[i] *= total / sum
		} else {
			out[i] += (total - sum) * g.Shares[i] / shares
		}
	}
	return out
}

// longest is the width of the longest word of a cell.
func longest(by pen, words string, bold bool) (width float64) {
	for _, w := range strings.FieldsFunc(words, breakable) {
		width = max(width, by.measure(w, cellSize, bold)+0.01)
	}
	return width
}

// line is one row; its cells are as high as the highest.
func (g Grid) line(c *column, cells []string, bold bool, widths []float64) {
	lowest, from := c.y, 0.0
	for i, s := range cells {
		gap := cellGap
		if i == len(cells)-1 {
			gap = 0
		}
		one := column{pen: c.pen, x: c.x + from, y: c.y + cellPad/2, width: widths[i] - gap, rtl: c.rtl}
		if c.rtl {
			one.x = c.x + c.width - from - widths[i] + gap
		}
		if g.Numbers[i] {
			one.figures(s, cellSize, bold)
		} else {
			one.paragraph(s, cellSize, bold, "ink")
		}
		lowest = max(lowest, one.y)
		from += widths[i]
	}
	c.y = lowest + cellPad
}

// figures sets words at the end of their lines, so that digits stand under digits.
func (c *column) figures(words string, size float64, bold bool) {
	for _, line := range wrap(c.pen, words, size, bold, c.width) {
		c.y += size * leading
		t := text{x: c.x + c.width, y: c.y - size*(leading-1), s: line, size: size, bold: bold, anchor: end, rtl: c.rtl, colour: Colour("ink")}
		if c.rtl {
			t.x = c.x
		}
		c.write(t)
	}
}
