package report

import (
	"context"

	"thntracker/internal/thn"
)

const (
	percent   = 100
	permille  = 1000
	perPlaces = 1
)

// areaRate is kits a year for so many of the people of an area.
type areaRate struct {
	kind   thn.DenominatorKind
	rate   conversion[Kit, Person]
	people string // code of the column of people
	code   string // code of the column of the rate
}

var (
	perAtRisk   = areaRate{thn.AtRisk, kitsPer100People, "at_risk", "kits_per_100"}
	perResident = areaRate{thn.Residents, kitsPerResident, "residents", "kits_per_100000"}
)

const hundredThousand = 100_000

// kitsByArea is indicator A7 for each area: kits a year for every 100 people at
// risk. Lengths other than a year are scaled; the kits shown are not.
func kitsByArea(ctx context.Context, b *book) (Table, error) { return b.kitsOver(ctx, perAtRisk) }

// kitsPerResidents is indicator A7 over everybody who lives in an area: kits a
// year for every 100,000 residents.
func kitsPerResidents(ctx context.Context, b *book) (Table, error) {
	return b.kitsOver(ctx, perResident)
}

func (b *book) kitsOver(ctx context.Context, r areaRate) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "area", Key: "report.by.area"}
	t.Columns = []Column{kitsColumn, peopleNamed(r.people), r.rate.column(r.code, perPlaces)}
	p, err := b.kits(ctx, b.spec.Period, thn.ByArea)
	if err != nil {
		return t, err
	}
	g := p.grid(b.everything(), b.parts(ByArea), nil)
	regions := b.tree.regions(b.spec.Areas)
	found := b.newest(&t, r.kind, regions)
	for i, row := range g.rows {
		t.Rows = append(t.Rows, b.areaRow(r, Row{Label: row.label}, g.ends[i], found[regions[i]]))
	}
	if g.remainder() {
		rest := minus(g.whole, g.ends)
		t.Rows = append(t.Rows, Row{Label: Label{Code: "not_divided", Key: "report.row.not_divided.area"}, Kind: RowRest,
			Cells: []Cell{rest.cell(), NotApplicable(), NotApplicable()}})
	}
	base, ok := b.baseArea(r.kind)
	t.Rows = append(t.Rows, b.areaRow(r, Row{Label: totalRow, Kind: RowTotal}, g.whole, b.newest(&t, r.kind, []thn.ID{base})[base]))
	if !ok {
		b.lack(&t, r.kind)
	}
	markNegative(&t)
	b.remark(&t, p, g.whole)
	return t, nil
}

func (b *book) areaRow(r areaRate, row Row, s sum[Kit], people *thn.Denominator) Row {
	row.Cells = []Cell{s.cell(), NotReported(), NoDenominator()}
	if people != nil {
		a := amountOf[Person](*people)
		row.Cells[1] = a.cell()
		row.Cells[2] = r.rate.under(s.count(), a, SpanOf(b.spec.Period))
		row.Marks = a.marks(r.kind)
	}
	if !s.known {
		row.Cells[2] = NotReported()
	}
	return row
}

// marks says what a row must tell about the number it was divided by.
func (a amount[U]) marks(kind thn.DenominatorKind) []Label {
	switch {
	case !a.provisional:
		return nil
	case kind == thn.OpioidDeaths || kind == thn.ReleaseDeaths:
		return []Label{{Code: "provisional", Key: "report.mark.provisional"}}
	}
	return []Label{{Code: "provisional", Key: "report.mark.provisional_base"}}
}

// newest finds the figure of each area in the one series that speaks of most of
// the areas. Areas without one are named as missing.
func (b *book) newest(t *Table, kind thn.DenominatorKind, areas []thn.ID) map[thn.ID]*thn.Denominator {
	best := map[thn.ID]*thn.Denominator{}
	for _, s := range b.seriesOf(kind, areas...) {
		found := map[thn.ID]*thn.Denominator{}
		for _, id := range areas {
			if d, ok := s.upTo(id, b.spec.Period); ok {
				found[id] = &d
			}
		}
		if len(found) > len(best) {
			best = found
		}
	}
	for _, id := range areas {
		if d := best[id]; d != nil {
			b.used(t, *d)
		} else if id != "" {
			t.Missing = append(t.Missing, Label{Code: string(kind), Key: "report.missing." + string(kind), Args: map[string]any{"Area": b.tree.area(id).Name}})
		}
	}
	return best
}
