package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// The dimensions of what people say of themselves.
const (
	ByAgeBand By = "age_band"
	ByGender  By = "gender"
)

// asksFor tells which dimensions are answers, and whether the programme asks them.
func asksFor(a thn.Asks) map[By]bool { return map[By]bool{ByAgeBand: a.AgeBand, ByGender: a.Gender} }

// equity is indicator H: people and their kits by one dimension at a time. Two
// dimensions together are never offered. Only single records say these things.
func equity(ctx context.Context, b *book) (Table, error) {
	by := b.spec.By
	if by == ByNone {
		if by = ByGender; !b.spec.Programme.Asks.Gender && b.spec.Programme.Asks.AgeBand {
			by = ByAgeBand
		}
	}
	if asked, said := asksFor(b.spec.Programme.Asks)[by]; said {
		return b.ofAnswers(by, asked, func(c *book) ([]cutRow, error) { return c.cutRows(ctx, by) }, (*book).equityTable)
	}
	rows, err := b.cutRows(ctx, by)
	if err != nil {
		return b.table(), err
	}
	guardCut(rows)
	return b.equityTable(by, rows), nil
}

// cutRows are the parts of a dimension, with the people and kits of each.
func (b *book) cutRows(ctx context.Context, by By) ([]cutRow, error) {
	group := groupOf[by]
	if by == ByAgeBand || by == ByGender {
		group = thn.Group(by)
	}
	cells, err := b.tally(ctx, b.spec.Period, []thn.Group{group})
	if err != nil {
		return nil, err
	}
	switch by {
	case ByArea:
		return b.areaCut(cells), nil
	case ByAgeBand:
		return codeCut(string(by), plain(thn.AgeBands), group, cells), nil
	case ByGender:
		return codeCut(string(by), plain(thn.Genders), group, cells), nil
	case BySetting:
		return spokenCut(codeCut(string(by), plain(thn.Settings), group, cells)), nil
	}
	return spokenCut(codeCut(string(by), plain(thn.Recipients), group, cells)), nil
}

// notAsked is the row of whom nobody asked.
var notAsked = Label{Code: "not_asked", Key: "asked.not_asked"}

// codeCut has a row for each code of a list, and one for those that were not
// asked where the dimension is an answer.
func codeCut(list string, codes []string, group thn.Group, cells []thn.Cell) (rows []cutRow) {
	for _, code := range codes {
		rows = append(rows, cutRow{label: codeLabel(list, code), unsaid: slices.Contains([]string{"declined", "unknown", "not_asked"}, code)})
	}
	if !slices.Contains(codes, "not_asked") && slices.Contains(codes, "declined") {
		codes, rows = append(slices.Clone(codes), ""), append(rows, cutRow{label: notAsked, unsaid: true})
	}
	for _, c := range cells {
		if i := slices.Index(codes, c.Keys[group]); i >= 0 {
			rows[i].people, rows[i].kits = rows[i].people+c.People, rows[i].kits+c.Kits
		}
	}
	return rows
}

func spokenCut(rows []cutRow) []cutRow {
	return slices.DeleteFunc(rows, func(r cutRow) bool { return r.people == 0 })
}

// areaCut puts what lies in no area of the list into a row of its own.
func (b *book) areaCut(cells []thn.Cell) (rows []cutRow) {
	rest := cutRow{label: notStated}
	parts := b.areaParts()
	for _, p := range parts {
		rows = append(rows, cutRow{label: p.label})
	}
	for _, c := range cells {
		at := b.tree.run(thn.ID(c.Keys[thn.ByArea]))
		i := slices.IndexFunc(parts, func(p part) bool { return p.cut(box{}).area.holds(at) })
		row := &rest
		if i >= 0 {
			row = &rows[i]
		}
		row.people, row.kits = row.people+c.People, row.kits+c.Kits
	}
	if rest.people > 0 {
		rows = append(rows, rest)
	}
	return rows
}

// equityTable draws the rows, which have been guarded.
func (b *book) equityTable(by By, rows []cutRow) Table {
	t := b.cutTable(by)
	all := sumOf(rows)
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Label: r.label, Cells: r.cells(all.people)})
	}
	t.Rows = append(t.Rows, all.total())
	t.Notes = append(t.Notes, unsaidNote(rows, all.people)...)
	if anyHidden(rows, func(cutRow) bool { return true }) {
		t.Notes = append(t.Notes, Label{Code: "masked", Key: "report.note.masked"})
	}
	return t
}

func (b *book) cutTable(by By) Table {
	t := b.table()
	t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	t.Columns = []Column{peopleNamed("people_met"), percentNamed[Person]("share", perPlaces), kitsColumn}
	t.Notes = append(t.Notes, Label{Code: "single", Key: "report.note.people_met"})
	return t
}

// total closes the table. A total of few people is not shown either.
func (r cutRow) total() Row {
	r.hidden = few(r.people)
	cells := r.cells(r.people)
	cells[1] = NotApplicable()
	return Row{Label: totalRow, Kind: RowTotal, Cells: cells}
}

// unsaidNote prints with every cut of how many nothing is known, unless that
// would tell what is hidden.
func unsaidNote(rows []cutRow, of int64) []Label {
	unsaid := func(r cutRow) bool { return r.unsaid }
	var n int64
	for _, r := range rows {
		if r.unsaid {
			n += r.people
		}
	}
	switch {
	case of == 0 || !slices.ContainsFunc(rows, unsaid):
		return nil
	case anyHidden(rows, unsaid):
		return []Label{{Code: "unsaid", Key: "report.note.unsaid_masked"}}
	}
	return []Label{{Code: "unsaid", Key: "report.note.unsaid", Args: map[string]any{"N": thn.ExactKits(n), "Of": thn.ExactKits(of), "Percent": int((200*n + of) / (2 * of))}}}
}
