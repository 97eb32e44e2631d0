package report

import (
	"cmp"
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Reading answers a question as the figures stood at the instant that it names.
type Reading func(Spec) (Table, error)

// Revise is indicator 9.3: one question answered from two vintages, one after the
// other, and what changed between them. It keeps the rows that differ, and the total. The column
// is named by its code; empty takes the one that sums the others up, or the first.
//
// A count is revised by then and now, and by the difference as a share of what
// stood then: 12,135 kits are 42 % more than 8,555, and 45 % more than the 8,397
// that were published first. A ratio is revised in its own unit: from 82.2 to
// 84.0 in 100 is 1.8 points, not per cent.
func Revise(key, column string, spec Spec, then, now time.Time, read Reading) (Table, error) {
	if i, err := Find(key); err != nil || i.Unrevised {
		return Table{}, cmp.Or(err, fault.Say(fault.Invalid, "revise "+key, "report.error.unrevised", nil))
	}
	var tables [2]Table
	for i, at := range []time.Time{then, now} {
		spec.AsAt = at
		t, err := read(spec)
		if err != nil {
			return Table{}, err
		}
		tables[i] = t
	}
	was, is := tables[0], tables[1]
	c, err := revised(is, column)
	if err != nil {
		return Table{}, err
	}
	t := is
	t.Name, t.Rows, t.Benchmarks = key+"-revision", nil, nil
	zone := spec.Programme.Location()
	days := map[string]any{"Then": thn.DateOf(then, zone), "Now": thn.DateOf(now, zone)}
	t.Columns = revisionColumns(is.Columns[c], days)
	for _, r := range allRows(was, is) {
		before, after := cellOf(was, r, c), cellOf(is, r, c)
		if r.Kind == RowTotal || !before.same(after) {
			r.Cells = revisionCells(is.Columns[c].Measure, before, after)
			t.Rows = append(t.Rows, r)
		}
	}
	notes := []Label{{Code: "revision", Key: "report.note.revision", Args: days}}
	if n := t.onOneSide(); n > 0 {
		notes = append(notes, Label{Code: "one_side", Key: "report.note.one_side", Args: map[string]any{"N": n}})
	}
	t.Notes = append(notes, t.Notes...)
	return t, nil
}

// onOneSide counts the rows that only one of two readings reported.
func (t Table) onOneSide() (n int) {
	for _, r := range t.Rows {
		if r.Cells[0].Known() != r.Cells[1].Known() {
			n++
		}
	}
	return n
}

// revised finds the column that is compared.
func revised(t Table, code string) (int, error) {
	if code != "" {
		if i := t.Column(code); i >= 0 && t.Columns[i].Measure != MeasureText {
			return i, nil
		}
		return 0, fault.Say(fault.NotFound, "revise "+t.Name, "report.error.column", map[string]any{"Name": code})
	}
	return max(0, slices.IndexFunc(t.Columns, func(c Column) bool { return c.Sum })), nil
}

func revisionColumns(of Column, days map[string]any) []Column {
	named := func(code string) Column {
		c := of
		c.Label, c.Sum = Label{Code: code, Key: "report.column." + code, Args: days}, false
		return c
	}
	columns := []Column{named("then"), named("now"), named("difference")}
	if of.Measure == MeasureRatio {
		columns[2].Label.Key = "report.column.points"
		return columns
	}
	share := Column{Label: Label{Code: "difference_share", Key: "report.column.difference_share", Args: days}, Measure: MeasureRatio,
		Num: of.Measure, Den: of.Measure, Unit: "report.unit.per_100", Places: perPlaces}
	return append(columns, share)
}

// allRows lists the rows of the newer table, and before its total those that only
// the older one has.
func allRows(was, is Table) []Row {
	rows := slices.Clone(is.Rows)
	for _, r := range was.Rows {
		if _, stays := is.Row(r.Label.Code); !stays {
			end := slices.IndexFunc(rows, func(x Row) bool { return x.Kind == RowTotal })
			if end < 0 {
				end = len(rows)
			}
			rows = slices.Insert(rows, end, r)
		}
	}
	return rows
}

func cellOf(t Table, r Row, column int) Cell {
	if same, ok := t.Row(r.Label.Code); ok && column < len(same.Cells) {
		return same.Cells[column]
	}
	return NotReported()
}

// same tells whether two cells say the same.
func (c Cell) same(o Cell) bool {
	return c.Kind() == o.Kind() && c.count == o.count && c.ratio == o.ratio
}

// revisionCells sets two vintages of a cell side by side. A masked one hides what
// is worked out from it; one that is missing on a side leaves nothing to compare.
func revisionCells(m Measure, was, is Cell) []Cell {
	more, share := NotApplicable(), NotApplicable()
	switch {
	case was.Is(KindMasked) || is.Is(KindMasked):
		more, share = Masked(), Masked()
	case !was.Known() || !is.Known():
	case m == MeasureRatio:
		more = points(was.Ratio(), is.Ratio())
	default:
		n := is.Count().Minus(was.Count())
		more, share = Counted(n), divide(n, was.Count(), percent) // one cell twice: one unit
	}
	if m == MeasureRatio {
		return []Cell{was, is, more}
	}
	return []Cell{was, is, more, share}
}

// points is the difference of two ratios in their own unit.
func points(was, is Interval) Cell {
	if !was.Valued || !is.Valued {
		return NotApplicable()
	}
	a, b := is.Value, was.Value
	d := Ratio{Num: a.Num*b.Den - b.Num*a.Den, Den: a.Den * b.Den, Per: a.Per, Over: a.Over}
	return Divided(Interval{Value: d, Low: d, High: d, Valued: true})
}
