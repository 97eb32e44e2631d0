package setup

import (
	"context"
	"fmt"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Askings is what decisions about the questions to ask need of the database.
type Askings interface {
	Askings(ctx context.Context, programme thn.ID) ([]thn.Asking, error)
	Propose(ctx context.Context, programme thn.ID, a thn.Asking) error
	Withdraw(ctx context.Context, programme, by thn.ID) error
	Confirm(ctx context.Context, programme thn.ID, a thn.Asking) error
	AskLess(ctx context.Context, programme thn.ID, a thn.Asking) error
	SetFace(ctx context.Context, programme, by thn.ID, f thn.Face) error
}

// Asking gives the decision in force about what a programme asks of a person,
// and the one that waits; either is empty when there is none.
func (s *Setup) Asking(ctx context.Context, actor thn.Actor) (inForce, waiting thn.Asking, err error) {
	const op = "look at what is asked"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return inForce, waiting, err
	}
	list, err := s.store.Askings(ctx, actor.Programme.ID)
	for _, a := range list {
		if a.Waits() {
			waiting = a
		} else {
			inForce = a
		}
	}
	return inForce, waiting, fault.Wrap(op, err)
}

// Ask decides what to ask. What is asked no longer stops at once; what is new
// says why, names the assessment and waits for a second person.
func (s *Setup) Ask(ctx context.Context, actor thn.Actor, want thn.Asking) error {
	const op = "decide what is asked"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	now := actor.Programme.Asks
	more := !want.Asks.Within(now)
	if more {
		var w wrong
		want.Reason = w.name("reason", want.Reason, "asking.reason_missing")
		want.Assessment = w.name("assessment", want.Assessment, "asking.assessment_missing")
		if err := w.err(op); err != nil {
			return err
		}
	}
	if less := want.Asks.Both(now); less != now {
		kept, _, err := s.Asking(ctx, actor)
		if err != nil {
			return fault.Wrap(op, err)
		}
		kept.Asks, kept.By, kept.Confirmed = less, actor.Account.ID, actor.Account.ID
		if err := s.store.AskLess(ctx, actor.Programme.ID, kept); err != nil {
			return fault.Wrap(op, err)
		}
	}
	if !more {
		return nil
	}
	want.By, want.Confirmed = actor.Account.ID, ""
	return fault.Wrap(op, s.store.Propose(ctx, actor.Programme.ID, want))
}

// ConfirmAsking puts what waits into force. seen is the SeenAsking of what the
// second person looked at; who proposed it cannot be that person.
func (s *Setup) ConfirmAsking(ctx context.Context, actor thn.Actor, seen string) error {
	const op = "confirm what is asked"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	_, waiting, err := s.Asking(ctx, actor)
	switch {
	case err != nil:
		return fault.Wrap(op, err)
	case waiting.By == "" || SeenAsking(waiting) != seen:
		return fault.Say(fault.Conflict, op, "asking.moved_on", nil)
	case waiting.By == actor.Account.ID:
		return fault.Say(fault.Denied, op, "asking.second_person", nil)
	}
	waiting.Confirmed = actor.Account.ID
	return fault.Wrap(op, s.store.Confirm(ctx, actor.Programme.ID, waiting))
}

// WithdrawAsking lets go of what waits: whoever could confirm it may, and whoever
// proposed it.
func (s *Setup) WithdrawAsking(ctx context.Context, actor thn.Actor) error {
	const op = "withdraw what is asked"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	return fault.Wrap(op, s.store.Withdraw(ctx, actor.Programme.ID, actor.Account.ID))
}

// SeenAsking tells one proposal from another: nobody confirms what was changed
// after they looked.
func SeenAsking(a thn.Asking) string { return fmt.Sprint(a.By, a.Asks, a.Reason, a.Assessment) }
