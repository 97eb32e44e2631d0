package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestAccounts_handlesFold(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		a := thn.Account{ID: thn.NewID(), Handle: "Ána.B", Hash: "h", Language: "fr"}
		g := thn.Grant{ID: thn.NewID(), Programme: p.programme.ID, Account: a.ID, Role: thn.RoleManager, Area: p.north.ID}
		require.NoError(t, p.AddAccount(t.Context(), p.by, a, g))
		for _, handle := range []string{"ána.b", "ANA.B", "Ána.B"} {
			got, err := p.Account(t.Context(), handle)
			require.NoError(t, err)
			require.Equal(t, a, got)
		}
		twin, gt := a, g
		twin.ID, twin.Handle = thn.NewID(), "ana.b"
		gt.ID, gt.Account = thn.NewID(), twin.ID
		require.True(t, fault.Is(p.AddAccount(t.Context(), p.by, twin, gt), fault.Conflict))
		n, err := p.CountAccounts(t.Context())
		require.NoError(t, err)
		require.Equal(t, int64(1), n)

		m, err := p.Membership(t.Context(), a.ID)
		require.NoError(t, err)
		require.Equal(t, thn.Membership{Account: a, Grants: []thn.Grant{g}, Programmes: map[thn.ID]thn.Programme{p.programme.ID: p.programme}}, m)
		people, err := p.People(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Len(t, people, 1)
		require.Empty(t, people[0].Account.Hash, "a list of people holds no hashes")

		require.NoError(t, p.EndGrant(t.Context(), p.programme.ID, p.by, g.ID))
		m, err = p.Membership(t.Context(), a.ID)
		require.NoError(t, err)
		require.Empty(t, m.Grants)
		_, err = p.Membership(t.Context(), thn.NewID())
		require.True(t, fault.Is(err, fault.NotFound))
	})
}

func TestSetAccount_refusesAnOldReading(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		a := thn.Account{ID: thn.NewID(), Handle: "worker", Hash: "h"}
		require.NoError(t, p.AddAccount(t.Context(), p.by, a, thn.Grant{ID: thn.NewID(), Programme: p.programme.ID, Account: a.ID, Role: thn.RoleWorker}))
		before := p.count(t, "audit_entries")
		off := a
		off.Disabled, off.Epoch = true, 1
		require.NoError(t, p.SetAccount(t.Context(), thn.AccountChange{Account: off, Epoch: 0, By: p.by, Action: "disable"}))
		renewed := a
		renewed.Hash = "h2"
		err := p.SetAccount(t.Context(), thn.AccountChange{Account: renewed, Epoch: 0})
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
		got, err := p.AccountByID(t.Context(), a.ID)
		require.NoError(t, err)
		require.Equal(t, off, got)
		entries, err := p.Texts(t.Context(), "SELECT action || ' ' || object_id || ' ' || account_id FROM audit_entries WHERE action = 'disable'")
		require.NoError(t, err)
		require.Equal(t, []string{"disable " + string(a.ID) + " " + string(p.by)}, entries)
		require.Equal(t, before+1, p.count(t, "audit_entries"))
	})
}

// firstOf is the n-th attempt to be first.
func firstOf(n int) (thn.Founding, thn.Account, thn.Grant) {
	p := thn.Programme{ID: thn.NewID(), Name: fmt.Sprint("P", n), Country: "XD", Zone: "UTC", Fiscal: 1}
	a := thn.Account{ID: thn.NewID(), Handle: fmt.Sprint("admin", n)}
	return thn.Founding{Programme: p, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "X"}}, a, thn.Grant{ID: thn.NewID(), Programme: p.ID, Account: a.ID, Role: thn.RoleAdministrator}
}

// Several programs on one database: one founds, and nothing of the others stays.
func TestFoundFirst_once(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		stores := []*store.Store{storetest.Open(t, url), storetest.Open(t, url)}
		var won, late atomic.Int32
		var wait sync.WaitGroup
		for n := range 10 {
			wait.Go(func() {
				f, a, g := firstOf(n)
				switch err := stores[n%2].FoundFirst(t.Context(), f, a, g); {
				case err == nil:
					won.Add(1)
				case fault.Is(err, fault.Conflict):
					late.Add(1)
				default:
					t.Errorf("found first: %v", err)
				}
			})
		}
		wait.Wait()
		require.Equal(t, []int32{1, 9}, []int32{won.Load(), late.Load()})
		p := &place{Store: stores[0]}
		require.Equal(t, []int{1, 1, 1, 1}, []int{p.count(t, "programmes"), p.count(t, "accounts"), p.count(t, "grants"), p.count(t, "areas")})
	})
}

func TestSeed_allOrNothingAndOnlyOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := &place{Store: s}
		seed := func(n int) thn.Seed {
			f, a, g := firstOf(n)
			load := loadOf(f.Programme, f.Country)
			f.Products, load.Products = load.Products, nil
			batch := thn.Batch{ID: thn.NewID(), Product: f.Products[0].ID, Lot: "L", Expiry: thn.MustDate(2027, 1, 31)}
			return thn.Seed{Founding: f, Load: withBatch(load, batch), Members: []thn.Member{{Account: a, Grant: g}}}
		}
		first, second := seed(1), seed(2)
		again := first.Members[0]
		again.Grant = thn.Grant{ID: thn.NewID(), Programme: second.Founding.Programme.ID, Account: again.Account.ID, Role: thn.RoleAdvocate}
		second.Members = append(second.Members, again)
		broken := seed(3)
		broken.Load.Sites[0].Area = thn.NewID()
		done, err := s.Seed(t.Context(), first, second, broken)
		require.Error(t, err)
		require.False(t, done)
		require.Zero(t, p.count(t, "programmes")+p.count(t, "accounts")+p.count(t, "audit_entries"))

		done, err = s.Seed(t.Context(), first, second)
		require.NoError(t, err)
		require.True(t, done)
		done, err = s.Seed(t.Context(), seed(4))
		require.NoError(t, err)
		require.False(t, done)
		require.Equal(t, []int{2, 2, 3, 2}, []int{p.count(t, "programmes"), p.count(t, "accounts"), p.count(t, "grants"), p.count(t, "batches")})
		cells, err := s.Tally(t.Context(), thn.Query{Programme: first.Founding.Programme.ID, Period: always})
		require.NoError(t, err)
		require.Equal(t, int64(2), cells[0].Kits)
	})
}

func TestSessions_endWithTheirTime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sessions := s.Sessions()
		for _, data := range []string{"one", "two"} {
			require.NoError(t, sessions.Commit("a", []byte(data), storetest.Noon.Add(time.Hour)))
		}
		require.NoError(t, sessions.Commit("b", []byte("b"), storetest.Noon.Add(-time.Second)))
		data, found, err := sessions.Find("a")
		require.NoError(t, err)
		require.True(t, found)
		require.Equal(t, "two", string(data))
		_, found, err = sessions.Find("b")
		require.NoError(t, err)
		require.False(t, found, "over")
		require.NoError(t, sessions.Sweep(t.Context()))
		tokens, err := s.Texts(t.Context(), "SELECT token_hash FROM sessions")
		require.NoError(t, err)
		require.Equal(t, []string{"a"}, tokens)
		require.NoError(t, sessions.Delete("a"))
		_, found, err = sessions.Find("a")
		require.NoError(t, err)
		require.False(t, found)
	})
}

func withBatch(load thn.Load, b thn.Batch) thn.Load {
	load.Batches = append(load.Batches, b)
	return load
}
