package report

import (
	"slices"
	"time"

	"thntracker/internal/thn"
)

// Label names a row, a column or a remark twice: by a code for machines, and for
// people by a catalogue key with its blanks, by words that came with the data, or
// by a period. Whoever draws it uses the first of Key, Text and Period that is set.
type Label struct {
	Code   string
	Key    string
	Args   Args
	Text   string
	Period thn.Period
}

// Table is a set of figures with everything a reader needs to judge them.
type Table struct {
	Name         string // key of the indicator
	Title        string // catalogue key
	Head         Head
	RowHead      Label // what the rows are
	Columns      []Column
	Rows         []Row
	Drawn        string   // code of the ratio column that a chart draws as bars; empty: none
	Definitions  []string // keys of the indicators whose definitions apply
	Denominators []Used
	Benchmarks   []Benchmark
	Sources      []Citation // of the published totals that were used
	Notes        []Label
	Missing      []Label // what is not there and would be expected
}

// Head says whose figures a table holds, and of when.
type Head struct {
	Programme string
	Country   string
	Demo      bool
	Area      Label
	Period    thn.Period
	AsAt      time.Time
	Filters   []Label
}

// Measure says what the numbers of a column count.
type Measure string

// The measures of columns.
const (
	MeasureText        Measure = "text"
	MeasureKits        Measure = "kits"
	MeasurePeople      Measure = "people"
	MeasureDeaths      Measure = "deaths"
	MeasureStock       Measure = "stock" // kits on shelves and in bags: never added to kits given out
	MeasureSites       Measure = "sites"
	MeasureRatio       Measure = "ratio"
	MeasureDays        Measure = "days"
	MeasureRecords     Measure = "records"
	MeasureUses        Measure = "uses"    // overdoses that were told of
	MeasureAnswers     Measure = "answers" // uses, or persons in them, that gave an answer; parts of no sum
	MeasureGiven       Measure = "administrations"
	MeasureDoses       Measure = "doses"
	MeasureSessions    Measure = "sessions"
	MeasureAttendances Measure = "attendances" // people at trainings: who came twice is two
	MeasureReleases    Measure = "releases"
	MeasureCalls       Measure = "calls"
	MeasureCounted     Measure = "counted"  // each row counts something else: a column that has no sum
	MeasureModelled    Measure = "modelled" // kits, shares or deaths of a model: never added to what was counted
)

// Column is one column of a table.
type Column struct {
	Label   Label
	Measure Measure
	Num     Measure // of a ratio: what is divided
	Den     Measure // of a ratio: what it is divided by; the same as Num when it is a share
	Unit    string  // catalogue key of the unit of a ratio
	Places  int     // decimals shown of a ratio
	Sum     bool    // the column holds the others, so a chart leaves it out
}

// RowKind tells ordinary rows from those that close a table.
type RowKind string

// The kinds of row.
const (
	RowPlain RowKind = ""
	RowRest  RowKind = "rest"  // what published totals hold beyond the rows above
	RowTotal RowKind = "total" // everything
)

// Row is one row; it has a cell for each column.
type Row struct {
	Label Label
	Kind  RowKind
	Cells []Cell
	Marks []Label // what a reader must know about this row
}

// Used is a denominator as a table used it.
type Used struct {
	Kind        thn.DenominatorKind
	Definition  string
	Area        Label
	Period      thn.Period
	Value       Cell // a count, or a range when only bounds were published
	Low, High   int64
	Source      Citation
	Provisional bool
}

// Citation is where a number comes from.
type Citation struct {
	Source string
	URL    string
	AsAt   thn.Date // the vintage, if it is known
}

// Benchmark is a level to read figures against: a line in the chart.
type Benchmark struct {
	Key         string // catalogue key of its label
	Args        Args
	Kind        TargetKind
	Thousandths int64 // the level in the unit of the figure, ×1000
	Source      Citation
}

// Column finds a column by the code of its label; -1 when there is none.
func (t Table) Column(code string) int {
	for i, c := range t.Columns {
		if c.Label.Code == code {
			return i
		}
	}
	return -1
}

// sum is the first column that holds others; -1 when none does.
func (t Table) sum() int { return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Sum }) }

// Parts lists the columns that a column of sums holds: those that count the same.
// Kits and people stand side by side in a table and are never parts of one sum.
func (t Table) Parts(sum int) (list []int) {
	if sum < 0 || !t.Columns[sum].Sum {
		return nil
	}
	whole := t.Columns[sum]
	for i, c := range t.Columns {
		if !c.Sum && c.Measure == whole.Measure && c.Num == whole.Num && c.Den == whole.Den {
			list = append(list, i)
		}
	}
	return list
}

// Row finds a row by the code of its label.
func (t Table) Row(code string) (Row, bool) {
	for _, r := range t.Rows {
		if r.Label.Code == code {
			return r, true
		}
	}
	return Row{}, false
}

// Cell finds a cell by the codes of its row and column; not reported when there is none.
func (t Table) Cell(row, column string) Cell {
	r, ok := t.Row(row)
	if c := t.Column(column); ok && c >= 0 {
		return r.Cells[c]
	}
	return NotReported()
}
