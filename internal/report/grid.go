package report

import "slices"

// grid is a pool summed over rows and columns, with its margins. The margins are
// figures of their own, not sums of the cells: what they hold beyond the cells is
// the rest, which is shown and never spread.
type grid[U Unit] struct {
	rows, columns []part
	cells         [][]sum[U]
	ends          []sum[U] // of each row, over all columns
	feet          []sum[U] // of each column, over all rows
	whole         sum[U]
}

func (p *pool[U]) grid(whole box, rows, columns []part) grid[U] {
	g := grid[U]{rows: rows, columns: columns, whole: p.in(whole)}
	for _, c := range columns {
		g.feet = append(g.feet, p.in(c.cut(whole)))
	}
	for _, r := range rows {
		row := r.cut(whole)
		cells := make([]sum[U], len(columns))
		for i, c := range columns {
			cells[i] = p.in(c.cut(row))
		}
		g.cells = append(g.cells, cells)
		g.ends = append(g.ends, p.in(row))
	}
	return g
}

// minus is what a figure holds beyond its parts.
func minus[U Unit](whole sum[U], parts []sum[U]) sum[U] {
	for _, p := range parts {
		whole = whole.plus(p, -1)
	}
	return whole
}

// below gives column i of the rest row: what its foot holds beyond the rows.
func (g grid[U]) below(i int) sum[U] {
	var above []sum[U]
	for _, row := range g.cells {
		above = append(above, row[i])
	}
	return minus(g.feet[i], above)
}

// occur keeps the columns about which something is known.
func (g grid[U]) occur() grid[U] {
	out := g
	out.columns, out.feet, out.cells = nil, nil, make([][]sum[U], len(g.cells))
	for i, c := range g.columns {
		known := g.feet[i].known
		for _, row := range g.cells {
			known = known || row[i].known
		}
		if !known {
			continue
		}
		out.columns, out.feet = append(out.columns, c), append(out.feet, g.feet[i])
		for j, row := range g.cells {
			out.cells[j] = append(out.cells[j], row[i])
		}
	}
	return out
}

// spoken keeps the rows about which something is known, for splits by a list of
// codes; days, areas and sites keep every row.
func (g grid[U]) spoken() grid[U] {
	out := g
	out.rows, out.cells, out.ends = nil, nil, nil
	for i, r := range g.rows {
		if g.ends[i].known {
			out.rows, out.cells, out.ends = append(out.rows, r), append(out.cells, g.cells[i]), append(out.ends, g.ends[i])
		}
	}
	return out
}

// rest tells whether any row, or the foot, holds more or less than its columns.
func (g grid[U]) rest() bool {
	for i, cells := range g.cells {
		if !minus(g.ends[i], cells).zero() {
			return true
		}
	}
	return !minus(g.whole, g.feet).zero()
}

// remainder tells whether any column holds more or less than its rows.
func (g grid[U]) remainder() bool {
	for i := range g.columns {
		if !g.below(i).zero() {
			return true
		}
	}
	return !minus(g.whole, g.ends).zero()
}

// line is a row to be, still as sums.
type line[U Unit] struct {
	row  Row
	sums []sum[U]
}

// lines are the rows, what they leave, and the total; in each the columns, what
// they leave when rest is set, and all.
func (g grid[U]) lines(undivided Label, rest bool) (list []line[U]) {
	add := func(row Row, cells []sum[U], end sum[U]) {
		sums := slices.Clone(cells)
		if rest {
			sums = append(sums, minus(end, cells))
		}
		list = append(list, line[U]{row, append(sums, end)})
	}
	for i, r := range g.rows {
		add(Row{Label: r.label, Marks: r.mark}, g.cells[i], g.ends[i])
	}
	if len(g.rows) > 0 && g.remainder() {
		below := make([]sum[U], len(g.columns))
		for i := range below {
			below[i] = g.below(i)
		}
		add(Row{Label: undivided, Kind: RowRest}, below, minus(g.whole, g.ends))
	}
	add(Row{Label: totalRow, Kind: RowTotal}, g.feet, g.whole)
	return list
}

// draw puts the grid into a table: the columns, what they leave, and all; the
// rows, what they leave, and the total. It gives how many answers of single
// records stand behind each cell.
func (g grid[U]) draw(t *Table, undivided Label) (answers [][]int64) {
	rest := len(g.columns) > 0 && g.rest()
	for _, c := range g.columns {
		t.Columns = append(t.Columns, Column{Label: c.label, Measure: MeasureOf[U]()})
	}
	if rest {
		t.Columns = append(t.Columns, Column{Label: notStated, Measure: MeasureOf[U]()})
	}
	t.Columns = append(t.Columns, Column{Label: allKits, Measure: MeasureOf[U](), Sum: true})
	for _, l := range g.lines(undivided, rest) {
		var behind []int64
		for _, s := range l.sums {
			l.row.Cells, behind = append(l.row.Cells, s.cell()), append(behind, s.answers)
		}
		if rest && l.row.Kind == RowRest {
			uncross(&l.row)
		}
		t.Rows, answers = append(t.Rows, l.row), append(answers, behind)
	}
	markNegative(t)
	return answers
}

// uncross tends to the corner where "not divided" meets "not stated". Kits that
// one total gives by channel only and another by place only would have to be
// taken off both; then the corner is no number, and the row says so.
func uncross(row *Row) {
	corner, all := len(row.Cells)-2, len(row.Cells)-1
	if row.Cells[corner].Count().High < 0 && row.Cells[all].Count().High >= 0 {
		row.Cells[corner] = NotApplicable()
		row.Marks = append(row.Marks, Label{Code: "crossing", Key: "report.mark.crossing"})
	}
}

// markNegative says beside a row that its parts add up to more than their whole.
func markNegative(t *Table) {
	for i, r := range t.Rows {
		for j, c := range r.Cells {
			if c.Count().High < 0 && t.Columns[j].Measure != MeasureStock {
				t.Rows[i].Marks = append(t.Rows[i].Marks, Label{Code: "negative", Key: "report.mark.negative"})
				break
			}
		}
	}
}

// The labels that every table of kits shares.
var (
	notStated = Label{Code: "not_stated", Key: "report.column.not_stated"}
	allKits   = Label{Code: "all", Key: "report.column.all"}
	totalRow  = Label{Code: "total", Key: "report.row.total"}
)
