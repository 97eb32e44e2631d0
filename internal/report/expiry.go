package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// expiryTable is indicators G2 and G3 by lot: what is in stock and will not be
// used in time, and what people may still hold past its date.
func expiryTable(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "lot", Key: "report.by.lot"}
	t.Columns = []Column{{Label: Label{Code: "product", Key: "report.by.product"}, Measure: MeasureText}, {Label: Label{Code: "expiry", Key: "report.column.expiry"}, Measure: MeasureText},
		columnOf[HeldKit]("on_hand"), columnOf[HeldKit]("unused"), kitsNamed("given"), kitsNamed("outside")}
	supply, err := b.supply(ctx)
	if err != nil {
		return t, err
	}
	lots, err := b.lots(ctx, supply)
	if err != nil {
		return t, err
	}
	var all lotSum
	var given []stock.Given
	for _, l := range lots {
		g := stock.Given{Expiry: l.batch.Expiry, Kits: l.given}
		given = append(given, g)
		all.held, all.unused, all.given = all.held+l.held, all.unused+l.unused, all.given+l.given
		outside := NotApplicable()
		if !l.batch.Expiry.IsZero() && l.batch.Expiry.Before(supply.Today) {
			outside = Number(stock.Outside([]stock.Given{g}, 0, supply.Today))
		}
		t.Rows = append(t.Rows, Row{Label: l.label(), Cells: []Cell{Worded(Label{Text: supply.Products[l.product].Name}), l.expiry(), Number(l.held), Number(l.unused), Number(l.given), outside}})
	}
	replaced, err := b.replaced(ctx, supply.Today)
	t.Rows = append(t.Rows, Row{Label: totalRow, Kind: RowTotal, Cells: []Cell{NotApplicable(), NotApplicable(), Number(all.held), Number(all.unused), Number(all.given),
		Number(stock.Outside(given, replaced, supply.Today))}})
	t.Notes = append(t.Notes, Label{Code: "stock_day", Key: "report.note.stock_day", Args: map[string]any{"Date": supply.Today}}, Label{Code: "outside", Key: "report.note.expired_outside"})
	return t, err
}

// lotSum is what is known of one lot, or of kits whose lot was not recorded.
type lotSum struct {
	product             thn.ID
	batch               thn.Batch
	held, unused, given int64
}

func (l lotSum) label() Label {
	if l.batch.ID == "" {
		return Label{Code: "lot_unknown", Key: "report.row.lot_unknown"}
	}
	return Label{Code: l.batch.Lot, Text: l.batch.Lot}
}

func (l lotSum) expiry() Cell {
	if l.batch.Expiry.IsZero() {
		return NotReported()
	}
	return Worded(Label{Code: l.batch.Expiry.String(), Key: "report.cell.date", Args: map[string]any{"Date": l.batch.Expiry}})
}

func (b *book) lots(ctx context.Context, supply *stock.Supply) ([]lotSum, error) {
	at := map[[2]thn.ID]*lotSum{}
	find := func(product, batch thn.ID) *lotSum {
		key := [2]thn.ID{product, batch}
		if at[key] == nil {
			at[key] = &lotSum{product: product, batch: supply.Batches[batch]}
		}
		return at[key]
	}
	for _, p := range supply.Positions {
		if !b.shows(p.Site) {
			continue
		}
		for _, h := range p.Holdings {
			find(p.Product, h.Batch).held += h.Kits
		}
		for _, f := range p.Plan(supply.Today).Fates {
			find(p.Product, f.Batch).unused += f.Unused
		}
	}
	err := b.entries(ctx, thn.StockQuery{To: supply.Today.AddDays(1), Kinds: []thn.EntryKind{thn.EntryGiven}}, supply, []thn.StockGroup{thn.StockByBatch}, func(place [2]thn.ID, c thn.StockCell) {
		if b.shows(place[0]) {
			find(place[1], thn.ID(c.Keys[thn.StockByBatch])).given -= c.Kits
		}
	})
	var list []lotSum
	for _, l := range at {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(x, y lotSum) int {
		return cmp.Or(productOrder(supply, x.product, y.product), cmp.Compare(x.batch.Expiry.String(), y.batch.Expiry.String()), cmp.Compare(x.batch.Lot, y.batch.Lot))
	})
	return list, err
}

// replaced counts people who took a kit because the one they had was expired.
func (b *book) replaced(ctx context.Context, today thn.Date) (people int64, err error) {
	always := thn.Period{From: thn.MustDate(1990, time.January, 1), To: today.AddDays(1)}
	cells, err := b.tally(ctx, always, []thn.Group{thn.ByReason})
	for _, c := range cells {
		if thn.Reason(c.Keys[thn.ByReason]) == reasonExpired {
			people += c.People
		}
	}
	return people, err
}
