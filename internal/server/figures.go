package server

import (
	"strings"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/report"
)

// figureList names every figure that can be asked for, with what it counts.
func figureList(_ *Server, r *request) (reply, error) {
	l := r.locale
	t := page.Table{Caption: l.T("nav.figures"), Columns: []page.Column{{Label: l.T("figures.name")}, {Label: l.T("figures.definition")}}}
	for _, i := range report.Indicators {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: l.T(i.NameKey()), URL: "/figures/" + i.Key}, {Text: l.T(i.DefinitionKey())}}})
	}
	return reply{page: &page.ListPage{Base: page.Base{Heading: l.T("nav.figures"), Here: "figures", Wide: true}, Intro: []string{l.T("figures.intro")}, Table: t}}, nil
}

// figureShow is one figure with its rows chosen: /figures/NAME, or as a file
// /figures/NAME.csv. Page and file are made of the same table.
func figureShow(s *Server, r *request) (reply, error) {
	name, ending, isFile := strings.Cut(strings.TrimPrefix(r.gin.Param("file"), "/"), ".")
	indicator, err := report.Find(name)
	if err != nil {
		return reply{}, noFile
	}
	v, err := s.view(r)
	if err != nil {
		return reply{}, err
	}
	v.spec.By = report.By(r.query().Get("by"))
	table, err := report.Build(r.ctx, s.Figures, name, v.spec)
	if fault.Is(err, fault.Invalid) {
		return reply{}, noFile // rows that this figure does not have
	}
	if err != nil {
		return reply{}, err
	}
	if isFile {
		_, format, err := fileNamed(name + "." + ending)
		if err != nil {
			return reply{}, err
		}
		return s.file(r, format, export.Document{Name: name, Tables: []report.Table{table}})
	}
	return reply{page: s.figurePage(r, indicator, v, table)}, nil
}

func (s *Server) figurePage(r *request, i report.Indicator, v view, table report.Table) *page.FigurePage {
	p := &page.FigurePage{Base: page.Base{Heading: r.locale.T(i.NameKey()), Here: "figures", Wide: true}, AsAt: r.locale.Date(s.today(r))}
	p.Filters = s.filters(r, v, "/figures/"+i.Key)
	if len(i.Splits) > 0 {
		by := page.Field{Kind: page.FieldSelect, Name: "by", Label: r.locale.T("figures.by"), Options: []page.Option{{Label: r.locale.T("figures.by_usual")}}}
		for _, x := range i.Splits {
			by.Options = append(by.Options, page.Option{Value: string(x), Label: r.locale.T("report.by." + string(x)), Chosen: x == v.spec.By})
		}
		p.Filters.Fields = append(p.Filters.Fields, by)
	}
	p.Draw(r.locale, table)
	p.Figure.Table.Files = fileLinks(r, "/figures/"+i.Key, v)
	return p
}
