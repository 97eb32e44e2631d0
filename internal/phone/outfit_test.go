package phone_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"thntracker/internal/fault"
	"thntracker/internal/phone"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestOutfit_keepsAGrantWhileItHasTime(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first := p.fitOut(t, p.worker, phone.Holds{})
		require.Equal(t, today.AddDays(30), first.Until)
		for days, same := range map[int]bool{0: true, 22: true, 23: false, 31: false} {
			p.now = storetest.Noon.AddDate(0, 0, days)
			again := p.fitOut(t, p.worker, phone.Holds{Token: first.Token})
			require.Equal(t, same, again.Token == first.Token, "after %d days", days)
			require.Equal(t, []any{first.KID, first.Epoch}, []any{again.KID, again.Epoch})
		}
		p.now = storetest.Noon
		require.NotEqual(t, first.Token, p.fitOut(t, p.manager, phone.Holds{Token: first.Token}).Token, "somebody else's token gives nothing")
		for _, g := range p.phones(t) {
			require.NotContains(t, g.TokenHash, first.Token)
		}
		advocate := p.hire(t, "advocate", thn.RoleAdvocate)
		_, err := p.Outfit(t.Context(), advocate, phone.Holds{})
		require.True(t, fault.Is(err, fault.Denied))
	})
}

// A phone that was emptied is told what it had, as far as it had said so (UX-24).
func TestOutfit_tellsWhatWasLost(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		h := p.fitOut(t, p.worker, phone.Holds{Waiting: 5})
		require.Zero(t, p.fitOut(t, p.worker, phone.Holds{}).Lost, "what waited then was not sealed with this grant")
		require.Equal(t, h.Token, p.fitOut(t, p.worker, phone.Holds{Waiting: 3, Token: h.Token}).Token)
		item := h.give(t, p)
		require.Equal(t, []thn.Outcome{stored}, p.deliver(t, item))
		require.Equal(t, []thn.Outcome{duplicate}, p.deliver(t, item), "counted once")
		require.Equal(t, 2, p.fitOut(t, p.worker, phone.Holds{}).Lost)
		require.Zero(t, p.fitOut(t, p.worker, phone.Holds{Waiting: 1}).Lost, "it holds something")
		require.Zero(t, p.fitOut(t, p.manager, phone.Holds{}).Lost, "somebody else's")
		for range 4 {
			require.Equal(t, []thn.Outcome{stored}, p.deliver(t, h.give(t, p)))
		}
		require.Zero(t, p.fitOut(t, p.worker, phone.Holds{}).Lost, "never below none")
		require.Zero(t, p.fitOut(t, p.worker, phone.Holds{Waiting: -9, Token: h.Token}).Lost)

		p.fitOut(t, p.worker, phone.Holds{Waiting: 7, Token: h.Token})
		for _, g := range p.phones(t) {
			if g.Waiting == 7 {
				require.NoError(t, p.Revoke(t.Context(), p.manager, p.members, g.ID))
			}
		}
		require.Zero(t, p.fitOut(t, p.worker, phone.Holds{}).Lost, "a phone that is not counted any more")
	})
}

// Two servers that are asked at once give the same key and the same epoch.
func TestOutfit_firstNeedOfTwoServers(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		servers := []*phone.Phones{p.Phones, p.server(storetest.Open(t, url))}
		outfits := make([]phone.Outfit, 8)
		var group errgroup.Group
		for i := range outfits {
			group.Go(func() (err error) {
				outfits[i], err = servers[i%2].Outfit(t.Context(), p.worker, phone.Holds{})
				return err
			})
		}
		require.NoError(t, group.Wait())
		for _, o := range outfits {
			require.Equal(t, []any{outfits[0].KID, outfits[0].Epoch, outfits[0].Public}, []any{o.KID, o.Epoch, o.Public})
		}
		keys, err := p.store.SealingKeys(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Len(t, keys, 1)
	})
}

// A key that was rotated opens what was sealed to it for eighteen months (PV-09,
// F-40); then it is gone, and what comes is held as unreadable.
func TestKeys_rotateAndDestroy(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ring := phone.NewKeyring(p.store, p.Clock)
		old := p.fitOut(t, p.worker, phone.Holds{})
		number, err := ring.Rotate(t.Context(), p.programme, p.manager.Account.ID)
		require.NoError(t, err)
		require.Equal(t, 2, number)
		fresh := p.fitOut(t, p.worker, phone.Holds{Token: old.Token})
		require.NotEqual(t, old.Public, fresh.Public)
		require.Equal(t, []thn.Outcome{stored, stored}, p.deliver(t, old.give(t, p), fresh.give(t, p)))

		p.now = storetest.Noon.AddDate(1, 6, 0)
		n, err := ring.Destroy(t.Context(), p.programme, "")
		require.NoError(t, err)
		require.Zero(t, n, "eighteen months to the day")
		require.Equal(t, []thn.Outcome{held}, p.deliver(t, old.give(t, p)))
		p.now = storetest.Noon.AddDate(1, 7, 0)
		n, err = ring.Destroy(t.Context(), p.programme, "")
		require.NoError(t, err)
		require.Equal(t, 1, n)
		late := old.give(t, p)
		require.Equal(t, []thn.Outcome{held}, p.deliver(t, late))
		require.Equal(t, "unreadable", p.causes(t)[late.ID])
		keys, err := p.store.SealingKeys(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Equal(t, []bool{true, false}, []bool{keys[0].Private == "", keys[1].Private == ""})
		n, err = ring.Destroy(t.Context(), p.programme, "")
		require.NoError(t, err)
		require.Zero(t, n, "once")
		number, err = ring.Rotate(t.Context(), p.programme, "")
		require.NoError(t, err)
		require.Equal(t, 3, number, "a number is never used again")
	})
}

// Putting a backup back changes the epoch, so that phones offer again what it
// lacks; each record is there once (UX-26).
func TestEpoch_afterABackup(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		h := p.fitOut(t, p.worker, phone.Holds{})
		first, err := p.Epoch(t.Context())
		require.NoError(t, err)
		require.NoError(t, p.store.NewEpoch(t.Context()))
		second, err := p.Epoch(t.Context())
		require.NoError(t, err)
		require.NotEqual(t, first, second)
		third, err := p.Epoch(t.Context())
		require.NoError(t, err)
		require.Equal(t, second, third)
		item := h.give(t, p)
		require.Equal(t, []thn.Outcome{stored}, p.deliver(t, item))
		require.Equal(t, []thn.Outcome{duplicate}, p.deliver(t, item))
	})
}

func TestList_staysWithinReach(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t))
	p.fitOut(t, p.worker, phone.Holds{})
	p.fitOut(t, p.manager, phone.Holds{})
	require.Len(t, p.phones(t), 2)
	workers := slices.DeleteFunc(slices.Clone(p.members), func(m thn.Member) bool { return m.Grant.Role != thn.RoleWorker })
	list, err := p.List(t.Context(), p.manager, workers)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, p.worker.Account.ID, list[0].Account)
	_, err = p.List(t.Context(), p.worker, p.members)
	require.True(t, fault.Is(err, fault.Denied))
	for _, g := range p.phones(t) {
		if g.Account == p.manager.Account.ID {
			require.True(t, fault.Is(p.Revoke(t.Context(), p.manager, workers, g.ID), fault.NotFound))
		}
	}
	p.now = storetest.Noon.AddDate(0, 3, 0)
	require.Empty(t, p.phones(t), "what is long over is left out")
}

var _ phone.Store = (*store.Store)(nil)
