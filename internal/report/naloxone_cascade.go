package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// cascadeSteps are the steps of the naloxone cascade, from knowing to refilling.
var cascadeSteps = []thn.Question{thn.Aware, thn.EverReceived, thn.EverTrained, thn.Received12Months, thn.Received6Months, thn.HasNow, thn.CarriesOften,
	thn.CarriesAlways, thn.EverUsed, thn.Refilled}

// naloxoneCascade is indicator B2: what one group of people answered, step by
// step. It is the newest survey about this very area; another survey asked other
// people and stands in a table of its own. Steps that it did not ask are left out.
func naloxoneCascade(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead, t.Drawn = Label{Code: "step", Key: "report.by.step"}, "asked_share"
	t.Columns = append(slices.Clone(askedColumns), percentNamed[Person]("of_step_before", 0))
	all, err := b.surveyed(ctx, cascadeSteps...)
	if err != nil {
		return t, err
	}
	list := sameGroup(b.here(all))
	for i, a := range list {
		before := NotApplicable()
		if i > 0 {
			before = a.beside(list[i-1])
		}
		row := Row{Label: asQuestion(a), Cells: append(a.cells(), before), Marks: b.cite(&t, a)}
		if i > 0 {
			row.Marks = row.Marks[:0] // the first row names the group for all
		}
		if i > 0 && a.asked == list[i-1].asked && a.yes > list[i-1].yes {
			row.Marks = append(row.Marks, Label{Code: "above", Key: "report.mark.step_above"})
		}
		t.Rows = append(t.Rows, row)
	}
	elsewhere(&t, len(all)-len(list))
	if len(list) == 0 {
		t.Rows = []Row{{Label: Label{Code: "none", Key: "report.row.no_answer"}, Cells: make([]Cell, len(t.Columns))}}
		b.unasked(&t)
	}
	return t, nil
}

// sameGroup keeps the answers of the newest group, in the order of the steps.
func sameGroup(list []surveyed) []surveyed {
	return slices.DeleteFunc(slices.Clone(list), func(a surveyed) bool { return a.group != list[0].group })
}

// beside compares a step with the one before it, where both are of the same
// number of people asked: otherwise the two are shares of different bases.
func (a surveyed) beside(before surveyed) Cell {
	switch {
	case a.asked == 0 || a.asked != before.asked:
		return NotApplicable()
	case few(a.yes) || few(before.yes):
		return Masked()
	}
	return shareOf[Person](a.yes, before.yes)
}
