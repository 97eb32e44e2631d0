package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// reachTable is indicator A6: people at risk who were ever given a kit, over each
// estimate of how many there are. Estimates differ more than programmes do, so
// every definition that is valid stands on its own row.
func reachTable(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "denominator", Key: "report.column.denominator"}
	t.Columns = []Column{peopleNamed("people_reached"), peopleNamed("at_risk"), reachPer100.column("reach", perPlaces),
		reachPer1000.column("reach_1000", 0)}
	reached, err := b.everReached(ctx, &t)
	if err != nil {
		return t, err
	}
	base, _ := b.baseArea(thn.AtRisk)
	for _, s := range b.seriesOf(thn.AtRisk, base) {
		d, ok := s.upTo(base, b.spec.Period)
		if !ok {
			continue
		}
		a := amountOf[Person](d)
		row := Row{Label: Label{Code: d.Period.String(), Text: d.Definition}, Cells: []Cell{reached.cell(), a.cell(), NotReported(), NotReported()}}
		if reached.known {
			row.Cells[2], row.Cells[3] = reachPer100.under(reached.count(), a, Span{}), reachPer1000.under(reached.count(), a, Span{})
		}
		row.Marks = append(row.Marks, a.marks(thn.AtRisk)...)
		t.Rows = append(t.Rows, row)
		b.used(&t, d)
	}
	if len(t.Rows) == 0 {
		t.Rows = []Row{{Label: Label{Code: "none", Key: "report.row.no_denominator"}, Cells: []Cell{reached.cell(), NotReported(), NoDenominator(), NoDenominator()}}}
		t.Missing = append(t.Missing, Label{Code: "at_risk", Key: "report.missing.at_risk", Args: map[string]any{"Area": t.Head.Area.Text}})
		b.lack(&t, thn.AtRisk)
	}
	return t, nil
}

// everReached counts first supplies to people at risk from the first record to
// the end of the period: people as the programme knows them, so an estimate.
func (b *book) everReached(ctx context.Context, t *Table) (sum[Person], error) {
	ever := thn.Period{From: dayZero, To: b.spec.Period.To}
	p, err := b.people(ctx, ever, thn.BySupply, thn.ByRecipient)
	if err != nil {
		return sum[Person]{}, err
	}
	q := firstAtRisk(b.space.everything(ever))
	s := p.in(q)
	b.tellReached(t, p, s)
	return s, nil
}

// tellReached adds what a number of people ever reached obliges a table to say:
// its sources, what was left out, and that sources restate such numbers.
func (b *book) tellReached(t *Table, p *pool[Person], s sum[Person]) {
	t.Sources = citations(t.Sources, madeOf(s))
	var late []*fact
	for _, f := range p.late {
		if firstAtRisk(f.box) == f.box {
			late = append(late, f)
		}
	}
	t.Notes = append(t.Notes, outside[Person](late)...)
	if len(s.totals) > 1 || len(s.totals) == 1 && s.events > 0 {
		t.Notes = append(t.Notes, Label{Code: "increments", Key: "report.note.increments"})
	}
	if over := restated(p, s); over > 0 {
		t.Notes = append(t.Notes, Label{Code: "restated", Key: "report.note.restated", Args: map[string]any{"N": thn.Count{Low: over, High: over}}})
	}
}

// firstAtRisk narrows a box to first supplies to people at risk.
func firstAtRisk(x box) box {
	x.supply &= codes(thn.Supplies, thn.SupplyFirst)
	x.recipient &= codes(thn.Recipients, thn.RecipientAtRisk)
	return x
}

func madeOf[U Unit](s sum[U]) (list []*fact) {
	for f := range s.totals {
		list = append(list, f)
	}
	return list
}

// restated tells by how much the parts of a counted total exceed it: the source
// revised the whole and not the parts, and the whole stands.
func restated[U Unit](p *pool[U], s sum[U]) (over thn.Halves) {
	for t := range s.totals {
		inside := p.totals[:0:0]
		for _, f := range p.totals {
			if f != t && f.box != t.box && t.box.holds(f.box) {
				inside = append(inside, f)
			}
		}
		parts := newPool[U](inside, nil).in(t.box)
		over = max(over, parts.count().Low-t.count.High)
	}
	return over
}

// reachSpan is reach over the estimates that stand, and how many they are: one of
// them as it is, several from the lowest to the highest, since no one of several
// is the answer.
func reachSpan(t Table) (Cell, int) {
	var low, high []Ratio
	span := t.Rows[0].Cells[t.Column("reach")] // there is always one, newest first
	for _, r := range t.Rows {
		switch i := r.Cells[t.Column("reach")].Ratio(); {
		case !r.Cells[t.Column("reach")].Known():
		case i.Valued:
			low, high = append(low, i.Value), append(high, i.Value)
		default:
			low, high = append(low, i.Low), append(high, i.High)
		}
	}
	if len(low) < 2 {
		return span, len(low)
	}
	return Divided(Interval{Low: slices.MinFunc(low, Ratio.compare), High: slices.MaxFunc(high, Ratio.compare)}), len(low)
}
