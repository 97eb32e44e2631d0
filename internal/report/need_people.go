package report

import (
	"context"

	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// saturation is indicator D2: kits in circulation for each person at risk, by the
// second model. It weighs pharmacy kits otherwise than the first.
func saturation(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = areaHead()
	n, err := b.needer(ctx)
	if err != nil {
		return t, err
	}
	t.Columns = []Column{peopleNamed("at_risk"), modelNamed("need_outreach", 0), modelNamed("need_counter", 0), modelNamed("need_circulating", 0), modelNamed("need_covered", 1), modelNamed("need_yearly", 0)}
	model := need.PROFOUNDCirculation()
	areas := n.areas(&Table{})
	found := b.newest(&t, thn.AtRisk, b.tree.regions(b.spec.Areas))
	for _, a := range areas {
		cells := append([]Cell{NoDenominator()}, fill(5, NotReported())...)
		outreach := a.kits.Total() - a.kits.Pharmacy
		if a.known {
			in := need.Steady(1)
			eq := need.Estimate{Value: outreach + a.kits.Pharmacy/model.Eff.Value, Low: outreach + a.kits.Pharmacy/model.Eff.High, High: outreach + a.kits.Pharmacy/model.Eff.Low}
			copy(cells[1:], []Cell{Modelled(need.Exactly(outreach)), Modelled(need.Exactly(a.kits.Pharmacy)), Modelled(eq.Times(in)), NoDenominator(), NoDenominator()})
		}
		if d := found[a.id]; d != nil && d.Value > 0 && !d.Suppressed {
			cells[0] = amountOf[Person](*d).cell()
			if err := circulating(cells, model, outreach, a.kits.Pharmacy, *d, n.assumed.Target, a.known); err != nil {
				return t, err
			}
		}
		t.Rows = append(t.Rows, Row{Label: a.label, Marks: a.mark, Cells: cells})
	}
	t.Notes = append(t.Notes, Label{Code: "model", Key: "report.note.need_saturation"})
	n.tellKits(&t)
	t.Sources = append(t.Sources, profound)
	b.remark(&t, n.kits, n.kits.in(b.everything()))
	return t, nil
}

// circulating asks the second model, with the interval of the people at risk too.
func circulating(cells []Cell, m need.Circulation, outreach, pharmacy float64, d thn.Denominator, target float64, known bool) error {
	low, high := float64(max(1, d.Low)), float64(d.High)
	var covered, needed need.Estimate
	for _, at := range []struct {
		people float64
		take   func(c, k need.Estimate)
	}{
		{float64(d.Value), func(c, k need.Estimate) { covered, needed = c, k }},
		{low, func(c, k need.Estimate) { covered.High, needed.Low = c.High, k.Low }},
		{high, func(c, k need.Estimate) { covered.Low, needed.High = c.Low, k.High }},
	} {
		in := need.Steady(1)
		c, err := m.Available(outreach*in, pharmacy*in, at.people)
		if err != nil {
			return Impossible(err)
		}
		k, err := m.Needed(target, at.people)
		if err != nil {
			return Impossible(err)
		}
		at.take(c, k.Times(1/in))
	}
	if known {
		cells[4] = percentOf(covered)
	}
	cells[5] = Modelled(needed)
	return nil
}
