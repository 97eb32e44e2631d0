package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func TestTargets_areKeptAndEnd(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, home := t.Context(), p.programme.ID
		all := thn.Target{ID: thn.NewID(), Indicator: "kits-per-death", Thousandths: 12_500, From: thn.MustDate(2026, 1, 1), Source: "Strategy", URL: "https://example.org/s"}
		north := all
		north.ID, north.Area = thn.NewID(), p.north.ID
		for _, x := range []thn.Target{all, north} {
			require.NoError(t, p.AddTarget(ctx, home, p.by, x))
		}
		require.NoError(t, p.EndTarget(ctx, home, p.by, all.ID, thn.MustDate(2026, 7, 1)))
		all.Until = thn.MustDate(2026, 7, 1)
		list, err := p.Targets(ctx, home)
		require.NoError(t, err)
		require.ElementsMatch(t, []thn.Target{all, north}, list)

		acts, err := p.Activity(ctx, thn.ActQuery{Programme: home, Kind: "target", Limit: 9})
		require.NoError(t, err)
		require.Len(t, acts, 3)
		require.Equal(t, []string{"end", "add", "add"}, []string{acts[0].Action, acts[1].Action, acts[2].Action})
		require.Equal(t, p.north.ID, acts[1].Area)

		require.True(t, fault.Is(p.AddTarget(ctx, home, p.by, thn.Target{ID: thn.NewID(), Indicator: "reach", From: all.From, Source: "S"}), fault.Invalid), "no level")
		require.True(t, fault.Is(p.EndTarget(ctx, home, p.by, thn.NewID(), all.Until), fault.NotFound))
		q := newPlace(t, p.Store)
		require.True(t, fault.Is(q.EndTarget(ctx, q.programme.ID, q.by, north.ID, all.Until), fault.NotFound), "another's is not there")
		foreign := north
		foreign.ID = thn.NewID()
		require.True(t, fault.Is(q.AddTarget(ctx, q.programme.ID, q.by, foreign), fault.Invalid), "nor is another's area")
		list, err = q.Targets(ctx, q.programme.ID)
		require.NoError(t, err)
		require.Empty(t, list)
	})
}
