package need

import "math"

// Curve is how the share of witnessed overdoses with a kit at hand grows with the
// kits of a year in one place. Rate is r_C, for each two-dose community kit a
// year; 1/r is about the number of people that kits have to reach. Source: derived
// from the site data of Irvine et al. 2022, equation (1).
type Curve struct{ Rate Estimate }

// CurveOf is the curve of a place with this many residents. Rho is for each kit
// for each 100,000 residents: r = rho × 100,000 / residents, equation (3).
func CurveOf(rho Estimate, residents float64) (Curve, error) {
	err := firstOf(rho.check("rho", RulePositive), obey("population", residents, RulePositive))
	if err != nil {
		return Curve{}, err
	}
	return Curve{Rate: rho.Times(perHundredThousand / residents)}, nil
}

const perHundredThousand = 100_000

// Check tells what is impossible about the rate.
func (c Curve) Check() error { return c.Rate.check("rate", RulePositive) }

// covered is 1 − exp(−r·k).
func covered(rate, equivalent float64) float64 { return -math.Expm1(-rate * equivalent) }

// Covered is the share, 0 to 1, of witnessed overdoses at which naloxone is used,
// from kits of a year in community kits: p = 1 − exp(−r·k), equation (1).
func (c Curve) Covered(equivalent float64) Estimate {
	return Estimate{covered(c.Rate.Value, equivalent), covered(c.Rate.Low, equivalent), covered(c.Rate.High, equivalent)}
}

// Needed is the community kits a year with which the share reaches a target of 0
// to 1: k = −ln(1 − T) / r, equation (4). The high end is that of the low rate.
func (c Curve) Needed(target float64) Estimate {
	all := -math.Log1p(-target)
	return Estimate{all / c.Rate.Value, all / c.Rate.High, all / c.Rate.Low}
}

// Extra is the community kits a year that are missing to the target, nothing when
// it is reached: max(0, k_T − C − S − 0.2 R), equation (6).
func (c Curve) Extra(equivalent, target float64) Estimate {
	n := c.Needed(target)
	less := func(k float64) float64 { return math.Max(0, k-equivalent) }
	return Estimate{less(n.Value), less(n.Low), less(n.High)}
}

// Gain is what the share grows by with so many more community kits a year. Its
// high end need not be that of either rate: where kits are few a higher rate gains
// more, where they are many a lower one does, and between the two it peaks at
// r = ln(1 + n/k) / n. Derived from equation (1).
func (c Curve) Gain(equivalent, more float64) Estimate {
	gain := func(rate float64) float64 { return covered(rate, equivalent+more) - covered(rate, equivalent) }
	low, high := gain(c.Rate.Low), gain(c.Rate.High)
	e := Estimate{Value: gain(c.Rate.Value), Low: math.Min(low, high), High: math.Max(low, high)}
	if peak := math.Log1p(more/equivalent) / more; equivalent > 0 && more > 0 && peak > c.Rate.Low && peak < c.Rate.High {
		e.High = gain(peak)
	}
	return e
}

// Change is the share covered before and after.
type Change struct{ Before, After float64 }

// between is at how many further rates a change is looked at.
const between = 15

// Changes is the change from some kits a year to others: first at the central
// rate, then at the low one, the high one and 15 between them.
func (c Curve) Changes(from, to float64) []Change {
	at := func(rate float64) Change { return Change{covered(rate, from), covered(rate, to)} }
	list := []Change{at(c.Rate.Value)}
	if !c.Rate.Ranged() {
		return list
	}
	step := math.Pow(c.Rate.High/c.Rate.Low, 1.0/(between+1))
	for rate, i := c.Rate.Low, 0; i <= between+1; rate, i = rate*step, i+1 {
		list = append(list, at(rate))
	}
	return list
}
