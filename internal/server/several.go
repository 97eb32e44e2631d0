package server

import (
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// several opens the tally form for a group.
func several(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	if len(b.open) == 0 {
		return reply{}, errNoSites
	}
	site, product, err := s.offered(r, b)
	if err != nil {
		return reply{}, err
	}
	p, err := s.severalFor(r, b, form.Several{ID: string(thn.NewID()), Site: string(site), Product: product, Day: "today"}, nil)
	if err != nil {
		return reply{}, err
	}
	p.Saved = s.savedToday(r, b)
	p.Recalled, err = s.recalled(r)
	return reply{page: p}, err
}

// severalFor is the form with the questions of the office: for whom it is filled in.
func (s *Server) severalFor(r *request, b *bench, f form.Several, wrong error) (p *page.Several, err error) {
	p = s.severalPage(r, b, f, wrong)
	p.For0 = forWords(r, f)
	p.For, err = s.forFields(r, f, b.sites[thn.ID(f.Site)], s.problems(r, wrong, &page.Base{}))
	return p, err
}

func (s *Server) severalPage(r *request, b *bench, f form.Several, wrong error) *page.Several {
	p := &page.Several{Base: page.Base{Heading: r.locale.T("several.title"), Here: "several"}, ID: f.ID}
	m := s.problems(r, wrong, &p.Base)
	p.Site, p.Site0 = s.siteField(r, b, thn.ID(f.Site), m["site"]), b.siteWords(thn.ID(f.Site))
	p.Product, p.Product0 = s.kitField(r, b, f.Product, m["product"]), s.kitWords(r, b, f.Product)
	p.From, p.From0 = s.fromField(r, b, &f.From, thn.ID(f.Site), f.Product, m["from"])
	p.Day, p.Day0 = s.dayField(r, f.Day, form.Day{Day: f.DayDay, Month: f.DayMonth, Year: f.DayYear}, m["day"])
	for _, row := range form.Tallies {
		value := *f.Counts()[row.Name]
		if value == "" {
			value = "0"
		}
		p.Tallies = append(p.Tallies, page.Field{Name: row.Name, Label: r.locale.T("several." + row.Name), Value: value, Error: m[row.Name]})
	}
	return p
}

// severalCreate saves a group as one record with counts.
func severalCreate(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	var posted form.Several
	err = r.form(&posted)
	if fault.Is(err, fault.TooLarge) {
		return reply{}, err
	}
	if unread := s.reach(r, b, thn.ID(posted.Site)); unread != nil {
		return reply{}, unread
	}
	if slices.ContainsFunc(form.Tallies, func(t form.Tally) bool { return t.Name == posted.Step }) {
		count := posted.Counts()[posted.Step]
		*count = stepped(*count, "1", 0)
		p, err := s.severalFor(r, b, posted, nil)
		return reply{page: p}, err
	}
	var record thn.Distribution
	if err == nil {
		record, err = posted.ToDomain(s.today(r))
	}
	if err == nil {
		err = b.ownBag(record)
	}
	if err == nil {
		err = s.store(r, record, true, posted.Account)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		p, unread := s.severalFor(r, b, posted, err)
		return reply{status: http.StatusUnprocessableEntity, page: p}, unread
	}
	if err != nil {
		return reply{}, err
	}
	return seeOther("/give-out/several")
}
