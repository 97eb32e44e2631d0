package need

// Epidemic is a kind of overdose epidemic as the authors of the first model tell
// them apart, with the rho that its places share.
type Epidemic struct {
	Key    string // as the command line and addresses write it
	States int    // US states of this kind that were not modelled one by one
	// Rho is for each kit for each 100,000 residents: the mean over those states,
	// with the lowest and the highest of them. Derived from the site data.
	Rho Estimate
	// Below and Above are the published lower and upper curve of one of those
	// states as factors of its central one. Zero: none was seen.
	Below, Above float64
	Example      string // the state whose curves they are
}

// DefaultEpidemic is the kind that is assumed when nobody has chosen.
const DefaultEpidemic = "fentanyl"

// Epidemics lists the kinds. The factors come from the curve for community kits of
// the named state in the site data (all_states.json): New York at 100 kits for
// each 100,000 residents 25.57 % (13.46–36.98), Wisconsin 19.74 % (10.84–48.84),
// Texas at 16,667 kits 33.38 % (13.27–57.93), Arkansas at 16,667 kits 74.22 %
// (63.54–83.02); −ln(1 − p) of each bound over that of the centre.
var Epidemics = []Epidemic{
	{Key: "fentanyl", States: 18, Rho: Estimate{0.00310, 0.00295, 0.00321}, Below: 0.4895, Above: 1.5639, Example: "New York"},
	{Key: "fentanyl-prescription", States: 3, Rho: Estimate{0.00220, 0.00219, 0.00221}, Below: 0.5218, Above: 3.0481, Example: "Wisconsin"},
	{Key: "fentanyl-heroin", States: 1, Rho: Exactly(0.00220)},
	{Key: "heroin-prescription", States: 3, Rho: Estimate{0.00698, 0.00678, 0.00715}, Below: 0.3505, Above: 2.1318, Example: "Texas"},
	{Key: "prescription", States: 13, Rho: Estimate{0.00242, 0.00233, 0.00251}, Below: 0.7443, Above: 1.3080, Example: "Arkansas"},
}

// Interval is the rho with the interval that figures carry: the model's own, as
// published for one state, which is much wider than the states lie apart. Where
// none was seen it is that of the states.
func (e Epidemic) Interval() Estimate {
	if e.Below == 0 {
		return e.Rho
	}
	return Estimate{Value: e.Rho.Value, Low: e.Rho.Value * e.Below, High: e.Rho.Value * e.Above}
}

// FindEpidemic gives a kind by its key.
func FindEpidemic(key string) (Epidemic, error) {
	for _, e := range Epidemics {
		if e.Key == key {
			return e, nil
		}
	}
	return Epidemic{}, &InputError{Name: "type", Rule: RuleKnown}
}

// Assumptions are what a figure of need rests on besides kits and residents.
type Assumptions struct {
	Epidemic Epidemic // its Key is empty when rho was given by hand
	Rho      Estimate // for each kit for each 100,000 residents
	Target   float64  // share of witnessed overdoses, 0 to 1
}

// Default is what is assumed when nobody has chosen.
func Default() Assumptions { return Assumptions{}.Or() }

// Assume is a kind of epidemic and a target as assumptions.
func Assume(epidemic string, target float64) (Assumptions, error) {
	e, err := FindEpidemic(epidemic)
	if err != nil {
		return Assumptions{}, err
	}
	a := Assumptions{Epidemic: e, Rho: e.Interval(), Target: target}
	return a, a.Check()
}

// Or fills what was left open: the target, and the kind of epidemic where there is
// no rho either.
func (a Assumptions) Or() Assumptions {
	if a.Target == 0 {
		a.Target = DefaultTarget
	}
	if a.Rho == (Estimate{}) {
		a.Epidemic = Epidemics[0]
		a.Rho = a.Epidemic.Interval()
	}
	return a
}

// Check tells what is impossible about the assumptions.
func (a Assumptions) Check() error {
	return firstOf(a.Rho.check("rho", RulePositive), obey("target", a.Target, RuleShare))
}
