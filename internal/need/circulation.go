package need

import "math"

// MonthsOfLife is how many months a kit stays in circulation on average; in each
// month one of 15.5 leaves it. Source: PROFOUND.
const MonthsOfLife = 15.5

const monthsInYear = 12

// Circulation is the second model: kits in circulation for each person at risk.
// It weighs a pharmacy kit at 1/2.69 where the first model weighs it at 1: say
// which of the two a figure is of. Source: PROFOUND.
type Circulation struct {
	Eff Estimate // pharmacy kits that count as one outreach kit
	Cap float64  // the most that can be covered, a share of 1
	Adj Estimate // how well kits reach the overdoses there are
}

// PROFOUNDCirculation has the values and ranges of PROFOUND.
func PROFOUNDCirculation() Circulation {
	return Circulation{Eff: Estimate{2.69, 2.5, 2.9}, Cap: 1, Adj: Estimate{1, 0.75, 1.25}}
}

// Check tells what is impossible about the parameters.
func (c Circulation) Check() error {
	return firstOf(c.Eff.check("eff", RulePositive), obey("cap", c.Cap, RulePositive), obey("cap", c.Cap, RuleFraction), c.Adj.check("adj", RulePositive))
}

// NextMonth is the kits in circulation a month later: n·(1 − 1/15.5) + annual/12.
func NextMonth(inCirculation, annual float64) float64 {
	return inCirculation*(1-1/MonthsOfLife) + annual/monthsInYear
}

// Steady is the kits in circulation when as many leave it as come in: a year's
// kits / 12 × 15.5, which is 1.29 times them.
func Steady(annual float64) float64 { return annual / monthsInYear * MonthsOfLife }

// Available is the share of witnessed overdoses, 0 to 1, at which a kit is there,
// from kits in circulation by outreach and by pharmacies and the people at risk in
// the area: cap·(1 − exp(−(adj/cap)·n/N)) with n = outreach + pharmacy/eff.
func (c Circulation) Available(outreach, pharmacy, atRisk float64) (Estimate, error) {
	err := firstOf(c.Check(), obey("outreach", outreach, RuleNotNegative), obey("pharmacy", pharmacy, RuleNotNegative), obey("at_risk", atRisk, RulePositive))
	if err != nil {
		return Estimate{}, err
	}
	at := func(eff, adj float64) float64 {
		return c.Cap * covered(adj/c.Cap/atRisk, outreach+pharmacy/eff)
	}
	return Estimate{at(c.Eff.Value, c.Adj.Value), at(c.Eff.High, c.Adj.Low), at(c.Eff.Low, c.Adj.High)}, nil
}

// Needed is the outreach kits in circulation with which a target is reached for N
// people at risk: −(cap/adj)·N·ln(1 − T/cap); 1.609·N for 80 %.
func (c Circulation) Needed(target, atRisk float64) (Estimate, error) {
	err := firstOf(c.Check(), obey("target", target, RuleShare), obey("at_risk", atRisk, RulePositive))
	if err == nil && target >= c.Cap {
		err = &InputError{Name: "target", Value: target, Rule: RuleShare} // out of reach of any number of kits
	}
	if err != nil {
		return Estimate{}, err
	}
	at := func(adj float64) float64 { return -c.Cap / adj * atRisk * math.Log1p(-target/c.Cap) }
	return Estimate{at(c.Adj.Value), at(c.Adj.High), at(c.Adj.Low)}, nil
}
