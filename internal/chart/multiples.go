package chart

import (
	"strings"

	"thntracker/internal/fault"
)

// MaxPanels is how many small charts stand side by side. More cannot be compared
// at a glance; the rest stand in the table.
const MaxPanels = 12

// Panel is one small chart: a place and its figures at every tick.
type Panel struct {
	Label  string
	URL    string // where it is told in more detail; empty: nowhere
	Values []Value
}

// Multiples are the same bars for several places, on one scale, so that heights
// may be compared across them.
type Multiples struct {
	Doc    Doc
	Words  Words
	Axis   string // what is counted, written above the first
	Ticks  []Tick
	Panels []Panel // at most MaxPanels
}

// panelHeight is the height of the bars of a panel; panelPitch is that with its
// name above and its months below.
const (
	panelHeight = 84.0
	panelPitch  = panelHeight + 74
	panelGap    = 28.0
)

// SVG draws the chart. The error means the caller built it wrongly.
func (m Multiples) SVG() (string, error) {
	if len(m.Panels) > MaxPanels {
		return "", fault.New(fault.Internal, "draw multiples", "%d panels, at most %d", len(m.Panels), MaxPanels)
	}
	all := Bars{Doc: m.Doc, Words: m.Words, Ticks: m.Ticks}
	top, silent := axis{}, false
	for _, p := range m.Panels {
		b := all
		b.Series = []Series{{Values: p.Values}}
		if err := b.check(); err != nil {
			return "", err
		}
		if a := b.scale(); a.max > top.max {
			top = a
		}
		silent = silent || b.silent()
	}
	c := newCanvas(m.Doc)
	if silent {
		c.hatch(1)
		c.key([]keyEntry{{series: -1, label: m.Words.Missing}})
	}
	if m.Axis != "" {
		c.y += lineSize
		c.text("axis-title", "start", 0, c.y-5, m.Axis)
	}
	m.place(c, all, top)
	return c.finish("multiples"), nil
}

// place lays the panels out in rows, as many side by side as have room.
func (m Multiples) place(c *canvas, all Bars, scale axis) {
	across := 4
	if c.doc.narrow() {
		across = 2
	}
	scale.step = scale.max // only its ends are labelled: the panels are too low for more
	left := measure(m.Doc.format(scale.max), textSize) + 8
	wide := (c.width - panelGap*float64(across-1)) / float64(across)
	first := c.y
	for i, p := range m.Panels {
		x, y := float64(i%across)*(wide+panelGap), first+float64(i/across)*panelPitch
		b := all
		b.Series = []Series{{Values: p.Values}}
		l := barLayout{axis: scale, left: x + left, right: x + wide, top: y + 30, base: y + 30 + panelHeight}
		l.slot = (l.right - l.left) / float64(max(1, len(m.Ticks)))
		l.bar = max(1.5, l.slot*0.74)
		m.draw(c, b, l, p, x, y)
		c.y = y + panelPitch
	}
}

// draw is one panel: its name, its bars, and the first and last of its months.
func (m Multiples) draw(c *canvas, b Bars, l barLayout, p Panel, x, y float64) {
	b.drawGrid(c, l)
	for i := range m.Ticks {
		b.drawColumn(c, l, i)
	}
	c.line("axis", l.left, l.base, l.right, l.base)
	m.ends(c, l)
	c.links = c.links || p.URL != ""
	c.open(p.URL, x, y, l.right-x, l.base-y)
	for _, name := range clip(p.Label, textSize, l.right-x, 1) {
		c.text("label own-label", "start", x, y+15, name)
	}
	c.shut(p.URL)
}

// ends names the first and the last tick, with their years where there is room.
func (m Multiples) ends(c *canvas, l barLayout) {
	n := len(m.Ticks)
	if n == 0 {
		return
	}
	first, last := m.Ticks[0], m.Ticks[n-1]
	a, b := strings.TrimSpace(first.Label+" "+first.Group), strings.TrimSpace(last.Label+" "+last.Group)
	if measure(a+b, textSize)+8 > l.right-l.left {
		a, b = first.Label, last.Label
	}
	c.text("tick", "start", l.left, l.base+lineSize, a)
	if n > 1 {
		c.text("tick", "end", l.right, l.base+lineSize, b)
	}
}
