package setup

import (
	"context"
	"slices"
	"strings"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Statements lists what the programme states of services, the newest first, with
// what newer ones took over from.
func (s *Setup) Statements(ctx context.Context, actor thn.Actor) ([]thn.Statement, error) {
	const op = "list statements"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	list, err := s.store.Statements(ctx, actor.Programme.ID, time.Time{})
	return list, fault.Wrap(op, err)
}

// AddStatement states whether a service exists. It takes over from the one before
// and cannot be taken back, only followed by another.
func (s *Setup) AddStatement(ctx context.Context, actor thn.Actor, x thn.Statement) error {
	const op = "add statement"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	all, err := s.store.Statements(ctx, actor.Programme.ID, time.Time{})
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(all, func(y thn.Statement) bool { return y.ID == x.ID }) {
		return nil // the same button, pressed twice
	}
	var w wrong
	known(&w, thn.Services, x.Service, "service", "setup.choose_list")
	known(&w, thn.Existences, x.Exists, "exists", "setup.choose_list")
	x.Source = w.name("source", x.Source, "statements.source_missing")
	x.URL = strings.TrimSpace(x.URL)
	if strings.HasPrefix(x.URL, "https://") {
		x.URL = w.address("url", x.URL)
	} else { // readers outside follow it, so it goes to nobody on the way
		w.add(true, "url", "statements.address")
	}
	w.add(x.Dated.IsZero(), "dated", "setup.day_missing")
	w.add(s.today(actor).Before(x.Dated), "dated", "intake.day_ahead")
	if err := w.err(op); err != nil {
		return err
	}
	x.Role = actor.Grant.Role
	return fault.Wrap(op, s.store.AddStatement(ctx, actor.Programme.ID, actor.Account.ID, x))
}
