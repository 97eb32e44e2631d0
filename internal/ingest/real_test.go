package ingest_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/ingest"
	"thntracker/internal/sheet"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// realFile opens a file that nobody here wrote, when it is at hand.
func realFile(t *testing.T, name string) *os.File {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "real", name)
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skip("SKIPPED: the folder of real files is not on this machine: " + path)
	}
	require.NoError(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// importReal imports a real file by an example mapping and gives the plan.
func (f fixture) importReal(t *testing.T, name, mapping string) *ingest.Plan {
	t.Helper()
	file, m := realFile(t, name), example(t, mapping)
	book, err := sheet.Open(name, file, m.Options())
	require.NoError(t, err)
	p, err := f.Plan(context.Background(), book, m, nil)
	require.NoError(t, err)
	require.Empty(t, p.Refused)
	require.NoError(t, f.Commit(context.Background(), p, nil))
	return p
}

// sums gives the control figures of one measure and group, in whole kits.
func sums(p *ingest.Plan, measure, group string) map[string]int64 {
	out := map[string]int64{}
	for _, s := range p.Sums {
		if s.Measure == measure && s.Group == group {
			out[s.Period] = int64(s.Count.Low) / 2
		}
	}
	return out
}

func TestRhodeIsland_reproducesItsTotals(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "US", "United States")
		community := map[string]int64{"2015": 932, "2016": 3090, "2017": 4202, "2018": 7950, "2019": 8241}
		pharmacy := map[string]int64{"2015": 979, "2016": 2564, "2017": 2893, "2018": 8007, "2019": 11098}
		for range 2 { // the second time changes nothing
			p := f.importReal(t, "ri_profound_mastertable.xlsx", "rhode-island-community.yaml")
			require.Equal(t, community, sums(p, "kits", "community_outlet"))
			require.Len(t, p.Places, 39)
			p = f.importReal(t, "ri_profound_mastertable.xlsx", "rhode-island-pharmacy.yaml")
			require.Equal(t, pharmacy, sums(p, "kits", "pharmacy"))
		}
		stored := map[string]int64{}
		for _, x := range f.totals(t) {
			require.True(t, x.Count.Exact())
			stored[thn.JoinChannels(x.Channels)] += int64(x.Count.Low) / 2
		}
		require.Equal(t, map[string]int64{"community_outlet": 24_415, "pharmacy": 25_541}, stored)
		require.Len(t, f.totals(t), 195+5)
	})
}

func TestRhodeIsland_secondImportIsKnown(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	p := f.importReal(t, "ri_profound_mastertable.xlsx", "rhode-island-community.yaml")
	require.Equal(t, counts(195, 0, 0), p.Counts)
	require.Equal(t, 195+40, p.Size())
	p = f.importReal(t, "ri_profound_mastertable.xlsx", "rhode-island-community.yaml")
	require.Equal(t, counts(0, 0, 195), p.Counts)
	require.Zero(t, p.Size())
}

// Sheets spell the same towns differently; none may be added twice.
func TestRhodeIsland_townsAreOnePlace(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	f.importReal(t, "ri_profound_mastertable.xlsx", "rhode-island-community.yaml")
	before, err := f.store.Areas(context.Background(), f.programme.ID)
	require.NoError(t, err)
	p := f.importReal(t, "ri_profound_mastertable.xlsx", "rhode-island-population.yaml")
	require.Equal(t, map[string]int64{"2019": 909_141}, sums(p, "residents", "residents aged 12 and over"))
	require.Equal(t, counts(39, 0, 0), p.Counts)
	after, err := f.store.Areas(context.Background(), f.programme.ID)
	require.NoError(t, err)
	require.Equal(t, before, after)

	// The shares by programme name towns in yet other spellings.
	shares := example(t, "rhode-island-community.yaml")
	shares.Sheet, shares.Fields = "Sheet1", map[ingest.Field]ingest.Column{
		ingest.FieldArea: {Column: "region"}, ingest.FieldPeriod: {Value: "2019"}, ingest.FieldValue: {Value: "1"},
	}
	file := realFile(t, "ri_profound_programdata.xlsx")
	book, err := sheet.Open("programdata.xlsx", file, shares.Options())
	require.NoError(t, err)
	p, err = f.Plan(context.Background(), book, shares, nil)
	require.NoError(t, err)
	require.Empty(t, p.Refused)
	how := map[string]int{}
	for _, u := range p.Places {
		how[u.How]++
	}
	require.Equal(t, map[string]int{"same": 37, "alias": 2}, how)
}

func TestRhodeIsland_offersAMatchForAMisspeltTown(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	m := example(t, "rhode-island-community.yaml")
	for i := range m.Places[1].List {
		m.Places[1].List[i].Also = nil
	}
	file := realFile(t, "ri_profound_mastertable.xlsx")
	book, err := sheet.Open("m.xlsx", file, m.Options())
	require.NoError(t, err)
	p, err := f.Plan(context.Background(), book, m, nil)
	require.NoError(t, err)
	require.Equal(t, 5, p.RefusedCount)
	require.Equal(t, "import.error.cell.area_offered", p.Refused[0].Key)
	require.Equal(t, "Central Falls", p.Refused[0].Args["Offers"])
	require.Equal(t, 2, p.Refused[0].Row)
	require.Equal(t, "E (Central Fall)", p.Refused[0].Column)
	require.Error(t, f.Commit(context.Background(), p, nil))
	require.Empty(t, f.totals(t))

	m.Accept("Central Fall", "Central Falls")
	p, err = f.Plan(context.Background(), book, m, nil)
	require.NoError(t, err)
	require.True(t, p.Ready())
}

func TestRhodeIsland_deaths(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	p := f.importReal(t, "ri_profound_mastertable.xlsx", "rhode-island-deaths.yaml")
	require.Equal(t, map[string]int64{"2016": 290, "2017": 286, "2018": 272, "2019": 256}, sums(p, "opioid_deaths", "opioid overdose deaths"))
	require.Equal(t, 8, p.SkippedCount)
	require.Equal(t, "a share of deaths, not a count", p.Skipped[0].Args["Reason"])
	p = f.importReal(t, "census_state_pop_2010-2019.csv", "united-states-census-population.yaml")
	residents := sums(p, "residents", "resident population on 1 July")
	require.Equal(t, int64(1_056_065), residents["2015"])
	require.Equal(t, int64(1_059_361), residents["2019"])
	require.Len(t, residents, 10)
	for range 2 {
		require.Len(t, f.denominators(t), 14)
		f.importReal(t, "census_state_pop_2010-2019.csv", "united-states-census-population.yaml")
	}
}

func TestUnitedKingdom_keepsWholesPartsAndRunsOfYears(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "GB", "United Kingdom")
		p := f.importReal(t, "uk_thn_published_figures.csv", "uk-published.yaml")
		require.Equal(t, 25, p.Counts[ingest.StatusNew])
		require.Equal(t, 4, p.SkippedCount)
		require.Equal(t, counts(0, 0, 25), f.importReal(t, "uk_thn_published_figures.csv", "uk-published.yaml").Counts)
		require.Equal(t, int64(8_159), f.total(t, "Scotland", 2016, nil))
		require.Equal(t, int64(8_397), f.total(t, "Scotland", 2017, nil))
		parts := map[thn.Channel]int64{thn.ChannelCommunity: 6_497, thn.ChannelPrison: 700, thn.ChannelPharmacy: 962}
		for channel, want := range parts {
			require.Equal(t, want, f.total(t, "Scotland", 2016, nil, channel))
		}
		repeat := func(x *thn.PeriodTotal) { x.Supply = thn.SupplyRepeat }
		require.Equal(t, int64(3_471), f.total(t, "Scotland", 2016, repeat, thn.ChannelCommunity, thn.ChannelPrison))
		require.Equal(t, int64(3_996), f.total(t, "Scotland", 2017, repeat, thn.ChannelCommunity, thn.ChannelPrison))
		used := func(x *thn.PeriodTotal) { x.Supply, x.Reason = thn.SupplyRepeat, thn.ReasonUsedOther }
		require.Equal(t, int64(882), f.total(t, "Scotland", 2016, used, thn.ChannelCommunity, thn.ChannelPrison))
		require.Equal(t, int64(1_017), f.total(t, "Scotland", 2017, used, thn.ChannelCommunity, thn.ChannelPrison))
		require.Equal(t, int64(2_730), f.total(t, "Scotland", 2011, nil, thn.ChannelCommunity))
		toWorkers := func(x *thn.PeriodTotal) { x.Recipient = thn.RecipientWorker }
		require.Equal(t, int64(295), f.total(t, "Scotland", 2011, toWorkers, thn.ChannelCommunity))
		require.Equal(t, int64(3_186), f.total(t, "Wales", 2015, nil))
		cumulative := func(x *thn.PeriodTotal) { x.Period.From = thn.MustDate(2011, time.April, 1) }
		require.Equal(t, int64(37_609), f.total(t, "Scotland", 2016, cumulative))
		require.Equal(t, int64(46_037), f.total(t, "Scotland", 2017, cumulative))
		people := func(x *thn.PeriodTotal) {
			cumulative(x)
			x.Measure, x.Supply, x.Recipient = thn.MeasurePeople, thn.SupplyFirst, thn.RecipientAtRisk
		}
		require.Equal(t, int64(23_096), f.total(t, "Scotland", 2017, people))
		pilot := func(x *thn.PeriodTotal) { x.Period.From = thn.MustDate(2009, time.July, 1) }
		require.Equal(t, int64(10_552), f.total(t, "Wales", 2015, pilot))

		f.importReal(t, "uk_thn_published_figures.csv", "uk-prison-releases.yaml")
		releases := f.denominators(t)
		require.Len(t, releases, 1)
		require.Equal(t, int64(7_125), releases[0].Value)
		require.Equal(t, "ISD Scotland", releases[0].Source)
	})
}

// total finds the one stored total of a scope, as its source wrote it.
func (f fixture) total(t *testing.T, area string, year int, change func(*thn.PeriodTotal), channels ...thn.Channel) int64 {
	t.Helper()
	areas, err := f.store.Areas(context.Background(), f.programme.ID)
	require.NoError(t, err)
	want := thn.PeriodTotal{Measure: thn.MeasureKits, Period: thn.YearFrom(year, time.April), Channels: channels}
	for _, a := range areas {
		if a.Name == area {
			want.Area = a.ID
		}
	}
	if change != nil {
		change(&want)
	}
	for _, x := range f.totals(t) {
		if x.Scope() == want.Scope() {
			require.True(t, x.Count.Exact())
			require.NotEmpty(t, x.Source)
			require.NotEmpty(t, x.URL)
			return int64(x.Count.Low) / 2
		}
	}
	t.Fatalf("no total for %s", want.Scope())
	return 0
}

func TestCalifornia_deathsByCounty(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	p := f.importReal(t, "cdc_wonder_ca_county_overdose_2018-2024.csv", "california-deaths.yaml")
	require.Equal(t, counts(320, 0, 0), p.Counts)
	require.Equal(t, 62, p.SkippedCount)
	m := example(t, "california-deaths.yaml")
	require.Equal(t, map[string]int64{"2018": 5_280, "2019": 6_134, "2020": 8_839, "2021": 10_863, "2022": 10_906, "2023": 11_341, "2024": 8_989},
		sums(p, "opioid_deaths", m.Definition))
	require.Equal(t, counts(0, 0, 320), f.importReal(t, "cdc_wonder_ca_county_overdose_2018-2024.csv", "california-deaths.yaml").Counts)
}

// Use by responders is not distribution, and both files hold what may not be
// kept: they are sent back with the column named.
func TestResponderFiles_areRefusedForTheirColumns(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	for name, c := range map[string]struct{ day, kits, key, column string }{
		"pa_odin_2019-08.csv":              {"Incident Date", "Dose Count", "forbidden.number", "G (Victim ID)"},
		"winnipeg_naloxone_2023-12-01.csv": {"dispatch_date", "narcan_administrations", "forbidden.number", "C (patient_number)"},
	} {
		m := mapping(t, "kind: distributions\nfields:\n  day: {column: "+c.day+"}\n  kits: {column: "+c.kits+"}\n  site: {value: Harbour Exchange}\n  product: {value: nasal-4}\n")
		book, err := sheet.Open(name, realFile(t, name), m.Options())
		require.NoError(t, err)
		_, err = f.Plan(context.Background(), book, m, nil)
		refused(t, err, c.key, map[string]any{"Row": 1, "Column": c.column, "File": name})
	}
}

// The 51 states add up to the country's own row, which is not imported.
func TestUnitedStates_statesAddUpToTheCountry(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	p := f.importReal(t, "census_state_pop_2010-2019.csv", "united-states-census-states.yaml")
	require.Equal(t, counts(510, 0, 0), p.Counts)
	country := map[string]int64{"2010": 309_321_666, "2011": 311_556_874, "2012": 313_830_990, "2013": 315_993_715, "2014": 318_301_008, "2015": 320_635_163,
		"2016": 322_941_311, "2017": 324_985_539, "2018": 326_687_501, "2019": 328_239_523}
	require.Equal(t, country, sums(p, "residents", "resident population on 1 July"))
	require.Equal(t, counts(0, 0, 510), f.importReal(t, "census_state_pop_2010-2019.csv", "united-states-census-states.yaml").Counts)
}

// A share with its interval becomes people with theirs.
func TestSAMHSA_opioidUseDisorderInRhodeIsland(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "US", "United States")
	for range 2 {
		p := f.importReal(t, "samhsa_oud_state_2022-23.csv", "united-states-oud-rhode-island.yaml")
		require.Equal(t, 50, p.SkippedCount)
		list := f.denominators(t)
		require.Len(t, list, 1)
		d := list[0]
		require.Equal(t, thn.AtRisk, d.Kind)
		require.Equal(t, int64(20_702), d.Value, "0.0227710594 of 909,141 is 20,702.1")
		require.InDelta(t, 0.0160, float64(d.Low)/909_141, 0.00005)
		require.InDelta(t, 0.0322, float64(d.High)/909_141, 0.00005)
		require.Equal(t, thn.Period{From: thn.MustDate(2022, time.January, 1), To: thn.MustDate(2024, time.January, 1)}, d.Period)
	}
}
