package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Country is how a programme stands to the others of its country: who they are,
// what it said of its own figures, and whose figures it may add to its own.
type Country struct {
	Others []thn.Programme
	Words  []thn.Contribution // the newest first
	With   []thn.Programme
}

// Publisher is the programme that may add the figures now; false: none may.
func (c Country) Publisher() (thn.Programme, bool) {
	if len(c.Words) == 0 {
		return thn.Programme{}, false
	}
	return c.Other(c.Words[0].Publisher)
}

// Other finds one of the others.
func (c Country) Other(id thn.ID) (thn.Programme, bool) {
	i := slices.IndexFunc(c.Others, func(p thn.Programme) bool { return p.ID == id })
	if i < 0 {
		return thn.Programme{}, false
	}
	return c.Others[i], true
}

// Country tells how the programme stands to the others of its country. Invented
// records and real ones are never added.
func (s *Setup) Country(ctx context.Context, actor thn.Actor) (c Country, err error) {
	const op = "read contributions"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return c, err
	}
	all, err := s.store.Programmes(ctx)
	if err != nil {
		return c, fault.Wrap(op, err)
	}
	for _, p := range all {
		if p.ID != actor.Programme.ID && p.Country == actor.Programme.Country && p.Demo == actor.Programme.Demo {
			c.Others = append(c.Others, p)
		}
	}
	if c.Words, err = s.store.Contributions(ctx, actor.Programme.ID); err != nil {
		return c, fault.Wrap(op, err)
	}
	with, err := s.store.Contributors(ctx, actor.Programme.ID)
	for _, id := range with {
		if p, known := c.Other(id); known {
			c.With = append(c.With, p)
		}
	}
	return c, fault.Wrap(op, err)
}

// Contribute says which programme may add this one's figures to its own; an empty
// publisher takes the word back.
func (s *Setup) Contribute(ctx context.Context, actor thn.Actor, publisher thn.ID) error {
	const op = "contribute"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	c, err := s.Country(ctx, actor)
	if err != nil {
		return err
	}
	_, known := c.Other(publisher)
	now, any := c.Publisher()
	var w wrong
	w.add(publisher != "" && !known, "publisher", "contribution.choose")
	w.add(publisher == now.ID && (any || len(c.Words) == 0 || c.Words[0].Publisher == ""), "publisher", "contribution.same")
	if err := w.err(op); err != nil {
		return err
	}
	return fault.Wrap(op, s.store.AddContribution(ctx, actor.Account.ID, thn.Contribution{Programme: actor.Programme.ID, Publisher: publisher, Role: actor.Grant.Role}))
}
