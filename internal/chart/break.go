package chart

import (
	"strconv"

	"thntracker/internal/fault"
)

// Break marks a change of definition or source: figures before the tick, or the
// row, must not be compared with those from it on. Text says why.
type Break struct {
	Before int // index of the first tick or row after the change
	Text   string
}

func checkBreaks(op string, list []Break, n int) error {
	for _, br := range list {
		if br.Before < 0 || br.Before >= n {
			return fault.New(fault.Internal, op, "break before %d of %d", br.Before, n)
		}
	}
	return nil
}

// why writes the number of a break and its reason at the foot.
func (c *canvas) why(n int, text string) {
	for k, line := range wrap(text, textSize, c.width-18) {
		c.y += lineSize
		if k == 0 {
			c.text("break-no", "start", 0, c.y, strconv.Itoa(n))
		}
		c.text("note", "start", 18, c.y, line)
	}
}

// drawBreaks cuts the plot where figures stop being comparable, with a number
// at the cut and the reason under the time axis.
func (b Bars) drawBreaks(c *canvas, l barLayout) {
	for i, br := range b.Breaks {
		x := l.left + l.slot*float64(br.Before)
		c.line("break", x, l.top-4, x, l.base+6)
		c.text("break-no halo", "start", x+4, l.top+8, strconv.Itoa(i+1))
		c.why(i+1, br.Text)
	}
}

// drawBreaks cuts between two rows, across the whole width.
func (r Rows) drawBreaks(c *canvas, l rowLayout) {
	for i, br := range r.Breaks {
		y := l.top + l.pitch*float64(br.Before)
		c.line("break", 0, y, c.width, y)
		c.text("break-no halo", "end", c.width, y-4, strconv.Itoa(i+1))
		c.why(i+1, br.Text)
	}
}
