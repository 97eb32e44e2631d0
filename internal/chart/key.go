package chart

// keyEntry is one line of a key: a series, or the mark of a state when series
// is negative.
type keyEntry struct {
	series int
	state  State
	then   bool // the line of another period instead
	label  string
}

// key writes entries side by side and breaks to a new line where the width
// ends.
func (c *canvas) key(entries []keyEntry) {
	if len(entries) == 0 {
		return
	}
	const swatch, gap = 19.0, 20.0
	x := 0.0
	c.y += lineSize
	for _, e := range entries {
		label := clip(e.label, textSize*1.06, c.width-swatch, 1)
		if len(label) == 0 {
			continue
		}
		w := swatch + measure(label[0], textSize)*1.06
		if x > 0 && x+w > c.width {
			x = 0
			c.y += lineSize + 2
		}
		switch {
		case e.series >= 0:
			c.seriesBox(e.series, x, c.y-12, 12, 12)
		case e.then:
			c.thenLine(x, c.y-6, x+14, c.y-6)
		default:
			c.mark(e.state, x+6, c.y-6)
		}
		c.text("label", "start", x+swatch, c.y-1, label[0])
		x += w + gap
	}
	c.y += 12
}
