package report

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// expiredOutside is indicator G3: kits that people may still hold past the date on
// them. What a record says of the batch is taken off: the overdoses at which it was
// used. What holders said of "the last kit" may be of another batch, so it is not,
// but for those who came because theirs had expired. The rest is an upper bound.
func expiredOutside(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	by := b.spec.By
	t.RowHead = Label{Code: "lot", Key: "report.by.lot"}
	if by != ByNone {
		t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	}
	t.Columns = []Column{kitsNamed("expired_given"), columnOf[UseEvent]("expired_used"), kitsNamed("expired_replaced"), kitsNamed("outside")}
	e := expired{book: b, always: thn.Period{From: dayZero, To: b.day().AddDays(1)}}
	if err := e.read(ctx, groupOf[by]); err != nil {
		return t, err
	}
	if by == ByNone {
		e.lots(&t)
	}
	for _, p := range b.parts(by) {
		t.Rows = append(t.Rows, e.row(p.label, RowPlain, p.cut(b.space.everything(e.always))))
	}
	t.Rows = append(t.Rows, e.row(totalRow, RowTotal, b.space.everything(e.always)))
	t.Notes = append(t.Notes, Label{Code: "stock_day", Key: "report.note.stock_day", Args: map[string]any{"Date": b.day()}},
		Label{Code: "upper_bound", Key: "report.note.upper_bound"})
	if n := e.unknown; n > 0 {
		t.Missing = append(t.Missing, Label{Code: "lot", Key: "report.missing.lot", Args: map[string]any{"Kits": thn.ExactKits(n)}})
	}
	if by != ByNone {
		return t.guardedBelow(SmallestInside), nil
	}
	return t, nil
}

// expired is what is known of kits of batches past their date.
type expired struct {
	*book
	always      thn.Period
	batches     map[thn.ID]thn.Batch
	given, used []lotFact
	replaced    []lotFact
	unknown     int64 // kits whose batch nobody recorded
}

// lotFact is so many of one batch within a box.
type lotFact struct {
	box   box
	batch thn.ID
	n     int64
}

func (e *expired) read(ctx context.Context, group thn.Group) error {
	list, err := e.source.Batches(ctx, e.spec.Programme.ID)
	if err != nil {
		return err
	}
	e.batches = map[thn.ID]thn.Batch{}
	for _, x := range list {
		if !x.Expiry.IsZero() && x.Expiry.Before(e.day()) {
			e.batches[x.ID] = x
		}
	}
	for _, read := range []func(context.Context, thn.Group) error{e.readGiven, e.readReplaced, e.readUsed} {
		if err := read(ctx, group); err != nil {
			return err
		}
	}
	return nil
}

func groups(first, second thn.Group) []thn.Group {
	return slices.DeleteFunc([]thn.Group{first, second}, func(g thn.Group) bool { return g == "" })
}

func (e *expired) readGiven(ctx context.Context, group thn.Group) error {
	cells, err := e.tally(ctx, e.always, groups(thn.ByBatch, group))
	for _, c := range cells {
		id := thn.ID(c.Keys[thn.ByBatch])
		if id == "" {
			e.unknown += c.Kits
		}
		if _, past := e.batches[id]; past {
			e.given = append(e.given, lotFact{e.space.ofCell(c, e.always), id, c.Kits})
		}
	}
	return err
}

func (e *expired) readReplaced(ctx context.Context, group thn.Group) error {
	cells, err := e.tally(ctx, e.always, groups(thn.ByReason, group))
	for _, c := range cells {
		if thn.Reason(c.Keys[thn.ByReason]) == reasonExpired {
			e.replaced = append(e.replaced, lotFact{box: e.space.ofCell(c, e.always), n: c.People})
		}
	}
	return err
}

func (e *expired) readUsed(ctx context.Context, group thn.Group) error {
	cells, err := e.source.UseTally(ctx, thn.UseQuery{Programme: e.spec.Programme.ID, Period: e.always, Areas: e.spec.Areas, Sites: e.sitesOfChannels(),
		Groups: groups(thn.ByBatch, group)})
	for _, c := range cells {
		id := thn.ID(c.Keys[thn.ByBatch])
		if _, past := e.batches[id]; past {
			delete(c.Keys, thn.ByBatch)
			e.used = append(e.used, lotFact{e.space.ofCell(thn.Cell{Keys: c.Keys}, e.always), id, c.Given})
		}
	}
	return err
}

// lots has a row for each batch; who replaced an expired kit did not say of which.
func (e *expired) lots(t *Table) {
	var list []thn.Batch
	for _, x := range e.batches {
		list = append(list, x)
	}
	slices.SortFunc(list, func(x, y thn.Batch) int {
		return cmp.Or(cmp.Compare(x.Expiry.String(), y.Expiry.String()), cmp.Compare(x.Lot, y.Lot), cmp.Compare(x.ID, y.ID))
	})
	whole := e.space.everything(e.always)
	for _, x := range list {
		given, used := lotsIn(e.given, whole, x.ID), lotsIn(e.used, whole, x.ID)
		if given > 0 {
			t.Rows = append(t.Rows, Row{Label: Label{Code: x.Lot, Text: x.Lot}, Marks: []Label{{Code: "expired", Key: "report.mark.expired", Args: map[string]any{"Date": x.Expiry}}},
				Cells: []Cell{Number(given), Number(used), NotApplicable(), Number(max(0, given-used))}})
		}
	}
}

// row sums the batches within a box; none can be more than was given of it.
func (e *expired) row(l Label, k RowKind, within box) Row {
	var given []stock.Given
	var kits, used int64
	for id, x := range e.batches {
		n, gone := lotsIn(e.given, within, id), lotsIn(e.used, within, id)
		kits, used = kits+n, used+gone
		given = append(given, stock.Given{Expiry: x.Expiry, Kits: n, Gone: gone})
	}
	replaced := lotsIn(e.replaced, within, "")
	return Row{Label: l, Kind: k, Cells: []Cell{Number(kits), Number(used), Number(replaced), Number(stock.Outside(given, replaced, e.day()))}}
}

func lotsIn(list []lotFact, within box, batch thn.ID) (n int64) {
	for _, f := range list {
		if f.batch == batch && within.holds(f.box) {
			n += f.n
		}
	}
	return n
}

const reasonExpired thn.Reason = "expired"
