package page

import (
	"slices"

	"thntracker/internal/baseline"
	"thntracker/internal/commitment"
	"thntracker/internal/lang"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

// differs tells whether the baseline says another thing than the programme. Where
// no source of the baseline says anything, there is nothing to differ from.
func differs(mark baseline.Mark, stated thn.Answer) bool {
	return (mark == baseline.Yes || mark == baseline.No) && string(mark) != string(stated)
}

// statedEvidence is a statement as evidence. It stands in the place of the mark of
// the baseline, and says so where the two differ. Its source stands apart: two
// pages of paper have no room for it, and the address on them leads to it.
func statedEvidence(l *lang.Locale, s release.Statement, mark baseline.Mark) commitment.Item {
	key := "statements.evidence"
	if differs(mark, s.Exists) {
		key = "statements.evidence_differs"
	}
	return commitment.Item{Indicator: "baseline:" + string(s.Service), Name: l.T("code.service." + string(s.Service)), State: commitment.State(s.Exists),
		Text:   l.T(key, "Mark", l.T("code.answer."+string(s.Exists)), "Baseline", baselineWord(l, mark)),
		Source: sourceOf(l, s)}
}

func baselineWord(l *lang.Locale, m baseline.Mark) string {
	if m == "" { // no row, or a service that the baseline does not follow
		return l.T("statements.not_followed")
	}
	return l.T("world.mark." + string(m))
}

// sourceOf names the source of a statement.
func sourceOf(l *lang.Locale, s release.Statement) string {
	return l.T("statements.source_of", "Service", l.T("code.service."+string(s.Service)), "Source", s.Source, "Date", l.Date(s.Dated))
}

// statedPlace says what the programme states of take-home naloxone, beside what
// the baseline says.
func statedPlace(l *lang.Locale, s release.Statement, mark baseline.Mark, country string) []string {
	list := []string{l.T("statements.place_"+string(s.Exists), "Country", country, "Source", s.Source, "Date", l.Date(s.Dated))}
	if differs(mark, s.Exists) {
		list = append(list, l.T("statements.place_differs"))
	}
	return list
}

// statedTable sets what the programme states beside the baseline.
func statedTable(l *lang.Locale, list []release.Statement, row baseline.Row, country string) Table {
	if len(list) == 0 {
		return Table{}
	}
	t := Table{ID: "stated", Caption: l.T("statements.world", "Country", country), Notes: []string{l.T("statements.world_note")}}
	for _, key := range []string{"statements.service", "statements.states", "statements.baseline", "statements.source"} {
		t.Columns = append(t.Columns, Column{Label: l.T(key)})
	}
	for _, s := range list {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: l.T("code.service." + string(s.Service))}, AnswerCell(l, s.Exists),
			BaselineCell(l, row, s.Service), {Text: s.Source, URL: s.URL, Note: l.Date(s.Dated)}}})
	}
	return t
}

// AnswerCell is whether a service exists, as it was stated.
func AnswerCell(l *lang.Locale, a thn.Answer) Cell {
	c := Cell{Text: l.T("code.answer." + string(a))}
	if a == thn.AnswerUnknown {
		c.State = "missing"
	}
	return c
}

// BaselineCell is what the baseline says of a service in a country.
func BaselineCell(l *lang.Locale, row baseline.Row, service thn.Service) Cell {
	m := Marked(row, string(service))
	c := Cell{Text: baselineWord(l, m)}
	if !slices.Contains([]baseline.Mark{baseline.Yes, baseline.No}, m) {
		c.State = "missing"
	}
	return c
}

// statedSources are the sources of what the programme states.
func statedSources(l *lang.Locale, list []release.Statement) (sources []Source) {
	for _, s := range list {
		sources = append(sources, Source{Text: sourceOf(l, s), URL: s.URL})
	}
	return sources
}
