package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/need"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// washington is the state as the model's site has it: community kits as a total,
// the others as records, whose setting tells how the holder came by them.
func washington(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "US", 1, "US/Washington")
	year := thn.YearFrom(2017, 1)
	p.total("Washington", year, 5009, via(thn.ChannelCommunity))
	day := thn.MustDate(2017, 3, 8)
	p.give(p.counter("Washington"), day, "pharmacist", first(89, 89), first(89, 89))
	for range 5428 / 92 {
		p.prescribe("Washington", day, 92)
	}
	p.denominator(thn.Residents, "Washington", year, "Residents", 7_423_362)
	p.denominator(thn.OpioidDeaths, "Washington", year, "Deaths", 742)
	return p
}

// counter is a pharmacy that gives kits without a prescription.
func (p *place) counter(area string) thn.Site {
	p.t.Helper()
	site := thn.Site{ID: thn.NewID(), Area: p.areas[area], Name: "Counter", Setting: "pharmacy_direct", Channel: thn.ChannelPharmacy, Supplier: "pharmacist"}
	require.NoError(p.t, p.store.AddSites(p.t.Context(), p.programme.ID, "", site))
	return site
}

// prescribe records kits of a prescription pharmacy.
func (p *place) prescribe(area string, day thn.Date, kits int) {
	p.t.Helper()
	site := thn.Site{ID: thn.NewID(), Area: p.areas[area], Name: "Prescribing " + string(thn.NewID()), Setting: "pharmacy_prescription", Channel: thn.ChannelPharmacy, Supplier: "pharmacist"}
	require.NoError(p.t, p.store.AddSites(p.t.Context(), p.programme.ID, "", site))
	p.give(site, day, "pharmacist", first(1, kits))
}

func TestNeed_washingtonThroughTheReport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := washington(t, s)
		spec := p.spec(thn.YearFrom(2017, 1), report.ByNone)
		spec.Need = need.Assumptions{Rho: need.Exactly(91.10e-6 * 7_423_362 / 1e5)}
		table := p.build("need", spec)
		require.Equal(t, "5,428", shown(t, table, "WA", "need_prescriber"))
		require.Equal(t, "178", shown(t, table, "WA", "need_pharmacy"))
		require.Equal(t, "5,009", shown(t, table, "WA", "need_community"))
		require.Equal(t, "43.5", shown(t, table, "WA", "need_covered"), "the worked example; the published curves say 43.6")
		require.Equal(t, "11,394", shown(t, table, "WA", "need_extra"), "11,388 from the unrounded rate")
	})
}

// north and south have kits and residents, east has no residents.
func threeAreas(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XD", 1, "XD/North", "XD/South", "XD/East")
	year := thn.YearFrom(2025, 1)
	p.total("North", year, 4000, via(thn.ChannelCommunity))
	p.total("North", year, 500, via(thn.ChannelPharmacy))
	p.total("South", year, 100, via(thn.ChannelCommunity))
	p.total("East", year, 70)
	p.denominator(thn.Residents, "North", year, "Residents", 200_000)
	p.denominator(thn.Residents, "South", year, "Residents", 200_000)
	p.denominator(thn.AtRisk, "North", year, "At risk", 2_000, interval(1_500, 2_500))
	p.denominator(thn.OpioidDeaths, "North", year, "Deaths", 60)
	p.denominator(thn.OpioidDeaths, "South", year, "Deaths", 60)
	return p
}

func TestNeed_byAreaThenSummed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := threeAreas(t, s)
		spec := p.spec(thn.YearFrom(2025, 1), report.ByNone)
		table := p.build("need", spec)
		require.Equal(t, "99.9 (96.7–100.0)", shown(t, table, "NO", "need_covered"))
		require.Equal(t, "14.4 (7.3–21.5)", shown(t, table, "SO", "need_covered"))
		require.Equal(t, "no denominator", shown(t, table, "EA", "need_covered"), "East has no residents: that is not nothing")
		require.Equal(t, "70", shown(t, table, "EA", "need_community"), "a channel that is not stated counts as community")
		require.Equal(t, "0", shown(t, table, "NO", "need_extra"))
		require.Equal(t, shown(t, table, "SO", "need_extra"), shown(t, table, "total", "need_extra"), "what North has over helps nobody in South")
		require.Equal(t, "57.1 (52.0–60.8)", shown(t, table, "total", "need_covered"))
		p.golden("need", table, p.build("saturation", spec), p.build("deaths-averted", spec))

		spec.Period = thn.Period{From: thn.MustDate(2025, 1, 1), To: thn.MustDate(2027, 1, 1)}
		twice := p.build("need", spec)
		require.Equal(t, "7.5 (3.7–11.4)", shown(t, twice, "SO", "need_covered"), "two years with the kits of one are half as many a year")
		require.True(t, says(twice, "scaled"))
		require.False(t, says(table, "scaled"))
	})
}

// says tells whether a table has a note.
func says(t report.Table, code string) bool {
	for _, n := range t.Notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

func TestNeed_accessPointsAndEquivalents(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XD", 1, "XD/North", "XD/South")
		p.denominator(thn.Residents, "North", thn.YearFrom(2025, 1), "Residents", 10_000)
		day := thn.MustDate(2025, 5, 1)
		outreach := p.site("North", "Dock", thn.ChannelCommunity)
		p.give(outreach, day, "paid_worker", first(10, 40))
		ward := thn.Site{ID: thn.NewID(), Area: p.areas["North"], Name: "Ward", Setting: "hospital_ward", Channel: thn.ChannelCommunity, Supplier: "paid_worker"}
		require.NoError(t, s.AddSites(t.Context(), p.programme.ID, "", ward))
		p.give(p.counter("North"), day, "pharmacist", first(10, 30))
		p.give(ward, day, "paid_worker", first(10, 10))
		p.prescribe("North", day, 15)
		spec := p.spec(thn.YearFrom(2025, 1), report.ByNone)
		table := p.build("need", spec)
		require.Equal(t, []string{"40", "30", "25"}, []string{shown(t, table, "NO", "need_community"), shown(t, table, "NO", "need_pharmacy"), shown(t, table, "NO", "need_prescriber")})
		require.Equal(t, "90.2 (68.0–97.4)", shown(t, table, "NO", "need_covered"), "40 + 30 + 25/5 = 75 kits for 10,000 residents")

		double := thn.Product{ID: thn.NewID(), Code: "double", Name: "Four doses", Route: "nasal", KitThousandths: 2000}
		require.NoError(t, s.AddProducts(t.Context(), p.programme.ID, "", double))
		p.product = double.ID
		p.give(outreach, day, "paid_worker", first(10, 20))
		table = p.build("need", spec)
		require.Equal(t, "60", shown(t, table, "NO", "need_community"), "kits are shown as they were counted")
		require.Equal(t, "97.2 (82.5–99.6)", shown(t, table, "NO", "need_covered"), "75 and 20 that count double are 115")
		require.Contains(t, table.Notes[len(table.Notes)-1].Key, "need_kits_weighed")
	})
}

func TestNeed_theAssumptionIsInSight(t *testing.T) {
	t.Parallel()
	p := threeAreas(t, storetest.SQLite(t))
	spec := p.spec(thn.YearFrom(2025, 1), report.ByNone)
	assumed := func() string {
		for _, n := range p.build("need", spec).Notes {
			if n.Code == "assumed" {
				return report.Say(words(t, "en"), n)
			}
		}
		return ""
	}
	require.Contains(t, assumed(), "Assumed epidemic type: fentanyl, US-calibrated, rho 0.00310 (0.00295–0.00321 over 18 US states).")
	require.Contains(t, assumed(), "0.00152–0.00485")
	spec.Need = need.Assumptions{Rho: need.Exactly(0.004)}
	require.Contains(t, assumed(), "rho 0.00400, as entered here")
	spec.Need = need.Assumptions{Target: 1.2}
	_, err := report.Build(t.Context(), p.store, "need", spec)
	require.True(t, fault.Is(err, fault.Invalid))
	key, _ := fault.Sentence(err)
	require.Equal(t, "need.error.share", key)
}

func TestWhatIf_movesKitsBetweenAreas(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := threeAreas(t, s)
		spec := p.spec(thn.YearFrom(2025, 1), report.ByNone)
		same, err := report.WhatIf(t.Context(), s, spec, nil)
		require.NoError(t, err)
		require.Equal(t, same.Total.Now, same.Total.Then)
		require.Zero(t, same.Total.Averted)
		require.Equal(t, "South", same.Areas[same.Best].Label.Text, "the next box does most where there are few")

		moved, err := report.WhatIf(t.Context(), s, spec, report.Plan{"NO": {report.AccessCommunity: 3000}, "SO": {report.AccessCommunity: 1100}})
		require.NoError(t, err)
		require.InDelta(t, moved.Total.Kits.Total(), moved.Total.Planned.Total(), 1e-9, "no kit was added")
		require.Greater(t, moved.Total.Then.Covered.Value, moved.Total.Now.Covered.Value)
		require.Greater(t, moved.Total.Averted.Value, 10.0)
		require.Less(t, moved.Total.Averted.Low, moved.Total.Averted.Value)
		require.Negative(t, moved.Areas[1].Averted.Value, "North loses a little")
		require.Equal(t, "no denominator", shown(t, moved.Table, "EA", "plan_averted"))
		p.golden("need_plan", moved.Table)

		_, err = report.WhatIf(t.Context(), s, spec, report.Plan{"NO": {report.AccessCommunity: -1}})
		require.True(t, fault.Is(err, fault.Invalid))
	})
}
