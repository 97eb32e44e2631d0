package stock

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Doubts tells what looks wrong about movements that are about to be recorded,
// beside the questions of the form: more than the ledger shows, kits past their
// date received, a second count of a day with another number. None of it is
// impossible, because the ledger may lag behind the shelf: whoever stands before
// it confirms. replaced is the version that a correction takes the place of.
func (s *Stock) Doubts(ctx context.Context, actor thn.Actor, replaced thn.ID, moves ...thn.Movement) ([]fault.Field, error) {
	const op = "weigh movement"
	var doubts []fault.Field
	for _, m := range moves {
		_, _, err := s.store.Fact(ctx, actor.Programme.ID, m.ID)
		if err == nil {
			continue // the same page sent twice: it is there, and intake says so
		}
		if !fault.Is(err, fault.NotFound) {
			return nil, fault.Wrap(op, err)
		}
		for _, weigh := range []func(context.Context, thn.Actor, thn.ID, thn.Movement) ([]fault.Field, error){s.tooMany, s.expired, s.countedAlready} {
			found, err := weigh(ctx, actor, replaced, m)
			if err != nil {
				return nil, fault.Wrap(op, err)
			}
			doubts = append(doubts, found...)
		}
	}
	return doubts, nil
}

// tooMany compares what a movement takes with what the ledger shows there today.
func (s *Stock) tooMany(ctx context.Context, actor thn.Actor, replaced thn.ID, m thn.Movement) ([]fault.Field, error) {
	if m.Kind == thn.MovementCount {
		return nil, nil
	}
	var before []thn.StockEntry
	if replaced != "" {
		was, err := s.Movement(ctx, actor, replaced)
		if err != nil {
			return nil, err
		}
		before = was.Stock()
	}
	for _, e := range m.Stock() {
		if e.Kits > 0 {
			continue
		}
		has, _, err := s.Balance(ctx, actor, e.Holder, e.Product, e.Batch)
		if fault.Is(err, fault.NotFound) {
			return nil, nil // beyond reach: intake says so
		}
		if err != nil {
			return nil, err
		}
		for _, b := range before {
			if b.Holder == e.Holder && b.Product == e.Product && b.Batch == e.Batch {
				has -= b.Kits
			}
		}
		if has < -e.Kits {
			return []fault.Field{{Name: "kits", Key: "stock.doubt.more", Args: map[string]any{"Has": max(0, has), "Takes": -e.Kits}}}, nil
		}
	}
	return nil, nil
}

func (s *Stock) expired(ctx context.Context, actor thn.Actor, _ thn.ID, m thn.Movement) ([]fault.Field, error) {
	if m.Kind != thn.MovementReceived || m.Batch == "" {
		return nil, nil
	}
	batches, err := s.store.Batches(ctx, actor.Programme.ID)
	for _, b := range batches {
		if b.ID == m.Batch {
			return Expired(b, m.Day), err
		}
	}
	return nil, err
}

// Expired is the doubt about a batch received after its last day. A batch that
// is yet to be added has its month as the pack prints it.
func Expired(b thn.Batch, day thn.Date) []fault.Field {
	last := b.Expiry
	if b.MonthOnly {
		last = last.FirstOfMonth().AddMonths(1).AddDays(-1)
	}
	if !last.Before(day) {
		return nil
	}
	return []fault.Field{{Name: "product", Key: "stock.doubt.expired"}}
}

// countedAlready finds another count of the same shelf or bag, product and batch
// on that day with another number. The same number twice says the same.
func (s *Stock) countedAlready(ctx context.Context, actor thn.Actor, replaced thn.ID, m thn.Movement) ([]fault.Field, error) {
	if m.Kind != thn.MovementCount {
		return nil, nil
	}
	counts, err := s.store.Movements(ctx, thn.MovementQuery{Programme: actor.Programme.ID, Sites: only(m.Site), Kinds: []thn.MovementKind{thn.MovementCount},
		From: m.Day, To: m.Day.AddDays(1)})
	for _, c := range counts {
		was := c.Movement
		if was.ID != m.ID && was.ID != replaced && was.Bag == m.Bag && was.Product == m.Product && was.Batch == m.Batch && was.Counted != m.Counted {
			return []fault.Field{{Name: "counted", Key: "stock.doubt.counted", Args: map[string]any{"Was": was.Counted, "Now": m.Counted}}}, err
		}
	}
	return nil, err
}
