package stock

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Line is one product and batch with the kits that the ledger shows there.
type Line struct {
	Product thn.ID
	Batch   thn.Batch // zero: the lot was not recorded
	Kits    int       // below 0: more has gone than the ledger knew of
	First   bool      // the one to use first, where there is a choice
	Past    bool      // expired on the day looked at
}

// Shelf is what a site holds at the end of a day.
type Shelf struct {
	Site      thn.Site
	Lines     []Line // on the shelf; none is 0
	Short     []Line // more gone than known: Kits is how many more
	Unkept    []Line // products given out where no stock was ever recorded: Kits is how many, of any batch
	Bags      []Carried
	Transfers []Transfer
}

// Carried is a bag with what is in it.
type Carried struct {
	Bag    thn.Bag
	Handle string // of who carries it, for whoever sees the programme's figures
	Mine   bool
	Lines  []Line
}

// Shelf gives what a site holds, its bags included, at the end of a day.
func (s *Stock) Shelf(ctx context.Context, actor thn.Actor, id thn.ID, day thn.Date) (Shelf, error) {
	site, err := s.Site(ctx, actor, id)
	if err != nil {
		return Shelf{}, err
	}
	op := "shelf of site " + string(id)
	shelf := Shelf{Site: site}
	shelf.Bags, err = s.bagsOf(ctx, actor, func(b thn.Bag) bool {
		return b.Site == id || b.Account == actor.Account.ID && !b.Closed
	})
	if err != nil {
		return Shelf{}, fault.Wrap(op, err)
	}
	held, err := s.hold(ctx, actor, day, []thn.ID{id}, bagIDs(shelf.Bags))
	if err != nil {
		return Shelf{}, fault.Wrap(op, err)
	}
	shelf.sort(held.at(thn.Holder{Site: id}))
	for i, c := range shelf.Bags {
		shelf.Bags[i].Lines = nonzero(held.at(thn.Holder{Bag: c.Bag.ID}))
	}
	shelf.Bags = slices.DeleteFunc(shelf.Bags, func(c Carried) bool { return c.Bag.Closed && len(c.Lines) == 0 })
	shelf.Transfers, err = s.transfers(ctx, actor, id)
	return shelf, fault.Wrap(op, err)
}

// sort puts the lines of the shelf where they belong. Where a product has no
// entry but kits given out, nobody has begun to keep its stock here: that is not
// a shortfall.
func (f *Shelf) sort(lines []Line, kept map[thn.ID]bool) {
	for _, l := range lines {
		switch {
		case l.Kits > 0:
			f.Lines = append(f.Lines, l)
		case l.Kits < 0 && kept[l.Product]:
			l.Kits = -l.Kits
			f.Short = append(f.Short, l)
		case l.Kits < 0:
			f.begin(l)
		}
	}
}

// begin adds to the products whose stock nobody has begun to keep. Lines come by
// product.
func (f *Shelf) begin(l Line) {
	if n := len(f.Unkept); n > 0 && f.Unkept[n-1].Product == l.Product {
		f.Unkept[n-1].Kits -= l.Kits
		return
	}
	f.Unkept = append(f.Unkept, Line{Product: l.Product, Kits: -l.Kits})
}

func nonzero(lines []Line, _ map[thn.ID]bool) []Line {
	return slices.DeleteFunc(lines, func(l Line) bool { return l.Kits == 0 })
}

// Sheet lists what a count of a shelf or bag asks for: every product and batch
// that the ledger has met there, but for batches that are gone and closed.
func (s *Stock) Sheet(ctx context.Context, actor thn.Actor, at thn.Holder) ([]Line, error) {
	held, err := s.place(ctx, actor, at)
	if err != nil {
		return nil, fault.Wrap("count sheet", err)
	}
	lines, _ := held.at(at)
	return slices.DeleteFunc(lines, func(l Line) bool { return l.Kits == 0 && l.Batch.Closed }), nil
}

// In gives what is on a shelf or in a bag today, first to expire first.
func (s *Stock) In(ctx context.Context, actor thn.Actor, at thn.Holder) ([]Line, error) {
	held, err := s.place(ctx, actor, at)
	if err != nil {
		return nil, fault.Wrap("kits to hand", err)
	}
	return nonzero(held.at(at)), nil
}

// Balance is what the ledger shows of a product and batch in one place today,
// and whether its stock is kept there at all.
func (s *Stock) Balance(ctx context.Context, actor thn.Actor, at thn.Holder, product, batch thn.ID) (kits int, kept bool, err error) {
	held, err := s.place(ctx, actor, at)
	if err != nil {
		return 0, false, fault.Wrap("balance", err)
	}
	return held.kits[at][lot{product, batch}], held.kept[at][product] || at.Bag != "", nil
}

// place sums one shelf or bag that the actor reaches.
func (s *Stock) place(ctx context.Context, actor thn.Actor, at thn.Holder) (held, error) {
	var err error
	if at.Bag != "" {
		_, err = s.Bag(ctx, actor, at.Bag)
	} else {
		_, err = s.Site(ctx, actor, at.Site)
	}
	if err != nil {
		return held{}, err
	}
	return s.hold(ctx, actor, s.today(actor), only(at.Site), only(at.Bag))
}

// lot is a product with one of its batches, or with none recorded.
type lot struct{ product, batch thn.ID }

// held is sums of entries by place.
type held struct {
	day     thn.Date
	batches map[thn.ID]thn.Batch
	kits    map[thn.Holder]map[lot]int
	kept    map[thn.Holder]map[thn.ID]bool // products of which more is known than what was given out
}

func (s *Stock) hold(ctx context.Context, actor thn.Actor, day thn.Date, sites, bags []thn.ID) (held, error) {
	h := held{day: day, batches: map[thn.ID]thn.Batch{}, kits: map[thn.Holder]map[lot]int{}, kept: map[thn.Holder]map[thn.ID]bool{}}
	cells, err := s.store.Stock(ctx, thn.StockQuery{Programme: actor.Programme.ID, To: day.AddDays(1), Sites: sites, Bags: bags,
		Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByProduct, thn.StockByBatch, thn.StockByKind}})
	if err != nil {
		return h, err
	}
	for _, c := range cells {
		h.add(c)
	}
	batches, err := s.store.Batches(ctx, actor.Programme.ID)
	for _, b := range batches {
		h.batches[b.ID] = b
	}
	return h, err
}

func (h held) add(c thn.StockCell) {
	at := thn.Holder{Site: thn.ID(c.Keys[thn.StockBySite]), Bag: thn.ID(c.Keys[thn.StockByBag])}
	of := lot{thn.ID(c.Keys[thn.StockByProduct]), thn.ID(c.Keys[thn.StockByBatch])}
	if h.kits[at] == nil {
		h.kits[at], h.kept[at] = map[lot]int{}, map[thn.ID]bool{}
	}
	h.kits[at][of] += int(c.Kits)
	// A kind that sums to nothing was undone: it is as if it had not happened.
	if c.Keys[thn.StockByKind] != string(thn.EntryGiven) && c.Kits != 0 {
		h.kept[at][of.product] = true
	}
}

// at lists the lines of one place by product, first to expire first, and the
// products whose stock is kept there.
func (h held) at(place thn.Holder) (lines []Line, kept map[thn.ID]bool) {
	for of, kits := range h.kits[place] {
		b := h.batches[of.batch]
		lines = append(lines, Line{Product: of.product, Batch: b, Kits: kits, Past: b.ID != "" && b.Expiry.Before(h.day)})
	}
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Batch.ID, b.Batch.ID))
	})
	markFirst(lines)
	return lines, h.kept[place]
}

// rank orders the batches of a product as they should be used: those in date by
// their day, then lots not recorded, then what is put aside, then what has expired.
func rank(l Line) string {
	class := 0
	switch {
	case l.Past:
		class = 3
	case l.Batch.Quarantined:
		class = 2
	case l.Batch.ID == "":
		class = 1
	}
	return strconv.Itoa(class) + l.Batch.Expiry.String()
}

// markFirst marks the batch of each product to use first, where there are two or
// more to choose from.
func markFirst(lines []Line) {
	usable := map[thn.ID][]int{}
	for i, l := range lines {
		if l.Kits > 0 && !l.Past && !l.Batch.Quarantined {
			usable[l.Product] = append(usable[l.Product], i)
		}
	}
	for _, at := range usable {
		if len(at) > 1 && lines[at[0]].Batch.ID != "" {
			lines[at[0]].First = true
		}
	}
}

// only is a list of the one id, or an empty one that matches nothing.
func only(id thn.ID) []thn.ID {
	if id == "" {
		return []thn.ID{}
	}
	return []thn.ID{id}
}
