package account_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/stretchr/testify/require"

	"thntracker/internal/account"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
	"thntracker/web"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const good = "lantern gravel seven otter"

// clock is a time that tests move by hand.
type clock struct{ ns atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.ns.Store(storetest.Noon.UnixNano())
	return c
}

func (c *clock) now() time.Time { return time.Unix(0, c.ns.Load()).UTC() }

// found adds a programme and gives it.
func found(t *testing.T, s *store.Store, name string, demo bool) thn.Programme {
	t.Helper()
	p := thn.Programme{ID: thn.NewID(), Name: name, Country: "XD", Zone: "UTC", Fiscal: 1, Demo: demo}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: name}
	require.NoError(t, s.Found(context.Background(), thn.Founding{Programme: p, Country: root}))
	return p
}

func worker(t *testing.T, a *account.Accounts, p thn.Programme, handle string) thn.Account {
	t.Helper()
	made, err := a.Create(context.Background(), "", thn.Account{Handle: handle}, good, thn.Grant{Programme: p.ID, Role: thn.RoleWorker})
	require.NoError(t, err)
	return made
}

func TestCreate_keepsAHandleAndAHash(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account.New(s, account.Options{Now: newClock().now})
		p := found(t, s, "One", false)
		empty, err := a.Empty(t.Context())
		require.NoError(t, err)
		require.True(t, empty)
		made := worker(t, a, p, "Ána-3")
		kept, err := s.Account(t.Context(), "ana-3")
		require.NoError(t, err)
		require.Equal(t, made, kept)
		params, _, _, err := argon2id.DecodeHash(kept.Hash)
		require.NoError(t, err)
		require.Equal(t, &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}, params)

		_, err = a.Create(t.Context(), "", thn.Account{Handle: "ANA-3"}, good, thn.Grant{Programme: p.ID, Role: thn.RoleWorker})
		require.Equal(t, []fault.Field{{Name: "handle", Key: "account.handle_taken"}}, fault.FieldsOf(err))
		_, err = a.Create(t.Context(), "", thn.Account{Handle: "x"}, "short", thn.Grant{Programme: p.ID, Role: thn.RoleWorker})
		require.Len(t, fault.FieldsOf(err), 2, "both answers are marked at once")
		empty, err = a.Empty(t.Context())
		require.NoError(t, err)
		require.False(t, empty)
	})
}

func TestDisable_andSetPassword_endSessions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account.New(s, account.Options{Now: newClock().now})
		p := found(t, s, "One", false)
		made := worker(t, a, p, "worker")
		before, err := a.Actor(t.Context(), made.ID, "")
		require.NoError(t, err)

		require.Equal(t, "account.password_short", fault.FieldsOf(a.SetPassword(t.Context(), "", made.ID, "brief"))[0].Key)
		require.NoError(t, a.SetPassword(t.Context(), "", made.ID, "another gravel lantern moth"))
		after, err := a.Actor(t.Context(), made.ID, "")
		require.NoError(t, err)
		require.Greater(t, after.Account.Epoch, before.Account.Epoch)
		_, err = a.SignIn(t.Context(), "worker", good, "192.0.2.1")
		require.Error(t, err)
		_, err = a.SignIn(t.Context(), "worker", "another gravel lantern moth", "192.0.2.1")
		require.NoError(t, err)

		require.NoError(t, a.Disable(t.Context(), "", made.ID))
		_, err = a.Actor(t.Context(), made.ID, "")
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
		kept, err := s.Account(t.Context(), "worker")
		require.NoError(t, err)
		require.Greater(t, kept.Epoch, after.Account.Epoch)
		require.True(t, fault.Is(a.Disable(t.Context(), "", thn.NewID()), fault.NotFound))
	})
}

// A hash renewed at sign-in must not bring an account back that was disabled
// between the reading and the writing.
func TestSignIn_refreshNeverUndoesDisable(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := found(t, s, "One", false)
		slow := &disabling{Store: s}
		a := account.New(slow, account.Options{Now: newClock().now})
		stale := addStale(t, s, p)
		slow.disable = func() {
			require.NoError(t, account.New(s, account.Options{Now: newClock().now}).Disable(context.Background(), "", stale.ID))
		}
		_, err := a.SignIn(t.Context(), stale.Handle, good, "192.0.2.1")
		require.NoError(t, err)
		kept, err := s.AccountByID(t.Context(), stale.ID)
		require.NoError(t, err)
		require.True(t, kept.Disabled)
		require.Equal(t, stale.Hash, kept.Hash)
	})
}

// disabling lets somebody else disable the account just before it is written.
type disabling struct {
	*store.Store
	disable func()
}

func (d *disabling) SetAccount(ctx context.Context, c thn.AccountChange) error {
	d.disable()
	return d.Store.SetAccount(ctx, c)
}

func addStale(t *testing.T, s *store.Store, p thn.Programme) thn.Account {
	t.Helper()
	hash, err := argon2id.CreateHash(good, &argon2id.Params{Memory: 8 * 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	require.NoError(t, err)
	stale := thn.Account{ID: thn.NewID(), Handle: "stale", Hash: hash}
	require.NoError(t, s.AddAccount(t.Context(), "", stale, thn.Grant{ID: thn.NewID(), Programme: p.ID, Account: stale.ID, Role: thn.RoleWorker}))
	return stale
}

func TestSignIn_renewsHashesOfAnotherCost(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account.New(s, account.Options{Now: newClock().now})
		stale := addStale(t, s, found(t, s, "One", false))
		_, err := a.SignIn(t.Context(), "stale", good, "192.0.2.1")
		require.NoError(t, err)
		kept, err := s.AccountByID(t.Context(), stale.ID)
		require.NoError(t, err)
		require.Contains(t, kept.Hash, "m=19456,t=2,p=1")
		require.Equal(t, stale.Epoch, kept.Epoch, "nobody is signed out by it")
		_, err = a.SignIn(t.Context(), "stale", good, "192.0.2.1")
		require.NoError(t, err)
	})
}

func TestActor_choosesTheGrant(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account.New(s, account.Options{Now: newClock().now, Demo: true})
		two, one, shown := found(t, s, "Two", false), found(t, s, "One", false), found(t, s, "Zero", true)
		foreign := found(t, s, "Foreign", false)
		made := worker(t, a, two, "worker")
		for _, g := range []thn.Grant{
			{Programme: one.ID, Role: thn.RoleAdvocate}, {Programme: one.ID, Role: thn.RoleManager}, {Programme: shown.ID, Role: thn.RoleAdvocate},
		} {
			g.ID, g.Account = thn.NewID(), made.ID
			require.NoError(t, s.AddGrant(t.Context(), "", g))
		}
		names := func(actor thn.Actor) (list []string) {
			for _, p := range actor.Others {
				list = append(list, p.Name)
			}
			return list
		}
		actor, err := a.Actor(t.Context(), made.ID, "")
		require.NoError(t, err)
		require.Equal(t, "Zero", actor.Programme.Name, "the demonstration comes first")
		require.Equal(t, []string{"One", "Two"}, names(actor))
		actor, err = a.Actor(t.Context(), made.ID, one.ID)
		require.NoError(t, err)
		require.Equal(t, thn.RoleManager, actor.Grant.Role, "the widest role of several")
		require.Equal(t, []string{"Zero", "Two"}, names(actor))
		_, err = a.Actor(t.Context(), made.ID, foreign.ID)
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
		_, err = a.Actor(t.Context(), thn.NewID(), "")
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)

		for _, g := range must(s.Grants(t.Context(), made.ID)) {
			require.NoError(t, s.EndGrant(t.Context(), g.Programme, "", g.ID))
		}
		_, err = a.Actor(t.Context(), made.ID, "")
		require.True(t, fault.Is(err, fault.Denied), "an ended grant acts at once: %v", err)
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestActor_reachesTheSubtree(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account.New(s, account.Options{Now: newClock().now})
		p := found(t, s, "One", false)
		root := must(s.Areas(t.Context(), p.ID))[0]
		north := thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "North"}
		coast := thn.Area{ID: thn.NewID(), Parent: north.ID, Kind: "district", Name: "Coast"}
		south := thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "South"}
		require.NoError(t, s.AddAreas(t.Context(), p.ID, "", north, coast, south))
		made, err := a.Create(t.Context(), "", thn.Account{Handle: "manager"}, good, thn.Grant{Programme: p.ID, Role: thn.RoleManager, Area: north.ID})
		require.NoError(t, err)
		actor, err := a.Actor(t.Context(), made.ID, p.ID)
		require.NoError(t, err)
		require.ElementsMatch(t, []thn.ID{north.ID, coast.ID}, actor.Areas)
		require.True(t, actor.ReachesArea(coast.ID))
		require.False(t, actor.ReachesArea(south.ID))
		require.False(t, actor.ReachesArea(root.ID))
	})
}

func TestDemo_accountsActOnlyInTheDemonstration(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := found(t, s, "One", true)
		shown := account.New(s, account.Options{Now: newClock().now, Demo: true})
		real := account.New(s, account.Options{Now: newClock().now})
		made, err := shown.Create(t.Context(), "", thn.Account{Handle: "demo", Demo: true}, "demo", thn.Grant{Programme: p.ID, Role: thn.RoleManager})
		require.NoError(t, err)
		_, err = shown.SignIn(t.Context(), "demo", "demo", "192.0.2.1")
		require.NoError(t, err)
		_, err = shown.Actor(t.Context(), made.ID, p.ID)
		require.NoError(t, err)

		_, wrong := real.SignIn(t.Context(), "nobody", "demo", "192.0.2.1")
		_, err = real.SignIn(t.Context(), "demo", "demo", "192.0.2.1")
		require.Equal(t, wrong, err)
		_, err = real.Actor(t.Context(), made.ID, p.ID)
		require.True(t, fault.Is(err, fault.Denied), "a session from before must end: %v", err)
	})
}

func TestFirstAdministrator_worksOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const code = "abcde-fghij-klmno-pqrst-uvwxyz"
		a := account.New(s, account.Options{Now: newClock().now, SetupCode: code})
		first := func(n int, code string) account.First {
			p := thn.Programme{ID: thn.NewID(), Name: fmt.Sprint("Programme ", n), Country: "XD", Zone: "UTC", Fiscal: 1}
			return account.First{Code: code, Handle: fmt.Sprint("admin", n), Password: good, Language: "fr",
				Founding: thn.Founding{Programme: p, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "X"}}}
		}
		for _, bad := range []string{"", "abcde", code + "x", strings.Repeat("a", 5000)} {
			_, err := a.FirstAdministrator(t.Context(), first(0, bad))
			require.Equal(t, []fault.Field{{Name: "code", Key: "first_run.wrong_code"}}, fault.FieldsOf(err), bad)
		}
		weak := first(0, code)
		weak.Password = "Programme 00"
		_, err := a.FirstAdministrator(t.Context(), weak)
		require.Equal(t, "account.password_context", fault.FieldsOf(err)[0].Key)
		require.Empty(t, must(s.Programmes(t.Context())), "nothing is founded before all is good")

		var wait sync.WaitGroup
		var won, late atomic.Int32
		for n := range 8 {
			wait.Go(func() {
				_, err := a.FirstAdministrator(context.Background(), first(n, " ABCDE fghij klmno pqrst uvwxyz\t"))
				switch {
				case err == nil:
					won.Add(1)
				case fault.Is(err, fault.NotFound):
					late.Add(1)
				default:
					t.Errorf("neither first nor late: %v", err)
				}
			})
		}
		wait.Wait()
		require.Equal(t, []int32{1, 7}, []int32{won.Load(), late.Load()})
		programmes := must(s.Programmes(t.Context()))
		require.Len(t, programmes, 1)
		people := must(s.People(t.Context(), programmes[0].ID))
		require.Len(t, people, 1)
		require.Equal(t, thn.RoleAdministrator, people[0].Grant.Role)
		require.Equal(t, "fr", people[0].Account.Language)
		_, err = a.FirstAdministrator(t.Context(), first(9, code))
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	})
}

func TestFirstAdministrator_needsACode(t *testing.T) {
	t.Parallel()
	a := account.New(storetest.SQLite(t), account.Options{Now: newClock().now})
	_, err := a.FirstAdministrator(t.Context(), account.First{Code: "", Handle: "admin", Password: good})
	require.True(t, fault.Is(err, fault.NotFound), "no printed code means no way in: %v", err)
}

func TestWords_everyKeyInEveryLanguage(t *testing.T) {
	t.Parallel()
	catalogue, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	for _, code := range lang.Codes {
		for _, key := range []string{"password_short", "password_long", "password_context", "password_guessable", "handle_length", "handle_signs", "handle_taken"} {
			text := catalogue.Locale(code).Args("account."+key, map[string]any{"Least": 12, "Most": 128})
			require.Contains(t, catalogue.Keys(code), "account."+key, code)
			require.NotContains(t, text, "no value")
		}
	}
}
