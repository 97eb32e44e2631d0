package recall

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Place is a shelf or bag that holds a batch of a recall or held it at the
// notice. Kits that were there when the day of the notice began are now cleared,
// given out, moved or counted otherwise, or left:
// Notice = Cleared + Given + Moved + Left.
type Place struct {
	Holder  thn.Holder
	Site    thn.Site // where the bag is filled, for a bag
	Bag     thn.Bag
	Carrier string // the handle of who carries the bag; empty when the account is gone
	Batch   thn.Batch
	Notice  int64
	Cleared int64 // taken off under a recall
	Given   int64 // given out since
	Moved   int64 // gone another way since; below 0: more came than went
	Left    int64
}

// Open tells whether there is something left to do. A ledger that lags below
// zero leaves nothing on the shelf.
func (p Place) Open() bool { return p.Left > 0 }

// Out is how many kits went out from a site in a month, 202603.
type Out struct {
	Site  thn.Site
	Month int
	Kits  int64
}

// Trace is where the batches of a recall are and went, within an actor's reach.
type Trace struct {
	Places []Place // what is left first, most kits first
	Out    []Out   // by site and month
}

// Sum adds up all places.
func (t Trace) Sum() (s Place) {
	for _, p := range t.Places {
		s.Notice, s.Cleared, s.Given, s.Moved, s.Left = s.Notice+p.Notice, s.Cleared+p.Cleared, s.Given+p.Given, s.Moved+p.Moved, s.Left+p.Left
	}
	return s
}

// Progress is how many of the kits that have to be cleared are, and how many
// places are left to go to. Kits given out since are not among them: they are
// where Out says.
func (t Trace) Progress() (cleared, of int64, places int) {
	for _, p := range t.Places {
		cleared += p.Cleared
		of += p.Cleared + max(0, p.Left)
		if p.Open() {
			places++
		}
	}
	return cleared, of, places
}

// Trace follows batches since a day; the zero day is the beginning.
func (c *Recalls) Trace(ctx context.Context, actor thn.Actor, batches []thn.ID, since thn.Date) (t Trace, err error) {
	const op = "trace batches"
	if !actor.May(thn.VerbStock) {
		return t, fault.New(fault.Denied, op, "role %s may not", actor.Grant.Role)
	}
	k, err := c.known(ctx, actor)
	if err != nil || len(batches) == 0 {
		return t, fault.Wrap(op, err)
	}
	if t.Places, err = c.places(ctx, k, batches, since); err != nil {
		return t, fault.Wrap(op, err)
	}
	t.Out, err = c.out(ctx, k, batches)
	return t, fault.Wrap(op, err)
}

func (c *Recalls) places(ctx context.Context, k *known, batches []thn.ID, since thn.Date) ([]Place, error) {
	q := thn.StockQuery{Programme: k.actor.Programme.ID, Batches: batches, From: since,
		Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByBatch, thn.StockByKind}}
	after, err := c.store.Stock(ctx, q)
	if err != nil {
		return nil, err
	}
	found := map[Place]*Place{}
	add := func(cells []thn.StockCell, count func(p *Place, kind thn.EntryKind, kits int64)) {
		for _, cell := range cells {
			at, ok := k.place(cell)
			if !ok {
				continue
			}
			if found[at] == nil {
				p := at
				found[at] = &p
			}
			count(found[at], thn.EntryKind(cell.Keys[thn.StockByKind]), cell.Kits)
		}
	}
	if !since.IsZero() {
		q.From, q.To, q.Groups = thn.Date{}, since, q.Groups[:3]
		before, err := c.store.Stock(ctx, q)
		if err != nil {
			return nil, err
		}
		add(before, func(p *Place, _ thn.EntryKind, kits int64) { p.Notice, p.Left = p.Notice+kits, p.Left+kits })
	}
	add(after, (*Place).since)
	return ordered(found), nil
}

// since counts what changed a balance after the notice.
func (p *Place) since(kind thn.EntryKind, kits int64) {
	p.Left += kits
	switch kind {
	case thn.EntryKind(thn.MovementRecalled):
		p.Cleared -= kits
	case thn.EntryGiven:
		p.Given -= kits
	default:
		p.Moved -= kits
	}
}

// ordered drops places that hold nothing and never did, and puts what is left
// to do on top.
func ordered(found map[Place]*Place) (list []Place) {
	for _, p := range found {
		if p.Notice != 0 || p.Cleared != 0 || p.Given != 0 || p.Moved != 0 || p.Left != 0 {
			list = append(list, *p)
		}
	}
	slices.SortFunc(list, func(a, b Place) int {
		switch {
		case a.Left != b.Left && (a.Open() || b.Open()):
			return int(b.Left - a.Left)
		}
		return strings.Compare(a.key(), b.key())
	})
	return list
}

func (p Place) key() string {
	return strings.Join([]string{thn.Fold(p.Site.Name), string(p.Holder.Bag), p.Batch.Lot, string(p.Batch.ID)}, "\x00")
}

func (c *Recalls) out(ctx context.Context, k *known, batches []thn.ID) (list []Out, err error) {
	cells, err := c.store.Stock(ctx, thn.StockQuery{Programme: k.actor.Programme.ID, Batches: batches, Kinds: []thn.EntryKind{thn.EntryGiven},
		Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByMonth}})
	if err != nil {
		return nil, err
	}
	for _, cell := range cells {
		at, ok := k.place(cell)
		month, err := strconv.Atoi(cell.Keys[thn.StockByMonth])
		if !ok || err != nil || cell.Kits == 0 {
			continue
		}
		i := slices.IndexFunc(list, func(o Out) bool { return o.Site.ID == at.Site.ID && o.Month == month })
		if i < 0 {
			i, list = len(list), append(list, Out{Site: at.Site, Month: month})
		}
		list[i].Kits -= cell.Kits
	}
	slices.SortFunc(list, func(a, b Out) int {
		if a.Site.ID != b.Site.ID {
			return strings.Compare(thn.Fold(a.Site.Name)+string(a.Site.ID), thn.Fold(b.Site.Name)+string(b.Site.ID))
		}
		return a.Month - b.Month
	})
	return list, nil
}

// known is the programme's reference data as far as an actor reaches.
type known struct {
	actor   thn.Actor
	batches map[thn.ID]thn.Batch
	sites   map[thn.ID]thn.Site
	bags    map[thn.ID]thn.Bag
	handles map[thn.ID]string // who carries a bag: somebody has to call them
}

func (c *Recalls) known(ctx context.Context, actor thn.Actor) (*known, error) {
	k := &known{actor: actor, batches: map[thn.ID]thn.Batch{}, sites: map[thn.ID]thn.Site{}, bags: map[thn.ID]thn.Bag{}, handles: map[thn.ID]string{}}
	batches, err := c.store.Batches(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	for _, b := range batches {
		k.batches[b.ID] = b
	}
	sites, err := c.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		k.sites[s.ID] = s
	}
	bags, err := c.store.Bags(ctx, actor.Programme.ID)
	for _, b := range bags {
		k.bags[b.ID] = b
	}
	if err != nil || len(bags) == 0 {
		return k, err
	}
	people, err := c.store.People(ctx, actor.Programme.ID)
	for _, m := range people {
		k.handles[m.Account.ID] = m.Account.Handle
	}
	return k, err
}

// place reads where a sum belongs; false when it is out of reach. A bag that the
// actor carries is in reach wherever it was filled.
func (k *known) place(cell thn.StockCell) (p Place, ok bool) {
	p.Batch = k.batches[thn.ID(cell.Keys[thn.StockByBatch])]
	p.Holder = thn.Holder{Site: thn.ID(cell.Keys[thn.StockBySite]), Bag: thn.ID(cell.Keys[thn.StockByBag])}
	p.Site = k.sites[p.Holder.Site]
	if p.Holder.Bag != "" {
		p.Bag = k.bags[p.Holder.Bag]
		p.Site, p.Carrier = k.sites[p.Bag.Site], k.handles[p.Bag.Account]
		if p.Bag.Account == k.actor.Account.ID {
			return p, true
		}
	}
	return p, k.actor.Reaches(p.Site)
}
