package recall

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Held is a recall in force with the places in an actor's reach that still have
// kits of it.
type Held struct {
	Recall thn.Recall
	Places []Place
}

// Held lists what an actor has to take off shelves and out of bags, newest
// notice first: what Give out, the day's page and the stock page warn of. With
// no recall in force it costs one short read.
func (c *Recalls) Held(ctx context.Context, actor thn.Actor) (list []Held, err error) {
	recalls, err := c.List(ctx, actor)
	if err != nil {
		return nil, err
	}
	for _, r := range recalls {
		if !r.InForce() || !r.Clears() {
			continue
		}
		t, err := c.Trace(ctx, actor, r.Batches, r.Day)
		if err != nil {
			return nil, fault.Wrap("look for recalled kits", err)
		}
		h := Held{Recall: r}
		for _, p := range t.Places {
			if p.Open() {
				h.Places = append(h.Places, p)
			}
		}
		if len(h.Places) > 0 {
			list = append(list, h)
		}
	}
	return list, nil
}

// Movements lists what was taken off under a recall and still counts, within
// the actor's reach.
func (c *Recalls) Movements(ctx context.Context, actor thn.Actor, r thn.Recall) (list []thn.Movement, err error) {
	all, err := c.store.Recalled(ctx, actor.Programme.ID, r.ID)
	if err != nil {
		return nil, fault.Wrap("recall movements", err)
	}
	k, err := c.known(ctx, actor)
	for _, m := range all {
		if actor.Reaches(k.sites[m.Site]) {
			list = append(list, m)
		}
	}
	return list, fault.Wrap("recall movements", err)
}
