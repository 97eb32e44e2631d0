package report

import (
	"slices"

	"thntracker/internal/thn"
)

// LeastBase is the smallest earlier figure that a change is told as a percentage
// of: below it, a few kits more or less would look like a great deal.
const LeastBase = 20

// smallBase stands where a percentage would be of too little.
var smallBase = Worded(Label{Code: "small_base", Key: "report.cell.small_base"})

// beside adds columns of another period: the figure then, and for counts the
// change in 100. Rows of time are paired by their place, others by their code.
func (t Table) beside(then Table, columns []string) Table {
	out := t
	out.Columns, out.Rows = slices.Clone(t.Columns), nil
	for _, r := range t.Rows {
		r.Cells = slices.Clone(r.Cells)
		out.Rows = append(out.Rows, r)
	}
	for _, code := range columns {
		i, j := t.Column(code), then.Column(code)
		if i < 0 {
			continue
		}
		counts := t.Columns[i].Measure != MeasureRatio
		out.Columns = append(out.Columns, thenColumn(t.Columns[i], then.Head.Period))
		if counts {
			out.Columns = append(out.Columns, Column{Label: Label{Code: code + "_change", Key: "report.column.change_in", Args: map[string]any{"Column": t.Columns[i].Label}}, Measure: MeasureRatio, Unit: "report.unit.per_100", Num: t.Columns[i].Measure, Den: t.Columns[i].Measure})
		}
		for n, r := range t.Rows {
			was := then.cellLike(t, n, j)
			out.Rows[n].Cells = append(out.Rows[n].Cells, was)
			if counts {
				out.Rows[n].Cells = append(out.Rows[n].Cells, changeOf(r.Cells[i], was))
			}
		}
	}
	out.Notes = append(slices.Clone(t.Notes), Label{Code: "change", Key: "report.note.change",
		Args: map[string]any{"Then": then.Head.Period, "Now": t.Head.Period, "Least": LeastBase}})
	return out
}

func thenColumn(c Column, period thn.Period) Column {
	c.Label = Label{Code: c.Label.Code + "_then", Key: "report.column.in_period", Args: map[string]any{"Column": c.Label, "Of": period}}
	c.Sum = true // of another time, so it is no part of what stands here now
	return c
}

// cellLike finds the cell of another table's row n.
func (t Table) cellLike(now Table, n, column int) Cell {
	if column < 0 {
		return NotReported()
	}
	wanted := now.Rows[n]
	if wanted.Kind != RowPlain || wanted.Label.Period.From.IsZero() {
		if r, ok := t.Row(wanted.Label.Code); ok {
			return r.Cells[column]
		}
		return NotReported()
	}
	if n < len(t.Rows) && t.Rows[n].Kind == RowPlain {
		return t.Rows[n].Cells[column]
	}
	return NotReported()
}

// changeOf is how many in 100 a count is above or below an earlier one.
func changeOf(now, then Cell) Cell {
	switch {
	case now.Is(KindMasked) || then.Is(KindMasked):
		return Masked()
	case !now.Is(KindCount) || !then.Is(KindCount):
		return NotApplicable()
	case then.count.Low < 2*LeastBase:
		return smallBase
	}
	return divide(now.count.Minus(then.count), then.count, percent) // one column twice: one unit
}
