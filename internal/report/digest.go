package report

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Digest is one week on one sheet: what changed against the week before, and
// where kits are missing as it ends. It speaks of sites and areas, never of one worker.
type Digest struct {
	Head    Head // its period is the week
	Before  thn.Period
	Changed Table // a row for each thing counted, this week and the week before
	Shelves Table // shelves that are empty, short or about to lose kits
	Areas   Table // areas with less than half of the level, over a year; fewest first
}

// Tables lists them for files, in the order of the page.
func (d Digest) Tables() []Table { return []Table{d.Changed, d.Shelves, d.Areas} }

// The limits of what stands on the sheet.
const (
	shortDays = 14  // shelves that last for less are short
	yearDays  = 364 // 52 weeks: as many of each day of the week
)

// SeeDigest answers for the week that is the question's period.
func SeeDigest(ctx context.Context, source Source, spec Spec) (Digest, error) {
	const op = "digest"
	spec.By = ByNone
	b, err := open(ctx, source, spec)
	if err != nil {
		return Digest{}, fault.Wrap(op, err)
	}
	d := Digest{Head: b.head(), Before: spec.Period.Before()}
	if d.Changed, err = b.weeks(ctx, d.Before); err != nil {
		return d, fault.Wrap(op, err)
	}
	if d.Shelves, err = b.answer(ctx, Ask{Key: "stock", Worst: "lasting"}); err != nil {
		return d, fault.Wrap(op, err)
	}
	d.Shelves = d.Shelves.onlyRows(shortShelf).onlyColumns("product", "usable", "lasting", "unused", "order")
	year := b.as(ByNone)
	year.spec.Period = thn.Period{From: spec.Period.To.AddDays(-yearDays), To: spec.Period.To}
	if d.Areas, err = year.answer(ctx, Ask{Key: "kits-by-area", Worst: "kits_per_100"}); err != nil {
		return d, fault.Wrap(op, err)
	}
	d.Areas = d.Areas.onlyRows(farBelow)
	return d, nil
}

// onlyRows keeps the ordinary rows that are wanted.
func (t Table) onlyRows(want func(Table, Row) bool) Table {
	out := t
	out.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r Row) bool { return r.Kind != RowPlain || !want(t, r) })
	return out
}

// shortShelf tells whether a shelf will soon be empty or lose kits to their date.
func shortShelf(t Table, r Row) bool {
	lasting, unused := r.Cells[t.Column("lasting")], r.Cells[t.Column("unused")]
	x := lasting.Ratio().Value
	// A month is taken as 30 days here: months < 14/30.
	short := lasting.Is(KindRatio) && 30*x.Num < shortDays*x.Den
	return short || unused.Is(KindCount) && unused.Count().Low > 0
}

// farBelow tells whether an area has less than half of the level even if there
// are as few people at risk as the estimate allows.
func farBelow(t Table, r Row) bool {
	c := r.Cells[t.Column("kits_per_100")]
	if !c.Known() || len(t.Benchmarks) == 0 {
		return false
	}
	return 2*c.Ratio().High.Round(orderPlaces).Units < t.Benchmarks[0].Value().Round(orderPlaces).Units
}

// counted is one thing that a week has so many of.
type counted struct {
	label Label
	of    func(*book, context.Context) (Cell, error)
	few   bool // counts people or events: small ones are not shown
}

// ofWeek lists what the sheet sets against the week before.
var ofWeek = []counted{
	{Label{Code: "kits", Key: "report.column.kits"}, (*book).kitsGiven, false},
	{Label{Code: "first", Key: "report.column.first_time"}, (*book).firstPeople, true},
	{Label{Code: "uses_told", Key: "report.row.uses_told"}, (*book).usesTold, true},
	{Label{Code: "sites_active", Key: "report.row.sites_active"}, (*book).sitesActive, false},
}

// weeks has a row for each of them. What is hidden in one week takes its change along.
func (b *book) weeks(ctx context.Context, before thn.Period) (Table, error) {
	t := b.table()
	t.Name, t.Title, t.RowHead = "digest", "digest.changed", Label{Code: "counted", Key: "report.by.counted"}
	t.Columns = []Column{{Label: Label{Code: "week", Key: "report.column.week"}, Measure: MeasureCounted},
		{Label: Label{Code: "before", Key: "report.column.week_before"}, Measure: MeasureCounted},
		{Label: Label{Code: "more", Key: "report.column.more_or_fewer"}, Measure: MeasureCounted}}
	then := b.as(ByNone)
	then.spec.Period = before
	for _, x := range ofWeek {
		now, err := x.of(b, ctx)
		if err != nil {
			return t, err
		}
		was, err := x.of(then, ctx)
		if err != nil {
			return t, err
		}
		if x.few {
			now, was = hideSmall(now), hideSmall(was)
		}
		t.Rows = append(t.Rows, Row{Label: x.label, Cells: []Cell{now, was, moreThan(now, was)}})
	}
	return t, nil
}

func hideSmall(c Cell) Cell {
	if smallInside(c) {
		return Masked()
	}
	return c
}

func moreThan(now, was Cell) Cell {
	switch {
	case now.Is(KindMasked) || was.Is(KindMasked):
		return Masked()
	case !now.Known() || !was.Known():
		return NotApplicable()
	}
	return Counted(now.count.Minus(was.count)) // one row: one unit
}

func (b *book) kitsGiven(ctx context.Context) (Cell, error) {
	p, err := b.kits(ctx, b.spec.Period)
	if err != nil {
		return Cell{}, err
	}
	return p.in(b.everything()).cell(), nil
}

// usesTold counts the uses that somebody told of in the period, whenever they were.
func (b *book) usesTold(ctx context.Context) (Cell, error) {
	cells, err := b.as(ByTold).useTally(ctx)
	return Number(useLine{cells: cells}.count(withNaloxone, nil)), err
}

// sitesActive counts the sites that gave out at least one kit.
func (b *book) sitesActive(ctx context.Context) (Cell, error) {
	cells, err := b.tally(ctx, b.spec.Period, []thn.Group{thn.BySite})
	active := map[string]bool{}
	for _, c := range cells {
		if c.Records > 0 {
			active[c.Keys[thn.BySite]] = true
		}
	}
	return Number(int64(len(active))), err
}
