package server

import (
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
	t := page.Table{Columns: columns(r, "setup.batch.lot", "setup.batch.product", "setup.batch.expiry")}
	for _, b := range batches {
		act := page.Cell{Text: r.locale.T("setup.end"), Action: "/batches/" + string(b.ID) + "/close"}
		if b.Closed {
			act = page.Cell{Text: r.locale.T("setup.no_longer")}
		}
		expiry := page.Cell{Text: r.locale.Date(b.Expiry)}
		if b.MonthOnly {
			expiry.Text = r.locale.Month(b.Expiry)
		}
		if b.Expiry.Before(s.today(r)) {
			expiry.Note = r.locale.T("setup.batch.past")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: b.Lot}, {Text: named[b.Product]}, expiry, act}})
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
			choice := page.Field{Kind: page.FieldSelect, Name: "product", Label: r.locale.T("setup.batch.product"), Error: m["product"], Options: []page.Option{{Label: r.locale.T("form.choose")}}}
			for _, p := range products {
				if !p.Closed {
					choice.Options = append(choice.Options, page.Option{Value: string(p.ID), Label: p.Name, Chosen: string(p.ID) == f.Product})
				}
			}
			expiry := dayField(r, "expiry", "setup.batch.expiry", f.Expiry(), m, false)
			expiry.Hint = r.locale.T("setup.batch.expiry_hint")
			return []page.Field{idField(f.ID), choice, textField(r, "lot", "setup.batch.lot", f.Lot, m, false), expiry}
		})
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "batches", "", wrong, again)
}

func batchCreate(s *Server, r *request) (reply, error) {
	var f form.Batch
	err := r.form(&f)
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

func (s *Server) batchName(r *request) func(thn.ID) (string, error) {
	return func(id thn.ID) (string, error) {
		b, err := s.Setup.Batch(r.ctx, r.actor, id)
		return b.Lot, err
	}
}

func batchClose(s *Server, r *request) (reply, error) {
	return s.closeAsked(r, "batches", s.batchName(r), nil)
}

func batchEnd(s *Server, r *request) (reply, error) {
	return s.closeAsked(r, "batches", s.batchName(r), func(id, _ thn.ID) error { return s.Setup.CloseBatch(r.ctx, r.actor, id) })
}
