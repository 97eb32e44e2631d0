package page

import (
	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// ReleaseFigures draws how far releases got, and why some ended without a kit.
func ReleaseFigures(l *lang.Locale, cascade, why report.Table) ([]Figure, error) {
	steps := newFigure(l, "cascade", cascade)
	steps.Measured = l.T("releases.measured")
	steps.Finding = releaseFinding(l, cascade)
	if err := asCascade(&sketch{Section: Section{ID: "cascade"}, l: l, t: cascade, f: &steps}); err != nil {
		return nil, err
	}
	reasons := newFigure(l, "drop-outs", why)
	reasons.Finding, reasons.Measured = l.T("releases.why"), l.T("releases.why_measured")
	return []Figure{steps, reasons}, drawn(l, &reasons, why, l.T("report.column.releases"), reasonBar)
}

// releaseFinding says how many of those at risk left with a kit.
func releaseFinding(l *lang.Locale, cascade report.Table) string {
	last := cascade.Cell(string(thn.StepHandedOver), "of_first")
	if !last.Known() {
		return l.T("releases.finding_open", "AtRisk", figure(l, cascade.Cell(string(thn.StepAtRisk), "releases"), report.Column{}))
	}
	return l.T("releases.finding", "Share", figure(l, last, report.Column{Places: 0}), "Of", l.Number(int64(last.Ratio().Value.Den/2)))
}

// drawn draws a bar for each row of a table.
func drawn(l *lang.Locale, f *Figure, t report.Table, axis string, bar func(*lang.Locale, report.Row) (chart.Row, bool)) error {
	if len(t.Rows) < 2 {
		return nil
	}
	return f.pair(func(width int) (string, error) {
		rows := chart.Rows{Doc: doc(l, f.ID, width, f.Finding, f.Measured, 0), Words: chartWords(l), Axis: axis}
		for _, r := range t.Rows {
			if row, ok := bar(l, r); ok {
				rows.Rows = append(rows.Rows, row)
			}
		}
		return rows.SVG()
	})
}

// reasonBar is a reason with its count. Reasons that add up to more than the
// releases leave less than nothing, which the table tells.
func reasonBar(l *lang.Locale, r report.Row) (chart.Row, bool) {
	n, share := r.Cells[0], r.Cells[1]
	row := chart.Row{Label: words(l, r.Label), Value: value(n, 0), Text: figure(l, n, report.Column{}), Own: r.Kind == report.RowTotal}
	if share.Known() {
		row.Text = l.T("releases.bar", "N", row.Text, "Share", figure(l, share, report.Column{Places: 0}))
	}
	return row, !n.Known() || n.Count().Low >= 0
}

// CarriageSentence says how many in scope carry a kit in date, or that nobody
// has said how many are in scope.
func CarriageSentence(l *lang.Locale, t report.Table) string {
	n := func(code string) string { return figure(l, t.Cell("total", code), report.Column{}) }
	if share := t.Cell("total", "carriage"); share.Known() {
		return l.T("responders.sentence", "InDate", n("in_date"), "Scope", n("in_scope"), "Share", figure(l, share, report.Column{Places: 0}))
	}
	return l.T("responders.sentence_no_scope", "InDate", n("in_date"), "Trained", n("trained"))
}

// carriageFinding is about those who are trained, as the bars beneath it are.
func carriageFinding(l *lang.Locale, t report.Table) string {
	share := t.Cell("total", "uptake")
	if !share.Known() {
		return l.T("coverage.carriage.title")
	}
	r := share.Ratio().Value
	return l.T("coverage.carriage.finding", "InDate", l.Number(int64(r.Num/2)), "Trained", l.Number(int64(r.Den/2)), "Share", figure(l, share, report.Column{}))
}

// LeaveBehindSentence says at how many calls a kit was left, if that is known.
func LeaveBehindSentence(l *lang.Locale, t report.Table) []string {
	share := t.Cell("total", "left_share")
	if !share.Known() {
		return nil
	}
	return []string{l.T("leave.sentence", "Left", l.Number(int64(share.Ratio().Value.Num/2)), "Eligible", l.Number(int64(share.Ratio().Value.Den/2)),
		"Share", figure(l, share, report.Column{Places: 0}))}
}

// leaveBehindFinding is that sentence as a title.
func leaveBehindFinding(l *lang.Locale, t report.Table) string {
	if say := LeaveBehindSentence(l, t); len(say) > 0 {
		return say[0]
	}
	return l.T("coverage.leave-behind.title")
}

// asReasons draws why releases ended without a kit.
func asReasons(d *sketch) error {
	return drawn(d.l, d.f, d.t, d.l.T("report.column.releases"), reasonBar)
}

// Turned draws a table of one row as a list of its figures: a phone has no room
// for twelve columns.
func Turned(l *lang.Locale, t report.Table) Table {
	out := Table{Caption: l.T(t.Title), Columns: []Column{{Label: l.T("releases.figure")}, {Label: l.T("releases.value"), Numeric: true}}}
	if len(t.Rows) == 0 {
		return out
	}
	last := t.Rows[len(t.Rows)-1]
	if last.Kind == report.RowPlain { // it is of something: say of what
		out.Columns[1].Label = words(l, last.Label)
	}
	for i, c := range t.Columns {
		cell := last.Cells[i]
		x := Cell{Text: figure(l, cell, c), Numeric: true}
		if !cell.Known() {
			x.State = "missing"
		}
		out.Rows = append(out.Rows, Row{Cells: []Cell{{Text: words(l, c.Label)}, x}})
	}
	for _, m := range t.Missing {
		out.Notes = append(out.Notes, words(l, m))
	}
	return out
}
