package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thntracker/internal/thn"
)

const deathPlaces = 2

// kitsPerDeath is indicator A8: kits over opioid-related deaths of the same area
// and days. Without a split it has a row for each channel; otherwise a row for
// each year, or area, and a column for each channel.
func kitsPerDeath(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	p, err := b.kits(ctx, b.spec.Period, thn.ByChannel, groupOf[b.spec.By])
	if err != nil {
		return t, err
	}
	base, _ := b.baseArea(thn.OpioidDeaths)
	if b.spec.By == ByNone || b.spec.By == ByChannel {
		b.deathsByChannel(&t, p, base)
	} else {
		b.deathsByRow(&t, p, base)
	}
	b.remark(&t, p, p.in(b.everything()))
	return t, nil
}

func (b *book) deathsByChannel(t *Table, p *pool[Kit], base thn.ID) {
	d := b.deaths(t, thn.OpioidDeaths, base, []deathRow{b.deathRow(base, b.spec.Period)})[0]
	t.RowHead = Label{Code: "channel", Key: "report.by.channel"}
	t.Columns = []Column{kitsColumn, deathsColumn, kitsPerDeathYear.column("kits_per_death", deathPlaces)}
	row := func(l Label, k RowKind, s sum[Kit]) {
		t.Rows = append(t.Rows, Row{Label: l, Kind: k, Cells: []Cell{s.cell(), d.cell(), d.under(s)}, Marks: d.marks})
	}
	g := p.grid(b.everything(), b.parts(ByChannel), nil).spoken()
	for i, r := range g.rows {
		row(r.label, RowPlain, g.ends[i])
	}
	if len(g.rows) > 0 && g.remainder() {
		row(notStated, RowRest, minus(g.whole, g.ends))
	}
	row(Label{Code: "all", Key: "report.row.all"}, RowTotal, g.whole)
}

func (b *book) deathsByRow(t *Table, p *pool[Kit], base thn.ID) {
	g := p.grid(b.everything(), b.parts(b.spec.By), b.parts(ByChannel)).occur()
	t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	t.Columns = []Column{kitsColumn, deathsColumn}
	for _, c := range g.columns {
		column := kitsPerDeathYear.column(c.label.Code, deathPlaces)
		column.Label = c.label
		t.Columns = append(t.Columns, column)
	}
	all := kitsPerDeathYear.column("all", deathPlaces)
	all.Sum = true
	t.Columns = append(t.Columns, all)
	for i, d := range b.deaths(t, thn.OpioidDeaths, base, b.deathRows(base)) {
		cells := []Cell{g.ends[i].cell(), d.cell()}
		for _, s := range append(g.cells[i], g.ends[i]) {
			cells = append(cells, d.under(s))
		}
		t.Rows = append(t.Rows, Row{Label: g.rows[i].label, Cells: cells, Marks: append(d.marks, g.rows[i].mark...)})
	}
}

// deathRow is the area and days whose deaths a row needs. Where it is about kits
// of a financial year, deaths of a calendar year may stand in.
type deathRow struct {
	area   thn.ID
	period thn.Period
	fiscal bool
}

// deathRow is a row of kits; no other twelve months than a financial year of the
// programme have a calendar year of their own.
func (b *book) deathRow(area thn.ID, p thn.Period) deathRow {
	return deathRow{area, p, p == thn.YearFrom(p.From.Year(), time.Month(max(1, b.spec.Programme.Fiscal)))}
}

func (b *book) deathRows(base thn.ID) (rows []deathRow) {
	if b.spec.By == ByArea {
		for _, id := range b.tree.regions(b.spec.Areas) {
			rows = append(rows, b.deathRow(id, b.spec.Period))
		}
		return rows
	}
	for _, part := range b.parts(b.spec.By) {
		rows = append(rows, b.deathRow(base, part.label.Period))
	}
	return rows
}

// deathCount is what is known of the deaths of a row.
type deathCount struct {
	amount[Death]
	known   bool
	entries []thn.Denominator
	marks   []Label
}

func (d deathCount) cell() Cell {
	if !d.known {
		return NotReported()
	}
	return d.amount.cell()
}

func (d deathCount) under(s sum[Kit]) Cell {
	switch {
	case !s.known:
		return NotReported()
	case !d.known:
		return NoDenominator()
	}
	return kitsPerDeathYear.under(s.count(), d.amount, Span{})
}

// deaths finds the deaths of each row in the one series that covers most rows.
// Where it is silent in a table over time, another may speak: its row says so and
// no line crosses it. Series are never added up; those not used are named.
func (b *book) deaths(t *Table, kind thn.DenominatorKind, base thn.ID, rows []deathRow) []deathCount {
	areas := []thn.ID{base}
	for _, r := range rows {
		areas = append(areas, r.area)
	}
	best, known := make([]deathCount, len(rows)), 0
	list := b.seriesOf(kind, areas...)
	unused := len(list)
	for _, x := range byReach(list, rows) {
		n := x.fill(best)
		if known += n; n > 0 {
			unused--
		}
		if known > 0 && !slices.Contains(overTime, b.spec.By) {
			break
		}
	}
	for _, d := range best {
		b.used(t, d.entries...)
	}
	markSeries(best)
	if unused > 0 {
		t.Notes = append(t.Notes, Label{Code: "series", Key: "report.note.series", Args: map[string]any{"N": unused}})
	}
	if known < len(rows) {
		t.Missing = append(t.Missing, Label{Code: "deaths", Key: "report.missing.deaths", Args: map[string]any{"N": len(rows) - known}})
		if base == "" {
			b.lack(t, kind)
		}
	}
	return best
}

// seriesCount is what one series says of each row.
type seriesCount []deathCount

func (s seriesCount) rows() (n int) {
	for _, d := range s {
		if d.known {
			n++
		}
	}
	return n
}

// fill puts what the series says where nothing is known yet.
func (s seriesCount) fill(rows []deathCount) (n int) {
	for i, d := range s {
		if d.known && !rows[i].known {
			rows[i] = d
			n++
		}
	}
	return n
}

// byReach reads every series, the one that covers most rows first.
func byReach(list []series, rows []deathRow) (counts []seriesCount) {
	for _, s := range list {
		counts = append(counts, s.deaths(rows))
	}
	slices.SortStableFunc(counts, func(x, y seriesCount) int { return cmp.Compare(y.rows(), x.rows()) })
	return counts
}

// markSeries marks the rows from which on deaths are counted by another series.
func markSeries(rows []deathCount) {
	last := thn.Denominator{}
	for i, d := range rows {
		if !d.known {
			continue
		}
		now := d.entries[0]
		if last.ID != "" && (now.Definition != last.Definition || now.Source != last.Source) {
			rows[i].marks = append(rows[i].marks, Label{Code: seamCode, Key: "report.mark.series", Args: map[string]any{"Definition": now.Definition, "Source": now.Source}})
		}
		last = now
	}
}

func (s series) deaths(rows []deathRow) seriesCount {
	counts := make(seriesCount, len(rows))
	for i, r := range rows {
		list, ok := s.within(r.area, r.period)
		if !ok {
			list, ok = s.calendarFor(r)
			counts[i].mark(ok, "approximate", "report.mark.calendar_deaths")
		}
		if !ok {
			continue
		}
		counts[i].amount, counts[i].known, counts[i].entries = amountOf[Death](list...), true, list
		counts[i].marks = append(counts[i].marks, counts[i].amount.marks(thn.OpioidDeaths)...)
	}
	return counts
}

func (d *deathCount) mark(when bool, code, key string) {
	if when {
		d.marks = append(d.marks, Label{Code: code, Key: key})
	}
}

// calendarFor stands in for the deaths of a financial year with those of the
// calendar year it begins in, as published comparisons do. The row says so.
func (s series) calendarFor(r deathRow) ([]thn.Denominator, bool) {
	if !r.fiscal || r.period.From.Month() == time.January {
		return nil, false
	}
	return s.within(r.area, thn.YearFrom(r.period.From.Year(), 1))
}
