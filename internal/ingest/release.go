package ingest

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// The counts of a release file: either a column for each, or the name of the
// count in one column (FieldStep) and its number in another (FieldValue).
var (
	releaseCounts  = append([]Field{FieldTotal, FieldUnplanned}, append(fieldsFrom(thn.Steps), fieldsFrom(thn.DropOuts)...)...)
	releaseColumns = append([]Field{FieldPeriod, FieldSite}, fieldsFrom(thn.Steps)...)

	releaseShape = shape{
		fields: slices.Concat([]Field{FieldSite, FieldRisk, FieldGrows}, periodFields, releaseCounts, []Field{FieldStep, FieldValue}),
		needed: []Field{FieldSite}, columns: releaseColumns, names: []Field{FieldSite}, notes: true, build: newReleaseBuilder,
	}
)

func fieldsFrom[C ~string](list []C) (fields []Field) {
	for _, c := range list {
		fields = append(fields, Field(c))
	}
	return fields
}

// releaseBuilder puts together months of releases: all rows of an establishment
// and month are one month, which a long file needs. A count said twice with two
// numbers is refused.
type releaseBuilder struct {
	*planner
	seen  map[string]*seenMonth
	order []string
}

type seenMonth struct {
	release thn.Release
	entry   entry
	first   map[Field]sheet.Where
	counts  map[Field]int
}

func newReleaseBuilder(p *planner) builder {
	return &releaseBuilder{planner: p, seen: map[string]*seenMonth{}}
}

func (b *releaseBuilder) add(e entry) error {
	site, err := b.site(e)
	if err != nil {
		return err
	}
	if site.Setting != "prison" {
		return e.get(FieldSite).refuse("site_no_prison", map[string]any{"Site": site.Name})
	}
	period, err := b.period(e)
	if err != nil {
		return err
	}
	if period != thn.Month(period.From.Year(), period.From.Month()) || b.today.Before(period.From) {
		return e.where.Refuse("row.month_begun", map[string]any{"Value": period.String()})
	}
	definition, err := b.code(e, FieldRisk, "other")
	if err != nil {
		return err
	}
	grows, err := b.code(e, FieldGrows, "no")
	if err != nil {
		return err
	}
	m := b.month(e, site, period.From)
	m.release.Definition, m.release.Grows = thn.RiskDefinition(definition), m.release.Grows || grows == "yes"
	return b.counted(e, m)
}

func (b *releaseBuilder) month(e entry, site thn.Site, month thn.Date) *seenMonth {
	key := string(site.ID) + "|" + month.String()
	m := b.seen[key]
	if m == nil {
		m = &seenMonth{entry: slim(e, b.plan.Columns), first: map[Field]sheet.Where{}, counts: map[Field]int{},
			release: thn.Release{Site: site.ID, Area: site.Area, Month: month, Total: thn.NotRecorded, Unplanned: thn.NotRecorded}}
		b.seen[key] = m
		b.order = append(b.order, key)
		b.held++
	}
	return m
}

// counted reads the counts of an entry: those of its columns, or the one that a
// long file names.
func (b *releaseBuilder) counted(e entry, m *seenMonth) error {
	fields := releaseCounts
	if b.mapping.says(FieldStep) {
		name, err := b.code(e, FieldStep, "")
		if err != nil {
			return err
		}
		if name == "" {
			return e.get(FieldStep).refuse("needed", nil)
		}
		e.values = maps.Clone(e.values)
		e.values[Field(name)] = e.get(FieldValue)
		fields = []Field{Field(name)}
	}
	for _, f := range fields {
		if e.get(f).blank() {
			continue // not recorded, which is not zero
		}
		fig, ok, err := b.figure(e, f, false)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if fig.hidden {
			return e.get(f).refuse("number_exact", nil)
		}
		n := int(fig.low / 2)
		if was, twice := m.counts[f]; twice && was != n {
			return e.where.Refuse("row.same_scope", map[string]any{"First": m.first[f].Row, "Value": n, "Was": was})
		}
		m.counts[f], m.first[f] = n, e.where
	}
	return nil
}

// record puts a month's counts into place.
func (m *seenMonth) record() thn.Release {
	x := m.release
	x.Reached = map[thn.Step]int{}
	for f, n := range m.counts {
		switch {
		case f == FieldTotal:
			x.Total = n
		case f == FieldUnplanned:
			x.Unplanned = n
		case slices.Contains(thn.Steps, thn.Step(f)):
			x.Reached[thn.Step(f)] = n
		default:
			if x.DropOuts == nil {
				x.DropOuts = map[thn.DropOut]int{}
			}
			x.DropOuts[thn.DropOut(f)] = n
		}
	}
	if _, grows := x.Growing(); !grows {
		x.Grows = false
	}
	return x
}

// check refuses a month without the count that all others are set against, and
// one with a step above the one before it that the file does not confirm.
func (b *releaseBuilder) check(m *seenMonth, x thn.Release) error {
	if x.At(thn.StepAtRisk) == thn.NotRecorded {
		return m.entry.where.Refuse("row.at_risk", nil)
	}
	if x.Total != thn.NotRecorded && max(x.At(thn.StepAtRisk), x.Unplanned) > x.Total {
		return m.entry.where.Refuse("row.above_total", nil)
	}
	if s, grows := x.Growing(); grows && !x.Grows {
		return m.entry.where.Refuse("row.step_grows", map[string]any{"Step": fault.Label("code.release_step." + string(s)), "Value": x.At(s),
			"Before": fault.Label("code.release_step." + string(x.Before(s))), "Was": x.At(x.Before(s))})
	}
	return nil
}

func (b *releaseBuilder) finish(ctx context.Context) error {
	was, err := b.monthsHeld(ctx, thn.KindRelease)
	if err != nil {
		return err
	}
	ids := make([]thn.ID, len(b.order))
	for i, key := range b.order {
		ids[i] = derivedID(b.programme.ID, "release", key)
	}
	taken, err := b.store.Known(ctx, b.programme.ID, ids)
	if err != nil {
		return err
	}
	for i, key := range b.order {
		m := b.seen[key]
		x := m.record()
		if err := b.check(m, x); err != nil {
			if err := b.refuse(m.entry, err); err != nil {
				return err
			}
			continue
		}
		x.ID = ids[i]
		k, known := taken[x.ID]
		if known { // an earlier version has the id
			x.ID = thn.NewID()
		}
		b.settle(m.entry, x, was[key], known && k.Void)
	}
	return nil
}

// monthsHeld gives the current months of a kind by site and month.
func (p *planner) monthsHeld(ctx context.Context, kind thn.RecordKind) (map[string]thn.Fact, error) {
	list, err := p.store.Facts(ctx, thn.FactQuery{Programme: p.programme.ID, Kind: kind})
	held := make(map[string]thn.Fact, len(list))
	for _, f := range list {
		held[string(f.Mentions().Site())+"|"+f.Mentions().Day.String()] = f
	}
	return held, err
}

// summed are the steps whose sums stand beside the plan, for control.
var summed = map[thn.Step]string{thn.StepAtRisk: string(thn.Releases), thn.StepHandedOver: string(thn.StepHandedOver)}

// settle compares a month with the one that the programme holds: two of one
// month would add up.
func (b *releaseBuilder) settle(e entry, x thn.Release, held thn.Fact, takenOut bool) {
	clear(b.display)
	b.display[FieldPeriod] = thn.Month(x.Month.Year(), x.Month.Month()).String()
	for _, s := range thn.Steps {
		b.display[Field(s)] = ""
		if n := x.At(s); n != thn.NotRecorded {
			b.display[Field(s)] = fmt.Sprint(n)
			if name, ok := summed[s]; ok {
				b.sum(name, thn.Month(x.Month.Year(), x.Month.Month()), "", thn.ExactKits(int64(n)))
			}
		}
	}
	sub := thn.Submission{Programme: b.programme.ID, By: b.by, Record: x}
	was, there := held.(thn.Release)
	switch {
	case there && sameMonth(was, x):
		b.item(e, StatusKnown, "")
		return
	case there:
		sub.Corrects, sub.Why = was.ID, thn.WhyMistake
		b.item(e, StatusChanged, fmt.Sprint(was.At(thn.StepAtRisk)))
	case takenOut:
		b.skip(e.where, "taken_out", nil)
		return
	default:
		b.item(e, StatusNew, "")
	}
	b.plan.load.Records = append(b.plan.load.Records, sub)
}

// sameMonth compares what two versions say; the area follows from the site.
func sameMonth(a, b thn.Release) bool {
	return a.Definition == b.Definition && a.Total == b.Total && a.Unplanned == b.Unplanned && a.Grows == b.Grows && maps.Equal(a.Reached, b.Reached) && maps.Equal(a.DropOuts, b.DropOuts)
}
