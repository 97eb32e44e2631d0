package stock

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"thntracker/internal/thn"
)

// PlanSource is what planning reads of the database.
type PlanSource interface {
	Stock(ctx context.Context, q thn.StockQuery) ([]thn.StockCell, error)
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
	Bags(ctx context.Context, programme thn.ID) ([]thn.Bag, error)
}

// issued are the entries by which kits leave for use: to people, and to
// responders for duty.
var issued = []thn.EntryKind{thn.EntryGiven, thn.EntryKind(thn.MovementCarriage)}

// paceMonths is how many full months tell the pace.
const paceMonths = 3

// Supply is a programme's stock as it stood at the end of a day. What is in a
// bag belongs to the site where the bag is filled. A product of which a site has
// given out kits and recorded nothing else is not kept there: it has no position.
type Supply struct {
	Today     thn.Date
	Sites     map[thn.ID]thn.Site
	Products  map[thn.ID]thn.Product
	Batches   map[thn.ID]thn.Batch
	Positions []Position        // by site, then product
	First     map[thn.ID]int    // of each site: the first month with an entry, as 202603
	Last      map[thn.ID]int    // and the last
	Given     map[thn.ID]int64  // where no stock was ever recorded: kits given out all the same
	home      map[thn.ID]thn.ID // bag to site
}

// ReadSupply reads it.
func ReadSupply(ctx context.Context, source PlanSource, programme thn.ID, today thn.Date) (*Supply, error) {
	s := &Supply{Today: today, First: map[thn.ID]int{}, Last: map[thn.ID]int{}, Given: map[thn.ID]int64{}}
	if err := s.readNames(ctx, source, programme); err != nil {
		return nil, err
	}
	sum := func(q thn.StockQuery, each func(c thn.StockCell)) error {
		q.Programme = programme
		cells, err := source.Stock(ctx, q)
		for _, c := range cells {
			each(c)
		}
		return err
	}
	if err := sum(thn.StockQuery{To: today.AddDays(1), Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByMonth}}, s.seen); err != nil {
		return nil, err
	}
	at := map[[2]thn.ID]*Position{}
	err := sum(thn.StockQuery{To: today.AddDays(1), Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByProduct, thn.StockByBatch, thn.StockByKind}},
		func(c thn.StockCell) { s.hold(at, c) })
	if err != nil {
		return nil, err
	}
	month := today.AddDays(1).FirstOfMonth() // at the end of its last day a month is full
	err = sum(thn.StockQuery{From: month.AddMonths(-paceMonths), To: month, Kinds: issued, Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByProduct, thn.StockByMonth}},
		func(c thn.StockCell) { s.issue(at, c) })
	if err != nil {
		return nil, err
	}
	for _, p := range at {
		if !p.Kept {
			s.Given[p.Site] -= onHand(p.Holdings)
			continue
		}
		p.Pace.Months, p.Pace.Days = fullMonths(s.First[p.Site], month)
		s.Positions = append(s.Positions, *p)
	}
	slices.SortFunc(s.Positions, func(a, b Position) int { return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Product, b.Product)) })
	return s, nil
}

func (s *Supply) readNames(ctx context.Context, source PlanSource, programme thn.ID) error {
	sites, err := source.Sites(ctx, programme)
	if err != nil {
		return err
	}
	products, err := source.Products(ctx, programme)
	if err != nil {
		return err
	}
	batches, err := source.Batches(ctx, programme)
	if err != nil {
		return err
	}
	bags, err := source.Bags(ctx, programme)
	if err != nil {
		return err
	}
	s.Sites = byID(sites, func(x thn.Site) thn.ID { return x.ID })
	s.Products = byID(products, func(x thn.Product) thn.ID { return x.ID })
	s.Batches = byID(batches, func(x thn.Batch) thn.ID { return x.ID })
	s.home = map[thn.ID]thn.ID{}
	for _, b := range bags {
		s.home[b.ID] = b.Site
	}
	return nil
}

func byID[T any](list []T, id func(T) thn.ID) map[thn.ID]T {
	m := make(map[thn.ID]T, len(list))
	for _, x := range list {
		m[id(x)] = x
	}
	return m
}

// SiteOf is the site that an entry belongs to: its shelf, or where its bag is filled.
func (s *Supply) SiteOf(c thn.StockCell) thn.ID {
	if bag := thn.ID(c.Keys[thn.StockByBag]); bag != "" {
		return s.home[bag]
	}
	return thn.ID(c.Keys[thn.StockBySite])
}

// issue adds to the pace what left in a month that the site recorded in full.
func (s *Supply) issue(at map[[2]thn.ID]*Position, c thn.StockCell) {
	if month, err := strconv.Atoi(c.Keys[thn.StockByMonth]); err == nil && month > s.First[s.SiteOf(c)] {
		s.position(at, c).Pace.Kits -= c.Kits
	}
}

// seen notes in which months a site recorded anything.
func (s *Supply) seen(c thn.StockCell) {
	site := s.SiteOf(c)
	month, err := strconv.Atoi(c.Keys[thn.StockByMonth])
	if err != nil {
		return // the database makes the month of every entry itself
	}
	if s.First[site] == 0 || month < s.First[site] {
		s.First[site] = month
	}
	s.Last[site] = max(s.Last[site], month)
}

func (s *Supply) position(at map[[2]thn.ID]*Position, c thn.StockCell) *Position {
	key := [2]thn.ID{s.SiteOf(c), thn.ID(c.Keys[thn.StockByProduct])}
	if at[key] == nil {
		at[key] = &Position{Site: key[0], Product: key[1]}
	}
	return at[key]
}

// hold adds a balance to its position; shelf and bags of a site are one holding.
func (s *Supply) hold(at map[[2]thn.ID]*Position, c thn.StockCell) {
	p := s.position(at, c)
	p.Kept = p.Kept || c.Keys[thn.StockByKind] != string(thn.EntryGiven) && c.Kits != 0 // what sums to nothing was undone
	id := thn.ID(c.Keys[thn.StockByBatch])
	for i := range p.Holdings {
		if p.Holdings[i].Batch == id {
			p.Holdings[i].Kits += c.Kits
			return
		}
	}
	b := s.Batches[id]
	p.Holdings = append(p.Holdings, Holding{Batch: id, Expiry: b.Expiry, Kits: c.Kits, Aside: b.Quarantined})
}

func onHand(holdings []Holding) (kits int64) {
	for _, h := range holdings {
		kits += h.Kits
	}
	return kits
}

// fullMonths counts the months before this one that a site has recorded from
// beginning to end, three at most, with their days.
func fullMonths(first int, month thn.Date) (months, days int) {
	for m := month.AddMonths(-1); months < paceMonths && first != 0 && m.YearMonth() > first; m = m.AddMonths(-1) {
		months++
		days += m.DaysUntil(m.AddMonths(1))
	}
	return months, days
}

// Whole adds up the positions of all sites that a test lets through, a position
// for each product.
func (s *Supply) Whole(sees func(thn.Site) bool) (list []Position) {
	at := map[thn.ID]*Position{}
	for _, p := range s.Positions {
		if !sees(s.Sites[p.Site]) {
			continue
		}
		all := at[p.Product]
		if all == nil {
			all = &Position{Product: p.Product}
			at[p.Product] = all
		}
		all.Holdings = append(all.Holdings, p.Holdings...)
		all.Pace = together(all.Pace, p.Pace)
	}
	for _, p := range at {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Position) int { return cmp.Compare(a.Product, b.Product) })
	return list
}

// together is the pace of two sites as one. Of a site with a shorter record the
// months that it lacks count as they were: nothing left it yet.
func together(a, b Pace) Pace {
	if b.Months > a.Months {
		a.Months, a.Days = b.Months, b.Days
	}
	a.Kits += b.Kits
	return a
}
