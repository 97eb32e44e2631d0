package report

import (
	"cmp"
	"context"
	"math"
	"slices"

	"thntracker/internal/thn"
)

// fewEvents is the number of events under which a rate is marked unstable, as
// the Australian Institute of Health and Welfare does.
const fewEvents = 20

// releaseDeaths is indicator E4: opioid deaths within four weeks of release from
// prison, of all opioid deaths of the same area and days. Both are published
// sums; nothing here knows of a person. A row is a period as it was published.
func releaseDeaths(_ context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "period", Key: "report.by.period"}
	soon := columnOf[Death]("release_deaths")
	t.Columns = []Column{soon, deathsColumn, deathsPer100.column("release_share", perPlaces)}
	base, found := b.baseArea(thn.ReleaseDeaths)
	rows := b.publishedPeriods(thn.ReleaseDeaths, base)
	if len(rows) == 0 {
		t.Missing = append(t.Missing, Label{Code: "release_deaths", Key: "report.missing.release_deaths", Args: map[string]any{"Area": t.Head.Area.Text}})
		if !found {
			b.lack(&t, thn.ReleaseDeaths)
		}
		rows = []deathRow{{area: base, period: b.spec.Period}}
	}
	after, all := b.deaths(&t, thn.ReleaseDeaths, base, rows), b.deaths(&t, thn.OpioidDeaths, base, rows)
	for i, r := range rows {
		t.Rows = append(t.Rows, Row{Label: Label{Code: r.period.String(), Period: r.period}, Cells: []Cell{after[i].cell(), all[i].cell(), after[i].of(all[i])},
			Marks: slices.Concat(after[i].marks, all[i].marks)})
	}
	t = t.guardedBelow(SmallestInside)
	t.markUnstable()
	return t.withFall(t.Column("release_share")), nil
}

// publishedPeriods lists the periods within the question's of the newest series
// of a kind, oldest first.
func (b *book) publishedPeriods(kind thn.DenominatorKind, base thn.ID) (rows []deathRow) {
	for _, s := range b.seriesOf(kind, base) {
		for _, d := range s.entries {
			if b.spec.Period.Covers(d.Period) {
				rows = append(rows, deathRow{area: base, period: d.Period})
			}
		}
		if len(rows) > 0 {
			break
		}
	}
	slices.SortFunc(rows, func(x, y deathRow) int { return cmp.Compare(x.period.String(), y.period.String()) })
	return slices.Compact(rows)
}

// of is the share that some deaths are of all.
func (d deathCount) of(all deathCount) Cell {
	switch {
	case !d.known:
		return NotReported()
	case !all.known:
		return NoDenominator()
	}
	return deathsPer100.under(count[Death]{thn.Count{Low: thn.Halves(2 * d.low), High: thn.Halves(2 * d.high)}}, all.amount, Span{})
}

// markUnstable marks the rows whose first column counts few events.
func (t Table) markUnstable() {
	for i, r := range t.Rows {
		if n := r.Cells[0].Count(); r.Cells[0].Known() && n.Low < 2*fewEvents {
			t.Rows[i].Marks = append(r.Marks, Label{Code: "unstable", Key: "report.mark.unstable", Args: map[string]any{"N": fewEvents}})
		}
	}
}

// withFall adds by how many points a share fell since the first row that has one.
// Rows without a share of their own have no fall: nothing masked comes back.
func (t Table) withFall(column int) Table {
	first := Cell{}
	fall := t.Columns[column] // the difference of two shares is of what they are of
	fall.Label, fall.Unit = Label{Code: "fall", Key: "report.column.fall"}, "report.unit.points"
	t.Columns = append(slices.Clone(t.Columns), fall)
	for i, r := range t.Rows {
		fall := NotApplicable()
		switch c := r.Cells[column]; {
		case !c.Is(KindRatio):
		case !first.Known():
			first = c
		default:
			fall = Divided(Fall(first.Ratio().Value, c.Ratio().Value))
		}
		t.Rows[i].Cells = append(slices.Clone(r.Cells), fall)
	}
	return t
}

const (
	z95  = 1.959964      // of the standard normal distribution, for 95 in 100
	fine = 1_000_000_000 // bounds are kept to this part of one
)

// Fall is by how much a share fell from one group to another that shares nobody
// with it, with its 95 per cent interval, negative when it rose: the difference
// of two independent proportions by the normal approximation (the "traditional
// method" of Newcombe and Altman, chapter 6 of Altman and others, Statistics with
// Confidence, 2000). It gives the 3.5 points (1.6 to 5.4) that Bird and others
// published for 193 of 1,970 and 76 of 1,212. Denominators are above zero.
func Fall(before, after Ratio) Interval {
	p, q := float64(before.Num)/float64(before.Den), float64(after.Num)/float64(after.Den)
	const halves = 2 // a ratio counts in them
	half := z95 * math.Sqrt(halves*p*(1-p)/float64(before.Den)+halves*q*(1-q)/float64(after.Den))
	bound := func(x float64) Ratio { return Ratio{Num: thn.Halves(math.Round(x * fine)), Den: fine, Per: before.Per} }
	return Interval{Low: bound(p - q - half), High: bound(p - q + half), Valued: true,
		Value: Ratio{Num: before.Num*after.Den - after.Num*before.Den, Den: before.Den * after.Den, Per: before.Per}}
}
