package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// PutAside chooses what stands in the scope of a period total: the single records
// there, or the total with the records as its parts. Never both.
func (s *Setup) PutAside(ctx context.Context, actor thn.Actor, id thn.ID, aside bool) error {
	const op = "choose what stands"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return err
	}
	totals, err := s.store.Totals(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	i := slices.IndexFunc(totals, func(t thn.PeriodTotal) bool { return t.ID == id })
	switch {
	case i < 0 || !actor.ReachesArea(totals[i].Area):
		return absent(op)
	case totals[i].Aside == aside:
		return nil // chosen already, perhaps by the same button pressed twice
	}
	return fault.Wrap(op, s.store.PutAside(ctx, actor.Programme.ID, actor.Account.ID, totals[i], aside))
}
