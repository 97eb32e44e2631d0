package chart

import "math"

// maxSteps is how many steps an axis is cut into at most; with the zero line
// that stays well under ten gridlines.
const maxSteps = 5

// axis runs from zero to a round number.
type axis struct {
	max, step float64
}

// newAxis chooses steps of 1, 2 or 5 times a power of ten so that top fits.
// Whole axes never step by less than one: there are no half kits on a chart.
func newAxis(top float64, whole bool) axis {
	if top <= 0 {
		top = 1
	}
	step := math.Pow(10, math.Floor(math.Log10(top/maxSteps)))
	for _, m := range []float64{1, 2, 5, 10} {
		if top/(step*m) <= maxSteps {
			step *= m
			break
		}
	}
	if whole {
		step = math.Max(1, step)
	}
	return axis{max: step * math.Ceil(top/step-1e-9), step: step}
}

// steps lists the labelled values of the axis, zero first.
func (a axis) steps() []float64 {
	n := int(math.Round(a.max / a.step))
	out := make([]float64, 0, n+1)
	for i := 0; i <= n; i++ {
		// Rounded, because 3 × 0.2 is not 0.6 in binary and would be printed so.
		out = append(out, math.Round(float64(i)*a.step*1e9)/1e9)
	}
	return out
}

// at maps a value to a share of the axis, 0 to 1.
func (a axis) at(v float64) float64 { return math.Min(1, math.Max(0, v/a.max)) }
