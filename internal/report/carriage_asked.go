package report

import (
	"context"

	"thntracker/internal/thn"
)

// ByCarriage is where people said that their last kit is.
const ByCarriage By = "carriage"

var sosTargets = Citation{Source: "UNODC-WHO S-O-S initiative 90-90-90 targets", URL: "https://globalcoalition.us/node/52"}

// carriageAsked is indicator B3 as routine records have it: of people who came
// back and answered, how many had the last kit on them or close at hand, the third
// step of S-O-S. Declined stands apart: it is no answer, and nobody says why.
func carriageAsked(ctx context.Context, b *book) (Table, error) {
	return b.ofAnswers(ByCarriage, b.spec.Programme.Asks.Carriage, func(c *book) ([]cutRow, error) { return c.carriageRows(ctx) }, (*book).carriageTable)
}

// carriageRows are people who had a kit before, by what they said.
func (b *book) carriageRows(ctx context.Context) ([]cutRow, error) {
	cells, err := b.tally(ctx, b.spec.Period, []thn.Group{thn.BySupply, thn.ByCarriage})
	var back []thn.Cell
	for _, c := range cells {
		if thn.Supply(c.Keys[thn.BySupply]).Again() {
			back = append(back, c)
		}
	}
	return codeCut("carriage", plain(thn.CarriageAnswers), thn.ByCarriage, back), err
}

func (b *book) carriageTable(by By, rows []cutRow) Table {
	t := b.cutTable(by)
	hidden := anyHidden(rows, func(cutRow) bool { return true })
	var answered, near int64
	for i, r := range rows {
		if !r.unsaid {
			answered += r.people
		}
		if i < 2 { // on them, close at hand
			near += r.people
		}
	}
	for _, r := range rows {
		cells := r.cells(answered)
		switch {
		case r.unsaid:
			cells[1] = NotApplicable()
		case hidden: // how many answered would be known from a share
			cells[1] = Masked()
		}
		t.Rows = append(t.Rows, Row{Label: r.label, Cells: cells})
	}
	t.Rows = append(t.Rows, sumOf(rows).total())
	t.Benchmarks = []Benchmark{{Key: "report.benchmark.sos_carrying", Kind: Ambition, Thousandths: 90_000, Source: sosTargets}}
	if hidden {
		t.Notes = append(t.Notes, Label{Code: "masked", Key: "report.note.masked"})
		return t
	}
	if answered > 0 {
		t.Notes = append(t.Notes, Label{Code: "near", Key: "report.note.near", Args: map[string]any{"N": thn.ExactKits(near), "Of": thn.ExactKits(answered), "Percent": int((200*near + answered) / (2 * answered))}})
	}
	t.Notes = append(t.Notes, unsaidNote(rows, sumOf(rows).people)...)
	return t
}
