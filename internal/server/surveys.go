package server

import (
	"cmp"
	"slices"

	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// surveyList shows what groups of people answered, the newest first.
func surveyList(s *Server, r *request) (reply, error) {
	list, err := s.Setup.Surveys(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	named, err := s.areaNames(r)
	if err != nil {
		return reply{}, err
	}
	slices.SortFunc(list, func(a, b thn.Survey) int {
		return cmp.Or(cmp.Compare(b.Period.To.String(), a.Period.To.String()), cmp.Compare(a.Sampling(), b.Sampling()),
			cmp.Compare(slices.Index(thn.Questions, a.Question), slices.Index(thn.Questions, b.Question)))
	})
	t := page.Table{Columns: columns(r, "survey.question", "setup.area", "survey.when", "survey.yes", "survey.asked", "setup.figure.source")}
	t.Columns[3].Numeric, t.Columns[4].Numeric = true, true
	for _, x := range list {
		t.Rows = append(t.Rows, surveyRow(r, x, named[x.Area]))
	}
	return listing(r, "surveys", t)
}

func surveyRow(r *request, x thn.Survey, area string) page.Row {
	l := r.locale
	yes, asked := page.Cell{Text: l.Number(x.Yes), Numeric: true}, page.Cell{Text: l.T("survey.not_told"), State: "missing", Numeric: true}
	if x.Asked > 0 {
		asked = page.Cell{Text: l.Number(x.Asked), Numeric: true}
	}
	if x.Returns > 0 {
		yes.Note = l.N("survey.came_back_times", int(x.Returns))
	}
	return page.Row{Cells: []page.Cell{{Text: l.T("code.question." + string(x.Question)), Note: x.Sample}, {Text: area}, {Text: l.Period(x.Period)}, yes, asked,
		{Text: x.Source, URL: x.URL},
		acts(page.Option{Value: "/surveys/" + string(x.ID) + "/correct", Label: l.T("setup.figure.correct")},
			page.Option{Value: "/surveys/" + string(x.ID) + "/close", Label: l.T("setup.figure.withdraw")})}}
}

func surveyNew(s *Server, r *request) (reply, error) {
	return s.surveyForm(r, "/surveys", form.Survey{ID: string(thn.NewID())}, nil)
}

func (s *Server) surveyForm(r *request, action string, f form.Survey, wrong error) (reply, error) {
	areas, err := s.Setup.Areas(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "surveys", action, wrong, func(m map[string]string) []page.Field { return surveyFields(r, f, areas, m) })
		p.Intro = []string{r.locale.T("survey.privacy")}
		if action != "/surveys" {
			p.Heading = r.locale.T("survey.correct_title")
		}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "surveys", "", wrong, again)
}

func surveyFields(r *request, f form.Survey, areas []thn.Area, m map[string]string) []page.Field {
	return []page.Field{idField(f.ID), codes(r, "question", "survey.question", "question", thn.Questions, f.Question, m, false),
		hinted(r, textField(r, "sample", "survey.sample", f.Sample, m, false), "survey.sample_hint"),
		numberField(r, "yes", "survey.yes", f.Yes, m, false),
		hinted(r, numberField(r, "asked", "survey.asked", f.Asked, m, true), "survey.asked_hint"),
		hinted(r, numberField(r, "returns", "survey.returns", f.Returns, m, true), "survey.returns_hint"),
		areaChoice(r, "area", "setup.area", areas, f.Area, m), dayField(r, "from", "survey.from", f.From(), m, false), dayField(r, "to", "survey.to", f.To(), m, false),
		textField(r, "source", "setup.figure.source", f.Source, m, false), textField(r, "url", "setup.figure.url", f.URL, m, true),
		hinted(r, dayField(r, "asat", "setup.figure.as_at", f.AsAt(), m, true), "setup.figure.as_at_hint")}
}

func surveyCreate(s *Server, r *request) (reply, error) {
	return s.surveySave(r, "/surveys", "setup.added", func(x thn.Survey) error { return s.Setup.AddSurvey(r.ctx, r.actor, x) })
}

func (s *Server) surveySave(r *request, action, done string, save func(thn.Survey) error) (reply, error) {
	var f form.Survey
	err := r.form(&f)
	if err == nil {
		var x thn.Survey
		if x, err = f.ToDomain(); err == nil {
			err = save(x)
		}
	}
	if err != nil {
		return s.surveyForm(r, action, f, err)
	}
	return s.answered(r, "surveys", done, nil, nil)
}

// survey finds the answer that the address names.
func (s *Server) survey(r *request) (thn.Survey, error) {
	id, err := r.id("id")
	if err != nil {
		return thn.Survey{}, err
	}
	return s.Setup.Survey(r.ctx, r.actor, id)
}

func surveyCorrectForm(s *Server, r *request) (reply, error) {
	x, err := s.survey(r)
	if err != nil {
		return reply{}, err
	}
	return s.surveyForm(r, "/surveys/"+string(x.ID)+"/correct", form.SurveyOf(x, thn.NewID()), nil)
}

func surveyCorrect(s *Server, r *request) (reply, error) {
	old, err := s.survey(r)
	if err != nil {
		return reply{}, err
	}
	return s.surveySave(r, "/surveys/"+string(old.ID)+"/correct", "setup.figure.corrected", func(x thn.Survey) error {
		return s.Setup.CorrectSurvey(r.ctx, r.actor, old.ID, x)
	})
}

func (s *Server) surveyEnding(r *request) (ending, error) {
	x, err := s.survey(r)
	e := closing(r, "surveys", x.ID, r.locale.T("code.question."+string(x.Question)))
	e.intro, e.submit, e.done = "survey.withdraw_intro", "setup.figure.withdraw_submit", "setup.figure.withdrawn"
	return e, err
}

func surveyClose(s *Server, r *request) (reply, error) {
	e, err := s.surveyEnding(r)
	return s.askNow(r, e, err)
}

func surveyEnd(s *Server, r *request) (reply, error) {
	e, err := s.surveyEnding(r)
	return s.endNow(r, e, err, func(fresh thn.ID) error {
		if fresh == "" {
			fresh = thn.NewID()
		}
		return s.Setup.VoidSurvey(r.ctx, r.actor, e.id, fresh)
	})
}
