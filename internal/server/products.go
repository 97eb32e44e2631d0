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
	t := page.Table{Columns: columns(r, "setup.name", "setup.product.route", "setup.product.dose", "setup.product.units")}
	for _, p := range products {
		act := page.Cell{Text: r.locale.T("setup.end"), Action: "/products/" + string(p.ID) + "/close"}
		if p.Closed {
			act = page.Cell{Text: r.locale.T("setup.no_longer")}
		}
		units := page.Cell{Text: r.locale.Number(p.UnitsPerKit), Numeric: true}
		if p.UnitsPerKit == 0 {
			units = page.Cell{Text: r.locale.T("setup.product.set"), State: "missing"}
		}
		if !p.Confirmed {
			units.Note = r.locale.T("setup.product.unconfirmed")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: p.Name, Note: p.Code}, {Text: r.locale.T("code.route." + string(p.Route))},
			{Text: r.locale.Decimal(float64(p.DoseMicrograms)/1000, milligramPlaces(p.DoseMicrograms)), Numeric: true}, units, act}})
	}
	t.Columns[2].Numeric, t.Columns[3].Numeric = true, true
	return listing(r, "products", t)
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
				textField(r, "dose", "setup.product.dose", f.Dose, m, true), textField(r, "doses", "setup.product.doses", f.Doses, m, false),
				textField(r, "units", "setup.product.units", f.Units, m, true), textField(r, "equivalents", "setup.product.equivalents", f.Equivalents, m, true),
				yesNo(r, "confirmed", "setup.product.confirmed", f.Confirmed, m), textField(r, "gtin", "setup.product.gtin", f.GTIN, m, true),
				textField(r, "code", "setup.code", f.Code, m, true)}
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

func (s *Server) productName(r *request) func(thn.ID) (string, error) {
	return func(id thn.ID) (string, error) {
		p, err := s.Setup.Product(r.ctx, r.actor, id)
		return p.Name, err
	}
}

func productClose(s *Server, r *request) (reply, error) {
	return s.closeAsked(r, "products", s.productName(r), nil)
}

func productEnd(s *Server, r *request) (reply, error) {
	return s.closeAsked(r, "products", s.productName(r), func(id, _ thn.ID) error { return s.Setup.CloseProduct(r.ctx, r.actor, id) })
}
