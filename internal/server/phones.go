package server

import (
	"slices"

	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// phoneList shows whose phones may hand in records: nothing of the phones
// themselves is known.
func phoneList(s *Server, r *request) (reply, error) {
	people, err := s.Setup.People(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	phones, err := s.Phones.List(r.ctx, r.actor, people)
	if err != nil {
		return reply{}, err
	}
	over := func(g thn.SubmissionGrant) bool { return !g.Covers(s.today(r)) }
	slices.SortStableFunc(phones, func(a, b thn.SubmissionGrant) int { return b.Heard.DaysUntil(a.Heard) })
	lang.Sort(r.locale, phones, func(g thn.SubmissionGrant) string { return handleOf(people, g) })
	closedLast(phones, over)
	l := r.locale
	t := page.Table{Columns: columns(r, "phones.whose", "phones.since", "phones.heard", "phones.waiting", "phones.until")}
	t.Columns[3].Numeric = true
	for _, g := range phones {
		until, act := l.Date(g.Until), page.Cell{}
		switch {
		case !g.Revoked.IsZero():
			until = l.T("phones.stopped_on", "Date", l.Date(g.Revoked))
		case !over(g):
			act = acts(page.Option{Value: "/phones/" + string(g.ID) + "/close", Label: l.T("phones.stop.submit")})
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: handleOf(people, g)}, {Text: l.Date(g.Issued)}, {Text: l.Date(g.Heard)},
			{Text: l.Number(g.Waiting), Numeric: true}, {Text: until}, act}})
	}
	answer, err := listing(r, "phones", t)
	if list, ok := answer.page.(*page.ListPage); ok {
		list.Add = page.Option{Value: "/phones/face", Label: l.T("phones.face_link")}
	}
	return answer, err
}

func handleOf(people []thn.Member, g thn.SubmissionGrant) string {
	for _, m := range people {
		if m.Account.ID == g.Account {
			return m.Account.Handle
		}
	}
	return ""
}

// phoneStop asks once more before a phone is counted no longer.
func phoneStop(s *Server, r *request) (reply, error) {
	id, people, err := s.phoneOf(r)
	if err != nil {
		return reply{}, err
	}
	g, err := s.Phones.Find(r.ctx, r.actor, people, id)
	if err != nil {
		return reply{}, err
	}
	e := ending{id: id, key: "phones", path: "/phones/" + string(id) + "/close", heading: r.locale.T("phones.stop.title", "Name", handleOf(people, g)),
		intro: "phones.stop.intro", submit: "phones.stop.submit"}
	return reply{page: s.ask(r, e, nil, func(map[string]string) []page.Field { return nil })}, nil
}

func (s *Server) phoneOf(r *request) (thn.ID, []thn.Member, error) {
	id, err := r.id("id")
	if err != nil {
		return "", nil, err
	}
	people, err := s.Setup.People(r.ctx, r.actor)
	return id, people, err
}

func phoneStopped(s *Server, r *request) (reply, error) {
	id, people, err := s.phoneOf(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.Phones.Revoke(r.ctx, r.actor, people, id); err != nil {
		return reply{}, err
	}
	return s.answered(r, "phones", "phones.stopped", nil, nil)
}
