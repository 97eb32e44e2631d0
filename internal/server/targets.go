package server

import (
	"cmp"
	"slices"

	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// targetList shows what the programme set itself, and below it the levels that
// figures are read against until it does.
func targetList(s *Server, r *request) (reply, error) {
	list, err := s.Setup.Targets(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	areas, err := s.Directory.Areas(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return reply{}, err
	}
	named := map[thn.ID]string{"": r.locale.T("targets.everywhere")}
	for _, a := range areas {
		named[a.ID] = a.Name
	}
	keys := report.TargetKeys()
	slices.SortFunc(list, func(x, y thn.Target) int {
		return cmp.Or(cmp.Compare(slices.Index(keys, x.Indicator), slices.Index(keys, y.Indicator)), cmp.Compare(named[x.Area], named[y.Area]),
			cmp.Compare(y.From.String(), x.From.String()), cmp.Compare(x.ID, y.ID))
	})
	closedLast(list, func(t thn.Target) bool { return !t.Until.IsZero() })
	t := page.Table{Columns: columns(r, "targets.indicator", "targets.value", "setup.area", "targets.from", "targets.source")}
	for _, x := range list {
		t.Rows = append(t.Rows, s.targetRow(r, x, named[x.Area]))
	}
	reply, err := listing(r, "targets", t)
	if p, ok := reply.page.(*page.ListPage); ok {
		p.Extra = []page.Table{shippedTargets(r)}
	}
	return reply, err
}

func (s *Server) targetRow(r *request, x thn.Target, area string) page.Row {
	act := page.Cell{}
	switch {
	case !x.Until.IsZero():
		act = s.until(r, x.Until)
	case setup.MaySetTarget(r.actor, x.Area):
		act = acts(closeLink(r, "targets", x.ID))
	}
	return page.Row{Cells: []page.Cell{{Text: aimName(r, x.Indicator)}, level(r, x.Indicator, x.Thousandths), {Text: area}, {Text: r.locale.Date(x.From)},
		{Text: x.Source, URL: x.URL}, act}}
}

// shippedTargets lists the levels that come with the program.
func shippedTargets(r *request) page.Table {
	l := r.locale
	t := page.Table{Caption: l.T("targets.shipped"), Columns: []page.Column{{Label: l.T("targets.indicator")}, {Label: l.T("targets.value")}, {Label: l.T("targets.kind")}, {Label: l.T("setup.figure.source")}},
		Notes: []string{l.T("targets.shipped_note")}}
	for _, x := range report.Targets {
		source := page.Cite(l, x.Source)
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: aimName(r, x.Indicator)}, level(r, x.Indicator, x.Thousandths),
			{Text: l.T("targets.kind." + string(x.Kind))}, {Text: source.Text, URL: source.URL}}})
	}
	return t
}

func aimName(r *request, indicator string) string {
	return r.locale.T(report.Judged[indicator].NameKey(indicator))
}

func level(r *request, indicator string, thousandths int64) page.Cell {
	d := report.Level(thousandths)
	return page.Cell{Text: r.locale.Decimal(d.Float(), d.Places), Note: r.locale.T(report.Judged[indicator].Unit)}
}

func targetNew(s *Server, r *request) (reply, error) {
	from := form.DayOf(s.today(r))
	return s.targetForm(r, form.Target{ID: string(thn.NewID()), FromDay: from.Day, FromMonth: from.Month, FromYear: from.Year}, nil)
}

func (s *Server) targetForm(r *request, f form.Target, wrong error) (reply, error) {
	areas, err := s.Setup.Areas(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "targets", "/targets", wrong, func(m map[string]string) []page.Field {
			return []page.Field{idField(f.ID), indicatorChoice(r, f.Indicator, m), hinted(r, textField(r, "value", "targets.value", f.Value, m, false), "targets.value_hint"),
				targetArea(r, areas, f.Area, m), hinted(r, dayField(r, "from", "targets.from", f.From(), m, false), "targets.from_hint"),
				hinted(r, textField(r, "source", "targets.source", f.Source, m, false), "targets.source_hint"), textField(r, "url", "setup.figure.url", f.URL, m, true)}
		})
		p.Intro = []string{r.locale.T("targets.form_intro")}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "targets", "", wrong, again)
}

// indicatorChoice asks which figure the level is for, each with its unit.
func indicatorChoice(r *request, value string, m map[string]string) page.Field {
	var options []page.Option
	for _, key := range report.TargetKeys() {
		options = append(options, page.Option{Value: key, Chosen: key == value,
			Label: r.locale.T("targets.choice", "Name", aimName(r, key), "Unit", r.locale.T(report.Judged[key].Unit))})
	}
	return choice(r, "indicator", "targets.indicator", m["indicator"], options)
}

// targetArea asks for an area, or for every place where the actor answers for all.
func targetArea(r *request, areas []thn.Area, value string, m map[string]string) page.Field {
	f := areaChoice(r, "area", "setup.area", areas, value, m)
	if setup.MaySetTarget(r.actor, "") {
		everywhere := page.Option{Label: r.locale.T("targets.everywhere"), Chosen: value == ""}
		if f.Kind == page.FieldSelect {
			f.Options = f.Options[1:]
		}
		f.Options = append([]page.Option{everywhere}, f.Options...)
	}
	return f
}

func targetCreate(s *Server, r *request) (reply, error) {
	var f form.Target
	err := r.form(&f)
	if err == nil {
		var x thn.Target
		if x, err = f.ToDomain(); err == nil {
			err = s.Setup.AddTarget(r.ctx, r.actor, x, report.TargetKeys())
		}
	}
	if err != nil {
		return s.targetForm(r, f, err)
	}
	return s.answered(r, "targets", "setup.added", nil, nil)
}

func (s *Server) targetEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	x, err := s.Setup.Target(r.ctx, r.actor, id)
	e := closing(r, "targets", id, aimName(r, x.Indicator))
	e.intro = "targets.close_intro"
	return e, err
}

func targetClose(s *Server, r *request) (reply, error) {
	e, err := s.targetEnding(r)
	return s.askDay(r, e, err)
}

func targetEnd(s *Server, r *request) (reply, error) {
	e, err := s.targetEnding(r)
	return s.endOn(r, e, err, func(day thn.Date) error { return s.Setup.EndTarget(r.ctx, r.actor, e.id, day) })
}
