package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Revisions lists what was decided about a batch, oldest first.
func (s *Setup) Revisions(ctx context.Context, actor thn.Actor, batch thn.ID) ([]thn.BatchRevision, error) {
	const op = "list revisions"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	list, err := s.store.Revisions(ctx, actor.Programme.ID, batch)
	return list, fault.Wrap(op, err)
}

// ReviseBatch adds a decision about a batch: its new last day, that it is put
// aside, or that it is given out again. A last day before the printed one is
// taken only with shorter, which says that the source means it. What a recall
// holds is let go by lifting the recall.
func (s *Setup) ReviseBatch(ctx context.Context, actor thn.Actor, r thn.BatchRevision, shorter bool) error {
	const op = "revise batch"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	b, err := s.Batch(ctx, actor, r.Batch)
	if err != nil {
		return fault.Wrap(op, err)
	}
	before, err := s.store.Revisions(ctx, actor.Programme.ID, r.Batch)
	if err != nil || slices.ContainsFunc(before, func(x thn.BatchRevision) bool { return x.ID == r.ID }) {
		return fault.Wrap(op, err) // the same button, pressed twice
	}
	if r.MonthOnly {
		r.Expiry = r.Expiry.AddMonths(1).AddDays(-1)
	}
	var w wrong
	known(&w, thn.BatchChanges, r.Change, "change", "setup.choose_list")
	r.Source = w.name("source", r.Source, "setup.source_missing")
	w.add(r.Day.IsZero() || s.today(actor).Before(r.Day), "day", "intake.day_ahead")
	if r.Change == thn.BatchExtended {
		s.checkExpiry(&w, actor, b, r.Expiry, shorter)
	} else {
		r.Expiry, r.MonthOnly = thn.Date{}, false
	}
	if err := w.err(op); err != nil {
		return err
	}
	if err := s.mayTurn(ctx, actor, b, r.Change); err != nil {
		return err
	}
	return fault.Wrap(op, s.store.ReviseBatch(ctx, actor.Programme.ID, actor.Account.ID, r))
}

func (s *Setup) checkExpiry(w *wrong, actor thn.Actor, b thn.Batch, day thn.Date, shorter bool) {
	printed, _ := b.OnPack()
	w.add(day.IsZero(), "expiry", "setup.expiry_missing")
	w.add(!day.IsZero() && s.farYear(actor, day), "expiry", "setup.expiry_range")
	w.add(!day.IsZero() && day == b.Expiry, "expiry", "batch.expiry_same")
	w.add(!day.IsZero() && day.Before(printed) && !shorter, "expiry", "batch.expiry_shorter")
}

// mayTurn refuses to put aside what is, and to let go what is not or what a
// recall holds.
func (s *Setup) mayTurn(ctx context.Context, actor thn.Actor, b thn.Batch, change thn.BatchChange) error {
	const op = "revise batch"
	switch {
	case change == thn.BatchQuarantined && b.Quarantined:
		return fault.Say(fault.Conflict, op, "batch.aside_already", nil)
	case change == thn.BatchReleased && !b.Quarantined:
		return fault.Say(fault.Conflict, op, "batch.released_already", nil)
	case change != thn.BatchReleased:
		return nil
	}
	recalls, err := s.store.Recalls(ctx, actor.Programme.ID)
	if slices.ContainsFunc(recalls, func(r thn.Recall) bool { return r.InForce() && r.Clears() && slices.Contains(r.Batches, b.ID) }) {
		return fault.Say(fault.Conflict, op, "batch.recalled", nil)
	}
	return fault.Wrap(op, err)
}
