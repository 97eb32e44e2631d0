package phone_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/phone"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const (
	stored, duplicate, held, retry = thn.Stored, thn.Duplicate, thn.Held, thn.Retry
)

// A phone that two people share: each record is of whoever made it, whoever brings
// them, and stands on the one before (UX-41).
func TestDeliver_creditsTheGrantInside(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		mine, theirs := p.fitOut(t, p.worker, phone.Holds{}), p.fitOut(t, p.manager, phone.Holds{})
		one, two := mine.give(t, p), theirs.give(t, p)
		gone := mine.close(t, thn.NewID(), "void", map[string]string{"record": one.ID})
		better := p.given()
		better["corrects"], better["kits"] = two.ID, "5"
		put := theirs.close(t, thn.NewID(), "give_out", better)
		require.Equal(t, []thn.Outcome{stored, stored, stored, stored}, p.deliver(t, one, two, gone, put))
		require.Equal(t, int64(5), p.kits(t))
		for id, by := range map[string]thn.Actor{one.ID: p.worker, two.ID: p.manager, gone.ID: p.worker, put.ID: p.manager} {
			_, e, err := p.store.Fact(t.Context(), p.programme.ID, thn.ID(id))
			require.NoError(t, err)
			require.Equal(t, by.Account.ID, e.By)
		}
		require.Equal(t, []thn.Outcome{duplicate, duplicate, duplicate, duplicate}, p.deliver(t, put, gone, two, one), "in another order too")
		require.Equal(t, int64(5), p.kits(t))
		require.Empty(t, p.causes(t))

		same := one
		same.ID = string(thn.NewID())
		other := mine.close(t, thn.ID(one.ID), "several", map[string]string{"site": string(p.site.ID), "product": string(p.kit.ID) + ":", "day": "today", "worker": "2"})
		require.Equal(t, []thn.Outcome{held, held}, p.deliver(t, same, other), "another id, other content under an id")
		require.Equal(t, map[string]string{same.ID: "unreadable", one.ID: "other_content"}, p.causes(t))
	})
}

// What is wrong with one record is nobody else's matter (UX-21, F-38, A-62).
func TestDeliver_eachForItself(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		h := p.fitOut(t, p.worker, phone.Holds{})
		with := func(change func(*form.Sealed)) form.Sealed {
			x := h.give(t, p)
			change(&x)
			return x
		}
		stranger := thn.NewID()
		flipped := with(func(x *form.Sealed) { x.Sealed = strings.ToUpper(x.Sealed) })
		cases := []struct {
			item  form.Sealed
			want  thn.Outcome
			cause string
		}{
			{h.give(t, p), stored, ""},
			{flipped, held, "unreadable"},
			{with(func(x *form.Sealed) { x.Sealed = "" }), held, "unreadable"},
			{with(func(x *form.Sealed) { x.Sealed = "not base64!" }), held, "unreadable"},
			{with(func(x *form.Sealed) { x.KID = string(p.programme.ID) + ".7" }), held, "unreadable"},
			{with(func(x *form.Sealed) { x.KID = string(p.programme.ID) + ".x" }), held, "unreadable"},
			{with(func(x *form.Sealed) { x.V = 2 }), held, "unreadable"},
			{with(func(x *form.Sealed) { x.KID = string(stranger) + ".1" }), retry, ""},
			{with(func(x *form.Sealed) { x.KID = "" }), retry, ""},
			{with(func(x *form.Sealed) { x.ID = "01890a5d-ac96-774b-bcce-b302099a8057" }), retry, ""},
			{h.close(t, thn.NewID(), "poem", nil), held, "unreadable"},
			{h.close(t, thn.NewID(), "give_out", map[string]string{"name": "x"}), held, "unknown_field"},
			{h.close(t, thn.NewID(), "give_out", map[string]string{"site": string(p.site.ID)}), held, "not_well_formed"},
			{h.close(t, thn.NewID(), "void", map[string]string{"record": string(thn.NewID())}), held, "not_changeable"},
			{handset{h.Outfit, today.AddDays(1)}.give(t, p), held, "day_ahead"},
			{h.give(t, p), stored, ""},
		}
		var items []form.Sealed
		for _, c := range cases {
			items = append(items, c.item)
		}
		for _, first := range []thn.Outcome{stored, duplicate} {
			causes := map[string]string{}
			for i, got := range p.deliver(t, items...) {
				want := cases[i].want
				if want == stored {
					want = first
				}
				require.Equal(t, want, got, "%d: %+v", i, cases[i].item)
				if cases[i].cause != "" {
					causes[cases[i].item.ID] = cases[i].cause
				}
			}
			require.Equal(t, causes, p.causes(t))
		}
		require.Equal(t, int64(2), p.kits(t))
	})
}

// A grant that does not count costs nobody a record: it is held, and says whose it
// is as far as that is known (UX-44).
func TestDeliver_holdsWhatIsCreditedToNobody(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		h := p.fitOut(t, p.worker, phone.Holds{})
		before, late, unknown := h.give(t, p), h.give(t, p), h
		unknown.Token = "AAAAAAAAAAAAAAAAAAAAAA"
		require.Equal(t, []thn.Outcome{stored}, p.deliver(t, before))
		grants := p.phones(t)
		require.Len(t, grants, 1)
		require.NoError(t, p.Revoke(t.Context(), p.manager, p.members, grants[0].ID))
		require.True(t, fault.Is(p.Revoke(t.Context(), p.manager, p.members, grants[0].ID), fault.Conflict))
		stray := unknown.give(t, p)
		require.Equal(t, []thn.Outcome{duplicate, held, held}, p.deliver(t, before, late, stray), "what was stored stays")
		require.Equal(t, map[string]string{late.ID: "grant_revoked", stray.ID: "grant_unknown"}, p.causes(t))
		list, err := p.store.HeldRecords(t.Context(), p.programme.ID)
		require.NoError(t, err)
		for _, x := range list {
			require.Equal(t, map[string]thn.ID{late.ID: p.worker.Account.ID, stray.ID: ""}[string(x.Record)], x.By)
			require.Equal(t, thn.KindDistribution, x.Kind)
		}

		again, other := p.fitOut(t, p.worker, phone.Holds{}), p.fitOut(t, p.manager, phone.Holds{})
		mine, theirs := again.give(t, p), other.give(t, p)
		require.NoError(t, p.accounts.Disable(t.Context(), "", p.worker.Account.ID))
		require.NoError(t, p.store.EndGrant(t.Context(), p.programme.ID, "", p.manager.Grant.ID))
		require.Equal(t, []thn.Outcome{held, held}, p.deliver(t, mine, theirs))
		require.Equal(t, "grant_account", p.causes(t)[mine.ID])
		require.Equal(t, "grant_account", p.causes(t)[theirs.ID])
		require.Equal(t, int64(1), p.kits(t))
	})
}

// Thirty days are of the day on which a record was made, not of its delivery.
func TestDeliver_afterTheGrantIsOver(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		h := p.fitOut(t, p.worker, phone.Holds{})
		p.now = storetest.Noon.AddDate(0, 0, 60)
		on := func(days int) form.Sealed { return handset{h.Outfit, today.AddDays(days)}.give(t, p) }
		last, over := on(30), on(31)
		require.Equal(t, []thn.Outcome{stored, held}, p.deliver(t, last, over))
		require.Equal(t, map[string]string{over.ID: "grant_over"}, p.causes(t))
	})
}

// What nobody can read may wait up to a limit; above it the phone keeps it.
func TestDeliver_unreadableUpToALimit(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t))
	h := p.fitOut(t, p.worker, phone.Holds{})
	bad := func() form.Sealed { x := h.give(t, p); x.V = 0; return x }
	first := bad()
	items := []form.Sealed{first}
	for range 999 {
		x := first
		x.ID = string(thn.NewID())
		items = append(items, x)
	}
	for _, o := range p.deliver(t, items...) {
		require.Equal(t, held, o)
	}
	more := bad()
	require.Equal(t, []thn.Outcome{held, retry, stored}, p.deliver(t, first, more, h.give(t, p)), "known, one too many, and a good one")
	list, err := p.store.HeldRecords(t.Context(), p.programme.ID)
	require.NoError(t, err)
	require.NoError(t, p.store.TakeOut(t.Context(), thn.Decision{Programme: p.programme.ID, Held: list[0].ID, Outcome: thn.HeldTakenOut, Why: "cannot_be_read"}))
	require.Equal(t, []thn.Outcome{held}, p.deliver(t, more))
}

// Without a database nothing is known, and nothing is let go of.
func TestDeliver_nothingIsKnownWhenTheDatabaseIsGone(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t))
	item := p.fitOut(t, p.worker, phone.Holds{}).give(t, p)
	answers, err := p.server(storetest.Broken(t)).Deliver(t.Context(), []form.Sealed{item, item})
	require.Error(t, err)
	for _, a := range answers {
		require.Equal(t, phone.Answer{ID: item.ID, Outcome: retry}, a)
	}
}

// DX-24: an upload is of one worker's shift. In which order people were met cannot
// be told from what the database has of it: neither by its audit, which numbers what
// it hears, nor by where rows lie.
func TestDeliver_forgetsTheOrder(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, address string) {
		p := newPlace(t, storetest.Open(t, address))
		h := p.fitOut(t, p.worker, phone.Holds{})
		var items []form.Sealed
		var met []string
		for range 24 {
			items = append(items, h.give(t, p))
			met = append(met, items[len(items)-1].ID)
		}
		better := p.given()
		better["corrects"], better["kits"] = met[3], "5"
		items = append(items, h.close(t, thn.NewID(), "give_out", better), h.give(t, p), h.give(t, p))
		for _, outcome := range p.deliver(t, items...) {
			require.Equal(t, stored, outcome)
		}
		acts, err := p.store.Activity(t.Context(), thn.ActQuery{Programme: p.programme.ID, Kind: string(thn.KindDistribution), Limit: 99})
		require.NoError(t, err)
		require.Len(t, acts, len(items))
		slices.Reverse(acts)
		var heard []string
		for _, a := range acts[:len(met)] {
			heard = append(heard, string(a.Object))
		}
		random := slices.Sorted(slices.Values(met))
		require.NotEqual(t, random, met)
		require.Equal(t, random, heard)
		require.Equal(t, items[24].ID, string(acts[24].Object), "what stands on another comes after it")
		require.Equal(t, random, lying(t, address)[:len(met)])
	})
}

// lying lists the ids of records as their rows lie in the database.
func lying(t *testing.T, address string) (ids []string) {
	t.Helper()
	driver, source, place := "pgx", address, "ctid"
	if file, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, source, place = "sqlite", "file:"+file, "rowid"
	}
	db, err := sql.Open(driver, source)
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.Query("SELECT id FROM records ORDER BY " + place)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var id string
		require.NoError(t, rows.Scan(&id))
		ids = append(ids, id)
	}
	require.NoError(t, rows.Err())
	return ids
}
