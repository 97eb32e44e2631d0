package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// tallySheet is the group form to print. What is printed on it already is in the
// address, so that a manager can keep a link to the sheet of each site.
func tallySheet(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	site, product := r.query().Get("site"), r.query().Get("product")
	if len(b.open) == 1 && !r.query().Has("site") {
		site = string(b.open[0].ID)
	}
	l := r.locale
	p := &page.TallySheet{Base: page.Base{Heading: l.T("sheet.title"), Here: "sheet"}, Product: s.kitWords(r, b, product)}
	sites, kits := s.siteField(r, b, thn.ID(site), ""), s.kitField(r, b, product, "")
	for i, k := range b.kits {
		kits.Options[i].Label = s.kitWords(r, b, k.value())
	}
	p.Choose = page.Form{Action: "/give-out/sheet", Submit: l.T("sheet.fill"), Fields: []page.Field{byHand(r, sites), byHand(r, kits)}}
	for _, o := range sites.Options {
		if o.Chosen {
			p.Site = o.Label
		}
	}
	if site != "" && p.Site == "" || product != "" && p.Product == "" {
		return reply{}, fault.Say(fault.NotFound, "tally sheet", "problem.not_found_text", nil)
	}
	for _, row := range form.Tallies {
		p.Rows = append(p.Rows, l.T("several."+row.Name))
	}
	return reply{page: p}, nil
}

// byHand makes a list of a question, with leaving it to the pen on top.
func byHand(r *request, f page.Field) page.Field {
	f.Kind = page.FieldSelect
	f.Options = append([]page.Option{{Label: r.locale.T("sheet.by_hand")}}, f.Options...)
	return f
}
