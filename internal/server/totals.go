package server

import (
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// totalList shows the period totals whose scope holds single records or crosses
// another total's, with what stands.
func totalList(s *Server, r *request) (reply, error) {
	overlaps, err := s.overlaps(r)
	if err != nil {
		return reply{}, err
	}
	areas, err := s.areaNames(r)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	t := page.Table{Caption: l.T("nav.totals"), Columns: columns(r, "overlap.scope", "coverage.period", "overlap.total", "overlap.records", "overlap.stands")}
	t.Columns[2].Numeric, t.Columns[3].Numeric = true, true
	for _, o := range overlaps {
		t.Rows = append(t.Rows, overlapRow(r, o, areas[o.Total.Area]))
	}
	return reply{page: &page.ListPage{Base: page.Base{Heading: l.T("nav.totals"), Here: "totals", Wide: true}, Intro: []string{l.T("overlap.intro")},
		Empty: l.T("overlap.none"), Table: t}}, nil
}

func overlapRow(r *request, o report.Overlap, area string) page.Row {
	l := r.locale
	records := page.Cell{Text: o.Records.String(), Numeric: true}
	if o.Exceeds() {
		records.Note = l.T("overlap.exceeds")
	}
	total := page.Cell{Text: o.Total.Count.String(), Note: o.Total.Source, Numeric: true}
	if len(o.Crosses) > 0 {
		total.Note = l.Beside(total.Note, l.N("overlap.crosses", len(o.Crosses)))
	}
	stands, act := page.Cell{Text: l.T("overlap.stands.total")}, page.Cell{}
	if o.Total.Aside {
		stands.Text = l.T("overlap.stands.records")
	}
	if o.Records.High > 0 {
		act = acts(page.Option{Value: "/totals/" + string(o.Total.ID), Label: l.T("overlap.choose")})
	}
	return page.Row{Cells: []page.Cell{{Text: area, Note: scopeWords(r, o.Total)}, {Text: l.Period(o.Total.Period)}, total, records, stands, act}}
}

// scopeWords says what a total is about besides its area and period.
func scopeWords(r *request, t thn.PeriodTotal) string {
	l := r.locale
	words := []string{l.T("import.measure." + string(t.Measure))}
	for _, c := range t.Channels {
		words = append(words, l.T("code.channel."+string(c)))
	}
	for _, x := range []struct{ list, code string }{{"recipient", string(t.Recipient)}, {"supply", string(t.Supply)}, {"reason", string(t.Reason)}} {
		if x.code != "" {
			words = append(words, l.T("code."+x.list+"."+x.code))
		}
	}
	return l.Beside(words...)
}

func (s *Server) overlaps(r *request) ([]report.Overlap, error) {
	v, err := s.view(r)
	if err != nil {
		return nil, err
	}
	return report.Overlaps(r.ctx, s.Figures, v.spec)
}

func (s *Server) areaNames(r *request) (map[thn.ID]string, error) {
	areas, err := s.Directory.Areas(r.ctx, r.actor.Programme.ID)
	named := map[thn.ID]string{}
	for _, a := range areas {
		named[a.ID] = a.Name
	}
	return named, err
}

// totalForm asks what stands in one total's scope.
func totalForm(s *Server, r *request) (reply, error) {
	o, err := s.overlap(r)
	if err != nil {
		return reply{}, err
	}
	return reply{page: s.standsPage(r, o)(nil)}, nil
}

// overlap finds the one that the address names.
func (s *Server) overlap(r *request) (report.Overlap, error) {
	id, err := r.id("id")
	if err != nil {
		return report.Overlap{}, err
	}
	list, err := s.overlaps(r)
	i := slices.IndexFunc(list, func(o report.Overlap) bool { return o.Total.ID == id })
	if err == nil && i < 0 {
		err = fault.Say(fault.NotFound, "overlap", "problem.not_found_text", nil)
	}
	if err != nil {
		return report.Overlap{}, err
	}
	return list[i], nil
}

func (s *Server) standsPage(r *request, o report.Overlap) func(error) *page.FormPage {
	l := r.locale
	return func(wrong error) *page.FormPage {
		p := &page.FormPage{Base: page.Base{Heading: l.T("overlap.question"), Here: "totals"}}
		m := s.problems(r, wrong, &p.Base)
		p.Intro = []string{l.T("overlap.both", "Total", o.Total.Count.String(), "Records", o.Records.String(), "Source", o.Total.Source, "Period", l.Period(o.Total.Period))}
		if o.Exceeds() {
			p.Intro = append(p.Intro, l.T("overlap.exceeds_text"))
		}
		f := page.Field{Kind: page.FieldRadio, Name: "stands", Label: l.T("overlap.stands"), Error: m["stands"]}
		for _, code := range []string{"total", "records"} {
			f.Options = append(f.Options, page.Option{Value: code, Label: l.T("overlap.stands." + code), Hint: l.T("overlap.stands." + code + "_hint"), Chosen: o.Total.Aside == (code == "records")})
		}
		p.Form = page.Form{Action: "/totals/" + string(o.Total.ID), Submit: l.T("form.save"), Cancel: "/totals", Fields: []page.Field{f}}
		return p
	}
}

func totalChoose(s *Server, r *request) (reply, error) {
	o, err := s.overlap(r)
	if err != nil {
		return reply{}, err
	}
	var f form.Stands
	err = r.form(&f)
	if err == nil {
		err = s.Setup.PutAside(r.ctx, r.actor, o.Total.ID, f.Stands == "records")
	}
	if f.Stands != "" {
		o.Total.Aside = f.Stands == "records" // what was chosen comes back with a form that is asked again
	}
	return s.answered(r, "totals", "overlap.chosen", err, s.standsPage(r, o))
}
