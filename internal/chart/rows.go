package chart

import (
	"math"

	"thntracker/internal/fault"
)

// Row is one area. Low and High are the ends of the interval and are drawn when
// High is above Low.
type Row struct {
	Label     string
	Value     Value
	Low, High float64
	Text      string // the figure in words, such as "71 (66–76)"; empty writes N
	Own       bool   // the row the reader came for, set in bold
}

// interval tells whether the row carries one.
func (r Row) interval() bool { return r.Value.State == Present && r.High > r.Low }

// Rows are horizontal bars by area against labelled targets, in the order
// given. A row without a number says why in words and has no bar.
type Rows struct {
	Doc     Doc
	Words   Words
	Axis    string // what the bars measure, written above the scale
	Rows    []Row
	Targets []Target
}

// SVG draws the chart. The error means that a value has no place on the axis.
func (r Rows) SVG() (string, error) {
	if err := r.check(); err != nil {
		return "", err
	}
	c := newCanvas(r.Doc)
	l := r.layout(c)
	r.drawHead(c, &l)
	for i, row := range r.Rows {
		r.drawRow(c, l, i, row)
	}
	c.line("axis", l.left, l.top, l.left, l.bottom)
	for _, t := range r.Targets {
		c.line("target", l.x(t.At), l.top-6, l.x(t.At), l.bottom)
	}
	c.y = l.bottom + 4
	return c.finish("rows"), nil
}

// check refuses what an axis from zero cannot hold.
func (r Rows) check() error {
	const op = "draw rows"
	for _, row := range r.Rows {
		for _, v := range []Value{row.Value, Of(row.Low), Of(row.High)} {
			if err := drawable(op, v); err != nil {
				return err
			}
		}
		if row.interval() && (row.Value.N < row.Low || row.Value.N > row.High) {
			return fault.New(fault.Internal, op, "value %v outside its interval %v to %v", row.Value.N, row.Low, row.High)
		}
	}
	for _, t := range r.Targets {
		if err := drawable(op, Of(t.At)); err != nil {
			return err
		}
	}
	return nil
}

// text is the figure of a row as the reader sees it.
func (r Rows) text(row Row) string {
	switch {
	case row.Value.State != Present:
		return r.Words.of(row.Value.State)
	case row.Text != "":
		return row.Text
	default:
		return r.Doc.format(row.Value.N)
	}
}

// rowLayout is where the parts of the chart stand.
type rowLayout struct {
	axis                     axis
	left, right, top, bottom float64 // the plot
	pitch, bar               float64 // distance of rows, height of a bar
	above                    bool    // labels stand over their bars
}

// x is the place of a value.
func (l rowLayout) x(v float64) float64 { return l.left + (l.right-l.left)*l.axis.at(v) }

// layout gives names a column of their own where there is room, and figures a
// column at the end, so that they can be compared like a table.
func (r Rows) layout(c *canvas) rowLayout {
	l := rowLayout{axis: r.scale(), pitch: 34, bar: 16, above: c.doc.narrow()}
	names, figures := 0.0, 0.0
	for _, row := range r.Rows {
		names = math.Max(names, measure(row.Label, textSize)*1.06)
		if row.Value.State == Present {
			figures = math.Max(figures, measure(r.text(row), textSize)*1.06)
		}
	}
	l.left, l.right = math.Min(names, c.width*0.32)+12, c.width-figures-14
	if l.above {
		l.left, l.right, l.pitch = 1, c.width-10, 48
	}
	return l
}

// scale fits bars, intervals and targets.
func (r Rows) scale() axis {
	top, whole := 0.0, true
	for _, row := range r.Rows {
		if row.Value.State != Present {
			continue
		}
		top = math.Max(top, math.Max(row.Value.N, row.High))
		whole = whole && row.Value.N == math.Trunc(row.Value.N)
	}
	for _, t := range r.Targets {
		top = math.Max(top, t.At)
	}
	return newAxis(top, whole)
}

// drawHead writes the axis and the targets above the plot, then the gridlines.
func (r Rows) drawHead(c *canvas, l *rowLayout) {
	if r.Axis != "" {
		for _, line := range wrap(r.Axis, textSize, c.width) {
			c.y += lineSize
			c.text("axis-title", "start", 0, c.y-5, line)
		}
	}
	r.drawTargetLabels(c, *l)
	c.y += lineSize
	l.top = c.y + 8
	l.bottom = l.top + l.pitch*float64(len(r.Rows))
	for _, s := range l.axis.steps() {
		x, anchor := l.x(s), "middle"
		if s == 0 && l.above {
			anchor = "start"
		}
		if half := measure(r.Doc.format(s), textSize) / 2; x+half > c.width {
			anchor = "end"
		}
		c.text("tick", anchor, x, c.y, r.Doc.format(s))
		if s > 0 {
			c.line("grid", x, l.top, x, l.bottom)
		}
	}
}

// drawTargetLabels writes each target's name over its line, on lines of their
// own so that two targets that lie close never collide.
func (r Rows) drawTargetLabels(c *canvas, l rowLayout) {
	for _, t := range r.Targets {
		c.y += lineSize
		label := clip(t.Label, textSize, c.width, 1)
		if len(label) > 0 {
			x, anchor := fit(l.x(t.At), measure(label[0], textSize), c.width)
			c.text("target-label", anchor, x, c.y-4, label[0])
		}
	}
}

// fit keeps a centred text of a width inside the frame.
func fit(x, w, width float64) (at float64, anchor string) {
	switch {
	case x+w/2 > width:
		return width, "end"
	case x-w/2 < 0:
		return 0, "start"
	default:
		return x, "middle"
	}
}

// drawRow draws the name, the bar with its interval, and the figure.
func (r Rows) drawRow(c *canvas, l rowLayout, i int, row Row) {
	top := l.top + l.pitch*float64(i)
	mid, class := top+l.pitch/2, "label"
	if row.Own {
		class = "label own-label"
	}
	if l.above {
		mid = top + l.pitch - 14
		r.drawNameAbove(c, l, row, class, mid-13)
	} else {
		r.drawNameBeside(c, l, row, class, mid)
	}
	if row.Value.State != Present {
		c.mark(row.Value.State, l.left+12, mid)
		c.text("note halo", "start", l.left+24, mid+5, r.text(row))
		return
	}
	c.rect("seg s1", l.left, mid-l.bar/2, l.x(row.Value.N)-l.left, l.bar)
	if row.interval() {
		whisker(c, l.x(row.Low), l.x(row.High), mid)
	}
}

// drawNameBeside writes name and figure in the columns left and right.
func (r Rows) drawNameBeside(c *canvas, l rowLayout, row Row, class string, mid float64) {
	lines := clip(row.Label, textSize, l.left-12, 2)
	for k, line := range lines {
		y := mid + 5 + (float64(k)-float64(len(lines)-1)/2)*16
		c.text(class, "end", l.left-10, y, line)
	}
	if row.Value.State == Present {
		c.text("value "+class, "end", c.width, mid+5, r.text(row))
	}
}

// drawNameAbove writes name and figure over the bar, at both ends of the line.
func (r Rows) drawNameAbove(c *canvas, l rowLayout, row Row, class string, y float64) {
	room := c.width
	if row.Value.State == Present {
		figure := r.text(row)
		c.text("value halo "+class, "end", c.width, y, figure)
		room -= measure(figure, textSize) + 12
	}
	for _, line := range clip(row.Label, textSize, room, 1) {
		c.text("halo "+class, "start", l.left, y, line)
	}
}

// whisker draws an interval over a bar: a line with two ends, on a paler line
// that keeps it visible over the bar's own colour.
func whisker(c *canvas, low, high, y float64) {
	for _, class := range []string{"whisker-under", "whisker"} {
		c.line(class, low, y, high, y)
		c.line(class, low, y-5, low, y+5)
		c.line(class, high, y-5, high, y+5)
	}
}
