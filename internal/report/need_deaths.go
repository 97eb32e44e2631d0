package report

import (
	"context"
	"errors"

	"thntracker/internal/need"
)

// deathsAverted is indicator D3, only ever as the output of a model: what deaths
// would be without the kits given out, and with enough of them.
func deathsAverted(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = areaHead()
	n, err := b.needer(ctx)
	if err != nil {
		return t, err
	}
	t.Columns = []Column{deathsColumn, modelNamed("need_covered", 1), modelNamed("need_overdoses", 0), modelNamed("need_averted", 1), modelNamed("need_averted_target", 1), modelNamed("need_averted_next", 2)}
	areas := n.areas(&t)
	deaths := n.deathsOf(&t, areas)
	var all aversion
	counted := 0
	for _, a := range areas {
		cells := fill(6, NoDenominator())
		died, some := deaths[a.id]
		if some {
			cells[0] = died.cell()
		}
		switch {
		case !a.known:
			copy(cells[1:], fill(5, NotReported()))
		case some && a.modelled():
			x, err := n.aversion(a, died.yearly)
			if err == nil {
				err = x.fill(cells)
			}
			if err != nil {
				return t, Impossible(err)
			}
			all.add(x)
			counted++
		}
		t.Rows = append(t.Rows, Row{Label: a.label, Marks: a.mark, Cells: cells})
	}
	total := fill(6, NotApplicable())
	if counted > 0 {
		if err := all.fill(total); err != nil {
			return t, Impossible(err)
		}
		total[1], total[5] = NotApplicable(), NotApplicable() // the next 100 kits go to one place
	}
	t.Rows = append(t.Rows, Row{Label: totalRow, Kind: RowTotal, Cells: total, Marks: someLeftOut(len(areas), counted)})
	t.Notes = append(t.Notes, Label{Code: "deaths", Key: "report.note.need_deaths"})
	n.tell(&t)
	t.Sources = append(t.Sources, profound)
	b.remark(&t, n.kits, n.kits.in(b.everything()))
	return t, nil
}

// aversion is what the third model is asked about an area, or several together.
type aversion struct {
	covered, overdoses    need.Estimate
	without, target, next []need.Move // from the kits there are to none, to enough, and to 100 more
}

func (n *needer) aversion(a needArea, deaths float64) (x aversion, err error) {
	r, err := n.assumed.At(a.place())
	if err != nil {
		return x, err
	}
	to := func(kits float64) []need.Move {
		return []need.Move{{Deaths: deaths, Changes: r.Curve.Changes(r.Equivalent, kits)}}
	}
	x = aversion{covered: r.Covered, without: to(0), target: to(r.Equivalent + r.Extra.Value), next: to(r.Equivalent + need.Step)}
	x.overdoses, err = need.PROFOUND().Overdoses(deaths, r.Covered.Value)
	return x, err
}

func (x *aversion) add(o aversion) {
	x.overdoses = x.overdoses.Plus(o.overdoses)
	x.without, x.target, x.next = append(x.without, o.without...), append(x.target, o.target...), append(x.next, o.next...)
}

// fill puts the answers into the cells of a row, after the deaths.
func (x aversion) fill(cells []Cell) error {
	tree := need.PROFOUND()
	without, err := tree.Averted(x.without...)
	target, err2 := tree.Averted(x.target...)
	next, err3 := tree.Averted(x.next...)
	more := need.Estimate{Value: -without.Value, Low: -without.High, High: -without.Low} // deaths more without them
	copy(cells[1:], []Cell{percentOf(x.covered), Modelled(x.overdoses), Modelled(more), Modelled(target), Modelled(next)})
	return errors.Join(err, err2, err3)
}
