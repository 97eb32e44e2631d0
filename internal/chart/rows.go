package chart

import (
	"slices"

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
	URL       string // where the row is told in more detail; empty: nowhere
	Then      Value  // the figure in another period
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
	Breaks  []Break // before a row
	Then    string  // what the figures of another period are called; empty: there are none
}

// SVG draws the chart. The error means that a value has no place on the axis.
func (r Rows) SVG() (string, error) {
	if err := r.check(); err != nil {
		return "", err
	}
	c := newCanvas(r.Doc)
	c.links = slices.ContainsFunc(r.Rows, func(row Row) bool { return row.URL != "" })
	l := r.layout(c)
	if r.Then != "" {
		c.key([]keyEntry{{series: -1, then: true, label: r.Then}})
	}
	labels := r.placeHead(c, &l)
	r.drawGrid(c, l)
	for i, row := range r.Rows {
		r.drawBar(c, l, l.middle(i), row)
	}
	if !l.above {
		c.line("axis", l.left, l.top, l.left, l.bottom)
	}
	drawTargets(c, labels, l, len(r.Rows))
	// Intervals and words come last, so that no line runs through them.
	for i, row := range r.Rows {
		r.drawInterval(c, l, l.middle(i), row)
		if row.Then.State == Present {
			c.thenLine(l.x(row.Then.N), l.middle(i)-l.bar/2-4, l.x(row.Then.N), l.middle(i)+l.bar/2+4)
		}
		c.open(row.URL, 0, l.top+l.pitch*float64(i), c.width, l.pitch)
		r.drawNames(c, l, l.middle(i), row)
		c.shut(row.URL)
	}
	r.drawBreaks(c, l)
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
	return checkBreaks(op, r.Breaks, len(r.Rows))
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

// placeHead writes the axis title and finds the place of the targets' names
// and of the plot beneath them.
func (r Rows) placeHead(c *canvas, l *rowLayout) []targetLabel {
	for _, line := range wrap(r.Axis, textSize, c.width) {
		c.y += lineSize
		c.text("axis-title", "start", 0, c.y-5, line)
	}
	labels := placeTargets(c, *l, r.Targets)
	l.top = c.y + 8
	l.bottom = l.top + l.pitch*float64(len(r.Rows))
	return labels
}

// drawGrid draws the light lines, and their numbers at the foot, out of the way
// of the targets' names.
func (r Rows) drawGrid(c *canvas, l rowLayout) {
	for _, s := range l.axis.steps() {
		text := r.Doc.format(s)
		x, anchor := fit(l.x(s), measure(text, textSize), c.width)
		c.text("tick", anchor, x, l.bottom+18, text)
		if s > 0 {
			c.line("grid", l.x(s), l.top, l.x(s), l.bottom)
		}
	}
	c.y = l.bottom + lineSize + 2
}

// drawBar draws the bar of a row and its interval.
func (r Rows) drawBar(c *canvas, l rowLayout, mid float64, row Row) {
	if row.Value.State != Present {
		return
	}
	end := l.x(row.Value.N)
	c.rect("seg s1", l.left, mid-l.bar/2, end-l.left, l.bar)
	if l.above {
		c.line("axis", l.left, mid-l.bar/2-1, l.left, mid+l.bar/2+1)
	}
}

// drawInterval draws the interval, pale inside the bar and dark beyond it, so
// that both ends are seen.
func (r Rows) drawInterval(c *canvas, l rowLayout, mid float64, row Row) {
	if !row.interval() {
		return
	}
	end := l.x(row.Value.N)
	whisker(c, "whisker-in", end, l.x(row.Low), mid)
	whisker(c, "whisker", end, l.x(row.High), mid)
}

// whisker draws one arm of an interval, from the figure to its end.
func whisker(c *canvas, class string, from, to, y float64) {
	c.line(class, from, y, to, y)
	c.line(class, to, y-5, to, y+5)
}

// drawNames writes the words of a row: its name, and its figure or the reason
// why it has none.
func (r Rows) drawNames(c *canvas, l rowLayout, mid float64, row Row) {
	class := "label"
	if row.Own {
		class = "label own-label"
	}
	if l.above {
		r.drawNameAbove(c, row, class, mid-13)
	} else {
		r.drawNameBeside(c, l, row, class, mid)
	}
	if row.Value.State != Present {
		for _, why := range clip(r.text(row), textSize, c.width-l.left-30, 1) {
			c.text("note halo", "start", l.left+24, mid+5, why)
		}
		c.mark(row.Value.State, l.left+12, mid)
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
		for _, figure := range clip(r.text(row), textSize*bold, c.width*0.25, 1) {
			c.text("value "+class, "end", c.width, mid+5, figure)
		}
	}
}

// drawNameAbove writes name and figure over the bar, at both ends of the line; a
// long name begins one line higher.
func (r Rows) drawNameAbove(c *canvas, row Row, class string, y float64) {
	if row.Value.State == Present {
		for _, figure := range clip(r.text(row), textSize*bold, c.width*0.6, 1) {
			c.text("value halo "+class, "end", c.width, y, figure)
		}
	}
	lines := r.nameAbove(c, row)
	for i, line := range lines {
		c.text("halo "+class, "start", 0, y-16*float64(len(lines)-1-i), line)
	}
}
