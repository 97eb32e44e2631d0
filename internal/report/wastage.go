package report

import (
	"context"
	"slices"

	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// wastageTable is indicator G4. What one site sent to another was received once:
// the rows count it, the total does not.
func wastageTable(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "site", Key: "report.by.site"}
	t.Columns = []Column{columnOf[HeldKit]("opening"), columnOf[HeldKit]("received"), columnOf[HeldKit]("expired"), columnOf[HeldKit]("damaged"), columnOf[HeldKit]("destroyed"), columnOf[HeldKit]("wasted"), percentNamed[HeldKit]("wastage", 1)}
	supply, err := b.supply(ctx)
	if err != nil {
		return t, err
	}
	sites, moved := map[thn.ID]*stock.Waste{}, map[thn.ID]int64{}
	kept := map[[2]thn.ID]bool{}
	for _, p := range supply.Positions {
		kept[[2]thn.ID{p.Site, p.Product}] = true
	}
	add := func(book func(w *stock.Waste, site thn.ID, c thn.StockCell)) func([2]thn.ID, thn.StockCell) {
		return func(at [2]thn.ID, c thn.StockCell) {
			if !kept[at] || !b.shows(at[0]) {
				return
			}
			if sites[at[0]] == nil {
				sites[at[0]] = &stock.Waste{}
			}
			book(sites[at[0]], at[0], c)
		}
	}
	err = b.entries(ctx, thn.StockQuery{To: b.spec.Period.From}, supply, nil, add(func(w *stock.Waste, _ thn.ID, c thn.StockCell) { w.Opening += c.Kits }))
	if err != nil {
		return t, err
	}
	err = b.entries(ctx, thn.StockQuery{From: b.spec.Period.From, To: b.spec.Period.To}, supply, []thn.StockGroup{thn.StockByKind}, add(func(w *stock.Waste, site thn.ID, c thn.StockCell) {
		moved[site] += wasteOf(w, c)
	}))
	if err != nil {
		return t, err
	}
	all := stock.Waste{}
	parts := b.siteParts()
	for i, site := range b.sitesInView() {
		if !b.channelInView(site.Channel) {
			continue
		}
		w := sites[site.ID]
		label := parts[i].label
		if w == nil {
			t.Rows = append(t.Rows, Row{Label: label, Cells: slices.Repeat([]Cell{NotReported()}, len(t.Columns))})
			continue
		}
		all.Opening, all.Received = all.Opening+w.Opening, all.Received+w.Received
		all.Expired, all.Damaged, all.Destroyed = all.Expired+w.Expired, all.Damaged+w.Damaged, all.Destroyed+w.Destroyed
		w.Received += moved[site.ID]
		t.Rows = append(t.Rows, Row{Label: label, Cells: wasteCells(*w)})
	}
	t.Rows = append(t.Rows, Row{Label: totalRow, Kind: RowTotal, Cells: wasteCells(all)})
	t.Notes = append(t.Notes, Label{Code: "transfers", Key: "report.note.transfers"})
	return t, nil
}

// wasteOf books a sum where it belongs and gives what came from another site.
func wasteOf(w *stock.Waste, c thn.StockCell) (moved int64) {
	switch thn.MovementKind(c.Keys[thn.StockByKind]) {
	case thn.MovementOpening:
		w.Opening += c.Kits
	case thn.MovementReceived, thn.MovementAidIn:
		w.Received += c.Kits
	case thn.MovementArrived:
		return c.Kits
	case thn.MovementExpired:
		w.Expired -= c.Kits
	case thn.MovementDamaged:
		w.Damaged -= c.Kits
	case thn.MovementDestroyed:
		w.Destroyed -= c.Kits
	}
	return 0
}

func wasteCells(w stock.Waste) []Cell {
	return []Cell{Number(w.Opening), Number(w.Received), Number(w.Expired), Number(w.Damaged), Number(w.Destroyed), Number(w.Wasted()), exactly(w.Rate(), 100, NoDenominator())}
}
