package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// reachPlace is Scotland's 32,969 people and three estimates of how many are at risk.
func reachPlace(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XC", int(april), "XC/Scotland")
	p.total("Scotland", years(2011, 2021, april), 32969, firstPeople)
	p.denominator(thn.AtRisk, "Scotland", years(2020, 2021, april), "implied by the published 57.53 per cent", 57300)
	p.denominator(thn.AtRisk, "Scotland", years(2019, 2020, april), "opioid dependence, 2019/20 model", 47100, interval(45700, 48600))
	p.denominator(thn.AtRisk, "Scotland", years(2022, 2023, april), "opioid dependence, 2022/23 model", 43400, interval(41900, 45100))
	return p
}

func TestSeries_oneCanBeChosen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := reachPlace(t, s)
		for name, want := range map[string]string{
			"Opioid dependence, 2019/20 model":                   "70.0 (67.8–72.1)",
			"opioid dependence, 2022/23 model|Statistics":        "76.0 (73.1–78.7)",
			"  implied by the published 57.53 PER CENT ":         "57.5",
			"opioid dependence,  2022/23 model | not the source": "",
		} {
			spec := p.spec(years(2022, 2023, april), report.ByNone)
			spec.Series = name
			table, err := report.Build(t.Context(), p.store, "reach", spec)
			if want == "" {
				require.True(t, fault.Is(err, fault.Invalid), "%v", err)
				continue
			}
			require.NoError(t, err)
			require.Len(t, table.Rows, 1, name)
			require.Equal(t, want, shown(t, table, table.Rows[0].Label.Code, "reach"), name)
			require.Len(t, table.Denominators, 1)
			require.Equal(t, "base", table.Head.Filters[0].Code, "the table names it")
		}
	})
}

// A kind that does not have the chosen series keeps what it has.
func TestSeries_aChoiceLeavesOtherKindsAlone(t *testing.T) {
	t.Parallel()
	p := reachPlace(t, storetest.SQLite(t))
	p.denominator(thn.OpioidDeaths, "Scotland", thn.YearFrom(2020, time.January), "opioid-related deaths", 1192)
	p.total("Scotland", thn.YearFrom(2020, time.January), 23840)
	spec := p.spec(thn.YearFrom(2020, time.January), report.ByNone)
	spec.Series = "opioid dependence, 2019/20 model"
	require.Equal(t, "20.00", shown(t, p.build("kits-per-death", spec), "all", "kits_per_death"))
}

func TestReach_isARangeOverTheEstimatesThatStand(t *testing.T) {
	t.Parallel()
	p := reachPlace(t, storetest.SQLite(t))
	o, err := report.See(t.Context(), p.store, p.spec(years(2022, 2023, april), report.ByNone))
	require.NoError(t, err)
	require.Equal(t, 3, o.ReachSeries)
	require.False(t, o.Reach.Ratio().Valued, "no one of them is the answer")
	require.Equal(t, "57.5–76.0", report.Show(words(t, "en"), report.Column{Places: 1}, o.Reach))

	spec := p.spec(years(2022, 2023, april), report.ByNone)
	spec.Series = "opioid dependence, 2019/20 model"
	o, err = report.See(t.Context(), p.store, spec)
	require.NoError(t, err)
	require.Equal(t, 1, o.ReachSeries)
	require.Equal(t, "70.0 (67.8–72.1)", report.Show(words(t, "en"), report.Column{Places: 1}, o.Reach))
}

func TestEffect_eachSeriesWithTheFigureItGives(t *testing.T) {
	t.Parallel()
	p := reachPlace(t, storetest.SQLite(t))
	table, err := report.Effect(t.Context(), p.store, thn.AtRisk, p.spec(years(2022, 2023, april), report.ByNone))
	require.NoError(t, err)
	require.Equal(t, "reach", table.Definitions[0])
	got := map[string]string{}
	for _, r := range table.Rows {
		got[shown(t, table, r.Label.Code, "base_value")] = shown(t, table, r.Label.Code, "reach")
	}
	require.Equal(t, map[string]string{"57,300": "57.5", "47,100": "70.0 (67.8–72.1)", "43,400": "76.0 (73.1–78.7)"}, got)

	p.total("Scotland", thn.YearFrom(2020, time.January), 23840)
	p.denominator(thn.OpioidDeaths, "Scotland", thn.YearFrom(2020, time.January), "opioid-related deaths", 1192)
	p.denominator(thn.OpioidDeaths, "Scotland", thn.YearFrom(2020, time.January), "drug misuse deaths", 1490)
	table, err = report.Effect(t.Context(), p.store, thn.OpioidDeaths, p.spec(thn.YearFrom(2020, time.January), report.ByNone))
	require.NoError(t, err)
	require.Len(t, table.Rows, 2)
	require.Equal(t, []string{"16.00", "20.00"}, []string{shown(t, table, table.Rows[0].Label.Code, "kits_per_death"), shown(t, table, table.Rows[1].Label.Code, "kits_per_death")})
}

func TestSums_onlyWhereDefinitionsAgree(t *testing.T) {
	t.Parallel()
	year := thn.YearFrom(2025, time.January)
	for name, c := range map[string]struct {
		west    func(p *place)
		want    string // of 100 people at risk
		missing string // code and key of the reason
		mark    string
		areas   []string
	}{
		"all agree":          {west: func(p *place) { p.denominator(thn.AtRisk, "West", year, "people at risk", 100, interval(80, 130)) }, want: "15.0 (11.1–20.0)"},
		"another definition": {west: func(p *place) { p.denominator(thn.AtRisk, "West", year, "opioid dependence", 100) }, missing: "report.missing.sum_differs"},
		"another source":     {west: func(p *place) { p.denominator(thn.AtRisk, "West", year, "people at risk", 100, from("Else")) }, missing: "report.missing.sum_differs"},
		"another period": {west: func(p *place) {
			p.denominator(thn.AtRisk, "West", thn.YearFrom(2024, time.January), "people at risk", 100)
		}, missing: "report.missing.sum_differs"},
		"one missing": {west: func(*place) {}, missing: "report.missing.sum_lacks"},
		"one provisional": {west: func(p *place) {
			p.denominator(thn.AtRisk, "West", year, "people at risk", 100, interval(80, 130), provisional)
		}, want: "15.0 (11.1–20.0)", mark: "provisional"},
		"one hidden": {west: func(p *place) {
			p.denominator(thn.AtRisk, "West", year, "people at risk", 0, interval(80, 130), func(d *thn.Denominator) { d.Suppressed = true })
		}, want: "11.1–20.0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, storetest.SQLite(t), "XS", 1, "XS/East", "XS/West")
			p.total("XS", years(2011, 2026, time.January), 30, firstPeople)
			p.denominator(thn.AtRisk, "East", year, "people at risk", 100, interval(70, 140))
			c.west(p)
			table := p.build("reach", p.spec(year, report.ByNone))
			if c.missing != "" {
				require.Equal(t, report.KindNoDenominator, table.Rows[0].Cells[2].Kind())
				require.Equal(t, c.missing, table.Missing[len(table.Missing)-1].Key)
				require.NotContains(t, report.Say(words(t, "en"), table.Missing[len(table.Missing)-1]), "<no value>")
				return
			}
			require.Equal(t, c.want, shown(t, table, table.Rows[0].Label.Code, "reach"))
			require.Equal(t, "sum", table.Notes[len(table.Notes)-1].Code, "it says that it is a sum")
			require.Equal(t, 2, table.Notes[len(table.Notes)-1].Args["N"])
			if c.mark != "" {
				require.Equal(t, c.mark, table.Rows[0].Marks[0].Code)
			}
		})
	}
}

func from(source string) func(*thn.Denominator) {
	return func(d *thn.Denominator) { d.Source = source }
}

func TestSums_whatWasPublishedGoesFirst(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		year := thn.YearFrom(2025, time.January)
		p := newPlace(t, s, "XS", 1, "XS/State", "State/East", "State/West", "East/Quay", "East/Hill")
		p.total("XS", year, 60)
		p.denominator(thn.Residents, "Quay", year, "residents", 10_000)
		p.denominator(thn.Residents, "Hill", year, "residents", 20_000)
		p.denominator(thn.Residents, "West", year, "residents", 30_000)
		table := p.build("kits-per-residents", p.spec(year, report.ByNone))
		require.Equal(t, "60,000", shown(t, table, "total", "residents"), "sums of sums add up")
		require.Equal(t, "100.0", shown(t, table, "total", "kits_per_100000"))
		require.Equal(t, "30,000", shown(t, table, "EA", "residents"))
		p.denominator(thn.Residents, "XS", year, "census", 80_000)
		table = p.build("kits-per-residents", p.spec(year, report.ByNone))
		require.Equal(t, "80,000", shown(t, table, "total", "residents"), "somebody published the whole")
	})
}

// An area that had ended before the period is no gap, and a new one is.
func TestSums_areOfTheAreasOfTheTime(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XS", 1, "XS/East", "XS/West", "XS/Gone")
	require.NoError(t, p.store.EndArea(t.Context(), p.programme.ID, "", p.areas["Gone"], thn.MustDate(2020, 1, 1)))
	year := thn.YearFrom(2025, time.January)
	p.total("XS", year, 10)
	p.denominator(thn.Residents, "East", year, "residents", 40_000)
	p.denominator(thn.Residents, "West", year, "residents", 60_000)
	require.Equal(t, "10.0", shown(t, p.build("kits-per-residents", p.spec(year, report.ByNone)), "total", "kits_per_100000"))
}

func TestReleaseDeaths_scotland(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XP", int(april), "XP/Scotland")
		before, after, last := years(2006, 2011, time.January), years(2011, 2014, time.January), thn.YearFrom(2017, time.January)
		for period, n := range map[thn.Period][2]int64{before: {193, 1970}, after: {76, 1212}, last: {31, 0}} {
			p.denominator(thn.ReleaseDeaths, "Scotland", period, "within four weeks of release", n[0])
			if n[1] > 0 {
				p.denominator(thn.OpioidDeaths, "Scotland", period, "opioid-related deaths", n[1])
			}
		}
		table := p.build("release-deaths", p.spec(years(2006, 2018, time.January), report.ByNone))
		require.Equal(t, "9.8", shown(t, table, before.String(), "release_share"))
		require.Equal(t, "6.3", shown(t, table, after.String(), "release_share"))
		require.Equal(t, "3.5 (1.6–5.4)", shown(t, table, after.String(), "fall"))
		require.Equal(t, report.KindNoDenominator, table.Cell(last.String(), "release_share").Kind(), "the 4.4 printed for 2017 came without its base")
		p.golden("release_deaths", table)

		p.denominator(thn.ReleaseDeaths, "Scotland", thn.YearFrom(2018, time.January), "within four weeks of release", 3)
		p.denominator(thn.OpioidDeaths, "Scotland", thn.YearFrom(2018, time.January), "opioid-related deaths", 1021)
		table = p.build("release-deaths", p.spec(years(2006, 2019, time.January), report.ByNone))
		for _, column := range []string{"release_deaths", "release_share"} {
			require.Equal(t, report.KindMasked, table.Cell("2018-01-01/2019-01-01", column).Kind(), column)
		}
		require.Equal(t, report.KindNotApplicable, table.Cell("2018-01-01/2019-01-01", "fall").Kind(), "what is hidden does not come back as a difference")
	})
}

func TestFall_isNegativeWhenAShareRose(t *testing.T) {
	t.Parallel()
	a, b := report.Ratio{Num: 20, Den: 200, Per: 100}, report.Ratio{Num: 40, Den: 200, Per: 100}
	rose, fell := report.Fall(a, b), report.Fall(b, a)
	require.Equal(t, "-10.0", rose.Value.Round(1).String())
	require.Equal(t, "10.0", fell.Value.Round(1).String())
	require.InDelta(t, fell.Low.Round(6).Float(), -rose.High.Round(6).Float(), 1e-6)
	require.Negative(t, rose.Low.Round(6).Float(), "0 lies outside, or not: the interval says")
}

// 2015 and 2019 of the Rhode Island workbook over the census.
func TestKitsPerResidents_rhodeIsland(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := rhodeIsland(t, s)
		for year, c := range map[int]struct {
			residents int64
			want      string
		}{2015: {1_056_065, "181.0"}, 2019: {1_059_361, "1,825.5"}} {
			p.denominator(thn.Residents, "Rhode Island", thn.YearFrom(year, time.January), "resident population on 1 July", c.residents)
			table := p.build("kits-per-residents", p.spec(thn.YearFrom(year, time.January), report.ByNone))
			require.Equal(t, c.want, shown(t, table, "total", "kits_per_100000"))
			require.Equal(t, "reached", table.Cell("total", "attainment").Text().Code, "100 for each 100,000")
		}
	})
}
