package page

import (
	"slices"
	"strconv"

	"thntracker/internal/baseline"
	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// Corrected shows what corrections changed in the baseline, from what to what, on
// whose word and when: the newest first.
func Corrected(l *lang.Locale, list []baseline.Correction) Table {
	t := Table{ID: "corrected", Caption: l.T("world.corrected.caption"), Notes: []string{l.T("world.corrected.note")}}
	for _, key := range []string{"world.column.country", "world.compare.service", "world.corrected.from", "world.corrected.to", "world.column.source", "world.corrected.day"} {
		t.Columns = append(t.Columns, Column{Label: l.T(key)})
	}
	for _, c := range slices.Backward(list) {
		day, err := thn.ParseDate(c.Day)
		when := c.Day
		if err == nil {
			when = l.Date(day)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: baseline.Name(c.ISO2, l.Code)}, {Text: l.T("world.column." + c.Service)}, markCell(l, c.From), markCell(l, c.To),
			{Text: c.Source.Title, URL: c.Source.URL, Note: strconv.Itoa(c.Source.Year)}, {Text: when}}})
	}
	return t
}
