package chart

import "math"

// Step is one step that people or things pass on their way, the first one first.
type Step struct {
	Label  string
	Share  Value  // in 100 of the first step
	Text   string // the count and its share in words
	Before string // the share of the step before in words; empty: not known
}

// Cascade is how much of the first step is left at each later one. A step that
// nobody recorded is a gap and says so: it is not the end of the way.
type Cascade struct {
	Doc   Doc
	Words Words
	Axis  string // what the bars measure
	Steps []Step
}

// The distances of a step: its words, its bar, and the arrow to the next.
const (
	stepPitch = 74.0
	stepBar   = 20.0
)

// SVG draws the chart. The error means that a share has no place on the axis.
func (k Cascade) SVG() (string, error) {
	top := 100.0
	for _, s := range k.Steps {
		if err := drawable("draw cascade", s.Share); err != nil {
			return "", err
		}
		if s.Share.State == Present {
			top = math.Max(top, s.Share.N)
		}
	}
	c := newCanvas(k.Doc)
	c.hatch(1)
	for _, line := range wrap(k.Axis, textSize, c.width) {
		c.y += lineSize
		c.text("axis-title", "start", 0, c.y-5, line)
	}
	l := rowLayout{axis: axis{max: top, step: top}, left: 1, right: c.width - 1, top: c.y + 4, pitch: stepPitch, above: k.tight(c)}
	if l.above {
		l.pitch += lineSize
	}
	for i, s := range k.Steps {
		k.draw(c, l, s, l.top+l.pitch*float64(i))
	}
	c.y = l.top + l.pitch*float64(len(k.Steps)) - 24
	return c.finish("cascade"), nil
}

// tight tells whether a figure does not fit beside its name, so that all of them
// take a line of their own. Figures are bold, which takes more room than measured.
func (k Cascade) tight(c *canvas) bool {
	for _, s := range k.Steps {
		if measure(s.Label, textSize)+measure(s.Text, textSize)*1.2+12 > c.width {
			return true
		}
	}
	return false
}

// draw is one step: its name and figure over the bar, what was lost since the
// first step as an empty rest, and how many of the step before came so far.
func (k Cascade) draw(c *canvas, l rowLayout, s Step, y float64) {
	c.text("label", "start", 0, y+15, s.Label)
	anchor, x, before := "end", c.width, y-7
	if l.above {
		y += lineSize
		anchor, x = "start", 0
	}
	mid := y + 24 + stepBar/2
	if s.Share.State != Present {
		c.box("gap", c.id+"-u", l.left, mid-stepBar/2, l.right-l.left, stepBar)
		c.text("note halo", "start", l.left+24, mid+5, k.Words.of(s.Share.State))
		c.mark(s.Share.State, l.left+12, mid)
	} else {
		c.text("value halo label", anchor, x, y+15, s.Text)
		c.rect("rest", l.left, mid-stepBar/2, l.x(100)-l.left, stepBar)
		c.rect("seg s1", l.left, mid-stepBar/2, l.x(s.Share.N)-l.left, stepBar)
	}
	if s.Before != "" {
		c.text("note", "start", 0, before, s.Before)
	}
}
