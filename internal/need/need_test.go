package need_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/need"
)

// anywhere is a place that could be one.
func anywhere(t *rapid.T) need.Place {
	kits := rapid.Float64Range(0, 50_000)
	return need.Place{Kits: need.Kits{Community: kits.Draw(t, "community"), Pharmacy: kits.Draw(t, "pharmacy"), Prescriber: kits.Draw(t, "prescriber")},
		Residents: rapid.Float64Range(100, 20_000_000).Draw(t, "residents")}
}

func anyhow(t *rapid.T) need.Assumptions {
	kind := rapid.SampledFrom(need.Epidemics).Draw(t, "epidemic").Key
	a, err := need.Assume(kind, rapid.Float64Range(0.01, 0.99).Draw(t, "target"))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAt_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyhow(t), anywhere(t)
		r, err := a.At(p)
		require.NoError(t, err)
		for _, e := range []need.Estimate{r.Covered, r.Needed, r.NeededPer, r.Extra, r.Gain} {
			require.LessOrEqual(t, e.Low, e.Value)
			require.LessOrEqual(t, e.Value, e.High)
		}

		more := p
		more.Kits.Community += rapid.Float64Range(0, 10_000).Draw(t, "more")
		after, err := a.At(more)
		require.NoError(t, err)
		require.GreaterOrEqual(t, after.Covered.Value, r.Covered.Value, "more kits never cover fewer")
		require.LessOrEqual(t, after.Gain.Value, r.Gain.Value+1e-12, "the next 100 are worth less and less")
		require.LessOrEqual(t, after.Extra.Value, r.Extra.Value)

		enough := p
		enough.Kits.Community += r.Extra.Value
		reached, err := a.At(enough)
		require.NoError(t, err)
		require.GreaterOrEqual(t, reached.Covered.Value, a.Target-1e-9, "the extra kits reach the target")
		if r.Extra.Value > 0 {
			require.InDelta(t, a.Target, reached.Covered.Value, 1e-9, "and are not one too many")
		}
	})
}

// No rate within the interval gains more than the interval says.
func TestGain_boundsHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyhow(t), anywhere(t)
		r, err := a.At(p)
		require.NoError(t, err)
		share := rapid.Float64Range(0, 1).Draw(t, "rate")
		rate := r.Curve.Rate.Low + share*(r.Curve.Rate.High-r.Curve.Rate.Low)
		gain := need.Curve{Rate: need.Exactly(rate)}.Gain(r.Equivalent, need.Step).Value
		require.LessOrEqual(t, gain, r.Gain.High+1e-12)
		require.GreaterOrEqual(t, gain, r.Gain.Low-1e-12)
	})
}

// Pooling hides need: the kits that places need apart are never fewer than those
// that one place with all their kits and residents would need.
func TestTotal_isNoPool(t *testing.T) {
	t.Parallel()
	sum := func(a need.Assumptions, places ...need.Place) (apart, pooled need.Result) {
		var results []need.Result
		var all need.Place
		for _, p := range places {
			r, err := a.At(p)
			require.NoError(t, err)
			results = append(results, r)
			all.Kits, all.Residents = all.Kits.Plus(p.Kits), all.Residents+p.Residents
		}
		pooled, err := a.At(all)
		require.NoError(t, err)
		return need.Total(places, results), pooled
	}
	plenty := need.Place{Kits: need.Kits{Community: 4_000}, Residents: 200_000}
	little := need.Place{Kits: need.Kits{Community: 100}, Residents: 200_000}
	apart, pooled := sum(need.Default(), plenty, little)
	require.Zero(t, pooled.Extra.Value, "together they seem to have enough")
	require.InDelta(t, 938, apart.Extra.Value, 1, "one of them does not")
	require.Less(t, apart.Covered.Value, pooled.Covered.Value)
	rapid.Check(t, func(t *rapid.T) {
		apart, pooled := sum(anyhow(t), anywhere(t), anywhere(t), anywhere(t))
		require.GreaterOrEqual(t, apart.Extra.Value, pooled.Extra.Value-1e-6)
		require.InEpsilon(t, pooled.Needed.Value, apart.Needed.Value, 1e-9, "what is needed in all does not depend on who has kits")
		require.LessOrEqual(t, apart.Covered.Value, pooled.Covered.Value+1e-12)
	})
}

// No tree within the ranges, and no rate within the interval, averts more or fewer
// deaths than the interval says.
func TestAverted_boundsHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := need.Curve{Rate: need.Estimate{Value: 0.0031, Low: 0.0015, High: 0.0048}}
		from, to := rapid.Float64Range(0, 2000).Draw(t, "from"), rapid.Float64Range(0, 2000).Draw(t, "to")
		tree := need.PROFOUND()
		all, err := tree.Averted(need.Move{Deaths: 100, Changes: c.Changes(from, to)}, need.Move{Deaths: 40, Changes: c.Changes(to, from/2)})
		require.NoError(t, err)
		inside := func(name string, e *need.Estimate) {
			*e = need.Exactly(e.Low + rapid.Float64Range(0, 1).Draw(t, name)*(e.High-e.Low))
		}
		for i, e := range []*need.Estimate{&tree.Public, &tree.Witnessed, &tree.WitnessedRatio, &tree.Called, &tree.CalledRatio,
			&tree.Ambulance, &tree.Fatal, &tree.FatalNaloxone, &c.Rate} {
			inside(strconv.Itoa(i), e)
		}
		one, err := tree.Averted(need.Move{Deaths: 100, Changes: c.Changes(from, to)}, need.Move{Deaths: 40, Changes: c.Changes(to, from/2)})
		require.NoError(t, err)
		require.GreaterOrEqual(t, one.Value, all.Low-0.1)
		require.LessOrEqual(t, one.Value, all.High+0.1)
	})
}

func TestInput_impossibleNumbersAreNamed(t *testing.T) {
	t.Parallel()
	place := need.Place{Kits: need.Kits{Community: 10}, Residents: 1000}
	for want, change := range map[string]func(*need.Assumptions, *need.Place){
		"community must be 0 or more, not -1":                  func(_ *need.Assumptions, p *need.Place) { p.Kits.Community = -1 },
		"pharmacy must be 0 or more, not NaN":                  func(_ *need.Assumptions, p *need.Place) { p.Kits.Pharmacy = math.NaN() },
		"prescriber must be 0 or more, not +Inf":               func(_ *need.Assumptions, p *need.Place) { p.Kits.Prescriber = math.Inf(1) },
		"population must be more than 0, not 0":                func(_ *need.Assumptions, p *need.Place) { p.Residents = 0 },
		"target must be more than 0 and less than 1, not 1":    func(a *need.Assumptions, _ *need.Place) { a.Target = 1 },
		"target must be more than 0 and less than 1, not 0":    func(a *need.Assumptions, _ *need.Place) { a.Target = 0 },
		"rho must be more than 0, not 0":                       func(a *need.Assumptions, _ *need.Place) { a.Rho = need.Estimate{} },
		"rho must lie between its low and its high, not 0.003": func(a *need.Assumptions, _ *need.Place) { a.Rho = need.Estimate{Value: 0.003, Low: 0.004, High: 0.005} },
	} {
		a, p := need.Default(), place
		change(&a, &p)
		_, err := a.At(p)
		require.EqualError(t, err, want)
	}
	_, err := need.Curve{}.At(place.Kits, 0.8, 0)
	require.EqualError(t, err, "rate must be more than 0, not 0")
	_, err = need.Assume("flu", 0.8)
	require.ErrorContains(t, err, "type is not one of those known")
	_, err = need.PROFOUND().Averted(move(-1, 0, 0))
	require.EqualError(t, err, "deaths must be 0 or more, not -1")
	_, err = need.PROFOUND().Overdoses(5, 1.5)
	require.EqualError(t, err, "p must be between 0 and 1, not 1.5")
	broken := need.PROFOUND()
	broken.Ambulance.High = 1.2
	_, err = broken.Averted(move(1, 0, 0.5))
	require.EqualError(t, err, "ambulance must be between 0 and 1, not 1.2")
}

func TestDefault_isFentanyl(t *testing.T) {
	t.Parallel()
	a := need.Default()
	require.Equal(t, need.DefaultEpidemic, a.Epidemic.Key)
	require.Equal(t, 0.0031, a.Rho.Value)
	require.Equal(t, need.DefaultTarget, a.Target)
	given := need.Assumptions{Rho: need.Exactly(0.005)}.Or()
	require.Empty(t, given.Epidemic.Key, "a rho given by hand is not called by a kind")
}
