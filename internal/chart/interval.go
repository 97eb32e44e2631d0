package chart

import (
	"math"

	"thntracker/internal/fault"
)

// Interval is one figure with its range on an axis from zero, such as how many
// in a hundred people at risk have a kit, and the target it is held against.
type Interval struct {
	Doc       Doc
	Words     Words
	Axis      string // what the scale counts, written beneath it
	Value     Value
	Low, High float64
	Text      string  // the figure with its range in words; empty writes N
	Max       float64 // end of the axis; 0 means 100. A higher figure lengthens it
	Target    *Target // nil draws none
}

// SVG draws the chart. The error means that a value has no place on the axis.
func (v Interval) SVG() (string, error) {
	if err := v.check(); err != nil {
		return "", err
	}
	c := newCanvas(v.Doc)
	l := rowLayout{axis: v.scale(), left: 8, right: c.width - 10}
	var labels []targetLabel
	if v.Target != nil {
		labels = placeTargets(c, l, []Target{*v.Target})
	}
	c.y += lineSize + 4
	c.line("rail", l.left, c.y+18, l.right, c.y+18)
	l.bottom = c.y + 34
	drawTargets(c, labels, l, 0)
	v.drawFigure(c, l)
	v.drawScale(c, l)
	return c.finish("interval"), nil
}

// check refuses numbers the axis cannot hold and a figure outside its range.
func (v Interval) check() error {
	const op = "draw interval"
	values := []Value{v.Value, Of(v.Low), Of(v.High), Of(v.Max)}
	if v.Target != nil {
		values = append(values, Of(v.Target.At))
	}
	for _, x := range values {
		if err := drawable(op, x); err != nil {
			return err
		}
	}
	if v.ranged() && (v.Value.N < v.Low || v.Value.N > v.High) {
		return fault.New(fault.Internal, op, "value %v outside its interval %v to %v", v.Value.N, v.Low, v.High)
	}
	return nil
}

// ranged tells whether there is a range to draw.
func (v Interval) ranged() bool { return v.Value.State == Present && v.High > v.Low }

// scale ends at Max, or beyond it if the figure does: a reach above 100 in 100
// is a sign of a poor denominator and must be seen, not cut off.
func (v Interval) scale() axis {
	top := v.Max
	if top == 0 {
		top = 100
	}
	if v.Value.State == Present {
		top = math.Max(top, math.Max(v.Value.N, v.High))
	}
	if v.Target != nil {
		top = math.Max(top, v.Target.At)
	}
	return newAxis(top, true)
}

// drawFigure draws the range as a band and the figure as a dot, with its words
// above; without a figure it says why there is none.
func (v Interval) drawFigure(c *canvas, l rowLayout) {
	y := c.y + 18
	if v.Value.State != Present {
		c.mark(v.Value.State, l.left+12, c.y-5)
		c.text("note halo", "start", l.left+24, c.y, v.Words.of(v.Value.State))
		return
	}
	text := v.Text
	if text == "" {
		text = v.Doc.format(v.Value.N)
	}
	if v.ranged() {
		c.rect("band", l.x(v.Low), y-7, l.x(v.High)-l.x(v.Low), 14)
		c.line("band-end", l.x(v.Low), y-7, l.x(v.Low), y+7)
		c.line("band-end", l.x(v.High), y-7, l.x(v.High), y+7)
	}
	c.circle("dot", l.x(v.Value.N), y, 6)
	for _, line := range clip(text, textSize, c.width*0.94, 1) {
		x, anchor := fit(l.x(v.Value.N), measure(line, textSize*bold), c.width)
		c.text("value own-label halo", anchor, x, c.y+1, line)
	}
}

// drawScale writes the axis under the band.
func (v Interval) drawScale(c *canvas, l rowLayout) {
	y := c.y + 34
	c.line("axis", l.left, y, l.right, y)
	for _, s := range l.axis.steps() {
		text := v.Doc.format(s)
		c.line("axis", l.x(s), y, l.x(s), y+5)
		x, anchor := fit(l.x(s), measure(text, textSize), c.width)
		c.text("tick", anchor, x, y+lineSize, text)
	}
	c.y = y + lineSize + 4
	for _, line := range wrap(v.Axis, textSize, c.width) {
		c.y += lineSize
		c.text("axis-title", "start", 0, c.y-4, line)
	}
}
