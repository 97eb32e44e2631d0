package server

import (
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

func productList(s *Server, r *request) (reply, error) {
	products, err := s.Setup.ListProducts(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	lang.Sort(r.locale, products, func(p thn.Product) string { return p.Name })
	closedLast(products, func(p thn.Product) bool { return p.Closed })
	t := page.Table{Columns: columns(r, "setup.name", "setup.product.route", "setup.product.dose", "setup.product.doses", "setup.product.units")}
	for i := 2; i <= 4; i++ {
		t.Columns[i].Numeric = true
	}
	for _, p := range products {
		t.Rows = append(t.Rows, productRow(r, p))
	}
	return listing(r, "products", t)
}

func productRow(r *request, p thn.Product) page.Row {
	l := r.locale
	dose := page.Cell{Text: l.Decimal(float64(p.DoseMicrograms)/1000, milligramPlaces(p.DoseMicrograms)), Numeric: true}
	if p.DoseMicrograms == 0 {
		dose.Text, dose.State = l.T("setup.product.no_dose"), "missing"
	}
	units := page.Cell{Text: l.Number(p.UnitsPerKit), Numeric: true}
	if p.UnitsPerKit == 0 {
		units.Text, units.State = l.T("setup.product.set"), "missing"
	}
	if !p.Confirmed {
		units.Note = l.T("setup.product.unconfirmed")
	}
	act := page.Cell{}
	switch {
	case p.Closed:
		act.Text = l.T("setup.no_longer")
	case r.actor.Whole():
		act = acts(closeLink(r, "products", p.ID))
	}
	return page.Row{Cells: []page.Cell{{Text: p.Name, Note: p.Code}, {Text: l.T("code.route." + string(p.Route))}, dose, {Text: l.Number(p.DosesPerUnit), Numeric: true}, units, act}}
}

// milligramPlaces is how many decimals a dose in micrograms needs in milligrams.
func milligramPlaces(micrograms int) int {
	switch {
	case micrograms%1000 == 0:
		return 0
	case micrograms%100 == 0:
		return 1
	case micrograms%10 == 0:
		return 2
	}
	return 3
}

func productNew(s *Server, r *request) (reply, error) {
	return s.productForm(r, form.Product{ID: string(thn.NewID()), Confirmed: "no", Doses: "1"}, nil)
}

func (s *Server) productForm(r *request, f form.Product, wrong error) (reply, error) {
	again := func(wrong error) *page.FormPage {
		return s.adding(r, "products", "/products", wrong, func(m map[string]string) []page.Field {
			return []page.Field{idField(f.ID), textField(r, "name", "setup.name", f.Name, m, false), codes(r, "route", "setup.product.route", "route", thn.Routes, f.Route, m, false),
				hinted(r, textField(r, "dose", "setup.product.dose", f.Dose, m, true), "setup.product.dose_hint"), numberField(r, "doses", "setup.product.doses", f.Doses, m, false),
				hinted(r, numberField(r, "units", "setup.product.units", f.Units, m, true), "setup.product.units_hint"),
				hinted(r, textField(r, "equivalents", "setup.product.equivalents", f.Equivalents, m, true), "setup.product.equivalents_hint"),
				yesNo(r, "confirmed", "setup.product.confirmed", f.Confirmed, m), numberField(r, "gtin", "setup.product.gtin", f.GTIN, m, true), codeOfField(r, f.Code, m)}
		})
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "products", "", wrong, again)
}

func productCreate(s *Server, r *request) (reply, error) {
	var f form.Product
	err := r.form(&f)
	if err == nil {
		var p thn.Product
		if p, err = f.ToDomain(); err == nil {
			err = s.Setup.AddProduct(r.ctx, r.actor, p)
		}
	}
	if err != nil {
		return s.productForm(r, f, err)
	}
	return s.answered(r, "products", "setup.added", nil, nil)
}

func (s *Server) productEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	p, err := s.Setup.Product(r.ctx, r.actor, id)
	return closing(r, "products", id, p.Name), err
}

func productClose(s *Server, r *request) (reply, error) {
	e, err := s.productEnding(r)
	return s.askNow(r, e, err)
}

func productEnd(s *Server, r *request) (reply, error) {
	e, err := s.productEnding(r)
	return s.endNow(r, e, err, func(thn.ID) error { return s.Setup.CloseProduct(r.ctx, r.actor, e.id) })
}
