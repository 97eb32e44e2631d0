package server

import (
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// questions says what a programme asks about a person, and lets two people
// change it.
func questions(s *Server, r *request) (reply, error) {
	p, err := s.questionsPage(r, form.Questions{Asks: form.NamesOf(r.actor.Programme.Asks)}, nil)
	return reply{page: p}, err
}

func (s *Server) questionsPage(r *request, f form.Questions, wrong error) (page.Page, error) {
	inForce, waiting, err := s.Setup.Asking(r.ctx, r.actor)
	if err != nil {
		return nil, err
	}
	l := r.locale
	base := page.Base{Heading: l.T("nav.questions"), Here: "questions"}
	intro := []string{l.T("asking.intro"), l.T("asking.privacy"), l.T("asking.rights"), s.askedNow(r, inForce)}
	if !r.actor.Whole() {
		return &page.ListPage{Base: base, Intro: intro, Empty: l.T("asking.whole_only")}, nil
	}
	p := &page.FormPage{Base: base, Intro: intro}
	m := s.problems(r, wrong, &p.Base)
	p.Form = page.Form{Action: "/questions", Submit: l.T("asking.propose"), Fields: []page.Field{s.askingField(r, f.Asks, m["asks"]),
		hinted(r, textField(r, "reason", "asking.reason", f.Reason, m, false), "asking.reason_hint"),
		hinted(r, textField(r, "assessment", "asking.assessment", f.Assessment, m, false), "asking.assessment_hint")}}
	if waiting.By != "" {
		s.toConfirm(r, p, waiting)
	}
	return p, nil
}

// askedNow says what is in force.
func (s *Server) askedNow(r *request, a thn.Asking) string {
	asks := r.actor.Programme.Asks
	switch {
	case !asks.Any():
		return r.locale.T("asking.none")
	case a.Reason == "":
		return r.locale.T("asking.now", "Questions", s.asksWords(r, asks))
	}
	return r.locale.T("asking.now_because", "Questions", s.asksWords(r, asks), "Reason", a.Reason, "Assessment", a.Assessment)
}

func (s *Server) asksWords(r *request, a thn.Asks) string {
	var words []string
	for _, name := range form.NamesOf(a) {
		words = append(words, lower(r.locale.T("asking.question."+name)))
	}
	return r.locale.Beside(words...)
}

func (s *Server) askingField(r *request, chosen []string, wrong string) page.Field {
	f := page.Field{Kind: page.FieldCheck, Name: "asks", Label: r.locale.T("asking.which"), Error: wrong}
	for _, name := range form.AskNames {
		f.Options = append(f.Options, page.Option{Value: name, Label: r.locale.T("asking.question." + name), Chosen: slices.Contains(chosen, name)})
	}
	return f
}

// toConfirm puts a proposal that waits in place of the questions: it is confirmed
// or withdrawn before another is made.
func (s *Server) toConfirm(r *request, p *page.FormPage, a thn.Asking) {
	l := r.locale
	p.Intro = append(p.Intro, l.T("asking.waits", "Questions", s.asksWords(r, a.Asks), "Reason", a.Reason, "Assessment", a.Assessment))
	withdraw := page.Option{Value: "withdraw", Label: l.T("asking.withdraw")}
	if a.By == r.actor.Account.ID {
		p.Intro = append(p.Intro, l.T("asking.second_person"))
		p.Form.Fields, p.Form.Submit = []page.Field{hidden("do", withdraw.Value)}, withdraw.Label
		return
	}
	p.Form.Fields, p.Form.Submit, p.Form.Several = []page.Field{hidden("seen", setup.SeenAsking(a))}, l.T("asking.confirm"), []page.Option{withdraw}
}

func questionsSave(s *Server, r *request) (reply, error) {
	var f form.Questions
	err := r.form(&f)
	done := "asking.changed"
	switch {
	case err != nil:
	case f.Do == "withdraw":
		done, err = "asking.withdrawn", s.Setup.WithdrawAsking(r.ctx, r.actor)
	case f.Seen != "":
		done, err = "asking.confirmed", s.Setup.ConfirmAsking(r.ctx, r.actor, f.Seen)
	default:
		err = s.Setup.Ask(r.ctx, r.actor, f.ToDomain())
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		p, unread := s.questionsPage(r, f, err)
		return reply{status: http.StatusUnprocessableEntity, page: p}, unread
	}
	if err != nil {
		return reply{}, err
	}
	s.notice(r, r.locale.T(done))
	return seeOther("/questions")
}
