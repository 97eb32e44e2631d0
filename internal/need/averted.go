package need

import "math"

// Move is a change in one place, with the deaths observed there in some time.
// Changes are those of a curve: first the central one, then what else it may be.
type Move struct {
	Deaths  float64
	Changes []Change
}

// steps is at how many values of the ceiling deaths averted are looked at.
const steps = 16

// Averted is the modelled deaths averted in the time of the observed deaths by
// changes in one place or in several: deaths × (1 − F(after)/F(before)). F is a
// straight line in p, so all parameters come in through the ceiling x alone:
// deaths × x·(after − before) / (1 − x·before).
//
// The interval holds every combination of the parameters' ranges and of the rates
// of the changes, the same for all places: outer bounds, not a probability. It is
// negative where fewer kits avert fewer deaths.
func (t Tree) Averted(moves ...Move) (Estimate, error) {
	ceiling, err := t.Ceiling()
	most := 0
	for _, m := range moves {
		err = firstOf(err, m.check())
		most = max(most, len(m.Changes))
	}
	if err != nil {
		return Estimate{}, err
	}
	e := Exactly(averted(moves, 0, ceiling.Value))
	for i := range most {
		for s := range steps + 1 {
			v := averted(moves, i, ceiling.Low+(ceiling.High-ceiling.Low)*float64(s)/steps)
			e.Low, e.High = math.Min(e.Low, v), math.Max(e.High, v)
		}
	}
	return e, nil
}

func (m Move) check() error {
	err := obey("deaths", m.Deaths, RuleNotNegative)
	for _, c := range m.Changes {
		err = firstOf(err, obey("p", c.Before, RuleFraction), obey("p", c.After, RuleFraction))
	}
	return err
}

// averted sums the places at one rate, which is the i-th of their changes.
func averted(moves []Move, i int, x float64) (sum float64) {
	for _, m := range moves {
		if len(m.Changes) > 0 {
			c := m.Changes[min(i, len(m.Changes)-1)]
			sum += m.Deaths * x * (c.After - c.Before) / (1 - x*c.Before)
		}
	}
	return sum
}
