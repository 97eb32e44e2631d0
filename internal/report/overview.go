package report

import (
	"context"
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Overview is what the coverage page shows at once: a sentence in numbers, the
// tables under it, and what is missing. Pages draw it and compute nothing.
type Overview struct {
	Head        Head
	Kits        Cell  // given out in the period
	First       Cell  // people at risk who got their first kit in the period
	Reach       Cell  // people at risk who ever had a kit, per 100: a range where several denominators stand
	ReachSeries int   // how many denominators stand
	Months      Table // kits by month: the three largest channels, the others, and all
	Areas       Table // kits by area and per 100 people at risk a year, against 100
	FirstRepeat Table
	RepeatUsed  Table
	ReachOver   Table // one row for each denominator
	PerDeath    Table // by whole year, against 9 and 20; its head has the years it is about
	Peer        Table
	Changes     []Change
	Tables      []Table    // what was asked for besides, in that order
	Silent      []thn.Site // open sites without a record or total in the period
	Uncounted   []thn.Area // areas without people at risk
}

// Change sets the period's kits against those of another period of the same kind.
type Change struct {
	Key     string // catalogue key: the period before, or the year before
	Period  thn.Period
	Kits    Cell // then
	More    Cell // now minus then, negative when fewer
	Percent Cell // the same as a share of then; none where then was under LeastBase
	First   Cell // people at risk given their first kit then: only of Spec.Then
	Reach   Cell // reach then: only of Spec.Then
}

// topChannels is how many channels a chart can carry beside "other".
const topChannels = 3

// See answers everything the coverage page asks, and further tables beside it.
// Spec.By does not matter.
func See(ctx context.Context, source Source, spec Spec, asks ...Ask) (Overview, error) {
	spec.By = ByNone
	b, err := open(ctx, source, spec)
	if err != nil {
		return Overview{}, fault.Wrap("see coverage", err)
	}
	o := Overview{Head: b.head()}
	if err := b.prepare(ctx); err != nil {
		return o, fault.Wrap("see coverage", err)
	}
	for _, fill := range []func(context.Context, *Overview) error{b.seeTables, b.seeFigures, b.seeChanges, b.seeGaps} {
		if err := fill(ctx, &o); err != nil {
			return o, fault.Wrap("see coverage", err)
		}
	}
	for _, ask := range asks {
		t, err := b.answer(ctx, ask)
		if err != nil {
			return o, fault.Wrap("see coverage", err)
		}
		o.Tables = append(o.Tables, t)
	}
	return o, nil
}

// readings are the ways in which the period's records are read ahead: three serve
// every table below, and two those of a period to compare with.
var readings = [][]thn.Group{{thn.ByMonth, thn.ByArea, thn.ByChannel}, {thn.BySupply, thn.ByReason, thn.ByRecipient}, {thn.BySite, thn.ByChannel, thn.BySupplier}}

func (b *book) prepare(ctx context.Context) error {
	for i, groups := range readings {
		if _, err := b.tally(ctx, b.spec.Period, groups); err != nil {
			return err
		}
		if b.spec.Then.From.IsZero() || i == 2 {
			continue
		}
		if _, err := b.tally(ctx, b.spec.Then, groups); err != nil {
			return err
		}
	}
	told, years := b.spec.Period, b.wholeYears().spec.Period // what sites said is asked of both
	if years.From.Before(told.From) {
		told.From = years.From
	}
	_, err := b.source.Reported(ctx, b.spec.Programme.ID, told)
	return err
}

func (b *book) seeTables(ctx context.Context, o *Overview) error {
	for _, want := range []struct {
		into *Table
		key  string
		by   By
	}{{&o.Months, "kits", ByMonth}, {&o.Areas, "kits-by-area", ByNone}, {&o.FirstRepeat, "first-repeat", ByNone},
		{&o.RepeatUsed, "repeat-used", ByNone}, {&o.ReachOver, "reach", ByNone}, {&o.Peer, "peer-share", ByNone}} {
		i, err := Find(want.key)
		if err == nil {
			*want.into, err = b.as(want.by).build(ctx, i)
		}
		if err != nil {
			return err
		}
	}
	o.Months = o.Months.topColumns(topChannels)
	i, err := Find("kits-per-death")
	if err == nil {
		o.PerDeath, err = b.wholeYears().build(ctx, i)
	}
	return err
}

// wholeYears asks about the years that ended with the period or before, because
// deaths are published by year: those in the period, and at least the last three.
// A programme whose period begins with its financial year is asked in those.
func (b *book) wholeYears() *book {
	by, start := ByYear, time.January
	if fiscal := time.Month(b.spec.Programme.Fiscal); fiscal > 1 && b.spec.Period.From.Month() == fiscal {
		by, start = ByFiscal, fiscal
	}
	to := thn.YearFrom(b.spec.Period.To.Year(), start).From
	if b.spec.Period.To.Before(to) {
		to = to.AddMonths(-12)
	}
	from := to.AddMonths(-12 * fewestYears)
	for !from.AddMonths(-12).Before(b.spec.Period.From) {
		from = from.AddMonths(-12)
	}
	c := b.as(by)
	for b.spec.Within && from.Before(b.spec.Period.From) {
		from = from.AddMonths(12)
	}
	if !from.Before(to) { // no year lies in the period: the days of it are told
		return c
	}
	c.spec.Period = thn.Period{From: from, To: to}
	return c
}

// fewestYears is how many years of kits per death are shown beside a shorter period.
const fewestYears = 3

func (b *book) seeFigures(ctx context.Context, o *Overview) error {
	o.Kits = o.Months.Cell("total", "all")
	var err error
	if o.First, err = b.firstPeople(ctx); err != nil {
		return err
	}
	o.Reach, o.ReachSeries = reachSpan(o.ReachOver)
	return nil
}

// firstPeople counts people at risk given their first kit in the period.
func (b *book) firstPeople(ctx context.Context) (Cell, error) {
	p, err := b.people(ctx, b.spec.Period, thn.BySupply, thn.ByRecipient)
	if err != nil {
		return Cell{}, err
	}
	return p.in(firstAtRisk(b.everything())).cell(), nil
}

// past is a period to compare with, and the catalogue key of what it is.
type past struct {
	key    string
	period thn.Period
}

// pasts lists what to compare with: what was asked for, or both that are usual.
func (b *book) pasts() []past {
	if !b.spec.Then.From.IsZero() {
		return []past{{"report.change.then", b.spec.Then}}
	}
	return []past{{"report.change.before", b.spec.Period.Before()}, {"report.change.year_earlier", b.spec.Period.YearEarlier()}}
}

func (b *book) seeChanges(ctx context.Context, o *Overview) error {
	for _, then := range b.pasts() {
		if len(o.Changes) > 0 && o.Changes[0].Period == then.period {
			continue // the period is a year: both are the same
		}
		p, err := b.kits(ctx, then.period)
		if err != nil {
			return err
		}
		o.Changes = append(o.Changes, changed(then.key, then.period, o.Kits, p.in(b.space.everything(then.period))))
	}
	if b.spec.Then.From.IsZero() {
		return nil
	}
	return b.seeThen(ctx, &o.Changes[0])
}

// seeThen adds the other key figures of the period that was asked for.
func (b *book) seeThen(ctx context.Context, c *Change) (err error) {
	then := b.as(ByNone)
	then.spec.Period = c.Period
	if c.First, err = then.firstPeople(ctx); err != nil {
		return err
	}
	t, err := reachTable(ctx, then)
	if err == nil {
		c.Reach, _ = reachSpan(t)
	}
	return err
}

func changed(key string, period thn.Period, now Cell, then sum[Kit]) Change {
	c := Change{Key: key, Period: period, Kits: then.cell(), More: NotReported(), Percent: NotReported()}
	if now.Known() && then.known {
		more := count[Kit]{now.Count()}.minus(then.count())
		c.More, c.Percent = Counted(more.Count), changeOf(now, c.Kits)
	}
	return c
}

// seeGaps finds who was silent and which areas cannot be set against anything.
func (b *book) seeGaps(ctx context.Context, o *Overview) error {
	cells, err := b.tally(ctx, b.spec.Period, []thn.Group{thn.BySite})
	if err != nil {
		return err
	}
	heard := map[thn.ID]bool{}
	for _, c := range cells {
		heard[thn.ID(c.Keys[thn.BySite])] = true
	}
	for _, t := range b.totals {
		heard[t.Site] = heard[t.Site] || t.Period.Overlaps(b.spec.Period)
	}
	o.Silent = slices.DeleteFunc(b.sitesInView(), func(s thn.Site) bool { return heard[s.ID] })
	regions := b.tree.regions(b.spec.Areas)
	found := b.newest(&Table{}, thn.AtRisk, regions)
	for _, id := range regions {
		if found[id] == nil {
			o.Uncounted = append(o.Uncounted, b.tree.area(id))
		}
	}
	return nil
}
