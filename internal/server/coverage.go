package server

import (
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// view is what a figures page was asked to show: all of it is in the address,
// so that a view can be linked.
type view struct {
	spec    report.Spec
	period  string
	area    string
	channel string
	areas   []thn.Area
}

// view reads the address. An area outside the actor's reach is not found, as if
// it did not exist.
func (s *Server) view(r *request) (view, error) {
	q := r.query()
	v := view{period: q.Get("period"), area: q.Get("area"), channel: q.Get("channel")}
	v.spec = report.Spec{Programme: r.actor.Programme, Areas: r.actor.Areas, AsAt: s.Now(), Series: q.Get("base")}
	if r.actor.Grant.Site != "" {
		v.spec.Sites = []thn.ID{r.actor.Grant.Site}
	}
	period, err := s.usualPeriod(r)
	if err != nil {
		return v, err
	}
	if v.period != "" {
		if period, err = thn.ParsePeriod(v.period, time.Month(r.actor.Programme.Fiscal)); err != nil {
			return v, &fault.Error{Kind: fault.Invalid, Op: "view", Key: "coverage.bad_period", Err: err}
		}
	}
	v.spec.Period = period
	if v.areas, err = s.Directory.Areas(r.ctx, r.actor.Programme.ID); err != nil {
		return v, err
	}
	if err := v.within(r); err != nil {
		return v, err
	}
	if v.channel != "" {
		c, err := thn.ParseCode(thn.Channels, v.channel)
		if err != nil {
			return v, fault.Say(fault.NotFound, "view", "problem.not_found_text", nil)
		}
		v.spec.Channels = []thn.Channel{c}
	}
	return v, nil
}

// usualPeriod is what a page shows when the address names none: the last twelve
// whole months, or, for a programme that holds published totals only, the newest
// year that one of them covers.
func (s *Server) usualPeriod(r *request) (thn.Period, error) {
	twelve := thn.Twelve(s.today(r))
	totals, err := s.Figures.Totals(r.ctx, r.actor.Programme.ID)
	if err != nil || len(totals) == 0 {
		return twelve, err
	}
	newest := thn.Period{}
	for _, t := range totals {
		if t.Measure == thn.MeasureKits && newest.To.Before(t.Period.To) || t.Period.To == newest.To && newest.Days() > t.Period.Days() {
			newest = t.Period
		}
	}
	if newest.To.IsZero() || twelve.From.Before(newest.To) {
		return twelve, nil
	}
	return newest, nil
}

// within narrows the view to one area and what lies below it.
func (v *view) within(r *request) error {
	v.areas = slices.DeleteFunc(v.areas, func(a thn.Area) bool { return !r.actor.ReachesArea(a.ID) })
	if v.area == "" {
		return nil
	}
	if !slices.ContainsFunc(v.areas, func(a thn.Area) bool { return string(a.ID) == v.area }) {
		return fault.Say(fault.NotFound, "view", "problem.not_found_text", nil)
	}
	v.spec.Areas = thn.Below(v.areas, thn.ID(v.area))
	return nil
}

func coverage(s *Server, r *request) (reply, error) {
	v, err := s.view(r)
	if err != nil {
		return reply{}, err
	}
	overview, err := look(s, r, v.spec, report.See)
	if err != nil {
		return reply{}, err
	}
	p := &page.Coverage{Base: page.Base{Heading: r.locale.T("coverage.title"), Here: "coverage", Wide: true}}
	p.Filters = s.filters(r, v, "/coverage")
	if p.Waiting, err = s.toDecide(r); err != nil {
		return reply{}, err
	}
	if err := p.Draw(r.locale, overview, s.today(r)); err != nil {
		return reply{}, err
	}
	for i := range p.Figures {
		p.Figures[i].Table.Files = fileLinks(r, "/coverage/"+p.Figures[i].ID, v)
		if p.Figures[i].ID == "reach" && overview.ReachSeries > 1 && r.actor.May(thn.VerbSetup) {
			p.Figures[i].More = page.Option{Value: "/denominators/effect?" + r.query().Encode(), Label: r.locale.T("coverage.reach_effect")}
		}
	}
	return reply{page: p}, nil
}

// filters draws the period, area and channel choosers as a form that puts the
// answers into the address.
func (s *Server) filters(r *request, v view, action string) page.Form {
	f := page.Form{Action: action, Submit: r.locale.T("coverage.apply")}
	f.Fields = append(f.Fields, page.Field{Kind: page.FieldSelect, Name: "period", Label: r.locale.T("coverage.period"), Options: s.periodOptions(r, v)})
	area := page.Field{Kind: page.FieldSelect, Name: "area", Label: r.locale.T("coverage.area"), Options: []page.Option{{Label: r.locale.T("coverage.area_all")}}}
	lang.Sort(r.locale, v.areas, func(a thn.Area) string { return a.Name })
	for _, a := range v.areas {
		area.Options = append(area.Options, page.Option{Value: string(a.ID), Label: a.Name, Chosen: string(a.ID) == v.area})
	}
	channel := page.Field{Kind: page.FieldSelect, Name: "channel", Label: r.locale.T("coverage.channel"), Options: []page.Option{{Label: r.locale.T("coverage.channel_all")}}}
	for _, c := range thn.Channels {
		channel.Options = append(channel.Options, page.Option{Value: string(c), Label: r.locale.T("code.channel." + string(c)), Chosen: string(c) == v.channel})
	}
	f.Fields = append(f.Fields, area, channel)
	return f
}

// periodOptions offers the last twelve months, then quarters, years, financial
// years and months, newest first; a period that came with the address is kept.
func (s *Server) periodOptions(r *request, v view) []page.Option {
	today, fiscal := s.today(r), time.Month(r.actor.Programme.Fiscal)
	var list []thn.Period
	for i, m := 0, today.FirstOfMonth(); i < 8; i++ {
		q := m.AddMonths(-3 * i)
		list = append(list, thn.Quarter(q.Year(), (int(q.Month())+2)/3))
	}
	for i := range 10 {
		list = append(list, thn.YearFrom(today.Year()-i, time.January))
	}
	if fiscal != time.January {
		for i := range 12 {
			list = append(list, thn.YearFrom(today.Year()-i, fiscal))
		}
	}
	for i := range 12 {
		list = append(list, thn.Month(today.AddMonths(-i).Year(), today.AddMonths(-i).Month()))
	}
	options := []page.Option{{Value: "", Label: r.locale.T("coverage.twelve"), Chosen: v.period == ""}}
	if v.period != "" && !slices.Contains(list, v.spec.Period) {
		options = append(options, page.Option{Value: v.spec.Period.Param(), Label: r.locale.Period(v.spec.Period), Chosen: true})
	}
	for _, p := range list {
		label := r.locale.Period(p)
		if p.Shape() == thn.ShapeFiscal {
			label = r.locale.T("coverage.fiscal", "Year", r.locale.Financial(p))
		}
		options = append(options, page.Option{Value: p.Param(), Label: label, Chosen: v.period != "" && p == v.spec.Period})
	}
	return options
}

// fileLinks are the same figures as files.
func fileLinks(r *request, path string, v view) []page.Option {
	q := r.query()
	q.Set("period", v.spec.Period.Param())
	return []page.Option{
		{Value: path + ".csv?" + q.Encode(), Label: r.locale.T("coverage.csv")},
		{Value: path + ".json?" + q.Encode(), Label: r.locale.T("coverage.json")},
	}
}
