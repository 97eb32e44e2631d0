package export

import (
	"encoding/csv"
	"io"
	"strings"

	"thntracker/internal/report"
)

// writeCSV writes RFC 4180 text in UTF-8 with CRLF at the end of every line. One
// table keeps its shape: a row for each row, with its code and its label, and the
// code of each column at the top. Several tables become one list with a line for
// each value. Numbers are plain, with a point, so that a spreadsheet adds them up.
func writeCSV(w io.Writer, words report.Words, d Document) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	lines := listed(words, d)
	if len(d.Tables) == 1 {
		lines = shaped(words, d.Tables[0])
	}
	for _, line := range lines {
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// field is one column of the file, made from one column of the table.
type field struct {
	name string
	part part
	of   func(report.Cell) string
}

// part says which part of its cells a field holds.
type part string

const (
	partValue       part = "" // the field is called as its column
	partLow         part = "low"
	partHigh        part = "high"
	partNumerator   part = "numerator"
	partDenominator part = "denominator"
	partStatus      part = "status"
)

// fields spreads a column over as many as its cells need: the value; bounds, the
// parts of a ratio and a word for what is no number only where any cell has them.
func fields(words report.Words, t report.Table, i int) []field {
	c := t.Columns[i]
	has := func(want func(report.Cell) bool) bool {
		for _, r := range t.Rows {
			if want(r.Cells[i]) {
				return true
			}
		}
		return false
	}
	list := []field{{text(c.Label.Code), partValue, func(x report.Cell) string { return value(words, x, c) }}}
	add := func(p part, of func(report.Cell) string) {
		list = append(list, field{list[0].name + "_" + string(p), p, of})
	}
	if has(bounded) {
		add(partLow, func(x report.Cell) string { return bound(x, c, low) })
		add(partHigh, func(x report.Cell) string { return bound(x, c, high) })
	}
	if has(divided) {
		add(partNumerator, numerator)
		add(partDenominator, denominator)
	}
	if has(func(x report.Cell) bool { return status(x) != "value" }) {
		add(partStatus, status)
	}
	return list
}

// shaped is one table as lines of text.
func shaped(words report.Words, t report.Table) [][]string {
	head := []string{text(t.RowHead.Code), text(t.RowHead.Code) + "_label"}
	var columns [][]field
	for i := range t.Columns {
		list := fields(words, t, i)
		columns = append(columns, list)
		for _, f := range list {
			head = append(head, f.name)
		}
	}
	marked := anyMarks(t)
	if marked {
		head = append(head, "notes")
	}
	lines := [][]string{head}
	for _, r := range t.Rows {
		line := []string{text(r.Label.Code), text(report.Say(words, r.Label))}
		for i, list := range columns {
			for _, f := range list {
				line = append(line, f.of(r.Cells[i]))
			}
		}
		if marked {
			line = append(line, marks(r))
		}
		lines = append(lines, line)
	}
	return append(lines, said(words, t, len(head))...)
}

// said is what a reader has to know of a table, a line each under its rows: what is
// missing is part of the file, or the file says more than is known.
func said(words report.Words, t report.Table, width int) (lines [][]string) {
	for _, part := range []struct {
		code string
		list []report.Label
	}{{"note", t.Notes}, {"missing", t.Missing}} {
		for _, l := range part.list {
			line := make([]string, width)
			line[0], line[1] = part.code, text(report.Say(words, l))
			lines = append(lines, line)
		}
	}
	return lines
}

func anyMarks(t report.Table) bool {
	for _, r := range t.Rows {
		if len(r.Marks) > 0 {
			return true
		}
	}
	return false
}

func marks(r report.Row) string {
	var codes []string
	for _, m := range r.Marks {
		codes = append(codes, m.Code)
	}
	return text(strings.Join(codes, " "))
}

// text makes a cell of words safe to open: a spreadsheet would run a cell that
// begins like a formula, so such a cell gets an apostrophe in front. Numbers do
// not come through here; a negative one stays a number.
func text(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
