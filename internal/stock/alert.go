package stock

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// AlertKind says what is the matter.
type AlertKind string

// AlertKinds lists them, what to do first first: what could reach somebody's
// hands, what leaves people without, what the ledger does not know, what will be
// lost.
var AlertKinds = []AlertKind{AlertRecall, AlertExpired, AlertOut, AlertLow, AlertShortfall, AlertTransfer, AlertExpiring, AlertSilent}

// The kinds of alert.
const (
	AlertRecall    AlertKind = "recall"    // a notice is in force and kits of it are still here
	AlertExpired   AlertKind = "expired"   // past their date, still on the shelf or in a bag
	AlertOut       AlertKind = "out"       // nothing left that can be given out
	AlertLow       AlertKind = "low"       // lasts for less than a month
	AlertShortfall AlertKind = "shortfall" // more left than ever came in
	AlertTransfer  AlertKind = "transfer"  // sent, and not booked where it went
	AlertExpiring  AlertKind = "expiring"  // will expire before it is needed
	AlertSilent    AlertKind = "silent"    // nothing recorded for long, or no stock ever
)

// Alert is one thing to look after at one site.
type Alert struct {
	Kind    AlertKind
	Site    thn.ID
	Product thn.ID   // empty: the whole site
	Batch   thn.ID   // empty: not about one batch
	Kits    int64    // how many it is about
	Day     thn.Date // expiry; day of sending; first day of the last month with a record
	Lasting Fraction // low: months
	Order   Order    // out, low
	Near    int64    // low: kits here that will have expired by then
	To      thn.ID   // expiring: the site that would use most of them in time; transfer: where to
	Movable int64    // expiring: how many it would use
	Record  thn.ID   // transfer: the record that sent it; recall: the recall
}

// AlertSource adds alerts that are not read off balances. Sites out of the
// actor's reach are dropped afterwards.
type AlertSource func(ctx context.Context, actor thn.Actor, s *Supply) ([]Alert, error)

// Limits of what is worth an alert.
const (
	lowMonths   = 1  // stock for less is low
	lateDays    = 14 // a transfer should have arrived by then
	silentMonth = 3  // full months without any entry
)

// Planner tells what to do about stock.
type Planner struct {
	source  PlanSource
	now     func() time.Time
	sources []AlertSource
}

// NewPlanner makes a planner; further sources tell of what is not in balances.
func NewPlanner(source PlanSource, now func() time.Time, sources ...AlertSource) *Planner {
	return &Planner{source: source, now: now, sources: sources}
}

// Watched is the alerts of a site, or of everything in the actor's reach.
type Watched struct {
	Supply *Supply
	Sites  []thn.Site // those that may be chosen
	Alerts []Alert
}

// Alerts lists what to do about one site, or without one about every site in
// reach, which is for whoever sees the programme's figures.
func (p *Planner) Alerts(ctx context.Context, actor thn.Actor, site thn.ID) (Watched, error) {
	const op = "stock alerts"
	if !actor.May(thn.VerbStock) || site == "" && !actor.May(thn.VerbCoverage) {
		return Watched{}, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	supply, err := ReadSupply(ctx, p.source, actor.Programme.ID, p.today(actor))
	if err != nil {
		return Watched{}, fault.Wrap(op, err)
	}
	w := Watched{Supply: supply, Sites: supply.Reach(actor)}
	if site != "" && !slices.ContainsFunc(w.Sites, func(x thn.Site) bool { return x.ID == site }) {
		return Watched{}, fault.Say(fault.NotFound, op, "problem.not_found_text", nil)
	}
	w.Alerts = supply.Alerts()
	for _, source := range p.sources {
		more, err := source(ctx, actor, supply)
		if err != nil {
			return Watched{}, fault.Wrap(op, err)
		}
		w.Alerts = append(w.Alerts, more...)
	}
	w.Alerts = slices.DeleteFunc(w.Alerts, func(a Alert) bool {
		return site != "" && a.Site != site || !slices.ContainsFunc(w.Sites, func(x thn.Site) bool { return x.ID == a.Site })
	})
	slices.SortStableFunc(w.Alerts, firstToDo)
	return w, nil
}

// Sites lists the open sites whose stock the actor may look at.
func (p *Planner) Sites(ctx context.Context, actor thn.Actor) ([]thn.Site, error) {
	sites, err := p.source.Sites(ctx, actor.Programme.ID)
	s := Supply{Today: p.today(actor), Sites: byID(sites, func(x thn.Site) thn.ID { return x.ID })}
	return s.Reach(actor), fault.Wrap("sites", err)
}

func (p *Planner) today(actor thn.Actor) thn.Date { return actor.Programme.Today(p.now()) }

// Reach lists the sites open today that the actor may look at, by id.
func (s *Supply) Reach(actor thn.Actor) (list []thn.Site) {
	for _, x := range s.Sites {
		if actor.Reaches(x) && x.OpenOn(s.Today) {
			list = append(list, x)
		}
	}
	slices.SortFunc(list, func(a, b thn.Site) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func firstToDo(a, b Alert) int {
	return cmp.Or(cmp.Compare(slices.Index(AlertKinds, a.Kind), slices.Index(AlertKinds, b.Kind)), cmp.Compare(a.Day.String(), b.Day.String()),
		cmp.Compare(b.Kits, a.Kits), cmp.Compare(a.Site, b.Site), cmp.Compare(a.Product, b.Product))
}

// Alerts reads the alerts off the balances of every site.
func (s *Supply) Alerts() (list []Alert) {
	for _, p := range s.Positions {
		list = append(list, s.alertsOf(p)...)
	}
	for id, site := range s.Sites {
		if a, silent := s.silence(id); silent && site.OpenOn(s.Today) {
			list = append(list, a)
		}
	}
	return list
}

func (s *Supply) alertsOf(p Position) (list []Alert) {
	x := p.Plan(s.Today)
	alert := func(a Alert) {
		a.Site, a.Product = p.Site, p.Product
		list = append(list, a)
	}
	for _, h := range p.Holdings {
		if h.Kits > 0 && h.expired(s.Today) {
			alert(Alert{Kind: AlertExpired, Batch: h.Batch, Kits: h.Kits, Day: h.Expiry})
		}
	}
	if short := p.shortfall(); short > 0 {
		alert(Alert{Kind: AlertShortfall, Kits: short})
	}
	order, planned := p.Reorder(s.Today, Target)
	switch {
	case !planned:
	case x.Usable == 0:
		alert(Alert{Kind: AlertOut, Order: order})
	case x.Lasting.Less(Fraction{Num: lowMonths, Den: 1}):
		alert(Alert{Kind: AlertLow, Kits: x.Usable, Lasting: x.Lasting, Order: order, Near: x.Unused})
	}
	for _, f := range x.Fates {
		if f.Unused > 0 && f.Expiry.Before(s.Today.AddDays(Far+1)) {
			to, kits := s.taker(p, f)
			alert(Alert{Kind: AlertExpiring, Batch: f.Batch, Kits: f.Unused, Day: f.Expiry, To: to, Movable: kits})
		}
	}
	return list
}

// shortfall is the kits that nothing in the ledger accounts for: a batch that is
// named and below zero, or everything together. Kits given out without their lot
// are not missing while the shelf as a whole still has them.
func (p Position) shortfall() (kits int64) {
	for _, h := range p.Holdings {
		if h.Batch != "" && h.Kits < 0 {
			kits -= h.Kits
		}
	}
	return max(kits, -onHand(p.Holdings))
}

// taker finds the site that would use most of what will expire here, if it were
// moved there today, with how many.
func (s *Supply) taker(from Position, f Fate) (to thn.ID, kits int64) {
	for _, p := range s.Positions {
		if p.Site == from.Site || p.Product != from.Product || !s.Sites[p.Site].OpenOn(s.Today) {
			continue
		}
		if would := p.room(s.Today, f); would > kits {
			to, kits = p.Site, would
		}
	}
	return to, kits
}

// room is how many kits of a batch a site would use in time, without others of
// its own expiring instead.
func (p Position) room(today thn.Date, f Fate) int64 {
	if !p.Pace.Known() {
		return 0
	}
	more := p
	more.Holdings = append(slices.Clone(p.Holdings), Holding{Expiry: f.Expiry, Kits: f.Unused})
	return f.Unused - (more.Plan(today).Unused - p.Plan(today).Unused)
}

// silence tells of a site without any entry for three full months, or at which
// kits were given out and no stock was ever recorded.
func (s *Supply) silence(site thn.ID) (Alert, bool) {
	a := Alert{Kind: AlertSilent, Site: site, Kits: s.Given[site]}
	if last := s.Last[site]; last != 0 {
		a.Day = thn.MustDate(last/100, time.Month(last%100), 1)
	}
	kept := slices.ContainsFunc(s.Positions, func(p Position) bool { return p.Site == site })
	return a, !kept || a.Day.Before(s.Today.FirstOfMonth().AddMonths(-silentMonth))
}

// Unarrived is the database as the source of late transfers needs it.
type Unarrived interface {
	Unarrived(ctx context.Context, programme thn.ID, before thn.Date) ([]thn.Movement, error)
}

// LateTransfers tells the site that waits of what was sent and has not arrived
// for 14 days.
func LateTransfers(store Unarrived) AlertSource {
	return func(ctx context.Context, actor thn.Actor, s *Supply) (list []Alert, err error) {
		late, err := store.Unarrived(ctx, actor.Programme.ID, s.Today.AddDays(-lateDays))
		for _, m := range late {
			list = append(list, Alert{Kind: AlertTransfer, Site: m.Other, To: m.Site, Product: m.Product, Batch: m.Batch, Kits: int64(m.Kits), Day: m.Day, Record: m.ID})
		}
		return list, err
	}
}
