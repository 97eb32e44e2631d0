package report

import (
	"cmp"
	"slices"

	"thntracker/internal/thn"
)

// Largest keeps the n largest columns and folds the others into one, as a chart
// can carry only so many.
func (t Table) Largest(n int) Table { return t.topColumns(n) }

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
