package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func TestTotals_newestVersionsOnly(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		id := p.programme.ID
		first := thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: p.root.ID, Site: p.harbour.ID, Period: thn.YearFrom(2016, time.April), Channels: []thn.Channel{thn.ChannelPrison, thn.ChannelCommunity},
			Count: thn.Count{Low: 473, High: 473}, Published: "236.5", Source: "S", URL: "https://example.org/", AsAt: thn.MustDate(2017, 2, 28)}
		require.NoError(t, p.AddTotals(t.Context(), id, p.by, first))
		restated := first
		restated.ID, restated.Corrects, restated.Count, restated.Published = thn.NewID(), first.ID, thn.Count{Low: 2, High: 8}, "<5"
		require.NoError(t, p.AddTotals(t.Context(), id, p.by, restated))
		totals, err := p.Totals(t.Context(), id)
		require.NoError(t, err)
		want := restated
		want.Corrects = "" // which version it replaces is the envelope's to know
		want.Channels = []thn.Channel{thn.ChannelCommunity, thn.ChannelPrison}
		require.Equal(t, []thn.PeriodTotal{want}, totals)

		late := first
		late.ID, late.Corrects = thn.NewID(), first.ID
		require.True(t, fault.Is(p.AddTotals(t.Context(), id, p.by, late), fault.Conflict), "somebody restated it before")
		require.NoError(t, p.AddTotals(t.Context(), id, p.by, thn.PeriodTotal{ID: thn.NewID(), Corrects: restated.ID, Void: true}))
		totals, err = p.Totals(t.Context(), id)
		require.NoError(t, err)
		require.Empty(t, totals)
		for name, edit := range map[string]func(*thn.PeriodTotal){
			"no source": func(x *thn.PeriodTotal) { x.Source = "" }, "bounds crossed": func(x *thn.PeriodTotal) { x.Count = thn.Count{Low: 8, High: 2} },
			"half a person": func(x *thn.PeriodTotal) { x.Measure, x.Count = thn.MeasurePeople, thn.Count{Low: 3, High: 3} },
		} {
			bad := first
			bad.ID = thn.NewID()
			edit(&bad)
			require.True(t, fault.Is(p.AddTotals(t.Context(), id, p.by, bad), fault.Invalid), name)
		}
	})
}

func TestDenominators_newestVersionsOnly(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		id := p.programme.ID
		first := thn.Denominator{ID: thn.NewID(), Kind: thn.AtRisk, Area: p.north.ID, Period: thn.YearFrom(2022, time.April), Value: 43_400, Low: 41_900, High: 45_100,
			Definition: "Opioid dependence", Source: "S", Provisional: true}
		hidden := thn.Denominator{ID: thn.NewID(), Kind: thn.OpioidDeaths, Area: p.north.ID, Period: thn.YearFrom(2022, time.January), Low: 1, High: 9, Definition: "D", Source: "S", Suppressed: true}
		require.NoError(t, p.AddDenominators(t.Context(), id, p.by, first, hidden))
		newer := first
		newer.ID, newer.Corrects, newer.Provisional, newer.Value = thn.NewID(), first.ID, false, 43_500
		require.NoError(t, p.AddDenominators(t.Context(), id, p.by, newer))
		list, err := p.Denominators(t.Context(), id)
		require.NoError(t, err)
		newer.Corrects = ""
		require.ElementsMatch(t, []thn.Denominator{newer, hidden}, list)
		bad := first
		bad.ID, bad.Low = thn.NewID(), 50_000
		require.True(t, fault.Is(p.AddDenominators(t.Context(), id, p.by, bad), fault.Invalid))
	})
}
