package server

import (
	"slices"
	"strings"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// figureList names every figure that can be asked for, with what it counts.
func figureList(_ *Server, r *request) (reply, error) {
	l := r.locale
	t := page.Table{Caption: l.T("nav.figures"), Columns: []page.Column{{Label: l.T("figures.name")}, {Label: l.T("figures.definition")}}}
	for _, i := range report.Indicators {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: l.T(i.NameKey()), URL: "/figures/" + i.Key}, {Text: l.T(i.DefinitionKey())}}})
	}
	return reply{page: &page.ListPage{Base: page.Base{Heading: l.T("nav.figures"), Here: "figures", Wide: true}, Intro: []string{l.T("figures.intro")}, Table: t,
		Back: page.Option{Value: "/definitions", Label: l.T("nav.definitions")}}}, nil
}

// figureShow is one figure with its rows chosen: /figures/NAME, or as a file
// /figures/NAME.csv. Page and file are made of the same table.
func figureShow(s *Server, r *request) (reply, error) {
	name, ending, isFile := strings.Cut(strings.TrimPrefix(r.gin.Param("file"), "/"), ".")
	if key, revision := strings.CutSuffix(name, revisionFile); revision {
		return s.revisedFile(r, key, name+"."+ending)
	}
	indicator, err := report.Find(name)
	if err != nil {
		return reply{}, noFile
	}
	v, err := s.view(r)
	if err != nil {
		return reply{}, err
	}
	v.spec.By = report.By(r.query().Get("by"))
	table, err := s.built(r, name, v.spec)
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
	p, err := s.figurePage(r, indicator, v, table)
	if err != nil {
		return reply{}, err
	}
	if err := s.sinceThen(r, v, indicator, table, p); err != nil {
		return reply{}, err
	}
	base, err := s.baseChoice(r, indicator, v)
	if len(base.Options) > 0 {
		p.Filters.Fields = append(p.Filters.Fields, base)
	}
	return reply{page: p}, err
}

func (s *Server) figurePage(r *request, i report.Indicator, v view, table report.Table) (*page.FigurePage, error) {
	p := &page.FigurePage{Base: page.Base{Heading: r.locale.T(i.NameKey()), Here: "figures", Wide: true}, AsAt: v.stands(s, r)}
	p.Filters = s.filters(r, v, "/figures/"+i.Key)
	p.Filters.Fields = append(p.Filters.Fields, v.standsField(r))
	if len(i.Splits) > 0 {
		by := page.Field{Kind: page.FieldSelect, Name: "by", Label: r.locale.T("figures.by"), Options: []page.Option{{Label: r.locale.T("figures.by_usual")}}}
		for _, x := range i.Splits {
			by.Options = append(by.Options, page.Option{Value: string(x), Label: r.locale.T("report.by." + string(x)), Chosen: x == v.spec.By})
		}
		p.Filters.Fields = append(p.Filters.Fields, by)
	}
	if err := p.Draw(r.locale, table); err != nil {
		return nil, err
	}
	p.Figure.Table.Files = fileLinks(r, "/figures/"+i.Key, v)
	return p, nil
}

// baseChoice offers the series that a figure can be set against, where there are
// several; one that came with the address stays.
func (s *Server) baseChoice(r *request, i report.Indicator, v view) (page.Field, error) {
	f := page.Field{Kind: page.FieldSelect, Name: "base", Label: r.locale.T("denominators.base")}
	if len(i.Denominators) == 0 {
		return f, nil
	}
	all, err := s.Figures.Denominators(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return f, err
	}
	var known []string
	for _, d := range all {
		if slices.Contains(i.Denominators, d.Kind) && r.actor.ReachesArea(d.Area) && !slices.Contains(known, d.Series()) {
			known = append(known, d.Series())
			f.Options = append(f.Options, page.Option{Value: d.Series(), Label: r.locale.T("report.effect.series", "Definition", d.Definition, "Source", d.Source), Chosen: d.Series() == thn.Fold(v.spec.Series)})
		}
	}
	if len(f.Options) < 2 && v.spec.Series == "" {
		return page.Field{}, nil
	}
	lang.Sort(r.locale, f.Options, func(o page.Option) string { return o.Label })
	f.Options = append([]page.Option{{Label: r.locale.T("denominators.base_usual")}}, f.Options...)
	return f, nil
}
