package chart

import "math"

// barLayout is where the parts of a bar chart stand, in drawing units.
type barLayout struct {
	axis                   axis
	left, right, top, base float64 // the plot
	slot, bar              float64 // room for a column, and its width
	direct                 bool    // series are named beside the last column
}

// layout decides what depends on width alone: margins and how series are named.
func (b Bars) layout(c *canvas) barLayout {
	l := barLayout{axis: b.scale(), right: c.width - 2}
	for _, s := range l.axis.steps() {
		l.left = math.Max(l.left, measure(b.Doc.format(s), textSize)+8)
	}
	if room, ok := b.labelRoom(c); ok {
		l.direct = true
		l.right -= room
	}
	if n := len(b.Ticks); n > 0 {
		l.slot = (l.right - l.left) / float64(n)
	}
	l.bar = math.Min(44, math.Max(2, l.slot*0.74))
	return l
}

// labelRoom is the margin that naming series beside the bars takes. It is
// refused on a phone, for a single series, and when names are long.
func (b Bars) labelRoom(c *canvas) (float64, bool) {
	if c.doc.narrow() || len(b.Series) < 2 {
		return 0, false
	}
	widest := 0.0
	for _, s := range b.Series {
		widest = math.Max(widest, measure(s.Label, textSize))
	}
	return widest + 34, widest <= c.width*0.25
}

// place puts the plot below the heading and key, and leaves the cursor under
// the time axis.
func (b Bars) place(c *canvas, l *barLayout) {
	height := 300.0
	if c.doc.narrow() {
		height = 210
	}
	if b.Axis != "" {
		c.y += lineSize
		c.text("axis-title", "start", 0, c.y-5, b.Axis)
	}
	l.top = c.y + 10
	l.base = l.top + height
	c.y = l.base + lineSize + 2
}

// drawGrid draws the light lines and their numbers.
func (b Bars) drawGrid(c *canvas, l barLayout) {
	for _, s := range l.axis.steps() {
		y := l.y(s)
		if s > 0 {
			c.line("grid", l.left, y, l.right, y)
		}
		c.text("tick", "end", l.left-8, y+5, b.Doc.format(s))
	}
}

// y is the height of a value; x the middle of a column.
func (l barLayout) y(v float64) float64 { return l.base - (l.base-l.top)*l.axis.at(v) }
func (l barLayout) x(i int) float64     { return l.left + l.slot*(float64(i)+0.5) }

// drawTicks names the months, every one where they fit and otherwise every
// second, third and so on, and the years under them.
func (b Bars) drawTicks(c *canvas, l barLayout) {
	every := b.every(l)
	grouped := false
	lastEnd := math.Inf(-1)
	for i, t := range b.Ticks {
		if i%every == 0 {
			c.text("tick", "middle", l.x(i), l.base+lineSize, t.Label)
		}
		if t.Group == "" || i > 0 && b.Ticks[i-1].Group == t.Group {
			continue
		}
		grouped = true
		x := l.left + l.slot*float64(i)
		c.line("axis", x, l.base, x, l.base+6)
		if x < lastEnd+8 {
			continue
		}
		c.text("group", "start", x+3, l.base+2*lineSize, t.Group)
		lastEnd = x + measure(t.Group, textSize)
	}
	if grouped {
		c.y += lineSize
	}
}

// every is the distance between two named ticks so that names do not touch.
// It divides the year, so that the same months are named in each.
func (b Bars) every(l barLayout) int {
	widest := 0.0
	for _, t := range b.Ticks {
		widest = math.Max(widest, measure(t.Label, textSize))
	}
	for _, n := range []int{1, 2, 3, 4, 6, 12, 24} {
		if l.slot*float64(n) >= widest+8 {
			return n
		}
	}
	return 60
}
