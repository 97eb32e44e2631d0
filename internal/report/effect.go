package report

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// effects lists, for each kind of denominator, the figures that it is the base
// of: the column, in the last row of the indicator's usual table. A new kind is a line
// here and one in measures.
var effects = map[thn.DenominatorKind][]struct{ indicator, column string }{
	thn.AtRisk:        {{"reach", "reach"}, {"kits-by-area", "kits_per_100"}},
	thn.Residents:     {{"kits-per-residents", "kits_per_100000"}},
	thn.OpioidDeaths:  {{"kits-per-death", "kits_per_death"}},
	thn.ReleaseDeaths: {{"release-deaths", "release_share"}},
	thn.Releases:      {{"prison-kits", "kits_per_1000"}},
	thn.Officers:      {{"carriage", "carriage"}},
}

// measures says what the numbers of each kind count.
var measures = map[thn.DenominatorKind]Measure{thn.AtRisk: MeasurePeople, thn.Residents: MeasurePeople, thn.OpioidDeaths: MeasureDeaths, thn.ReleaseDeaths: MeasureDeaths,
	thn.Releases: MeasureReleases, thn.Officers: MeasurePeople}

// Effect shows what choosing a series does: a row for each one that stands for
// the area in view, with its number and the figures that it gives. The rows are
// different measures; they are not a series of their own.
func Effect(ctx context.Context, source Source, kind thn.DenominatorKind, spec Spec) (Table, error) {
	const op = "show the effect of a denominator"
	spec.By = ByNone
	b, err := open(ctx, source, spec)
	if err != nil {
		return Table{}, fault.Wrap(op, err)
	}
	t := b.table()
	t.Name, t.Title = "effect-"+string(kind), "report.effect.title"
	t.RowHead = Label{Code: "series", Key: "report.column.series"}
	t.Columns = []Column{{Label: Label{Code: "base_period", Key: "report.by.period"}, Measure: MeasureText}, {Label: Label{Code: "base_value", Key: "report.column.base_value"}, Measure: measures[kind]}}
	base, _ := b.baseArea(kind)
	for _, s := range b.seriesOf(kind, base) {
		if err := b.only(kind, s).effectRow(ctx, &t, kind, s); err != nil {
			return t, fault.Wrap(op, err)
		}
	}
	if len(t.Rows) == 0 {
		t.Missing = append(t.Missing, Label{Code: string(kind), Key: "report.missing." + string(kind), Args: map[string]any{"Area": t.Head.Area.Text}})
		b.lack(&t, kind)
	}
	return t, nil
}

// only is the book with one series of a kind; other kinds are as they are.
func (b *book) only(kind thn.DenominatorKind, s series) *book {
	c := *b
	c.denominators = slices.DeleteFunc(slices.Clone(b.denominators), func(d thn.Denominator) bool {
		return d.Kind == kind && d.Series() != s.entries[0].Series()
	})
	return &c
}

// effectRow builds the figures of one series and adds them as a row. Columns are
// added with the first row, because they are the figures' own.
func (b *book) effectRow(ctx context.Context, t *Table, kind thn.DenominatorKind, s series) error {
	row := Row{Label: Label{Code: s.entries[0].Series(), Text: s.definition}, Cells: []Cell{NotApplicable(), NotReported()}}
	first := len(t.Rows) == 0
	for _, e := range effects[kind] {
		i, err := Find(e.indicator)
		if err != nil {
			return err
		}
		x, err := b.build(ctx, i)
		if err != nil {
			return err
		}
		at := x.Column(e.column)
		if first {
			t.Columns, t.Definitions = append(t.Columns, x.Columns[at]), append(t.Definitions, i.Key)
		}
		last := x.Rows[len(x.Rows)-1]
		row.Cells = append(row.Cells, last.Cells[at])
		row.based(t, x, kind)
	}
	t.Rows = append(t.Rows, row)
	return nil
}

// based tells which number a figure was divided by: the last of its kind.
func (r *Row) based(t *Table, figure Table, kind thn.DenominatorKind) {
	for _, u := range figure.Denominators {
		if u.Kind != kind {
			continue
		}
		r.Cells[0], r.Cells[1] = Worded(Label{Period: u.Period}), u.Value
		if !slices.ContainsFunc(t.Denominators, u.same) {
			t.Denominators = append(t.Denominators, u)
			if u.Provisional {
				r.Marks = append(r.Marks, Label{Code: "provisional", Key: "report.mark.provisional_base"})
			}
		}
	}
	for _, n := range figure.Notes {
		if n.Code == "sum" && !slices.ContainsFunc(t.Notes, func(x Label) bool { return x.Code == n.Code && x.Args["Definition"] == n.Args["Definition"] }) {
			t.Notes = append(t.Notes, n)
		}
	}
}
