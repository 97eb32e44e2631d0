package server

import (
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// moveList lists what has happened to a site's stock.
func moveList(s *Server, r *request) (reply, error) {
	site, list, err := s.stockSite(r)
	if err != nil {
		return reply{}, err
	}
	if site == "" {
		return s.stockSites(r, list)
	}
	at, err := s.Stock.Site(r.ctx, r.actor, site)
	if err != nil {
		return reply{}, err
	}
	moves, err := s.Stock.Moves(r.ctx, r.actor, site)
	if err != nil {
		return reply{}, err
	}
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	t := page.Table{Caption: l.T("stock.moves.caption"), Notes: []string{l.T("stock.moves.note")}, Columns: []page.Column{{Label: l.T("stock.day")}, {Label: l.T("stock.what")},
		{Label: l.T("stock.product")}, {Label: l.T("report.column.kits"), Numeric: true}}}
	named := r.actor.May(thn.VerbCoverage)
	if named {
		t.Columns = append(t.Columns, page.Column{Label: l.T("stock.moves.by")})
	}
	t.Columns = append(t.Columns, actsColumn(r))
	for _, x := range moves {
		m := x.Movement
		cells := []page.Cell{{Text: l.Date(m.Day)}, s.whatCell(r, b, m), {Text: b.products[m.Product].Name, Note: s.batchWords(r, kit{batch: b.batches[m.Batch]})}, {Text: l.Number(m.Kits), Numeric: true}}
		if named {
			cells = append(cells, page.Cell{Text: x.Handle})
		}
		act := page.Cell{}
		if x.Change {
			act = acts(page.Option{Value: "/stock/move?corrects=" + string(m.ID), Label: l.T("give.correct")}, page.Option{Value: "/stock/moves/" + string(m.ID) + "/void", Label: l.T("stock.void.link")})
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, act)})
	}
	return reply{page: &page.ListPage{Base: page.Base{Heading: l.T("stock.moves.title", "Site", at.Name), Here: "stock", Wide: true},
		Back: page.Option{Value: "/stock?site=" + string(site), Label: l.T("stock.moves.back")}, Empty: l.T("stock.moves.empty"), Table: t}}, nil
}

// whatCell says what a movement was, with its other side in small words.
func (s *Server) whatCell(r *request, b *bench, m thn.Movement) page.Cell {
	l := r.locale
	c := page.Cell{Text: l.T("code.movement." + string(m.Kind))}
	switch {
	case m.Kind == thn.MovementSent:
		c.Note = l.T("stock.way.to", "Site", b.sites[m.Other].Name)
	case m.Kind == thn.MovementArrived:
		c.Note = l.T("stock.way.from", "Site", b.sites[m.Other].Name)
	case m.Kind == thn.MovementCount && m.Kits == 0:
		c.Note = l.N("stock.moves.agreed", m.Counted)
	case m.Kind == thn.MovementCount:
		c.Note = l.Beside(l.N("stock.moves.found", m.Counted), l.T("code.adjust."+string(m.Reason)))
	case m.Reference != "":
		c.Note = m.Reference
	}
	return c
}

// voiding is the page that asks once more before a movement is taken out.
func (s *Server) voiding(r *request) (ending, thn.ID, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, "", err
	}
	m, err := s.Stock.Movement(r.ctx, r.actor, id)
	if err != nil {
		return ending{}, "", err
	}
	b, err := s.bench(r)
	what := r.locale.T("stock.void.title", "What", s.whatCell(r, b, m).Text, "Kit", s.kitName(r, b, m.Product, b.batches[m.Batch]), "Date", r.locale.Date(m.Day), "Kits", r.locale.Number(m.Kits))
	return ending{id: id, key: "stock", path: "/stock/moves/" + string(id) + "/void", heading: what, intro: "stock.void.intro", submit: "stock.void.submit", done: "give.undone"}, m.Site, err
}

func moveVoidForm(s *Server, r *request) (reply, error) {
	e, _, err := s.voiding(r)
	return s.askNow(r, e, err)
}

func moveVoidNow(s *Server, r *request) (reply, error) {
	e, site, err := s.voiding(r)
	done, err := s.endNow(r, e, err, func(fresh thn.ID) error {
		_, err := s.Intake.Void(r.ctx, r.actor, e.id, fresh, thn.WhyMistake)
		return err
	})
	if done.location != "" {
		done.location = "/stock/moves?site=" + string(site)
	}
	return done, err
}

// bagEnding is the page that asks once more before a bag is closed.
func (s *Server) bagEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	_, err = s.Stock.Closable(r.ctx, r.actor, id)
	return ending{id: id, key: "stock", path: "/stock/bags/" + string(id) + "/close", heading: r.locale.T("stock.bag.close"), intro: "stock.bag.close_intro",
		submit: "setup.close.submit", done: "stock.bag.close_done"}, err
}

func bagClose(s *Server, r *request) (reply, error) {
	e, err := s.bagEnding(r)
	return s.askNow(r, e, err)
}

func bagEnd(s *Server, r *request) (reply, error) {
	e, err := s.bagEnding(r)
	return s.endNow(r, e, err, func(thn.ID) error { return s.Stock.CloseBag(r.ctx, r.actor, e.id) })
}
