package report

import (
	"thntracker/internal/thn"
)

// attainment is the column that says in words how rows stand to the target.
var attainment = Column{Label: Label{Code: "attainment", Key: "report.column.attainment"}, Measure: MeasureText}

// measure adds to a table the levels that its figures are read against, and to
// each row how it stands to the one that holds for its area and days.
func (b *book) measure(t *Table, indicator string) {
	judged, ok := Judged[indicator]
	if !ok || judged.Asked {
		return
	}
	t.Benchmarks = b.levels(indicator, b.whole(), b.spec.Period.Last())
	column := t.firstColumn(judged.Columns)
	if column < 0 || b.unaimed(t, indicator) {
		return
	}
	t.Columns = append(t.Columns, attainment)
	areas := b.areasOf(t)
	for i, r := range t.Rows {
		cell := NotApplicable()
		apart := judged.Together && t.RowHead.Code == string(ByChannel) && r.Kind != RowTotal
		if level, ok := aim(b.levels(indicator, areas[i], b.ends(r))); ok && !apart {
			cell = level.Attained(r.Cells[column])
		}
		t.Rows[i].Cells = append(r.Cells[:len(r.Cells):len(r.Cells)], cell)
	}
}

// unaimed tells whether no row can have a level to be measured by.
func (b *book) unaimed(t *Table, indicator string) bool {
	areas := b.areasOf(t)
	for i, r := range t.Rows {
		if _, ok := aim(b.levels(indicator, areas[i], b.ends(r))); ok {
			return false
		}
	}
	return true
}

// ends is the last day that a row is about.
func (b *book) ends(r Row) thn.Date {
	if r.Label.Period != (thn.Period{}) {
		return r.Label.Period.Last()
	}
	return b.spec.Period.Last()
}

// whole is the smallest area that holds everything in view; empty: there is none.
func (b *book) whole() thn.ID {
	chain := b.tree.chain(b.spec.Areas)
	if len(chain) == 0 {
		return ""
	}
	return chain[len(chain)-1]
}

// areasOf tells which area each row is about.
func (b *book) areasOf(t *Table) []thn.ID {
	list := make([]thn.ID, len(t.Rows))
	for i, r := range t.Rows {
		list[i] = b.whole()
		if t.RowHead.Code != string(ByArea) || r.Kind != RowPlain {
			continue
		}
		for _, id := range b.tree.regions(b.spec.Areas) {
			if areaLabel(b.tree.area(id)).Code == r.Label.Code {
				list[i] = id
			}
		}
	}
	return list
}

func (t *Table) firstColumn(codes []string) int {
	for _, c := range codes {
		if i := t.Column(c); i >= 0 {
			return i
		}
	}
	return -1
}

// Verdict is how a figure stands to a level.
type Verdict string

// The verdicts. Uncertain is said when the interval spans the level: nobody can
// tell, and that is the finding.
const (
	Reached   Verdict = "reached"
	Below     Verdict = "below"
	Uncertain Verdict = "uncertain"
)

// Judge tells how a ratio stands to the level, by its interval where it has one.
func (b Benchmark) Judge(i Interval) Verdict {
	low, high := i.Low.compare(b.Value()), i.High.compare(b.Value())
	switch {
	case low >= 0:
		return Reached
	case high < 0:
		return Below
	}
	return Uncertain
}

// Attained says how a cell stands to the level, and what share of it that is.
// A cell without a number has nothing to say.
func (b Benchmark) Attained(c Cell) Cell {
	if !c.Is(KindRatio) && !c.Is(KindInterval) {
		return NotApplicable()
	}
	i := c.Ratio()
	share := Interval{Value: i.Value.of(b.Thousandths), Low: i.Low.of(b.Thousandths), High: i.High.of(b.Thousandths), Valued: i.Valued}
	return Worded(Label{Code: string(b.Judge(i)), Key: "report.attained." + string(b.Judge(i)), Args: map[string]any{"Level": b.Level(), "Share": Divided(share)}})
}

// of is what share of a level in thousandths a ratio is, in 100.
func (r Ratio) of(thousandths int64) Ratio {
	return Ratio{Num: r.Num * 1000, Den: r.Den * thn.Halves(thousandths), Per: percent * r.Per, Over: r.Over}
}

// Level is the benchmark as it is written: 20, or 12.5.
func (b Benchmark) Level() Decimal { return Level(b.Thousandths) }

// Label names the benchmark.
func (b Benchmark) Label() Label { return Label{Code: string(b.Kind), Key: b.Key, Args: b.Args} }
