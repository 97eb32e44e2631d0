package chart

import (
	"thntracker/internal/fault"
)

// Curve is how one number grows with another, with the interval as a band, points
// on it, and a target across it. Both axes start at zero; y ends at Max, x at the
// first round number from To.
type Curve struct {
	Doc    Doc
	X, Y   string // what the axes count
	To     float64
	Max    float64
	At     func(x float64) Range
	Points []Point
	Target *Target   // nil draws none
	Legend [2]string // what a hollow and a filled point mean; empty is left out
}

// Range is a value with its bounds; equal bounds draw no band.
type Range struct{ Value, Low, High float64 }

// Spot is a place on the drawing in its own numbers.
type Spot struct{ X, Y float64 }

// Point is a place with a name: as it is, hollow, or as planned, filled.
type Point struct {
	Spot
	Label   string // empty draws no name
	Planned bool
}

// SVG draws the chart. The error means that a value has no place on an axis.
func (v Curve) SVG() (string, error) {
	const op = "draw curve"
	for _, n := range v.numbers() {
		if err := drawable(op, Of(n)); err != nil {
			return "", err
		}
	}
	if v.To == 0 || v.Max == 0 {
		return "", fault.New(fault.Internal, op, "axes that end at %v and %v", v.To, v.Max)
	}
	c := newCanvas(v.Doc)
	l := curveLayout{Curve: v}
	l.frame(c)
	l.drawGrid(c)
	if err := l.drawLine(c, op); err != nil {
		return "", err
	}
	l.drawTarget(c)
	l.drawPoints(c)
	l.drawFoot(c)
	return c.finish("curve"), nil
}

// numbers lists what has to have a place on an axis, the line apart.
func (v Curve) numbers() []float64 {
	list := []float64{v.To, v.Max}
	for _, p := range v.Points {
		list = append(list, p.X, p.Y)
	}
	if v.Target != nil {
		list = append(list, v.Target.At)
	}
	return list
}

// stretches is in how many straight parts the line is drawn.
const stretches = 60

// drawLine draws the band and the line over it.
func (v curveLayout) drawLine(c *canvas, op string) error {
	var line, low, high []Spot
	ranged := false
	for i := range stretches + 1 {
		x := v.across.max * float64(i) / stretches
		r := v.At(x)
		for _, n := range []float64{r.Value, r.Low, r.High} {
			if err := drawable(op, Of(n)); err != nil {
				return err
			}
		}
		ranged = ranged || r.Low < r.High
		line, low, high = append(line, Spot{x, r.Value}), append(low, Spot{x, r.Low}), append(high, Spot{x, r.High})
	}
	if ranged {
		v.path(c, "band-area", append(high, backwards(low)...), "Z")
	}
	v.path(c, "curve", line, "")
	return nil
}
