package server

import (
	"cmp"
	"net/url"
	"slices"

	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// denominatorList groups the figures by kind and area: the series that speak of
// one place stand side by side, newest first, and a link shows what each gives.
func denominatorList(s *Server, r *request) (reply, error) {
	list, err := s.Setup.Denominators(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	areas, err := s.Directory.Areas(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return reply{}, err
	}
	named, place := map[thn.ID]string{}, map[thn.ID]int{}
	for i, b := range treeOf(r, areas) {
		named[b.area.ID], place[b.area.ID] = b.area.Name, i
	}
	slices.SortFunc(list, func(x, y thn.Denominator) int {
		return cmp.Or(cmp.Compare(place[x.Area], place[y.Area]), cmp.Compare(y.Period.To.String(), x.Period.To.String()), cmp.Compare(x.Scope(), y.Scope()))
	})
	var tables []page.Table
	for _, kind := range thn.DenominatorKinds {
		if t := denominatorTable(r, kind, list, named); len(t.Rows) > 0 {
			tables = append(tables, t)
		}
	}
	if len(tables) == 0 {
		return listing(r, "denominators", page.Table{})
	}
	reply, err := listing(r, "denominators", tables[0])
	if p, ok := reply.page.(*page.ListPage); ok {
		p.Table.Caption, p.Extra = tables[0].Caption, tables[1:]
	}
	return reply, err
}

// denominatorTable has a row for each figure of a kind; the first of an area with
// several series carries the link to what each of them gives.
func denominatorTable(r *request, kind thn.DenominatorKind, list []thn.Denominator, named map[thn.ID]string) page.Table {
	t := page.Table{Caption: r.locale.T("code.denominator." + string(kind)),
		Columns: columns(r, "setup.area", "denominators.counted", "setup.figure.period", "setup.figure.value", "denominators.as_at")}
	t.Columns[3].Numeric = true
	before := thn.ID("")
	for _, d := range list {
		if d.Kind != kind {
			continue
		}
		row := denominatorRow(r, d, named[d.Area])
		if d.Area != before && othersSpeak(list, d) {
			row.Cells[0].Links = []page.Option{{Value: effectAddress(kind, d.Area), Label: r.locale.T("denominators.effect")}}
		}
		before = d.Area
		t.Rows = append(t.Rows, row)
	}
	return t
}

// othersSpeak tells whether another series speaks of the same place.
func othersSpeak(list []thn.Denominator, d thn.Denominator) bool {
	return slices.ContainsFunc(list, func(x thn.Denominator) bool { return x.Kind == d.Kind && x.Area == d.Area && x.Series() != d.Series() })
}

func effectAddress(kind thn.DenominatorKind, area thn.ID) string {
	return "/denominators/effect?" + url.Values{"kind": {string(kind)}, "area": {string(area)}}.Encode()
}

func denominatorRow(r *request, d thn.Denominator, area string) page.Row {
	l := r.locale
	value := page.Cell{Text: l.Number(d.Value), Numeric: true}
	switch {
	case d.Suppressed:
		value = page.Cell{Text: l.T("cell.range", "Low", l.Number(d.Low), "High", l.Number(d.High)), Numeric: true}
	case d.Low != d.High:
		value.Note = l.T("cell.range", "Low", l.Number(d.Low), "High", l.Number(d.High))
	}
	if d.Provisional {
		value.Note += " " + l.T("figure.provisional")
	}
	asAt := page.Cell{}
	if !d.AsAt.IsZero() {
		asAt.Text = l.Date(d.AsAt)
	}
	return page.Row{Cells: []page.Cell{{Text: area}, {Text: d.Definition, URL: d.URL, Note: d.Source}, {Text: l.Period(d.Period)}, value, asAt,
		acts(page.Option{Value: "/denominators/" + string(d.ID) + "/correct", Label: l.T("setup.figure.correct")},
			page.Option{Value: "/denominators/" + string(d.ID) + "/close", Label: l.T("setup.figure.withdraw")})}}
}

// denominatorEffect shows what choosing one of the series does to the figures.
func denominatorEffect(s *Server, r *request) (reply, error) {
	v, err := s.view(r)
	if err != nil {
		return reply{}, err
	}
	kind, err := thn.ParseCode(thn.DenominatorKinds, cmp.Or(r.query().Get("kind"), string(thn.AtRisk)))
	if err != nil {
		return reply{}, noFile
	}
	v.spec.Series = "" // all of them is the point
	table, err := report.Effect(r.ctx, s.Figures, kind, v.spec)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.FigurePage{Base: page.Base{Heading: l.T("denominators.effect_title"), Here: "denominators", Wide: true}, AsAt: l.Date(s.today(r)),
		Back: page.Option{Value: "/denominators", Label: l.T("nav.denominators")}}
	p.Filters = s.filters(r, v, "/denominators/effect")
	kinds := page.Field{Kind: page.FieldSelect, Name: "kind", Label: l.T("setup.figure.kind")}
	for _, k := range thn.DenominatorKinds {
		kinds.Options = append(kinds.Options, page.Option{Value: string(k), Label: l.T("code.denominator." + string(k)), Chosen: k == kind})
	}
	p.Filters.Fields = append([]page.Field{kinds}, p.Filters.Fields...)
	return reply{page: p}, p.DrawEffect(l, table, func(series string) string {
		q := r.query()
		q.Del("kind")
		q.Set("base", series)
		return "/figures/" + table.Definitions[0] + "?" + q.Encode()
	})
}
