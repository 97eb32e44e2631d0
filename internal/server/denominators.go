package server

import (
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

func denominatorNew(s *Server, r *request) (reply, error) {
	return s.denominatorForm(r, "/denominators", form.Denominator{ID: string(thn.NewID()), Provisional: "no"}, nil)
}

func (s *Server) denominatorForm(r *request, action string, f form.Denominator, wrong error) (reply, error) {
	areas, err := s.Setup.Areas(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "denominators", action, wrong, func(m map[string]string) []page.Field {
			return []page.Field{idField(f.ID), codes(r, "kind", "setup.figure.kind", "denominator", thn.DenominatorKinds, f.Kind, m, false),
				areaChoice(r, "area", "setup.area", areas, f.Area, m), dayField(r, "from", "setup.figure.from", f.From(), m, false), dayField(r, "to", "setup.figure.to", f.To(), m, false),
				numberField(r, "value", "setup.figure.value", f.Value, m, false),
				hinted(r, numberField(r, "low", "setup.figure.low", f.Low, m, true), "setup.figure.interval_hint"), numberField(r, "high", "setup.figure.high", f.High, m, true),
				textField(r, "definition", "setup.figure.definition", f.Definition, m, false), textField(r, "source", "setup.figure.source", f.Source, m, false),
				textField(r, "url", "setup.figure.url", f.URL, m, true), hinted(r, dayField(r, "asat", "setup.figure.as_at", f.AsAt(), m, true), "setup.figure.as_at_hint"),
				yesNo(r, "provisional", "setup.figure.provisional", f.Provisional, m)}
		})
		if action != "/denominators" {
			p.Heading = r.locale.T("setup.figure.correct_title")
		}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "denominators", "", wrong, again)
}

func denominatorCreate(s *Server, r *request) (reply, error) {
	return s.denominatorSave(r, "/denominators", "setup.added", func(d thn.Denominator) error { return s.Setup.AddDenominator(r.ctx, r.actor, d) })
}

func (s *Server) denominatorSave(r *request, action, done string, save func(thn.Denominator) error) (reply, error) {
	var f form.Denominator
	err := r.form(&f)
	if err == nil {
		var d thn.Denominator
		if d, err = f.ToDomain(); err == nil {
			err = save(d)
		}
	}
	if err != nil {
		return s.denominatorForm(r, action, f, err)
	}
	return s.answered(r, "denominators", done, nil, nil)
}

func denominatorCorrectForm(s *Server, r *request) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	d, err := s.Setup.Denominator(r.ctx, r.actor, id)
	if err != nil {
		return reply{}, err
	}
	return s.denominatorForm(r, "/denominators/"+string(id)+"/correct", form.DenominatorOf(d, thn.NewID()), nil)
}

func denominatorCorrect(s *Server, r *request) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	if _, err := s.Setup.Denominator(r.ctx, r.actor, id); err != nil {
		return reply{}, err
	}
	return s.denominatorSave(r, "/denominators/"+string(id)+"/correct", "setup.figure.corrected", func(d thn.Denominator) error { return s.Setup.CorrectDenominator(r.ctx, r.actor, id, d) })
}

func (s *Server) denominatorEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	d, err := s.Setup.Denominator(r.ctx, r.actor, id)
	e := closing(r, "denominators", id, d.Definition)
	e.intro, e.submit, e.done = "setup.figure.withdraw_intro", "setup.figure.withdraw_submit", "setup.figure.withdrawn"
	return e, err
}

func denominatorClose(s *Server, r *request) (reply, error) {
	e, err := s.denominatorEnding(r)
	return s.askNow(r, e, err)
}

func denominatorEnd(s *Server, r *request) (reply, error) {
	e, err := s.denominatorEnding(r)
	return s.endNow(r, e, err, func(fresh thn.ID) error {
		if fresh == "" {
			fresh = thn.NewID()
		}
		return s.Setup.VoidDenominator(r.ctx, r.actor, e.id, fresh)
	})
}
