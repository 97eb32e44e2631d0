package server

import (
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

const ambulance thn.Setting = "ambulance"

// leaveBehindList shows at how many eligible calls a kit was left.
func leaveBehindList(s *Server, r *request) (reply, error) {
	g, err := s.register(r, "leave-behind", ambulance)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.ListPage{Base: page.Base{Heading: l.T("leave.title"), Here: "leave-behind", Wide: true}, Empty: l.T("releases.none")}
	if len(g.sites) == 0 {
		p.Empty = l.T("leave.no_service")
		return reply{page: p}, nil
	}
	p.Add, p.Filters = page.Option{Value: "/leave-behind/new", Label: l.T("releases.add")}, s.choosers(r, g)
	t, err := report.Build(r.ctx, s.Figures, "leave-behind", g.spec)
	if err != nil {
		return reply{}, err
	}
	p.Intro = append(page.LeaveBehindSentence(l, t), l.T("leave.intro"))
	months, err := s.leaveMonths(r, g)
	p.Table, p.Extra = page.Turned(l, t), months
	return reply{page: p}, err
}

func (s *Server) leaveMonths(r *request, g register) ([]page.Table, error) {
	months, err := s.facts(r, g, thn.KindLeaveBehind)
	return s.monthTables(r, g, form.LeaveCounts, func(site thn.Site, month thn.Date) page.Row {
		var counts []int
		if x, recorded := months[monthKey(site.ID, month)].(thn.LeaveBehind); recorded {
			counts = x.Counts()
		}
		return monthRow(r, g, site, month, "", counts, len(form.LeaveCounts))
	}), err
}

func leaveBehindNew(s *Server, r *request) (reply, error) {
	q := r.query()
	f := form.LeaveBehind{ID: string(thn.NewID()), Site: q.Get("site"), Month: q.Get("month")}
	sites, err := s.ownSites(r, ambulance)
	if err != nil {
		return reply{}, err
	}
	was, err := s.asked(r, thn.KindLeaveBehind, sites, f.Site, f.Month)
	if x, ok := was.(thn.LeaveBehind); ok {
		f = form.LeaveBehindOf(x, thn.ID(f.ID))
	}
	if err != nil {
		return reply{}, err
	}
	return reply{page: s.leaveBehindPage(r, sites, f, was, nil)}, nil
}

func (s *Server) leaveBehindPage(r *request, sites []thn.Site, f form.LeaveBehind, was thn.Fact, wrong error) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("leave.form_title"), Here: "leave-behind"}, Intro: []string{l.T("leave.form_intro")}}
	if x, ok := was.(thn.LeaveBehind); ok && f.Corrects != "" {
		site, _ := siteOf(sites, x.Site)
		p.Heading = l.T("releases.correct_title", "Month", l.Month(x.Month), "Site", site.Name)
		p.Intro = append(p.Intro, l.T("leave.was", "Eligible", l.Number(x.Eligible), "Left", l.Number(x.Left())))
	}
	m := s.problems(r, wrong, &p.Base)
	fields := append([]page.Field{idField(f.ID)}, s.whose(r, monthForm{site: f.Site, month: f.Month, corrects: f.Corrects, label: "leave.service"}, sites, m)...)
	for i, answer := range f.Answers() {
		field := countField(r, form.LeaveCounts[i], "report.call."+form.LeaveCounts[i], *answer, m)
		if i == 0 {
			field = hinted(r, field, "leave.eligible_hint")
			field.Optional = false
		}
		fields = append(fields, field)
	}
	p.Form = page.Form{Action: "/leave-behind", Submit: l.T("form.save"), Cancel: "/leave-behind", Fields: fields}
	return p
}

func leaveBehindCreate(s *Server, r *request) (reply, error) {
	var f form.LeaveBehind
	err := r.form(&f)
	var record thn.LeaveBehind
	if err == nil {
		record, err = f.ToDomain()
	}
	sites, lookup := s.ownSites(r, ambulance)
	if lookup != nil {
		return reply{}, lookup
	}
	frame := monthForm{key: "leave-behind", site: f.Site, month: f.Month, corrects: f.Corrects, kind: thn.KindLeaveBehind, settings: []thn.Setting{ambulance}, label: "leave.service"}
	return s.kept(r, frame, record, err, func(frame monthForm, was thn.Fact, wrong error) *page.FormPage {
		f.Corrects = frame.corrects
		return s.leaveBehindPage(r, sites, f, was, wrong)
	})
}
