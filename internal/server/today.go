package server

import (
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// today shows a worker the counts of the day, never a record.
func today(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	day := s.today(r)
	cells, err := s.Figures.Tally(r.ctx, thn.Query{Programme: r.actor.Programme.ID, Period: thn.Period{From: day, To: day.AddDays(1)}, By: r.actor.Account.ID})
	if err != nil {
		return reply{}, err
	}
	counts := cells[0] // without groups there is one
	recalled, err := s.recalled(r)
	if err != nil {
		return reply{}, err
	}
	return reply{page: &page.Today{Recalled: recalled, Base: page.Base{Heading: r.locale.T("today.title"), Here: "today"},
		Records: counts.Records, People: counts.People, Kits: counts.Kits, Saved: s.savedToday(r, b)}}, nil
}
