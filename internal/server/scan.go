package server

import (
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/gs1"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// batchForm reads the form of a batch. Separators in a scanned code are made
// visible first: forms drop signs that cannot be seen.
func (r *request) batchForm(f *form.Batch) error {
	values, err := r.posted()
	if err != nil {
		return err
	}
	if values.Has("code") {
		values.Set("code", gs1.Visible(values.Get("code")))
	}
	return r.unlessTurned(form.Decode(values, f))
}

// readCode fills the form from the code on the box. Nothing is stored: a person
// compares with the box first. A code that was read leaves its field, so that the
// next press saves.
func (s *Server) readCode(r *request, f form.Batch) (reply, error) {
	code, err := gs1.Parse(f.Code, s.today(r))
	if err != nil {
		return s.batchForm(r, f, err)
	}
	f.Fill(code.Lot, code.Expiry, code.MonthOnly, code.Produced)
	products, err := s.Setup.ListProducts(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	i := slices.IndexFunc(products, func(p thn.Product) bool { return !p.Closed && gs1.Same(p.GTIN, code.GTIN) })
	if i < 0 && code.GTIN != "" {
		return s.batchForm(r, f, fault.Fields("read code", fault.Field{Name: "code", Key: "gs1.unknown", Args: map[string]any{"GTIN": code.GTIN}}))
	}
	if i >= 0 {
		f.Product = string(products[i].ID)
	}
	f.Code = ""
	answer, err := s.batchForm(r, f, nil)
	if err == nil {
		page.Fill(answer.page).Notice = r.locale.T("batch.read_done")
	}
	return answer, err
}
