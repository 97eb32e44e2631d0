package page

import (
	"thntracker/internal/chart"
	"thntracker/internal/lang"
)

// Dossier is one thing with what is known of it: sentences first, then what can
// be done, then a drawing and its tables. A notice to print is one too.
type Dossier struct {
	Base
	Warning string
	Say     []string
	Acts    []Option // addresses; the first is the thing to do next
	Steps   []string // what to do, in order
	Figures []Figure
	Parts   []Part
}

// Template names the file.
func (*Dossier) Template() string { return "dossier" }

// Part is a table, or the sentence that stands in its place when it has no rows.
type Part struct {
	Table Table
	Empty string
}

// Left is a place with what it still holds, for the drawing of a recall.
type Left struct {
	Label, Words string
	Kits         int64
}

// mostBars is how many places are drawn; the table beneath has all of them.
const mostBars = 12

// RecallFigure draws what is left at each place.
func RecallFigure(l *lang.Locale, finding string, places []Left) (Figure, error) {
	f := Figure{ID: "left", Finding: finding, Measured: l.T("recall.chart_measured")}
	err := f.pair(func(width int) (string, error) {
		rows := chart.Rows{Doc: doc(l, f.ID, width, f.Finding, f.Measured, 0), Words: chartWords(l), Axis: l.T("coverage.axis_kits")}
		for _, p := range places[:min(len(places), mostBars)] {
			rows.Rows = append(rows.Rows, chart.Row{Label: p.Label, Value: chart.Of(float64(max(0, p.Kits))), Text: p.Words})
		}
		return rows.SVG()
	})
	return f, err
}
