package need_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/need"
)

// state gives one of the 12.
func state(t *testing.T, name string) need.State {
	t.Helper()
	for _, s := range need.States {
		if s.Name == name {
			return s
		}
	}
	require.Fail(t, "no state "+name)
	return need.State{}
}

// at is the share of witnessed overdoses in per cent.
func at(rate float64, k need.Kits) float64 {
	return 100 * need.Curve{Rate: need.Exactly(rate)}.Covered(k.Equivalent()).Value
}

// The 12 states: what equations (1), (4) and (6) make of the published kits. The
// rates have four digits, so kits agree to 0.3 %, and shares within 0.15 point.
func TestStates_asDerivedFromThePublishedCurves(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name        string
		p           float64
		needed, per float64
	}{
		{"Arizona", .9997, 3902, 55.4}, {"California", .2184, 261473, 664.3}, {"Idaho", .0285, 11782, 685.9}, {"Illinois", .3278, 158350, 1239},
		{"Iowa", .2840, 7686, 244.6}, {"Massachusetts", .6672, 50016, 729.1}, {"North Carolina", .7757, 32878, 320.2}, {"Oklahoma", .2224, 23177, 589.5},
		{"Oregon", .2905, 23151, 558.7}, {"Rhode Island", .9165, 3526, 334.0}, {"South Carolina", .0258, 35405, 705.1}, {"Washington", .4356, 16397, 220.9},
	} {
		s := state(t, x.name)
		_, err := need.FindEpidemic(s.Epidemic)
		require.NoError(t, err)
		c := need.Curve{Rate: need.Exactly(s.Rate)}
		r, err := c.At(s.Kits, need.DefaultTarget, s.Population)
		require.NoError(t, err)
		require.InDelta(t, 100*x.p, 100*r.Covered.Value, 0.15, x.name)
		require.InDelta(t, s.Intercept, at(s.Rate, need.Kits{Pharmacy: s.Kits.Pharmacy, Prescriber: s.Kits.Prescriber}), 0.15, x.name)
		others := need.Kits{Pharmacy: s.Kits.Pharmacy, Prescriber: s.Kits.Prescriber}.Equivalent()
		community := c.Extra(others, need.DefaultTarget).Value // K80_C: the others stay at baseline
		require.InEpsilon(t, x.needed, community, 0.003, x.name)
		require.InEpsilon(t, x.per, community*1e5/s.Population, 0.003, x.name)
		require.InDelta(t, math.Max(0, community-s.Kits.Community), r.Extra.Value, 1e-6, x.name)
	}
	require.Len(t, need.States, 12)
}

// The headline of the paper: no extra kits in Arizona, most in Illinois, where the
// site's rates give 1,239 net of the other access points and 1,251 gross; 1,270
// was printed.
func TestStates_ends(t *testing.T) {
	t.Parallel()
	arizona, illinois := state(t, "Arizona"), state(t, "Illinois")
	r, err := need.Curve{Rate: need.Exactly(arizona.Rate)}.At(arizona.Kits, need.DefaultTarget, arizona.Population)
	require.NoError(t, err)
	require.Zero(t, r.Extra.Value)
	gross := need.Curve{Rate: need.Exactly(illinois.Rate)}.Needed(need.DefaultTarget).Value * 1e5 / illinois.Population
	require.InDelta(t, 1251, gross, 2)
}

// Points of the published curves, other access points at the state's baseline.
// Missouri, Texas, Alaska and Minnesota were not modelled: the others are nothing,
// and the rate is that of their first point (below).
func TestCurve_publishedPoints(t *testing.T) {
	t.Parallel()
	type point struct{ kits, percent float64 }
	community := func(s need.State, k float64) need.Kits { s.Kits.Community = k; return s.Kits }
	prescriber := func(s need.State, k float64) need.Kits { s.Kits.Prescriber = k; return s.Kits }
	pharmacy := func(s need.State, k float64) need.Kits { s.Kits.Pharmacy = k; return s.Kits }
	for _, x := range []struct {
		name   string
		vary   func(need.State, float64) need.Kits
		points []point
	}{
		{"Washington", community, []point{{0, 10.9258}, {3075.7514, 32.691}, {6151.5029, 49.14}, {9227.2543, 61.5698}, {12303.0057, 70.9619}, {15378.7571, 78.0569}, {18454.5086, 83.4215}, {30757.51, 94.5944}}},
		{"Washington", prescriber, []point{{0, 37.6578}, {3075.75, 41.0757}}},
		{"Washington", pharmacy, []point{{0, 42.6349}, {3075.75, 56.6552}}},
		{"California", community, []point{{0, 3.0591}, {16145.73, 12.0602}, {80728.66, 40.4427}, {161457.33, 63.4211}, {258331.72, 79.6196}, {274477.46, 81.5118}}},
		{"Arizona", community, []point{{2927.20, 75.5363}, {14636.01, 97.8243}}},
		{"Massachusetts", community, []point{{2817.20, 36.6868}, {14086.02, 51.9194}}},
		{"Iowa", community, []point{{0, 5.355}, {1288.22, 27.0609}, {12882.22, 93.0083}}},
		{"Rhode Island", community, []point{{0, 39.9628}, {2157.79, 69.36}, {4315.57, 84.3629}}},
		{"Illinois", community, []point{{5200.44, 6.5836}, {26002.20, 24.2296}}},
		{"North Carolina", community, []point{{0, 16.5934}, {4238.21, 30.6358}, {42382.12, 86.7594}}},
		{"Oklahoma", community, []point{{0, 14.5006}, {8047.10, 48.3806}, {16094.20, 68.8311}}},
	} {
		for _, p := range x.points {
			s := state(t, x.name)
			require.InDelta(t, p.percent, at(s.Rate, x.vary(s, p.kits)), 0.15, "%s at %v kits", x.name, p.kits)
		}
	}
	require.InDelta(t, 32.65, at(91.10e-6, need.Kits{Community: 3075.7514, Pharmacy: 178, Prescriber: 5428}), 0.005, "what the rounded rate gives; 32.69 was published")
}

// rateFrom turns a point of a curve without other access points into its rate.
func rateFrom(kits, percent float64) float64 { return -math.Log1p(-percent/100) / kits }

func TestMissouri_needAndInterval(t *testing.T) {
	t.Parallel()
	const residents = 6_106_670 // its first point is 100 kits for each 100,000
	rate := need.Estimate{Value: rateFrom(6106.67, 27.0082), Low: rateFrom(6106.67, 14.3), High: rateFrom(6106.67, 38.9)}
	r, err := need.Curve{Rate: rate}.At(need.Kits{}, need.DefaultTarget, residents)
	require.NoError(t, err)
	require.InDelta(t, 31_218, r.Needed.Value, 1)
	require.Greater(t, r.Needed.Value, 31_000.0, "Vance et al. 2025: at least 31,000")
	require.Greater(t, 32_486.0, r.Needed.Value, "what was given out in 2021")
	require.InDelta(t, 511, r.NeededPer.Value, 1)
	require.InDelta(t, 327, r.NeededPer.Low, 1)
	require.InDelta(t, 1_044, r.NeededPer.High, 2, "14.3 is rounded")
	rho := rate.Times(residents / 1e5)
	for got, want := range map[float64]float64{rho.Value: 0.00315, rho.Low: 0.00154, rho.High: 0.00492} {
		require.InDelta(t, want, got, 0.00001)
	}
	require.InDelta(t, 79.2758, at(rate.Value, need.Kits{Community: 30533.35}), 0.15)
	require.InDelta(t, 66.4873, at(rateFrom(5566.23, 19.6426), need.Kits{Community: 27831.15}), 0.15, "Minnesota")
	covered := need.Curve{Rate: rate}.Covered(6106.67)
	require.InDelta(t, 0.143, covered.Low, 1e-9)
	require.InDelta(t, 0.389, covered.High, 1e-9)
}

// k80 of each kind of epidemic, as the states of that kind range.
func TestEpidemics_rangesAndPublishedCurves(t *testing.T) {
	t.Parallel()
	for key, want := range map[string][2]float64{"fentanyl": {502, 545}, "fentanyl-prescription": {729, 736}, "fentanyl-heroin": {732, 732},
		"heroin-prescription": {225, 237}, "prescription": {642, 690}} {
		e, err := need.FindEpidemic(key)
		require.NoError(t, err)
		k := need.Curve{Rate: e.Rho}.Needed(need.DefaultTarget)
		require.InEpsilon(t, want[0], k.Low, 0.005, key)
		require.InEpsilon(t, want[1], k.High, 0.005, key)
	}
	for key, p := range map[string][3]float64{ // centre, lower and upper curve of one state at one number of kits
		"fentanyl": {25.567377697799643, 13.458794834197348, 36.98365096194529}, "fentanyl-prescription": {19.739055581550716, 10.838641982674867, 48.842217615278045},
		"heroin-prescription": {33.381459901212324, 13.270742188429557, 57.933216839168395}, "prescription": {74.22371991847525, 63.54003326063264, 83.02323826561616}} {
		e, err := need.FindEpidemic(key)
		require.NoError(t, err)
		require.InDelta(t, rateFrom(1, p[1])/rateFrom(1, p[0]), e.Below, 0.0001, key)
		require.InDelta(t, rateFrom(1, p[2])/rateFrom(1, p[0]), e.Above, 0.0001, key)
		i := e.Interval()
		require.Less(t, i.Low, e.Rho.Low, "%s: the model's own interval holds the range of the states", key)
		require.Greater(t, i.High, e.Rho.High, key)
	}
	require.InDelta(t, 0.489, 0.00154/0.00315, 0.001, "Missouri's bounds are those of New York")
}

// A second model: kits in circulation for each person at risk.
func TestCirculation_publishedForm(t *testing.T) {
	t.Parallel()
	c := need.PROFOUNDCirculation()
	k, err := c.Needed(0.8, 1000)
	require.NoError(t, err)
	require.InDelta(t, 1609, k.Value, 0.5)
	require.InDelta(t, 1.25, k.Value/1000/need.Steady(1), 0.005, "kits a year for each person at risk")
	require.InDelta(t, 1.29, need.Steady(1), 0.005)
	p, err := c.Available(1000, 0, 1000)
	require.NoError(t, err)
	require.InDelta(t, 0.632, p.Value, 0.0005, "one kit each, as Release recommends")
	pharmacy, err := c.Available(0, 2690, 1000)
	require.NoError(t, err)
	require.InDelta(t, p.Value, pharmacy.Value, 1e-12)
	require.Less(t, pharmacy.Low, pharmacy.Value)
	n := 0.0
	for range 300 {
		n = need.NextMonth(n, 1200)
	}
	require.InDelta(t, need.Steady(1200), n, 1)
	_, err = c.Needed(0.99, 0)
	require.ErrorContains(t, err, "at_risk must be more than 0")
}

func move(deaths, before, after float64) need.Move {
	return need.Move{Deaths: deaths, Changes: []need.Change{{Before: before, After: after}}}
}

func TestTree_checkValues(t *testing.T) {
	t.Parallel()
	tree := need.PROFOUND()
	for p, want := range map[float64]float64{0: 0.053147, 0.2: 0.048940, 0.4: 0.044734, 0.6: 0.040528, 0.8: 0.036322, 1: 0.032116} {
		require.InDelta(t, want, tree.Fatality(p), 0.0000006, p)
	}
	o, err := tree.Overdoses(256, 0.4)
	require.NoError(t, err)
	require.InDelta(t, 5723, o.Value, 0.5)
	a, err := tree.Averted(move(256, 0.4, 0.8))
	require.NoError(t, err)
	require.InDelta(t, 48.1, a.Value, 0.05)
	require.Less(t, a.Low, a.Value)
	require.Greater(t, a.High, a.Value)
	for after, want := range map[float64]float64{0.8: 31.7, 1: 39.6} {
		a, err := tree.Averted(move(100, 0, after))
		require.NoError(t, err)
		require.InDelta(t, want, a.Value, 0.05)
	}
	back, err := tree.Averted(move(256, 0.8, 0.4))
	require.NoError(t, err)
	require.Negative(t, back.Value, "kits taken away avert fewer than none")
	ceiling, err := tree.Ceiling()
	require.NoError(t, err)
	require.InDelta(t, 0.396, ceiling.Value, 0.0005)
	for _, p := range [][2]float64{{0, 1}, {0.3, 0.7}, {0.9, 0.2}} {
		e, err := tree.Averted(move(100, p[0], p[1]))
		require.NoError(t, err)
		require.InDelta(t, 100*(1-tree.Fatality(p[1])/tree.Fatality(p[0])), e.Value, 1e-9, "the ceiling stands for the whole tree")
	}
}

func TestBritishColumbia_simpleForm(t *testing.T) {
	t.Parallel()
	f, err := need.BritishColumbiaModel().Fatality()
	require.NoError(t, err)
	require.InDelta(t, 0.102*(1-0.85*0.37*0.85), f.Value, 1e-12)
	require.InDelta(t, 0.0747, f.Value, 0.00005)
	require.Less(t, f.Low, f.Value)
	require.Greater(t, f.High, f.Value)
}

// The worked example: 6,272.6 community kits, 43.5 %, and 11,388 missing, 153 for
// each 100,000.
func TestWashington_workedExample(t *testing.T) {
	t.Parallel()
	w := state(t, "Washington")
	r, err := need.Curve{Rate: need.Exactly(w.Rate)}.At(w.Kits, 0.8, w.Population)
	require.NoError(t, err)
	require.InDelta(t, 6272.6, r.Equivalent, 0.001)
	require.InDelta(t, 43.5, 100*r.Covered.Value, 0.05)
	require.InEpsilon(t, 11_388, r.Extra.Value, 0.001)
	require.InDelta(t, 153, r.Extra.Value*1e5/w.Population, 0.5)
}
