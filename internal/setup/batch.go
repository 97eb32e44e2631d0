package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Batches lists the programme's batches, closed ones included.
func (s *Setup) Batches(ctx context.Context, actor thn.Actor) ([]thn.Batch, error) {
	const op = "list batches"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	batches, err := s.store.Batches(ctx, actor.Programme.ID)
	return batches, fault.Wrap(op, err)
}

// Batch gives one batch of the programme.
func (s *Setup) Batch(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Batch, error) {
	batches, err := s.Batches(ctx, actor)
	if err != nil {
		return thn.Batch{}, err
	}
	return pick(batches, "batch", func(b thn.Batch) bool { return b.ID == id })
}

// AddBatch adds a batch of a product that is in use. A pack that prints only a
// month may be used until the last day of it. One that has expired is taken
// too: kits of it may still be out there, and their records need its name.
func (s *Setup) AddBatch(ctx context.Context, actor thn.Actor, b thn.Batch) error {
	const op = "add batch"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	products, err := s.store.Products(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	all, err := s.store.Batches(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(all, func(x thn.Batch) bool { return x.ID == b.ID }) {
		return nil // the same button, pressed twice
	}
	var w wrong
	w.add(!slices.ContainsFunc(products, func(p thn.Product) bool { return p.ID == b.Product && !p.Closed }), "product", "setup.product_unknown")
	b.Lot = w.name("lot", b.Lot, "setup.lot_missing")
	w.add(slices.ContainsFunc(all, func(x thn.Batch) bool { return x.Product == b.Product && same(x.Lot, b.Lot) }), "lot", "setup.lot_taken")
	w.add(b.Expiry.IsZero(), "expiry", "setup.expiry_missing")
	w.add(s.farYear(actor, b.Expiry), "expiry", "setup.expiry_range")
	if b.MonthOnly {
		b.Expiry = b.Expiry.AddMonths(1).AddDays(-1)
	}
	w.add(!b.Produced.IsZero() && s.today(actor).Before(b.Produced), "produced", "setup.produced_ahead")
	w.add(!b.Produced.IsZero() && !b.Expiry.IsZero() && b.Expiry.Before(b.Produced), "expiry", "setup.expiry_before")
	if err := w.err(op); err != nil {
		return err
	}
	b.Closed = false
	return taken(op, s.store.AddBatches(ctx, actor.Programme.ID, actor.Account.ID, b), "lot", "setup.lot_taken")
}

// Years that a pack may print: naloxone lasts four years at most, so that a
// century typed wrong shows.
const (
	firstYear     = 1990
	furthestYears = 10
)

// farYear tells whether a day's year cannot be on a pack.
func (s *Setup) farYear(actor thn.Actor, d thn.Date) bool {
	return d.Year() < firstYear || d.Year() > s.today(actor).Year()+furthestYears
}

// CloseBatch takes a batch off the worker's list; records keep naming it.
func (s *Setup) CloseBatch(ctx context.Context, actor thn.Actor, id thn.ID) error {
	const op = "close batch"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	b, err := s.Batch(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if b.Closed {
		return closedAlready(op)
	}
	return fault.Wrap(op, s.store.CloseBatch(ctx, actor.Programme.ID, actor.Account.ID, id))
}
