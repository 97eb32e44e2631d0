package server

import (
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// soonDays is how long before a refresher is due the list says so.
const soonDays = 60

// staffTrainings is the address of the list, under which its pages lie.
const staffTrainings = "training/staff"

// staffTrainingList shows who was last trained when, by sign-in name only.
func staffTrainingList(s *Server, r *request) (reply, error) {
	list, err := s.Setup.Refreshers(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	t := page.Table{Caption: l.T("staff.title"), Columns: columns(r, "staff.handle", "staff.last", "staff.due")}
	for _, x := range list {
		last, due := page.Cell{Text: l.T("staff.never"), State: "missing"}, page.Cell{}
		links := []page.Option{{Value: "/" + staffTrainings + "/" + string(x.Member.Grant.ID), Label: l.T("staff.record")}}
		if x.Last.ID != "" {
			last, due = page.Cell{Text: l.Date(x.Last.Day)}, page.Cell{Text: l.Date(x.Last.Due), Note: l.T("staff." + s.refresherState(r, x.Last))}
			links = append(links, page.Option{Value: "/training/day/" + string(x.Last.ID) + "/close", Label: l.T("staff.withdraw")})
		}
		t.Rows = append(t.Rows, page.Row{Here: x.Member.Account.ID == r.actor.Account.ID,
			Cells: []page.Cell{{Text: x.Member.Account.Handle}, last, due, acts(links...)}})
	}
	return reply{page: &page.ListPage{Base: page.Base{Heading: l.T("staff.title"), Here: "staff_training", Wide: true},
		Intro: []string{l.T("staff.intro")}, Empty: l.T("staff.empty"), Table: t}}, nil
}

func (s *Server) refresherState(r *request, last thn.StaffTraining) string {
	today := s.today(r)
	switch {
	case last.Due.Before(today):
		return "overdue"
	case last.Due.Before(today.AddDays(soonDays)):
		return "soon"
	}
	return "fine"
}

// staffTrainingNew asks for the day; today is offered.
func staffTrainingNew(s *Server, r *request) (reply, error) {
	m, err := s.refresherOf(r)
	if err != nil {
		return reply{}, err
	}
	day := form.DayOf(s.today(r))
	return reply{page: s.staffTrainingPage(r, m, form.Trained{ID: string(thn.NewID()), DayDay: day.Day, DayMonth: day.Month, DayYear: day.Year})(nil)}, nil
}

func (s *Server) refresherOf(r *request) (thn.Member, error) {
	id, err := r.id("id")
	if err != nil {
		return thn.Member{}, err
	}
	return s.Setup.Person(r.ctx, r.actor, id)
}

func (s *Server) staffTrainingPage(r *request, m thn.Member, f form.Trained) func(error) *page.FormPage {
	return func(wrong error) *page.FormPage {
		p := &page.FormPage{Base: page.Base{Heading: r.locale.T("staff.record_for", "Name", m.Account.Handle), Here: "staff_training"}}
		messages := s.problems(r, wrong, &p.Base)
		p.Form = page.Form{Action: "/" + staffTrainings + "/" + string(m.Grant.ID), Submit: r.locale.T("form.save"), Cancel: "/" + staffTrainings,
			Fields: []page.Field{idField(f.ID), dayField(r, "day", "staff.day", f.Day(), messages, false)}}
		return p
	}
}

// staffTrainingCreate records the day.
func staffTrainingCreate(s *Server, r *request) (reply, error) {
	m, err := s.refresherOf(r)
	if err != nil {
		return reply{}, err
	}
	var f form.Trained
	err = r.form(&f)
	if err == nil {
		var t thn.StaffTraining
		if t, err = f.ToDomain(); err == nil {
			err = s.Setup.RecordTraining(r.ctx, r.actor, m.Grant.ID, t)
		}
	}
	return s.answered(r, staffTrainings, "staff.recorded", err, s.staffTrainingPage(r, m, f))
}

func (s *Server) trainedEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	t, account, err := s.Setup.Training(r.ctx, r.actor, id)
	return ending{id: id, key: staffTrainings, path: "/training/day/" + string(id) + "/close", intro: "staff.withdraw_intro", submit: "staff.withdraw_submit",
		done: "staff.withdrawn", heading: r.locale.T("staff.withdraw_ask", "Name", account.Handle, "Date", r.locale.Date(t.Day))}, err
}

// staffTrainingClose asks whether a day was entered by mistake.
func staffTrainingClose(s *Server, r *request) (reply, error) {
	e, err := s.trainedEnding(r)
	return s.askNow(r, e, err)
}

func staffTrainingEnd(s *Server, r *request) (reply, error) {
	e, err := s.trainedEnding(r)
	return s.endNow(r, e, err, func(thn.ID) error { return s.Setup.WithdrawTraining(r.ctx, r.actor, e.id) })
}
