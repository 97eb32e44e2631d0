package recall_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/fault"
	"thntracker/internal/recall"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

var notice = thn.MustDate(2026, time.March, 10)

func noon() time.Time { return time.Date(2026, time.March, 20, 12, 0, 0, 0, time.UTC) }

// depot is a programme with two sites, a bag filled at each, and two batches.
type depot struct {
	*recall.Recalls
	store   *store.Store
	manager thn.Actor
	sites   []thn.Site
	bags    []thn.Bag
	spray   thn.Product
	batches []thn.Batch
}

func newDepot(t require.TestingT, s *store.Store) *depot {
	ctx := context.Background()
	programme := thn.Programme{ID: thn.NewID(), Name: "P", Country: "XD", Zone: "UTC", Fiscal: 4}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Country"}
	d := &depot{Recalls: recall.New(s, noon), store: s, spray: thn.Product{ID: thn.NewID(), Code: "spray", Name: "Spray", Route: "nasal"}}
	require.NoError(t, s.Found(ctx, thn.Founding{Programme: programme, Country: root, Products: []thn.Product{d.spray}}))
	for i, name := range []string{"Harbour", "Mill"} {
		area := thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: name}
		site := thn.Site{ID: thn.NewID(), Area: area.ID, Name: name, Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}
		bag := thn.Bag{ID: thn.NewID(), Site: site.ID, Account: thn.NewID()}
		batch := thn.Batch{ID: thn.NewID(), Product: d.spray.ID, Lot: fmt.Sprint("L", i+1), Expiry: thn.MustDate(2028, time.May, 31)}
		require.NoError(t, s.AddAreas(ctx, programme.ID, "", area))
		require.NoError(t, s.AddSites(ctx, programme.ID, "", site))
		require.NoError(t, s.OpenBag(ctx, programme.ID, "", bag))
		require.NoError(t, s.AddBatches(ctx, programme.ID, "", batch))
		d.sites, d.bags, d.batches = append(d.sites, site), append(d.bags, bag), append(d.batches, batch)
	}
	d.manager = thn.Actor{Account: thn.Account{ID: thn.NewID()}, Programme: programme, Grant: thn.Grant{Programme: programme.ID, Role: thn.RoleManager}}
	return d
}

// worker is bound to a site and may carry its bag.
func (d *depot) worker(i int, carries bool) thn.Actor {
	a := d.manager
	a.Account.ID = thn.NewID()
	if carries {
		a.Account.ID = d.bags[i].Account
	}
	a.Grant = thn.Grant{Programme: a.Programme.ID, Role: thn.RoleWorker, Site: d.sites[i].ID}
	return a
}

func (d *depot) append(t require.TestingT, subs ...thn.Submission) {
	for i := range subs {
		subs[i].Programme, subs[i].By = d.manager.Programme.ID, d.manager.Account.ID
	}
	outcomes, err := d.store.Append(context.Background(), subs)
	require.NoError(t, err)
	for _, o := range outcomes {
		require.Equal(t, thn.Stored, o)
	}
}

func (d *depot) moved(kind thn.MovementKind, site int, kits int, change ...func(*thn.Movement)) thn.Movement {
	m := thn.Movement{ID: thn.NewID(), Day: notice.AddDays(-5), Kind: kind, Site: d.sites[site].ID, Product: d.spray.ID, Batch: d.batches[0].ID, Kits: kits}
	for _, c := range change {
		c(&m)
	}
	return m
}

func (d *depot) bag(i int) func(*thn.Movement) {
	return func(m *thn.Movement) { m.Bag = d.bags[i].ID }
}

func after(m *thn.Movement) { m.Day = notice.AddDays(2) }

func (d *depot) given(site int, day thn.Date, kits int, bag thn.ID) thn.Distribution {
	s := d.sites[site]
	return thn.Distribution{ID: thn.NewID(), Day: day, Site: s.ID, Area: s.Area, Setting: s.Setting, Channel: s.Channel, Supplier: s.Supplier, Product: d.spray.ID, Batch: d.batches[0].ID,
		Bag: bag, Training: "brief", Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: thn.Kits(kits)}}}
}

func (d *depot) notice(lots ...string) recall.Notice {
	return recall.Notice{Lots: lots, Recall: thn.Recall{ID: thn.NewID(), Product: d.spray.ID, Day: notice, Source: "the maker", Reference: "R/1", Action: thn.RecallQuarantine}}
}

// example is a recall of which everything has happened: 60 kits received, 12 of
// them in a bag, 5 given out before the notice and 3 after, 20 cleared.
func example(t *testing.T, s *store.Store) (*depot, thn.Recall) {
	d := newDepot(t, s)
	n := d.notice("l1")
	require.NoError(t, d.Start(t.Context(), d.manager, n))
	d.append(t, thn.Submission{Record: d.moved(thn.MovementReceived, 0, 60)}, thn.Submission{Record: d.moved(thn.MovementIssued, 0, 12, d.bag(0))},
		thn.Submission{Record: d.given(0, notice.AddDays(-20), 5, "")}, thn.Submission{Record: d.given(0, notice, 3, d.bags[0].ID)},
		thn.Submission{Record: d.moved(thn.MovementRecalled, 0, 20, after, func(m *thn.Movement) { m.Recall = n.Recall.ID })},
		thn.Submission{Record: d.moved(thn.MovementReceived, 1, 7)})
	r, err := d.Find(t.Context(), d.manager, n.Recall.ID)
	require.NoError(t, err)
	return d, r
}

func TestTrace_followsABatchToTheLastBag(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d, r := example(t, s)
		trace, err := d.Trace(t.Context(), d.manager, r.Batches, r.Day)
		require.NoError(t, err)
		type row struct {
			site                                string
			bag                                 bool
			notice, cleared, given, moved, left int64
		}
		var got []row
		for _, p := range trace.Places {
			got = append(got, row{p.Site.Name, p.Holder.Bag != "", p.Notice, p.Cleared, p.Given, p.Moved, p.Left})
		}
		require.Equal(t, []row{{"Harbour", false, 43, 20, 0, 0, 23}, {"Harbour", true, 12, 0, 3, 0, 9}, {"Mill", false, 7, 0, 0, 0, 7}}, got)
		cleared, of, places := trace.Progress()
		require.Equal(t, []int64{20, 59, 3}, []int64{cleared, of, int64(places)})
		require.Equal(t, []recall.Out{{Site: d.sites[0], Month: 202602, Kits: 5}, {Site: d.sites[0], Month: 202603, Kits: 3}}, trace.Out)
	})
}

func TestTrace_endsWhereTheActorsReachEnds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d, r := example(t, s)
		for name, c := range map[string]struct {
			actor  thn.Actor
			places int
		}{"manager": {d.manager, 3}, "worker of the harbour": {d.worker(0, false), 2}, "worker of the mill": {d.worker(1, false), 1}} {
			held, err := d.Held(t.Context(), c.actor)
			require.NoError(t, err)
			require.Len(t, held, 1, name)
			require.Len(t, held[0].Places, c.places, name)
			movements, err := d.Movements(t.Context(), c.actor, r)
			require.NoError(t, err)
			require.Len(t, movements, map[bool]int{true: 0, false: 1}[name == "worker of the mill"], name)
		}
		carrier := d.worker(1, false)
		carrier.Account.ID = d.bags[0].Account
		held, err := d.Held(t.Context(), carrier)
		require.NoError(t, err)
		require.Len(t, held[0].Places, 2, "their own bag, wherever it was filled")

		_, err = d.Trace(t.Context(), thn.Actor{Programme: d.manager.Programme, Grant: thn.Grant{Role: thn.RoleAdvocate}}, r.Batches, r.Day)
		require.True(t, fault.Is(err, fault.Denied))
		require.NoError(t, d.Lift(t.Context(), d.manager, r.ID, notice.AddDays(3), "tests passed"))
		held, err = d.Held(t.Context(), d.manager)
		require.NoError(t, err)
		require.Empty(t, held, "nothing to warn of once it is lifted")
	})
}

func TestStart_saysWhatToPutRight(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDepot(t, s)
		for name, c := range map[string]struct {
			change     func(n *recall.Notice)
			field, key string
		}{
			"no lot":              {func(n *recall.Notice) { n.Lots = nil }, "lots", "recall.lots_missing"},
			"an unknown lot":      {func(n *recall.Notice) { n.Lots = []string{"L1", "ZZ9"} }, "lots", "recall.lot_unknown"},
			"a lot that is gone":  {func(n *recall.Notice) { n.Recall.Batches = []thn.ID{thn.NewID()} }, "batch", "recall.lot_other"},
			"no such product":     {func(n *recall.Notice) { n.Recall.Product = thn.NewID() }, "product", "setup.product_unknown"},
			"no source":           {func(n *recall.Notice) { n.Recall.Source = " " }, "source", "recall.source_missing"},
			"a day ahead":         {func(n *recall.Notice) { n.Recall.Day = thn.MustDate(2026, time.March, 21) }, "day", "intake.day_ahead"},
			"no day":              {func(n *recall.Notice) { n.Recall.Day = thn.Date{} }, "day", "intake.day_ahead"},
			"an unknown action":   {func(n *recall.Notice) { n.Recall.Action = "burn" }, "action", "setup.choose_list"},
			"a letter as the key": {func(n *recall.Notice) { n.Recall.Reference = string(make([]byte, 61)) }, "reference", "recall.reference_long"},
		} {
			n := d.notice("L1")
			c.change(&n)
			fields := fault.FieldsOf(d.Start(t.Context(), d.manager, n))
			require.NotEmpty(t, fields, name)
			require.Equal(t, []string{c.field, c.key}, []string{fields[0].Name, fields[0].Key}, name)
		}
		unknown, err := d.Unknown(t.Context(), d.manager, d.notice("ZZ9", "l2", "YY"))
		require.NoError(t, err)
		require.Equal(t, []string{"ZZ9", "YY"}, unknown)

		n := d.notice("L1", "l1")
		n.Recall.Batches = []thn.ID{d.batches[0].ID, d.batches[1].ID}
		for range 2 { // the button pressed twice
			require.NoError(t, d.Start(t.Context(), d.manager, n))
		}
		list, err := d.List(t.Context(), d.manager)
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.ElementsMatch(t, n.Recall.Batches, list[0].Batches)
	})
}

func TestRecalls_areStartedAndLiftedForTheWholeProgramme(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDepot(t, s)
		local := d.manager
		local.Grant.Area, local.Areas = d.sites[0].Area, []thn.ID{d.sites[0].Area}
		n := d.notice("L1")
		for _, actor := range []thn.Actor{local, d.worker(0, true)} {
			require.True(t, fault.Is(d.Start(t.Context(), actor, n), fault.Denied))
		}
		require.NoError(t, d.Start(t.Context(), d.manager, n))
		id := n.Recall.ID
		for _, actor := range []thn.Actor{local, d.worker(0, true)} {
			require.True(t, fault.Is(d.Lift(t.Context(), actor, id, notice, "x"), fault.Denied))
		}
		require.Equal(t, "source", fault.FieldsOf(d.Lift(t.Context(), d.manager, id, notice, " "))[0].Name)
		require.Equal(t, "from", fault.FieldsOf(d.Lift(t.Context(), d.manager, id, notice.AddDays(-1), "x"))[0].Name)
		require.NoError(t, d.Lift(t.Context(), d.manager, id, notice, "x"))
		require.True(t, fault.Is(d.Lift(t.Context(), d.manager, id, notice, "x"), fault.Conflict))
		require.True(t, fault.Is(d.Lift(t.Context(), d.manager, thn.NewID(), notice, "x"), fault.NotFound))
	})
}

// For any ledger, at every place: what was there at the notice is cleared, given
// out since, moved otherwise, or left; and each of them is what a recount of the
// records that still count finds.
func TestTrace_equalsARecountOfRandomLedgers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		rapid.Check(t, func(t *rapid.T) {
			d := newDepot(t, s)
			current := d.live(t, rapid.IntRange(1, 14).Draw(t, "records"))
			trace, err := d.Trace(context.Background(), d.manager, []thn.ID{d.batches[0].ID, d.batches[1].ID}, notice)
			require.NoError(t, err)
			want := map[string][5]int64{}
			for _, f := range current {
				for _, e := range f.Stock() {
					key := fmt.Sprint(e.Holder, e.Batch)
					w := want[key]
					kits := int64(e.Kits)
					w[4] += kits
					switch {
					case e.Day.Before(notice):
						w[0] += kits
					case e.Kind == thn.EntryKind(thn.MovementRecalled):
						w[1] -= kits
					case e.Kind == thn.EntryGiven:
						w[2] -= kits
					default:
						w[3] -= kits
					}
					want[key] = w
				}
			}
			for _, p := range trace.Places {
				require.Equal(t, p.Notice, p.Cleared+p.Given+p.Moved+p.Left)
				key := fmt.Sprint(p.Holder, p.Batch.ID)
				require.Equal(t, want[key], [5]int64{p.Notice, p.Cleared, p.Given, p.Moved, p.Left})
				delete(want, key)
			}
			for key, w := range want {
				require.Zero(t, w, key)
			}
		})
	})
}

// live makes random records, corrects and voids some, and gives those that count.
func (d *depot) live(t *rapid.T, n int) (current []thn.Fact) {
	for range n {
		f := d.random(t)
		sub := thn.Submission{Record: f}
		if len(current) > 0 && rapid.IntRange(0, 3).Draw(t, "replace") == 0 {
			i := rapid.IntRange(0, len(current)-1).Draw(t, "which")
			if old := current[i]; old.RecordKind() == f.RecordKind() {
				sub.Corrects, sub.Why = old.RecordID(), thn.WhyMistake
				if rapid.Bool().Draw(t, "void") {
					f, _ = thn.Blank(old.RecordKind(), f.RecordID()) // a kind that has blanks
					sub.Record, sub.Void = f, true
				}
				current = append(current[:i], current[i+1:]...)
			}
		}
		d.append(t, sub)
		if !sub.Void {
			current = append(current, f)
		}
	}
	return current
}

func (d *depot) random(t *rapid.T) thn.Fact {
	day, site := notice.AddDays(rapid.IntRange(-3, 3).Draw(t, "day")), rapid.IntRange(0, 1).Draw(t, "site")
	kits, batch := rapid.IntRange(1, 30).Draw(t, "kits"), d.batches[rapid.IntRange(0, 1).Draw(t, "batch")].ID
	bag := rapid.SampledFrom([]thn.ID{"", d.bags[0].ID, d.bags[1].ID}).Draw(t, "bag")
	if rapid.Bool().Draw(t, "given") {
		g := d.given(site, day, kits, bag)
		g.Batch = batch
		return g
	}
	m := d.moved(rapid.SampledFrom([]thn.MovementKind{thn.MovementOpening, thn.MovementReceived, thn.MovementIssued, thn.MovementReturned, thn.MovementSent,
		thn.MovementRecalled, thn.MovementLost, thn.MovementExpired}).Draw(t, "kind"), site, kits)
	m.Day, m.Batch, m.Bag = day, batch, bag
	switch {
	case m.Kind == thn.MovementSent:
		m.Bag, m.Other = "", d.sites[1-site].ID
	case m.Kind == thn.MovementReceived:
		m.Bag = ""
	case m.Between() && m.Bag == "":
		m.Bag = d.bags[0].ID
	}
	return m
}
