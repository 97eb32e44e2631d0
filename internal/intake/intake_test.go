package intake_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/lang"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
	"thntracker/web"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// today is the programme's day at storetest.Noon.
var today = thn.MustDate(2026, time.March, 1)

// place is a programme with two regions, some sites and two products.
type place struct {
	*intake.Intake
	store                      *store.Store
	programme                  thn.Programme
	north                      thn.Area
	harbour, mill, shut        thn.Site // mill lies in the other region; shut closed in February
	spray, old                 thn.Product
	fresh, past, other, pulled thn.Batch // past expired in February; other is old's; pulled is closed
	worker, manager            thn.Actor
}

func newPlace(t *testing.T, s *store.Store, now time.Time) *place {
	t.Helper()
	ctx := context.Background()
	p := &place{Intake: intake.New(s, func() time.Time { return now }), store: s}
	p.programme = thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "Asia/Kolkata", Fiscal: 4}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Testland"}
	p.north = thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "North"}
	south := thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "South"}
	p.harbour = thn.Site{ID: thn.NewID(), Area: p.north.ID, Name: "Harbour", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	p.mill = thn.Site{ID: thn.NewID(), Area: south.ID, Name: "Mill", Setting: "prison", Channel: thn.ChannelPrison, Supplier: "prison_staff"}
	p.shut = thn.Site{ID: thn.NewID(), Area: p.north.ID, Name: "Shut", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "doctor", Closed: thn.MustDate(2026, 2, 1)}
	p.spray = thn.Product{ID: thn.NewID(), Code: "spray", Name: "Spray", Route: "nasal"}
	p.old = thn.Product{ID: thn.NewID(), Code: "old", Name: "Old", Route: "nasal", Closed: true}
	p.fresh = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "F", Expiry: thn.MustDate(2027, 1, 31)}
	p.past = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "P", Expiry: thn.MustDate(2026, 2, 28)}
	p.pulled = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "C", Expiry: thn.MustDate(2027, 1, 31), Closed: true}
	p.other = thn.Batch{ID: thn.NewID(), Product: p.old.ID, Lot: "O", Expiry: thn.MustDate(2027, 1, 31)}
	p.worker = thn.Actor{Account: thn.Account{ID: thn.NewID(), Handle: "worker"}, Programme: p.programme,
		Grant: thn.Grant{ID: thn.NewID(), Programme: p.programme.ID, Role: thn.RoleWorker, Area: p.north.ID}, Areas: []thn.ID{p.north.ID}}
	p.manager = p.worker
	p.manager.Account = thn.Account{ID: thn.NewID(), Handle: "manager"}
	p.manager.Grant.Role = thn.RoleManager
	require.NoError(t, s.Found(ctx, thn.Founding{Programme: p.programme, Country: root, Products: []thn.Product{p.spray, p.old}}))
	require.NoError(t, s.AddAreas(ctx, p.programme.ID, "", p.north, south))
	require.NoError(t, s.AddSites(ctx, p.programme.ID, "", p.harbour, p.mill, p.shut))
	require.NoError(t, s.AddBatches(ctx, p.programme.ID, "", p.fresh, p.past, p.other, p.pulled))
	return p
}

// given is a record of a first kit given out at the harbour today.
func (p *place) given() thn.Distribution {
	return thn.Distribution{ID: thn.NewID(), Day: today, Site: p.harbour.ID, Product: p.spray.ID, Batch: p.fresh.ID, Training: "brief",
		Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1}}}
}

func (p *place) kits(t *testing.T) int64 {
	t.Helper()
	cells, err := p.store.Tally(context.Background(), thn.Query{Programme: p.programme.ID, Period: thn.Period{From: thn.MustDate(2020, 1, 1), To: thn.MustDate(2030, 1, 1)}})
	require.NoError(t, err)
	return cells[0].Kits
}

func (p *place) held(t *testing.T) []thn.HeldRecord {
	t.Helper()
	held, err := p.store.HeldRecords(context.Background(), p.programme.ID)
	require.NoError(t, err)
	return held
}

func each(t *testing.T, body func(t *testing.T, p *place)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) { body(t, newPlace(t, s, storetest.Noon)) })
}

func TestRecord_fillsFromTheSite(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given()
		d.Training, d.Area = "", thn.NewID()
		got, err := p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		require.Equal(t, intake.Result{ID: d.ID, Outcome: thn.Stored}, got)
		stored, e, err := p.store.Fact(t.Context(), p.programme.ID, d.ID)
		require.NoError(t, err)
		d.Area, d.Setting, d.Channel, d.Supplier, d.Training = p.north.ID, "needle_exchange", thn.ChannelCommunity, "nurse", "not_asked"
		require.Equal(t, d, stored)
		require.Equal(t, p.worker.Account.ID, e.By)

		again, err := p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		require.Equal(t, thn.Duplicate, again.Outcome)
		d.Day = today.AddDays(-1)
		other, err := p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		require.Equal(t, intake.Result{ID: d.ID, Outcome: thn.Held, Cause: "other_content"}, other)
		require.Equal(t, int64(1), p.kits(t))
	})
}

func TestRecord_keepsWhatTheRecordSays(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given()
		d.Setting, d.Channel, d.Supplier = "street_outreach", thn.ChannelPeer, thn.SupplierPeer
		_, err := p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		stored, _, err := p.store.Fact(t.Context(), p.programme.ID, d.ID)
		require.NoError(t, err)
		d.Area = p.north.ID
		require.Equal(t, d, stored)
	})
}

// brokenCases are records that break one rule each: the field a form marks and
// the cause a phone's record is held under.
func brokenCases(p *place) map[string]struct {
	edit         func(*thn.Distribution)
	field, cause string
} {
	type c = struct {
		edit         func(*thn.Distribution)
		field, cause string
	}
	return map[string]c{
		"unknown site":         {func(d *thn.Distribution) { d.Site = thn.NewID() }, "site", "site_unknown"},
		"site out of reach":    {func(d *thn.Distribution) { d.Site = p.mill.ID }, "site", "site_reach"},
		"site closed":          {func(d *thn.Distribution) { d.Site = p.shut.ID }, "site", "site_closed"},
		"tomorrow":             {func(d *thn.Distribution) { d.Day = today.AddDays(1) }, "day", "day_ahead"},
		"93 days back":         {func(d *thn.Distribution) { d.Day = today.AddDays(-93) }, "day", "day_old"},
		"unknown product":      {func(d *thn.Distribution) { d.Product = thn.NewID(); d.Batch = "" }, "product", "product_unknown"},
		"closed product":       {func(d *thn.Distribution) { d.Product, d.Batch = p.old.ID, p.other.ID }, "product", "product_closed"},
		"batch of another kit": {func(d *thn.Distribution) { d.Batch = p.other.ID }, "product", "batch_unknown"},
		"unknown batch":        {func(d *thn.Distribution) { d.Batch = thn.NewID() }, "product", "batch_unknown"},
		"closed batch":         {func(d *thn.Distribution) { d.Batch = p.pulled.ID }, "product", "batch_closed"},
	}
}

func TestRecord_saysWhatToPutRight(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for name, c := range brokenCases(p) {
			d := p.given()
			c.edit(&d)
			_, err := p.Record(t.Context(), p.worker, d)
			require.True(t, fault.Is(err, fault.Invalid), name)
			require.Equal(t, []fault.Field{{Name: c.field, Key: "intake." + c.cause}}, fault.FieldsOf(err), name)
		}
		require.Zero(t, p.kits(t))
		require.Empty(t, p.held(t))
	})
}

func TestRecord_lastDaysThatCount(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given()
		d.Day = today.AddDays(-92)
		_, err := p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		d = p.given()
		d.Day = today.AddDays(-93)
		_, err = p.Record(t.Context(), p.manager, d)
		require.NoError(t, err, "a manager may enter older days")
		d = p.given()
		d.Site, d.Day = p.shut.ID, thn.MustDate(2026, 1, 31)
		_, err = p.Record(t.Context(), p.worker, d)
		require.NoError(t, err, "the site was open on that day")
	})
}

// A site that has closed takes nothing in and gives nothing out, but what still
// lies there has to leave the ledger.
func TestRecord_closedSiteIsCleared(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		m := thn.Movement{Day: today, Site: p.shut.ID, Product: p.given().Product, Kits: 2}
		for _, kind := range []thn.MovementKind{thn.MovementSent, thn.MovementRecalled, thn.MovementLost, thn.MovementCount} {
			m.ID, m.Kind, m.Other = thn.NewID(), kind, ""
			if kind == thn.MovementSent {
				m.Other = p.harbour.ID
			}
			_, err := p.Record(t.Context(), p.manager, m)
			require.NoError(t, err, kind)
		}
		for _, kind := range []thn.MovementKind{thn.MovementReceived, thn.MovementOpening} {
			m.ID, m.Kind, m.Other = thn.NewID(), kind, ""
			_, err := p.Record(t.Context(), p.manager, m)
			require.Equal(t, "intake.site_closed", fault.FieldsOf(err)[0].Key, kind)
		}
	})
}

// At 19:00 UTC it is tomorrow already in the programme's zone.
func TestRecord_dayIsTheProgrammes(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), time.Date(2026, 2, 28, 19, 0, 0, 0, time.UTC))
	_, err := p.Record(t.Context(), p.worker, p.given())
	require.NoError(t, err)
	d := p.given()
	d.Day = today.AddDays(1)
	_, err = p.Record(t.Context(), p.worker, d)
	require.Equal(t, "intake.day_ahead", fault.FieldsOf(err)[0].Key)
}

func TestRecord_expiryNeverBlocks(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given()
		d.Batch = p.past.ID
		got, err := p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		require.Equal(t, intake.Result{ID: d.ID, Outcome: thn.Stored, Expired: true}, got)
		d = p.given()
		d.Batch, d.Day = p.past.ID, p.past.Expiry
		got, err = p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		require.False(t, got.Expired, "the printed day itself is still good")
	})
}

func TestRecord_refusesRolesThatMayNot(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), storetest.Noon)
	advocate := p.worker
	advocate.Grant.Role = thn.RoleAdvocate
	disabled := p.worker
	disabled.Account.Disabled = true
	for _, actor := range []thn.Actor{advocate, disabled, {Programme: p.programme}} {
		_, err := p.Record(t.Context(), actor, p.given())
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
		_, err = p.Sync(t.Context(), actor, []intake.Incoming{{}})
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
		_, err = p.Void(t.Context(), actor, thn.NewID(), thn.NewID(), thn.WhyUndo)
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
		_, err = p.Correct(t.Context(), actor, thn.NewID(), p.given(), thn.WhyMistake)
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
	}
}

func TestSync_holdsWhatBreaksARule(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		var sent []intake.Incoming
		want := map[thn.ID]intake.Result{}
		for _, c := range brokenCases(p) {
			d := p.given()
			c.edit(&d)
			sent = append(sent, intake.Incoming{ID: d.ID, Record: d})
			want[d.ID] = intake.Result{ID: d.ID, Outcome: thn.Held, Cause: c.cause}
		}
		unread := thn.NewID()
		sent = append(sent, intake.Incoming{ID: unread, Kind: thn.KindDistribution, Cause: "unknown_field", Payload: `{"kits":1}`})
		want[unread] = intake.Result{ID: unread, Outcome: thn.Held, Cause: "unknown_field"}
		empty := p.given()
		empty.Lines = nil
		sent = append(sent, intake.Incoming{ID: empty.ID, Record: empty})
		want[empty.ID] = intake.Result{ID: empty.ID, Outcome: thn.Held, Cause: "not_well_formed"}
		good := p.given()
		sent = append(sent, intake.Incoming{ID: good.ID, Record: good})
		want[good.ID] = intake.Result{ID: good.ID, Outcome: thn.Stored}

		for range 2 { // the second time the good one is a duplicate, and nothing is held twice
			results, err := p.Sync(t.Context(), p.worker, sent)
			require.NoError(t, err)
			got := map[thn.ID]intake.Result{}
			for _, r := range results {
				got[r.ID] = r
			}
			require.Equal(t, want, got)
			require.Len(t, p.held(t), len(sent)-1)
			require.Equal(t, int64(1), p.kits(t))
			want[good.ID] = intake.Result{ID: good.ID, Outcome: thn.Duplicate}
		}
		for _, h := range p.held(t) {
			if h.Record == unread {
				require.Equal(t, `{"kits":1}`, h.Payload)
				continue
			}
			var d thn.Distribution
			require.NoError(t, json.Unmarshal([]byte(h.Payload), &d))
			require.Equal(t, h.Record, d.ID)
			require.False(t, d.Day.IsZero(), "a held record keeps its day")
		}
	})
}

func TestSync_resendAfterTheSiteClosedIsADuplicate(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given()
		sent := []intake.Incoming{{ID: d.ID, Record: d}}
		_, err := p.Sync(t.Context(), p.worker, sent)
		require.NoError(t, err)
		require.NoError(t, p.store.CloseSite(t.Context(), p.programme.ID, "", p.harbour.ID, today))
		results, err := p.Sync(t.Context(), p.worker, sent)
		require.NoError(t, err)
		require.Equal(t, []intake.Result{{ID: d.ID, Outcome: thn.Duplicate}}, results)
	})
}

func TestSync_sameIDTwiceInOneExchange(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given()
		other := d
		other.Day = today.AddDays(-1)
		results, err := p.Sync(t.Context(), p.worker, []intake.Incoming{{ID: d.ID, Record: d}, {ID: d.ID, Record: d}, {ID: d.ID, Record: other}})
		require.NoError(t, err)
		require.Equal(t, []intake.Result{{ID: d.ID, Outcome: thn.Stored}, {ID: d.ID, Outcome: thn.Duplicate}, {ID: d.ID, Outcome: thn.Held, Cause: "other_content"}}, results)
	})
}

func TestSync_carriesCorrections(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first, second, third := p.given(), p.given(), p.given()
		second.Lines[0].Kits, third.Lines[0].Kits = 2, 3
		results, err := p.Sync(t.Context(), p.worker, []intake.Incoming{{ID: first.ID, Record: first}, {ID: second.ID, Record: second, Corrects: first.ID},
			{ID: third.ID, Record: third, Corrects: thn.NewID()}})
		require.NoError(t, err)
		require.Equal(t, []intake.Result{{ID: first.ID, Outcome: thn.Stored}, {ID: second.ID, Outcome: thn.Stored}, {ID: third.ID, Outcome: thn.Held, Cause: "not_changeable"}}, results)
		require.Equal(t, int64(2), p.kits(t))

		fourth := p.given()
		results, err = p.Sync(t.Context(), p.worker, []intake.Incoming{{ID: fourth.ID, Record: fourth, Corrects: first.ID}})
		require.NoError(t, err)
		require.Equal(t, []intake.Result{{ID: fourth.ID, Outcome: thn.Held, Cause: "corrected_already"}}, results)
		fifth := p.given()
		results, err = p.Sync(t.Context(), p.worker, []intake.Incoming{{ID: fifth.ID, Record: fifth, Corrects: second.ID}})
		require.NoError(t, err)
		require.Equal(t, thn.Stored, results[0].Outcome)
	})
}

func TestSync_nothingIsKnownWhenTheDatabaseIsGone(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, storetest.Noon)
	broken := intake.New(storetest.Broken(t), func() time.Time { return storetest.Noon })
	d := p.given()
	_, err := broken.Sync(t.Context(), p.worker, []intake.Incoming{{ID: d.ID, Record: d}})
	require.Error(t, err)

	half := intake.New(readsOnly{s}, func() time.Time { return storetest.Noon })
	bad := p.given()
	bad.Site = thn.NewID()
	results, err := half.Sync(t.Context(), p.worker, []intake.Incoming{{ID: d.ID, Record: d}, {ID: bad.ID, Record: bad}})
	require.NoError(t, err)
	for _, r := range results {
		require.Equal(t, thn.Retry, r.Outcome)
		require.Error(t, r.Err)
	}
}

// readsOnly is a database on a disk that has filled up.
type readsOnly struct{ *store.Store }

func (readsOnly) Append(context.Context, []thn.Submission) ([]thn.Outcome, error) {
	return nil, fault.New(fault.Unavailable, "append", "the disk is full")
}

func (readsOnly) Hold(context.Context, thn.HeldRecord) error {
	return fault.New(fault.Unavailable, "hold", "the disk is full")
}

func TestWords_everyCauseHasThem(t *testing.T) {
	t.Parallel()
	catalogue, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	p := &place{}
	causes := []string{"other_content", "corrected_already", "not_changeable", "unknown_reference", "unknown_field", "not_well_formed", "other_kind", "grant_unknown", "grant_revoked", "grant_over", "grant_account", "unreadable"}
	for _, c := range brokenCases(p) {
		causes = append(causes, c.cause)
	}
	for _, code := range lang.Codes {
		keys := catalogue.Keys(code)
		for _, cause := range causes {
			require.Contains(t, keys, "held."+cause, code)
		}
		for _, c := range brokenCases(p) {
			require.Contains(t, keys, "intake."+c.cause, code)
		}
		for _, k := range keys {
			if strings.HasPrefix(k, "intake.") || strings.HasPrefix(k, "held.") {
				require.NotRegexp(t, `(?i)\b(valid|invalid|required|forbidden|illegal|please|sorry|oops|addict|abuse)\b`, catalogue.Locale(code).T(k))
			}
		}
	}
}
