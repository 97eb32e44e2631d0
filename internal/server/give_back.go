package server

import (
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// mine is the value that asks for one's own sheet instead of a site's.
const mine = "mine"

// giveBack is what a site's records, or one's own, became. Nobody is shown
// another person's: there is no table of workers.
func giveBack(s *Server, r *request) (reply, error) {
	v, err := s.view(r)
	if err != nil {
		return reply{}, err
	}
	if r.query().Get("period") == "" { // the month before: it is over
		v.spec.Period = thn.Month(s.today(r).Year(), s.today(r).Month()).Before()
	}
	sites, err := s.sitesInReach(r)
	if err != nil {
		return reply{}, err
	}
	l, chosen := r.locale, r.query().Get("site")
	p := &page.GiveBack{Base: page.Base{Heading: l.T("give_back.title"), Here: "give_back"}, Whose: l.T("give_back.mine"), Period: l.Period(v.spec.Period)}
	v.spec.Areas, v.spec.Sites, v.spec.Channels = nil, nil, nil
	by := r.actor.Account.ID
	if chosen != "" && chosen != mine {
		i := slices.IndexFunc(sites, func(x thn.Site) bool { return string(x.ID) == chosen })
		if i < 0 {
			return reply{}, fault.Say(fault.NotFound, "give back", "problem.not_found_text", nil)
		}
		by, v.spec.Sites, p.Whose = "", []thn.ID{sites[i].ID}, sites[i].Name
	}
	back, err := report.Returned(r.ctx, s.Figures, v.spec, by)
	if err != nil {
		return reply{}, err
	}
	p.Filters = s.giveBackFilters(r, v, sites, chosen)
	p.Draw(l, back)
	return reply{page: p}, nil
}

func (s *Server) giveBackFilters(r *request, v view, sites []thn.Site, chosen string) page.Form {
	l := r.locale
	v.period = v.spec.Period.Param()
	whose := page.Field{Kind: page.FieldSelect, Name: "site", Label: l.T("give_back.whose"), Options: []page.Option{{Value: mine, Label: l.T("give_back.mine")}}}
	for _, x := range sites {
		whose.Options = append(whose.Options, page.Option{Value: string(x.ID), Label: x.Name, Chosen: string(x.ID) == chosen})
	}
	return page.Form{Action: "/give-back", Submit: l.T("coverage.apply"), Fields: []page.Field{
		{Kind: page.FieldSelect, Name: "period", Label: l.T("coverage.period"), Options: s.periodOptions(r, v)[1:]}, whose}}
}

// sitesInReach lists the sites that the actor reaches, by name.
func (s *Server) sitesInReach(r *request) ([]thn.Site, error) {
	sites, err := s.Directory.Sites(r.ctx, r.actor.Programme.ID)
	sites = slices.DeleteFunc(sites, func(x thn.Site) bool { return !r.actor.Reaches(x) })
	lang.Sort(r.locale, sites, func(x thn.Site) string { return x.Name })
	return sites, err
}
