package report

import "thntracker/internal/thn"

// ofAnswers is the one way to a figure about what people said of themselves.
// It is of everybody in the programme and of one whole quarter that is over,
// whatever was asked for: then no two tables overlap, so that none can be taken
// from another, and none changes while people are being met. Where that cannot be
// kept, the table says what to choose instead.
func (b *book) ofAnswers(by By, asked bool, rows func(*book) ([]cutRow, error), draw func(*book, By, []cutRow) Table) (Table, error) {
	if !asked {
		return b.withheld(by, Label{Code: "not_asked", Key: notAskedKeys[by]}), nil
	}
	if b.spec.Areas != nil || b.spec.Sites != nil || b.spec.Channels != nil {
		return b.withheld(by, Label{Code: "whole_only", Key: "report.missing.whole_only"}), nil
	}
	if b.source.Past() { // two states of one quarter differ by the few who came between them
		return b.withheld(by, Label{Code: "as_at", Key: "report.missing.answers_as_at"}), nil
	}
	today := b.spec.Programme.Today(b.spec.AsAt)
	quarter := lastQuarter(b.spec, today)
	if quarter.From.IsZero() {
		return b.withheld(by, Label{Code: "quarter", Key: "report.missing.quarter"}), nil
	}
	if kept := thn.AnswersFrom(today); quarter.From.Before(kept) {
		return b.withheld(by, Label{Code: "erased", Key: "report.missing.erased", Args: map[string]any{"Day": kept}}), nil
	}
	c := *b
	c.spec.Period = quarter
	list, err := rows(&c)
	switch {
	case err != nil:
		return c.table(), err
	case sumOf(list).people < FewestCut:
		return c.withheld(by, Label{Code: "too_few", Key: "report.missing.too_few", Args: map[string]any{"Fewest": FewestCut}}), nil
	}
	if alike(list) {
		hideAll(list)
	}
	guardCut(list)
	t := draw(&c, by, list)
	t.Notes = append(t.Notes, Label{Code: "quarter", Key: "report.note.quarter", Args: map[string]any{"Period": quarter}})
	return t, nil
}

// notAskedKeys say that a question is not asked, and what can be seen instead.
var notAskedKeys = map[By]string{ByAgeBand: "report.missing.not_asked", ByGender: "report.missing.not_asked", ByCarriage: "report.missing.carriage_not_asked"}

// lastQuarter is the last quarter of the calendar that lies in the period asked
// about and is over; zero when there is none.
func lastQuarter(spec Spec, today thn.Date) (last thn.Period) {
	for _, q := range Stretches(spec.Programme, spec.Period, ByQuarter) {
		if spec.Period.Covers(q) && !today.Before(q.To) {
			last = q
		}
	}
	return last
}

// withheld is a table that only says why it has no rows.
func (b *book) withheld(by By, why Label) Table {
	t := b.cutTable(by)
	t.Notes = nil
	t.Rows = []Row{{Label: totalRow, Kind: RowTotal, Cells: []Cell{NotApplicable(), NotApplicable(), NotApplicable()}}}
	t.Missing = append(t.Missing, why)
	return t
}
