// Package need holds three published models of how much take-home naloxone is
// enough: the share of witnessed overdoses at which a kit is at hand (Irvine et
// al. 2022), kits in circulation for each person at risk, and the deaths that
// follow from an overdose (both from the PROFOUND simulation).
//
// They are pure functions of numbers. They know no clock, no database, no area
// and no report; what they give is modelled, never observed, and whoever shows it
// says so, with the model's name and the interval. The form of the first model
// was derived by us from the authors' published curves; its constants come from
// the United States and from nowhere else.
//
// Start at Assumptions, then Place and Total.
package need

import (
	"fmt"
	"math"
)

// Names of the models, as they stand beside every figure that is theirs.
const (
	IrvineModel   = "Irvine et al. 2022, naloxone need (form derived from the published curves)"
	PROFOUNDModel = "PROFOUND, Rhode Island microsimulation"
)

// Calibration says where the constants of the first model come from.
const Calibration = "US-calibrated"

// The sources of what this package knows.
const (
	IrvineSource   = "Irvine et al. 2022, Lancet Public Health, and the authors' site data (naloxoneneededtosave.org)"
	IrvineURL      = "https://pmc.ncbi.nlm.nih.gov/articles/PMC10937095"
	SiteName       = "Naloxone Needed To Save, data of the companion site (all_states.json)"
	SiteURL        = "https://github.com/declanoller/naloxone-needed-to-save-site"
	PROFOUNDSource = "PROFOUND, Rhode Island microsimulation, parameters in its public repository"
	PROFOUNDURL    = "https://github.com/pph-collective/profound-model"
)

// DefaultTarget is the share of witnessed overdoses that the authors of the first
// model aim at. Source: Irvine et al. 2022.
const DefaultTarget = 0.80

// Estimate is a number with its interval. Low and High equal to Value say that no
// interval was published.
type Estimate struct{ Value, Low, High float64 }

// Exactly is an estimate without an interval.
func Exactly(v float64) Estimate { return Estimate{Value: v, Low: v, High: v} }

// Ranged tells whether there is an interval.
func (e Estimate) Ranged() bool { return e.Low < e.High }

// Times scales an estimate by a factor of zero or more.
func (e Estimate) Times(f float64) Estimate { return Estimate{e.Value * f, e.Low * f, e.High * f} }

// Plus adds two estimates whose bounds move together, as those of areas under one
// assumption do.
func (e Estimate) Plus(o Estimate) Estimate {
	return Estimate{e.Value + o.Value, e.Low + o.Low, e.High + o.High}
}

// InputError names the number that a model cannot be asked about, and why.
type InputError struct {
	Name  string // as the parameter is called: community, rate, target …
	Value float64
	Rule  Rule
}

// Rule says what a number has to be.
type Rule string

// The rules.
const (
	RuleNotNegative Rule = "not_negative" // 0 or more
	RulePositive    Rule = "positive"     // more than 0
	RuleShare       Rule = "share"        // more than 0 and less than 1
	RuleFraction    Rule = "fraction"     // 0 to 1
	RuleOrder       Rule = "order"        // low, value and high in this order
	RuleKnown       Rule = "known"        // one of a list
)

var ruleWords = map[Rule]string{
	RuleNotNegative: "must be 0 or more", RulePositive: "must be more than 0", RuleShare: "must be more than 0 and less than 1",
	RuleFraction: "must be between 0 and 1", RuleOrder: "must lie between its low and its high", RuleKnown: "is not one of those known",
}

// Error reads "target must be more than 0 and less than 1, not 1.2".
func (e *InputError) Error() string {
	return fmt.Sprintf("%s %s, not %v", e.Name, ruleWords[e.Rule], e.Value)
}

// tests are the rules about one number; a number that is none, or has no end,
// fails them all.
var tests = map[Rule]func(float64) bool{
	RuleNotNegative: func(v float64) bool { return v >= 0 },
	RulePositive:    func(v float64) bool { return v > 0 },
	RuleShare:       func(v float64) bool { return v > 0 && v < 1 },
	RuleFraction:    func(v float64) bool { return v >= 0 && v <= 1 },
}

// obey is nil when the number can be worked with.
func obey(name string, v float64, rule Rule) error {
	if math.IsNaN(v) || math.IsInf(v, 0) || !tests[rule](v) {
		return &InputError{Name: name, Value: v, Rule: rule}
	}
	return nil
}

// check looks at an estimate: each of its numbers, and their order.
func (e Estimate) check(name string, rule Rule) error {
	for _, v := range []float64{e.Value, e.Low, e.High} {
		if err := obey(name, v, rule); err != nil {
			return err
		}
	}
	if e.Value < e.Low || e.Value > e.High {
		return &InputError{Name: name, Value: e.Value, Rule: RuleOrder}
	}
	return nil
}

// firstOf is the first error of a list, so that one thing is put right at a time.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
