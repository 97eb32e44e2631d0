package server

import (
	"thntracker/internal/page"
)

// today shows a worker the counts of the day, never a record.
func today(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	counts, err := s.Directory.Today(r.ctx, r.actor.Programme.ID, r.actor.Account.ID, s.today(r))
	if err != nil {
		return reply{}, err
	}
	return reply{page: &page.Today{Base: page.Base{Heading: r.locale.T("today.title"), Here: "today"},
		Records: counts.Records, People: counts.People, Kits: counts.Kits, Saved: s.savedToday(r, b)}}, nil
}
