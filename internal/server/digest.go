package server

import (
	"net/http"
	"slices"
	"strings"

	"thntracker/internal/export"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// mostTodo is how many things to do of one kind have room on the sheet, and
// mostOfAll how many alerts of every kind together.
const (
	mostTodo  = 2
	mostOfAll = 6
)

// digest is a week on one sheet: what changed, where kits are missing, what to do.
func digest(s *Server, r *request) (reply, error) {
	p := &page.Digest{Base: page.Base{Here: "digest", Wide: true}}
	l := r.locale
	field := page.Field{Kind: page.FieldDay, Name: "week", Label: l.T("digest.day"), Value: r.query().Get("week")}
	p.Choose = page.Chooser{Words: l.T("digest.choose"), Form: page.Form{Action: "/digest", Submit: l.T("coverage.apply")}}
	week, err := s.weekAsked(r)
	if err != nil {
		field.Error = s.problems(r, err, &p.Base)["week"]
		p.Heading, p.Choose.Open, p.Choose.Form.Fields = l.T("digest.title"), true, []page.Field{field}
		return reply{status: http.StatusUnprocessableEntity, page: p}, nil
	}
	field.Value = week.From.String()
	p.Choose.Form.Fields = []page.Field{field}
	d, err := look(s, r, s.inReach(r, week), report.SeeDigest)
	if err != nil {
		return reply{}, err
	}
	p.Heading = l.T("digest.heading", "Days", l.Period(week))
	p.AsAt = l.Date(s.today(r))
	p.Choose.Turn = page.Turn{Now: l.Period(week), Before: page.Option{Value: "/digest?week=" + week.Before().WeekName(), Label: l.T("digest.before")}}
	if after := week.After(); !s.today(r).Before(after.From) {
		p.Choose.Turn.After = page.Option{Value: "/digest?week=" + after.WeekName(), Label: l.T("digest.after")}
	}
	p.Draw(l, d)
	if err := s.lateOf(r, week, p); err != nil {
		return reply{}, err
	}
	for _, ending := range []string{"csv", "json"} {
		p.Files = append(p.Files, page.Option{Value: "/digest." + ending + "?week=" + week.WeekName(), Label: l.T("coverage." + ending)})
	}
	return reply{page: p}, s.todo(r, p)
}

// digestFile is the same sheet as a file, with every row.
func digestFile(format string) func(*Server, *request) (reply, error) {
	return func(s *Server, r *request) (reply, error) {
		f, err := export.Find(format)
		if err != nil {
			return reply{}, err
		}
		week, err := s.weekAsked(r)
		if err != nil {
			return reply{}, err
		}
		d, err := look(s, r, s.inReach(r, week), report.SeeDigest)
		if err != nil {
			return reply{}, err
		}
		return s.file(r, f, export.Document{Name: "digest", Tables: d.Tables()})
	}
}

// lateOf adds what became known of the twelve months before a week since it began.
func (s *Server) lateOf(r *request, week thn.Period, p *page.Digest) error {
	before := week.From.AddDays(-1)
	v := view{spec: s.inReach(r, thn.Period{From: week.From.FirstOfMonth().AddMonths(-12), To: week.From}), asAt: before}
	v.spec.AsAt, v.spec.By = r.actor.Programme.EndOf(before), report.ByMonth
	t, err := s.revised(r, v, "kits")
	if err == nil {
		p.Revise(r.locale, t, v.address("/figures/kits", "by", string(report.ByMonth)))
	}
	return err
}

// inReach is the question about everything that the actor may see.
func (s *Server) inReach(r *request, period thn.Period) report.Spec {
	spec := report.Spec{Programme: r.actor.Programme, Areas: r.actor.Areas, AsAt: s.Now(), Period: period}
	if r.actor.Grant.Site != "" {
		spec.Sites = []thn.ID{r.actor.Grant.Site}
	}
	return spec
}

// weekAsked is the week of the address, or the last whole one. A week that has
// not begun has nothing to tell.
func (s *Server) weekAsked(r *request) (thn.Period, error) {
	text := r.query().Get("week")
	if text == "" {
		return thn.WeekOf(s.today(r)).Before(), nil
	}
	week, err := thn.ParseWeek(strings.TrimSpace(text))
	if err != nil {
		return week, badPeriod("week", "digest.bad_week")
	}
	if s.today(r).Before(week.From) {
		return week, badPeriod("week", "digest.early_week")
	}
	return week, nil
}

// todo lists what to do as things stand now, what reaches somebody's hands first.
func (s *Server) todo(r *request, p *page.Digest) error {
	w, err := s.Planner.Alerts(r.ctx, r.actor, "")
	if err != nil {
		return err
	}
	slices.SortStableFunc(w.Alerts, shortestFirst)
	left := 0
	for _, kind := range stock.AlertKinds {
		n := 0
		for _, a := range w.Alerts {
			if a.Kind != kind || kind == stock.AlertSilent {
				continue
			}
			if n++; n > mostTodo || len(p.Todo) == mostOfAll {
				left++
				continue
			}
			p.Todo = append(p.Todo, alertItem(r, w.Supply, a))
		}
	}
	if left > 0 {
		p.Rest = page.Option{Value: "/alerts", Label: r.locale.N("digest.more_alerts", left)}
	}
	if err := s.toAsk(r, p); err != nil {
		return err
	}
	for i, item := range p.Todo { // paper has no room for more than the page
		p.Todo[i].Act.Hint, _, _ = strings.Cut(item.Act.Value, "?")
	}
	return nil
}

// shortestFirst puts what lasts least first among shelves that are low.
func shortestFirst(a, b stock.Alert) int {
	switch {
	case a.Kind != stock.AlertLow || b.Kind != stock.AlertLow:
		return 0
	case a.Lasting.Less(b.Lasting):
		return -1
	case b.Lasting.Less(a.Lasting):
		return 1
	}
	return 0
}

// toAsk adds whom to ask, and what waits for a decision.
func (s *Server) toAsk(r *request, p *page.Digest) error {
	l := r.locale
	month := s.today(r).AddMonths(-1)
	returns, err := s.returnsOf(r, month)
	if err != nil {
		return err
	}
	if n := returns.Silent(); n > 0 {
		p.Todo = append(p.Todo, page.AlertItem{What: l.N("digest.silent", n, "Month", l.Month(month)), Say: []string{silentNames(r, returns)},
			Act: page.Option{Value: "/returns?month=" + yearMonth(month), Label: l.T("digest.ask")}})
	}
	waiting, err := s.toDecide(r)
	if err == nil && waiting.Value != "" {
		p.Todo = append(p.Todo, page.AlertItem{What: waiting.Label, Act: page.Option{Value: waiting.Value, Label: l.T("digest.decide")}})
	}
	return err
}

// mostNames is how many silent sites are named on the sheet.
const mostNames = 5

func silentNames(r *request, returns report.Returns) string {
	var names []string
	for _, x := range returns.Sites {
		if x.Standing() == thn.ReportingSilent {
			names = append(names, x.Site.Name)
		}
	}
	if more := len(names) - mostNames; more > 0 {
		return r.locale.N("digest.and_more", more, "Names", strings.Join(names[:mostNames], ", "))
	}
	return strings.Join(names, ", ")
}
