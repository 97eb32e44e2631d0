package main

import (
	"errors"
	"fmt"
	"strings"

	"thntracker/internal/lang"
	"thntracker/internal/need"
)

// needCmd answers for anybody: it reads no database.
type needCmd struct {
	Community  float64  `help:"Two-dose kits a year through community programmes." placeholder:"KITS"`
	Pharmacy   float64  `help:"Two-dose kits a year that pharmacies give without a prescription." placeholder:"KITS"`
	Prescriber float64  `help:"Two-dose kits a year that are prescribed; each counts as a fifth." placeholder:"KITS"`
	Rate       *float64 `help:"r: the rate for each community kit a year, where the place has one, such as 91.10e-6." placeholder:"R" xor:"rate"`
	Rho        *float64 `help:"rho: the rate for each kit a year for each 100,000 residents; needs --population." placeholder:"RHO" xor:"rate"`
	Type       string   `help:"Kind of epidemic, whose rho is then used; needs --population: ${types}." placeholder:"KIND" xor:"rate"`
	Population float64  `help:"Residents." placeholder:"N"`
	Target     float64  `help:"Share of witnessed overdoses to cover, more than 0 and less than 1." default:"0.8"`
}

// Help is what --help says beneath the first line.
func (needCmd) Help() string {
	return `Computes, for the kits of a year in one place, at how many witnessed overdoses
naloxone is at hand, and how many kits a year would make that the target. The
model is Irvine et al. 2022, in a form that was derived from its published
curves. It is calibrated to the United States in 2017 and says nothing about
overdoses that nobody witnesses. For several areas, ask for each and add the
kits: one large area seems to need fewer than its parts do.

  thn need --community 3075.7514 --pharmacy 178 --prescriber 5428 --rate 91.10e-6
  thn need --community 5000 --population 1900000 --type fentanyl`
}

// epidemicKeys lists the kinds for --help.
func epidemicKeys() string {
	var keys []string
	for _, e := range need.Epidemics {
		keys = append(keys, e.Key)
	}
	return strings.Join(keys, ", ")
}

var errNoRate = errors.New("say how kits work here: --rate R, or --population N with --type KIND or --rho RHO")

// curve is the curve that the flags describe, and what was assumed for it.
func (c needCmd) curve() (need.Curve, need.Assumptions, error) {
	switch {
	case c.Rate != nil:
		return need.Curve{Rate: need.Exactly(*c.Rate)}, need.Assumptions{}, nil
	case c.Population == 0:
		return need.Curve{}, need.Assumptions{}, errNoRate
	}
	a := need.Assumptions{}
	if c.Rho != nil {
		a.Rho = need.Exactly(*c.Rho)
	} else {
		kind := c.Type
		if kind == "" {
			kind = need.DefaultEpidemic
		}
		e, err := need.FindEpidemic(kind)
		if err != nil {
			return need.Curve{}, a, fmt.Errorf("--type %s is not one of %s", kind, epidemicKeys())
		}
		a.Epidemic, a.Rho = e, e.Interval()
	}
	curve, err := need.CurveOf(a.Rho, c.Population)
	return curve, a, err
}

// Run computes and prints.
func (c needCmd) Run(e *env) error {
	curve, assumed, err := c.curve()
	if err != nil {
		return flagged(err)
	}
	kits := need.Kits{Community: c.Community, Pharmacy: c.Pharmacy, Prescriber: c.Prescriber}
	result, err := curve.At(kits, c.Target, c.Population)
	if err != nil {
		return flagged(err)
	}
	if e.json {
		return e.printJSON(needJSON(c, assumed, result))
	}
	locale, err := english()
	if err != nil {
		return err
	}
	return printNeed(e, locale, c, assumed, result)
}

// flagged names a number as its flag does.
func flagged(err error) error {
	var wrong *need.InputError
	if errors.As(err, &wrong) {
		return fmt.Errorf("--%w", err)
	}
	return err
}

func printNeed(e *env, l *lang.Locale, c needCmd, assumed need.Assumptions, r need.Result) error {
	line := func(label, text string) string { return fmt.Sprintf("%-38s  %s\n", label, text) }
	amount := func(x need.Estimate, places int) string {
		text := l.Decimal(x.Value, places)
		if x.Ranged() {
			text += " (" + l.Decimal(x.Low, places) + "–" + l.Decimal(x.High, places) + ")"
		}
		return text
	}
	out := line("Witnessed overdoses with naloxone", amount(r.Covered.Times(100), 2)+" %, modelled") +
		line("Kits a year, in community kits", l.Decimal(r.Equivalent, 1)) +
		line(fmt.Sprintf("Community kits a year for %g %%", 100*c.Target), amount(r.Needed, 0)) +
		line("Of these missing", amount(r.Extra, 0)) +
		line("The next 100 community kits", "+"+amount(r.Gain.Times(100), 3)+" points")
	if c.Population > 0 {
		out += line("Kits a year for each 100,000 residents", l.Decimal(r.Per, 1)) +
			line("Needed for each 100,000 residents", amount(r.NeededPer, 0))
	}
	out += "\n" + line("Model", need.IrvineModel) + line("Calibration", need.Calibration+", 2017") + line("Assumed", assumedWords(c, assumed)) + line("Source", need.IrvineSource)
	_, err := fmt.Fprint(e.out, out)
	return err
}

// assumedWords says what the rate is and where its interval comes from.
func assumedWords(c needCmd, a need.Assumptions) string {
	kind := a.Epidemic
	switch {
	case c.Rate != nil:
		return fmt.Sprintf("r %g for each community kit, as given; no interval", *c.Rate)
	case kind.Key == "":
		return fmt.Sprintf("rho %g, as given; no interval", a.Rho.Value)
	case kind.Below == 0:
		return fmt.Sprintf("%s: rho %.5f; no interval was published", kind.Key, kind.Rho.Value)
	}
	return fmt.Sprintf("%s: rho %.5f (%.5f–%.5f over %d states); interval %.5f–%.5f, from the model's lower and upper curves for %s",
		kind.Key, kind.Rho.Value, kind.Rho.Low, kind.Rho.High, kind.States, a.Rho.Low, a.Rho.High, kind.Example)
}

// estimateJSON leaves the bounds out where there are none.
type estimateJSON struct {
	Value float64  `json:"value"`
	Low   *float64 `json:"low,omitempty"`
	High  *float64 `json:"high,omitempty"`
}

func estimated(e need.Estimate) estimateJSON {
	if !e.Ranged() {
		return estimateJSON{Value: e.Value}
	}
	return estimateJSON{e.Value, &e.Low, &e.High}
}

// neededJSON is the answer for programs: shares are in per cent.
type neededJSON struct {
	Model       string        `json:"model"`
	Calibration string        `json:"calibration"`
	Assumed     string        `json:"assumed"`
	Source      string        `json:"source"`
	Modelled    bool          `json:"modelled"`
	Target      float64       `json:"target_percent"`
	Equivalent  float64       `json:"kit_equivalents_a_year"`
	Covered     estimateJSON  `json:"witnessed_overdoses_covered_percent"`
	Needed      estimateJSON  `json:"kits_needed_a_year"`
	Extra       estimateJSON  `json:"extra_community_kits_a_year"`
	Gain        estimateJSON  `json:"next_100_kits_percentage_points"`
	Per         *float64      `json:"kit_equivalents_per_100000,omitempty"`
	NeededPer   *estimateJSON `json:"kits_needed_per_100000,omitempty"`
}

func needJSON(c needCmd, a need.Assumptions, r need.Result) neededJSON {
	out := neededJSON{Model: need.IrvineModel, Calibration: need.Calibration, Assumed: assumedWords(c, a), Source: need.IrvineSource, Modelled: true,
		Target: 100 * c.Target, Equivalent: r.Equivalent, Covered: estimated(r.Covered.Times(100)), Needed: estimated(r.Needed),
		Extra: estimated(r.Extra), Gain: estimated(r.Gain.Times(100))}
	if c.Population > 0 {
		per := estimated(r.NeededPer)
		out.Per, out.NeededPer = &r.Per, &per
	}
	return out
}
