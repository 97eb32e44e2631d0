package ingest

import (
	"context"
	"fmt"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// distributionBuilder makes records of kits given out. A row with the author's
// own number is known by it and may change; a row without is known by what it
// says, and the third row of the same words is the third such record.
type distributionBuilder struct {
	*planner
	rows  []seenDistribution
	times map[string]int // content → how often so far
	keys  map[string]seenDistribution
}

type seenDistribution struct {
	record thn.Distribution
	entry  entry
	keyed  bool
}

func newDistributionBuilder(p *planner) builder {
	return &distributionBuilder{planner: p, times: map[string]int{}, keys: map[string]seenDistribution{}}
}

func (b *distributionBuilder) add(e entry) error {
	d, err := b.record(e)
	if err != nil {
		return err
	}
	s := seenDistribution{record: d, entry: slim(e, b.plan.Columns)}
	b.held++
	if key := e.get(FieldKey).text; key != "" {
		return b.keepKeyed(s, key)
	}
	content := contentOf(d)
	b.times[content]++
	s.record.ID = derivedID(b.programme.ID, "distribution", content, fmt.Sprint(b.times[content]))
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

func (b *distributionBuilder) keepKeyed(s seenDistribution, key string) error {
	s.keyed = true
	s.record.ID = derivedID(b.programme.ID, "distribution key", key)
	if id, err := thn.ParseID(key); err == nil {
		s.record.ID = id
	}
	before, twice := b.keys[key]
	if twice && contentOf(before.record) != contentOf(s.record) {
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

// contentOf writes what a record says, without its id and without the area,
// which follows from the site.
func contentOf(d thn.Distribution) string {
	return fmt.Sprint(d.Day, d.Site, d.Setting, d.Supplier, d.Channel, d.Product, d.Batch, d.Training, d.Lines)
}

func (b *distributionBuilder) record(e entry) (d thn.Distribution, err error) {
	site, err := b.site(e)
	if err != nil {
		return d, err
	}
	d.Site, d.Area = site.ID, site.Area
	if d.Day, err = b.giveDay(e, site); err != nil {
		return d, err
	}
	product, err := b.product(e)
	if err != nil {
		return d, err
	}
	d.Product = product.ID
	if d.Batch, err = b.batch(e, product); err != nil {
		return d, err
	}
	if err := b.words(e, site, &d); err != nil {
		return d, err
	}
	line, err := b.line(e)
	d.Lines = []thn.Line{line}
	return d, err
}

// giveDay reads the day, on which the site has to have been open.
func (b *distributionBuilder) giveDay(e entry, site thn.Site) (thn.Date, error) {
	v := e.get(FieldDay)
	if v.blank() {
		return thn.Date{}, v.refuse("needed", nil)
	}
	day, err := b.day(v)
	switch {
	case err != nil:
		return day, err
	case b.today.Before(day):
		return day, v.refuse("day_future", nil)
	case !site.OpenOn(day):
		return day, v.refuse("site_closed", map[string]any{"Site": site.Name})
	}
	return day, nil
}

// batch finds a lot of the product. A lot that is not registered is refused: a
// recall has to find every kit of it.
func (b *distributionBuilder) batch(e entry, product thn.Product) (thn.ID, error) {
	v := e.get(FieldBatch)
	n, err := b.numbers.Parse(v.text)
	if err == nil && n.State != sheet.Known { // a word for missing or unknown
		return "", nil
	}
	for _, x := range b.known.batches {
		if x.Product == product.ID && b.spell.get(x.Lot) == b.spell.get(v.text) {
			return x.ID, nil
		}
	}
	return "", v.refuse("batch_unknown", map[string]any{"Product": product.Name})
}

// words reads the codes of the record; what is not said is as at its site.
func (b *distributionBuilder) words(e entry, site thn.Site, d *thn.Distribution) error {
	for _, w := range []struct {
		field Field
		blank string
		set   func(code string)
	}{
		{FieldSetting, string(site.Setting), func(c string) { d.Setting = thn.Setting(c) }},
		{FieldSupplier, string(site.Supplier), func(c string) { d.Supplier = thn.Supplier(c) }},
		{FieldChannel, string(site.Channel), func(c string) { d.Channel = thn.Channel(c) }},
		{FieldTraining, "not_asked", func(c string) { d.Training = thn.Training(c) }},
	} {
		code, err := b.code(e, w.field, w.blank)
		if err != nil {
			return err
		}
		w.set(code)
	}
	return nil
}

// line reads who by kind took how many kits, and why.
func (b *distributionBuilder) line(e entry) (l thn.Line, err error) {
	recipient, err := b.code(e, FieldRecipient, string(thn.RecipientNotAsked))
	if err != nil {
		return l, err
	}
	supply, err := b.code(e, FieldSupply, string(thn.SupplyNotAsked))
	if err != nil {
		return l, err
	}
	l.Recipient, l.Supply = thn.Recipient(recipient), thn.Supply(supply)
	blank := ""
	if l.Supply == thn.SupplyRepeat {
		blank = string(thn.ReasonNotAsked)
	}
	reason, err := b.code(e, FieldReason, blank)
	if err != nil {
		return l, err
	}
	if l.Reason = thn.Reason(reason); l.Reason != "" && l.Supply != thn.SupplyRepeat {
		return l, e.get(FieldReason).refuse("reason_alone", nil)
	}
	kits, err := b.few(e, FieldKits)
	l.Kits = thn.Kits(kits)
	if err != nil {
		return l, err
	}
	l.People = 1
	if !e.get(FieldPeople).blank() {
		l.People, err = b.few(e, FieldPeople)
	}
	return l, err
}

// few reads a count of 1 to MaxKits; more at once is a period total.
func (b *distributionBuilder) few(e entry, f Field) (int, error) {
	v := e.get(f)
	if v.blank() {
		return 0, v.refuse("needed", nil)
	}
	n, err := b.numbers.Parse(v.text)
	if err != nil {
		return 0, v.where.Blame(err)
	}
	low, high, err := n.Whole()
	if err != nil {
		return 0, v.where.Blame(err)
	}
	if low != high || low < 1 || low > thn.MaxKits {
		return 0, v.refuse("kits_range", map[string]any{"Most": thn.MaxKits})
	}
	return int(low), nil
}

func (b *distributionBuilder) finish(ctx context.Context) error {
	ids := make([]thn.ID, len(b.rows))
	for i, s := range b.rows {
		ids[i] = s.record.ID
	}
	known, err := b.store.Known(ctx, b.programme.ID, ids)
	if err != nil {
		return err
	}
	for _, s := range b.rows {
		k, there := known[s.record.ID]
		b.settle(s, k, there)
	}
	return nil
}

func (b *distributionBuilder) settle(s seenDistribution, k thn.Known, there bool) {
	clear(b.display)
	was, _ := k.Record.(thn.Distribution) // another kind under this id is other content
	sub := thn.Submission{Programme: b.programme.ID, By: b.by, Record: s.record}
	b.sum(string(thn.MeasureKits), thn.Month(s.record.Day.Year(), s.record.Day.Month()), string(s.record.Channel), thn.ExactKits(int64(s.record.Kits())))
	switch {
	case !there:
		b.item(s.entry, StatusNew, "")
	case k.Void:
		b.skip(s.entry.where, "taken_out", nil)
		return
	case !s.keyed || contentOf(was) == contentOf(s.record):
		b.item(s.entry, StatusKnown, "")
		return
	default:
		s.record.ID = thn.NewID()
		sub.Corrects, sub.Why, sub.Record = k.Latest, thn.WhyMistake, s.record
		b.item(s.entry, StatusChanged, fmt.Sprint(was.Kits()))
	}
	b.plan.load.Records = append(b.plan.load.Records, sub)
}
