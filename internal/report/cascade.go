package report

import (
	"context"
	"slices"
	"time"

	"thntracker/internal/thn"
)

// cascade sums months of releases. Every step is summed over the months that
// recorded it, and every share is taken over the same months: a month that did
// not record a step takes no part in its share, neither above nor below.
type cascade struct {
	months int
	reach  map[thn.Step]*stepSum
	empty  emptyHanded
}

// stepSum is one step over several months.
type stepSum struct {
	months, grown int // that recorded it; that were above the step before
	n             int64
	first, before fraction[Release]
}

// emptyHanded is how many left without a kit, and why, over the months that say how
// many kits were handed over.
type emptyHanded struct {
	said, all int // months that say, of those with releases
	left      int64
	why       map[thn.DropOut]int64
}

// fraction is a part and what it is of, summed over the same months.
type fraction[U Unit] struct {
	num, den int64
	known    bool
}

func (f *fraction[U]) add(num, den int) {
	f.num, f.den, f.known = f.num+int64(num), f.den+int64(den), true
}

func (f fraction[U]) cell() Cell {
	if !f.known {
		return NotReported()
	}
	return shareOf[U](f.num, f.den)
}

func newCascade() *cascade {
	c := &cascade{reach: map[thn.Step]*stepSum{}, empty: emptyHanded{why: map[thn.DropOut]int64{}}}
	for _, s := range thn.Steps {
		c.reach[s] = &stepSum{}
	}
	return c
}

func (c *cascade) add(r thn.Release) {
	c.months++
	first, last := r.At(thn.StepAtRisk), thn.NotRecorded
	for _, s := range thn.Steps {
		n := r.At(s)
		if n == thn.NotRecorded {
			continue
		}
		sum := c.reach[s]
		sum.months, sum.n = sum.months+1, sum.n+int64(n)
		sum.first.add(n, first)
		if last != thn.NotRecorded {
			sum.before.add(n, last)
			if n > last {
				sum.grown++
			}
		}
		last = n
	}
	c.empty.add(r)
}

func (w *emptyHanded) add(r thn.Release) {
	w.all++
	handed := r.At(thn.StepHandedOver)
	if handed == thn.NotRecorded {
		return
	}
	w.said, w.left = w.said+1, w.left+int64(r.At(thn.StepAtRisk)-handed)
	for reason, n := range r.DropOuts {
		w.why[reason] += int64(n)
	}
}

func (c *cascade) cell(s thn.Step) Cell {
	if c.reach[s].months == 0 {
		return NotReported()
	}
	return Number(c.reach[s].n)
}

// marks say what a reader has to know of a step: months in which it is above
// the one before, and months that left it open.
func (c *cascade) marks(s thn.Step) (marks []Label) {
	sum := c.reach[s]
	if sum.grown > 0 {
		marks = append(marks, Label{Code: "grows", Key: "report.mark.grows", Args: map[string]any{"N": sum.grown}})
	}
	if open := c.months - sum.months; open > 0 && sum.months > 0 {
		marks = append(marks, Label{Code: "open", Key: "report.mark.step_open", Args: map[string]any{"N": open}})
	}
	return marks
}

// facts reads the current facts of a kind in view.
func (b *book) facts(ctx context.Context, kind thn.RecordKind, period thn.Period) ([]thn.Fact, error) {
	return b.source.Facts(ctx, thn.FactQuery{Programme: b.spec.Programme.ID, Kind: kind, Period: period, Areas: b.spec.Areas, Sites: b.sitesOfChannels()})
}

// months reads facts that are about a month. One that the period's edge cuts
// cannot be divided and is left out.
func (b *book) months(ctx context.Context, kind thn.RecordKind) ([]thn.Fact, error) {
	list, err := b.facts(ctx, kind, b.spec.Period)
	return slices.DeleteFunc(list, func(f thn.Fact) bool {
		d := f.Mentions().Day
		return !b.spec.Period.Covers(thn.Month(d.Year(), d.Month()))
	}), err
}

// point is the box of a site's month or day.
func (b *book) point(area, site thn.ID, day thn.Date) box {
	x := b.everything()
	x.area, x.site, x.day = b.tree.run(area), one(b.space.sites, site), days(thn.Period{From: day, To: day.AddDays(1)})
	return x
}

// partsOf keeps the parts of a split by site that are sites of some settings,
// and leaves other splits as they are.
func (b *book) partsOf(by By, settings ...thn.Setting) (parts []part) {
	if by != BySite {
		return b.parts(by)
	}
	c := *b
	c.sites = nil
	for _, s := range b.sites {
		if slices.Contains(settings, s.Setting) {
			c.sites = append(c.sites, s)
		}
	}
	return c.parts(by)
}

// missingMonths counts the months of sites of a setting in which nobody recorded
// anything: those that are over, in which the site was open, and that the period
// holds whole.
func (b *book) missingMonths(setting thn.Setting, facts []thn.Fact) (n int) {
	said := map[string]bool{}
	for _, f := range facts {
		m := f.Mentions()
		said[string(m.Site())+m.Day.String()] = true
	}
	today := thn.DateOf(b.spec.AsAt, time.UTC)
	for _, s := range b.sitesInView() {
		for _, m := range b.spec.Period.Months() {
			open := b.spec.Period.Covers(m) && (s.OpenOn(m.From) || s.OpenOn(m.Last())) && !today.Before(m.To)
			if s.Setting == setting && b.channelInView(s.Channel) && open && !said[string(s.ID)+m.From.String()] {
				n++
			}
		}
	}
	return n
}

// lackMonths says how many such months there are.
func (b *book) lackMonths(t *Table, setting thn.Setting, facts []thn.Fact) {
	if n := b.missingMonths(setting, facts); n > 0 {
		t.Missing = append(t.Missing, Label{Code: "months", Key: "report.missing.months." + string(setting), Args: map[string]any{"N": n}})
	}
}
