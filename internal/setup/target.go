package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Targets lists the levels that the programme set for the areas that the actor
// reaches, and those for every place; ended ones are included.
func (s *Setup) Targets(ctx context.Context, actor thn.Actor) ([]thn.Target, error) {
	const op = "list targets"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	list, err := s.store.Targets(ctx, actor.Programme.ID)
	return slices.DeleteFunc(list, func(t thn.Target) bool { return t.Area != "" && !actor.ReachesArea(t.Area) }), fault.Wrap(op, err)
}

// Target gives one level that the actor may end.
func (s *Setup) Target(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Target, error) {
	list, err := s.Targets(ctx, actor)
	if err != nil {
		return thn.Target{}, err
	}
	return pick(list, "target", func(t thn.Target) bool { return t.ID == id && MaySetTarget(actor, t.Area) })
}

// MaySetTarget tells whether an actor sets the levels of an area; those of every
// place are for who answers for the whole programme.
func MaySetTarget(actor thn.Actor, area thn.ID) bool {
	if area == "" {
		return actor.Whole()
	}
	return actor.ReachesArea(area)
}

// AddTarget adds a level for one of the indicators that can have one. Whatever
// held before it stays for the days before.
func (s *Setup) AddTarget(ctx context.Context, actor thn.Actor, t thn.Target, indicators []string) error {
	const op = "add target"
	areas, err := s.Areas(ctx, actor)
	if err != nil {
		return fault.Wrap(op, err)
	}
	all, err := s.store.Targets(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(all, func(x thn.Target) bool { return x.ID == t.ID }) {
		return nil // the same button, pressed twice
	}
	var w wrong
	known(&w, indicators, t.Indicator, "indicator", "setup.choose_list")
	w.add(t.Area != "" && !slices.ContainsFunc(areas, func(a thn.Area) bool { return a.ID == t.Area }) || !MaySetTarget(actor, t.Area), "area", "setup.area_unknown")
	w.add(t.Thousandths < 1 || t.Thousandths > thn.LongestTarget, "value", "targets.value_missing")
	w.add(t.From.IsZero(), "from", "setup.day_missing")
	w.ahead("from", t.From, s.today(actor))
	t.Source, t.URL, t.Until = w.name("source", t.Source, "targets.source_missing"), w.address("url", t.URL), thn.Date{}
	w.add(slices.ContainsFunc(all, func(x thn.Target) bool {
		return x.Indicator == t.Indicator && x.Area == t.Area && x.From == t.From && (x.Until.IsZero() || x.From.Before(x.Until))
	}), "from", "targets.from_taken")
	if err := w.err(op); err != nil {
		return err
	}
	return fault.Wrap(op, s.store.AddTarget(ctx, actor.Programme.ID, actor.Account.ID, t))
}

// EndTarget sets the first day on which a level no longer holds. The day it
// began ends one that never should have been.
func (s *Setup) EndTarget(ctx context.Context, actor thn.Actor, id thn.ID, from thn.Date) error {
	const op = "end target"
	t, err := s.Target(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if !t.Until.IsZero() {
		return closedAlready(op)
	}
	var w wrong
	w.add(from.IsZero(), "from", "setup.day_missing")
	w.add(from.Before(t.From), "from", "setup.day_before_begin")
	w.ahead("from", from, s.today(actor))
	if err := w.err(op); err != nil {
		return err
	}
	return fault.Wrap(op, s.store.EndTarget(ctx, actor.Programme.ID, actor.Account.ID, id, from))
}
