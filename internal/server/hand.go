package server

import (
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// hand is what the ledger shows to hand: in one's own bag, and on the shelf of
// the site that is chosen. It orders choices and never stops one.
type hand struct {
	bag     thn.Bag // empty id: no bag
	inBag   map[string]stock.Line
	onShelf map[string]stock.Line
}

// reach fills in what is to hand at a site, and puts the kits into the order in
// which they should be used: what is in the bag, what is on the shelf, the rest.
func (s *Server) reach(r *request, b *bench, site thn.ID) error {
	mine, _, err := s.Stock.Mine(r.ctx, r.actor)
	if err != nil {
		return err
	}
	b.hand = hand{bag: mine, inBag: map[string]stock.Line{}, onShelf: map[string]stock.Line{}}
	for _, place := range []struct {
		at   thn.Holder
		into map[string]stock.Line
	}{{thn.Holder{Bag: mine.ID}, b.hand.inBag}, {thn.Holder{Site: site}, b.hand.onShelf}} {
		if place.at == (thn.Holder{}) {
			continue
		}
		lines, err := s.Stock.In(r.ctx, r.actor, place.at)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		for _, x := range lines {
			if x.Kits > 0 {
				place.into[b.kit(x).value()] = x
			}
		}
	}
	slices.SortStableFunc(b.kits, func(x, y kit) int { return b.hand.class(x) - b.hand.class(y) })
	return nil
}

// class orders kits; within a class they stay by product and day of expiry. What
// has expired comes after everything that is to hand, what is put aside last.
func (h hand) class(k kit) int {
	x, inBag := h.inBag[k.value()]
	y, onShelf := h.onShelf[k.value()]
	switch {
	case k.batch.Quarantined:
		return 4
	case inBag && !x.Past:
		return 0
	case onShelf && !y.Past:
		return 1
	case inBag || onShelf:
		return 2
	}
	return 3
}

// first is the kit to offer: the one used last while there is any of it to hand,
// or nothing is known of any; else the first of the same product, else the first.
func (b *bench) first(last string) string {
	usable := func(k kit) bool { return b.hand.class(k) < 2 }
	switch {
	case len(b.kits) == 0, last != "" && (usable(b.kitOf(last)) || !slices.ContainsFunc(b.kits, usable)):
		return last
	case last == "":
		return b.kits[0].value()
	}
	product, _ := splitKit(last)
	for _, k := range b.kits {
		if k.product.ID == product && usable(k) {
			return k.value()
		}
	}
	return last
}

// toHand says in small words how many there are.
func (s *Server) toHand(r *request, b *bench, k kit) string {
	var inBag, onShelf, first string
	if x, ok := b.hand.inBag[k.value()]; ok {
		inBag, first = r.locale.N("give.in_bag", x.Kits), useFirst(r, x)
	}
	if x, ok := b.hand.onShelf[k.value()]; ok {
		onShelf = r.locale.N("give.on_shelf", x.Kits)
		if first == "" && inBag == "" {
			first = useFirst(r, x)
		}
	}
	return r.locale.Beside(s.batchWords(r, k), inBag, onShelf, first)
}

// fromField asks where the kits came out of, for whoever has a bag. Until they
// say, it is the bag when it holds the kit.
func (s *Server) fromField(r *request, b *bench, from *string, site thn.ID, product, wrong string) (*page.Field, string) {
	if b.hand.bag.ID == "" {
		return nil, ""
	}
	bag := string(b.hand.bag.ID)
	if _, holds := b.hand.inBag[product]; *from == "" && holds {
		*from = bag
	} else if *from == "" {
		*from = form.OnShelf
	}
	shelf := r.locale.T("give.from_shelf", "Site", b.siteWords(site))
	if len(b.open) > 1 {
		shelf = r.locale.T("give.from_shelf_chosen")
	}
	f := &page.Field{Kind: page.FieldRadio, Name: "from", Label: r.locale.T("give.from_field"), Error: wrong, Options: []page.Option{
		{Value: bag, Label: r.locale.T("stock.bag.mine"), Chosen: *from == bag}, {Value: form.OnShelf, Label: shelf, Chosen: *from == form.OnShelf}}}
	if *from == bag {
		return f, r.locale.T("stock.bag.mine")
	}
	return f, r.locale.T("give.from_shelf", "Site", b.siteWords(site))
}

// splitKit takes a choice of kit apart; what is no id is empty.
func splitKit(value string) (product, batch thn.ID) {
	p, x, _ := strings.Cut(value, ":")
	if id, err := thn.ParseID(p); err == nil {
		product = id
	}
	if id, err := thn.ParseID(x); err == nil {
		batch = id
	}
	return product, batch
}

// shortOf is how many kits more than the ledger knew have gone from where a
// distribution took them; 0 where nobody keeps that stock.
func (s *Server) shortOf(r *request, d thn.Distribution, result intake.Result) int {
	if result.Outcome == thn.Held {
		return 0
	}
	for _, e := range d.Stock() {
		now, kept, err := s.Stock.Balance(r.ctx, r.actor, e.Holder, e.Product, e.Batch)
		if err != nil && !fault.Is(err, fault.NotFound) {
			s.Log.Error("balance", "cause", err.Error()) // the record is stored: only the hint is missing
		}
		if err == nil && kept && now < 0 {
			return -now
		}
	}
	return 0
}
