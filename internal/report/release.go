package report

import (
	"context"

	"thntracker/internal/thn"
)

// releasesColumn counts releases: events, not people.
func releasesColumn(code, key string) Column {
	return Column{Label: Label{Code: code, Key: key}, Measure: MeasureOf[Release]()}
}

// releases is indicator E3: how far releases of people at risk got towards
// leaving with a kit. Without a split it has a row for each step; otherwise a
// row for each establishment, area or stretch of time, and a column for each step.
func releases(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	list, err := b.months(ctx, thn.KindRelease)
	if err != nil {
		return t, err
	}
	sum := newCascade()
	for _, f := range list {
		sum.add(f.(thn.Release))
	}
	if b.spec.By == ByNone {
		cascadeRows(&t, sum)
	} else {
		b.cascadesBy(&t, list, sum)
	}
	b.lackMonths(&t, prison, list)
	if sum.months == 0 {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.nothing"})
	}
	return t, nil
}

const prison thn.Setting = "prison"

func cascadeRows(t *Table, c *cascade) {
	t.RowHead = Label{Code: "step", Key: "report.by.step"}
	t.Columns = []Column{releasesColumn("releases", "report.column.releases"), percentNamed[Release]("of_first", perPlaces), percentNamed[Release]("of_before", perPlaces)}
	for _, s := range thn.Steps {
		cells := []Cell{c.cell(s), c.reach[s].first.cell(), c.reach[s].before.cell()}
		if s == thn.StepAtRisk {
			cells[1], cells[2] = NotApplicable(), NotApplicable()
		}
		t.Rows = append(t.Rows, Row{Label: codeLabel("release_step", string(s)), Cells: cells, Marks: c.marks(s)})
	}
}

func (b *book) cascadesBy(t *Table, list []thn.Fact, sum *cascade) {
	t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	for _, s := range thn.Steps {
		t.Columns = append(t.Columns, releasesColumn(string(s), "code.release_step."+string(s)))
	}
	t.Columns = append(t.Columns, percentNamed[Release]("of_first", perPlaces))
	row := func(l Label, k RowKind, c *cascade, marks []Label) {
		r := Row{Label: l, Kind: k, Marks: marks}
		for _, s := range thn.Steps {
			r.Cells = append(r.Cells, c.cell(s))
			if k == RowPlain {
				r.Marks = append(r.Marks, c.marksIn(s)...)
			}
		}
		r.Cells = append(r.Cells, c.reach[thn.StepHandedOver].first.cell())
		t.Rows = append(t.Rows, r)
	}
	for _, p := range b.partsOf(b.spec.By, prison) {
		c, cut := newCascade(), p.cut(b.everything())
		for _, f := range list {
			if r := f.(thn.Release); cut.holds(b.point(r.Area, r.Site, r.Month)) {
				c.add(r)
			}
		}
		row(p.label, RowPlain, c, p.mark)
	}
	row(totalRow, RowTotal, sum, nil)
	*t = t.maskedBelow(SmallestInside)
}

// marksIn names the step in a row that is about all of them.
func (c *cascade) marksIn(s thn.Step) (marks []Label) {
	for _, m := range c.marks(s) {
		if m.Code == "grows" {
			m.Key = "report.mark.step_grows"
			m.Args = Args{"N": m.Args["N"], "Step": codeLabel("release_step", string(s))}
			marks = append(marks, m)
		}
	}
	return marks
}

// dropOuts tells why releases of people at risk ended without a kit. What the
// reasons do not reach is a row of its own: nobody knows, and it is not spread.
func dropOuts(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "drop_out", Key: "report.by.drop_out"}
	t.Columns = []Column{releasesColumn("releases", "report.column.releases"), percentNamed[Release]("of_left", perPlaces)}
	list, err := b.months(ctx, thn.KindRelease)
	if err != nil {
		return t, err
	}
	c := newCascade()
	for _, f := range list {
		c.add(f.(thn.Release))
	}
	row := func(l Label, k RowKind, n int64) {
		t.Rows = append(t.Rows, Row{Label: l, Kind: k, Cells: []Cell{Number(n), shareOf[Release](n, c.empty.left)}})
	}
	rest := c.empty.left
	for _, reason := range thn.DropOuts {
		if n, given := c.empty.why[reason]; given && c.empty.said > 0 {
			row(codeLabel("drop_out", string(reason)), RowPlain, n)
			rest -= n
		}
	}
	if c.empty.said == 0 {
		t.Rows = []Row{{Label: Label{Code: "total", Key: "report.row.without_kit"}, Kind: RowTotal, Cells: []Cell{NotReported(), NotReported()}}}
	} else {
		row(Label{Code: "not_explained", Key: "report.row.not_explained"}, RowRest, rest)
		row(Label{Code: "total", Key: "report.row.without_kit"}, RowTotal, c.empty.left)
	}
	if open := c.empty.all - c.empty.said; open > 0 {
		t.Notes = append(t.Notes, Label{Code: "open", Key: "report.note.handed_open", Args: map[string]any{"N": open}})
	}
	if rest < 0 {
		t.Notes = append(t.Notes, Label{Code: "reasons", Key: "report.note.reasons_above"})
	}
	b.lackMonths(&t, prison, list)
	return t.maskedBelow(SmallestInside), nil
}
