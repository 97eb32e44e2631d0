package stock

import (
	"slices"

	"thntracker/internal/thn"
)

// Holding is what is there of one batch of a product, in shelves and bags.
type Holding struct {
	Batch  thn.ID   // empty: the lot was not recorded
	Expiry thn.Date // the last day it may be used; zero: not known
	Kits   int64    // below 0: more left than ever came in
	Aside  bool     // quarantined: there, and not to be given out
}

// expired tells whether the batch may no longer be used on a day.
func (h Holding) expired(on thn.Date) bool { return !h.Expiry.IsZero() && h.Expiry.Before(on) }

// Pace is how fast kits leave: so many in the last full months, at most three.
type Pace struct {
	Kits   int64
	Months int
	Days   int // of those months
}

// Known tells whether there is enough of a record to plan by. A site that has
// given out nothing yet would otherwise have stock for ever.
func (p Pace) Known() bool { return p.Kits > 0 && p.Months > 0 && p.Days > 0 }

// through forecasts the kits that leave from today to the end of a day, rounded
// down: a kit that might be used is not counted on.
func (p Pace) through(today, last thn.Date) int64 {
	if !p.Known() || last.Before(today) {
		return 0
	}
	return p.Kits * int64(today.DaysUntil(last)+1) / int64(p.Days)
}

// Fraction is a number as its numerator and denominator, until it is drawn.
// Without a denominator there is not enough of a record for a number.
type Fraction struct{ Num, Den int64 }

// Known tells whether it is a number.
func (f Fraction) Known() bool { return f.Den > 0 }

// Less compares two numbers that are known.
func (f Fraction) Less(g Fraction) bool { return f.Num*g.Den < g.Num*f.Den }

// Fate is what becomes of a holding under a forecast: used, past its date before
// anybody needed it, or still there at the end. The three are its kits.
type Fate struct {
	Holding
	Used, Unused, Left int64
}

// Foresee walks through holdings first-expiry-first-out, from today to a last
// day; a zero day goes on until every known date has passed. A holding below
// zero is kits that left under another lot than they came in, or under none: they
// are taken off what expires first, so that nothing is counted on twice. What cannot be given out is left aside.
func Foresee(holdings []Holding, pace Pace, today, last thn.Date) []Fate {
	fates := usable(holdings, today)
	used := int64(0)
	for i := range fates {
		f := &fates[i]
		until, ends := f.Expiry, !f.Expiry.IsZero() && (last.IsZero() || f.Expiry.Before(last))
		if !ends {
			until = last
		}
		switch {
		case !pace.Known() || until.IsZero():
			f.Left = f.Kits // nothing tells when it will be needed
			continue
		case ends:
			f.Used = min(f.Kits, pace.through(today, until)-used)
			f.Unused = f.Kits - f.Used
		default:
			f.Used = min(f.Kits, pace.through(today, until)-used)
			f.Left = f.Kits - f.Used
		}
		used += f.Used
	}
	return fates
}

// usable lists what can be given out, first to expire first; what has no known
// date comes last.
func usable(holdings []Holding, today thn.Date) (list []Fate) {
	short := int64(0)
	for _, h := range holdings {
		switch {
		case h.Kits < 0:
			short -= h.Kits
		case h.Kits > 0 && !h.Aside && !h.expired(today):
			list = append(list, Fate{Holding: h})
		}
	}
	slices.SortStableFunc(list, func(a, b Fate) int { return firstExpiry(a.Holding, b.Holding) })
	for i := range list {
		take := min(short, list[i].Kits)
		list[i].Kits, short = list[i].Kits-take, short-take
	}
	return slices.DeleteFunc(list, func(f Fate) bool { return f.Kits == 0 })
}

func firstExpiry(a, b Holding) int {
	switch {
	case a.Expiry == b.Expiry:
		return 0
	case b.Expiry.IsZero() || !a.Expiry.IsZero() && a.Expiry.Before(b.Expiry):
		return -1
	}
	return 1
}

// Position is the stock of one product at one site, its bags included, with the
// pace at which it leaves. Without a site it is the programme's.
type Position struct {
	Site, Product thn.ID
	Holdings      []Holding
	Pace          Pace
	Kept          bool // more is recorded than kits given out
}

// The ways ahead in which a batch counts as near its date, in days.
const (
	Near = 90
	Far  = 180
)

// Plan is what a position means on a day (indicators G1 and G2).
type Plan struct {
	OnHand    int64 // the sum of the ledger, whatever its state
	Usable    int64 // in date and not put aside
	Expired   int64 // past its date, still there
	Aside     int64 // put aside
	Shortfall int64 // more left than ever came in
	Near      int64 // in date, and not for longer than 90 days
	Far       int64 // nor than 180
	Unused    int64 // will expire before it is needed, as things go
	Fates     []Fate
	Pace      Pace
	Months    Fraction // on hand, by the pace alone
	Lasting   Fraction // months that can be used: the smaller of pace and expiry
}

// Plan works out what a position means.
func (p Position) Plan(today thn.Date) Plan {
	x := Plan{Pace: p.Pace, Fates: Foresee(p.Holdings, p.Pace, today, thn.Date{})}
	for _, h := range p.Holdings {
		x.OnHand += h.Kits
		switch {
		case h.Kits < 0:
			x.Shortfall -= h.Kits
		case h.expired(today):
			x.Expired += h.Kits
		case h.Aside:
			x.Aside += h.Kits
		}
	}
	for _, f := range x.Fates {
		x.Usable += f.Kits
		x.Unused += f.Unused
		if !f.Expiry.IsZero() && f.Expiry.Before(today.AddDays(Near+1)) {
			x.Near += f.Kits
		}
		if !f.Expiry.IsZero() && f.Expiry.Before(today.AddDays(Far+1)) {
			x.Far += f.Kits
		}
	}
	if p.Pace.Known() {
		x.Months = p.Pace.months(max(0, x.OnHand))
		x.Lasting = p.Pace.months(x.Usable - x.Unused)
	}
	return x
}

// months turns kits into months at a pace.
func (p Pace) months(kits int64) Fraction { return Fraction{Num: kits * int64(p.Months), Den: p.Kits} }

// Order is what to order, with the sum behind it.
type Order struct {
	Months int   // to last
	Need   int64 // kits for so long
	Have   int64 // usable kits that will be needed within that time
	Kits   int64 // Need less Have; never below 0
}

// Target is how many months a site should have, unless somebody decides otherwise.
const Target = 3

// Reorder suggests an order that makes stock last for some months. What will
// have expired by then does not count as stock: a shelf about to expire must not
// look well supplied. Without a pace there is nothing to suggest.
func (p Position) Reorder(today thn.Date, months int) (Order, bool) {
	if !p.Pace.Known() || months < 1 {
		return Order{}, false
	}
	o := Order{Months: months, Need: ceil(p.Pace.Kits*int64(months), int64(p.Pace.Months))}
	for _, f := range Foresee(p.Holdings, p.Pace, today, today.AddMonths(months)) {
		o.Have += f.Used + f.Left
	}
	o.Kits = max(0, o.Need-o.Have)
	return o, true
}

func ceil(n, d int64) int64 { return (n + d - 1) / d }

// Short tells for how many days of a period stock was out, and for how many it
// was there but below a level (indicator G1). Opening is the balance before the
// first day; changes are the sums of each day.
func Short(opening int64, changes map[thn.Date]int64, period thn.Period, level int64) (out, low int) {
	balance := opening
	for day := period.From; day.Before(period.To); day = day.AddDays(1) {
		balance += changes[day]
		switch {
		case balance <= 0:
			out++
		case balance < level:
			low++
		}
	}
	return out, low
}

// Waste is what became of stock other than being handed on (indicator G4). Kits
// lost in the community are another matter.
type Waste struct {
	Opening, Received, Expired, Damaged, Destroyed int64
}

// Wasted sums what was thrown away.
func (w Waste) Wasted() int64 { return w.Expired + w.Damaged + w.Destroyed }

// Rate is wasted over opening and received; without either there is none.
func (w Waste) Rate() Fraction { return Fraction{Num: w.Wasted(), Den: max(0, w.Opening+w.Received)} }

// Given is kits of one batch that were given out, and how many of them are known
// to be used, lost or replaced.
type Given struct {
	Expiry     thn.Date
	Kits, Gone int64
}

// Outside is an upper bound of the expired kits that people still hold
// (indicator G3): nobody reports every kit that is used or thrown away. Replaced
// is kits replaced because they had expired, whichever batch they were of.
func Outside(given []Given, replaced int64, today thn.Date) int64 {
	kits := int64(0)
	for _, g := range given {
		if !g.Expiry.IsZero() && g.Expiry.Before(today) {
			kits += max(0, g.Kits-g.Gone)
		}
	}
	return max(0, kits-replaced)
}
