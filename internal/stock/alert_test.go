package stock_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/stock"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// The day of these tests is 1 March 2026: the pace is of December to February,
// 90 days.
var day = thn.DateOf(storetest.Noon, time.UTC)

func now() time.Time { return storetest.Noon }

// programme is one with two sites, a spray with two lots, and a bag at the first.
type programme struct {
	*store.Store
	thn.Programme
	intake        *intake.Intake
	harbour, mill thn.Site
	spray         thn.Product
	soon, late    thn.Batch
	bag           thn.Bag
	manager       thn.Actor
	worker        thn.Actor // at the mill only
}

func newProgramme(t *testing.T, s *store.Store, name string) *programme {
	t.Helper()
	ctx := context.Background()
	p := &programme{Store: s, intake: intake.New(s, now), Programme: thn.Programme{ID: thn.NewID(), Name: name, Country: "XD", Zone: "UTC", Fiscal: 4}}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: "XD", Name: name + " land"}
	p.spray = thn.Product{ID: thn.NewID(), Code: "spray", Name: "Spray", Route: "nasal"}
	require.NoError(t, s.Found(ctx, thn.Founding{Programme: p.Programme, Country: root, Products: []thn.Product{p.spray}}))
	p.harbour = thn.Site{ID: thn.NewID(), Area: root.ID, Name: name + " harbour", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	p.mill = thn.Site{ID: thn.NewID(), Area: root.ID, Name: name + " mill", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	require.NoError(t, s.AddSites(ctx, p.ID, "", p.harbour, p.mill))
	p.soon = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "S1", Expiry: day.AddDays(29)}
	p.late = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "L1", Expiry: day.AddDays(700)}
	require.NoError(t, s.AddBatches(ctx, p.ID, "", p.soon, p.late))
	p.bag = thn.Bag{ID: thn.NewID(), Site: p.harbour.ID, Account: thn.NewID()}
	require.NoError(t, s.OpenBag(ctx, p.ID, "", p.bag))
	p.manager = thn.Actor{Account: thn.Account{ID: thn.NewID()}, Programme: p.Programme, Grant: thn.Grant{Role: thn.RoleManager}}
	p.worker = thn.Actor{Account: thn.Account{ID: p.bag.Account}, Programme: p.Programme, Grant: thn.Grant{Role: thn.RoleWorker, Site: p.mill.ID}}
	return p
}

func each(t *testing.T, body func(t *testing.T, p *programme)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) { body(t, newProgramme(t, s, "One")) })
}

// store puts facts into the ledger as they are.
func (p *programme) store(t *testing.T, facts ...thn.Fact) {
	t.Helper()
	for _, f := range facts {
		out, err := p.Append(t.Context(), []thn.Submission{{Programme: p.ID, Record: f}})
		require.NoError(t, err)
		require.Equal(t, thn.Stored, out[0])
	}
}

func (p *programme) move(kind thn.MovementKind, site thn.Site, batch thn.Batch, ago, kits int, change ...func(*thn.Movement)) thn.Movement {
	m := thn.Movement{ID: thn.NewID(), Day: day.AddDays(-ago), Kind: kind, Site: site.ID, Product: p.spray.ID, Batch: batch.ID, Kits: kits}
	for _, c := range change {
		c(&m)
	}
	return m
}

func (p *programme) give(site thn.Site, batch thn.Batch, ago, kits int, bag thn.ID) (list []thn.Fact) {
	for ; kits > 0; kits -= thn.MaxKits {
		list = append(list, thn.Distribution{ID: thn.NewID(), Day: day.AddDays(-ago), Site: site.ID, Area: site.Area, Setting: site.Setting, Supplier: site.Supplier, Channel: site.Channel,
			Product: p.spray.ID, Batch: batch.ID, Training: "brief", Bag: bag, Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: thn.Kits(min(kits, thn.MaxKits))}}})
	}
	return list
}

func (p *programme) alerts(t *testing.T, site thn.ID) []stock.Alert {
	t.Helper()
	w, err := stock.NewPlanner(p.Store, now, stock.LateTransfers(p.Store)).Alerts(t.Context(), p.manager, site)
	require.NoError(t, err)
	return w.Alerts
}

func kindsOf(list []stock.Alert) (kinds []stock.AlertKind) {
	for _, a := range list {
		kinds = append(kinds, a.Kind)
	}
	return kinds
}

func TestAlerts_bagsCountWithTheirSite(t *testing.T) {
	each(t, func(t *testing.T, p *programme) {
		p.store(t, p.move(thn.MovementOpening, p.harbour, p.late, 120, 70),
			p.move(thn.MovementIssued, p.harbour, p.late, 100, 65, func(m *thn.Movement) { m.Bag = p.bag.ID }))
		p.store(t, p.give(p.harbour, p.late, 40, 60, p.bag.ID)...)
		s, err := stock.ReadSupply(t.Context(), p.Store, p.ID, day)
		require.NoError(t, err)
		require.Len(t, s.Positions, 1)
		x := s.Positions[0].Plan(day)
		require.Equal(t, []int64{10, 60}, []int64{x.OnHand, x.Pace.Kits}, "five on the shelf, five in the bag")
		require.Equal(t, stock.Fraction{Num: 30, Den: 60}, x.Lasting)
		got := p.alerts(t, p.harbour.ID)
		require.Equal(t, []stock.AlertKind{stock.AlertLow}, kindsOf(got))
		require.Equal(t, stock.Order{Months: 3, Need: 60, Have: 10, Kits: 50}, got[0].Order)
	})
}

func TestAlerts_whatToDoFirst(t *testing.T) {
	each(t, func(t *testing.T, p *programme) {
		gone := thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "G1", Expiry: day.AddDays(-1)}
		require.NoError(t, p.AddBatches(t.Context(), p.ID, "", gone))
		// The harbour has 50 of a lot that lasts 30 more days and gives 10 a month; three
		// of another lot that it never had must have been of these. The mill gives 60.
		p.store(t, p.move(thn.MovementOpening, p.harbour, p.soon, 150, 80), p.move(thn.MovementOpening, p.harbour, gone, 150, 4),
			p.move(thn.MovementOpening, p.mill, p.late, 150, 300),
			p.move(thn.MovementSent, p.harbour, p.late, 15, 1, func(m *thn.Movement) { m.Other = p.mill.ID }),
			p.move(thn.MovementSent, p.harbour, p.late, 14, 2, func(m *thn.Movement) { m.Other = p.mill.ID }))
		p.store(t, append(p.give(p.harbour, p.soon, 40, 30, ""), p.give(p.mill, p.late, 40, 180, "")...)...)
		got := p.alerts(t, "")
		require.Equal(t, []stock.AlertKind{stock.AlertExpired, stock.AlertShortfall, stock.AlertTransfer, stock.AlertExpiring}, kindsOf(got))
		require.Equal(t, []int64{4, 3, 1, 37}, []int64{got[0].Kits, got[1].Kits, got[2].Kits, got[3].Kits})
		require.Equal(t, []thn.ID{p.harbour.ID, p.harbour.ID, p.mill.ID, p.harbour.ID}, []thn.ID{got[0].Site, got[1].Site, got[2].Site, got[3].Site})
		require.Equal(t, p.soon.Expiry, got[3].Day)
		require.Equal(t, []any{p.mill.ID, int64(37)}, []any{got[3].To, got[3].Movable}, "the mill gives two a day")
	})
}

func TestAlerts_outAndSilent(t *testing.T) {
	each(t, func(t *testing.T, p *programme) {
		require.Equal(t, []stock.AlertKind{stock.AlertSilent, stock.AlertSilent}, kindsOf(p.alerts(t, "")), "two sites that never recorded anything")
		p.store(t, p.move(thn.MovementOpening, p.harbour, p.late, 150, 12))
		p.store(t, append(p.give(p.harbour, p.late, 40, 12, ""), p.give(p.mill, p.late, 40, 7, "")...)...)
		got := p.alerts(t, "")
		require.Equal(t, []stock.AlertKind{stock.AlertOut, stock.AlertSilent}, kindsOf(got))
		require.Equal(t, int64(12), got[0].Order.Kits)
		require.Equal(t, []any{p.mill.ID, int64(7)}, []any{got[1].Site, got[1].Kits}, "given out where no stock was ever kept is not a shortfall")
		p.store(t, p.move(thn.MovementReceived, p.harbour, p.late, 0, 12), p.move(thn.MovementOpening, p.mill, p.late, 0, 40))
		require.Empty(t, p.alerts(t, ""), "three months' worth on either shelf")
	})
}

func TestAlerts_aTransferThatArrivedUnderACorrection(t *testing.T) {
	each(t, func(t *testing.T, p *programme) {
		sent := p.move(thn.MovementSent, p.harbour, p.late, 30, 5, func(m *thn.Movement) { m.Other = p.mill.ID })
		p.store(t, p.move(thn.MovementOpening, p.harbour, p.late, 30, 50), p.move(thn.MovementOpening, p.mill, p.late, 30, 50), sent)
		require.Equal(t, []stock.AlertKind{stock.AlertTransfer}, kindsOf(p.alerts(t, "")))
		arrived := p.move(thn.MovementArrived, p.mill, p.late, 20, 5, func(m *thn.Movement) { m.Other, m.Transfer = p.harbour.ID, sent.ID })
		p.store(t, arrived)
		require.Empty(t, p.alerts(t, ""))
		again := sent
		again.ID, again.Kits = thn.NewID(), 6
		out, err := p.Append(t.Context(), []thn.Submission{{Programme: p.ID, Record: again, Corrects: sent.ID, Why: thn.WhyMistake}})
		require.NoError(t, err)
		require.Equal(t, thn.Stored, out[0])
		require.Empty(t, p.alerts(t, ""), "what arrived names the version before")
		out, err = p.Append(t.Context(), []thn.Submission{{Programme: p.ID, Record: thn.Movement{ID: thn.NewID()}, Corrects: arrived.ID, Void: true, Why: thn.WhyMistake}})
		require.NoError(t, err)
		require.Equal(t, thn.Stored, out[0])
		require.Equal(t, []stock.AlertKind{stock.AlertTransfer}, kindsOf(p.alerts(t, "")), "it did not arrive after all")
	})
}

func TestAlerts_newSiteHasNotEnoughOfARecord(t *testing.T) {
	each(t, func(t *testing.T, p *programme) {
		// It began on 10 January: of the three months only February is whole.
		p.store(t, p.move(thn.MovementOpening, p.harbour, p.late, 50, 100))
		p.store(t, append(p.give(p.harbour, p.late, 45, 50, ""), p.give(p.harbour, p.late, 10, 14, "")...)...)
		s, err := stock.ReadSupply(t.Context(), p.Store, p.ID, day)
		require.NoError(t, err)
		require.Equal(t, stock.Pace{Kits: 14, Months: 1, Days: 28}, s.Positions[0].Pace)
		s, err = stock.ReadSupply(t.Context(), p.Store, p.ID, day.AddDays(-2))
		require.NoError(t, err)
		require.False(t, s.Positions[0].Pace.Known())
	})
}

func TestAlerts_whoSeesWhat(t *testing.T) {
	t.Parallel()
	p := newProgramme(t, storetest.SQLite(t), "One")
	planner := stock.NewPlanner(p.Store, now, func(_ context.Context, _ thn.Actor, s *stock.Supply) ([]stock.Alert, error) {
		return []stock.Alert{{Kind: stock.AlertRecall, Site: p.mill.ID, Kits: 1}, {Kind: stock.AlertRecall, Site: p.harbour.ID, Kits: 2}}, nil
	})
	w, err := planner.Alerts(t.Context(), p.worker, p.mill.ID)
	require.NoError(t, err)
	require.Equal(t, []stock.AlertKind{stock.AlertRecall, stock.AlertSilent}, kindsOf(w.Alerts), "a further source is told with the rest, within reach")
	require.Len(t, w.Sites, 1)
	_, err = planner.Alerts(t.Context(), p.worker, p.harbour.ID)
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	_, err = planner.Alerts(t.Context(), p.worker, "")
	require.True(t, fault.Is(err, fault.Denied), "%v", err)
	advocate := p.manager
	advocate.Grant.Role = thn.RoleAdvocate
	_, err = planner.Alerts(t.Context(), advocate, p.mill.ID)
	require.True(t, fault.Is(err, fault.Denied), "%v", err)
	_, err = planner.Alerts(t.Context(), p.manager, thn.NewID())
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	_, err = stock.NewPlanner(storetest.Broken(t), now).Alerts(t.Context(), p.manager, "")
	require.Error(t, err)
}
