package report

import (
	"context"

	"thntracker/internal/thn"
)

// trainings is indicator B4: sessions and attendances. Nobody is told apart from
// anybody: who came twice is two attendances. A session of several audiences is
// in the row of each, so sessions do not add up to the total.
func trainings(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.Columns = []Column{columnOf[Session]("sessions"), columnOf[Attendance]("attendances"), percentNamed[Attendance]("attendance_share", perPlaces)}
	all, err := b.trained(ctx, b.spec.Period)
	if err != nil {
		return t, err
	}
	whole := all[""]
	rows, err := b.trainingRows(ctx, &t)
	if err != nil {
		return t, err
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, trainingRow(r.label, RowPlain, r.cell, whole.People))
	}
	t.Rows = append(t.Rows, trainingRow(totalRow, RowTotal, whole, whole.People))
	if whole.Sessions == 0 {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.nothing"})
	}
	return t.guardedBelow(SmallestInside), nil
}

type trainedRow struct {
	label Label
	cell  thn.TrainingCell
}

// trainingRows sums what the rows ask for.
func (b *book) trainingRows(ctx context.Context, t *Table) (rows []trainedRow, err error) {
	by := b.spec.By
	if by == ByNone {
		by = ByAudience
	}
	t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	switch by {
	case ByAudience:
		cells, err := b.trained(ctx, b.spec.Period, thn.TrainingByAudience)
		for _, a := range thn.Audiences {
			if c, ok := cells[string(a)]; ok {
				rows = append(rows, trainedRow{codeLabel("audience", string(a)), c})
			}
		}
		return rows, err
	case ByArea:
		cells, err := b.trained(ctx, b.spec.Period, thn.TrainingByArea)
		for _, id := range b.tree.regions(b.spec.Areas) {
			row := trainedRow{label: areaLabel(b.tree.area(id))}
			for area, c := range cells {
				if b.tree.run(id).holds(b.tree.run(thn.ID(area))) {
					row.cell.Sessions, row.cell.People = row.cell.Sessions+c.Sessions, row.cell.People+c.People
				}
			}
			rows = append(rows, row)
		}
		return rows, err
	case BySite:
		cells, err := b.trained(ctx, b.spec.Period, thn.TrainingBySite)
		sites := b.sitesInView()
		for i, p := range b.siteParts() {
			rows = append(rows, trainedRow{p.label, cells[string(sites[i].ID)]})
		}
		return rows, err
	}
	for _, p := range b.stretches(by) {
		cells, err := b.trained(ctx, p.label.Period)
		if err != nil {
			return nil, err
		}
		rows = append(rows, trainedRow{p.label, cells[""]})
	}
	return rows, nil
}

// trained sums sessions in view under the key of one group; without a group all
// of it is under the empty key.
func (b *book) trained(ctx context.Context, period thn.Period, groups ...thn.TrainingGroup) (map[string]thn.TrainingCell, error) {
	cells, err := b.source.Trainings(ctx, thn.TrainingQuery{Programme: b.spec.Programme.ID, Period: period, Areas: b.spec.Areas, Sites: b.sitesOfChannels(), Groups: groups})
	found := map[string]thn.TrainingCell{}
	for _, c := range cells {
		key := ""
		if len(groups) > 0 {
			key = c.Keys[groups[0]]
		}
		found[key] = c
	}
	return found, err
}

// trainingRow shows a sum; where no session is recorded nobody said that there
// was none.
func trainingRow(l Label, k RowKind, c thn.TrainingCell, all int64) Row {
	if c.Sessions == 0 {
		return Row{Label: l, Kind: k, Cells: []Cell{NotReported(), NotReported(), NotReported()}}
	}
	return Row{Label: l, Kind: k, Cells: []Cell{Number(c.Sessions), Number(c.People), shareOf[Attendance](c.People, all)}}
}
