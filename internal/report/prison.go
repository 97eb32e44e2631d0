package report

import (
	"context"

	"thntracker/internal/thn"
)

// prisonKits is indicators E1 and E2: kits given out through prison release for
// every 1,000 releases of people at risk, and the people supplied for every 100.
// What the establishments counted and what others published stand on rows of
// their own: they count risk by different definitions.
func prisonKits(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "denominator", Key: "report.by.risk"}
	t.Columns = []Column{kitsColumn, releasesColumn("releases", "report.column.at_risk_releases"),
		kitsPer1000Releases.column("kits_per_1000", perPlaces),
		peopleNamed("supplied"), peoplePer100Release.column("supplied_share", perPlaces)}
	kits, err := b.kits(ctx, b.spec.Period, thn.ByChannel)
	if err != nil {
		return t, err
	}
	people, err := b.people(ctx, b.spec.Period, thn.ByChannel)
	if err != nil {
		return t, err
	}
	gate := b.everything()
	gate.channel &= codes(thn.Channels, thn.ChannelPrison)
	given, supplied := kits.in(gate), people.in(gate)
	if err := b.countedRow(ctx, &t, given); err != nil {
		return t, err
	}
	base, _ := b.baseArea(thn.Releases)
	for _, s := range b.seriesOf(thn.Releases, base) {
		if entries, ok := s.within(base, b.spec.Period); ok {
			b.publishedRow(&t, entries, given, supplied)
		}
	}
	if len(t.Rows) == 0 {
		t.Rows = []Row{{Label: Label{Code: "none", Key: "report.row.no_releases"},
			Cells: []Cell{given.cell(), NotReported(), NoDenominator(), supplied.cell(), NoDenominator()}}}
		t.Missing = append(t.Missing, Label{Code: "releases", Key: "report.missing.releases"})
	}
	b.remark(&t, kits, given)
	return t, nil
}

// countedRow sets kits against the releases that the establishments counted. The
// people supplied are the kits handed over at the gate, one for each release.
func (b *book) countedRow(ctx context.Context, t *Table, given sum[Kit]) error {
	list, err := b.months(ctx, thn.KindRelease)
	if err != nil || len(list) == 0 {
		return err
	}
	c := newCascade()
	for _, f := range list {
		c.add(f.(thn.Release))
	}
	risk, handed := c.reach[thn.StepAtRisk], c.reach[thn.StepHandedOver]
	row := Row{Label: Label{Code: "cascade", Key: "report.row.counted_releases"}, Cells: []Cell{given.cell(), Number(risk.n), NotReported(),
		c.cell(thn.StepHandedOver), handed.first.cell()}, Marks: c.marks(thn.StepHandedOver)}
	if given.known {
		row.Cells[2] = kitsPer1000Releases.under(given.count(), amount[Release]{value: risk.n, low: risk.n, high: risk.n, valued: true}, Span{})
	}
	if n := b.missingMonths(prison, list); n > 0 {
		row.Marks = append(row.Marks, Label{Code: "months", Key: "report.mark.months_missing", Args: map[string]any{"N": n}})
	}
	t.Rows = append(t.Rows, row)
	return nil
}

func (b *book) publishedRow(t *Table, entries []thn.Denominator, given sum[Kit], supplied sum[Person]) {
	a := amountOf[Release](entries...)
	row := Row{Label: Label{Code: entries[0].Period.String(), Text: entries[0].Definition},
		Cells: []Cell{given.cell(), a.cell(), NotReported(), supplied.cell(), NotReported()}}
	if given.known {
		row.Cells[2] = kitsPer1000Releases.under(given.count(), a, Span{})
	}
	if supplied.known {
		row.Cells[4] = peoplePer100Release.under(supplied.count(), a, Span{})
	}
	t.Rows = append(t.Rows, row)
	b.used(t, entries...)
}
