package server

import (
	"slices"

	"thntracker/internal/baseline"
	"thntracker/internal/page"
	"thntracker/internal/report"
)

// commitments shows what was asked and how the country stands.
func commitments(s *Server, r *request) (reply, error) {
	v, summary, err := s.summarise(r)
	if err != nil {
		return reply{}, err
	}
	country := baseline.Name(r.actor.Programme.Country, r.locale.Code)
	p := &page.Commitments{Base: page.Base{Heading: r.locale.T("commitment.title"), Here: "commitments", Wide: true}, Country: country, Filters: s.periodFilter(r, v, "/commitments")}
	p.Draw(r.locale, page.EvidenceOf(r.locale, summary, r.actor.Programme.Country))
	return reply{page: p}, nil
}

// world shows the baseline of countries.
func world(_ *Server, r *request) (reply, error) {
	q := r.query()
	v := page.WorldView{Own: r.actor.Programme.Country, Service: "thn", Sort: q.Get("sort")}
	if !slices.Contains(page.Services, v.Sort) {
		v.Sort = ""
	}
	p := &page.World{Base: page.Base{Heading: r.locale.T("world.title"), Here: "world", Wide: true}}
	if err := p.Draw(r.locale, v); err != nil {
		return reply{}, err
	}
	return reply{page: p}, nil
}

// summary is the national summary of a period.
func summary(s *Server, r *request) (reply, error) {
	v, figures, err := s.summarise(r)
	if err != nil {
		return reply{}, err
	}
	l, programme := r.locale, r.actor.Programme
	country := baseline.Name(programme.Country, l.Code)
	p := &page.Summary{Base: page.Base{Wide: true, Here: "summary", Heading: l.T("summary.title", "Country", country, "Period", l.Period(v.spec.Period))},
		Country: country, Note: programme.Note, Filters: s.periodFilter(r, v, "/summary")}
	if err := p.Draw(l, figures, s.today(r)); err != nil {
		return reply{}, err
	}
	p.Commit(l, page.EvidenceOf(r.locale, figures, r.actor.Programme.Country))
	p.Place = place(r, country)
	p.Cite = l.T("summary.cite_text", "Programme", programme.Name, "Country", country, "Period", p.Period, "Date", p.AsAt)
	p.Files = fileLinks(r, "/summary", v)
	return reply{page: p}, nil
}

// summarise answers for the whole programme, whatever the reader's own reach:
// a summary holds nothing below national level.
func (s *Server) summarise(r *request) (view, report.Summary, error) {
	v, err := s.view(r)
	if err != nil {
		return v, report.Summary{}, err
	}
	v.spec.Areas, v.spec.Sites, v.spec.Channels = nil, nil, nil
	summary, err := report.Summarise(r.ctx, s.Figures, v.spec)
	return v, summary, err
}

func (s *Server) periodFilter(r *request, v view, action string) page.Form {
	f := s.filters(r, v, action)
	f.Fields = f.Fields[:1]
	return f
}

// place says where the country stands in the baseline of 2024.
func place(r *request, country string) []string {
	l, c := r.locale, baseline.Count()
	key, confidence := "summary.place_unknown", ""
	if row, known := baseline.Find(r.actor.Programme.Country); known && row.THN != baseline.Unknown {
		key, confidence = "summary.place_"+string(row.THN), l.T("world.confidence."+string(row.Confidence))
	}
	return []string{
		l.T(key, "Country", country, "Identified", l.Number(c.Identified), "Confidence", confidence),
		l.T("summary.place_counts", "Published", l.Number(c.Published), "Identified", l.Number(c.Identified)),
	}
}
