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

// everybody answers with a page that is drawn from the releases about a country, or
// about all, that are open at this moment.
func everybody(draw func(*Server, *request, onShelf) (page.Page, error)) func(*Server, *request) (reply, error) {
	return func(s *Server, r *request) (reply, error) {
		s.inLanguage(r)
		look, err := s.open(r, r.gin.Param("country"))
		if err != nil {
			return reply{}, err
		}
		return s.drawnFor(r, look, func(r *request) (reply, error) {
			p, err := draw(s, r, look)
			if err != nil {
				return reply{}, err
			}
			s.publicly(r, p)
			s.dress(r, page.Fill(p))
			body, err := s.Pages.Render(p)
			return reply{kind: "text/html; charset=utf-8", body: body, cache: keptPage}, err
		})
	}
}

// publicly finishes a page for everybody, with its other languages a link away.
func (s *Server) publicly(r *request, p page.Page) {
	b := page.Fill(p)
	b.Public, b.Shelf = true, s.linked(r, "/public")
	for _, code := range lang.Codes {
		b.Languages = append(b.Languages, page.Option{Value: s.inTongue(r, code), Label: r.locale.T("language." + code), Icon: code, Chosen: code == r.locale.Code})
	}
}

// publicCountries lists the countries that publish, and finds one by name.
func publicCountries(s *Server, r *request, look onShelf) (page.Page, error) {
	l, q := r.locale, r.query().Get("country")
	p := &page.Shelf{Base: page.Base{Heading: l.T("edition.public.title"), Wide: true}, Lead: l.T("edition.public.lead"), Search: q, Finds: s.still == nil, Empty: l.T("edition.public.none")}
	if q != "" {
		p.Empty = l.T("edition.public.none_found")
	}
	newest := map[string]thn.Edition{}
	for _, e := range standing(look.open) {
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
	var err error
	p.Table, err = s.compared(r, found)
	p.Notes = []string{l.T("edition.public.apart")}
	p.Next = s.calendarLink(r)
	return p, err
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
		row := page.Row{Cells: []page.Cell{{Text: baseline.Name(e.Country, l.Code), URL: s.linked(r, page.EditionsAddress(e.Country))}, {Text: l.Period(e.Period), URL: s.linked(r, page.EditionAddress(e))}}}
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
func publicCountry(s *Server, r *request, look onShelf) (page.Page, error) {
	list := look.open
	if len(list) == 0 {
		return nil, fault.Say(fault.NotFound, "public country", "edition.public.none_found", nil)
	}
	l := r.locale
	country := baseline.Name(list[0].Country, l.Code)
	p := &page.Shelf{Base: page.Base{Heading: l.T("edition.public.country", "Country", country), Wide: true}, Back: page.Option{Value: s.linked(r, "/public"), Label: l.T("edition.public.all")}}
	slices.SortStableFunc(list, func(x, y thn.Edition) int { return cmp.Compare(y.Period.To.String(), x.Period.To.String()) })
	p.Table = page.Table{Caption: l.T("edition.public.periods"), Columns: []page.Column{{Label: l.T("edition.period")}, {Label: l.T("edition.number")}, {Label: l.T("edition.state")}}}
	for _, e := range list {
		state := l.T("edition.state.published")
		if by := replacedBy(e, list); by > 0 {
			state = l.T("edition.state.replaced", "Number", by)
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Cells: []page.Cell{{Text: l.Period(e.Period), URL: s.linked(r, page.EditionAddress(e))}, {Text: page.EditionKey(e)}, {Text: state}}})
	}
	p.More = page.Calendar{Today: thn.DateOf(s.Now(), utc)}.Tables(l, release.Expected(look.said, list))
	p.Next = s.calendarLink(r)
	return p, nil
}

// publicNewest leads from a country and a period to the newest release about it.
func publicNewest(s *Server, r *request) (reply, error) {
	s.inLanguage(r)
	look, err := s.open(r, r.gin.Param("country"))
	if err != nil {
		return reply{}, err
	}
	for _, e := range standing(look.open) {
		if page.EditionPeriod(e.Period) == r.gin.Param("period") {
			return reply{status: 302, location: s.linked(r, page.EditionAddress(e)), cache: keptPage}, nil
		}
	}
	return reply{}, noRelease
}

var noRelease = fault.Say(fault.NotFound, "public release", "edition.public.not_found", nil)

// shelved finds the release of the address among those about the same country.
func (s *Server) shelved(r *request, list []thn.Edition) (e thn.Edition, f release.Figures, err error) {
	i := slices.IndexFunc(list, func(x thn.Edition) bool {
		return page.EditionPeriod(x.Period) == r.gin.Param("period") && page.EditionKey(x) == r.gin.Param("edition")
	})
	if i < 0 {
		return e, f, noRelease
	}
	if e, err = s.Shelf.Edition(r.ctx, list[i].Programme, list[i].Number); err == nil {
		f, err = release.FiguresOf(e)
	}
	return e, f, err
}

// publicEdition is a release for everybody. One that a newer one has taken the
// place of stays where it is, and says so.
func publicEdition(s *Server, r *request, look onShelf) (page.Page, error) {
	list := look.open
	e, f, err := s.shelved(r, list)
	if err != nil {
		return nil, err
	}
	p, err := page.Issued(r.locale, s.host(r), e, f)
	if err != nil {
		return nil, err
	}
	if by := replacedBy(e, list); by > 0 {
		i := slices.IndexFunc(list, func(x thn.Edition) bool { return x.Programme == e.Programme && x.Number == by })
		p.Newer = page.Option{Value: s.linked(r, page.EditionAddress(list[i])), Label: r.locale.T("edition.newest")}
	}
	p.Editions = []page.Option{{Value: s.linked(r, page.EditionsAddress(e.Country)), Label: r.locale.T("edition.public.country", "Country", p.Country)}}
	under, query := s.tongue(r, page.EditionAddress(e))
	p.Files = filesOf(r, under, query)
	s.passOn(r, p, under, query)
	if s.host(r) != "" {
		p.Data = page.Dataset(r.locale, p, e, f, s.host(r), p.Files)
	}
	return p, nil
}

// publicFile is a release as a file, or one of its drawings to be shown elsewhere.
func publicFile(s *Server, r *request) (reply, error) {
	s.inLanguage(r)
	look, err := s.open(r, r.gin.Param("country"))
	if err != nil {
		return reply{}, err
	}
	e, _, err := s.shelved(r, look.open)
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

// publicDefinitions is what the figures of every release count.
func publicDefinitions(_ *Server, r *request, _ onShelf) (page.Page, error) {
	p := &page.Definitions{Base: page.Base{Heading: r.locale.T("nav.definitions")}}
	p.Draw(r.locale)
	return p, nil
}
