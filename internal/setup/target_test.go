package setup_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

var targetKeys = []string{"kits-per-death", "reach"}

// aim is a target of the whole programme, yet to be set.
func (b *bench) aim() thn.Target {
	return thn.Target{ID: thn.NewID(), Indicator: "reach", Thousandths: 60_000, From: thn.MustDate(2026, 1, 1), Source: "Strategy 2026"}
}

func TestAddTarget_refusals(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := b.t.Context(), b.as(thn.RoleManager)
		standing := b.aim()
		require.NoError(b.t, b.AddTarget(ctx, manager, standing, targetKeys))
		require.NoError(b.t, b.AddTarget(ctx, manager, standing, targetKeys), "the button pressed twice")
		for name, c := range map[string]struct {
			change     func(*thn.Target)
			field, key string
		}{
			"one from the same day": {func(*thn.Target) {}, "from", "targets.from_taken"},
			"an unknown indicator":  {func(x *thn.Target) { x.Indicator = "kits-by-worker" }, "indicator", "setup.choose_list"},
			"an unknown area":       {func(x *thn.Target) { x.Area = thn.NewID() }, "area", "setup.area_unknown"},
			"no level":              {func(x *thn.Target) { x.Thousandths = 0 }, "value", "targets.value_missing"},
			"no day":                {func(x *thn.Target) { x.From = thn.Date{} }, "from", "setup.day_missing"},
			"a day far off":         {func(x *thn.Target) { x.From = today.AddDays(400) }, "from", "setup.day_far"},
			"no source":             {func(x *thn.Target) { x.Source = " " }, "source", "targets.source_missing"},
			"a script for a link":   {func(x *thn.Target) { x.URL = "javascript:alert(1)" }, "url", "setup.address"},
		} {
			b.t.Run(name, func(t *testing.T) {
				x := b.aim()
				c.change(&x)
				refused(t, b.AddTarget(ctx, manager, x, targetKeys), c.field, c.key)
			})
		}
	})
}

func TestEndTarget_onceAndNotBeforeItBegan(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := b.t.Context(), b.as(thn.RoleManager)
		x := b.aim()
		require.NoError(b.t, b.AddTarget(ctx, manager, x, targetKeys))
		refused(b.t, b.EndTarget(ctx, manager, x.ID, x.From.AddDays(-1)), "from", "setup.day_before_begin")
		require.NoError(b.t, b.EndTarget(ctx, manager, x.ID, x.From))
		kind(b.t, b.EndTarget(ctx, manager, x.ID, x.From), fault.Conflict)
		again := b.aim()
		require.NoError(b.t, b.AddTarget(ctx, manager, again, targetKeys), "one that never held leaves its day free")
	})
}

func TestTargets_stayWithinReach(t *testing.T) {
	each(t, func(b *bench) {
		ctx := b.t.Context()
		all, north := b.aim(), b.aim()
		north.Area = b.north.ID
		require.NoError(b.t, b.AddTarget(ctx, b.as(thn.RoleManager), all, targetKeys))
		require.NoError(b.t, b.AddTarget(ctx, b.as(thn.RoleManager, b.north.ID), north, targetKeys))
		for name, c := range map[string]struct {
			actor thn.Actor
			sees  int
		}{"the south": {b.as(thn.RoleManager, b.south.ID), 1}, "another programme": {b.stranger(thn.RoleAdministrator), 0}} {
			b.t.Run(name, func(t *testing.T) {
				list, err := b.Targets(ctx, c.actor)
				require.NoError(t, err)
				require.Len(t, list, c.sees, "what holds everywhere holds here too")
				kind(t, b.EndTarget(ctx, c.actor, north.ID, today), fault.NotFound)
				kind(t, b.EndTarget(ctx, c.actor, all.ID, today), fault.NotFound)
				foreign := b.aim()
				foreign.Area = b.north.ID
				refused(t, b.AddTarget(ctx, c.actor, foreign, targetKeys), "area", "setup.area_unknown")
			})
		}
		for _, role := range []thn.Role{thn.RoleWorker, thn.RoleAdvocate} {
			kind(b.t, b.AddTarget(ctx, b.as(role), b.aim(), targetKeys), fault.Denied)
			kind(b.t, b.EndTarget(ctx, b.as(role), all.ID, today), fault.Denied)
		}
	})
}
