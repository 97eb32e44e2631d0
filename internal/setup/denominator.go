package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Denominators lists the current figures for the areas that the actor reaches.
func (s *Setup) Denominators(ctx context.Context, actor thn.Actor) ([]thn.Denominator, error) {
	const op = "list denominators"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	list, err := s.store.Denominators(ctx, actor.Programme.ID)
	return slices.DeleteFunc(list, func(d thn.Denominator) bool { return !actor.ReachesArea(d.Area) }), fault.Wrap(op, err)
}

// Denominator gives one current figure that the actor reaches.
func (s *Setup) Denominator(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Denominator, error) {
	list, err := s.Denominators(ctx, actor)
	if err != nil {
		return thn.Denominator{}, err
	}
	return pick(list, "denominator", func(d thn.Denominator) bool { return d.ID == id })
}

// AddDenominator adds a figure. One that stands already, by kind, area, period,
// definition and source, is corrected instead, so that its history stays whole.
func (s *Setup) AddDenominator(ctx context.Context, actor thn.Actor, d thn.Denominator) error {
	d.Corrects, d.Void = "", false
	return s.putDenominator(ctx, actor, d, "add denominator")
}

// CorrectDenominator adds a new version of a figure; the old one stays in the ledger.
func (s *Setup) CorrectDenominator(ctx context.Context, actor thn.Actor, old thn.ID, d thn.Denominator) error {
	const op = "correct denominator"
	if _, err := s.Denominator(ctx, actor, old); err != nil {
		return fault.Wrap(op, err)
	}
	d.Corrects, d.Void = old, false
	return s.putDenominator(ctx, actor, d, op)
}

func (s *Setup) putDenominator(ctx context.Context, actor thn.Actor, d thn.Denominator, op string) error {
	areas, err := s.Areas(ctx, actor)
	if err != nil {
		return fault.Wrap(op, err)
	}
	all, err := s.store.Denominators(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(all, func(x thn.Denominator) bool { return x.ID == d.ID }) {
		return nil // the same button, pressed twice
	}
	var w wrong
	w.figure(&d)
	w.add(!slices.ContainsFunc(areas, func(a thn.Area) bool { return a.ID == d.Area }), "area", "setup.area_unknown")
	w.add(s.today(actor).Before(d.AsAt), "asat", "setup.as_at_ahead")
	if err := w.err(op); err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(x thn.Denominator) bool { return x.ID != d.Corrects && x.Scope() == d.Scope() }) {
		return fault.Fields(op, fault.Field{Name: "source", Key: "setup.figure_taken"})
	}
	if err := d.Check(); err != nil {
		return &fault.Error{Kind: fault.Invalid, Op: op, Key: "problem.invalid_text", Err: err}
	}
	return fault.Wrap(op, s.store.AddDenominators(ctx, actor.Programme.ID, actor.Account.ID, d))
}

// figure checks what a figure says, apart from where.
func (w *wrong) figure(d *thn.Denominator) {
	known(w, thn.DenominatorKinds, d.Kind, "kind", "setup.choose_list")
	d.Definition = w.name("definition", d.Definition, "setup.definition_missing")
	d.Source = w.name("source", d.Source, "setup.source_missing")
	d.URL = w.address("url", d.URL)
	w.add(d.Value < 0, "value", "setup.value_missing")
	w.add(!d.Suppressed && d.Low > d.Value, "low", "setup.low_above")
	w.add(!d.Suppressed && d.High < d.Value, "high", "setup.high_below")
	w.add(d.Period.From.IsZero(), "from", "setup.day_missing")
	w.add(d.Period.To.IsZero() || !d.Period.From.Before(d.Period.To), "to", "setup.period_order")
}

// VoidDenominator takes a figure out by a version under a new id.
func (s *Setup) VoidDenominator(ctx context.Context, actor thn.Actor, old, id thn.ID) error {
	const op = "void denominator"
	d, err := s.Denominator(ctx, actor, old)
	if err != nil {
		return fault.Wrap(op, err)
	}
	d.ID, d.Corrects, d.Void = id, old, true
	return fault.Wrap(op, s.store.AddDenominators(ctx, actor.Programme.ID, actor.Account.ID, d))
}
