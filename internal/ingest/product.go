package ingest

import (
	"context"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// productBuilder makes products, known by their code.
type productBuilder struct {
	*planner
	seen map[string]thn.Product
}

func newProductBuilder(p *planner) builder {
	b := &productBuilder{planner: p, seen: map[string]thn.Product{}}
	for _, x := range p.known.products {
		b.seen[b.spell.get(x.Code)] = x
	}
	return b
}

func (b *productBuilder) finish(context.Context) error { return nil }

func (b *productBuilder) add(e entry) error {
	x := thn.Product{ID: thn.NewID(), Code: e.get(FieldCode).text, Name: e.get(FieldName).text, GTIN: e.get(FieldGTIN).text}
	for _, f := range []Field{FieldCode, FieldName, FieldRoute} {
		if e.get(f).blank() {
			return e.get(f).refuse("needed", nil)
		}
	}
	route, err := b.code(e, FieldRoute, "")
	if err != nil {
		return err
	}
	x.Route = thn.Route(route)
	for _, amount := range []struct {
		field    Field
		parts    int64
		fallback int64
		into     *int
	}{{FieldDose, 1000, 0, &x.DoseMicrograms}, {FieldDoses, 1, 0, &x.DosesPerUnit}, {FieldUnits, 1, 0, &x.UnitsPerKit}, {FieldEquivalent, 1000, 1000, &x.KitThousandths}} {
		n, err := b.amount(e, amount.field, amount.parts, amount.fallback)
		if err != nil {
			return err
		}
		*amount.into = int(n)
	}
	was, found := b.seen[b.spell.get(x.Code)]
	same := x
	same.ID, same.Confirmed, same.Closed = was.ID, was.Confirmed, was.Closed
	switch {
	case !found:
		b.seen[b.spell.get(x.Code)] = x
		b.plan.load.Products = append(b.plan.load.Products, x)
		b.item(e, StatusNew, "")
	case same != was:
		return e.get(FieldCode).refuse("differs", map[string]any{"Was": was.Name})
	default:
		b.item(e, StatusKnown, "")
	}
	return nil
}

// amount reads a number of thousandths or whole things that a pack states.
func (b *productBuilder) amount(e entry, f Field, parts, fallback int64) (int64, error) {
	v := e.get(f)
	n, err := b.numbers.Parse(v.text)
	if err != nil {
		return 0, v.where.Blame(err)
	}
	if n.State != sheet.Known {
		return fallback, nil
	}
	amount, whole := n.Low.In(parts)
	if !whole || n.Low != n.High || amount < 0 || amount > 1_000_000 || n.Percent || n.Money || n.Open {
		return 0, v.refuse("amount", nil)
	}
	return amount, nil
}
