package page

import (
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// DrawEffect fills the figure with what each series of a denominator gives; use
// is the address of the figure set against one of them alone.
func (p *FigurePage) DrawEffect(l *lang.Locale, t report.Table, use func(series string) string) error {
	f := newFigure(l, t.Name, t)
	f.Table.Columns = append(f.Table.Columns, Column{Label: l.T("list.actions"), Acts: true})
	for i, r := range t.Rows {
		f.Table.Rows[i].Cells = append(f.Table.Rows[i].Cells, Cell{Links: []Option{{Value: use(r.Label.Code), Label: l.T("denominators.choose")}}})
	}
	f.Finding = words(l, t.Head.Area)
	f.Open = true // what to choose from
	f.Measured = l.T("denominators.effect_intro", "Period", l.Period(t.Head.Period))
	const figureColumn = 2 // after the number's period and the number itself
	if low, high, ok := spread(t, figureColumn); ok {
		c := t.Columns[figureColumn]
		f.Finding = l.T("denominators.spread", "Figure", l.T("indicator."+t.Definitions[0]+".name"), "Low", figure(l, low, c), "High", figure(l, high, c))
		x := t
		x.Benchmarks = nil
		if err := bars(l, &f, x, c.Label.Code, words(l, c.Label)); err != nil {
			return err
		}
	}
	p.Figure = f
	return nil
}

// spread finds the lowest and the highest figure where there are several.
func spread(t report.Table, column int) (low, high report.Cell, ok bool) {
	if column >= len(t.Columns) {
		return low, high, false
	}
	n := 0
	for _, r := range t.Rows {
		c := r.Cells[column]
		if !c.Known() || !c.Ratio().Valued {
			continue
		}
		exact := report.Divided(report.Interval{Value: c.Ratio().Value, Low: c.Ratio().Value, High: c.Ratio().Value, Valued: true})
		places := t.Columns[column].Places
		at := func(x report.Cell) float64 { return x.Ratio().Value.Round(places).Float() }
		if n == 0 || at(exact) < at(low) {
			low = exact
		}
		if n == 0 || at(exact) > at(high) {
			high = exact
		}
		n++
	}
	return low, high, n > 1
}
