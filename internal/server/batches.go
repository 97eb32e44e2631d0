package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

func batchList(s *Server, r *request) (reply, error) {
	batches, err := s.Setup.Batches(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	named, err := s.productNames(r)
	if err != nil {
		return reply{}, err
	}
	lang.Sort(r.locale, batches, func(b thn.Batch) string { return b.Expiry.String() + b.Lot })
	closedLast(batches, func(b thn.Batch) bool { return b.Closed })
	t := page.Table{Columns: columns(r, "setup.batch.lot", "setup.batch.product", "setup.batch.expiry")}
	for _, b := range batches {
		act := page.Cell{}
		switch {
		case b.Closed:
			act.Text = r.locale.T("setup.no_longer")
		case r.actor.Whole():
			act = acts(closeLink(r, "batches", b.ID))
		}
		expiry := page.Cell{Text: lastDay(r, b.Expiry, b.MonthOnly)}
		if b.Expiry.Before(s.today(r)) {
			expiry.Note = r.locale.T("setup.batch.past")
		}
		lot := page.Cell{Text: b.Lot, URL: "/batches/" + string(b.ID)}
		if b.Quarantined {
			lot.Note = r.locale.T("batch.aside")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{lot, {Text: named[b.Product]}, expiry, act}})
	}
	return listing(r, "batches", t)
}

func (s *Server) productNames(r *request) (map[thn.ID]string, error) {
	products, err := s.Directory.Products(r.ctx, r.actor.Programme.ID)
	named := map[thn.ID]string{}
	for _, p := range products {
		named[p.ID] = p.Name
	}
	return named, err
}

func batchNew(s *Server, r *request) (reply, error) {
	return s.batchForm(r, form.Batch{ID: string(thn.NewID())}, nil)
}

func (s *Server) batchForm(r *request, f form.Batch, wrong error) (reply, error) {
	products, err := s.Setup.ListProducts(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	lang.Sort(r.locale, products, func(p thn.Product) string { return p.Name })
	again := func(wrong error) *page.FormPage {
		return s.adding(r, "batches", "/batches", wrong, func(m map[string]string) []page.Field {
			var options []page.Option
			for _, p := range products {
				if !p.Closed {
					options = append(options, page.Option{Value: string(p.ID), Label: p.Name, Chosen: string(p.ID) == f.Product})
				}
			}
			code := hinted(r, textField(r, "code", "batch.code", f.Code, m, true), "batch.code_hint")
			code.Do = page.Option{Value: "read", Label: r.locale.T("batch.read")}
			return []page.Field{idField(f.ID), code, choice(r, "product", "setup.batch.product", m["product"], options), textField(r, "lot", "setup.batch.lot", f.Lot, m, false),
				hinted(r, dayField(r, "expiry", "setup.batch.expiry", f.Expiry(), m, false), "setup.batch.expiry_hint"),
				dayField(r, "produced", "batch.produced", f.Produced(), m, true)}
		})
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "batches", "", wrong, again)
}

func batchCreate(s *Server, r *request) (reply, error) {
	var f form.Batch
	err := r.batchForm(&f)
	if f.Reads() && !r.turned && !fault.Is(err, fault.TooLarge) {
		return s.readCode(r, f)
	}
	if err == nil {
		var b thn.Batch
		if b, err = f.ToDomain(); err == nil {
			err = s.Setup.AddBatch(r.ctx, r.actor, b)
		}
	}
	if err != nil {
		return s.batchForm(r, f, err)
	}
	return s.answered(r, "batches", "setup.added", nil, nil)
}

func (s *Server) batchEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	b, err := s.Setup.Batch(r.ctx, r.actor, id)
	return closing(r, "batches", id, b.Lot), err
}

func batchClose(s *Server, r *request) (reply, error) {
	e, err := s.batchEnding(r)
	return s.askNow(r, e, err)
}

func batchEnd(s *Server, r *request) (reply, error) {
	e, err := s.batchEnding(r)
	return s.endNow(r, e, err, func(thn.ID) error { return s.Setup.CloseBatch(r.ctx, r.actor, e.id) })
}
