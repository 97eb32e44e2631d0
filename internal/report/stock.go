package report

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// Proposed is the source of definitions for which no published one was found.
var Proposed = Citation{Source: "Definition of this project: no published one for take-home naloxone was found"}

// day is the last day of the question's period, or the day when the data were
// read if that is earlier: stock of a day to come is not known.
func (b *book) day() thn.Date {
	last := b.spec.Period.Last()
	if read := b.spec.Programme.Today(b.spec.AsAt); !b.spec.AsAt.IsZero() && read.Before(last) {
		return read
	}
	return last
}

func (b *book) supply(ctx context.Context) (*stock.Supply, error) {
	return stock.ReadSupply(ctx, b.source, b.spec.Programme.ID, b.day())
}

// shows tells whether a site lies in the question's view.
func (b *book) shows(id thn.ID) bool {
	return slices.ContainsFunc(b.sites, func(s thn.Site) bool { return s.ID == id && s.OpenIn(b.spec.Period) && b.inView(s) })
}

// stockTable is indicator G1, with what G2 says of the same shelf: what is there
// at the end of the period, a row for each site and product, or for each product.
func stockTable(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "site", Key: "report.by.site"}
	t.Columns = []Column{{Label: Label{Code: "product", Key: "report.by.product"}, Measure: MeasureText}, columnOf[HeldKit]("on_hand"), columnOf[HeldKit]("usable"),
		monthsOfStock.column("months", 1), monthsOfStock.column("lasting", 1),
		percentNamed[HeldKit]("near", 0), percentNamed[HeldKit]("far", 0), columnOf[HeldKit]("unused"), columnOf[HeldKit]("order"), daysNamed("days_out"), daysNamed("days_low")}
	supply, err := b.supply(ctx)
	if err != nil {
		return t, err
	}
	short, err := b.daily(ctx, supply)
	if err != nil {
		return t, err
	}
	if b.spec.By == ByProduct {
		t.RowHead = Label{Code: "product", Key: "report.by.product"}
		t.Columns = t.Columns[1:]
		for _, p := range byProduct(supply, supply.Whole(func(s thn.Site) bool { return b.shows(s.ID) })) {
			product := supply.Products[p.Product]
			cells := append(planCells(p, supply.Today), NotApplicable(), NotApplicable())
			t.Rows = append(t.Rows, Row{Label: Label{Code: product.Code, Text: product.Name}, Cells: cells})
		}
	} else {
		b.siteRows(&t, supply, short)
	}
	b.stockTotal(&t, supply)
	t.Notes = append(t.Notes, Label{Code: "stock_day", Key: "report.note.stock_day", Args: map[string]any{"Date": supply.Today}})
	return t, nil
}

func daysNamed(code string) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasureDays}
}

// siteRows draws a row for each site and product that is kept there, and one
// that says so for a site that keeps no stock in the ledger.
func (b *book) siteRows(t *Table, supply *stock.Supply, short map[[2]thn.ID]dearth) {
	parts, positions := b.siteParts(), byProduct(supply, supply.Positions)
	for i, site := range b.sitesInView() {
		if !b.channelInView(site.Channel) {
			continue
		}
		label, kept := parts[i].label, false
		for _, p := range positions {
			if p.Site != site.ID {
				continue
			}
			kept = true
			d := short[[2]thn.ID{p.Site, p.Product}]
			cells := append([]Cell{Worded(Label{Text: supply.Products[p.Product].Name})}, planCells(p, supply.Today)...)
			t.Rows = append(t.Rows, Row{Label: label, Cells: append(cells, Number(int64(d.out)), d.lowCell())})
		}
		if !kept {
			t.Rows = append(t.Rows, Row{Label: label, Cells: slices.Repeat([]Cell{NotReported()}, len(t.Columns))})
		}
	}
}

// byProduct orders positions by the name of their product.
func byProduct(supply *stock.Supply, list []stock.Position) []stock.Position {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y stock.Position) int { return productOrder(supply, x.Product, y.Product) })
	return list
}

func productOrder(supply *stock.Supply, x, y thn.ID) int {
	return cmp.Or(cmp.Compare(thn.Fold(supply.Products[x].Name), thn.Fold(supply.Products[y].Name)), cmp.Compare(x, y))
}

// planCells are the figures of one position, from on hand to order.
func planCells(p stock.Position, today thn.Date) []Cell {
	x := p.Plan(today)
	order, planned := p.Reorder(today, stock.Target)
	unused, suggested := tooLittle, tooLittle
	if planned {
		unused, suggested = Number(x.Unused), Number(order.Kits)
	}
	return []Cell{Number(x.OnHand), Number(x.Usable), exactly(x.Months, 1, tooLittle), exactly(x.Lasting, 1, tooLittle),
		exactly(stock.Fraction{Num: x.Near, Den: x.OnHand}, 100, NoDenominator()), exactly(stock.Fraction{Num: x.Far, Den: x.OnHand}, 100, NoDenominator()), unused, suggested}
}

// tooLittle stands where nothing was given out long enough to plan by.
var tooLittle = Worded(Label{Code: "too_little", Key: "report.cell.too_little"})

// exactly is a ratio without bounds; otherwise stands where it has no denominator.
func exactly(f stock.Fraction, per int64, otherwise Cell) Cell {
	if !f.Known() {
		return otherwise
	}
	r := Ratio{Num: thn.Halves(2 * f.Num), Den: thn.Halves(2 * f.Den), Per: per}
	return Divided(Interval{Value: r, Low: r, High: r, Valued: true})
}

func (b *book) stockTotal(t *Table, supply *stock.Supply) {
	var held, usable int64
	for _, p := range supply.Positions {
		if b.shows(p.Site) {
			x := p.Plan(supply.Today)
			held, usable = held+x.OnHand, usable+x.Usable
		}
	}
	row := Row{Label: totalRow, Kind: RowTotal, Cells: slices.Repeat([]Cell{NotApplicable()}, len(t.Columns))}
	row.Cells[t.Column("on_hand")], row.Cells[t.Column("usable")] = Number(held), Number(usable)
	t.Rows = append(t.Rows, row)
}

// dearth is for how many days of the period a product was out or low at a site.
type dearth struct {
	out, low int
	paced    bool
}

func (d dearth) lowCell() Cell {
	if !d.paced {
		return tooLittle
	}
	return Number(int64(d.low))
}

// daily walks through the balances of each day of the period. Low is less than a
// month's kits at today's pace.
func (b *book) daily(ctx context.Context, supply *stock.Supply) (map[[2]thn.ID]dearth, error) {
	period := thn.Period{From: b.spec.Period.From, To: supply.Today.AddDays(1)}
	opening, changes := map[[2]thn.ID]int64{}, map[[2]thn.ID]map[thn.Date]int64{}
	err := b.entries(ctx, thn.StockQuery{To: period.From}, supply, nil, func(at [2]thn.ID, c thn.StockCell) { opening[at] += c.Kits })
	if err != nil {
		return nil, err
	}
	err = b.entries(ctx, thn.StockQuery{From: period.From, To: period.To}, supply, []thn.StockGroup{thn.StockByDay}, func(at [2]thn.ID, c thn.StockCell) {
		if changes[at] == nil {
			changes[at] = map[thn.Date]int64{}
		}
		if day, err := thn.ParseDate(c.Keys[thn.StockByDay]); err == nil { // the database writes days itself
			changes[at][day] += c.Kits
		}
	})
	short := map[[2]thn.ID]dearth{}
	for _, p := range supply.Positions {
		at := [2]thn.ID{p.Site, p.Product}
		d := dearth{paced: p.Pace.Known()}
		level := int64(0)
		if d.paced {
			level = (p.Pace.Kits + int64(p.Pace.Months) - 1) / int64(p.Pace.Months)
		}
		open := openDays(supply.Sites[p.Site], period)
		if _, before := opening[at]; !before {
			open.From = firstDay(changes[at], open) // nobody kept stock before that
		}
		d.out, d.low = stock.Short(opening[at], changes[at], open, level)
		short[at] = d
	}
	return short, err
}

// openDays is the part of a period on which a site was open: before that nothing
// could be out of stock.
func openDays(s thn.Site, p thn.Period) thn.Period {
	if p.From.Before(s.Opened) {
		p.From = s.Opened
	}
	if !s.Closed.IsZero() && s.Closed.Before(p.To) {
		p.To = s.Closed
	}
	return p
}

// firstDay is the first day of a period with an entry; without one it is its end.
func firstDay(changes map[thn.Date]int64, p thn.Period) thn.Date {
	first := p.To
	for day := range changes {
		if day.Before(first) {
			first = day
		}
	}
	return first
}

// entries sums entries by site and product, bags with their site, split further
// by what each needs.
func (b *book) entries(ctx context.Context, q thn.StockQuery, supply *stock.Supply, more []thn.StockGroup, each func(at [2]thn.ID, c thn.StockCell)) error {
	q.Programme = b.spec.Programme.ID
	q.Groups = append([]thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByProduct}, more...)
	cells, err := b.source.Stock(ctx, q)
	for _, c := range cells {
		each([2]thn.ID{supply.SiteOf(c), thn.ID(c.Keys[thn.StockByProduct])}, c)
	}
	return err
}
