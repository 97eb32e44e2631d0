package ingest

import (
	"fmt"
	"slices"

	"thntracker/internal/thn"
)

var carriageShape = shape{
	fields:  []Field{FieldDay, FieldSite, FieldCarrier, FieldStatus, FieldProduct, FieldBatch, FieldExpiry, FieldDue, FieldKey},
	needed:  []Field{FieldDay, FieldSite, FieldCarrier, FieldStatus},
	columns: []Field{FieldDay, FieldSite, FieldStatus, FieldExpiry, FieldDue}, names: []Field{FieldSite, FieldProduct}, build: newCarriageBuilder,
}

// carriageBuilder makes records of responders' own naloxone. The organisation's
// own word for a carrier is turned into an id that cannot be turned back, and is
// kept nowhere.
type carriageBuilder struct{ *records }

func newCarriageBuilder(p *planner) builder {
	return &carriageBuilder{newRecords(p, thn.KindCarriage,
		func(f thn.Fact) string {
			c := f.(thn.Carriage)
			return fmt.Sprint(c.Day, c.Site, c.Carrier, c.Status, c.Product, c.Batch, c.Expiry, c.Due)
		},
		func(f thn.Fact) {
			c := f.(thn.Carriage)
			p.sum(string(c.Status), thn.Month(c.Day.Year(), c.Day.Month()), "", thn.ExactKits(1))
		},
		func(f thn.Fact) string {
			c, _ := f.(thn.Carriage) // another kind under this number is another record
			return string(c.Status)
		})}
}

func (b *carriageBuilder) add(e entry) error {
	c, err := b.record(e)
	if err != nil {
		return err
	}
	return b.keep(e, c, e.get(FieldKey).text)
}

func (b *carriageBuilder) record(e entry) (c thn.Carriage, err error) {
	site, err := b.site(e)
	if err != nil {
		return c, err
	}
	if !slices.Contains(thn.ResponderSettings, site.Setting) {
		return c, e.get(FieldSite).refuse("site_no_responders", map[string]any{"Site": site.Name})
	}
	c.Site, c.Area = site.ID, site.Area
	who := e.get(FieldCarrier)
	if who.blank() {
		return c, who.refuse("needed", nil)
	}
	c.Carrier = derivedID(b.programme.ID, "carrier", string(site.ID), who.text)
	if c.Day, err = b.day(e.get(FieldDay)); err != nil {
		return c, err
	}
	switch {
	case c.Day.IsZero():
		return c, e.get(FieldDay).refuse("needed", nil)
	case b.today.Before(c.Day):
		return c, e.get(FieldDay).refuse("day_future", nil)
	}
	status, err := b.code(e, FieldStatus, "")
	if err != nil {
		return c, err
	}
	if c.Status = thn.CarriageStatus(status); status == "" {
		return c, e.get(FieldStatus).refuse("needed", nil)
	}
	if c.Status == thn.CarriageTrained {
		c.Due, err = b.day(e.get(FieldDue))
	}
	if c.Gives() && err == nil {
		err = b.kit(e, &c)
	}
	return c, err
}

// kit reads which kit was given: its last day from the file or its batch.
func (b *carriageBuilder) kit(e entry, c *thn.Carriage) (err error) {
	if !e.get(FieldProduct).blank() {
		product, err := b.product(e)
		if err != nil {
			return err
		}
		c.Product = product.ID
		for _, x := range b.known.batches {
			if x.Product == product.ID && b.spell.get(x.Lot) == b.spell.get(e.get(FieldBatch).text) {
				c.Batch, c.Expiry = x.ID, x.Expiry
			}
		}
		if v := e.get(FieldBatch); c.Batch == "" && !v.blank() {
			return v.refuse("batch_unknown", map[string]any{"Product": product.Name})
		}
	}
	if v := e.get(FieldExpiry); !v.blank() {
		c.Expiry, err = b.day(v)
	}
	if err == nil && !c.Expiry.IsZero() && c.Expiry.Before(c.Day) {
		return e.get(FieldExpiry).refuse("expired_when_issued", nil)
	}
	return err
}
