package report

import (
	"cmp"
	"context"
	"slices"
)

// listed tells the splits by a list of codes or products, whose silent rows are
// left out, from those by days, areas and sites, whose silence is a finding.
func (by By) listed() bool {
	return slices.Contains([]By{ByChannel, BySetting, BySupply, ByRecipient, BySupplier, ByProduct}, by)
}

// kits is indicator A1: kits given out, by channel and by what the rows ask.
func kits(ctx context.Context, b *book) (Table, error) {
	c, err := kitsCube(ctx, b)
	return c.Table, err
}

// Cube is a table of kits with what stands behind each of its cells, before
// anything is hidden.
type Cube struct {
	Table   Table
	Answers [][]int64 // of single records, by row and column; 0: published totals only
}

func kitsCube(ctx context.Context, b *book) (Cube, error) {
	t := b.table()
	by, across := b.spec.By, cmp.Or(b.spec.Across, ByChannel)
	columns := b.parts(across)
	if by == ByNone || by == ByChannel {
		by, columns = ByChannel, nil
	}
	p, err := b.kits(ctx, b.spec.Period, groupOf[across], groupOf[by])
	if err != nil {
		return Cube{Table: t}, err
	}
	g := p.grid(b.everything(), b.parts(by), columns)
	if across.listed() {
		g = g.occur()
	}
	if by.listed() {
		g = g.spoken()
	}
	t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	undivided := Label{Code: "not_divided", Key: "report.row.not_divided." + string(by)}
	answers := g.draw(&t, undivided)
	b.remark(&t, p, g.whole)
	if r, ok := t.Row(undivided.Code); ok && !by.listed() {
		t.Notes = append(t.Notes, Label{Code: "undivided", Key: "report.note.undivided." + string(by), Args: map[string]any{"Kits": r.Cells[len(r.Cells)-1].Count()}})
	}
	return Cube{t, answers}, nil
}

// table begins a table for the question.
func (b *book) table() Table {
	return Table{Head: b.head()}
}

func (b *book) head() Head {
	h := Head{Programme: b.spec.Programme.Name, Country: b.spec.Programme.Country, Demo: b.spec.Programme.Demo, Period: b.spec.Period, AsAt: b.spec.AsAt}
	if chain := b.tree.chain(b.spec.Areas); len(chain) > 0 {
		h.Area = areaLabel(b.tree.area(chain[len(chain)-1]))
	}
	for _, c := range b.spec.Channels {
		h.Filters = append(h.Filters, codeLabel("channel", string(c)))
	}
	if b.chosen.Definition != "" {
		h.Filters = append(h.Filters, b.baseLabel())
	}
	return h
}
