package setup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// figure is a population of the north, yet to be added.
func (b *bench) figure() thn.Denominator {
	return thn.Denominator{ID: thn.NewID(), Kind: thn.AtRisk, Area: b.north.ID, Period: thn.YearFrom(2025, time.January), Value: 500, Low: 400, High: 650,
		Definition: "People at risk of opioid overdose", Source: "Capture–recapture 2025", URL: "https://example.org/estimate?id=1"}
}

func TestAddDenominator_refusals(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		standing := b.figure()
		require.NoError(b.t, b.AddDenominator(ctx, manager, standing))
		require.NoError(b.t, b.AddDenominator(ctx, manager, standing), "the button pressed twice")
		for name, c := range map[string]struct {
			change     func(*thn.Denominator)
			field, key string
		}{
			"one that stands":        {func(*thn.Denominator) {}, "source", "setup.figure_taken"},
			"an unknown kind":        {func(d *thn.Denominator) { d.Kind = "trees" }, "kind", "setup.choose_list"},
			"an unknown area":        {func(d *thn.Denominator) { d.Area = thn.NewID() }, "area", "setup.area_unknown"},
			"no definition":          {func(d *thn.Denominator) { d.Definition = "" }, "definition", "setup.definition_missing"},
			"no source":              {func(d *thn.Denominator) { d.Source = " " }, "source", "setup.source_missing"},
			"less than nothing":      {func(d *thn.Denominator) { d.Value = -1 }, "value", "setup.value_missing"},
			"below its interval":     {func(d *thn.Denominator) { d.Low = 501 }, "low", "setup.low_above"},
			"above its interval":     {func(d *thn.Denominator) { d.High = 499 }, "high", "setup.high_below"},
			"no first day":           {func(d *thn.Denominator) { d.Period.From = thn.Date{} }, "from", "setup.day_missing"},
			"a period backward":      {func(d *thn.Denominator) { d.Period.To = d.Period.From }, "to", "setup.period_order"},
			"a date ahead":           {func(d *thn.Denominator) { d.AsAt = today.AddDays(1) }, "asat", "setup.as_at_ahead"},
			"a script for a link":    {func(d *thn.Denominator) { d.URL = "javascript:alert(1)" }, "url", "setup.address"},
			"a file for a link":      {func(d *thn.Denominator) { d.URL = "file:///etc/passwd" }, "url", "setup.address"},
			"a name in the link":     {func(d *thn.Denominator) { d.URL = "https://ana:secret@example.org/" }, "url", "setup.address"},
			"a link without a place": {func(d *thn.Denominator) { d.URL = "https://" }, "url", "setup.address"},
			"a link too long":        {func(d *thn.Denominator) { d.URL = "https://example.org/" + strings.Repeat("a", 500) }, "url", "setup.address"},
		} {
			b.t.Run(name, func(t *testing.T) {
				d := b.figure()
				c.change(&d)
				refused(t, b.AddDenominator(ctx, manager, d), c.field, c.key)
			})
		}
	})
}

// A correction is a new version: the list shows it alone, and the old one can be
// neither corrected nor withdrawn again.
func TestCorrectDenominator_isANewVersion(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		old := b.figure()
		require.NoError(b.t, b.AddDenominator(ctx, manager, old))
		fresh := b.figure()
		fresh.Value = 510
		require.NoError(b.t, b.CorrectDenominator(ctx, manager, old.ID, fresh))
		require.Equal(b.t, []int64{510}, b.values(manager))
		kind(b.t, b.CorrectDenominator(ctx, manager, old.ID, b.figure()), fault.NotFound)
		kind(b.t, b.VoidDenominator(ctx, manager, old.ID, thn.NewID()), fault.NotFound)
		require.NoError(b.t, b.VoidDenominator(ctx, manager, fresh.ID, thn.NewID()))
		require.Empty(b.t, b.values(manager))
		require.NoError(b.t, b.AddDenominator(ctx, manager, b.figure()), "what was withdrawn may be entered anew")
	})
}

func (b *bench) values(actor thn.Actor) (list []int64) {
	b.t.Helper()
	figures, err := b.Denominators(context.Background(), actor)
	require.NoError(b.t, err)
	for _, d := range figures {
		list = append(list, d.Value)
	}
	return list
}

func TestDenominators_stayWithinReach(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		d := b.figure()
		require.NoError(b.t, b.AddDenominator(ctx, b.as(thn.RoleManager), d))
		require.NoError(b.t, b.AddDenominator(ctx, b.as(thn.RoleManager, b.north.ID), func() thn.Denominator { x := b.figure(); x.Kind = thn.Residents; return x }()))
		for name, actor := range map[string]thn.Actor{"the south": b.as(thn.RoleManager, b.south.ID), "one site": b.as(thn.RoleManager, b.quay.ID),
			"another programme": b.stranger(thn.RoleAdministrator)} {
			b.t.Run(name, func(t *testing.T) {
				require.Empty(t, b.values(actor))
				kind(t, b.CorrectDenominator(ctx, actor, d.ID, b.figure()), fault.NotFound)
				kind(t, b.VoidDenominator(ctx, actor, d.ID, thn.NewID()), fault.NotFound)
				refused(t, b.AddDenominator(ctx, actor, b.figure()), "area", "setup.area_unknown")
			})
		}
	})
}
