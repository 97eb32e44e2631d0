package setup_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

func TestRefreshers_oncePerPersonAndByDueDay(t *testing.T) {
	each(t, func(b *bench) {
		ctx, chief := b.t.Context(), b.as(thn.RoleManager)
		station := thn.Site{ID: thn.NewID(), Area: b.north.ID, Name: "Station", Setting: "police", Channel: thn.ChannelPolice, Supplier: "police"}
		require.NoError(b.t, b.store.AddSites(ctx, b.programme.ID, "", station))
		nia := b.add(chief, "nia", thn.RoleWorker)
		require.NoError(b.t, b.AddPerson(ctx, chief, setup.NewPerson{Handle: "bo", Password: password, Role: thn.RoleWorker, Site: station.ID}))
		bo := b.member("bo")
		require.NoError(b.t, b.store.AddGrant(ctx, "", thn.Grant{ID: thn.NewID(), Programme: b.programme.ID, Account: nia.Account.ID, Role: thn.RoleAdvocate}))
		gone := b.add(chief, "gone", thn.RoleWorker)
		require.NoError(b.t, b.EndGrant(ctx, chief, gone.Grant.ID))

		day := thn.MustDate(2026, 2, 1)
		for _, grant := range []thn.ID{nia.Grant.ID, bo.Grant.ID} {
			require.NoError(b.t, b.RecordTraining(ctx, chief, grant, thn.StaffTraining{ID: thn.NewID(), Day: day}))
		}
		due := map[string]string{}
		var order []string
		list, err := b.Refreshers(ctx, chief)
		require.NoError(b.t, err)
		for _, x := range list {
			require.Empty(b.t, x.Member.Account.Hash)
			due[x.Member.Account.Handle] = x.Last.Due.String()
			order = append(order, x.Member.Account.Handle)
		}
		require.Equal(b.t, map[string]string{"nia": "2029-02-01", "bo": "2027-02-01"}, due, "police every year, others every three; whoever left is not listed")
		require.Equal(b.t, []string{"bo", "nia"}, order, "what is due first stands first")

		refused(b.t, b.RecordTraining(ctx, chief, nia.Grant.ID, thn.StaffTraining{ID: thn.NewID(), Day: day}), "day", "staff.day_same")
		refused(b.t, b.RecordTraining(ctx, chief, nia.Grant.ID, thn.StaffTraining{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 2)}), "day", "staff.day_ahead")
		kind(b.t, b.RecordTraining(ctx, chief, gone.Grant.ID, thn.StaffTraining{ID: thn.NewID(), Day: day}), fault.Conflict)
		kind(b.t, b.RecordTraining(ctx, b.stranger(thn.RoleManager), nia.Grant.ID, thn.StaffTraining{ID: thn.NewID(), Day: day}), fault.NotFound)
		kind(b.t, b.RecordTraining(ctx, b.as(thn.RoleManager, b.south.ID), bo.Grant.ID, thn.StaffTraining{ID: thn.NewID(), Day: day}), fault.NotFound)
		kind(b.t, b.RecordTraining(ctx, b.as(thn.RoleWorker), nia.Grant.ID, thn.StaffTraining{ID: thn.NewID(), Day: day}), fault.Denied)
		kind(b.t, b.WithdrawTraining(ctx, b.stranger(thn.RoleManager), list[0].Last.ID), fault.NotFound)
		require.NoError(b.t, b.WithdrawTraining(ctx, chief, list[0].Last.ID))
		kind(b.t, b.WithdrawTraining(ctx, chief, list[0].Last.ID), fault.Conflict)
	})
}
