package chart

import "math"

// rowLayout is where the parts of the chart stand.
type rowLayout struct {
	axis                     axis
	left, right, top, bottom float64 // the plot
	pitch, bar               float64 // distance of rows, height of a bar
	above                    bool    // labels stand over their bars
}

// x is the place of a value.
func (l rowLayout) x(v float64) float64 { return l.left + (l.right-l.left)*l.axis.at(v) }

// middle is the height of the bar of row i. Where names stand above, the bar
// keeps to the lower part of its row.
func (l rowLayout) middle(i int) float64 {
	top := l.top + l.pitch*float64(i)
	if l.above {
		return top + l.pitch - 14
	}
	return top + l.pitch/2
}

// layout gives names a column of their own where there is room, and figures a
// column at the end, so that they can be compared like a table.
func (r Rows) layout(c *canvas) rowLayout {
	l := rowLayout{axis: r.scale(), pitch: 34, bar: 16, above: c.doc.narrow()}
	names, figures := 0.0, 0.0
	for _, row := range r.Rows {
		names = math.Max(names, measure(row.Label, textSize)*1.06)
		if row.Value.State == Present {
			figures = math.Max(figures, measure(r.text(row), textSize*bold))
		}
	}
	l.left, l.right = math.Min(names, c.width*0.32)+12, c.width-math.Min(figures, c.width*0.25)-14
	if l.above {
		l.left, l.right, l.pitch = 1, c.width-10, 48
		for _, row := range r.Rows {
			if len(r.nameAbove(c, row)) > 1 {
				l.pitch = 64
			}
		}
	}
	return l
}

// nameAbove breaks a name into what fits beside its figure.
func (r Rows) nameAbove(c *canvas, row Row) []string {
	room := c.width
	if row.Value.State == Present {
		for _, figure := range clip(r.text(row), textSize*bold, c.width*0.6, 1) {
			room -= measure(figure, textSize*bold) + 12
		}
	}
	return clip(row.Label, textSize, room, 2)
}

// scale fits bars, intervals and targets.
func (r Rows) scale() axis {
	top, whole := 0.0, true
	for _, row := range r.Rows {
		if row.Value.State != Present {
			continue
		}
		top = math.Max(top, math.Max(row.Value.N, row.High))
		if row.Then.State == Present {
			top = math.Max(top, row.Then.N)
		}
		whole = whole && row.Value.N == math.Trunc(row.Value.N)
	}
	for _, t := range r.Targets {
		top = math.Max(top, t.At)
	}
	return newAxis(top, whole)
}
