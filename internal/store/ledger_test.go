package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// shelf is one balance: where, which product, which batch.
type shelf struct {
	holder  thn.Holder
	product thn.ID
	batch   thn.ID
}

// yard is a place with two bags, and a script of what was sent to its ledger.
type yard struct {
	*place
	bags []thn.Bag
	sent []thn.Submission
	last map[thn.ID]bool // records that nothing has replaced and that are no voids
	ids  []thn.ID        // all that were stored, in order
}

func newYard(t *testing.T, p *place) *yard {
	t.Helper()
	y := &yard{place: p, last: map[thn.ID]bool{}}
	for _, site := range []thn.Site{p.harbour, p.mill} {
		b := thn.Bag{ID: thn.NewID(), Site: site.ID, Account: thn.NewID()}
		require.NoError(t, p.OpenBag(context.Background(), p.programme.ID, p.by, b))
		y.bags = append(y.bags, b)
	}
	return y
}

var firstDay = thn.MustDate(2026, time.January, 1)

// anyFact draws a fact: any kind of movement, or kits given out, on any of
// forty days in any order, so that much arrives late.
func (y *yard) anyFact(t *rapid.T) thn.Fact {
	day := firstDay.AddDays(rapid.IntRange(0, 39).Draw(t, "day"))
	site := rapid.SampledFrom([]thn.Site{y.harbour, y.mill}).Draw(t, "site")
	bag := rapid.SampledFrom([]thn.ID{"", y.bags[0].ID, y.bags[1].ID}).Draw(t, "bag")
	batch := rapid.SampledFrom([]thn.ID{"", y.lot.ID}).Draw(t, "batch")
	kind := rapid.SampledFrom(append([]thn.MovementKind{"given", "given"}, thn.MovementKinds...)).Draw(t, "kind")
	kits := rapid.IntRange(1, 30).Draw(t, "kits")
	if kind == "given" {
		d := y.given(thn.Kits(kits))
		d.Day, d.Site, d.Bag, d.Batch = day, site.ID, bag, batch
		return d
	}
	m := thn.Movement{ID: thn.NewID(), Day: day, Kind: kind, Site: site.ID, Bag: bag, Product: y.spray.ID, Batch: batch, Kits: kits}
	switch kind {
	case thn.MovementIssued, thn.MovementReturned:
		m.Bag = y.bags[0].ID
	case thn.MovementSent:
		m.Bag, m.Other = "", y.harbour.ID
		if site.ID == y.harbour.ID {
			m.Other = y.mill.ID
		}
	case thn.MovementReceived, thn.MovementArrived, thn.MovementCarriage, thn.MovementAidOut, thn.MovementAidIn:
		m.Bag = ""
	case thn.MovementCount:
		m.Counted, m.Kits = kits, 0
	}
	return m
}

// step sends one more submission: new, a correction, a void, or one from before.
func (y *yard) step(t *rapid.T) {
	fact := y.anyFact(t)
	sub := thn.Submission{Programme: y.programme.ID, By: y.by, Record: fact}
	what := rapid.SampledFrom([]string{"new", "new", "new", "correct", "void", "replay"}).Draw(t, "what")
	if len(y.ids) > 0 && (what == "correct" || what == "void") {
		sub.Corrects, sub.Why = rapid.SampledFrom(y.ids).Draw(t, "of"), thn.WhyMistake
		if what == "void" {
			blank, err := thn.Blank(fact.RecordKind(), fact.RecordID())
			if err != nil {
				t.Fatal(err)
			}
			sub.Record, sub.Void = blank, true
		}
	}
	if what == "replay" && len(y.sent) > 0 {
		sub = rapid.SampledFrom(y.sent).Draw(t, "again")
	}
	outcomes, err := y.Append(context.Background(), []thn.Submission{sub})
	if err != nil {
		t.Fatalf("append: %v", err)
	}
	if outcomes[0] == thn.Stored {
		y.stored(t, sub)
	}
}

func (y *yard) stored(t *rapid.T, sub thn.Submission) {
	id := sub.Record.RecordID()
	delete(y.last, sub.Corrects)
	if y.sent, y.ids = append(y.sent, sub), append(y.ids, id); sub.Void {
		return
	}
	y.last[id] = true
	if m, ok := sub.Record.(thn.Movement); ok && m.Kind == thn.MovementCount {
		at := shelf{thn.Holder{Site: m.Site}, m.Product, m.Batch}
		if m.Bag != "" {
			at.holder = thn.Holder{Bag: m.Bag}
		}
		if got := y.balances(t, m.Day.AddDays(1))[at]; got != m.Counted {
			t.Fatalf("%d were counted, the ledger then says %d", m.Counted, got)
		}
	}
}

// balances is what the ledger says is where, at the beginning of a day.
func (y *yard) balances(t *rapid.T, before thn.Date) map[shelf]int {
	cells, err := y.Stock(context.Background(), thn.StockQuery{Programme: y.programme.ID, To: before,
		Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByProduct, thn.StockByBatch}})
	if err != nil {
		t.Fatalf("stock: %v", err)
	}
	found := map[shelf]int{}
	for _, c := range cells {
		if c.Kits != 0 {
			found[shelf{thn.Holder{Site: thn.ID(c.Keys[thn.StockBySite]), Bag: thn.ID(c.Keys[thn.StockByBag])},
				thn.ID(c.Keys[thn.StockByProduct]), thn.ID(c.Keys[thn.StockByBatch])}] = int(c.Kits)
		}
	}
	return found
}

// recount reads every record that still counts and adds up what it did.
func (y *yard) recount(t *rapid.T) []thn.StockEntry {
	var ids []thn.ID
	for id := range y.last {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil
	}
	known, err := y.Known(context.Background(), y.programme.ID, ids)
	if err != nil {
		t.Fatalf("known: %v", err)
	}
	var entries []thn.StockEntry
	for _, id := range ids {
		if known[id].Latest != id || known[id].Record == nil {
			t.Fatalf("record %s should be the newest version: %+v", id, known[id])
		}
		entries = append(entries, known[id].Record.Stock()...)
	}
	return entries
}

// Whatever arrives in whatever order, each balance is at every date what the
// records add up to, and opening plus in less out is what is there.
func TestStock_agreesWithARecountAtEveryDate(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		rapid.Check(t, func(rt *rapid.T) {
			y := newYard(t, newPlaceLike(t, p))
			for range rapid.IntRange(1, 30).Draw(rt, "steps") {
				y.step(rt)
			}
			entries := y.recount(rt)
			for range 5 {
				before := firstDay.AddDays(rapid.IntRange(0, 41).Draw(rt, "date"))
				want := map[shelf]int{}
				for _, e := range entries {
					if e.Day.Before(before) {
						want[shelf{e.Holder, e.Product, e.Batch}] += e.Kits
					}
				}
				for at, kits := range want {
					if kits == 0 {
						delete(want, at)
					}
				}
				if got := y.balances(rt, before); fmt.Sprint(got) != fmt.Sprint(want) {
					rt.Fatalf("before %s:\n ledger  %v\n records %v", before, got, want)
				}
			}
			y.checkEveryDay(rt, entries)
			y.checkFlows(rt)
		})
	})
}

// checkEveryDay adds up the days of the ledger one after the other and holds each
// evening against the records of all days up to it.
func (y *yard) checkEveryDay(t *rapid.T, records []thn.StockEntry) {
	cells, err := y.Stock(context.Background(), thn.StockQuery{Programme: y.programme.ID,
		Groups: []thn.StockGroup{thn.StockByDay, thn.StockBySite, thn.StockByBag, thn.StockByProduct, thn.StockByBatch}})
	if err != nil {
		t.Fatalf("stock by day: %v", err)
	}
	ledger, recounted := map[shelf]int{}, map[shelf]int{}
	add := func(sums map[shelf]int, at shelf, kits int) {
		if sums[at] += kits; sums[at] == 0 {
			delete(sums, at)
		}
	}
	for n := range 40 {
		day := firstDay.AddDays(n)
		for _, c := range cells {
			if c.Keys[thn.StockByDay] == day.String() {
				add(ledger, shelf{thn.Holder{Site: thn.ID(c.Keys[thn.StockBySite]), Bag: thn.ID(c.Keys[thn.StockByBag])},
					thn.ID(c.Keys[thn.StockByProduct]), thn.ID(c.Keys[thn.StockByBatch])}, int(c.Kits))
			}
		}
		for _, e := range records {
			if e.Day == day {
				add(recounted, shelf{e.Holder, e.Product, e.Batch}, e.Kits)
			}
		}
		if fmt.Sprint(ledger) != fmt.Sprint(recounted) {
			t.Fatalf("in the evening of %s:\n ledger  %v\n records %v", day, ledger, recounted)
		}
	}
}

// checkFlows holds what went in and out of each shelf on each day, by kind,
// against the balances before and after.
func (y *yard) checkFlows(t *rapid.T) {
	from := firstDay.AddDays(rapid.IntRange(0, 20).Draw(t, "from"))
	to := from.AddDays(rapid.IntRange(1, 25).Draw(t, "days"))
	flows, err := y.Stock(context.Background(), thn.StockQuery{Programme: y.programme.ID, From: from, To: to,
		Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByProduct, thn.StockByBatch, thn.StockByKind}})
	if err != nil {
		t.Fatalf("flows: %v", err)
	}
	after := y.balances(t, from)
	for _, c := range flows {
		at := shelf{thn.Holder{Site: thn.ID(c.Keys[thn.StockBySite]), Bag: thn.ID(c.Keys[thn.StockByBag])},
			thn.ID(c.Keys[thn.StockByProduct]), thn.ID(c.Keys[thn.StockByBatch])}
		if after[at] += int(c.Kits); after[at] == 0 {
			delete(after, at)
		}
	}
	if want := y.balances(t, to); fmt.Sprint(after) != fmt.Sprint(want) {
		t.Fatalf("%s to %s: opening and flows give %v, the ledger says %v", from, to, after, want)
	}
}

// newPlaceLike sets up another programme in the same database, so that a
// property test need not open one for every example.
func newPlaceLike(t *testing.T, p *place) *place { return newPlace(t, p.Store) }

// Two people at the same shelf at the same time: both counts are stored, and the
// ledger says what the later one found.
func TestCounts_atOnceAreComparedOneAfterTheOther(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		move := func(kind thn.MovementKind, kits, counted int) thn.Submission {
			return thn.Submission{Programme: p.programme.ID, By: p.by, Record: thn.Movement{ID: thn.NewID(), Day: firstDay, Kind: kind,
				Site: p.harbour.ID, Product: p.spray.ID, Batch: p.lot.ID, Kits: kits, Counted: counted}}
		}
		require.Equal(t, thn.Stored, p.append(t, move(thn.MovementOpening, 10, 0)))
		done := make(chan error, 8)
		for range 8 {
			go func() {
				_, err := p.Append(context.Background(), []thn.Submission{move(thn.MovementCount, 0, 8)})
				done <- err
			}()
		}
		for range 8 {
			require.NoError(t, <-done)
		}
		cells, err := p.Stock(t.Context(), thn.StockQuery{Programme: p.programme.ID, Groups: []thn.StockGroup{thn.StockByKind}})
		require.NoError(t, err)
		require.Equal(t, []thn.StockCell{{Keys: map[thn.StockGroup]string{thn.StockByKind: "count_adjustment"}, Kits: -2},
			{Keys: map[thn.StockGroup]string{thn.StockByKind: "opening"}, Kits: 10}}, cells)
	})
}

// Thirty-two writers in two programs draw on one batch, on shelf and bag, and
// some of them take back what they drew: nobody is told of a deadlock, and
// nothing is lost.
func TestStock_manyDrawOnOneBatch(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		one := newPlace(t, storetest.Open(t, url))
		stores := []*store.Store{one.Store, one.Store}
		if one.Engine() == store.Postgres { // an SQLite file belongs to one program
			stores[1] = storetest.Open(t, url)
		}
		y := newYard(t, one)
		opening := thn.Movement{ID: thn.NewID(), Day: firstDay, Kind: thn.MovementOpening, Site: one.harbour.ID, Product: one.spray.ID, Batch: one.lot.ID, Kits: 100}
		require.Equal(t, thn.Stored, one.append(t, thn.Submission{Programme: one.programme.ID, By: one.by, Record: opening}))
		const writers, each = 32, 12
		done := make(chan error, writers)
		for w := range writers {
			go func() { done <- y.draw(stores[w%2], w, each) }()
		}
		for range writers {
			require.NoError(t, <-done)
		}
		cells, err := one.Stock(t.Context(), thn.StockQuery{Programme: one.programme.ID, Batches: []thn.ID{one.lot.ID}, Groups: []thn.StockGroup{thn.StockBySite}})
		require.NoError(t, err)
		require.Equal(t, []thn.StockCell{
			{Keys: map[thn.StockGroup]string{thn.StockBySite: ""}, Kits: -writers / 2 * each * 2 / 3},
			{Keys: map[thn.StockGroup]string{thn.StockBySite: string(one.harbour.ID)}, Kits: 100 - writers/2*each*2/3}}, cells,
			"of every three kits drawn one was taken back; below zero is shown, not prevented")
	})
}

// draw gives out so many single kits, and takes every third one back.
func (y *yard) draw(s *store.Store, writer, times int) error {
	for n := range times {
		d := y.given(1)
		d.Batch = y.lot.ID
		if writer%4 < 2 {
			d.Bag = y.bags[0].ID
		}
		subs := []thn.Submission{y.sub(d)}
		if n%3 == 2 {
			subs = append(subs, y.void(d.ID))
		}
		outcomes, err := s.Append(context.Background(), subs)
		if err != nil {
			return err
		}
		for _, o := range outcomes {
			if o != thn.Stored {
				return fmt.Errorf("record %d of writer %d is %s", n, writer, o)
			}
		}
	}
	return nil
}
