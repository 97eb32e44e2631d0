package report

import (
	"context"

	"thntracker/internal/thn"
)

// DueSoon is how many days ahead a kit's last day, or the next training, is shown.
const DueSoon = 90

// Carriers counts how things stand with responders' own naloxone at the end of
// the period. Trained, in date and returned are three numbers, never one.
type Carriers struct {
	Trained, InDate, Returned, Expired, Soon int64

	both int64 // trained, and in date
}

// CarriersOf counts those whose newest record is of one site.
func CarriersOf(list []thn.Carrier, site thn.ID, on thn.Date) (c Carriers) {
	for _, x := range list {
		if x.Site == site {
			c.add(x, on)
		}
	}
	return c
}

func (c *Carriers) add(x thn.Carrier, on thn.Date) {
	if !x.InPost() {
		return
	}
	count := func(yes bool, n *int64) {
		if yes {
			*n++
		}
	}
	count(!x.Trained.IsZero(), &c.Trained)
	count(x.InDate(on), &c.InDate)
	count(x.InDate(on) && !x.Trained.IsZero(), &c.both)
	count(x.Last == thn.CarriageReturned, &c.Returned)
	count(x.Expired(on), &c.Expired)
	count(x.InDate(on) && !on.AddDays(DueSoon).Before(x.Expiry), &c.Soon)
}

// carriage is indicator F1: responders with naloxone of their own on the last
// day of the period, over the officers in scope.
func carriage(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	people := func(code string) Column {
		c := peopleNamed("carriers_" + code) // in words of their own: others count people too
		c.Label.Code = code
		return c
	}
	t.Columns = []Column{people("trained"), people("in_date"), people("returned"), people("expired"), people("soon"), people("in_scope"),
		carriedPer100.column("carriage", perPlaces), percentNamed[Person]("uptake", perPlaces)}
	events, err := b.carried(ctx)
	if err != nil {
		return t, err
	}
	on := b.spec.Period.Last()
	list := thn.Carriers(events, on)
	by := b.spec.By
	t.RowHead = Label{Code: "station", Key: "report.by.station"}
	if by != ByNone {
		t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	}
	for _, p := range b.partsOf(by, thn.ResponderSettings...) {
		t.Rows = append(t.Rows, b.carriageRow(&t, p.label, RowPlain, b.among(list, p.cut(b.everything()), on), b.officers(by, p.label)))
	}
	base, _ := b.baseArea(thn.Officers)
	t.Rows = append(t.Rows, b.carriageRow(&t, Label{Code: "total", Key: "report.row.all_stations"}, RowTotal, b.among(list, b.everything(), on), base))
	if len(list) == 0 {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.nothing"})
	}
	if by != ByNone {
		t = t.maskedBelow(SmallestInside)
	}
	return t, nil
}

// carried reads what happened to responders' own naloxone up to the end of the period.
func (b *book) carried(ctx context.Context) ([]thn.Carriage, error) {
	found, err := b.facts(ctx, thn.KindCarriage, thn.Period{To: b.spec.Period.To})
	events := make([]thn.Carriage, len(found))
	for i, f := range found {
		events[i] = f.(thn.Carriage)
	}
	return events, err
}

func (b *book) among(list []thn.Carrier, in box, on thn.Date) (c Carriers) {
	for _, x := range list {
		if in.holds(b.point(x.Area, x.Site, on)) {
			c.add(x, on)
		}
	}
	return c
}

// officers is the area whose officers a row is set against: a station has none
// of its own.
func (b *book) officers(by By, row Label) thn.ID {
	if by != ByArea {
		return ""
	}
	for _, id := range b.tree.regions(b.spec.Areas) {
		if areaLabel(b.tree.area(id)).Code == row.Code {
			return id
		}
	}
	return ""
}

func (b *book) carriageRow(t *Table, l Label, k RowKind, c Carriers, area thn.ID) Row {
	row := Row{Label: l, Kind: k, Cells: []Cell{Number(c.Trained), Number(c.InDate), Number(c.Returned), Number(c.Expired), Number(c.Soon), NotReported(), NoDenominator(),
		shareOf[Person](c.both, c.Trained)}}
	if area == "" {
		return row
	}
	for _, s := range b.seriesOf(thn.Officers, area) {
		if d, ok := s.upTo(area, b.spec.Period); ok {
			a := amountOf[Person](d)
			row.Cells[5], row.Cells[6] = a.cell(), carriedPer100.under(numberOf[Person](c.InDate), a, Span{})
			b.used(t, d)
			break
		}
	}
	return row
}

// leaveBehind is indicator F3: eligible calls that ended with a kit left, and
// what became of the kits.
func leaveBehind(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "service", Key: "report.by.service"}
	if b.spec.By != ByNone {
		t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	}
	for _, code := range []string{"eligible", "left_patient", "left_other", "declined", "no_stock", "not_offered", "call_open", "registered", "follow_up"} {
		t.Columns = append(t.Columns, Column{Label: Label{Code: code, Key: "report.call." + code}, Measure: MeasureOf[Call]()})
	}
	t.Columns = append(t.Columns, percentNamed[Call]("left_share", 2), percentNamed[Call]("registered_share", 0), percentNamed[Call]("follow_up_share", 2))
	list, err := b.months(ctx, thn.KindLeaveBehind)
	if err != nil {
		return t, err
	}
	for _, p := range b.partsOf(b.spec.By, ambulance) {
		c, cut := newCalls(), p.cut(b.everything())
		for _, f := range list {
			if l := f.(thn.LeaveBehind); cut.holds(b.point(l.Area, l.Site, l.Month)) {
				c.add(l)
			}
		}
		t.Rows = append(t.Rows, c.row(p.label, RowPlain))
	}
	all := newCalls()
	for _, f := range list {
		all.add(f.(thn.LeaveBehind))
	}
	t.Rows = append(t.Rows, all.row(totalRow, RowTotal))
	b.lackMonths(&t, ambulance, list)
	if b.spec.By != ByNone {
		t = t.maskedBelow(SmallestInside)
	}
	return t, nil
}

const ambulance thn.Setting = "ambulance"

// calls sums months of calls. Shares are taken over the months that say both.
type calls struct {
	months                     int
	sums                       []int64
	known                      []int
	open                       int64
	left, registered, followUp fraction[Call]
}

func newCalls() *calls { return &calls{sums: make([]int64, 8), known: make([]int, 8)} }

func (c *calls) add(l thn.LeaveBehind) {
	c.months++
	said := 0
	for i, n := range l.Counts() {
		if n == thn.NotRecorded {
			continue
		}
		c.sums[i], c.known[i] = c.sums[i]+int64(n), c.known[i]+1
		if i > 0 && i < 6 {
			said += n
		}
	}
	c.open += int64(l.Eligible - said)
	if l.LeftPatient != thn.NotRecorded || l.LeftOther != thn.NotRecorded {
		c.left.add(l.Left(), l.Eligible)
		if l.Registered != thn.NotRecorded {
			c.registered.add(l.Registered, l.Left())
		}
	}
	if l.FollowUp != thn.NotRecorded {
		c.followUp.add(l.FollowUp, l.Eligible)
	}
}

func (c *calls) row(l Label, k RowKind) Row {
	var cells []Cell
	for i, n := range c.sums {
		cell := Number(n)
		if c.known[i] == 0 {
			cell = NotReported()
		}
		if i == 6 { // what no answer says stands before what became of the kits
			open := NotReported()
			if c.months > 0 {
				open = Number(c.open)
			}
			cells = append(cells, open)
		}
		cells = append(cells, cell)
	}
	return Row{Label: l, Kind: k, Cells: append(cells, c.left.cell(), c.registered.cell(), c.followUp.cell())}
}
