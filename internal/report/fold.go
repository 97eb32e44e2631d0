package report

import (
	"cmp"
	"slices"

	"thntracker/internal/thn"
)

// Largest keeps the n largest columns and folds the others into one, as a chart
// can carry only so many.
//
// Where a hidden column is among the others, they are what the shown ones leave of
// the whole: a reader can take that off as well, and a stack without it would tell
// less than there is.
func (t Table) Largest(n int) Table {
	out := t.topColumns(n)
	other, whole := out.Column(otherChannels.Code), out.sum()
	if other < 0 || whole < 0 {
		return out
	}
	for _, r := range out.Rows {
		if !r.Cells[other].Is(KindMasked) || !r.Cells[whole].Is(KindCount) {
			continue
		}
		rest, known := r.Cells[whole].Count(), true
		for _, i := range out.Parts(whole) {
			if i != other && r.Cells[i].Known() {
				rest = rest.Minus(r.Cells[i].Count())
			}
			known = known && (i == other || !r.Cells[i].Is(KindMasked))
		}
		if known {
			r.Cells[other] = Counted(rest)
		}
	}
	return out
}

// topColumns keeps the n largest columns of kits in their order and folds the
// others into "other". What published totals did not divide stays its own column.
func (t Table) topColumns(n int) Table {
	parts := slices.DeleteFunc(t.Parts(t.sum()), func(i int) bool { return t.Columns[i].Label.Code == notStated.Code })
	if len(parts) <= n+1 {
		return t
	}
	total := t.Rows[len(t.Rows)-1]
	largest := slices.Clone(parts)
	slices.SortStableFunc(largest, func(a, b int) int { return cmp.Compare(total.Cells[b].Count().High, total.Cells[a].Count().High) })
	return t.mergeColumns(slices.Sorted(slices.Values(largest[n:])))
}

// mergeColumns puts the sum of some columns in the place of the last of them.
func (t Table) mergeColumns(which []int) Table {
	if len(which) == 0 {
		return t
	}
	last := which[len(which)-1]
	merged := func(i int) bool { return i != last && slices.Contains(which, i) }
	out := t
	out.Columns, out.Rows = nil, nil
	for i, c := range t.Columns {
		if i == last {
			c.Label = otherChannels
		}
		if !merged(i) {
			out.Columns = append(out.Columns, c)
		}
	}
	for _, r := range t.Rows {
		cells := make([]Cell, 0, len(out.Columns))
		for i, c := range r.Cells {
			if i == last {
				c = together(r.Cells, which)
			}
			if !merged(i) {
				cells = append(cells, c)
			}
		}
		r.Cells = cells
		out.Rows = append(out.Rows, r)
	}
	return out
}

// together adds counts; it is not reported when none of them is.
func together(cells []Cell, which []int) Cell {
	var n thn.Count
	known := false
	for _, i := range which {
		if cells[i].Is(KindMasked) {
			return Masked() // the sum of the others is not the sum
		}
		if cells[i].Known() {
			n, known = n.Plus(cells[i].Count()), true
		}
	}
	if !known {
		return NotReported()
	}
	return Counted(n)
}

var otherChannels = Label{Code: "other_channels", Key: "report.column.other_channels"}
