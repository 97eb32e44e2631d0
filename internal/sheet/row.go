package sheet

import (
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// Kind says what a cell was in its file. A text table has only Text.
type Kind int

// The kinds of cell.
const (
	Text Kind = iota
	Numeric
	Date         // its text is ISO: 2019-12-31, or 2019-12-31T21:20:00
	Bool         // TRUE or FALSE
	Broken       // a formula that gave #N/A, #REF! and the like
	Uncalculated // a formula whose result was never saved
)

// Cell is one cell. Text is what was written: numbers without the noise of
// binary fractions, percentages with their sign, dates as ISO.
type Cell struct {
	Text string
	Kind Kind
}

// Blank tells whether nobody wrote anything here.
func (c Cell) Blank() bool { return c.Kind != Uncalculated && Clean(c.Text) == "" }

// Check refuses a cell whose formula has no result to read.
func (c Cell) Check() error {
	switch c.Kind {
	case Broken:
		return cellError("formula_broken", c.Text, nil)
	case Uncalculated:
		return cellError("formula_empty", "", nil)
	}
	return nil
}

// Merge is a block of cells shown as one; only its first cell holds a value.
type Merge struct {
	Ref                      string // as the program shows it: B5:B9
	top, left, bottom, right int    // left and right count columns from 0
}

// Row is one row. Number is the one its author sees: the row of the sheet, or
// the line of the text table on which the record begins.
type Row struct {
	Number int
	Cells  []Cell
	merges []Merge
}

// Cell gives the cell of a column counted from 0, blank beyond the end, so
// short rows need no care.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// Blank tells whether no cell of the row holds anything.
func (r Row) Blank() bool {
	for _, c := range r.Cells {
		if !c.Blank() {
			return false
		}
	}
	return true
}

// Beyond finds the first written cell at or after a width, the sign of a row
// with more cells than its header names.
func (r Row) Beyond(width int) (column int, ok bool) {
	for i := width; i < len(r.Cells); i++ {
		if !r.Cells[i].Blank() {
			return i, true
		}
	}
	return 0, false
}

// Merged gives the block a cell belongs to. A title over a table may be merged;
// a merged cell among data leaves open whose the value is, so the caller, who
// knows where the data begins, refuses it there with MergedError.
func (r Row) Merged(column int) (Merge, bool) {
	for _, m := range r.merges {
		if m.left <= column && column <= m.right {
			return m, true
		}
	}
	return Merge{}, false
}

// MergedError is the refusal of a merged cell among data.
func MergedError(m Merge) error { return cellError("merged", m.Ref, nil) }

// Clone keeps a row beyond the next turn of Rows.
func (r Row) Clone() Row {
	r.Cells = append([]Cell(nil), r.Cells...)
	r.merges = append([]Merge(nil), r.merges...)
	return r
}

// ColumnName is the letter a program shows over a column counted from 0.
func ColumnName(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return "?" // beyond any program's columns, hence beyond MaxColumns
	}
	return name
}

// Clean removes blanks of every kind around a text and makes those inside
// plain and single: real headers and names carry no-break spaces and marks of
// no width.
func Clean(s string) string {
	if plain(s) {
		return strings.TrimSpace(s)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\ufeff' || r == '\u200b' || r == '\u200e' || r == '\u200f':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// plain tells whether a text needs no more than trimming, as most cells do.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] < ' ' || s[i] == ' ' && i+1 < len(s) && s[i+1] == ' ' {
			return false
		}
	}
	return true
}
