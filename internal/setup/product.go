package setup

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"thntracker/internal/fault"
	"thntracker/internal/gs1"
	"thntracker/internal/thn"
)

// What a product's numbers may be. They are wide: the point is to catch a dose
// typed in the wrong unit.
const (
	mostMicrograms  = 20_000
	mostDoses       = 20
	mostUnits       = 20
	mostThousandths = 20_000
)

// ListProducts lists the programme's products, closed ones included.
func (s *Setup) ListProducts(ctx context.Context, actor thn.Actor) ([]thn.Product, error) {
	const op = "list products"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	products, err := s.store.Products(ctx, actor.Programme.ID)
	return products, fault.Wrap(op, err)
}

// Product gives one product of the programme.
func (s *Setup) Product(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Product, error) {
	products, err := s.ListProducts(ctx, actor)
	if err != nil {
		return thn.Product{}, err
	}
	return pick(products, "product", func(p thn.Product) bool { return p.ID == id })
}

// AddProduct adds a product. Without a code it gets one made of its name.
func (s *Setup) AddProduct(ctx context.Context, actor thn.Actor, p thn.Product) error {
	const op = "add product"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	all, err := s.store.Products(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(all, func(x thn.Product) bool { return x.ID == p.ID }) {
		return nil // the same button, pressed twice
	}
	var w wrong
	p.Name, p.Code, p.GTIN = w.name("name", p.Name, "setup.name_missing"), w.text("code", p.Code), w.text("gtin", p.GTIN)
	if p.Code == "" {
		p.Code = codeOf(p.Name)
	}
	for _, x := range all {
		w.add(!x.Closed && same(x.Name, p.Name), "name", "setup.product_taken")
		w.add(x.Code == p.Code, "code", "setup.code_taken")
	}
	w.measures(p)
	p.Closed = false
	if err := w.err(op); err != nil {
		return err
	}
	return taken(op, s.store.AddProducts(ctx, actor.Programme.ID, actor.Account.ID, p), "code", "setup.code_taken")
}

// measures checks a product's numbers.
func (w *wrong) measures(p thn.Product) {
	known(w, thn.Routes, p.Route, "route", "setup.choose_list")
	w.add(p.DoseMicrograms < 0 || p.DoseMicrograms > mostMicrograms, "dose", "setup.dose_range")
	w.add(p.DosesPerUnit < 1 || p.DosesPerUnit > mostDoses, "doses", "setup.doses_range")
	w.add(p.UnitsPerKit < 0 || p.UnitsPerKit > mostUnits, "units", "setup.units_range")
	w.add(p.Confirmed && p.UnitsPerKit == 0, "units", "setup.units_confirmed")
	w.add(p.KitThousandths < 1 || p.KitThousandths > mostThousandths, "equivalents", "setup.equivalents_range")
	w.add(p.GTIN != "" && !gs1.Valid(p.GTIN), "gtin", "setup.gtin_digits")
}

// codeOf makes a code of a name: its letters and digits, with single dashes.
func codeOf(name string) string {
	words := strings.FieldsFunc(thn.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}

// CloseProduct takes a product off the worker's list; records keep naming it.
func (s *Setup) CloseProduct(ctx context.Context, actor thn.Actor, id thn.ID) error {
	const op = "close product"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	p, err := s.Product(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if p.Closed {
		return closedAlready(op)
	}
	return fault.Wrap(op, s.store.CloseProduct(ctx, actor.Programme.ID, actor.Account.ID, id))
}
