package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"thntracker/internal/thn"
)

// totalBuilder makes period totals. Two rows never share a scope: the same
// figure twice is one, two different figures are refused.
type totalBuilder struct {
	*planner
	seen   map[string]seenTotal // by scope
	order  []string
	values []Field
	beside []thn.PeriodTotal // what the programme has, then what this file adds
}

type seenTotal struct {
	total thn.PeriodTotal
	entry entry
}

func newTotalBuilder(p *planner) builder {
	b := &totalBuilder{planner: p, seen: map[string]seenTotal{}}
	for _, f := range []Field{FieldValue, FieldKits, FieldPeople} {
		if p.mapping.says(f) {
			b.values = append(b.values, f)
		}
	}
	return b
}

func (b *totalBuilder) add(e entry) error {
	for _, f := range b.values {
		measure, err := b.measure(e, f)
		if err != nil {
			return err
		}
		fig, ok, err := b.figure(e, f, measure == thn.MeasureKits)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		t, err := b.scope(e)
		if err != nil {
			return err
		}
		t.Measure, t.Count, t.Published = measure, fig.count(), fig.text
		if err := b.keep(e, t); err != nil {
			return err
		}
	}
	return nil
}

// measure tells what a value counts: kits unless the row says otherwise.
func (b *totalBuilder) measure(e entry, f Field) (thn.Measure, error) {
	switch f {
	case FieldKits:
		return thn.MeasureKits, nil
	case FieldPeople:
		return thn.MeasurePeople, nil
	}
	if _, said := e.values[FieldMeasure]; !said && b.mapping.says(FieldMeasure) {
		return "", e.where.Refuse("row.no_rule", nil)
	}
	code, err := b.code(e, FieldMeasure, string(thn.MeasureKits))
	return thn.Measure(code), err
}

// scope reads what a total is a total of, and where it comes from.
func (b *totalBuilder) scope(e entry) (t thn.PeriodTotal, err error) {
	if t.Period, err = b.period(e); err != nil {
		return t, err
	}
	if _, ok := b.mapping.Fields[FieldSite]; ok && !e.get(FieldSite).blank() {
		site, err := b.site(e)
		if err != nil {
			return t, err
		}
		t.Site, t.Area = site.ID, site.Area
	} else {
		area, err := b.area(e, FieldArea)
		if err != nil {
			return t, err
		}
		t.Area = area.ID
	}
	if t.Channels, err = b.channels(e); err != nil {
		return t, err
	}
	for f, set := range map[Field]func(string){
		FieldRecipient: func(c string) { t.Recipient = thn.Recipient(c) },
		FieldSupply:    func(c string) { t.Supply = thn.Supply(c) },
		FieldReason:    func(c string) { t.Reason = thn.Reason(c) },
	} {
		code, err := b.code(e, f, "")
		if err != nil {
			return t, err
		}
		set(code)
	}
	o, err := b.origin(e)
	t.Source, t.URL, t.AsAt = o.source, o.url, o.asAt
	return t, err
}

// keep holds a total against those of the same file; the ledger is asked when
// all are read.
func (b *totalBuilder) keep(e entry, t thn.PeriodTotal) error {
	scope := t.Scope()
	before, twice := b.seen[scope]
	switch {
	case !twice:
		b.order = append(b.order, scope)
		b.held++
	case b.mapping.SumRows:
		t.Count = t.Count.Plus(before.total.Count)
		t.Published = t.Count.String()
		e = before.entry
	case before.total.Count != t.Count:
		return e.where.Refuse("row.same_scope", map[string]any{"First": before.entry.where.Row, "Value": t.Published, "Was": before.total.Published})
	default:
		b.skip(e.where, "twice", map[string]any{"First": before.entry.where.Row})
		return nil
	}
	b.seen[scope] = seenTotal{t, e}
	return nil
}

func (b *totalBuilder) finish(ctx context.Context) error {
	ids := make([]thn.ID, len(b.order))
	for i, scope := range b.order {
		ids[i] = derivedID(b.programme.ID, "total", scope)
	}
	taken, err := b.store.Known(ctx, b.programme.ID, ids)
	if err != nil {
		return err
	}
	b.beside = slices.Collect(maps.Values(b.known.totals))
	slices.SortFunc(b.beside, func(x, y thn.PeriodTotal) int { return cmp.Compare(x.Scope(), y.Scope()) })
	for i, scope := range b.order {
		s := b.seen[scope]
		s.total.ID = ids[i]
		if _, ok := taken[ids[i]]; ok { // an earlier version has the id
			s.total.ID = thn.NewID()
		}
		b.settle(s)
	}
	return nil
}

// settle compares a total with the one the programme holds.
func (b *totalBuilder) settle(s seenTotal) {
	t := s.total
	b.describe(t)
	if len(t.Recipient) == 0 && len(t.Supply) == 0 && len(t.Reason) == 0 {
		b.sum(string(t.Measure), t.Period, thn.JoinChannels(t.Channels), t.Count)
	}
	was, ok := b.known.totals[t.Scope()]
	if !ok {
		b.plan.load.Totals = append(b.plan.load.Totals, t)
		b.item(s.entry, StatusNew, "")
		b.note(s.entry, t)
		return
	}
	same := t
	same.ID, same.Corrects = was.ID, was.Corrects
	if sameTotal(same, was) {
		b.item(s.entry, StatusKnown, "")
		return
	}
	t.Corrects = was.ID
	b.plan.load.Totals = append(b.plan.load.Totals, t)
	b.item(s.entry, StatusChanged, was.Count.String())
	b.note(s.entry, t)
}

// sameTotal compares what a source said; the scopes are known to be equal.
func sameTotal(a, b thn.PeriodTotal) bool {
	return a.Count == b.Count && a.Published == b.Published && a.Source == b.Source && a.URL == b.URL && a.AsAt == b.AsAt
}

// describe sets what the preview shows of a total.
func (b *totalBuilder) describe(t thn.PeriodTotal) {
	clear(b.display)
	b.display[FieldPeriod] = t.Period.String()
	b.display[FieldArea] = b.places.areas[t.Area].Name
	b.display[FieldChannel] = thn.JoinChannels(t.Channels)
	b.display[FieldMeasure] = string(t.Measure)
	b.display[FieldRecipient], b.display[FieldSupply], b.display[FieldReason] = string(t.Recipient), string(t.Supply), string(t.Reason)
	b.display[FieldValue] = t.Count.String()
}
