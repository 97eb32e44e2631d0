package server

import (
	"net/http"
	"strconv"
	"strings"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/need"
	"thntracker/internal/page"
	"thntracker/internal/report"
)

// tried is a plan as the address holds it: all that the page shows can be linked.
type tried struct {
	view
	plan  report.Plan
	wrong []fault.Field
}

// needShow is the page on which a plan is tried out. What cannot be read comes back
// as it was typed, with a sentence beside it; the rest of the plan still counts.
func needShow(s *Server, r *request) (reply, error) {
	t, err := s.tried(r)
	if err != nil {
		return reply{}, err
	}
	o, err := report.WhatIf(r.ctx, s.Figures, t.spec, t.plan)
	if err != nil {
		return reply{}, err
	}
	p := &page.Need{Base: page.Base{Heading: r.locale.T("need.title"), Here: "need", Wide: true}, AsAt: r.locale.Date(s.today(r))}
	if err := p.Draw(r.locale, o); err != nil {
		return reply{}, err
	}
	status := http.StatusOK
	messages := map[string]string{}
	if wrong := fault.Fields("need", append(unread(r, o), t.wrong...)...); wrong != nil {
		status, messages = http.StatusUnprocessableEntity, s.problems(r, wrong, &p.Base)
	}
	p.Filters = s.filters(r, t.view, "/need")
	p.Filters.Fields = p.Filters.Fields[:2] // need is of every channel
	p.Plan = needForm(r, o, messages)
	p.Figure.Table.Files = fileLinks(r, "/need", t.view)
	return reply{status: status, page: p}, nil
}

// needFile is the table of the page as a file.
func needFile(format string) func(*Server, *request) (reply, error) {
	return func(s *Server, r *request) (reply, error) {
		f, err := export.Find(format)
		if err != nil {
			return reply{}, err
		}
		t, err := s.tried(r)
		if err != nil {
			return reply{}, err
		}
		o, err := report.WhatIf(r.ctx, s.Figures, t.spec, t.plan)
		if err == nil {
			err = fault.Fields("need", append(unread(r, o), t.wrong...)...) // a file of half a plan is none
		}
		if err != nil {
			return reply{}, err
		}
		return s.file(r, f, export.Document{Name: "need-plan", Tables: []report.Table{o.Table}})
	}
}

func (s *Server) tried(r *request) (t tried, err error) {
	if t.view, err = s.view(r); err != nil {
		return t, err
	}
	t.channel, t.spec.Channels = "", nil
	t.spec.Need = t.assumed(r)
	t.plan = report.Plan{}
	for name, values := range r.query() {
		access, code, some := strings.Cut(name, ".")
		if !some || !accessKnown(access) {
			continue
		}
		kits, ok := kitsAsked(values[0])
		if !ok {
			continue // the form says so beside the number
		}
		if t.plan[code] == nil {
			t.plan[code] = map[report.Access]int{}
		}
		t.plan[code][report.Access(access)] = kits
	}
	return t, nil
}

func accessKnown(name string) bool {
	for _, a := range report.Accesses {
		if string(a) == name {
			return true
		}
	}
	return false
}

// mostKits bounds a plan; more is a slip of the finger.
const mostKits = 10_000_000

// kitsAsked reads a number of kits; thousands may stand apart.
func kitsAsked(text string) (int, bool) {
	n, err := form.Count(strings.Join(strings.Fields(text), ""))
	return n, err == nil && n <= mostKits
}

// assumed reads what is assumed; what cannot be read is left as usual and named.
func (t *tried) assumed(r *request) need.Assumptions {
	q := r.query()
	a := need.Default()
	if kind := q.Get("type"); kind != "" {
		if chosen, err := need.Assume(kind, a.Target); err == nil {
			a = chosen
		} else {
			t.wrong = append(t.wrong, fault.Field{Name: "type", Key: "need.bad_type"})
		}
	}
	if text := strings.TrimSpace(q.Get("rho")); text != "" {
		own := need.Assumptions{Rho: need.Exactly(numberAsked(text)), Target: a.Target}
		if own.Check() == nil {
			a = own
		} else {
			t.wrong = append(t.wrong, fault.Field{Name: "rho", Key: "need.bad_rho"})
		}
	}
	if text := q.Get("target"); text != "" {
		aimed := a
		aimed.Target = numberAsked(text) / 100
		if aimed.Check() == nil {
			a = aimed
		} else {
			t.wrong = append(t.wrong, fault.Field{Name: "target", Key: "need.bad_target"})
		}
	}
	return a
}

// numberAsked reads a number with a point or a comma; −1, which nothing accepts,
// when it is none.
func numberAsked(text string) float64 {
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
	if err != nil {
		return -1
	}
	return v
}
