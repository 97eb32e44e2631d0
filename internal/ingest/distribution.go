package ingest

import (
	"fmt"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// distributionBuilder makes records of kits given out.
type distributionBuilder struct{ *records }

func newDistributionBuilder(p *planner) builder {
	return &distributionBuilder{newRecords(p, thn.KindDistribution,
		func(f thn.Fact) string { return contentOf(f.(thn.Distribution)) },
		func(f thn.Fact) {
			d := f.(thn.Distribution)
			p.sum(string(thn.MeasureKits), thn.Month(d.Day.Year(), d.Day.Month()), string(d.Channel), thn.ExactKits(int64(d.Kits())))
		},
		func(f thn.Fact) string {
			d, _ := f.(thn.Distribution) // another kind under this number held no kits
			return fmt.Sprint(d.Kits())
		})}
}

func (b *distributionBuilder) add(e entry) error {
	d, err := b.record(e)
	if err != nil {
		return err
	}
	return b.keep(e, d, e.get(FieldKey).text)
}

// contentOf writes what a record says, without its id and without the area,
// which follows from the site. What only some programmes ask is no part of it: it
// is erased after a year, and the same file has to find its records then too.
func contentOf(d thn.Distribution) string {
	type said struct {
		Recipient thn.Recipient
		Supply    thn.Supply
		Reason    thn.Reason
		People    int
		Kits      thn.Kits
	}
	lines := make([]said, len(d.Lines))
	for i, l := range d.Lines {
		lines[i] = said{l.Recipient, l.Supply, l.Reason, l.People, l.Kits}
	}
	return fmt.Sprint(d.Day, d.Site, d.Setting, d.Supplier, d.Channel, d.Product, d.Batch, d.Training, lines)
}

func (b *distributionBuilder) record(e entry) (d thn.Distribution, err error) {
	site, err := b.site(e)
	if err != nil {
		return d, err
	}
	d.Site, d.Area = site.ID, site.Area
	if d.Day, err = b.siteDay(e, site); err != nil {
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
	if err == nil {
		err = b.asked(e, &line)
	}
	d.Lines = []thn.Line{line}
	if d.Day.Before(thn.AnswersFrom(b.today)) { // they would be erased tonight
		d = d.Only(thn.Asks{})
	}
	return d, err
}

// siteDay reads the day, on which the site has to have been open.
func (b *records) siteDay(e entry, site thn.Site) (thn.Date, error) {
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
func (b *records) batch(e entry, product thn.Product) (thn.ID, error) {
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
func (b *records) few(e entry, f Field) (int, error) {
	return b.between(e, f, 1, thn.MaxKits, "kits_range")
}

// between reads a whole number within bounds; why names the sentence for one
// that is not.
func (b *records) between(e entry, f Field, least, most int, why string) (int, error) {
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
	if low != high || low < int64(least) || low > int64(most) {
		return 0, v.refuse(why, map[string]any{"Least": least, "Most": most})
	}
	return int(low), nil
}
