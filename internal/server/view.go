package server

import (
	"net/url"
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
	period  string // as the address has it; empty: the usual one
	area    string
	channel string
	compare string   // before, year, or nothing
	asAt    thn.Date // the day that the figures stand at, when it is over; zero: now
	areas   []thn.Area
}

// compares are the periods that a view may be set beside, by their name in the address.
var compares = map[string]func(thn.Period) thn.Period{"before": thn.Period.Before, "year": thn.Period.YearEarlier}

// view reads the address. An area outside the actor's reach is not found, as if
// it did not exist. A period that is none is told by the field it stands in; the
// view then is of the usual one, for the page that lets it be put right.
func (s *Server) view(r *request) (view, error) {
	q := r.query()
	v := view{period: q.Get("period"), area: q.Get("area"), channel: q.Get("channel"), compare: q.Get("compare")}
	usual, err := s.usualPeriod(r)
	if err != nil {
		return v, err
	}
	v.spec = s.inReach(r, usual)
	v.spec.Series = q.Get("base")
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
	if err = v.during(r); err == nil {
		err = v.stood(s, r)
	}
	if then, known := compares[v.compare]; known {
		v.spec.Then = then(v.spec.Period)
	} else {
		v.compare = ""
	}
	return v, err
}

// during reads the period: by its name, or by its first and last day. Days win,
// because whoever enters them has the list above them still set to something.
func (v *view) during(r *request) error {
	q := r.query()
	from, to := q.Get("from"), q.Get("to")
	if from == "" && to == "" {
		if v.period == "" {
			return nil
		}
		p, err := thn.ParsePeriod(v.period, time.Month(r.actor.Programme.Fiscal))
		if err != nil {
			v.period = ""
			return badPeriod("period", "coverage.bad_period")
		}
		v.spec.Period = p
		return nil
	}
	first, err := thn.ParseDate(from)
	if err != nil {
		return badPeriod("from", "coverage.bad_from")
	}
	last, err := thn.ParseDate(to)
	if err != nil {
		return badPeriod("to", "coverage.bad_to")
	}
	if last.Before(first) {
		return badPeriod("to", "coverage.backward")
	}
	v.spec.Period = thn.Period{From: first, To: last.AddDays(1)}
	v.period = v.spec.Period.Param()
	return nil
}

// stood reads the day that the figures are asked as at: they are those that
// stood when it ended, so today is the same as now.
func (v *view) stood(s *Server, r *request) error {
	text := r.query().Get("as_at")
	if text == "" {
		return nil
	}
	day, err := thn.ParseDate(text)
	switch today := s.today(r); {
	case err != nil:
		return badPeriod("as_at", "coverage.bad_as_at")
	case today.Before(day):
		return badPeriod("as_at", "coverage.as_at_ahead")
	case day.Before(today):
		v.asAt, v.spec.AsAt = day, r.actor.Programme.EndOf(day)
	}
	return nil
}

// stands is the day that the view's figures stand at, in words.
func (v view) stands(s *Server, r *request) string {
	if v.asAt.IsZero() {
		return r.locale.Date(s.today(r))
	}
	return r.locale.Date(v.asAt)
}

// standsField asks for that day.
func (v view) standsField(r *request) page.Field {
	f := page.Field{Kind: page.FieldDay, Name: "as_at", Label: r.locale.T("coverage.stood"), Optional: true}
	if !v.asAt.IsZero() {
		f.Value = v.asAt.String()
	}
	return f
}

// badPeriod says what is wrong, beside the field and on its own: files have no field.
func badPeriod(name, key string) error {
	return &fault.Error{Kind: fault.Invalid, Op: "view", Key: key, Fields: []fault.Field{{Name: name, Key: key}}}
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

// divided tells whether the view has areas side by side: somewhere in it, one
// has two below it, or several stand at its top.
func (v view) divided() bool {
	in := func(id thn.ID) bool { return v.spec.Areas == nil || slices.Contains(v.spec.Areas, id) }
	under := map[thn.ID]int{}
	for _, a := range v.areas {
		if in(a.ID) {
			parent := a.Parent
			if !in(parent) {
				parent = ""
			}
			under[parent]++
		}
	}
	for _, n := range under {
		if n > 1 {
			return true
		}
	}
	return false
}

// address is a page with this view, some of it changed. The period is always
// named, so that the address shows the same on another day.
func (v view) address(path string, change ...string) string {
	q := url.Values{"period": {v.spec.Period.Param()}}
	for key, value := range map[string]string{"area": v.area, "channel": v.channel, "compare": v.compare, "base": v.spec.Series, "as_at": v.asAt.String()} {
		if value != "" {
			q.Set(key, value)
		}
	}
	for i := 0; i < len(change); i += 2 {
		if change[i+1] == "" {
			q.Del(change[i])
			continue
		}
		q.Set(change[i], change[i+1])
	}
	return path + "?" + q.Encode()
}

// drill leads from a row to the view of its area or channel.
func (v view) drill(path string) page.Drill {
	return func(by report.By, l report.Label) string {
		switch by {
		case report.ByArea:
			for _, a := range v.areas {
				if l.Code != "" && (l.Code == a.Code || l.Code == string(a.ID)) && string(a.ID) != v.area {
					return v.address(path, "area", string(a.ID))
				}
			}
		case report.ByChannel:
			if c, err := thn.ParseCode(thn.Channels, l.Code); err == nil && string(c) != v.channel {
				return v.address(path, "channel", string(c))
			}
		}
		return ""
	}
}

// trail leads from everywhere to the place and channel shown; the last has no address.
func (s *Server) trail(r *request, v view, path string) (list []page.Option) {
	if v.area == "" && v.channel == "" {
		return nil
	}
	byID := map[thn.ID]thn.Area{}
	for _, a := range v.areas {
		byID[a.ID] = a
	}
	for a, ok := byID[thn.ID(v.area)]; ok; a, ok = byID[a.Parent] {
		list = append(list, page.Option{Value: v.address(path, "area", string(a.ID), "channel", ""), Label: a.Name})
	}
	if _, root := byID[rootOf(byID, thn.ID(v.area))]; !root || v.area == "" {
		list = append(list, page.Option{Value: v.address(path, "area", "", "channel", ""), Label: r.locale.T("coverage.area_all")})
	}
	slices.Reverse(list)
	if v.channel != "" {
		list = append(list, page.Option{Label: r.locale.T("code.channel." + v.channel)})
	}
	list[len(list)-1].Value = ""
	return list
}

// rootOf climbs to the largest area that may be seen.
func rootOf(byID map[thn.ID]thn.Area, id thn.ID) thn.ID {
	for a := byID[id]; a.ID != ""; a = byID[a.Parent] {
		if a.Parent == "" {
			return a.ID
		}
	}
	return ""
}

// chooser says what a view is of and lets it be changed, with one tap to the
// period before and after.
func (s *Server) chooser(r *request, v view, path string, messages map[string]string) page.Chooser {
	l := r.locale
	c := page.Chooser{Words: l.T("coverage.change"), Turn: page.Turn{Now: l.Period(v.spec.Period)}, Form: s.filters(r, v, path), Open: len(messages) > 0}
	before, after := v.spec.Period.Before(), v.spec.Period.After()
	c.Turn.Before = page.Option{Value: v.address(path, "period", before.Param()), Label: l.Period(before)}
	if !s.today(r).Before(after.From) {
		c.Turn.After = page.Option{Value: v.address(path, "period", after.Param()), Label: l.Period(after)}
	}
	compare := page.Field{Kind: page.FieldSelect, Name: "compare", Label: l.T("coverage.compare"), Options: []page.Option{{Label: l.T("coverage.compare_none")}}}
	for _, key := range []string{"before", "year"} {
		compare.Options = append(compare.Options, page.Option{Value: key, Label: l.T("coverage.compare_" + key), Chosen: key == v.compare})
	}
	c.Form.Fields = append(c.Form.Fields, compare)
	for _, name := range []string{"from", "to"} {
		c.Form.Fields = append(c.Form.Fields, page.Field{Kind: page.FieldDay, Name: name, Label: l.T("coverage." + name), Optional: true, Value: r.query().Get(name)})
	}
	if len(messages) == 0 { // the list above names the days already
		c.Form.Fields[len(c.Form.Fields)-1].Value, c.Form.Fields[len(c.Form.Fields)-2].Value = "", ""
	}
	c.Form.Fields = append(c.Form.Fields, v.standsField(r))
	for i, f := range c.Form.Fields {
		c.Form.Fields[i].Error = messages[f.Name]
	}
	return c
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

// periodOptions offers the last twelve months, then months, quarters, years and
// financial years, each under its heading and newest first; a period that came
// with the address is kept.
func (s *Server) periodOptions(r *request, v view) []page.Option {
	l, today, fiscal := r.locale, s.today(r), time.Month(max(1, r.actor.Programme.Fiscal))
	options := []page.Option{{Value: "", Label: l.T("coverage.twelve"), Chosen: v.period == ""}}
	found := v.period == ""
	offer := func(group string, n int, at func(int) thn.Period, name func(thn.Period) string) {
		for i := range n {
			p := at(i)
			if p.From == today || today.Before(p.From) {
				continue // it has not begun
			}
			chosen := v.period != "" && p == v.spec.Period && !found
			found = found || chosen
			options = append(options, page.Option{Value: p.Param(), Label: name(p), Group: l.T("coverage.group_" + group), Chosen: chosen})
		}
	}
	month := today.FirstOfMonth()
	offer("months", 24, func(i int) thn.Period { m := month.AddMonths(-i); return thn.Month(m.Year(), m.Month()) }, l.Period)
	offer("quarters", 12, func(i int) thn.Period {
		m := month.AddMonths(-3 * i)
		return thn.Quarter(m.Year(), (int(m.Month())+2)/3)
	}, l.Period)
	offer("years", 10, func(i int) thn.Period { return thn.YearFrom(today.Year()-i, time.January) }, l.Period)
	if fiscal != time.January {
		offer("fiscal", 12, func(i int) thn.Period { return thn.YearFrom(today.Year()-i, fiscal) }, func(p thn.Period) string {
			return l.T("coverage.fiscal_year", "Year", l.Financial(p), "From", l.Month(p.From))
		})
	}
	if !found {
		options = slices.Insert(options, 1, page.Option{Value: v.spec.Period.Param(), Label: l.Period(v.spec.Period), Chosen: true})
	}
	return options
}

// fileLinks are the same figures as files.
func fileLinks(r *request, path string, v view) []page.Option {
	q := r.query()
	q.Set("period", v.spec.Period.Param())
	q.Del("from")
	q.Del("to")
	return []page.Option{
		{Value: path + ".csv?" + q.Encode(), Label: r.locale.T("coverage.csv")},
		{Value: path + ".json?" + q.Encode(), Label: r.locale.T("coverage.json")},
	}
}
