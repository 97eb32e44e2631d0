package need

import "math"

// Tree is the third model: what becomes of an overdose, in public and in private.
// Shares and probabilities are 0 to 1; the fatalities are for each overdose.
type Tree struct {
	Public         Estimate // s: share of overdoses in public; the rest are in private
	Witnessed      Estimate // w: witnessed, in public
	WitnessedRatio Estimate // the same in private is w times this
	Called         Estimate // c: an emergency call is made if it is witnessed, in public
	CalledRatio    Estimate // the same in private is c times this
	Ambulance      Estimate // q: fatality with emergency care, relative to none
	Fatal          Estimate // m0: fatality without naloxone and without emergency care
	FatalNaloxone  Estimate // m1: fatality when naloxone is given
}

// PROFOUND has the values and ranges of the Rhode Island microsimulation.
func PROFOUND() Tree {
	return Tree{
		Public: Estimate{0.12, 0.05, 0.31}, Witnessed: Estimate{0.82, 0.75, 0.88}, WitnessedRatio: Estimate{0.6, 0.2, 1},
		Called: Estimate{0.662, 0.561, 0.799}, CalledRatio: Estimate{0.59, 0.4, 0.7}, Ambulance: Estimate{0.588, 0.419, 0.758},
		Fatal: Estimate{9.0 / 153, 0.031, 0.108}, FatalNaloxone: Estimate{20.0 / 2336, 0.00555, 0.0132},
	}
}

// numbered is the parameters in an order of their own.
func (t *Tree) numbered() []*Estimate {
	return []*Estimate{&t.Public, &t.Witnessed, &t.WitnessedRatio, &t.Called, &t.CalledRatio, &t.Ambulance, &t.Fatal, &t.FatalNaloxone}
}

var treeNames = []string{"public", "witnessed", "witnessed_ratio", "called", "called_ratio", "ambulance", "fatal", "fatal_naloxone"}

// Check tells what is impossible about the parameters.
func (t Tree) Check() error {
	for i, e := range t.numbered() {
		if err := e.check(treeNames[i], RuleFraction); err != nil {
			return err
		}
	}
	return obey("fatal", t.Fatal.Low, RulePositive)
}

// Fatality is the deaths for each overdose when naloxone is used at a share p of
// the witnessed ones, at the central values:
// F(p) = Σ s·{ w·[ p·m1 + (1−p)·(c·m0·q + (1−c)·m0) ] + (1−w)·m0 }.
func (t Tree) Fatality(p float64) float64 {
	setting := func(share, w, c float64) float64 {
		without := c*t.Fatal.Value*t.Ambulance.Value + (1-c)*t.Fatal.Value
		return share * (w*(p*t.FatalNaloxone.Value+(1-p)*without) + (1-w)*t.Fatal.Value)
	}
	w, c := t.Witnessed.Value, t.Called.Value
	return setting(t.Public.Value, w, c) + setting(1-t.Public.Value, w*t.WitnessedRatio.Value, c*t.CalledRatio.Value)
}

// corners lists the tree at every combination of its parameters' ends. What is
// asked of it is a quotient of functions that are straight lines in each single
// parameter, so its extremes over all the ranges stand at corners.
func (t Tree) corners() []Tree {
	list := []Tree{t}
	for i := range treeNames {
		var next []Tree
		for _, c := range list {
			for _, v := range []float64{c.numbered()[i].Low, c.numbered()[i].High} {
				x := c
				*x.numbered()[i] = Exactly(v)
				next = append(next, x)
			}
		}
		list = next
	}
	return list
}

// over is a figure at the centre, and its extremes over the corners.
func (t Tree) over(figure func(Tree) float64) Estimate {
	e := Exactly(figure(t))
	for _, corner := range t.corners() {
		v := figure(corner)
		e.Low, e.High = math.Min(e.Low, v), math.Max(e.High, v)
	}
	return e
}

// Overdoses is how many overdoses the observed deaths of a place and time imply
// when naloxone is used at a share p of the witnessed ones: deaths / F(p). The
// interval is that of every combination of the parameters' ranges.
func (t Tree) Overdoses(deaths, p float64) (Estimate, error) {
	if err := firstOf(t.Check(), obey("deaths", deaths, RuleNotNegative), obey("p", p, RuleFraction)); err != nil {
		return Estimate{}, err
	}
	return t.over(func(x Tree) float64 { return deaths / x.Fatality(p) }), nil
}

// Ceiling is the share of deaths, 0 to 1, that naloxone at every witnessed overdose
// would avert against none: 1 − F(1)/F(0). The rest are not witnessed, or die all
// the same.
func (t Tree) Ceiling() (Estimate, error) {
	if err := t.Check(); err != nil {
		return Estimate{}, err
	}
	return t.over(func(x Tree) float64 { return 1 - x.Fatality(1)/x.Fatality(0) }), nil
}
