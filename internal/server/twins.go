package server

import (
	"context"
	"slices"

	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// Reports is where reports of uses are read, to be compared.
type Reports interface {
	Uses(ctx context.Context, programme thn.ID, since thn.Date) ([]thn.ToldUse, error)
}

const (
	twinMonths = 24 // as long as the detail of an event is kept
	twinsShown = 20
)

// twins lists reports that may be of one event, within the actor's reach.
func twins(s *Server, r *request) (reply, error) {
	told, err := s.Reports.Uses(r.ctx, r.actor.Programme.ID, s.today(r).AddMonths(-twinMonths))
	if err != nil {
		return reply{}, err
	}
	told = slices.DeleteFunc(told, func(u thn.ToldUse) bool { return !r.actor.ReachesUse(u.Use) })
	list := thn.PossibleTwins(told)
	sites, areas, err := s.placeNames(r)
	if err != nil {
		return reply{}, err
	}
	p := &page.Twins{Base: page.Base{Heading: r.locale.T("twins.title"), Here: "twins", Wide: true}}
	for _, t := range list[:min(twinsShown, len(list))] {
		p.Pairs = append(p.Pairs, s.pair(r, t, sites, areas))
	}
	if n := len(list) - len(p.Pairs); n > 0 {
		p.More = r.locale.N("twins.more", n)
	}
	return reply{page: p}, nil
}

// placeNames gives the names of all sites and areas; a report without a site
// came from a file.
func (s *Server) placeNames(r *request) (sites, areas map[thn.ID]string, err error) {
	sites, areas = map[thn.ID]string{"": r.locale.T("twins.no_site")}, map[thn.ID]string{}
	list, err := s.Directory.Sites(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range list {
		sites[x.ID] = x.Name
	}
	all, err := s.Directory.Areas(r.ctx, r.actor.Programme.ID)
	for _, x := range all {
		areas[x.ID] = x.Name
	}
	return sites, areas, err
}

func (s *Server) pair(r *request, t thn.Twins, sites, areas map[thn.ID]string) page.Pair {
	l := r.locale
	heading := l.T("twins.pair", "Day", l.Date(t.Later.Reported), "Area", areas[t.Later.Area])
	p := page.Pair{Record: string(t.Later.ID), Fresh: string(thn.NewID()), Heading: heading, Apart: string(newest(t.Earlier).ID)}
	p.Table = page.Table{ID: "pair-" + string(t.Later.ID), Caption: heading, Columns: []page.Column{{Label: l.T("twins.answer")}, {Label: l.T("twins.later")}}}
	versions := [][]page.Told{s.useFacts(r, t.Later.Use, sites[t.Later.Site])}
	days := []page.Cell{{Text: l.T("twins.told")}, {Text: l.Date(t.Later.Reported)}}
	for i, e := range t.Earlier {
		p.Table.Columns = append(p.Table.Columns, page.Column{Label: l.T("twins.earlier", "Number", i+1)})
		versions = append(versions, s.useFacts(r, e.Use, sites[e.Site]))
		days = append(days, page.Cell{Text: l.Date(e.Reported)})
		p.Same = append(p.Same, page.Option{Value: string(e.ID), Label: l.T("twins.same", "Number", i+1)})
	}
	p.Table.Rows = []page.Row{{Cells: days}}
	for i, f := range versions[0] { // alike: all have as many persons, so the same lines
		row := page.Row{Cells: []page.Cell{{Text: f.Label}}}
		for _, v := range versions {
			row.Cells = append(row.Cells, page.Cell{Text: v[i].Value})
		}
		p.Table.Rows = append(p.Table.Rows, row)
	}
	return p
}

func newest(told []thn.ToldUse) thn.ToldUse {
	return slices.MaxFunc(told, func(a, b thn.ToldUse) int {
		switch {
		case a.Hour < b.Hour:
			return -1
		case a.Hour > b.Hour:
			return 1
		}
		return 0
	})
}

// twinDecide keeps a decision as a new version of the later report.
func twinDecide(s *Server, r *request) (reply, error) {
	var f form.Twin
	if err := r.form(&f); err != nil {
		return reply{}, err
	}
	other, done := f.Same, "twins.joined"
	if other == "" {
		other, done = f.Apart, "twins.parted"
	}
	result, err := s.Intake.Twin(r.ctx, r.actor, thn.ID(f.Record), thn.ID(other), thn.ID(f.ID), f.Same != "")
	if err == nil && result.Outcome == thn.Held {
		err = errTwins
	}
	if err != nil {
		return reply{}, err
	}
	s.notice(r, r.locale.T(done))
	return seeOther("/used/twins")
}
