package server

import (
	"cmp"
	"slices"

	"thntracker/internal/baseline"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// statementList shows for each service what the programme states, beside what the
// baseline says, and below it every statement that a newer one took over from.
func statementList(s *Server, r *request) (reply, error) {
	list, err := s.Setup.Statements(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	standing := thn.Standing(list)
	row, _ := baseline.Find(r.actor.Programme.Country)
	t := page.Table{Columns: columns(r, "statements.service", "statements.states", "statements.baseline", "statements.source", "statements.given")}
	for _, service := range thn.Services {
		t.Rows = append(t.Rows, statementRow(r, row, service, standing))
	}
	reply, err := listing(r, "statements", t)
	earlier := slices.DeleteFunc(list, func(x thn.Statement) bool { return slices.Contains(standing, x) })
	if p, ok := reply.page.(*page.ListPage); ok && len(earlier) > 0 {
		p.Extra = []page.Table{earlierStatements(r, earlier)}
	}
	return reply, err
}

func statementRow(r *request, row baseline.Row, service thn.Service, standing []thn.Statement) page.Row {
	l := r.locale
	cells := []page.Cell{{Text: l.T("code.service." + string(service))}, {Text: l.T("statements.none"), State: "missing"}, page.BaselineCell(l, row, service), {Text: "–"}, {Text: "–"}}
	i := slices.IndexFunc(standing, func(x thn.Statement) bool { return x.Service == service })
	label := "statements.add"
	if i >= 0 {
		x := standing[i]
		cells[1], cells[3], cells[4] = page.AnswerCell(l, x.Exists), page.Cell{Text: x.Source, URL: x.URL, Note: l.Date(x.Dated)}, givenCell(r, x)
		label = "statements.again"
	}
	act := page.Cell{}
	if r.actor.Whole() {
		act = acts(page.Option{Value: "/statements/new?service=" + string(service), Label: l.T(label)})
	}
	return page.Row{Cells: append(cells, act)}
}

// givenCell says in which role somebody gave a statement, and when; who it was
// stands in the activity.
func givenCell(r *request, x thn.Statement) page.Cell { return givenAs(r, x.Role, x.Hour) }

// givenAs says in which role something was said, and on which day; no role is the
// command line.
func givenAs(r *request, role thn.Role, hour string) page.Cell {
	c := page.Cell{Text: r.locale.T("role." + cmp.Or(string(role), "administrator"))}
	if len(hour) > len("2006-01-02") {
		if day, err := thn.ParseDate(hour[:len("2006-01-02")]); err == nil {
			c.Note = r.locale.Date(day)
		}
	}
	return c
}

// earlierStatements is the history, the newest first.
func earlierStatements(r *request, list []thn.Statement) page.Table {
	l := r.locale
	t := page.Table{Caption: l.T("statements.earlier"), Notes: []string{l.T("statements.earlier_note")}}
	for _, key := range []string{"statements.service", "statements.states", "statements.source", "statements.given"} {
		t.Columns = append(t.Columns, page.Column{Label: l.T(key)})
	}
	for _, x := range list {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: l.T("code.service." + string(x.Service))}, page.AnswerCell(l, x.Exists), {Text: x.Source, URL: x.URL, Note: l.Date(x.Dated)}, givenCell(r, x)}})
	}
	return t
}

func statementNew(s *Server, r *request) (reply, error) {
	return s.statementForm(r, form.Statement{ID: string(thn.NewID()), Service: r.query().Get("service")}, nil)
}

func (s *Server) statementForm(r *request, f form.Statement, wrong error) (reply, error) {
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "statements", "/statements", wrong, func(m map[string]string) []page.Field {
			return []page.Field{idField(f.ID), codes(r, "service", "statements.service", "service", thn.Services, f.Service, m, false),
				hinted(r, codes(r, "exists", "statements.exists", "answer", thn.Existences, f.Exists, m, false), "statements.exists_hint"),
				hinted(r, textField(r, "source", "statements.source", f.Source, m, false), "statements.source_hint"),
				hinted(r, textField(r, "url", "setup.figure.url", f.URL, m, false), "statements.url_hint"), dayField(r, "dated", "statements.dated", f.Dated(), m, false)}
		})
		p.Intro = []string{r.locale.T("statements.form_intro")}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "statements", "", wrong, again)
}

func statementCreate(s *Server, r *request) (reply, error) {
	var f form.Statement
	err := r.form(&f)
	if err == nil {
		var x thn.Statement
		if x, err = f.ToDomain(); err == nil {
			err = s.Setup.AddStatement(r.ctx, r.actor, x)
		}
	}
	if err != nil {
		return s.statementForm(r, f, err)
	}
	return s.answered(r, "statements", "setup.added", nil, nil)
}
