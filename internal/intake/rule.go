package intake

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// rule is a broken rule: the field of the form, the code under which a phone's
// record is held, which is also the catalogue key "intake.CODE".
type rule struct{ field, code string }

// backDays is how far back a worker may record; older ones are a manager's.
const backDays = 92

func (in *Intake) broken(actor thn.Actor, ref *reference, d thn.Distribution) []rule {
	var broken []rule
	add := func(wrong bool, field, code string) {
		if wrong {
			broken = append(broken, rule{field, code})
		}
	}
	today := in.today(actor)
	site, known := ref.sites[d.Site]
	reached := known && actor.Reaches(site)
	add(!reached, "site", "site_unknown")
	add(reached && !site.OpenOn(d.Day), "site", "site_closed")
	add(today.Before(d.Day), "day", "day_ahead")
	add(d.Day.Before(today.AddDays(-backDays)) && !actor.May(thn.VerbCoverage), "day", "day_old")
	product, known := ref.products[d.Product]
	add(!known, "product", "product_unknown")
	add(known && product.Closed, "product", "product_closed")
	batch, known := ref.batches[d.Batch]
	add(d.Batch != "" && (!known || batch.Product != d.Product), "product", "batch_unknown")
	return broken
}

func fieldsOf(broken []rule) []fault.Field {
	var fields []fault.Field
	for _, b := range broken {
		fields = append(fields, fault.Field{Name: b.field, Key: "intake." + b.code})
	}
	return fields
}

// reference is what records of a programme may name.
type reference struct {
	sites    map[thn.ID]thn.Site
	products map[thn.ID]thn.Product
	batches  map[thn.ID]thn.Batch
}

func (in *Intake) reference(ctx context.Context, programme thn.ID) (*reference, error) {
	sites, err := in.store.Sites(ctx, programme)
	if err != nil {
		return nil, err
	}
	products, err := in.store.Products(ctx, programme)
	if err != nil {
		return nil, err
	}
	batches, err := in.store.Batches(ctx, programme)
	if err != nil {
		return nil, err
	}
	return &reference{
		sites:    byID(sites, func(s thn.Site) thn.ID { return s.ID }),
		products: byID(products, func(p thn.Product) thn.ID { return p.ID }),
		batches:  byID(batches, func(b thn.Batch) thn.ID { return b.ID }),
	}, nil
}

func byID[D any](list []D, id func(D) thn.ID) map[thn.ID]D {
	m := make(map[thn.ID]D, len(list))
	for _, d := range list {
		m[id(d)] = d
	}
	return m
}

// complete fills from the site what the record leaves open.
func (ref *reference) complete(d thn.Distribution) thn.Distribution {
	site := ref.sites[d.Site]
	d.Area = site.Area
	if d.Setting == "" {
		d.Setting = site.Setting
	}
	if d.Channel == "" {
		d.Channel = site.Channel
	}
	if d.Supplier == "" {
		d.Supplier = site.Supplier
	}
	return d
}

// expired tells whether the kit was past its printed date. It never stops a
// record: the kit has been given, and an old one may still save a life.
func (ref *reference) expired(d thn.Distribution, today thn.Date) bool {
	batch, ok := ref.batches[d.Batch]
	return ok && batch.Expiry.Before(today)
}
