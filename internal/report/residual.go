package report

import (
	"context"

	"thntracker/internal/thn"
)

// residualDimensions are the ways in which published totals name their parts.
var residualDimensions = []By{ByChannel, ByArea, ByRecipient, BySupply}

// residualTable is indicator 9.2: what a whole holds beyond its named parts, for
// each way of naming them. It is shown and never spread; above one in a hundred,
// or below nothing, somebody should ask the source.
func residualTable(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "dimension", Key: "report.by.dimension"}
	t.Columns = []Column{kitsNamed("all"), kitsNamed("named"), kitsNamed("residual"), percentNamed[Kit]("residual_share", perPlaces)}
	for _, by := range residualDimensions {
		p, err := b.kits(ctx, b.spec.Period, groupOf[by])
		if err != nil {
			return t, err
		}
		t.Rows = append(t.Rows, residualRow(by, p.grid(b.everything(), b.parts(by), nil)))
		if by == residualDimensions[0] {
			b.remark(&t, p, p.in(b.everything()))
		}
	}
	return t, nil
}

func residualRow(by By, g grid[Kit]) Row {
	row := Row{Label: Label{Code: string(by), Key: "report.by." + string(by)}, Cells: []Cell{g.whole.cell(), NotReported(), NotReported(), NotReported()}}
	named := sum[Kit]{}
	for _, part := range g.ends {
		named = named.plus(part, 1)
	}
	if !named.known {
		return row // nobody names parts of this kind: that is no residual
	}
	rest := minus(g.whole, g.ends)
	row.Cells[1], row.Cells[2], row.Cells[3] = named.cell(), rest.cell(), over(rest.count(), g.whole.count())
	if rest.count().High < 0 {
		row.Marks = append(row.Marks, Label{Code: "negative", Key: "report.mark.negative"})
	} else if alarming(rest.count(), g.whole.count()) {
		row.Marks = append(row.Marks, Label{Code: "residual", Key: "report.mark.residual"})
	}
	return row
}

// alarming is a residual above one in a hundred, or one below nothing.
func alarming[U Unit](rest, whole count[U]) bool {
	return rest.High < 0 || rest.Low*percent > whole.High
}

// residual is what a drawn table leaves undivided, over its rows or its columns.
func (t Table) residual() (rest, whole thn.Count, ok bool) {
	total, all := t.totalCell()
	if !all.Known() || !all.Is(KindCount) && !all.Is(KindRange) {
		return rest, whole, false
	}
	at := t.sum()
	for _, r := range t.Rows {
		if r.Kind == RowRest && at >= 0 && r.Cells[at].Is(KindCount) {
			return r.Cells[at].Count(), all.Count(), true
		}
	}
	if i := t.Column(notStated.Code); i >= 0 && total.Cells[i].Is(KindCount) {
		return total.Cells[i].Count(), all.Count(), true
	}
	return rest, whole, false
}

// totalCell is the row and the cell in which everything stands.
func (t Table) totalCell() (Row, Cell) {
	at := t.sum()
	if len(t.Rows) == 0 || at < 0 {
		return Row{}, NotReported()
	}
	last := t.Rows[len(t.Rows)-1]
	if last.Kind != RowTotal || t.Columns[at].Measure == MeasureRatio {
		return Row{}, NotReported()
	}
	return last, last.Cells[at]
}
