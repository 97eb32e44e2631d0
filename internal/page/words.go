package page

import (
	"math"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/need"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// words puts a report's label into the reader's language.
func words(l *lang.Locale, label report.Label) string {
	switch {
	case label.Key != "":
		return l.Args(label.Key, plain(l, label.Args))
	case label.Text != "":
		return label.Text
	case !label.Period.From.IsZero():
		return l.Period(label.Period)
	}
	return label.Code
}

// plain puts blanks that are themselves keys, labels or numbers into words.
func plain(l *lang.Locale, args map[string]any) map[string]any {
	out := make(map[string]any, len(args))
	for k, v := range args {
		switch v := v.(type) {
		case fault.Label:
			out[k] = l.T(string(v))
		case report.Label:
			out[k] = words(l, v)
		case report.Cell:
			out[k] = figure(l, v, report.Column{Places: 1})
		case report.Decimal:
			out[k] = l.Decimal(v.Float(), v.Places)
		case thn.Count:
			out[k] = figure(l, report.Counted(v), report.Column{})
		case thn.Period:
			out[k] = l.Period(v)
		case thn.Date:
			out[k] = l.Date(v)
		case int, int64:
			out[k] = l.Number(v)
		case report.Fixed:
			out[k] = l.Decimal(v.Value, v.Places)
		default:
			out[k] = v
		}
	}
	return out
}

// Cite gives a source to read on. The names of publications are not translated;
// that there was none to take a definition from is said in the reader's language.
func Cite(l *lang.Locale, c report.Citation) Source {
	if c.Source == report.Proposed.Source {
		return Source{Text: l.T("words.proposed")}
	}
	return Source{Text: c.Source, URL: c.URL}
}

// figure writes a cell: a number in the language's way, or the words for why
// there is none.
func figure(l *lang.Locale, c report.Cell, column report.Column) string {
	switch c.Kind() {
	case report.KindCount:
		return count(l, int64(c.Count().Low))
	case report.KindRange:
		return l.T("cell.range", "Low", count(l, int64(c.Count().Low)), "High", count(l, int64(c.Count().High)))
	case report.KindRatio, report.KindInterval:
		return interval(l, c.Ratio(), column.Places)
	case report.KindModelled:
		return estimate(l, c.Model(), column.Places)
	case report.KindText:
		return words(l, c.Text())
	}
	return l.T("cell." + string(c.Kind()))
}

// count writes half kits as whole ones, with a half only where there is one.
func count(l *lang.Locale, halves int64) string {
	if halves%2 == 0 {
		return signed(l, float64(halves)/2, 0)
	}
	return signed(l, float64(halves)/2, 1)
}

func interval(l *lang.Locale, i report.Interval, places int) string {
	write := func(r report.Ratio) string { return signed(l, r.Round(places).Float(), places) }
	switch {
	case !i.Valued:
		return l.T("cell.range", "Low", write(i.Low), "High", write(i.High))
	case i.Low == i.Value && i.High == i.Value:
		return write(i.Value)
	}
	return l.T("cell.interval", "Value", write(i.Value), "Low", write(i.Low), "High", write(i.High))
}

// estimate writes what a model gives, with its interval.
func estimate(l *lang.Locale, e need.Estimate, places int) string {
	if !e.Ranged() {
		return signed(l, e.Value, places)
	}
	return l.T("cell.estimate", "Value", signed(l, e.Value, places), "Range", bounds(l, e, places))
}

// bounds writes an interval. Below zero its ends are joined by a word: a dash
// beside a minus cannot be read.
func bounds(l *lang.Locale, e need.Estimate, places int) string {
	key := "cell.range"
	if e.Low < 0 {
		key = "cell.range_signed"
	}
	return l.T(key, "Low", signed(l, e.Low, places), "High", signed(l, e.High, places))
}

// signed writes a number that may be below zero, with a minus and not a hyphen; one
// that rounds to nothing has no sign.
func signed(l *lang.Locale, v float64, places int) string {
	text := l.Decimal(math.Abs(v), places)
	if v < 0 && text != l.Decimal(0, places) {
		return "−" + text
	}
	return text
}

// state is the class of a cell without a number; its words say the same.
func state(c report.Cell) string {
	switch c.Kind() {
	case report.KindMasked:
		return "masked"
	case report.KindNoDenominator, report.KindNotReported, report.KindNotApplicable:
		return "missing"
	}
	return ""
}

// tabulate draws a report's table.
func tabulate(l *lang.Locale, t report.Table) Table {
	out := Table{ID: "table-" + t.Name, Caption: l.T(t.Title), Columns: []Column{{Label: words(l, t.RowHead)}}}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, Column{Label: words(l, c.Label), Numeric: c.Measure != report.MeasureText})
	}
	for _, r := range t.Rows {
		_, seam := r.Seam()
		row := Row{Total: r.Kind == report.RowTotal, Seam: seam, Cells: []Cell{{Text: words(l, r.Label), Note: notes(l, r.Marks)}}}
		for i, c := range r.Cells {
			cell := Cell{Text: figure(l, c, t.Columns[i]), State: state(c), Numeric: t.Columns[i].Measure != report.MeasureText}
			if e := c.Model(); e.Ranged() { // beneath, so that tables of a model stay narrow enough to read
				cell.Text, cell.Note = signed(l, e.Value, t.Columns[i].Places), l.T("cell.beneath", "Range", bounds(l, e, t.Columns[i].Places))
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	for _, n := range append(append([]report.Label{}, t.Notes...), t.Missing...) {
		out.Notes = append(out.Notes, words(l, n))
	}
	return out
}

func notes(l *lang.Locale, marks []report.Label) string {
	var said []string
	for _, m := range marks {
		said = append(said, words(l, m))
	}
	return l.Beside(said...)
}
