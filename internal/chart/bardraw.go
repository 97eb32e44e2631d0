package chart

import "math"

// drawColumn stacks one column and sets the marks of what is not a number on
// top of it, so that a mark never looks like a height.
func (b Bars) drawColumn(c *canvas, l barLayout, i int) {
	x, sum := l.x(i)-l.bar/2, 0.0
	if b.missing(i) {
		c.box("gap", c.id+"-u", x, l.top, l.bar, l.base-l.top)
	}
	for k, s := range b.Series {
		v := s.Values[i]
		if v.State != Present || v.N == 0 {
			continue
		}
		top, bottom := l.y(sum+v.N), l.y(sum)
		c.seriesBox(k, x, top, l.bar, bottom-top)
		sum += v.N
	}
	y := l.y(sum) - 10
	for _, state := range []State{Missing, Masked, NoDenominator} {
		if b.columnHas(i, state) {
			c.mark(state, l.x(i), y)
			if word := b.Words.of(state); measure(word, textSize) < l.slot-4 {
				c.text("note halo", "middle", l.x(i), y-9, word)
				y -= lineSize
			}
			y -= 14
		}
	}
}

// drawThen draws what all of it was in another period, over a pale line that lets
// it be seen on a bar.
func (b Bars) drawThen(c *canvas, l barLayout) {
	for i, v := range b.Then.Values {
		if v.State == Present {
			c.thenLine(l.x(i)-l.bar/2-3, l.y(v.N), l.x(i)+l.bar/2+3, l.y(v.N))
		}
	}
}

// thenLine is the mark of another period.
func (c *canvas) thenLine(x1, y1, x2, y2 float64) {
	c.line("then-under", x1, y1, x2, y2)
	c.line("then", x1, y1, x2, y2)
}

// columnHas tells whether some series is in a state at a tick.
func (b Bars) columnHas(i int, state State) bool {
	for _, s := range b.Series {
		if s.Values[i].State == state {
			return true
		}
	}
	return false
}

// drawLabels names the series beside the last column that has numbers, in the
// order of the stack, and pushes names apart where segments are thin.
func (b Bars) drawLabels(c *canvas, l barLayout) {
	const room = 22.0
	ys := b.labelHeights(l)
	for k := 1; k < len(ys); k++ {
		ys[k] = math.Min(ys[k], ys[k-1]-room)
	}
	if n := len(ys); n > 0 && ys[n-1] < l.top+8 {
		ys[n-1] = l.top + 8
		for k := n - 2; k >= 0; k-- {
			ys[k] = math.Max(ys[k], ys[k+1]+room)
		}
	}
	for k, y := range ys {
		c.seriesBox(k, l.right+10, y-6, 12, 12)
		c.text("label", "start", l.right+28, y+5, b.Series[k].Label)
	}
}

// labelHeights are the middles of the last column's segments.
func (b Bars) labelHeights(l barLayout) []float64 {
	last := len(b.Ticks) - 1
	for last > 0 && b.total(last) == 0 {
		last--
	}
	ys, sum := make([]float64, len(b.Series)), 0.0
	for k, s := range b.Series {
		n := 0.0
		if last >= 0 && s.Values[last].State == Present {
			n = s.Values[last].N
		}
		ys[k] = math.Min(l.y(sum+n/2), l.base-8)
		sum += n
	}
	return ys
}

// keyEntries names series in the order of the stack, lowest first, then marks,
// for charts that cannot name series beside the bars.
func (b Bars) keyEntries() []keyEntry {
	var out []keyEntry
	if len(b.Series) > 1 {
		for k := range b.Series {
			out = append(out, keyEntry{series: k, label: b.Series[k].Label})
		}
	}
	return append(out, b.markEntries()...)
}

// markEntries names only the marks that occur.
func (b Bars) markEntries() []keyEntry {
	var out []keyEntry
	if len(b.Then.Values) > 0 {
		out = append(out, keyEntry{series: -1, then: true, label: b.Then.Label})
	}
	for _, s := range []State{Missing, Masked, NoDenominator} {
		if b.has(s) {
			out = append(out, keyEntry{series: -1, state: s, label: b.Words.of(s)})
		}
	}
	return out
}
