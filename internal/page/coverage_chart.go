package page

import (
	"slices"
	"strconv"

	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

func chartWords(l *lang.Locale) chart.Words {
	return chart.Words{Missing: l.T("cell.not_reported"), Masked: l.T("cell.masked"), NoDenominator: l.T("cell.no_denominator")}
}

func doc(l *lang.Locale, id string, width int, title, desc string, places int) chart.Doc {
	return chart.Doc{ID: id + "-" + strconv.Itoa(width), Title: title, Desc: desc, Lang: l.Code, Width: width, Bare: true,
		Format: func(v float64) string { return l.Decimal(v, places) }}
}

// value turns a cell into what a chart draws; a number that is a range is drawn
// at its lower bound and told in the table.
func value(c report.Cell, places int) chart.Value {
	switch c.Kind() {
	case report.KindCount, report.KindRange:
		return chart.Of(float64(c.Count().Low) / 2)
	case report.KindRatio, report.KindInterval:
		return chart.Of(c.Ratio().Value.Round(places).Float())
	case report.KindMasked:
		return chart.Value{State: chart.Masked}
	case report.KindNoDenominator:
		return chart.Value{State: chart.NoDenominator}
	}
	return chart.Value{}
}

// monthsFigure draws kits by month and channel.
func monthsFigure(l *lang.Locale, o report.Overview) (Figure, error) {
	f := newFigure(l, "months", o.Months)
	f.Finding = l.T("coverage.months_finding", "Kits", figure(l, o.Kits, report.Column{}), "Period", l.Period(o.Head.Period))
	f.Measured = l.T("coverage.months_measured")
	err := f.pair(func(width int) (string, error) {
		b := chart.Bars{Doc: doc(l, "months", width, f.Finding, f.Measured, 0), Words: chartWords(l), Axis: l.T("coverage.axis_kits")}
		b.Ticks = ticks(l, o.Months)
		b.Series, b.Breaks = series(l, o.Months), breaks(l, o.Months)
		return b.SVG()
	})
	return f, err
}

func ticks(l *lang.Locale, t report.Table) (list []chart.Tick) {
	for _, r := range t.Rows {
		if r.Kind == report.RowPlain {
			list = append(list, chart.Tick{Label: l.MonthShort(r.Label.Period.From), Group: strconv.Itoa(r.Label.Period.From.Year())})
		}
	}
	return list
}

// series takes the channels of the table, at most as many as can be told apart:
// the report has already folded the rest.
func series(l *lang.Locale, t report.Table) (list []chart.Series) {
	for _, i := range t.Parts(slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Sum })) {
		if len(list) == chart.MaxSeries {
			break
		}
		s := chart.Series{Label: words(l, t.Columns[i].Label)}
		for _, r := range t.Rows {
			if r.Kind == report.RowPlain {
				s.Values = append(s.Values, value(r.Cells[i], 0))
			}
		}
		list = append(list, s)
	}
	return list
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

// bars draws one ratio column of a table as horizontal bars against its benchmarks.
func bars(l *lang.Locale, f *Figure, t report.Table, column, axis string) error {
	i := t.Column(column)
	if i < 0 || len(t.Rows) == 0 {
		return nil
	}
	places := t.Columns[i].Places
	return f.pair(func(width int) (string, error) {
		rows := chart.Rows{Doc: doc(l, f.ID, width, f.Finding, f.Measured, 0), Words: chartWords(l), Axis: axis}
		for _, r := range t.Rows {
			if r.Kind == report.RowRest {
				continue
			}
			row := chart.Row{Label: words(l, r.Label), Value: value(r.Cells[i], places), Text: figure(l, r.Cells[i], t.Columns[i]), Own: r.Kind == report.RowTotal}
			if k := r.Cells[i].Kind(); k == report.KindInterval {
				row.Low, row.High = r.Cells[i].Ratio().Low.Round(places).Float(), r.Cells[i].Ratio().High.Round(places).Float()
			}
			rows.Rows = append(rows.Rows, row)
		}
		rows.Breaks = breaks(l, t)
		for _, b := range t.Benchmarks {
			if b.Kind == report.Comparison {
				continue // aimed at by nobody, so no line; it stands among the sources
			}
			label := b.Label()
			if b.Kind == report.OwnTarget {
				label.Key = "report.benchmark.own_line" // a phone has no room for its day
			}
			rows.Targets = append(rows.Targets, chart.Target{At: b.Value().Round(places).Float(), Label: words(l, label)})
		}
		return rows.SVG()
	})
}

// areasFigure draws kits a year for each 100 people at risk, by area.
func areasFigure(l *lang.Locale, o report.Overview) (Figure, error) {
	f := newFigure(l, "areas", o.Areas)
	f.Finding, f.Measured = l.T("coverage.areas_finding"), l.T("coverage.areas_measured")
	return f, bars(l, &f, o.Areas, "kits_per_100", l.T("coverage.axis_per_hundred"))
}

// reachFigure draws reach over each denominator, never one line for two of them.
func reachFigure(l *lang.Locale, o report.Overview) (Figure, error) {
	f := newFigure(l, "reach", o.ReachOver)
	f.Finding, f.Measured = l.T("coverage.reach_finding"), l.T("coverage.reach_measured")
	return f, bars(l, &f, o.ReachOver, "reach", l.T("coverage.axis_reach"))
}

// perDeathFigure draws kits for each death against the floor and the benchmark.
func perDeathFigure(l *lang.Locale, o report.Overview) (Figure, error) {
	f := newFigure(l, "deaths", o.PerDeath)
	f.Finding, f.Measured = l.T("coverage.death_finding"), l.T("coverage.death_measured")
	return f, bars(l, &f, o.PerDeath, "all", l.T("coverage.axis_death"))
}

func firstFigure(l *lang.Locale, o report.Overview) (Figure, error) {
	f := newFigure(l, "first", o.FirstRepeat)
	f.Finding, f.Measured = l.T("coverage.first_finding"), l.T("coverage.first_measured")
	return f, nil
}

func peerFigure(l *lang.Locale, o report.Overview) (Figure, error) {
	f := newFigure(l, "peer", o.Peer)
	f.Finding, f.Measured = l.T("coverage.peer_finding"), l.T("coverage.peer_measured")
	return f, nil
}
