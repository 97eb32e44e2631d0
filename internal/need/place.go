package need

// Step is how many kits the marginal value is told for.
const Step = 100

// Place is one area with the kits of one year in it.
type Place struct {
	Kits      Kits
	Residents float64
}

// Result is what the first model says of a place.
type Result struct {
	Curve      Curve
	Equivalent float64  // kits a year, in community kits
	Per        float64  // the same for each 100,000 residents
	Covered    Estimate // share of witnessed overdoses, 0 to 1
	Needed     Estimate // community kits a year for the target
	NeededPer  Estimate // the same for each 100,000 residents
	Extra      Estimate // community kits a year missing to the target
	Gain       Estimate // what the share grows by with the next 100 community kits
}

// At asks the first model about a place.
func (a Assumptions) At(p Place) (Result, error) {
	c, err := CurveOf(a.Rho, p.Residents)
	if err = firstOf(a.Check(), p.Kits.Check(), err); err != nil {
		return Result{}, err
	}
	return c.result(p.Kits, a.Target, p.Residents), nil
}

// At asks a curve whose rate is known; residents may be left at 0, and then
// nothing is told for each 100,000 of them.
func (c Curve) At(k Kits, target, residents float64) (Result, error) {
	err := firstOf(c.Check(), k.Check(), obey("target", target, RuleShare), obey("population", residents, RuleNotNegative))
	if err != nil {
		return Result{}, err
	}
	return c.result(k, target, residents), nil
}

func (c Curve) result(k Kits, target, residents float64) Result {
	r := Result{Curve: c, Equivalent: k.Equivalent()}
	r.Covered, r.Needed = c.Covered(r.Equivalent), c.Needed(target)
	r.Extra, r.Gain = c.Extra(r.Equivalent, target), c.Gain(r.Equivalent, Step)
	if residents > 0 {
		r.Per = r.Equivalent * perHundredThousand / residents
		r.NeededPer = r.Needed.Times(perHundredThousand / residents)
	}
	return r
}

// Total is several places together: kits needed and missing are added, place by
// place. One large place with their kits and residents would need fewer, because
// the curve bends: pooling hides what is missing. The share covered is the mean of
// the places by residents, as if overdoses were witnessed where people live.
func Total(places []Place, results []Result) Result {
	var t Result
	residents := 0.0
	for i, r := range results {
		n := places[i].Residents
		residents += n
		t.Equivalent += r.Equivalent
		t.Needed, t.Extra = t.Needed.Plus(r.Needed), t.Extra.Plus(r.Extra)
		t.Covered = t.Covered.Plus(r.Covered.Times(n))
	}
	if residents > 0 {
		t.Covered = t.Covered.Times(1 / residents)
		t.Per, t.NeededPer = t.Equivalent*perHundredThousand/residents, t.Needed.Times(perHundredThousand/residents)
	}
	return t
}
