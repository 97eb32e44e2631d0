package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// Stocks is where figures about stock come from.
type Stocks interface {
	// Stock sums entries of the stock ledger.
	Stock(ctx context.Context, q thn.StockQuery) ([]thn.StockCell, error)
	// Bags lists the bags, closed ones included.
	Bags(ctx context.Context, programme thn.ID) ([]thn.Bag, error)
	// Batches lists the batches, closed ones included.
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
}

// flow says in which column of the gap an entry of the stock ledger stands. Kits
// given out are not taken from stock: totals speak of them too.
var flow = map[thn.EntryKind]string{
	"opening": "came_in", "received": "came_in", "transfer_in": "came_in", "mutual_aid_in": "came_in",
	"transfer_out": "went_on", "mutual_aid_out": "went_on", "issued_to_carriage": "went_on",
	"expired": "taken_off", "damaged": "taken_off", "destroyed": "taken_off", "lost_theft": "taken_off", "recalled": "taken_off",
	"count_adjustment": "adjusted",
}

// told are the things that a kit given out may be reported back as, in the words
// of people who come for another one.
var told = []struct {
	code    string
	reasons []thn.Reason
}{
	{"told_used", []thn.Reason{thn.ReasonUsedOther, thn.ReasonUsedSelf}},
	{"told_lost", []thn.Reason{"lost"}},
	{"told_stolen", []thn.Reason{"stolen"}},
	{"told_confiscated", []thn.Reason{"confiscated"}},
	{"told_expired", []thn.Reason{"expired", "expiring_soon"}},
	{"told_other", []thn.Reason{"damaged", "given_away", "other"}},
}

// gap is the life of a kit as a row of numbers: what came in, what left, what was
// given out, what was reported back of it, and the rest that nobody has told of.
// British Columbia shipped 398,167 kits by the end of 2018, of which 149,999 were
// reported given out and 40,903 reported used: the differences are figures too.
func gap(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	by := b.spec.By
	if by == ByNone {
		by = BySite
	}
	t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	for _, code := range []string{"came_in", "went_on", "taken_off", "adjusted", "on_hand"} {
		t.Columns = append(t.Columns, columnOf[HeldKit](code))
	}
	given := kitsNamed("given")
	given.Sum = true
	t.Columns = append(t.Columns, given, kitsNamed("unexplained"))
	for _, x := range told {
		t.Columns = append(t.Columns, kitsNamed(x.code))
	}
	g := gapper{book: b}
	t.Columns = append(t.Columns, columnOf[UseEvent]("used_events"))
	if err := g.read(ctx, by); err != nil {
		return t, err
	}
	for _, part := range append(b.parts(by), part{label: totalRow, cut: func(x box) box { return x }}) {
		t.Rows = append(t.Rows, g.row(part))
	}
	t.Rows[len(t.Rows)-1].Kind = RowTotal
	b.remark(&t, g.pool, g.pool.in(b.everything()))
	t = t.guardedBelow(SmallestInside).withoutStock()
	markNegative(&t)
	return t, nil
}

// withoutStock leaves the columns of stock out when nobody keeps any, and says so
// once instead of in every row.
func (t Table) withoutStock() Table {
	stock := func(c Column) bool { return c.Measure == MeasureStock }
	for _, r := range t.Rows {
		for i, c := range r.Cells {
			if stock(t.Columns[i]) && c.Known() {
				return t
			}
		}
	}
	for i, r := range t.Rows {
		var kept []Cell
		for j, c := range r.Cells {
			if !stock(t.Columns[j]) {
				kept = append(kept, c)
			}
		}
		t.Rows[i].Cells = kept
	}
	t.Columns = slices.DeleteFunc(slices.Clone(t.Columns), stock)
	t.Missing = append(t.Missing, Label{Code: "no_stock", Key: "report.missing.no_stock"})
	return t
}

// gapper has what the rows of a gap are made of.
type gapper struct {
	*book
	pool   *pool[Kit]
	flows  []*flowFact
	before []*flowFact // every entry up to the end of the period: what is on hand
	uses   []*flowFact // events at which a kit was used, as told: never taken from kits
}

// flowFact is an amount in the stock ledger, of one column, within a box.
type flowFact struct {
	box    box
	column string
	kits   int64

	received bool // it came in from outside the programme
}

func (g *gapper) read(ctx context.Context, by By, further ...thn.Group) (err error) {
	if g.pool, err = g.kits(ctx, g.spec.Period, append(further, thn.ByReason, groupOf[by])...); err != nil {
		return err
	}
	bags, err := g.source.Bags(ctx, g.spec.Programme.ID)
	if err != nil {
		return err
	}
	home := map[string]string{"": ""}
	for _, b := range bags {
		home[string(b.ID)] = string(b.Site)
	}
	if g.flows, err = g.ledger(ctx, home, g.spec.Period); err != nil {
		return err
	}
	if g.before, err = g.ledger(ctx, home, thn.Period{From: thn.MustDate(1900, 1, 1), To: g.spec.Period.To}); err != nil {
		return err
	}
	events, err := g.source.UseTally(ctx, thn.UseQuery{Programme: g.spec.Programme.ID, Period: g.spec.Period, Areas: g.spec.Areas, Sites: g.sitesOfChannels(),
		Groups: []thn.Group{thn.ByMonth, thn.ByArea, thn.BySite}})
	for _, c := range events {
		g.uses = append(g.uses, &flowFact{box: g.space.ofCell(thn.Cell{Keys: c.Keys}, g.spec.Period), kits: c.Given})
	}
	return err
}

// ledger sums stock by site and month; what is in a bag is its home site's.
func (g *gapper) ledger(ctx context.Context, home map[string]string, period thn.Period) (facts []*flowFact, err error) {
	cells, err := g.source.Stock(ctx, thn.StockQuery{Programme: g.spec.Programme.ID, From: period.From, To: period.To,
		Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByKind, thn.StockByMonth}})
	area := map[thn.ID]thn.ID{}
	for _, s := range g.sites {
		if g.inView(s) {
			area[s.ID] = s.Area
		}
	}
	for _, c := range cells {
		site := thn.ID(c.Keys[thn.StockBySite])
		if site == "" {
			site = thn.ID(home[c.Keys[thn.StockByBag]])
		}
		if area[site] == "" {
			continue
		}
		kind := thn.EntryKind(c.Keys[thn.StockByKind])
		facts = append(facts, &flowFact{column: flow[kind], kits: c.Kits, received: kind == "received" || kind == "mutual_aid_in",
			box: g.space.ofCell(thn.Cell{Keys: map[thn.Group]string{thn.ByMonth: c.Keys[thn.StockByMonth], thn.BySite: string(site), thn.ByArea: string(area[site])}}, period)})
	}
	return facts, err
}

func (g *gapper) row(p part) Row {
	at := p.cut(g.everything())
	row := Row{Label: p.label, Marks: p.mark}
	sums, kept := map[string]int64{}, false
	for _, f := range g.flows {
		if at.holds(f.box) {
			sums[f.column] += f.kits
		}
	}
	until := at
	until.day.from = 0
	var onHand int64
	for _, f := range g.before {
		if until.holds(f.box) {
			onHand += f.kits
			kept = kept || f.column != ""
		}
	}
	if !kept { // nothing but kits given out: stock is not kept here
		row.Cells = append(row.Cells, NotReported(), NotReported(), NotReported(), NotReported(), NotReported())
	} else {
		row.Cells = append(row.Cells, Number(sums["came_in"]), Number(-sums["went_on"]), Number(-sums["taken_off"]), Number(sums["adjusted"]), Number(onHand))
	}
	return g.reported(row, at)
}

// reported adds what was given out and what was told of it. The remainder is what
// was given out less everything that anybody reported back.
func (g *gapper) reported(row Row, at box) Row {
	given := g.pool.in(at)
	rest, parts := given, []Cell{}
	for _, x := range told {
		narrow := at
		narrow.reason = codes(reasons, x.reasons...)
		part := g.pool.in(narrow)
		part.known = part.known || given.known
		parts = append(parts, part.cell())
		rest = rest.plus(part, -1)
	}
	row.Cells = append(append(row.Cells, given.cell(), rest.cell()), parts...)
	var uses int64
	for _, f := range g.uses {
		if at.holds(f.box) {
			uses += f.kits
		}
	}
	row.Cells = append(row.Cells, Number(uses))
	return row
}
