package server

import (
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

const prison thn.Setting = "prison"

// releaseList shows how far releases got, why some ended without a kit, and the
// months that this rests on.
func releaseList(s *Server, r *request) (reply, error) {
	g, err := s.register(r, "releases", prison)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.ListPage{Base: page.Base{Heading: l.T("releases.title"), Here: "releases", Wide: true}, Empty: l.T("releases.none")}
	if len(g.sites) == 0 {
		p.Empty = l.T("releases.no_prison")
		return reply{page: p}, nil
	}
	p.Add, p.Filters = page.Option{Value: "/releases/new", Label: l.T("releases.add")}, s.choosers(r, g)
	cascade, err := report.Build(r.ctx, s.Figures, "releases", g.spec)
	if err != nil {
		return reply{}, err
	}
	why, err := report.Build(r.ctx, s.Figures, "release-drop-outs", g.spec)
	if err != nil {
		return reply{}, err
	}
	if p.Figures, err = page.ReleaseFigures(l, cascade, why); err != nil {
		return reply{}, err
	}
	tables, err := s.releaseMonths(r, g)
	p.Table, p.Extra = tables[0], tables[1:] // a page without a site has gone before
	p.Intro = append(p.Intro, l.T("releases.intro"))
	return reply{page: p}, err
}

// releaseMonths lists every month with its steps, and beside them the kits that
// were recorded at the gate, as a check.
func (s *Server) releaseMonths(r *request, g register) ([]page.Table, error) {
	var names []string
	for _, step := range thn.Steps {
		names = append(names, string(step))
	}
	months, err := s.facts(r, g, thn.KindRelease)
	if err != nil {
		return nil, err
	}
	gate, err := s.gateKits(r, g)
	tables := s.monthTables(r, g, append(names, "gate"), func(site thn.Site, month thn.Date) page.Row {
		var counts []int
		x, recorded := months[monthKey(site.ID, month)].(thn.Release)
		for _, step := range thn.Steps {
			if recorded {
				counts = append(counts, x.At(step))
			}
		}
		row := monthRow(r, g, site, month, flag(r, x), counts, len(thn.Steps))
		row.Cells = append(row.Cells, page.Cell{Text: r.locale.Number(gate[monthKey(site.ID, month)]), Numeric: true})
		return row
	})
	for i := range tables {
		tables[i].Notes = append(tables[i].Notes, r.locale.T("releases.gate_note"))
	}
	return tables, err
}

// flag says that a step is above the one before it, with both numbers.
func flag(r *request, x thn.Release) string {
	l := r.locale
	step, grows := x.Growing()
	if !grows {
		return ""
	}
	return l.T("releases.flag", "Step", l.T("code.release_step."+string(step)), "N", l.Number(x.At(step)),
		"Before", l.T("code.release_step."+string(x.Before(step))), "Last", l.Number(x.At(x.Before(step))))
}

// gateKits sums the distributions of the prison channel by site and month.
func (s *Server) gateKits(r *request, g register) (map[string]int64, error) {
	cells, err := s.Figures.Tally(r.ctx, thn.Query{Programme: r.actor.Programme.ID, Period: g.spec.Period, Sites: g.spec.Sites,
		Channels: []thn.Channel{thn.ChannelPrison}, Groups: []thn.Group{thn.BySite, thn.ByMonth}})
	kits := map[string]int64{}
	for _, c := range cells {
		month := c.Keys[thn.ByMonth]
		if len(month) == len("202603") {
			kits[c.Keys[thn.BySite]+month[:4]+"-"+month[4:]+"-01"] = c.Kits
		}
	}
	return kits, err
}

// releaseNew opens the form of a month; one that is recorded already opens as
// its correction.
func releaseNew(s *Server, r *request) (reply, error) {
	q := r.query()
	f := form.Release{ID: string(thn.NewID()), Site: q.Get("site"), Month: q.Get("month"), Definition: string(thn.RiskDefinitions[0])}
	sites, err := s.ownSites(r, prison)
	if err != nil {
		return reply{}, err
	}
	was, err := s.asked(r, thn.KindRelease, sites, f.Site, f.Month)
	if x, ok := was.(thn.Release); ok {
		f = form.ReleaseOf(x, thn.ID(f.ID))
	}
	if err != nil {
		return reply{}, err
	}
	return reply{page: s.releasePage(r, sites, f, was, nil)}, nil
}

// asked finds what is recorded of the month that the address names.
func (s *Server) asked(r *request, kind thn.RecordKind, sites []thn.Site, site, month string) (thn.Fact, error) {
	if site == "" || month == "" {
		return nil, nil //nolint:nilnil // nothing was asked for
	}
	day, err := thn.ParseDate(month + "-01")
	if _, mine := siteOf(sites, thn.ID(site)); err != nil || !mine {
		return nil, fault.Say(fault.NotFound, "month", "problem.not_found_text", nil)
	}
	return s.before(r, kind, thn.ID(site), day)
}

func (s *Server) releasePage(r *request, sites []thn.Site, f form.Release, was thn.Fact, wrong error) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("releases.form_title"), Here: "releases"}, Intro: []string{l.T("releases.form_intro")}}
	if x, ok := was.(thn.Release); ok && f.Corrects != "" {
		site, _ := siteOf(sites, x.Site)
		p.Heading = l.T("releases.correct_title", "Month", l.Month(x.Month), "Site", site.Name)
		p.Intro = append(p.Intro, l.T("releases.was", "AtRisk", l.Number(x.At(thn.StepAtRisk)), "Handed", keptCell(r, x.At(thn.StepHandedOver)).Text))
	}
	m := s.problems(r, wrong, &p.Base)
	fields := []page.Field{idField(f.ID)}
	fields = append(fields, s.whose(r, monthForm{site: f.Site, month: f.Month, corrects: f.Corrects, label: "releases.establishment"}, sites, m)...)
	fields = append(fields, codes(r, "definition", "releases.definition", "risk_definition", thn.RiskDefinitions, f.Definition, m, false))
	for _, step := range thn.Steps {
		field := countField(r, string(step), "code.release_step."+string(step), *f.Steps()[step], m)
		field.Optional = step != thn.StepAtRisk
		if step == thn.StepAtRisk {
			field = hinted(r, field, "releases.at_risk_hint")
		}
		fields = append(fields, field)
	}
	if f.Grows == "yes" || grown(wrong) {
		fields = append(fields, page.Field{Kind: page.FieldCheck, Name: "grows", Label: l.T("releases.grows"), Error: m["grows"],
			Options: []page.Option{{Value: "yes", Label: l.T("releases.checked"), Chosen: f.Grows == "yes"}}})
	}
	for i, d := range thn.DropOuts {
		field := countField(r, string(d), "code.drop_out."+string(d), *f.Reasons()[d], m)
		if i == 0 {
			field = hinted(r, field, "releases.reasons_hint")
		}
		fields = append(fields, field)
	}
	fields = append(fields, countField(r, "total", "releases.total", f.Total, m), countField(r, "unplanned", "releases.unplanned", f.Unplanned, m))
	p.Form = page.Form{Action: "/releases", Submit: l.T("form.save"), Cancel: "/releases", Fields: fields}
	return p
}

// grown tells whether a step above the one before it is among the problems.
func grown(wrong error) bool {
	return slices.ContainsFunc(fault.FieldsOf(wrong), func(f fault.Field) bool { return f.Key == "releases.step_grows" || f.Key == "intake.step_grows" })
}

func releaseCreate(s *Server, r *request) (reply, error) {
	var f form.Release
	err := r.form(&f)
	var record thn.Release
	if err == nil {
		record, err = f.ToDomain()
	}
	sites, lookup := s.ownSites(r, prison)
	if lookup != nil {
		return reply{}, lookup
	}
	frame := monthForm{key: "releases", site: f.Site, month: f.Month, corrects: f.Corrects, kind: thn.KindRelease, settings: []thn.Setting{prison}, label: "releases.establishment"}
	return s.kept(r, frame, record, err, func(frame monthForm, was thn.Fact, wrong error) *page.FormPage {
		f.Corrects = frame.corrects
		return s.releasePage(r, sites, f, was, wrong)
	})
}
