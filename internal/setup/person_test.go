package setup_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// add makes somebody and gives them as the programme sees them.
func (b *bench) add(actor thn.Actor, handle string, role thn.Role, where ...thn.ID) thn.Member {
	b.t.Helper()
	g := b.as(role, where...).Grant
	require.NoError(b.t, b.AddPerson(context.Background(), actor, setup.NewPerson{Handle: handle, Password: password, Role: role, Area: g.Area, Site: g.Site}))
	return b.member(handle)
}

func (b *bench) member(handle string) thn.Member {
	b.t.Helper()
	people, err := b.store.People(context.Background(), b.programme.ID)
	require.NoError(b.t, err)
	var found thn.Member
	for _, m := range people {
		if m.Account.Handle == handle && (found.Account.ID == "" || found.Grant.Ended) {
			found = m
		}
	}
	require.NotEmpty(b.t, found.Account.ID, handle)
	return found
}

// Nobody gives more than they have.
func TestAddPerson_whoMayGiveWhat(t *testing.T) {
	each(t, func(b *bench) {
		whole, north, quay := []thn.ID{}, []thn.ID{b.north.ID}, []thn.ID{b.quay.ID}
		for i, c := range []struct {
			name       string
			actor      thn.Actor
			role       thn.Role
			where      []thn.ID
			field, key string
		}{
			{"administrator makes administrator", b.as(thn.RoleAdministrator), thn.RoleAdministrator, whole, "", ""},
			{"manager makes manager", b.as(thn.RoleManager), thn.RoleManager, whole, "", ""},
			{"manager makes advocate", b.as(thn.RoleManager), thn.RoleAdvocate, whole, "", ""},
			{"manager makes worker of a site", b.as(thn.RoleManager), thn.RoleWorker, quay, "", ""},
			{"manager makes administrator", b.as(thn.RoleManager), thn.RoleAdministrator, whole, "role", "setup.role_above"},
			{"north makes worker in the north", b.as(thn.RoleManager, b.north.ID), thn.RoleWorker, north, "", ""},
			{"north makes worker of its site", b.as(thn.RoleManager, b.north.ID), thn.RoleWorker, quay, "", ""},
			{"north makes manager in the north", b.as(thn.RoleManager, b.north.ID), thn.RoleManager, north, "role", "setup.role_above"},
			{"north makes advocate", b.as(thn.RoleManager, b.north.ID), thn.RoleAdvocate, north, "role", "setup.role_above"},
			{"north makes worker of all", b.as(thn.RoleManager, b.north.ID), thn.RoleWorker, whole, "scope", "setup.scope_unknown"},
			{"south makes worker in the north", b.as(thn.RoleManager, b.south.ID), thn.RoleWorker, north, "scope", "setup.scope_unknown"},
			{"south makes worker of a northern site", b.as(thn.RoleManager, b.south.ID), thn.RoleWorker, quay, "scope", "setup.scope_unknown"},
			{"site makes worker of itself", b.as(thn.RoleManager, b.quay.ID), thn.RoleWorker, quay, "", ""},
			{"site makes worker of its area", b.as(thn.RoleManager, b.quay.ID), thn.RoleWorker, north, "scope", "setup.scope_unknown"},
			{"northern administrator makes one of all", b.as(thn.RoleAdministrator, b.north.ID), thn.RoleAdministrator, whole, "scope", "setup.scope_unknown"},
			{"another programme's administrator", b.stranger(thn.RoleAdministrator), thn.RoleWorker, quay, "scope", "setup.scope_unknown"},
			{"an unknown role", b.as(thn.RoleAdministrator), "minister", whole, "role", "setup.choose_list"},
		} {
			b.t.Run(c.name, func(t *testing.T) {
				g := b.as(c.role, c.where...).Grant
				err := b.AddPerson(context.Background(), c.actor, setup.NewPerson{Handle: "person-" + string(rune('a'+i)), Password: password, Role: c.role, Area: g.Area, Site: g.Site})
				if c.key == "" {
					require.NoError(t, err)
					return
				}
				refused(t, err, c.field, c.key)
			})
		}
	})
}

func TestAddPerson_refusesWhatAccountsRefuse(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		b.add(manager, "river", thn.RoleWorker)
		refused(b.t, b.AddPerson(ctx, manager, setup.NewPerson{Handle: "RIVER", Password: password, Role: thn.RoleWorker}), "handle", "account.handle_taken")
		refused(b.t, b.AddPerson(ctx, manager, setup.NewPerson{Handle: "brook", Password: "short", Role: thn.RoleWorker}), "password", "account.password_short")
		refused(b.t, b.AddPerson(ctx, manager, setup.NewPerson{Handle: "brook", Password: password, Role: thn.RoleWorker, Area: b.north.ID, Site: b.quay.ID}), "scope", "setup.scope_unknown")
		require.NoError(b.t, b.CloseSite(ctx, manager, b.quay.ID, today))
		refused(b.t, b.AddPerson(ctx, manager, setup.NewPerson{Handle: "brook", Password: password, Role: thn.RoleWorker, Site: b.quay.ID}), "scope", "setup.scope_unknown")
	})
}

func TestPeople_listsWithinReachAndWithoutHashes(t *testing.T) {
	each(t, func(b *bench) {
		ctx, admin := context.Background(), b.as(thn.RoleAdministrator)
		b.add(admin, "all", thn.RoleWorker)
		b.add(admin, "north", thn.RoleWorker, b.north.ID)
		b.add(admin, "quay", thn.RoleWorker, b.quay.ID)
		b.add(admin, "hill", thn.RoleWorker, b.hill.ID)
		for name, c := range map[string]struct {
			actor thn.Actor
			want  []string
		}{
			"whole":    {admin, []string{"all", "hill", "north", "quay"}},
			"north":    {b.as(thn.RoleManager, b.north.ID), []string{"north", "quay"}},
			"quay":     {b.as(thn.RoleManager, b.quay.ID), []string{"quay"}},
			"stranger": {b.stranger(thn.RoleAdministrator), nil},
		} {
			people, err := b.People(ctx, c.actor)
			require.NoError(b.t, err)
			var got []string
			for _, m := range people {
				require.Empty(b.t, m.Account.Hash)
				got = append(got, m.Account.Handle)
			}
			require.ElementsMatch(b.t, c.want, got, name)
		}
	})
}

func TestEndGrant_andDisable(t *testing.T) {
	each(t, func(b *bench) {
		ctx, admin, manager := context.Background(), b.as(thn.RoleAdministrator), b.as(thn.RoleManager)
		worker, boss := b.add(admin, "worker", thn.RoleWorker, b.quay.ID), b.add(admin, "boss", thn.RoleAdministrator)

		kind(b.t, b.EndGrant(ctx, b.as(thn.RoleManager, b.south.ID), worker.Grant.ID), fault.NotFound)
		kind(b.t, b.EndGrant(ctx, b.stranger(thn.RoleAdministrator), worker.Grant.ID), fault.NotFound)
		kind(b.t, b.EndGrant(ctx, manager, boss.Grant.ID), fault.Denied)
		kind(b.t, b.Disable(ctx, manager, boss.Grant.ID), fault.Denied)
		self := manager
		self.Account.ID = worker.Account.ID
		kind(b.t, b.EndGrant(ctx, self, worker.Grant.ID), fault.Denied)
		kind(b.t, b.Disable(ctx, self, worker.Grant.ID), fault.Denied)

		require.NoError(b.t, b.EndGrant(ctx, manager, worker.Grant.ID))
		require.True(b.t, b.member("worker").Grant.Ended)
		require.False(b.t, b.member("worker").Account.Disabled)
		kind(b.t, b.EndGrant(ctx, manager, worker.Grant.ID), fault.Conflict)
		require.NoError(b.t, b.Disable(ctx, admin, boss.Grant.ID))
		require.True(b.t, b.member("boss").Account.Disabled)
		require.True(b.t, b.member("boss").Grant.Ended)
		require.Greater(b.t, b.member("boss").Account.Epoch, boss.Account.Epoch, "sessions end")
		kind(b.t, b.Disable(ctx, admin, boss.Grant.ID), fault.Conflict)
	})
}

// An account that also acts elsewhere loses only what it had here.
func TestDisable_leavesOtherProgrammesAlone(t *testing.T) {
	each(t, func(b *bench) {
		ctx, admin := context.Background(), b.as(thn.RoleAdministrator)
		m := b.add(admin, "both", thn.RoleWorker)
		other := b.stranger(thn.RoleAdministrator)
		require.NoError(b.t, b.store.AddGrant(ctx, "", thn.Grant{ID: thn.NewID(), Programme: other.Programme.ID, Account: m.Account.ID, Role: thn.RoleWorker}))
		require.NoError(b.t, b.Disable(ctx, admin, m.Grant.ID))
		require.True(b.t, b.member("both").Grant.Ended)
		require.False(b.t, b.member("both").Account.Disabled)
		left, err := b.store.Grants(ctx, m.Account.ID)
		require.NoError(b.t, err)
		require.Len(b.t, left, 1)
		require.Equal(b.t, other.Programme.ID, left[0].Programme)
	})
}

// Who holds a second role out of reach is not the actor's to disable.
func TestDisable_needsReachOfEveryRole(t *testing.T) {
	each(t, func(b *bench) {
		ctx, admin := context.Background(), b.as(thn.RoleAdministrator)
		m := b.add(admin, "two", thn.RoleWorker, b.quay.ID)
		require.NoError(b.t, b.store.AddGrant(ctx, "", thn.Grant{ID: thn.NewID(), Programme: b.programme.ID, Account: m.Account.ID, Role: thn.RoleWorker, Area: b.south.ID}))
		kind(b.t, b.Disable(ctx, b.as(thn.RoleManager, b.north.ID), m.Grant.ID), fault.Denied)
		left, err := b.store.Grants(ctx, m.Account.ID)
		require.NoError(b.t, err)
		require.Len(b.t, left, 2)
		require.NoError(b.t, b.Disable(ctx, b.as(thn.RoleManager), m.Grant.ID))
		left, err = b.store.Grants(ctx, m.Account.ID)
		require.NoError(b.t, err)
		require.Empty(b.t, left)
	})
}

func TestChangeRole_endsTheOldOne(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		m := b.add(manager, "mover", thn.RoleWorker, b.quay.ID)
		refused(b.t, b.ChangeRole(ctx, manager, m.Grant.ID, thn.Grant{Role: thn.RoleAdministrator}), "role", "setup.role_above")
		refused(b.t, b.ChangeRole(ctx, b.as(thn.RoleManager, b.north.ID), m.Grant.ID, thn.Grant{Role: thn.RoleWorker, Site: b.hill.ID}), "scope", "setup.scope_unknown")
		kind(b.t, b.ChangeRole(ctx, b.as(thn.RoleManager, b.south.ID), m.Grant.ID, thn.Grant{Role: thn.RoleWorker, Site: b.hill.ID}), fault.NotFound)
		require.False(b.t, b.member("mover").Grant.Ended, "a refusal takes nothing away")

		require.NoError(b.t, b.ChangeRole(ctx, manager, m.Grant.ID, thn.Grant{Role: thn.RoleManager, Area: b.south.ID, Account: thn.NewID(), Programme: thn.NewID()}))
		left, err := b.store.Grants(ctx, m.Account.ID)
		require.NoError(b.t, err)
		require.Len(b.t, left, 1)
		require.Equal(b.t, thn.Grant{ID: left[0].ID, Programme: b.programme.ID, Account: m.Account.ID, Role: thn.RoleManager, Area: b.south.ID}, left[0])

		require.NoError(b.t, b.EndGrant(ctx, manager, left[0].ID))
		require.NoError(b.t, b.ChangeRole(ctx, manager, left[0].ID, thn.Grant{Role: thn.RoleWorker}), "a role given anew")
		require.False(b.t, b.member("mover").Grant.Ended)
		require.NoError(b.t, b.Disable(ctx, manager, b.member("mover").Grant.ID))
		kind(b.t, b.ChangeRole(ctx, manager, m.Grant.ID, thn.Grant{Role: thn.RoleWorker}), fault.Conflict)
	})
}

// Workers and advocates set nothing up, whatever they ask for; nor does
// anybody whose role has ended.
func TestSetup_deniesWithoutTheVerb(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		ended := b.as(thn.RoleAdministrator)
		ended.Grant.Ended = true
		disabled := b.as(thn.RoleAdministrator)
		disabled.Account.Disabled = true
		for name, actor := range map[string]thn.Actor{"worker": b.as(thn.RoleWorker), "advocate": b.as(thn.RoleAdvocate), "ended": ended, "disabled": disabled, "nobody": {}} {
			for op, run := range map[string]func() error{
				"areas":           func() error { _, err := b.Areas(ctx, actor); return err },
				"add area":        func() error { return b.AddArea(ctx, actor, thn.Area{}) },
				"end area":        func() error { return b.EndArea(ctx, actor, b.north.ID, today) },
				"sites":           func() error { _, err := b.Sites(ctx, actor); return err },
				"add site":        func() error { return b.AddSite(ctx, actor, b.site("x")) },
				"close site":      func() error { return b.CloseSite(ctx, actor, b.quay.ID, today) },
				"products":        func() error { _, err := b.ListProducts(ctx, actor); return err },
				"add product":     func() error { return b.AddProduct(ctx, actor, newProduct()) },
				"close product":   func() error { return b.CloseProduct(ctx, actor, b.product.ID) },
				"batches":         func() error { _, err := b.Batches(ctx, actor); return err },
				"add batch":       func() error { return b.AddBatch(ctx, actor, b.batch) },
				"close batch":     func() error { return b.CloseBatch(ctx, actor, b.batch.ID) },
				"figures":         func() error { _, err := b.Denominators(ctx, actor); return err },
				"add figure":      func() error { return b.AddDenominator(ctx, actor, b.figure()) },
				"correct figure":  func() error { return b.CorrectDenominator(ctx, actor, thn.NewID(), b.figure()) },
				"withdraw figure": func() error { return b.VoidDenominator(ctx, actor, thn.NewID(), thn.NewID()) },
				"people":          func() error { _, err := b.People(ctx, actor); return err },
				"add person": func() error {
					return b.AddPerson(ctx, actor, setup.NewPerson{Handle: "x", Password: password, Role: thn.RoleWorker})
				},
				"end role":    func() error { return b.EndGrant(ctx, actor, thn.NewID()) },
				"change role": func() error { return b.ChangeRole(ctx, actor, thn.NewID(), thn.Grant{}) },
				"disable":     func() error { return b.Disable(ctx, actor, thn.NewID()) },
			} {
				require.True(b.t, fault.Is(run(), fault.Denied), "%s by %s", op, name)
			}
		}
	})
}
