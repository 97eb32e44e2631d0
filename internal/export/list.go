package export

import (
	"slices"
	"strconv"

	"thntracker/internal/report"
)

// listHead names the fields of a list of values from several tables.
var listHead = []string{"table", "table_label", "row", "row_label", "column", "column_label", "value", "low", "high", "status",
	"numerator", "denominator", "unit", "notes", "source", "source_url"}

// listed is a document as one line for each value, followed by a line for each
// commitment, statement, denominator and benchmark, so that a file of figures carries its sources.
func listed(words report.Words, d Document) [][]string {
	lines := [][]string{listHead}
	for _, t := range d.Tables {
		for _, r := range t.Rows {
			for i, c := range t.Columns {
				lines = append(lines, valueLine(words, t, r, c, r.Cells[i]))
			}
		}
	}
	lines = append(lines, standingLines(words, d)...)
	seen := map[string]bool{}
	for _, t := range d.Tables {
		for _, line := range slices.Concat(usedLines(words, t), benchmarkLines(words, t), saidLines(words, t)) {
			key := line[0] + line[2] + line[3] + line[6] + line[14]
			if !seen[key] {
				lines = append(lines, line)
			}
			seen[key] = true
		}
	}
	return lines
}

func valueLine(words report.Words, t report.Table, r report.Row, c report.Column, x report.Cell) []string {
	unit := string(c.Measure)
	if c.Unit != "" {
		unit = words.Args(c.Unit, nil)
	}
	line := []string{text(t.Name), text(words.Args(t.Title, nil)), text(r.Label.Code), text(report.Say(words, r.Label)),
		text(c.Label.Code), text(report.Say(words, c.Label)), value(words, x, c), "", "", status(x), numerator(x), denominator(x), text(unit), marks(r), "", ""}
	if bounded(x) {
		line[7], line[8] = bound(x, c, low), bound(x, c, high)
	}
	return line
}

func usedLines(words report.Words, t report.Table) (lines [][]string) {
	for _, u := range t.Denominators {
		notes := ""
		if u.Provisional {
			notes = "provisional"
		}
		lowest, highest := strconv.FormatInt(u.Low, 10), strconv.FormatInt(u.High, 10)
		if !u.Value.Known() {
			lowest, highest = "", ""
		}
		lines = append(lines, []string{"denominators", text(words.Args("report.head.denominators", nil)), u.Period.String(), text(u.Definition),
			string(u.Kind), text(report.Say(words, u.Area)), value(words, u.Value, report.Column{}), lowest, highest,
			status(u.Value), "", "", "", notes, text(u.Source.Source), text(u.Source.URL)})
	}
	return lines
}

func benchmarkLines(words report.Words, t report.Table) (lines [][]string) {
	for _, b := range t.Benchmarks {
		lines = append(lines, []string{"benchmarks", text(words.Args("report.head.benchmarks", nil)), b.Key, text(report.Say(words, b.Label())),
			text(t.Name), text(words.Args(t.Title, nil)), b.Level().String(), "", "", "value", "", "", "", string(b.Kind), text(b.Source.Source), text(b.Source.URL)})
	}
	return lines
}

// saidLines are the notes of a table and what is missing from it.
func saidLines(words report.Words, t report.Table) [][]string {
	lines := said(words, t, len(listHead))
	for _, line := range lines {
		line[2], line[3] = line[0], line[1]
		line[0], line[1] = text(t.Name), text(words.Args(t.Title, nil))
	}
	return lines
}
