package server

import (
	"net/http"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// reviewList shows what waits for a decision, what came first on top.
func reviewList(s *Server, r *request) (reply, error) {
	waiting, err := s.Review.List(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	t := page.Table{Caption: l.T("review.title")}
	for _, key := range []string{"review.kind", "review.received", "review.by", "review.cause"} {
		t.Columns = append(t.Columns, page.Column{Label: l.T(key)})
	}
	for _, w := range waiting {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: l.T("kind." + string(w.Kind)), URL: "/review/" + string(w.ID)},
			{Text: s.hour(r, w.Hour)}, {Text: sender(r, w)}, {Text: l.T("held." + w.Cause)}}})
	}
	return reply{page: &page.ListPage{Base: page.Base{Heading: l.T("review.title"), Here: "review", Wide: true}, Intro: reviewListIntro(r, waiting),
		Empty: l.T("review.empty"), Table: t}}, nil
}

// reviewListIntro says what the list is, and how many of it nobody can read.
func reviewListIntro(r *request, waiting []intake.Waiting) []string {
	lines, unread := []string{r.locale.T("review.intro")}, 0
	for _, w := range waiting {
		if w.Cause == thn.CauseUnreadable {
			unread++
		}
	}
	if unread > 0 {
		lines = append(lines, r.locale.N("review.unread", unread))
	}
	return lines
}

// toDecide leads to what waits for a decision, if anything does.
func (s *Server) toDecide(r *request) (page.Option, error) {
	if !r.actor.May(thn.VerbReview) {
		return page.Option{}, nil
	}
	list, err := s.Review.List(r.ctx, r.actor)
	if err != nil || len(list) == 0 {
		return page.Option{}, err
	}
	return page.Option{Value: "/review", Label: r.locale.N("review.waiting", len(list))}, nil
}

// sender names who sent it.
func sender(r *request, w intake.Waiting) string {
	if w.Handle == "" {
		return r.locale.T("review.somebody")
	}
	return w.Handle
}

// hour writes an hour in the programme's zone; nothing finer is kept.
func (s *Server) hour(r *request, hour string) string {
	from, err := time.Parse("2006-01-02T15", hour)
	if err != nil {
		return hour
	}
	zone := r.actor.Programme.Location()
	from = from.In(zone)
	return r.locale.T("review.hour", "Date", r.locale.Date(thn.DateOf(from, zone)), "From", from.Format("15:04"), "To", from.Add(time.Hour).Format("15:04"))
}

// looked is the held record that the address names.
func (s *Server) looked(r *request) (intake.Waiting, error) {
	id, err := r.id("id")
	if err != nil {
		return intake.Waiting{}, err
	}
	return s.Review.Look(r.ctx, r.actor, id)
}

func reviewShow(s *Server, r *request) (reply, error) {
	w, err := s.looked(r)
	if err != nil {
		return reply{}, err
	}
	named, err := s.named(r)
	if err != nil {
		return reply{}, err
	}
	l, path := r.locale, "/review/"+string(w.ID)
	p := &page.Review{Base: page.Base{Heading: l.T("review.one_title", "Kind", l.T("kind."+string(w.Kind))), Here: "review", Wide: true},
		Table: named.versions(w), Out: page.Option{Value: path + "/out", Label: l.T("review.take_out")}}
	p.Intro = reviewIntro(r, w, s.hour(r, w.Hour))
	if len(w.Blocked) == 0 {
		p.Accept = page.Form{Action: path, Submit: l.T(acceptKey(w)), Fields: []page.Field{idField(string(thn.NewID()))}}
	}
	if _, ok := form.HeldDistribution(w.Payload, s.today(r)); ok && mayPutRight(w) {
		p.More = page.Option{Value: path + "/correct", Label: l.T("review.put_right")}
	}
	return reply{page: p}, nil
}

// reviewIntro says where it comes from and what stands in its way.
func reviewIntro(r *request, w intake.Waiting, hour string) []string {
	l := r.locale
	lines := []string{l.T("review.one_intro", "Name", sender(r, w), "Hour", hour, "Cause", l.T("held."+w.Cause))}
	if w.Void {
		lines = append(lines, l.T("review.is_void"))
	} else if w.Other != nil {
		lines = append(lines, l.T("review.beside"))
	}
	if len(w.Blocked) == 0 {
		return append(lines, l.T("review.can"))
	}
	for _, code := range w.Blocked {
		if code != w.Cause {
			lines = append(lines, l.T("review.cannot", "Cause", l.T("held."+code)))
		}
	}
	return lines
}

func acceptKey(w intake.Waiting) string {
	switch {
	case w.Void:
		return "review.accept_void"
	case w.Other != nil:
		return "review.accept_instead"
	}
	return "review.accept"
}

// mayPutRight tells whether there is a form to put it right with.
func mayPutRight(w intake.Waiting) bool {
	return w.Kind == thn.KindDistribution && !w.Void && (w.OtherID == "" || w.Other != nil && w.Other.Mentions().Site() != "")
}

// reviewAccept stores it as it was sent.
func reviewAccept(s *Server, r *request) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	var posted againPosted
	if err := r.form(&posted); err != nil {
		if _, gone := s.Review.Look(r.ctx, r.actor, id); gone != nil {
			return reply{}, gone
		}
		return reply{}, err
	}
	return s.decided(r, "review.accepted", s.Review.Accept(r.ctx, r.actor, id, thn.ID(posted.ID)))
}

// decided goes back to the list with what was done.
func (s *Server) decided(r *request, done string, err error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	s.notice(r, r.locale.T(done))
	return seeOther("/review")
}

func reviewOutForm(s *Server, r *request) (reply, error) {
	w, err := s.looked(r)
	if err != nil {
		return reply{}, err
	}
	return reply{page: s.outPage(r, w, "", nil)}, nil
}

// outPage asks why before something is left out for good.
func (s *Server) outPage(r *request, w intake.Waiting, why string, wrong error) *page.FormPage {
	l, path := r.locale, "/review/"+string(w.ID)
	p := &page.FormPage{Base: page.Base{Heading: l.T("review.take_out_title"), Here: "review"}, Intro: []string{l.T("review.take_out_intro")}}
	m := s.problems(r, wrong, &p.Base)
	f := page.Field{Kind: page.FieldRadio, Name: "why", Label: l.T("review.why"), Error: m["why"]}
	for _, code := range thn.WhyOut {
		f.Options = append(f.Options, page.Option{Value: code, Label: l.T("review.why." + code), Chosen: code == why})
	}
	p.Form = page.Form{Action: path + "/out", Submit: l.T("review.take_out"), Danger: true, Cancel: path, Fields: []page.Field{f}}
	return p
}

func reviewOut(s *Server, r *request) (reply, error) {
	w, err := s.looked(r)
	if err != nil {
		return reply{}, err
	}
	var posted form.TakingOut
	if err = r.form(&posted); err == nil {
		err = s.Review.TakeOut(r.ctx, r.actor, w.ID, posted.Why)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.outPage(r, w, posted.Why, err)}, nil
	}
	return s.decided(r, "review.taken_out", err)
}
