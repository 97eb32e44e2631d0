package server

import (
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// monthsBack is for how many whole months nothing to report may be said here.
const monthsBack = 12

func yearMonth(d thn.Date) string { return d.String()[:len("2026-03")] }

// monthAsked reads the month of the address: the last whole one if it names
// none. A month that has not begun is not there.
func (s *Server) monthAsked(r *request) (thn.Date, error) {
	text := r.query().Get("month")
	if text == "" {
		return s.today(r).AddMonths(-1), nil
	}
	month, err := form.ParseMonth(text)
	if err != nil || s.today(r).Before(month) {
		return month, fault.Say(fault.NotFound, "month", "problem.not_found_text", nil)
	}
	return month, nil
}

// returnsOf is what the sites in reach said for a month.
func (s *Server) returnsOf(r *request, month thn.Date) (report.Returns, error) {
	spec := report.Spec{Programme: r.actor.Programme, Areas: r.actor.Areas, AsAt: s.Now(), Period: thn.Month(month.Year(), month.Month())}
	if r.actor.Grant.Site != "" {
		spec.Areas, spec.Sites = nil, []thn.ID{r.actor.Grant.Site}
	}
	return report.SeeReturns(r.ctx, s.Figures, spec)
}

// returnList shows who has reported for a month and who is silent.
func returnList(s *Server, r *request) (reply, error) {
	month, err := s.monthAsked(r)
	if err != nil {
		return reply{}, err
	}
	returns, err := s.returnsOf(r, month)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.Returns{Base: page.Base{Heading: l.T("returns.title", "Month", l.Month(month)), Here: "returns", Wide: true}, Empty: l.T("returns.none")}
	p.Before = page.Option{Value: "/returns?month=" + yearMonth(month.AddMonths(-1)), Label: l.T("returns.before", "Month", l.Month(month.AddMonths(-1)))}
	if next := month.AddMonths(1); !s.today(r).Before(next) {
		p.After = page.Option{Value: "/returns?month=" + yearMonth(next), Label: l.T("returns.after", "Month", l.Month(next))}
	}
	over := !s.today(r).Before(returns.Month.Last())
	if n := len(returns.Sites); n > 0 {
		p.Lead = l.T("returns.lead", "Of", l.Number(n), "Reported", l.Number(n-returns.Silent()), "Silent", l.Number(returns.Silent()))
		p.Notes = []string{l.T("returns.note")}
		p.Table = s.returnTable(r, returns)
	}
	if over && len(returns.Sites) > 0 {
		p.Say = page.Option{Value: "/returns/new?month=" + yearMonth(month), Label: l.T("returns.say")}
	}
	if !over {
		p.Notes = append(p.Notes, l.T("returns.running"))
	}
	return reply{page: p}, nil
}

// returnTable has a row for each site, those of which nothing is known first.
func (s *Server) returnTable(r *request, returns report.Returns) page.Table {
	l := r.locale
	t := page.Table{Caption: l.T("returns.table", "Month", l.Month(returns.Month.From)), Columns: []page.Column{{Label: l.T("returns.site")}}}
	for _, about := range thn.ReportedKinds {
		t.Columns = append(t.Columns, page.Column{Label: l.T("returns.about." + string(about))})
	}
	closedLast(returns.Sites, func(x report.SiteReturn) bool { return x.Standing() != thn.ReportingSilent })
	for _, x := range returns.Sites {
		row := page.Row{Cells: []page.Cell{{Text: x.Site.Name}}}
		for _, about := range thn.ReportedKinds {
			row.Cells = append(row.Cells, reportedCell(r, x.Kinds[about]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// reportedCell says how a site stands: how many records, never fewer than five
// by number, nothing to report, or silent.
func reportedCell(r *request, x thn.Reported) page.Cell {
	l := r.locale
	c := page.Cell{}
	switch {
	case x.Records >= report.SmallestInside:
		c.Text = l.N("returns.records", x.Records)
	case x.Records > 0:
		c.Text = l.T("returns.few")
	case x.Totals > 0:
		c.Text = l.T("returns.totals")
	case x.Nil != "":
		c.Text = l.T("returns.nil")
	default:
		return page.Cell{Text: l.T("returns.silent"), State: "missing"}
	}
	if x.Nil != "" {
		c.Links = []page.Option{{Value: "/returns/" + string(x.Nil) + "/close", Label: l.T("returns.take_back")}}
		if x.Standing() == thn.ReportingBoth {
			c.Note = l.T("returns.contradicted")
		}
	}
	return c
}

// returnNew asks what there was nothing of; the month may come with the address.
func returnNew(s *Server, r *request) (reply, error) {
	q := r.query()
	f := form.NilReturn{Month: q.Get("month")}
	for _, id := range f.IDs() {
		*id = string(thn.NewID())
	}
	if f.Month == "" {
		f.Month = yearMonth(s.today(r).AddMonths(-1))
	}
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	if len(b.open) == 1 {
		f.Site = string(b.open[0].ID)
	}
	return reply{page: s.returnPage(r, b, f)(nil)}, nil
}

func (s *Server) returnPage(r *request, b *bench, f form.NilReturn) func(error) *page.FormPage {
	return func(wrong error) *page.FormPage {
		l := r.locale
		p := &page.FormPage{Base: page.Base{Heading: l.T("returns.say_title"), Here: "returns"}, Intro: []string{l.T("returns.say_intro")}}
		m := s.problems(r, wrong, &p.Base)
		about := page.Field{Kind: page.FieldCheck, Name: "about", Label: l.T("returns.about"), Error: m["about"]}
		p.Form = page.Form{Action: "/returns", Submit: l.T("returns.submit"), Cancel: "/returns"}
		for _, kind := range thn.ReportedKinds {
			about.Options = append(about.Options, page.Option{Value: string(kind), Label: l.T("returns.about." + string(kind)), Chosen: slices.Contains(f.About, string(kind))})
			p.Form.Fields = append(p.Form.Fields, page.Field{Kind: page.FieldHidden, Name: "id-" + string(kind), Value: *f.IDs()[kind]})
		}
		p.Form.Fields = append(p.Form.Fields, s.reachedSites(r, b, f.Site, m["site"]), s.monthField(r, f.Month, m["month"]), about)
		return p
	}
}

// reachedSites offers the sites in reach, closed ones that were open not long ago
// included.
func (s *Server) reachedSites(r *request, b *bench, chosen, wrong string) page.Field {
	open := slices.Clone(b.open)
	for _, x := range b.sites {
		if r.actor.Reaches(x) && !x.OpenOn(s.today(r)) && x.OpenIn(thn.Period{From: s.today(r).AddMonths(-monthsBack), To: s.today(r)}) {
			open = append(open, x)
		}
	}
	slices.SortFunc(open[len(b.open):], func(a, c thn.Site) int { return strings.Compare(a.Name, c.Name) })
	var options []page.Option
	for _, x := range open {
		options = append(options, page.Option{Value: string(x.ID), Label: x.Name, Chosen: string(x.ID) == chosen})
	}
	return choice(r, "site", "returns.site", wrong, options)
}

// monthField offers the months that are over, the newest first.
func (s *Server) monthField(r *request, chosen, wrong string) page.Field {
	f := page.Field{Kind: page.FieldSelect, Name: "month", Label: r.locale.T("returns.month"), Error: wrong}
	for back := range monthsBack + 1 {
		month := s.today(r).AddMonths(-back)
		if back > 0 || !s.today(r).Before(month.AddMonths(1).AddDays(-1)) {
			f.Options = append(f.Options, page.Option{Value: yearMonth(month), Label: r.locale.Month(month), Chosen: yearMonth(month) == chosen})
		}
	}
	return f
}

// returnCreate records a nil return for each kind that was ticked. What was
// stored before one of them is refused stays: sending the page again is harmless.
func returnCreate(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	var f form.NilReturn
	var list []thn.NilReturn
	if err = r.form(&f); err == nil {
		list, err = f.ToDomain()
	}
	for _, n := range list {
		if err == nil {
			err = s.keep(r, n)
		}
	}
	if err == nil {
		s.notice(r, r.locale.T("returns.said", "Site", b.sites[list[0].Site].Name, "Month", r.locale.Month(list[0].Month)))
		return seeOther("/returns?month=" + f.Month)
	}
	return s.answered(r, "returns", "", err, s.returnPage(r, b, f))
}

// returnEnding is about a nil return of a site in reach.
func (s *Server) returnEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	f, e, err := s.Records.Fact(r.ctx, r.actor.Programme.ID, id)
	n, ok := f.(thn.NilReturn)
	if err != nil {
		return ending{}, err
	}
	b, err := s.bench(r)
	if err != nil {
		return ending{}, err
	}
	if !ok || e.Void || e.Superseded || !r.actor.Reaches(b.sites[n.Site]) {
		return ending{}, fault.Say(fault.NotFound, "nil return", "problem.not_found_text", nil)
	}
	return ending{id: id, key: "returns", path: "/returns/" + string(id) + "/close", intro: "returns.back_intro", submit: "returns.back_submit", done: "returns.taken_back",
		heading: r.locale.T("returns.back_ask", "Site", b.sites[n.Site].Name, "Month", r.locale.Month(n.Month), "About", r.locale.T("returns.about."+string(n.About)))}, nil
}

// returnClose asks whether to take a nil return back.
func returnClose(s *Server, r *request) (reply, error) {
	e, err := s.returnEnding(r)
	return s.askNow(r, e, err)
}

func returnEnd(s *Server, r *request) (reply, error) {
	e, err := s.returnEnding(r)
	return s.endNow(r, e, err, func(fresh thn.ID) error {
		_, err := s.Intake.Void(r.ctx, r.actor, e.id, fresh, thn.WhyMistake)
		return err
	})
}
