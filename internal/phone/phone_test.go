package phone_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/account"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/phone"
	"thntracker/internal/seal"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

var today = thn.MustDate(2026, time.March, 1)

// place is a programme with a site, a kit, a worker and a manager, and its phones.
type place struct {
	*phone.Phones
	store           *store.Store
	accounts        *account.Accounts
	now             time.Time
	programme       thn.Programme
	site            thn.Site
	kit             thn.Product
	worker, manager thn.Actor
	members         []thn.Member
}

func newPlace(t testing.TB, s *store.Store) *place {
	t.Helper()
	return newPlaceOf(t, s, thn.NewID(), thn.NewID(), thn.NewID())
}

func newPlaceOf(t testing.TB, s *store.Store, programme, site, kit thn.ID) *place {
	t.Helper()
	ctx := t.Context()
	p := &place{store: s, now: storetest.Noon, accounts: account.New(s, account.Options{Now: func() time.Time { return storetest.Noon }})}
	p.programme = thn.Programme{ID: programme, Name: "Lantern", Country: "XD", Zone: "UTC", Fiscal: 1}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: "XD", Name: "Country"}
	north := thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "North"}
	p.kit = thn.Product{ID: kit, Code: "spray", Name: "Spray", Route: "nasal"}
	p.site = thn.Site{ID: site, Area: north.ID, Name: "Harbour", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	require.NoError(t, s.Found(ctx, thn.Founding{Programme: p.programme, Country: root, Products: []thn.Product{p.kit}}))
	require.NoError(t, s.AddAreas(ctx, p.programme.ID, "", north))
	require.NoError(t, s.AddSites(ctx, p.programme.ID, "", p.site))
	p.worker, p.manager = p.hire(t, "worker", thn.RoleWorker), p.hire(t, "manager", thn.RoleManager)
	p.Phones = p.server(s)
	return p
}

// Clock is what the place's clock shows.
func (p *place) Clock() time.Time { return p.now }

// server is another server of the place, over a store of its own.
func (p *place) server(s *store.Store) *phone.Phones {
	return phone.New(s, account.New(s, account.Options{Now: p.Clock}), intake.New(s, p.Clock), p.Clock)
}

func (p *place) hire(t testing.TB, handle string, role thn.Role) thn.Actor {
	t.Helper()
	a := thn.Account{ID: thn.NewID(), Handle: handle}
	require.NoError(t, p.store.AddAccount(t.Context(), "", a, thn.Grant{ID: thn.NewID(), Programme: p.programme.ID, Account: a.ID, Role: role}))
	actor, err := p.accounts.Actor(t.Context(), a.ID, p.programme.ID)
	require.NoError(t, err)
	p.members = append(p.members, thn.Member{Account: a, Grant: actor.Grant})
	return actor
}

func each(t *testing.T, body func(t *testing.T, p *place)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) { body(t, newPlace(t, s)) })
}

// handset is a phone: what it was fitted out with, and the day that it shows.
type handset struct {
	phone.Outfit
	on thn.Date
}

func (p *place) fitOut(t testing.TB, actor thn.Actor, holds phone.Holds) handset {
	t.Helper()
	o, err := p.Outfit(t.Context(), actor, holds)
	require.NoError(t, err)
	return handset{o, actor.Programme.Today(p.now)}
}

// close seals a note as the phone does.
func (h handset) close(t testing.TB, id thn.ID, kind string, answers map[string]string) form.Sealed {
	t.Helper()
	text, err := json.Marshal(form.Note{V: 1, Grant: h.Token, Kind: kind, On: h.on.String(), Clock: "near", Answers: answers})
	require.NoError(t, err)
	closed, err := seal.Seal(h.Public, string(id), text)
	require.NoError(t, err)
	return form.Sealed{ID: string(id), V: 1, KID: h.KID, Sealed: seal.Encoding.EncodeToString(closed)}
}

// given are the answers of a first kit.
func (p *place) given() map[string]string {
	return map[string]string{"site": string(p.site.ID), "product": string(p.kit.ID) + ":", "day": "today", "recipient": "person_at_risk", "supply": "first", "kits": "1"}
}

func (h handset) give(t testing.TB, p *place) form.Sealed {
	return h.close(t, thn.NewID(), "give_out", p.given())
}

// deliver hands items in and gives the outcomes, in the order sent.
func (p *place) deliver(t testing.TB, items ...form.Sealed) (outcomes []thn.Outcome) {
	t.Helper()
	answers, err := p.Deliver(t.Context(), items)
	require.NoError(t, err)
	for i, a := range answers {
		require.Equal(t, items[i].ID, a.ID)
		outcomes = append(outcomes, a.Outcome)
	}
	return outcomes
}

// causes lists why records are held, by the record's id.
func (p *place) causes(t testing.TB) map[string]string {
	t.Helper()
	held, err := p.store.HeldRecords(t.Context(), p.programme.ID)
	require.NoError(t, err)
	causes := map[string]string{}
	for _, h := range held {
		causes[string(h.Record)] = h.Cause
	}
	return causes
}

func (p *place) kits(t testing.TB) int64 {
	t.Helper()
	cells, err := p.store.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: thn.Period{From: thn.MustDate(2020, 1, 1), To: thn.MustDate(2040, 1, 1)}})
	require.NoError(t, err)
	return cells[0].Kits
}

// hashOf is how a token is kept.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// phones lists what the manager sees.
func (p *place) phones(t testing.TB) []thn.SubmissionGrant {
	t.Helper()
	list, err := p.List(t.Context(), p.manager, p.members)
	require.NoError(t, err)
	return list
}
