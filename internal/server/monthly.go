package server

import (
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// What prisons, stations and ambulance services count is theirs and the
// programme's: whoever sees figures sees those in reach, a worker those of the
// one site that they work at.

// ownSites lists the sites of some settings that the actor may see and record
// for here, by name.
func (s *Server) ownSites(r *request, settings ...thn.Setting) ([]thn.Site, error) {
	sites, err := s.Directory.Sites(r.ctx, r.actor.Programme.ID)
	sites = slices.DeleteFunc(sites, func(x thn.Site) bool {
		mine := r.actor.Grant.Site == x.ID || r.actor.May(thn.VerbCoverage) && r.actor.Reaches(x)
		return !mine || !slices.Contains(settings, x.Setting)
	})
	lang.Sort(r.locale, sites, func(x thn.Site) string { return x.Name })
	return sites, err
}

func idsOf(sites []thn.Site) []thn.ID {
	ids := []thn.ID{} // none matches nothing
	for _, x := range sites {
		ids = append(ids, x.ID)
	}
	return ids
}

func siteOf(sites []thn.Site, id thn.ID) (thn.Site, bool) {
	i := slices.IndexFunc(sites, func(x thn.Site) bool { return x.ID == id })
	if i < 0 {
		return thn.Site{}, false
	}
	return sites[i], true
}

// register is what a page of months was asked to show.
type register struct {
	view
	key   string
	sites []thn.Site // that may be chosen
	shown []thn.Site // those of them in view
}

// register reads the address: a period, by default the last twelve whole months
// and the one that runs, and a site.
func (s *Server) register(r *request, key string, setting thn.Setting) (g register, err error) {
	g.key = key
	if g.sites, err = s.ownSites(r, setting); err != nil {
		return g, err
	}
	if g.view, err = s.view(r); err != nil {
		return g, err
	}
	if g.period == "" {
		g.spec.Period = thn.Twelve(s.today(r))
		g.spec.Period.To = g.spec.Period.To.AddMonths(1)
	}
	g.shown = g.sites
	if id := thn.ID(r.query().Get("site")); id != "" {
		site, ok := siteOf(g.sites, id)
		if !ok {
			return g, fault.Say(fault.NotFound, "view", "problem.not_found_text", nil)
		}
		g.shown = []thn.Site{site}
	}
	g.spec.Sites, g.spec.Areas = idsOf(g.shown), nil
	return g, nil
}

// choosers draws the period and, where there are several, the site.
func (s *Server) choosers(r *request, g register) page.Form {
	f := page.Form{Action: "/" + g.key, Submit: r.locale.T("coverage.apply")}
	f.Fields = append(f.Fields, page.Field{Kind: page.FieldSelect, Name: "period", Label: r.locale.T("coverage.period"), Options: s.periodOptions(r, g.view)})
	if len(g.sites) > 1 {
		options := []page.Option{{Label: r.locale.T("releases.all_sites")}}
		for _, x := range g.sites {
			options = append(options, page.Option{Value: string(x.ID), Label: x.Name, Chosen: len(g.shown) == 1 && g.shown[0].ID == x.ID})
		}
		f.Fields = append(f.Fields, page.Field{Kind: page.FieldSelect, Name: "site", Label: r.locale.T("report.by.site"), Options: options})
	}
	return f
}

// facts reads the months in view by site and month.
func (s *Server) facts(r *request, g register, kind thn.RecordKind) (map[string]thn.Fact, error) {
	list, err := s.Figures.Facts(r.ctx, thn.FactQuery{Programme: r.actor.Programme.ID, Kind: kind, Period: g.spec.Period, Sites: g.spec.Sites})
	by := map[string]thn.Fact{}
	for _, f := range list {
		by[monthKey(f.Mentions().Site(), f.Mentions().Day)] = f
	}
	return by, err
}

func monthKey(site thn.ID, month thn.Date) string { return string(site) + month.String() }

// monthTables are the months that have begun, newest first, in a table for each
// site: its name and the months lead, then counts, then what row adds.
func (s *Server) monthTables(r *request, g register, counts []string, row func(site thn.Site, month thn.Date) page.Row) (tables []page.Table) {
	l := r.locale
	for _, site := range g.shown {
		t := page.Table{Caption: l.T("releases.months", "Site", site.Name), Columns: []page.Column{{Label: l.T("releases.month")}}, Notes: []string{l.T("releases.open_month")}}
		for _, key := range counts {
			t.Columns = append(t.Columns, page.Column{Label: l.T("releases.short." + key), Numeric: true})
		}
		for _, m := range slices.Backward(g.spec.Period.Months()) {
			if !s.today(r).Before(m.From) && (site.OpenOn(m.From) || site.OpenOn(m.Last())) {
				t.Rows = append(t.Rows, row(site, m.From))
			}
		}
		tables = append(tables, t)
	}
	return tables
}

// monthRow is a month of a site, which leads to its form: its counts, or that
// nobody recorded it.
func monthRow(r *request, g register, site thn.Site, month thn.Date, note string, counts []int, of int) page.Row {
	cells := []page.Cell{{Text: r.locale.Month(month), Note: note, URL: "/" + g.key + "/new?site=" + string(site.ID) + "&month=" + month.String()[:7]}}
	for _, n := range counts {
		cells = append(cells, keptCell(r, n))
	}
	if counts == nil {
		cells = append(cells, page.Cell{Text: r.locale.T("cell.not_reported"), State: "missing", Numeric: true})
		for range of - 1 {
			cells = append(cells, page.Cell{Text: "–", State: "missing", Numeric: true})
		}
	}
	return page.Row{Cells: cells}
}

func keptCell(r *request, n int) page.Cell {
	if n == thn.NotRecorded {
		return page.Cell{Text: r.locale.T("releases.not_recorded"), State: "missing", Numeric: true}
	}
	return page.Cell{Text: r.locale.Number(n), Numeric: true}
}

// monthForm is the frame of a form about a site's month: who it is for, which
// month, and what was recorded of it before.
type monthForm struct {
	key, site, month, corrects string
	kind                       thn.RecordKind
	settings                   []thn.Setting
	label                      string // of the site
}

// before finds the current record of the site's month.
func (s *Server) before(r *request, kind thn.RecordKind, site thn.ID, month thn.Date) (thn.Fact, error) {
	list, err := s.Figures.Facts(r.ctx, thn.FactQuery{Programme: r.actor.Programme.ID, Kind: kind, Period: thn.Month(month.Year(), month.Month()), Sites: []thn.ID{site}})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// whose draws site and month: to choose, or fixed for a month that is corrected.
func (s *Server) whose(r *request, f monthForm, sites []thn.Site, m map[string]string) []page.Field {
	if f.corrects != "" {
		return []page.Field{{Kind: page.FieldHidden, Name: "corrects", Value: f.corrects}, {Kind: page.FieldHidden, Name: "site", Value: f.site}, {Kind: page.FieldHidden, Name: "month", Value: f.month}}
	}
	var options []page.Option
	for _, x := range sites {
		options = append(options, page.Option{Value: string(x.ID), Label: x.Name, Chosen: string(x.ID) == f.site || len(sites) == 1})
	}
	month := page.Field{Kind: page.FieldSelect, Name: "month", Label: r.locale.T("releases.month"), Error: m["month"], Options: []page.Option{{Label: r.locale.T("form.choose")}}}
	for back := range monthsOffered {
		d := s.today(r).AddMonths(-back)
		month.Options = append(month.Options, page.Option{Value: d.String()[:7], Label: r.locale.Month(d), Chosen: d.String()[:7] == f.month})
	}
	return []page.Field{choice(r, "site", f.label, m["site"], options), month}
}

// monthsOffered is how many months the form offers; older ones come from a file.
const monthsOffered = 36

// countField asks for a count that may be left open.
func countField(r *request, name, label, value string, m map[string]string) page.Field {
	return numberField(r, name, label, value, m, true)
}

// kept finishes a posted month: back to the list, or the form again. A month that
// has a record already comes back as its correction, with what it says now.
func (s *Server) kept(r *request, f monthForm, record thn.Fact, err error, again func(f monthForm, was thn.Fact, wrong error) *page.FormPage) (reply, error) {
	sites, lookup := s.ownSites(r, f.settings...)
	if lookup != nil {
		return reply{}, lookup
	}
	if err == nil {
		if _, mine := siteOf(sites, record.Mentions().Site()); !mine {
			err = fault.Fields("month", fault.Field{Name: "site", Key: "intake.site_unknown"})
		}
	}
	var was thn.Fact
	if err == nil {
		was, err = s.before(r, f.kind, record.Mentions().Site(), record.Mentions().Day)
	}
	if err == nil && was != nil && was.RecordID() != record.RecordID() && string(was.RecordID()) != f.corrects {
		f.corrects = string(was.RecordID())
		return reply{status: http.StatusUnprocessableEntity, page: again(f, was, fault.Fields("month", fault.Field{Name: "month", Key: "releases.taken"}))}, nil
	}
	if err == nil {
		err = s.storeMonth(r, f, record)
	}
	return s.answered(r, f.key, "releases.saved", err, func(wrong error) *page.FormPage { return again(f, was, wrong) })
}

// storeMonth records a month or replaces what is recorded of it. Where somebody
// was quicker by a moment the ledger holds this one, and the form says so.
func (s *Server) storeMonth(r *request, f monthForm, record thn.Fact) (err error) {
	var result intake.Result
	if f.corrects == "" {
		result, err = s.Intake.Record(r.ctx, r.actor, record)
	} else {
		result, err = s.Intake.Correct(r.ctx, r.actor, thn.ID(f.corrects), record, thn.WhyMistake)
	}
	if err == nil && result.Outcome == thn.Held {
		err = fault.Say(fault.Conflict, "record month", "releases.taken", nil)
	}
	return err
}

// keep stores a record for a page that only says that it was saved: what the
// ledger holds for a person instead, such as a page sent again with other
// answers, is said to be held.
func (s *Server) keep(r *request, f thn.Fact) error {
	result, err := s.Intake.Record(r.ctx, r.actor, f)
	if err == nil && result.Outcome == thn.Held {
		err = fault.Say(fault.Conflict, "record", "give.held", map[string]any{"Cause": fault.Label("held." + result.Cause)})
	}
	return err
}
