package report

import (
	"context"

	"thntracker/internal/thn"
)

// useModel is indicator C4 as an export: the three monthly series by region that a
// model of under-reporting asks for. Nothing is estimated here. A month without
// records is a zero, because the model asks for every month; that nothing was
// recorded is what the zero says, and the table says so.
func useModel(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "area", Key: "report.by.area"}
	t.Columns = []Column{{Label: Label{Code: "month", Key: "report.by.month"}, Measure: MeasureText}, columnOf[HeldKit]("received"),
		columnOf[Kit]("distributed"), columnOf[UseEvent]("use_reported"), columnOf[Kit]("told_used")}
	g := gapper{book: b}
	if err := g.read(ctx, ByMonth, thn.ByArea); err != nil {
		return t, err
	}
	for _, area := range b.parts(ByArea) {
		region := g.within(area.cut(b.everything()))
		for _, month := range b.parts(ByMonth) {
			t.Rows = append(t.Rows, region.month(area.label, month))
		}
	}
	t.Sources = citations(t.Sources, g.pool.totals)
	t.Notes = append(t.Notes, outside[Kit](g.pool.late)...)
	t.Notes = append(t.Notes, Label{Code: "zeros", Key: "report.note.zeros"}, Label{Code: "model_input", Key: "report.note.model_input"})
	return b.usesMasked(t), nil
}

// within keeps what lies in a box, so that its months need not look at all of it.
func (g gapper) within(x box) gapper {
	keep := func(list []*flowFact) (kept []*flowFact) {
		for _, f := range list {
			if x.holds(f.box) {
				kept = append(kept, f)
			}
		}
		return kept
	}
	var totals, events []*fact
	for _, f := range g.pool.totals {
		if x.holds(f.box) {
			totals = append(totals, f)
		}
	}
	for _, f := range g.pool.events {
		if x.holds(f.box) {
			events = append(events, f)
		}
	}
	return gapper{book: g.book, pool: newPool[Kit](totals, events), flows: keep(g.flows), uses: keep(g.uses)}
}

// month is one line of the export.
func (g gapper) month(area Label, p part) Row {
	at := p.cut(g.everything())
	var received, uses int64
	for _, f := range g.flows {
		if f.received && at.holds(f.box) {
			received += f.kits
		}
	}
	for _, f := range g.uses {
		if at.holds(f.box) {
			uses += f.kits
		}
	}
	told := at
	told.reason = usedReasons
	return Row{Label: area, Marks: p.mark, Cells: []Cell{Worded(Label{Code: p.label.Code, Text: p.label.Code}), Number(received),
		Counted(g.pool.in(at).count().Count), Number(uses), Counted(g.pool.in(told).count().Count)}}
}

// usesMasked hides few uses in a region and month; there is no sum to tell them by.
func (b *book) usesMasked(t Table) Table {
	i, hidden := t.Column("use_reported"), false
	for _, r := range t.Rows {
		if tooSmall(r.Cells[i], SmallestInside) {
			r.Cells[i], hidden = Masked(), true
		}
	}
	if hidden {
		t.Notes = append(t.Notes, Label{Code: "masked", Key: "report.note.masked"})
	}
	return t
}
