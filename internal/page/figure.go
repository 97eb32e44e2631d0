package page

import (
	"slices"

	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// FigurePage is one figure with its filters, its table, its files and its
// definition.
type FigurePage struct {
	Base
	Filters Form
	Figure  Figure
	Revised *Figure // what changed of it since the day that it stands at
	Past    Past
	AsAt    string
	Back    Option // where the reader came from; empty: the list of figures
}

// Template names the file.
func (*FigurePage) Template() string { return "figure" }

// Draw fills the figure from its table. The heading names it already.
func (p *FigurePage) Draw(l *lang.Locale, t report.Table) error {
	p.Figure = newFigure(l, t.Name, t)
	p.Figure.Finding, p.Figure.Open = l.Period(t.Head.Period), true
	if len(t.Rows) == 1 && len(t.Columns) > 3 && len(t.Rows[0].Marks) == 0 { // turned, a row would lose its marks
		p.Figure.Table = turned(l, t, p.Figure.Table)
	}
	return p.Figure.sketch(l, t)
}

// Revise adds what was revised of the figure since, as a table beneath it.
func (p *FigurePage) Revise(l *lang.Locale, t report.Table) {
	f := newFigure(l, t.Name, t)
	f.Finding, f.Open, f.Definition, f.Sources = l.T("figures.revised", "Date", p.AsAt), true, nil, nil
	p.Revised = &f
}

// sketch draws the column that the table names, where it has a number in it: a
// drawing of nothing says nothing.
func (f *Figure) sketch(l *lang.Locale, t report.Table) error {
	i := t.Column(t.Drawn)
	if i < 0 || !slices.ContainsFunc(t.Rows, func(r report.Row) bool { return r.Cells[i].Known() }) {
		return nil
	}
	return bars(l, f, t, t.Drawn, words(l, t.Columns[i].Label))
}

// turned lists the figures of a table's only row beneath each other.
func turned(l *lang.Locale, t report.Table, usual Table) Table {
	out := Turned(l, t)
	out.ID, out.Notes = usual.ID, usual.Notes
	return out
}
