package server

import (
	"encoding/json"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// moved is what the session remembers of the latest movement, in words and with
// what undoing it takes. It stays on the server.
type moved struct {
	IDs    []thn.ID
	Day    string // when it was recorded: tomorrow it can no longer be undone here
	Site   thn.ID
	Words  []string
	Single bool // one record, which its form can correct
}

func (s *Server) rememberMove(r *request, x moved) {
	raw, err := json.Marshal(x)
	if err != nil {
		panic(err) // texts always marshal
	}
	s.sessions.Put(r.ctx, keyMoved, raw)
}

// movedToday says what was saved last at this site, if that was today.
func (s *Server) movedToday(r *request, site thn.ID) *page.Moved {
	var x moved
	raw := s.sessions.GetBytes(r.ctx, keyMoved)
	if raw == nil || json.Unmarshal(raw, &x) != nil || x.Site != site || x.Day != s.today(r).String() {
		return nil
	}
	p := &page.Moved{Words: x.Words, Site: string(site)}
	for _, id := range x.IDs {
		p.Undo = append(p.Undo, page.Undo{ID: string(id), Void: string(thn.NewID())})
	}
	if x.Single && len(x.IDs) == 1 {
		p.Correct = "/stock/move?corrects=" + string(x.IDs[0])
	}
	return p
}

// recordMove stores a movement, or a new version of one.
func (s *Server) recordMove(r *request, corrects thn.ID, m thn.Movement) (intake.Result, error) {
	if corrects != "" {
		return s.Intake.Correct(r.ctx, r.actor, corrects, m, thn.WhyMistake)
	}
	return s.Intake.Record(r.ctx, r.actor, m)
}

// moveVoid takes out what was saved last: one record, or the lines of a count.
func moveVoid(s *Server, r *request) (reply, error) {
	var f form.MoveUndo
	if err := r.form(&f); err != nil {
		return reply{}, err
	}
	if len(f.IDs) == 0 || len(f.IDs) != len(f.Voids) {
		return reply{}, fault.New(fault.Invalid, "undo movement", "%d records and %d versions", len(f.IDs), len(f.Voids))
	}
	for i, id := range f.IDs {
		if _, err := s.Intake.Void(r.ctx, r.actor, thn.ID(id), thn.ID(f.Voids[i]), thn.WhyUndo); err != nil {
			return reply{}, err
		}
	}
	s.rememberMove(r, moved{Day: s.today(r).String(), Site: thn.ID(f.Site), Words: []string{r.locale.T("give.undone")}})
	return seeOther("/stock?site=" + f.Site)
}

// movedWords says what was saved, and what is there now.
func (s *Server) movedWords(r *request, b *bench, m thn.Movement) ([]string, error) {
	kit := s.kitName(r, b, m.Product, b.batches[m.Batch])
	if m.Kind == thn.MovementCount {
		words, _, err := s.countWords(r, m, kit)
		return []string{words}, err
	}
	words := []string{r.locale.N("stock.saved."+string(m.Kind), m.Kits, "Kit", kit, "Site", b.sites[m.Site].Name, "Other", b.sites[m.Other].Name)}
	for _, e := range m.Stock() {
		now, _, err := s.Stock.Balance(r.ctx, r.actor, e.Holder, e.Product, e.Batch)
		if err != nil {
			return nil, err
		}
		key := "stock.now.shelf"
		if e.Holder.Bag != "" {
			key = "stock.now.bag"
		}
		if now >= 0 { // a shortfall has a sentence of its own on the page
			words = append(words, r.locale.N(key, now))
		}
	}
	return words, nil
}

// countWords compares a count with what the ledger showed when it was stored,
// and tells whether the two agree.
func (s *Server) countWords(r *request, m thn.Movement, kit string) (words string, same bool, err error) {
	stored, err := s.Stock.Movement(r.ctx, r.actor, m.ID)
	switch {
	case err != nil:
		return "", false, err
	case stored.Kits == 0:
		return r.locale.N("stock.saved.count_same", m.Counted, "Kit", kit), true, nil
	case stored.Kits > 0:
		return r.locale.N("stock.saved.count_more", stored.Kits, "Kit", kit, "Counted", r.locale.Number(m.Counted)), false, nil
	}
	return r.locale.N("stock.saved.count_fewer", -stored.Kits, "Kit", kit, "Counted", r.locale.Number(m.Counted)), false, nil
}
