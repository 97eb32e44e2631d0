package page

import (
	"slices"
	"strconv"

	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// sketch is a section in the making.
type sketch struct {
	Section
	l     *lang.Locale
	t     report.Table
	f     *Figure
	drill Drill
}

func (d *sketch) axis() string { return d.l.T("coverage." + d.ID + ".axis") }

func (d *sketch) doc(width int) chart.Doc {
	return doc(d.l, d.ID, width, d.f.Finding, d.f.Measured, 0)
}

func chartWords(l *lang.Locale) chart.Words {
	return chart.Words{Missing: l.T("cell.not_reported"), Masked: l.T("cell.masked"), NoDenominator: l.T("cell.no_denominator")}
}

func doc(l *lang.Locale, id string, width int, title, desc string, places int) chart.Doc {
	return chart.Doc{ID: id + "-" + strconv.Itoa(width), Title: title, Desc: desc, Lang: l.Code, Dir: l.Dir(), Width: width, Bare: true,
		Format: func(v float64) string { return l.Decimal(v, places) }}
}

// value turns a cell into what a chart draws; a number that is a range is drawn
// at its lower bound and told in the table.
func value(c report.Cell, places int) chart.Value {
	switch c.Kind() {
	case report.KindCount, report.KindRange:
		return chart.Of(max(0, float64(c.Count().Low)/2))
	case report.KindRatio, report.KindInterval:
		return chart.Of(max(0, c.Ratio().Value.Round(places).Float()))
	case report.KindModelled:
		return chart.Of(max(0, c.Model().Value))
	case report.KindMasked:
		return chart.Value{State: chart.Masked}
	case report.KindNoDenominator:
		return chart.Value{State: chart.NoDenominator}
	}
	return chart.Value{}
}

func ticks(l *lang.Locale, t report.Table) (list []chart.Tick) {
	for _, r := range t.Rows {
		if r.Kind == report.RowPlain {
			list = append(list, tick(l, r.Label.Period))
		}
	}
	return list
}

// series is one column over the plain rows.
func series(l *lang.Locale, t report.Table, column int) chart.Series {
	s := chart.Series{Label: words(l, t.Columns[column].Label)}
	for _, r := range t.Rows {
		if r.Kind == report.RowPlain {
			s.Values = append(s.Values, value(r.Cells[column], t.Columns[column].Places))
		}
	}
	return s
}

// bars begins a chart over time, with the line of another period if there is one.
func (d *sketch) bars(width int) chart.Bars {
	b := chart.Bars{Doc: d.doc(width), Words: chartWords(d.l), Axis: d.axis(), Ticks: ticks(d.l, d.t), Breaks: breaks(d.l, d.t)}
	if i := d.t.Column(d.Column + "_then"); i >= 0 {
		b.Then = series(d.l, d.t, i)
	}
	return b
}

// asStacks draws the parts of the whole by month: the channels, of which the
// report has already folded all but the largest.
func asStacks(d *sketch) error {
	return d.f.pair(func(width int) (string, error) {
		b := d.bars(width)
		for _, i := range d.t.Parts(d.t.Column(d.Column)) {
			if len(b.Series) < chart.MaxSeries {
				b.Series = append(b.Series, series(d.l, d.t, i))
			}
		}
		return b.SVG()
	})
}

// breaks are the places in a chart of the table's ordinary rows that no line may cross.
func breaks(l *lang.Locale, t report.Table) (list []chart.Break) {
	at := 0
	for _, r := range t.Rows {
		if r.Kind != report.RowPlain {
			continue
		}
		if why, ok := r.Seam(); ok && at > 0 {
			list = append(list, chart.Break{Before: at, Text: words(l, why)})
		}
		at++
	}
	return list
}

// asColumn draws one column by month.
func asColumn(d *sketch) error {
	i := d.t.Column(d.Column)
	if i < 0 {
		return nil
	}
	return d.f.pair(func(width int) (string, error) {
		b := d.bars(width)
		b.Series = []chart.Series{series(d.l, d.t, i)}
		return b.SVG()
	})
}

// asMultiples draws a small chart for each column, on one scale.
func asMultiples(d *sketch) error {
	return d.f.pair(func(width int) (string, error) {
		m := chart.Multiples{Doc: d.doc(width), Words: chartWords(d.l), Axis: d.axis(), Ticks: ticks(d.l, d.t)}
		for i, c := range d.t.Columns {
			if !c.Sum && len(m.Panels) < chart.MaxPanels {
				s := series(d.l, d.t, i)
				m.Panels = append(m.Panels, chart.Panel{Label: s.Label, URL: d.drill(d.Drill, c.Label), Values: s.Values})
			}
		}
		return m.SVG()
	})
}

// mostRows is how many rows a chart shows; all of them stand in its table.
const mostRows = 12

// asRows draws one column as horizontal bars against its levels.
func asRows(d *sketch) error { return d.rows(d.axis()) }

// bars is asRows for a table outside the coverage page.
func bars(l *lang.Locale, f *Figure, t report.Table, column, axis string) error {
	none := func(report.By, report.Label) string { return "" }
	return (&sketch{Section: Section{ID: f.ID, Column: column}, l: l, t: t, f: f, drill: none}).rows(axis)
}

func (d *sketch) rows(axis string) error {
	i := d.t.Column(d.Column)
	if i < 0 || len(d.t.Rows) == 0 {
		return nil
	}
	return d.f.pair(func(width int) (string, error) {
		rows := chart.Rows{Doc: d.doc(width), Words: chartWords(d.l), Axis: axis}
		then := d.t.Column(d.Column + "_then")
		if then >= 0 {
			rows.Then = words(d.l, d.t.Columns[then].Label)
		}
		for _, r := range d.t.Rows {
			room := len(rows.Rows) < mostRows || r.Kind == report.RowTotal
			if room && r.Kind != report.RowRest && !r.Cells[i].Is(report.KindNotApplicable) {
				rows.Rows = append(rows.Rows, d.row(r, i, then))
			}
		}
		if d.Worst == "" { // ordered by size, rows have no before and after
			rows.Breaks = slices.DeleteFunc(breaks(d.l, d.t), func(b chart.Break) bool { return b.Before >= len(rows.Rows) })
		}
		for _, b := range d.t.Benchmarks {
			if b.Kind == report.Comparison {
				continue // aimed at by nobody, so no line; it stands among the sources
			}
			label := b.Label()
			if b.Kind == report.OwnTarget {
				label.Key = "report.benchmark.own_line" // a phone has no room for its day
			}
			rows.Targets = append(rows.Targets, chart.Target{At: b.Value().Round(d.t.Columns[i].Places).Float(), Label: words(d.l, label)})
		}
		return rows.SVG()
	})
}

// row is a row of the table as a bar. A second text column, such as the product,
// belongs to its name; a sum has nothing to set its bar against.
func (d *sketch) row(r report.Row, i, then int) chart.Row {
	column, cell := d.t.Columns[i], r.Cells[i]
	row := chart.Row{Label: words(d.l, r.Label), Value: value(cell, column.Places), Text: figure(d.l, cell, column), Own: r.Kind == report.RowTotal}
	if d.t.Columns[0].Measure == report.MeasureText && r.Cells[0].Is(report.KindText) {
		row.Label = d.l.T("coverage.row_of", "Row", row.Label, "Of", words(d.l, r.Cells[0].Text()))
	}
	if cell.Is(report.KindModelled) {
		row.Low, row.High = cell.Model().Low, cell.Model().High
	}
	if cell.Is(report.KindInterval) {
		row.Low, row.High = cell.Ratio().Low.Round(column.Places).Float(), cell.Ratio().High.Round(column.Places).Float()
	}
	if cell.Known() && slices.ContainsFunc(r.Marks, func(m report.Label) bool { return m.Code == "began" || m.Code == "partial" }) {
		row.Text = d.l.T("coverage.not_whole", "Value", row.Text) // the table says why
	}
	if r.Kind == report.RowPlain {
		row.URL = d.drill(d.Drill, r.Label)
	}
	if then >= 0 {
		row.Then = value(r.Cells[then], column.Places)
	}
	return row
}

// asCascade draws how much of the first step is left at each later one. The bar
// is the share and not the count: months that left a step open would make the
// next one look like growth.
func asCascade(d *sketch) error {
	return d.f.pair(func(width int) (string, error) {
		k := chart.Cascade{Doc: d.doc(width), Words: chartWords(d.l), Axis: d.l.T("report.column.of_first")}
		for i, r := range d.t.Rows {
			k.Steps = append(k.Steps, stepOf(d.l, r, i))
		}
		return k.SVG()
	})
}

// stepOf is a row of releases, steps or not recorded, with what each is of.
func stepOf(l *lang.Locale, r report.Row, i int) chart.Step {
	n, ofFirst, ofBefore := figure(l, r.Cells[0], report.Column{}), r.Cells[1], r.Cells[2]
	s := chart.Step{Label: words(l, r.Label), Share: value(ofFirst, perPlaces), Text: n}
	switch {
	case ofFirst.Known():
		s.Text = l.T("releases.bar_of", "N", n, "Of", l.Number(int64(ofFirst.Ratio().Value.Den/2)), "Share", figure(l, ofFirst, report.Column{}))
	case i == 0 && r.Cells[0].Known():
		s.Share = chart.Of(100)
	}
	if ofBefore.Known() && i > 1 {
		s.Before = l.T("coverage.step_before", "Share", figure(l, ofBefore, report.Column{}))
	}
	return s
}

// perPlaces is how finely a share is drawn.
const perPlaces = 1
