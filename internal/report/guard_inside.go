package report

import "slices"

// maskedInside hides small counts of events and people in the rows of a table,
// one more wherever a sum would give a hidden one away, and the ratios beside.
func (t Table) maskedInside() Table {
	out := t
	out.Rows = nil
	few := t.fewRows()
	hidden := len(few) > 0
	for n, r := range t.Rows {
		r.Cells = slices.Clone(r.Cells)
		for i, c := range r.Cells {
			counts := t.Columns[i].Measure != MeasureKits && c.Is(KindCount) && c.Count().High > 0
			if r.Kind != RowTotal && counts && (slices.Contains(few, n) || smallInside(c)) {
				r.Cells[i] = Masked()
				hidden = true
			}
		}
		out.Rows = append(out.Rows, r)
	}
	if !hidden {
		return t
	}
	for out.complement(SmallestInside) || out.hideLonelyTotals() {
	}
	for _, r := range out.Rows {
		out.hideRatios(r)
	}
	out.Notes = append(slices.Clone(t.Notes), Label{Code: "masked", Key: "report.note.masked"})
	return out
}

// fewRows lists the rows that are about few: all that they say is hidden. Where
// it is one row, the next smallest goes with it, so that every column hides the
// same two.
func (t Table) fewRows() (few []int) {
	next := -1
	for n, r := range t.Rows {
		switch c := r.Cells[0]; {
		case r.Kind == RowTotal || !c.Is(KindCount) || c.Count().High == 0:
		case smallInside(c):
			few = append(few, n)
		case next < 0 || c.Count().High < t.Rows[next].Cells[0].Count().High:
			next = n
		}
	}
	if len(few) == 1 && next >= 0 {
		few = append(few, next)
	}
	return few
}

func smallInside(c Cell) bool {
	return c.Is(KindCount) && small(c.Count(), SmallestInside)
}

// hideLonelyTotals masks a total whose only part is masked: it is that part.
func (t Table) hideLonelyTotals() bool {
	again := false
	total := t.Rows[len(t.Rows)-1]
	if total.Kind != RowTotal {
		return false
	}
	for i := range t.Columns {
		masked, shown := 0, false
		for _, r := range t.Rows[:len(t.Rows)-1] {
			if r.Cells[i].Is(KindMasked) {
				masked++
			}
			shown = shown || r.Cells[i].Is(KindCount) && r.Cells[i].Count().High > 0
		}
		if masked == 1 && !shown && total.Cells[i].Is(KindCount) {
			total.Cells[i] = Masked()
			again = true
		}
	}
	return again
}
