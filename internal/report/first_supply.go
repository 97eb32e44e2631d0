package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// firstSupplies is indicator A5: people at risk given their first kit in the
// period, and everybody ever given one by its end. The second number is summed from
// the first record on, never from increments that were published: sources restate
// their running totals and not the years in them. Both are estimates, because
// "first" is what the holder said.
func firstSupplies(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "period", Key: "report.by.period"}
	if b.spec.By != ByNone {
		t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	}
	t.Columns = []Column{peopleNamed("first_time"), peopleNamed("people_reached")}
	now, err := b.people(ctx, b.spec.Period, thn.BySupply, thn.ByRecipient, groupOf[b.spec.By])
	if err != nil {
		return t, err
	}
	until := thn.Period{From: dayZero, To: b.spec.Period.To}
	ever, err := b.people(ctx, until, thn.BySupply, thn.ByRecipient, groupOf[b.spec.By])
	if err != nil {
		return t, err
	}
	for _, p := range append(b.parts(b.spec.By), part{label: totalRow, cut: func(x box) box { return x }}) {
		inside := firstAtRisk(p.cut(b.everything()))
		first, reached := now.in(inside), ever.in(sinceDayZero(inside))
		if b.spec.By.listed() && p.label.Code != totalRow.Code && !reached.known {
			continue
		}
		t.Rows = append(t.Rows, Row{Label: p.label, Cells: []Cell{first.cell(), reached.cell()}, Marks: p.mark})
	}
	last := &t.Rows[len(t.Rows)-1]
	last.Kind = RowTotal
	if !last.Cells[1].Known() {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.nothing"})
	}
	b.tellReached(&t, ever, ever.in(firstAtRisk(b.space.everything(until))))
	t.Notes = append(t.Notes, Label{Code: "estimated", Key: "report.note.estimated"})
	return b.firstMasked(t), nil
}

// sinceDayZero lets a box begin with the first record.
func sinceDayZero(x box) box { x.day.from = 0; return x }

// firstMasked hides small counts of a divided table. A running total less the one
// before it is what was hidden, so over time all of them go but the last.
func (b *book) firstMasked(t Table) Table {
	if b.spec.By == ByNone {
		return t
	}
	out := t.guardedBelow(SmallestInside)
	hidden := func(r Row) bool { return r.Cells[0].Is(KindMasked) }
	if !slices.ContainsFunc(out.Rows, hidden) {
		return out
	}
	for i, r := range out.Rows {
		over := slices.Contains(overTime, b.spec.By) && r.Kind != RowTotal
		if (over || hidden(r)) && r.Cells[1].Known() {
			out.Rows[i].Cells[1] = Masked()
		}
	}
	out.Notes = append(out.Notes, Label{Code: "masked", Key: "report.note.masked"})
	return out
}
