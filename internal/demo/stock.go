package demo

import (
	"context"

	"thntracker/internal/thn"
)

// How the demonstration's shelves are filled: each batch that a site gives out
// was there when the ledger began or was delivered before its first record, and
// some of it is left. Days count back from today.
const (
	stockedBefore = recordedDays + 1
	bagFilled     = 6 // the worker gives out of a bag from the next day on
	leftOnShelf   = 24
	leftInBag     = 10
	oldInBag      = 4
)

// openBag makes the bag of the demonstration's worker, filled at the first site.
func (w *world) openBag(ctx context.Context, s Store, by thn.ID) error {
	w.bag = thn.Bag{ID: thn.NewID(), Site: w.sites[0].ID, Account: by}
	return s.OpenBag(ctx, w.founding.Programme.ID, "", w.bag)
}

// shelf is one batch at one site, or in the bag.
type shelf struct {
	site, bag thn.ID
	batch     thn.ID
}

// given is what the invented records take off one shelf, from the first day on.
type given struct {
	first thn.Date
	kits  int
}

// takenOff sums what records take off each shelf.
func takenOff(subs []thn.Submission) map[shelf]given {
	sums := map[shelf]given{}
	for _, sub := range subs {
		d := sub.Record.(thn.Distribution)
		at := shelf{d.Site, d.Bag, d.Batch}
		g := sums[at]
		if g.kits == 0 || d.Day.Before(g.first) {
			g.first = d.Day
		}
		g.kits += int(d.Kits())
		sums[at] = g
	}
	return sums
}

// stock invents the movements behind the records: what was there when the
// ledger began, deliveries, a filled bag, transfers (one of which came in a kit
// short) and a loss. Every shelf stays above zero.
func (w *world) stock(subs []thn.Submission, by thn.ID, today thn.Date) []thn.Submission {
	sums := takenOff(subs)
	var list []thn.Submission
	add := func(m thn.Movement) thn.ID {
		m.ID = thn.NewID()
		list = append(list, thn.Submission{Programme: w.founding.Programme.ID, By: by, Record: m})
		return m.ID
	}
	for _, site := range w.sites {
		for i, b := range w.batches {
			g := sums[shelf{site.ID, "", b.ID}]
			if g.kits == 0 {
				continue
			}
			m := thn.Movement{Site: site.ID, Product: b.Product, Batch: b.ID, Kits: g.kits + leftOnShelf, Kind: thn.MovementReceived, Day: g.first.AddDays(-2), Reference: "DN-" + b.Lot}
			if i != 1 { // in use when the ledger began
				m.Kind, m.Day, m.Reference = thn.MovementOpening, today.AddDays(-stockedBefore), ""
				if i == 0 && site.ID != w.sites[0].ID && site.ID != w.sites[1].ID {
					m.Kits = g.kits // used up, so that the older batch lies at two sites only
				}
			}
			add(m)
		}
	}
	w.carry(sums, today, add)
	w.transfers(today, add)
	return list
}

// carry fills the bag: what was given out of it, and some of two batches left.
func (w *world) carry(sums map[shelf]given, today thn.Date, add func(thn.Movement) thn.ID) {
	site, batch := w.sites[0].ID, w.batches[1]
	kits := sums[shelf{site, w.bag.ID, batch.ID}].kits + leftInBag
	day := today.AddDays(-bagFilled)
	add(thn.Movement{Kind: thn.MovementReceived, Day: day.AddDays(-30), Site: site, Product: batch.Product, Batch: batch.ID, Kits: kits, Reference: "DN-" + batch.Lot + "-2"})
	add(thn.Movement{Kind: thn.MovementIssued, Day: day, Site: site, Bag: w.bag.ID, Product: batch.Product, Batch: batch.ID, Kits: kits})
	old := w.batches[0]
	add(thn.Movement{Kind: thn.MovementIssued, Day: day, Site: site, Bag: w.bag.ID, Product: old.Product, Batch: old.ID, Kits: oldInBag})
}

func (w *world) transfers(today thn.Date, add func(thn.Movement) thn.ID) {
	batch := w.batches[1]
	from, to := w.sites[1].ID, w.sites[3].ID
	for _, t := range []struct{ back, sent, arrived int }{{60, 8, 8}, {20, 6, 5}} {
		m := thn.Movement{Kind: thn.MovementSent, Day: today.AddDays(-t.back), Site: from, Other: to, Product: batch.Product, Batch: batch.ID, Kits: t.sent}
		sent := add(m)
		m.Kind, m.Day, m.Site, m.Other, m.Kits, m.Transfer = thn.MovementArrived, m.Day.AddDays(1), to, from, t.arrived, sent
		add(m)
	}
	add(thn.Movement{Kind: thn.MovementLost, Day: today.AddDays(-40), Site: to, Product: batch.Product, Batch: batch.ID, Kits: 3})
}
