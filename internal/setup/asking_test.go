package setup_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// now is an actor as the next request would have them.
func (b *bench) now(a thn.Actor) thn.Actor {
	b.t.Helper()
	all, err := b.store.Programmes(b.t.Context())
	require.NoError(b.t, err)
	for _, p := range all {
		if p.ID == a.Programme.ID {
			a.Programme = p
		}
	}
	return a
}

func fieldNames(err error) (names []string) {
	for _, f := range fault.FieldsOf(err) {
		names = append(names, f.Name)
	}
	return names
}

// Asking more takes a reason, an assessment and two people; asking less, one.
func TestAsk_takesTwoPeople(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		first, second := b.as(thn.RoleAdministrator), b.as(thn.RoleAdministrator)
		second.Account.ID = thn.NewID()
		want := thn.Asking{Asks: thn.Asks{AgeBand: true, Gender: true}}
		require.Equal(b.t, []string{"reason", "assessment"}, fieldNames(b.Ask(ctx, first, want)))
		want.Reason, want.Assessment = "Women are missed", "DPIA 7"
		require.NoError(b.t, b.Ask(ctx, first, want))
		require.Equal(b.t, thn.Asks{}, b.now(first).Programme.Asks, "one person is not enough")

		_, waiting, err := b.Asking(ctx, first)
		require.NoError(b.t, err)
		seen := setup.SeenAsking(waiting)
		require.True(b.t, fault.Is(b.ConfirmAsking(ctx, first, seen), fault.Denied), "nobody confirms their own")
		for _, actor := range []thn.Actor{b.as(thn.RoleManager, b.north.ID), b.as(thn.RoleWorker), b.as(thn.RoleAdvocate)} {
			require.True(b.t, fault.Is(b.Ask(ctx, actor, want), fault.Denied))
			require.True(b.t, fault.Is(b.ConfirmAsking(ctx, actor, seen), fault.Denied))
			require.True(b.t, fault.Is(b.WithdrawAsking(ctx, actor), fault.Denied))
		}
		want.Reason = "Another reason"
		require.NoError(b.t, b.Ask(ctx, first, want))
		require.True(b.t, fault.Is(b.ConfirmAsking(ctx, second, seen), fault.Conflict), "it has changed since")
		_, waiting, err = b.Asking(ctx, second)
		require.NoError(b.t, err)
		require.NoError(b.t, b.ConfirmAsking(ctx, second, setup.SeenAsking(waiting)))
		require.Equal(b.t, want.Asks, b.now(first).Programme.Asks)

		// One off and one on: the first at once, the second waits.
		first, second = b.now(first), b.now(second)
		require.NoError(b.t, b.Ask(ctx, second, thn.Asking{Asks: thn.Asks{Gender: true, Carriage: true}, Reason: "Kits are left at home", Assessment: "DPIA 8"}))
		require.Equal(b.t, thn.Asks{Gender: true}, b.now(first).Programme.Asks)
		inForce, waiting, err := b.Asking(ctx, first)
		require.NoError(b.t, err)
		require.Equal(b.t, "Another reason", inForce.Reason, "why what is left is asked")
		require.Equal(b.t, thn.Asks{Gender: true, Carriage: true}, waiting.Asks)
		require.NoError(b.t, b.WithdrawAsking(ctx, first))
		require.NoError(b.t, b.Ask(ctx, b.now(first), thn.Asking{}), "nothing needs no reason")
		require.Equal(b.t, thn.Asks{}, b.now(first).Programme.Asks)
	})
}
