package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Surveys lists the current answers of surveys about areas that the actor reaches.
func (s *Setup) Surveys(ctx context.Context, actor thn.Actor) ([]thn.Survey, error) {
	const op = "list surveys"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	list, err := s.store.Surveys(ctx, actor.Programme.ID)
	return slices.DeleteFunc(list, func(x thn.Survey) bool { return !actor.ReachesArea(x.Area) }), fault.Wrap(op, err)
}

// Survey gives one current answer that the actor reaches.
func (s *Setup) Survey(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Survey, error) {
	list, err := s.Surveys(ctx, actor)
	if err != nil {
		return thn.Survey{}, err
	}
	return pick(list, "survey", func(x thn.Survey) bool { return x.ID == id })
}

// AddSurvey adds what people answered. An answer that stands already, by question,
// area, period, who was asked and source, is to be corrected instead.
func (s *Setup) AddSurvey(ctx context.Context, actor thn.Actor, x thn.Survey) error {
	x.Corrects, x.Void = "", false
	return s.putSurvey(ctx, actor, x, "add survey")
}

// CorrectSurvey adds a new version of an answer; the old one stays in the ledger.
func (s *Setup) CorrectSurvey(ctx context.Context, actor thn.Actor, old thn.ID, x thn.Survey) error {
	const op = "correct survey"
	if _, err := s.Survey(ctx, actor, old); err != nil {
		return fault.Wrap(op, err)
	}
	x.Corrects, x.Void = old, false
	return s.putSurvey(ctx, actor, x, op)
}

func (s *Setup) putSurvey(ctx context.Context, actor thn.Actor, x thn.Survey, op string) error {
	areas, err := s.Areas(ctx, actor)
	if err != nil {
		return fault.Wrap(op, err)
	}
	all, err := s.store.Surveys(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(all, func(o thn.Survey) bool { return o.ID == x.ID }) {
		return nil // the same button, pressed twice
	}
	var w wrong
	w.survey(&x)
	w.add(!slices.ContainsFunc(areas, func(a thn.Area) bool { return a.ID == x.Area }), "area", "setup.area_unknown")
	w.add(s.today(actor).Before(x.AsAt), "asat", "setup.as_at_ahead")
	w.add(s.today(actor).Before(x.Period.From), "from", "survey.ahead")
	if err := w.err(op); err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(o thn.Survey) bool { return o.ID != x.Corrects && o.Scope() == x.Scope() }) {
		return fault.Fields(op, fault.Field{Name: "question", Key: "survey.taken"})
	}
	if err := x.Check(); err != nil {
		return &fault.Error{Kind: fault.Invalid, Op: op, Key: "problem.invalid_text", Err: err}
	}
	return fault.Wrap(op, s.store.AddSurveys(ctx, actor.Programme.ID, actor.Account.ID, x))
}

// survey checks what an answer says, apart from where.
func (w *wrong) survey(x *thn.Survey) {
	known(w, thn.Questions, x.Question, "question", "setup.choose_list")
	x.Sample = w.name("sample", x.Sample, "survey.sample_missing")
	x.Source = w.name("source", x.Source, "setup.source_missing")
	x.URL = w.address("url", x.URL)
	w.add(x.Yes < 0, "yes", "setup.value_missing")
	w.add(x.Asked < 0 || x.Asked > 0 && x.Asked < x.Yes, "asked", "survey.asked_below")
	w.add(x.Returns != 0 && x.Question != thn.CameBack, "returns", "survey.returns_alone")
	w.add(x.Returns != 0 && x.Question == thn.CameBack && x.Returns < x.Yes, "returns", "survey.returns_below")
	w.add(x.Period.From.IsZero(), "from", "setup.day_missing")
	w.add(x.Period.To.IsZero() || !x.Period.From.Before(x.Period.To), "to", "setup.period_order")
}

// VoidSurvey takes an answer out by a version under a new id.
func (s *Setup) VoidSurvey(ctx context.Context, actor thn.Actor, old, id thn.ID) error {
	const op = "void survey"
	x, err := s.Survey(ctx, actor, old)
	if err != nil {
		return fault.Wrap(op, err)
	}
	x.ID, x.Corrects, x.Void = id, old, true
	return fault.Wrap(op, s.store.AddSurveys(ctx, actor.Programme.ID, actor.Account.ID, x))
}
