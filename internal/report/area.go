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

// areaBenchmark is Release's recommendation: a kit a year for every person who uses opiates.
func areaBenchmark() Benchmark {
	return Benchmark{Key: "report.benchmark.kit_each", Value: Ratio{Num: 2 * percent, Den: 2, Per: 1},
		Source: Citation{Source: "Release, Take-home naloxone in England", URL: "http://release.org.uk/blog/take-home-naloxone-england"}}
}

// kitsByArea is indicator A7 for each area: kits a year for every 100 people at
// risk. Lengths other than a year are scaled; the kits shown are not.
func kitsByArea(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.Benchmarks = []Benchmark{areaBenchmark()}
	t.RowHead = Label{Code: "area", Key: "report.by.area"}
	t.Columns = []Column{kitsColumn, peopleNamed("at_risk"), ratioColumn("kits_per_100", "report.column.kits_per_100", "report.unit.per_100_year", perPlaces)}
	p, err := b.pool(ctx, thn.MeasureKits, b.spec.Period, thn.ByArea)
	if err != nil {
		return t, err
	}
	g := p.grid(b.everything(), b.parts(ByArea), nil)
	regions := b.tree.regions(b.spec.Areas)
	found := b.atRisk(&t, regions)
	for i, r := range g.rows {
		t.Rows = append(t.Rows, b.areaRow(r.label, RowPlain, g.ends[i], found[regions[i]]))
	}
	if g.remainder() {
		rest := minus(g.whole, g.ends)
		t.Rows = append(t.Rows, Row{Label: Label{Code: "not_divided", Key: "report.row.not_divided.area"}, Kind: RowRest,
			Cells: []Cell{rest.cell(), NotApplicable(), NotApplicable()}})
	}
	base, _ := b.baseArea(thn.AtRisk)
	t.Rows = append(t.Rows, b.areaRow(totalRow, RowTotal, g.whole, b.atRisk(&t, []thn.ID{base})[base]))
	markNegative(&t)
	b.remark(&t, p, g.whole)
	return t, nil
}

func (b *book) areaRow(l Label, k RowKind, s sum, people *thn.Denominator) Row {
	row := Row{Label: l, Kind: k, Cells: []Cell{s.cell(), NotReported(), NoDenominator()}}
	if people != nil {
		a := amountOf(*people)
		row.Cells[1] = a.cell()
		row.Cells[2] = a.under(s.count(), percent, SpanOf(b.spec.Period))
	}
	if !s.known {
		row.Cells[2] = NotReported()
	}
	return row
}

// atRisk finds the people at risk of each area in the one series that speaks of
// most of the areas. Areas without an entry are named as missing.
func (b *book) atRisk(t *Table, areas []thn.ID) map[thn.ID]*thn.Denominator {
	return b.newest(t, thn.AtRisk, "report.missing.at_risk", areas)
}

// newest finds the same of any kind of denominator.
func (b *book) newest(t *Table, kind thn.DenominatorKind, missing string, areas []thn.ID) map[thn.ID]*thn.Denominator {
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
			t.Missing = append(t.Missing, Label{Code: string(kind), Key: missing, Args: map[string]any{"Area": b.tree.area(id).Name}})
		}
	}
	return best
}
