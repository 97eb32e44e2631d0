package stock

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// bagsOf lists bags with who carries them, one's own first. Handles are for
// whoever sees the programme's figures; to everybody else a bag is somebody's.
func (s *Stock) bagsOf(ctx context.Context, actor thn.Actor, wanted func(thn.Bag) bool) ([]Carried, error) {
	bags, err := s.store.Bags(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	handles, err := s.handles(ctx, actor)
	if err != nil {
		return nil, err
	}
	var list []Carried
	for _, b := range bags {
		if wanted(b) {
			list = append(list, Carried{Bag: b, Handle: handles[b.Account], Mine: b.Account == actor.Account.ID})
		}
	}
	slices.SortStableFunc(list, func(a, b Carried) int {
		switch {
		case a.Mine == b.Mine:
			return 0
		case a.Mine:
			return -1
		}
		return 1
	})
	return list, nil
}

// handles names accounts, for whoever may see who they are.
func (s *Stock) handles(ctx context.Context, actor thn.Actor) (map[thn.ID]string, error) {
	names := map[thn.ID]string{}
	if !actor.May(thn.VerbCoverage) {
		return names, nil
	}
	people, err := s.store.People(ctx, actor.Programme.ID)
	for _, m := range people {
		names[m.Account.ID] = m.Account.Handle
	}
	return names, err
}

func bagIDs(list []Carried) []thn.ID {
	ids := []thn.ID{}
	for _, c := range list {
		ids = append(ids, c.Bag.ID)
	}
	return ids
}

// OpenBags lists the bags that the actor may fill and empty: their own, and
// those of the sites within reach.
func (s *Stock) OpenBags(ctx context.Context, actor thn.Actor) ([]Carried, error) {
	const op = "open bags"
	if err := mayStock(actor, op); err != nil {
		return nil, err
	}
	reach, err := s.reach(ctx, actor)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	list, err := s.bagsOf(ctx, actor, func(b thn.Bag) bool { return !b.Closed && (b.Account == actor.Account.ID || reach[b.Site]) })
	return list, fault.Wrap(op, err)
}

// reach is the sites that the actor reaches.
func (s *Stock) reach(ctx context.Context, actor thn.Actor) (map[thn.ID]bool, error) {
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	reached := map[thn.ID]bool{}
	for _, site := range sites {
		reached[site.ID] = actor.Reaches(site)
	}
	return reached, err
}

// Mine gives the actor's own open bag, if there is one.
func (s *Stock) Mine(ctx context.Context, actor thn.Actor) (thn.Bag, bool, error) {
	bags, err := s.store.Bags(ctx, actor.Programme.ID)
	for _, b := range bags {
		if !b.Closed && b.Account == actor.Account.ID {
			return b, true, fault.Wrap("own bag", err)
		}
	}
	return thn.Bag{}, false, fault.Wrap("own bag", err)
}

// Bag gives a bag that the actor may fill and empty, closed or not.
func (s *Stock) Bag(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Bag, error) {
	op := "bag " + string(id)
	if err := mayStock(actor, op); err != nil {
		return thn.Bag{}, err
	}
	bags, err := s.store.Bags(ctx, actor.Programme.ID)
	if err != nil {
		return thn.Bag{}, fault.Wrap(op, err)
	}
	reach, err := s.reach(ctx, actor)
	if err != nil {
		return thn.Bag{}, fault.Wrap(op, err)
	}
	for _, b := range bags {
		if b.ID == id && (b.Account == actor.Account.ID || reach[b.Site]) {
			return b, nil
		}
	}
	return thn.Bag{}, absent(op)
}

// MyBag gives the actor's open bag, and opens one at the site when there is none.
func (s *Stock) MyBag(ctx context.Context, actor thn.Actor, site thn.ID) (thn.Bag, error) {
	const op = "open bag"
	if _, err := s.Site(ctx, actor, site); err != nil {
		return thn.Bag{}, err
	}
	if mine, found, err := s.Mine(ctx, actor); found || err != nil {
		return mine, err
	}
	b := thn.Bag{ID: thn.NewID(), Site: site, Account: actor.Account.ID}
	err := s.store.OpenBag(ctx, actor.Programme.ID, actor.Account.ID, b)
	if fault.Is(err, fault.Conflict) { // opened at the same moment from another page
		b, _, err = s.Mine(ctx, actor)
	}
	return b, fault.Wrap(op, err)
}

// CloseBag ends a bag: one's own, or for whoever sees the figures any within
// reach. One that the ledger still shows something in is emptied or counted
// first, so that no kit ends nowhere.
func (s *Stock) CloseBag(ctx context.Context, actor thn.Actor, id thn.ID) error {
	op := "close bag " + string(id)
	b, err := s.Closable(ctx, actor, id)
	if err != nil {
		return err
	}
	lines, err := s.In(ctx, actor, thn.Holder{Bag: id})
	switch {
	case err != nil:
		return fault.Wrap(op, err)
	case b.Closed:
		return fault.Say(fault.Conflict, op, "setup.closed_already", nil)
	case len(lines) > 0:
		return fault.Say(fault.Conflict, op, "stock.bag.not_empty", nil)
	}
	return fault.Wrap(op, s.store.CloseBag(ctx, actor.Programme.ID, actor.Account.ID, id))
}

// Closable gives a bag that the actor may end.
func (s *Stock) Closable(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Bag, error) {
	b, err := s.Bag(ctx, actor, id)
	if err == nil && b.Account != actor.Account.ID && !actor.May(thn.VerbCoverage) {
		return thn.Bag{}, absent("close bag " + string(id))
	}
	return b, err
}
