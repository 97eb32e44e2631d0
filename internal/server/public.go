package server

import (
	"cmp"
	"slices"
	"strings"

	"thntracker/internal/baseline"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

// Pages for everybody. They are read through the shelf, which holds releases and
// nothing else, know no session and set no cookie, and may be kept by whoever
// passes them on. A release and its files never change; what may is that a newer
// one takes its place, so pages are asked for again after a while.
const (
	keptPage = "public, max-age=300"
	keptFile = "public, max-age=86400"
)

// open lists the public releases that may be read now, of a country or of all.
func (s *Server) open(r *request, country string) ([]thn.Edition, error) {
	if s.Shelf == nil {
		return nil, fault.Say(fault.Unavailable, "public pages", "public.unavailable", nil)
	}
	list, err := s.Shelf.Public(r.ctx, strings.ToUpper(country))
	return slices.DeleteFunc(list, func(e thn.Edition) bool { return !e.Open(s.Now()) }), err
}

// publicly finishes a page for everybody: in the language that the address or the
// browser asks for, with the others a link away.
func (s *Server) publicly(r *request, p page.Page) reply {
	b := page.Fill(p)
	b.Public = true
	for _, code := range lang.Codes {
		b.Languages = append(b.Languages, page.Option{Value: r.gin.Request.URL.Path + "?lang=" + code, Label: r.locale.T("language." + code), Icon: code, Chosen: code == r.locale.Code})
	}
	return reply{page: p, cache: keptPage}
}

// inLanguage reads the language off the address; without it, the browser's stands.
func (s *Server) inLanguage(r *request) {
	if code := r.query().Get("lang"); slices.Contains(lang.Codes, code) {
		r.locale = s.Catalogue.Locale(code)
	}
	r.gin.Writer.Header().Add("Vary", "Accept-Language")
}

// publicCountries lists the countries that publish, and finds one by name.
func publicCountries(s *Server, r *request) (reply, error) {
	s.inLanguage(r)
	list, err := s.open(r, "")
	if err != nil {
		return reply{}, err
	}
	l, q := r.locale, r.query().Get("country")
	p := &page.Shelf{Base: page.Base{Heading: l.T("edition.public.title"), Wide: true}, Lead: l.T("edition.public.lead"), Search: q, Empty: l.T("edition.public.none")}
	if q != "" {
		p.Empty = l.T("edition.public.none_found")
	}
	newest := map[string]thn.Edition{}
	for _, e := range standing(list) {
		if x, met := newest[e.Country]; !met || x.Period.To.Before(e.Period.To) {
			newest[e.Country] = e
		}
	}
	var found []thn.Edition
	for code, e := range newest {
		if strings.Contains(thn.Fold(baseline.Name(code, l.Code)), thn.Fold(q)) || strings.EqualFold(code, q) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(x, y thn.Edition) int {
		return cmp.Or(cmp.Compare(thn.Fold(baseline.Name(x.Country, l.Code)), thn.Fold(baseline.Name(y.Country, l.Code))), cmp.Compare(x.ID, y.ID))
	})
	p.Table, err = s.compared(r, found)
	p.Notes = []string{l.T("edition.public.apart")}
	return s.publicly(r, p), err
}

// compared sets countries side by side, each with its newest release: three
// figures and never a rank.
func (s *Server) compared(r *request, list []thn.Edition) (page.Table, error) {
	l := r.locale
	t := page.Table{Caption: l.T("edition.public.all"), Columns: []page.Column{{Label: l.T("edition.public.search")}, {Label: l.T("edition.public.latest")},
		{Label: l.T("edition.public.kits"), Numeric: true}, {Label: l.T("edition.public.reach"), Numeric: true}, {Label: l.T("edition.public.per_death"), Numeric: true}}}
	for _, e := range list {
		whole, err := s.Shelf.Edition(r.ctx, e.Programme, e.Number)
		if err != nil {
			return t, err
		}
		f, err := release.FiguresOf(whole)
		if err != nil {
			return t, err
		}
		row := page.Row{Cells: []page.Cell{{Text: baseline.Name(e.Country, l.Code), URL: page.EditionsAddress(e.Country)}, {Text: l.Period(e.Period), URL: page.EditionAddress(e)}}}
		for _, code := range []string{"kits", "reach", "kits_per_death"} {
			row.Cells = append(row.Cells, page.FigureCell(l, f.Summary.Key, code))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// standing leaves out what a newer release has taken the place of.
func standing(list []thn.Edition) (kept []thn.Edition) {
	for _, e := range list {
		if replacedBy(e, list) == 0 {
			kept = append(kept, e)
		}
	}
	return kept
}

// publicCountry lists the releases about a country, the newest period first.
func publicCountry(s *Server, r *request) (reply, error) {
	s.inLanguage(r)
	list, err := s.open(r, r.gin.Param("country"))
	if err != nil {
		return reply{}, err
	}
	if len(list) == 0 {
		return reply{}, fault.Say(fault.NotFound, "public country", "edition.public.none_found", nil)
	}
	l := r.locale
	country := baseline.Name(list[0].Country, l.Code)
	p := &page.Shelf{Base: page.Base{Heading: l.T("edition.public.country", "Country", country), Wide: true}, Back: page.Option{Value: "/public", Label: l.T("edition.public.all")}}
	slices.SortStableFunc(list, func(x, y thn.Edition) int { return cmp.Compare(y.Period.To.String(), x.Period.To.String()) })
	p.Table = page.Table{Caption: l.T("edition.public.periods"), Columns: []page.Column{{Label: l.T("edition.period")}, {Label: l.T("edition.number")}, {Label: l.T("edition.state")}}}
	for _, e := range list {
		state := l.T("edition.state.published")
		if by := replacedBy(e, list); by > 0 {
			state = l.T("edition.state.replaced", "Number", by)
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Cells: []page.Cell{{Text: l.Period(e.Period), URL: page.EditionAddress(e)}, {Text: page.EditionKey(e)}, {Text: state}}})
	}
	return s.publicly(r, p), nil
}

// publicNewest leads from a country and a period to the newest release about it.
func publicNewest(s *Server, r *request) (reply, error) {
	list, err := s.open(r, r.gin.Param("country"))
	if err != nil {
		return reply{}, err
	}
	for _, e := range standing(list) {
		if page.EditionPeriod(e.Period) == r.gin.Param("period") {
			return reply{status: 302, location: page.EditionAddress(e), cache: keptPage}, nil
		}
	}
	return reply{}, noRelease
}

var noRelease = fault.Say(fault.NotFound, "public release", "edition.public.not_found", nil)

// shelved finds the release of the address, and those about the same country.
func (s *Server) shelved(r *request) (e thn.Edition, f release.Figures, list []thn.Edition, err error) {
	if list, err = s.open(r, r.gin.Param("country")); err != nil {
		return e, f, nil, err
	}
	i := slices.IndexFunc(list, func(x thn.Edition) bool {
		return page.EditionPeriod(x.Period) == r.gin.Param("period") && page.EditionKey(x) == r.gin.Param("edition")
	})
	if i < 0 {
		return e, f, list, noRelease
	}
	if e, err = s.Shelf.Edition(r.ctx, list[i].Programme, list[i].Number); err == nil {
		f, err = release.FiguresOf(e)
	}
	return e, f, list, err
}

// publicEdition is a release for everybody. One that a newer one has taken the
// place of stays where it is, and says so.
func publicEdition(s *Server, r *request) (reply, error) {
	s.inLanguage(r)
	e, f, list, err := s.shelved(r)
	if err != nil {
		return reply{}, err
	}
	country := baseline.Name(e.Country, r.locale.Code)
	p, err := page.Issued(r.locale, s.host(r), e, f)
	if err != nil {
		return reply{}, err
	}
	if by := replacedBy(e, list); by > 0 {
		i := slices.IndexFunc(list, func(x thn.Edition) bool { return x.Programme == e.Programme && x.Number == by })
		p.Newer = page.Option{Value: page.EditionAddress(list[i]), Label: r.locale.T("edition.newest")}
	}
	p.Editions = []page.Option{{Value: page.EditionsAddress(e.Country), Label: r.locale.T("edition.public.country", "Country", country)}}
	query := "?lang=" + r.locale.Code
	p.Files = filesOf(r, page.EditionAddress(e), query)
	pictured(r, page.EditionAddress(e), query, p.Figures, p.More, p.Details)
	p.Data = page.Dataset(r.locale, p, e, f, s.host(r), p.Files)
	return s.publicly(r, p), nil
}

// publicFile is a release as a file, or one of its drawings to be shown elsewhere.
func publicFile(s *Server, r *request) (reply, error) {
	s.inLanguage(r)
	e, _, _, err := s.shelved(r)
	if err != nil {
		return reply{}, err
	}
	answer, err := s.fileOf(r, e, strings.TrimPrefix(r.gin.Param("file"), "/"))
	answer.cache = keptFile
	if strings.HasPrefix(answer.kind, "image/") {
		r.gin.Writer.Header().Set("Cross-Origin-Resource-Policy", "cross-origin") // made to be shown elsewhere
	}
	return answer, err
}
