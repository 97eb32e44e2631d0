package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// bagField asks which bag, in the forms that are about one. Where kits may also
// be on the shelf, that is the first answer.
func (s *Server) bagField(r *request, f *form.Movement, m map[string]string) ([]page.Field, error) {
	between := f.What == form.StockFill || f.What == form.StockReturn
	if !between && f.What != form.StockOff && f.What != form.StockCount {
		return nil, nil
	}
	bags, err := s.Stock.OpenBags(r.ctx, r.actor)
	if err != nil {
		return nil, err
	}
	var options []page.Option
	if !between {
		options = append(options, page.Option{Value: form.OnShelf, Label: r.locale.T("stock.the_shelf")})
	}
	names, mine := bagNames(r, bags), false
	for _, c := range bags {
		options = append(options, page.Option{Value: string(c.Bag.ID), Label: names[c.Bag.ID]})
		mine = mine || c.Mine
	}
	if f.What == form.StockFill && !mine {
		options = append([]page.Option{{Value: form.MyBag, Label: r.locale.T("stock.bag.mine")}}, options...)
	}
	if f.Bag == "" && len(options) > 0 {
		f.Bag = options[0].Value
	}
	if !between && len(options) == 1 {
		return nil, nil // there is no bag: the shelf goes without saying
	}
	for i := range options {
		options[i].Chosen = options[i].Value == f.Bag
	}
	label := map[bool]string{true: "stock.bag", false: "stock.from"}[between]
	field := choice(r, "bag", label, m["bag"], options)
	if len(options) == 0 {
		field.Hint = r.locale.T("stock.bag.none")
	}
	return []page.Field{field}, nil
}

// stockKits asks which kit: what the place holds by the ledger, first to expire
// first, then every registered batch, then each product without its lot. Where
// kits come in, a lot may be typed by whoever may add one.
func (s *Server) stockKits(r *request, b *bench, f form.Movement, wrong string) (page.Field, error) {
	at := thn.Holder{Site: thn.ID(f.Site)}
	if id, err := thn.ParseID(f.Bag); err == nil && f.What != form.StockFill {
		at = thn.Holder{Bag: id}
	}
	lines, err := s.Stock.In(r.ctx, r.actor, at)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return page.Field{}, err
	}
	var options []page.Option
	seen := map[string]bool{}
	for _, x := range b.byProduct(r, lines) {
		k := b.kit(x)
		if x.Kits > 0 && !f.Typed() {
			seen[k.value()] = true
			options = append(options, page.Option{Value: k.value(), Label: r.locale.N("stock.kit_held", x.Kits, "Kit", s.kitName(r, b, x.Product, x.Batch)), Hint: useFirst(r, x)})
		}
	}
	for _, k := range b.kits {
		if !seen[k.value()] {
			options = append(options, page.Option{Value: k.value(), Label: s.kitName(r, b, k.product.ID, k.batch)})
		}
	}
	if f.Typed() && mayAddLots(r.actor) {
		for _, k := range b.kits {
			if k.batch.ID == "" {
				options = append(options, page.Option{Value: k.value() + form.NewLot, Label: r.locale.T("stock.kit_new", "Product", k.product.Name)})
			}
		}
	}
	for i := range options {
		options[i].Chosen = options[i].Value == f.Product
	}
	field := choice(r, "product", "stock.product", wrong, options)
	if f.Typed() && !mayAddLots(r.actor) {
		field.Hint = r.locale.T("stock.lot_ask")
	}
	return field, nil
}

func useFirst(r *request, x stock.Line) string {
	if x.First {
		return r.locale.T("stock.use_first")
	}
	return ""
}

// mayAddLots tells whether a lot may be typed where kits come in.
func mayAddLots(actor thn.Actor) bool { return actor.May(thn.VerbSetup) && mayAdd(actor, "batches") }

// lotFields ask for a lot that is not in the list.
func (s *Server) lotFields(r *request, f form.Movement, m map[string]string) []page.Field {
	if !mayAddLots(r.actor) {
		return nil
	}
	return []page.Field{{Kind: page.FieldHidden, Name: "lot-id", Value: f.LotID},
		hinted(r, textField(r, "lot", "setup.batch.lot", f.Lot, m, true), "stock.lot_hint"),
		hinted(r, dayField(r, "expiry", "setup.batch.expiry", f.Expiry(), m, true), "setup.batch.expiry_hint")}
}

// otherField asks where kits are sent: any site of the programme that is open,
// because a store room sends beyond its own reach.
func (s *Server) otherField(r *request, b *bench, f form.Movement, m map[string]string) page.Field {
	var options []page.Option
	for _, site := range b.everySite(r) {
		if site.OpenOn(s.today(r)) && string(site.ID) != f.Site || string(site.ID) == f.Other {
			options = append(options, page.Option{Value: string(site.ID), Label: site.Name, Chosen: string(site.ID) == f.Other})
		}
	}
	return choice(r, "other", "stock.other", m["other"], options)
}
