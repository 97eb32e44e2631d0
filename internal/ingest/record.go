package ingest

import (
	"context"
	"fmt"

	"thntracker/internal/thn"
)

// records is what builders of ledger records share. A row with the author's own
// number is known by it and may change; a row without is known by what it says,
// and the third row of the same words is the third such record.
type records struct {
	*planner
	kind  thn.RecordKind
	rows  []seenRecord
	times map[string]int // content → how often so far
	keys  map[string]seenRecord

	content func(thn.Fact) string // what a record says, without its id and area
	count   func(thn.Fact)        // adds it to the sums for control
	was     func(thn.Fact) string // what a changed record replaces, for the preview
}

type seenRecord struct {
	fact  thn.Fact
	entry entry
	keyed bool
}

// newRecords prepares for one kind; content tells two records apart.
func newRecords(p *planner, kind thn.RecordKind, content func(thn.Fact) string, count func(thn.Fact), was func(thn.Fact) string) *records {
	return &records{planner: p, kind: kind, times: map[string]int{}, keys: map[string]seenRecord{}, content: content, count: count, was: was}
}

// keep takes a fact that a row says; key is the author's own number, if any.
func (b *records) keep(e entry, fact thn.Fact, key string) error {
	s := seenRecord{fact: fact, entry: slim(e, b.plan.Columns)}
	b.held++
	if key != "" {
		return b.keepKeyed(s, key)
	}
	content := b.content(fact)
	b.times[content]++
	s.fact = thn.WithID(fact, derivedID(b.programme.ID, string(b.kind), content, fmt.Sprint(b.times[content])))
	b.rows = append(b.rows, s)
	return nil
}

// slim keeps of an entry what the preview shows.
func slim(e entry, columns []Field) entry {
	kept := entry{where: e.where, values: make(map[Field]value, len(columns))}
	for _, f := range columns {
		kept.values[f] = e.get(f)
	}
	return kept
}

func (b *records) keepKeyed(s seenRecord, key string) error {
	s.keyed = true
	id := derivedID(b.programme.ID, string(b.kind)+" key", key)
	if own, err := thn.ParseID(key); err == nil {
		id = own
	}
	s.fact = thn.WithID(s.fact, id)
	before, twice := b.keys[key]
	if twice && b.content(before.fact) != b.content(s.fact) {
		return s.entry.where.Refuse("row.same_key", map[string]any{"Value": key, "First": before.entry.where.Row})
	}
	if twice {
		b.skip(s.entry.where, "twice", map[string]any{"First": before.entry.where.Row})
		return nil
	}
	b.keys[key] = s
	b.rows = append(b.rows, s)
	return nil
}

// finish compares all rows with the ledger at once.
func (b *records) finish(ctx context.Context) error {
	ids := make([]thn.ID, len(b.rows))
	for i, s := range b.rows {
		ids[i] = s.fact.RecordID()
	}
	known, err := b.store.Known(ctx, b.programme.ID, ids)
	if err != nil {
		return err
	}
	for _, s := range b.rows {
		k, there := known[s.fact.RecordID()]
		b.settle(s, k, there)
	}
	return nil
}

func (b *records) settle(s seenRecord, k thn.Known, there bool) {
	clear(b.display)
	sub := thn.Submission{Programme: b.programme.ID, By: b.by, Record: s.fact}
	b.count(s.fact)
	same := k.Record != nil && k.Record.RecordKind() == b.kind && b.content(k.Record) == b.content(s.fact)
	switch {
	case !there:
		b.item(s.entry, StatusNew, "")
	case k.Void:
		b.skip(s.entry.where, "taken_out", nil)
		return
	case !s.keyed || same:
		b.item(s.entry, StatusKnown, "")
		return
	default:
		sub.Corrects, sub.Why, sub.Record = k.Latest, thn.WhyMistake, thn.WithID(thn.Decided(k.Record, s.fact), thn.NewID())
		b.item(s.entry, StatusChanged, b.was(k.Record))
	}
	b.plan.load.Records = append(b.plan.load.Records, sub)
}
