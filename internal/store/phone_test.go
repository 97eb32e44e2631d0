package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func TestSealingKeys(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, id := t.Context(), p.programme.ID
		_, err := p.SealingKeys(ctx, thn.NewID())
		require.True(t, fault.Is(err, fault.NotFound), "no such programme")
		keys, err := p.SealingKeys(ctx, id)
		require.NoError(t, err)
		require.Empty(t, keys)
		day := thn.MustDate(2026, 3, 1)
		add := func(number int, private string, made thn.Date) error {
			return p.AddSealingKey(ctx, id, p.by, thn.SealingKey{Number: number, Private: private, Made: made})
		}
		require.NoError(t, add(1, "a", day))
		require.NoError(t, add(2, "b", day.AddDays(1)))
		require.True(t, fault.Is(add(2, "c", day), fault.Conflict))
		require.Error(t, add(0, "d", day))
		require.Error(t, add(3, "", day), "a key that is there opens something")
		keys, err = p.SealingKeys(ctx, id)
		require.NoError(t, err)
		require.Equal(t, []thn.SealingKey{{Number: 1, Private: "a", Made: day, Retired: day.AddDays(1)}, {Number: 2, Private: "b", Made: day.AddDays(1)}}, keys)

		far := day.AddDays(9000)
		for _, c := range []struct {
			before thn.Date
			n      int
		}{{day.AddDays(1), 0}, {far, 1}, {far, 0}} {
			n, err := p.DestroyKeys(ctx, id, p.by, c.before, day)
			require.NoError(t, err)
			require.Equal(t, c.n, n, "the current key is never destroyed")
		}
		keys, err = p.SealingKeys(ctx, id)
		require.NoError(t, err)
		require.Equal(t, thn.SealingKey{Number: 1, Made: day, Retired: day.AddDays(1), Destroyed: day}, keys[0])
		require.Equal(t, "b", keys[1].Private)
		other := newPlace(t, p.Store)
		keys, err = p.SealingKeys(ctx, other.programme.ID)
		require.NoError(t, err)
		require.Empty(t, keys, "another programme's")
	})
}

func TestSubmissionGrants(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, id := t.Context(), p.programme.ID
		account := thn.Account{ID: thn.NewID(), Handle: "worker"}
		require.NoError(t, p.AddAccount(ctx, p.by, account, thn.Grant{ID: thn.NewID(), Programme: id, Account: account.ID, Role: thn.RoleWorker}))
		day := thn.MustDate(2026, 3, 1)
		g := thn.SubmissionGrant{ID: thn.NewID(), Account: account.ID, TokenHash: "h", Issued: day, Until: day.AddDays(30), Waiting: 5, Heard: day}
		require.NoError(t, p.AddSubmissionGrant(ctx, id, g))
		twin := g
		twin.ID = thn.NewID()
		require.True(t, fault.Is(p.AddSubmissionGrant(ctx, id, twin), fault.Conflict), "a token is one grant's")
		stranger := g
		stranger.ID, stranger.TokenHash, stranger.Account = thn.NewID(), "x", thn.NewID()
		require.True(t, fault.Is(p.AddSubmissionGrant(ctx, id, stranger), fault.Invalid))

		require.NoError(t, p.TookIn(ctx, id, g.ID, 2, day.AddDays(1)))
		got, err := p.SubmissionGrant(ctx, id, "h")
		require.NoError(t, err)
		g.Waiting, g.Heard = 3, day.AddDays(1)
		require.Equal(t, g, got)
		require.NoError(t, p.TookIn(ctx, id, g.ID, 9, day.AddDays(1)))
		require.NoError(t, p.RevokeSubmissionGrant(ctx, id, p.by, g.ID, day.AddDays(2)))
		list, err := p.SubmissionGrants(ctx, id)
		require.NoError(t, err)
		g.Waiting, g.Revoked = 0, day.AddDays(2)
		require.Equal(t, []thn.SubmissionGrant{g}, list)
		require.NoError(t, p.SetWaiting(ctx, id, g.ID, 8, day.AddDays(3)))

		other := newPlace(t, p.Store).programme.ID
		for name, err := range map[string]error{"take": p.TookIn(ctx, other, g.ID, 1, day), "set": p.SetWaiting(ctx, other, g.ID, 1, day), "revoke": p.RevokeSubmissionGrant(ctx, other, p.by, g.ID, day)} {
			require.True(t, fault.Is(err, fault.NotFound), name)
		}
		_, err = p.SubmissionGrant(ctx, other, "h")
		require.True(t, fault.Is(err, fault.NotFound))
	})
}

func TestHoldUpTo(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		hold := func(record thn.ID) bool {
			held, err := p.HoldUpTo(t.Context(), thn.HeldRecord{Programme: p.programme.ID, Kind: thn.KindSealed, Record: record, Cause: thn.CauseUnreadable, Payload: string(record)}, 2)
			require.NoError(t, err)
			return held
		}
		one, two, three := thn.NewID(), thn.NewID(), thn.NewID()
		require.Equal(t, []bool{true, true, false, true}, []bool{hold(one), hold(two), hold(three), hold(one)})
		require.Len(t, p.causes(t), 2)
		other := p.given(1)
		other.Site = thn.NewID()
		p.append(t, p.sub(other))
		require.Len(t, p.causes(t), 3, "other causes have no such limit")
	})
}

func TestEpoch_isOne(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first, err := p.Epoch(t.Context())
		require.NoError(t, err)
		again, err := p.Epoch(t.Context())
		require.NoError(t, err)
		require.Equal(t, first, again)
		require.NoError(t, p.NewEpoch(t.Context()))
		next, err := p.Epoch(t.Context())
		require.NoError(t, err)
		require.NotEqual(t, first, next)
		require.Equal(t, 1, p.count(t, "server_epochs"))
		said, err := p.Texts(t.Context(), "SELECT action FROM audit_entries WHERE action = 'put_back'")
		require.NoError(t, err)
		require.Len(t, said, 1)
	})
}

func TestHas_comparesContent(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		sub := p.sub(p.given(1))
		has := func(sub thn.Submission) bool {
			is, err := p.Has(t.Context(), sub)
			require.NoError(t, err)
			return is
		}
		require.False(t, has(sub))
		p.append(t, sub)
		require.True(t, has(sub))
		sub.By = thn.NewID()
		require.True(t, has(sub), "whoever delivered it")
		require.False(t, has(altered(sub, func(d *thn.Distribution) { d.Lines[0].Kits = 2 })))
		sub.Programme = newPlace(t, p.Store).programme.ID
		require.False(t, has(sub))
	})
}
