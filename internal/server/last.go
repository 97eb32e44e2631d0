package server

import (
	"encoding/json"

	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// last is what the session remembers of the latest record, so that the next one
// starts from it and today's can be undone. It stays on the server.
type last struct {
	ID      thn.ID
	Day     string // when it was recorded: tomorrow it can no longer be undone here
	Group   bool
	Voided  bool
	Record  thn.Distribution
	Outcome thn.Outcome
	Cause   string
	Expired bool
	Short   int // kits more than the ledger knew that have gone from there
}

func (s *Server) lastOf(r *request) (l last, ok bool) {
	raw := s.sessions.GetBytes(r.ctx, keyLast)
	if raw == nil || json.Unmarshal(raw, &l) != nil {
		return last{}, false
	}
	return l, true
}

func (s *Server) remember(r *request, l last) {
	raw, err := json.Marshal(l)
	if err != nil {
		panic(err) // domain values always marshal
	}
	s.sessions.Put(r.ctx, keyLast, raw)
}

// savedToday describes the last record if it is of today.
func (s *Server) savedToday(r *request, b *bench) *page.Saved {
	l, ok := s.lastOf(r)
	if !ok || l.Day != s.today(r).String() {
		return nil
	}
	saved := &page.Saved{ID: string(l.ID), VoidID: string(thn.NewID()), Voided: l.Voided, Words: s.savedWords(r, b, l)}
	if l.Expired {
		saved.Warning = r.locale.T("give.expired")
	}
	if l.Short > 0 && !l.Voided {
		saved.Short = r.locale.N("give.short", l.Short)
		saved.Stock = page.Option{Value: "/stock?site=" + string(l.Record.Site), Label: r.locale.T("give.short_link")}
	}
	if l.Group { // its tallies have no place on the form for one person: it is undone and entered again
		saved.Undo = "/distributions/void"
	}
	if l.Outcome == thn.Held {
		saved.Voided = true // nothing was stored that could be undone
	}
	return saved
}

func (s *Server) savedWords(r *request, b *bench, l last) string {
	site := b.sites[l.Record.Site].Name
	switch {
	case l.Voided:
		return r.locale.T("give.undone")
	case l.Outcome == thn.Held:
		return r.locale.T("give.held", "Cause", r.locale.T("held."+l.Cause))
	case l.Group:
		return r.locale.N("give.saved_group", int(l.Record.Kits()), "Site", site)
	}
	line := l.Record.Lines[0]
	return r.locale.N("give.saved", int(l.Record.Kits()), "Site", site, "Product", b.products[l.Record.Product].Name,
		"Recipient", lower(r.locale.T("code.recipient."+string(line.Recipient))), "Supply", lower(r.locale.T("code.supply."+string(line.Supply))))
}

// again offers the last record once more, unless an answer in it was one that
// must be given each time.
func (s *Server) again(r *request, b *bench) *page.Again {
	l, ok := s.lastOf(r)
	if !ok || l.Group || !repeatable(l.Record) || b.batches[l.Record.Batch].Quarantined {
		return nil
	}
	line := l.Record.Lines[0]
	return &page.Again{ID: string(thn.NewID()), Words: r.locale.N("give.again_words", int(line.Kits), "Product", b.products[l.Record.Product].Name,
		"Recipient", lower(r.locale.T("code.recipient."+string(line.Recipient))), "Supply", lower(r.locale.T("code.supply."+string(line.Supply))))}
}

// repeatable keeps sensitive reasons out of "same again": that a kit was used or
// taken away is asked of each person.
func repeatable(d thn.Distribution) bool {
	return len(d.Lines) == 1 && d.Lines[0].Supply != thn.SupplyRepeat
}
