package page

import (
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// FigurePage is one figure with its filters, its table, its files and its
// definition.
type FigurePage struct {
	Base
	Filters Form
	Figure  Figure
	AsAt    string
	Back    Option // where the reader came from; empty: the list of figures
}

// Template names the file.
func (*FigurePage) Template() string { return "figure" }

// Draw fills the figure from its table. The heading names it already.
func (p *FigurePage) Draw(l *lang.Locale, t report.Table) {
	p.Figure = newFigure(l, t.Name, t)
	p.Figure.Finding = l.Period(t.Head.Period)
	if len(t.Rows) == 1 && len(t.Columns) > 3 {
		usual := p.Figure.Table
		p.Figure.Table = Turned(l, t)
		p.Figure.Table.ID, p.Figure.Table.Notes = usual.ID, usual.Notes
	}
}
