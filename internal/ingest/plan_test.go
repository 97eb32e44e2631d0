package ingest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/ingest"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// refused checks a refusal by its sentence and place.
func refused(t *testing.T, err error, key string, args map[string]any) {
	t.Helper()
	got, have := fault.Sentence(err)
	require.Equal(t, "import.error."+key, got, "%v", err)
	for name, want := range args {
		require.Equal(t, want, have[name], name)
	}
}

// figure is a stored total as tests compare it.
func figures(list []thn.PeriodTotal) []string {
	var out []string
	for _, x := range list {
		out = append(out, fmt.Sprintf("%s %s %s %s%s%s = %s (%s)", x.Measure, x.Period.From, thn.JoinChannels(x.Channels), x.Recipient, x.Supply, x.Reason, x.Count, x.Published))
	}
	return out
}

func TestPlan_keepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		written string
		want    string
	}{
		"whole":                    {"5", "5 (5)"},
		"thousands":                {`"2,730"`, "2730 (2,730)"},
		"a point and nought":       {"8.0", "8 (8.0)"},
		"a half":                   {"236.5", "236.5 (236.5)"},
		"hidden behind five":       {"<5", "1–4 (<5)"},
		"zero is a figure":         {"0", "0 (0)"},
		"a band":                   {"5-9", "5–9 (5-9)"},
		"hidden, bounds told":      {"suppressed", "1–9 (suppressed)"},
		"spaces between thousands": {"1 234", "1234 (1 234)"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
			f.imported(t, "year,area,kits\n2018,North,"+c.written+"\n", mapping(t, yearly+"numbers: {hidden_means: [1, 9]}\n"))
			require.Equal(t, []string{"kits 2018-01-01   = " + c.want}, figures(f.totals(t)))
		})
	}
}

// A figure that is not there is not a zero, and is not left out in silence.
func TestPlan_listsWhatHoldsNoFigure(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	p := f.imported(t, "year,area,kits\n2015,North,\n2016,North,NA\n2017,North,unknown\n2018,North,*\n2019,North,999\n2020,North,7\nSource: somebody,,\n",
		mapping(t, yearly+"numbers: {missing: ['999']}\n"))
	var got []string
	for _, s := range p.Skipped {
		got = append(got, fmt.Sprint(s.Row, " ", s.Column, " ", strings.TrimPrefix(s.Key, "import.skip.")))
	}
	require.Equal(t, []string{"2 C (kits) missing", "3 C (kits) missing", "4 C (kits) unknown", "5 C (kits) hidden", "6 C (kits) missing", "8 C (kits) missing"}, got)
	require.Equal(t, 6, p.SkippedCount)
	require.Equal(t, []string{"kits 2020-01-01   = 7 (7)"}, figures(f.totals(t)))
}

func TestPlan_newVersionsAndKnownRows(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, yearly+"as_at: 2020-01-01\n")
	first := "year,area,kits\n2018,North,5\n2019,North,6\n"
	require.Equal(t, counts(2, 0, 0), f.imported(t, first, m).Counts)
	require.Equal(t, counts(0, 0, 2), f.imported(t, first, m).Counts)

	p := f.imported(t, "year,area,kits\n2018,North,5\n2019,North,7\n2020,North,8\n", m)
	require.Equal(t, counts(1, 1, 1), p.Counts)
	require.Equal(t, "6", p.Items[1].Was)
	require.Equal(t, ingest.StatusChanged, p.Items[1].Status)
	require.Equal(t, []string{"kits 2018-01-01   = 5 (5)", "kits 2019-01-01   = 7 (7)", "kits 2020-01-01   = 8 (8)"}, figures(f.totals(t)))

	// The first file again takes the figure back, as a third version.
	require.Equal(t, counts(0, 1, 1), f.imported(t, first, m).Counts)
	require.Equal(t, counts(0, 0, 2), f.imported(t, first, m).Counts)
	m.AsAt = "2021-01-01"
	require.Equal(t, counts(0, 2, 0), f.imported(t, first, m).Counts, "a newer vintage is a new version")
}

func TestPlan_aVoidedTotalCanComeBack(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	file := "year,area,kits\n2018,North,5\n"
	f.imported(t, file, mapping(t, yearly))
	void := f.totals(t)[0]
	void.Corrects, void.ID, void.Void = void.ID, thn.NewID(), true
	require.NoError(t, f.store.AddTotals(context.Background(), f.programme.ID, "", void))
	require.Empty(t, f.totals(t))
	require.Equal(t, counts(1, 0, 0), f.imported(t, file, mapping(t, yearly)).Counts)
	require.Len(t, f.totals(t), 1)
}

func TestPlan_sameFigureTwiceIsOne(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	p := f.imported(t, "year,area,kits\n2018,North,5\n2018,north ,5\n", mapping(t, yearly))
	require.Equal(t, counts(1, 0, 0), p.Counts)
	require.Equal(t, ingest.Skip{Row: 3, Key: "import.skip.twice", Args: map[string]any{"Row": 3, "Column": "", "First": 2}}, p.Skipped[0])
}

func TestPlan_sumsRowsWhenTold(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	p := f.imported(t, "year,area,kits\n2018,North,5\n2018,North,<5\n2018,North,0.5\n", mapping(t, yearly+"sum_rows: true\n"))
	require.Equal(t, counts(1, 0, 0), p.Counts)
	require.Equal(t, []string{"kits 2018-01-01   = 6.5–9.5 (6.5–9.5)"}, figures(f.totals(t)))
}

func TestPlan_wideByYear(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, `
kind: totals
source: A survey
fields:
  period: {headers: ["*"], except: [Notes]}
  area: {column: place}
  value: {cells: true}
`)
	p := f.imported(t, "place,2018,2019,Notes\nNorth,5,<5,moved in May\n", m)
	require.Equal(t, []string{"kits 2018-01-01   = 5 (5)", "kits 2019-01-01   = 1–4 (<5)"}, figures(f.totals(t)))
	require.Equal(t, "C (2019)", p.Items[1].Column)
}

func TestPlan_kitsAndPeopleSideBySide(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, `
kind: totals
source: A survey
dates: {financial_year_starts: 4}
fields:
  year: {column: Year}
  quarter: {column: Quarter}
  site: {column: Site}
  kits: {column: Kits}
  people: {column: People}
  channel: {column: Channel}
  recipient: {column: Given to}
`)
	f.imported(t, "Year,Quarter,Site,Kits,People,Channel,Given to\n2018,2,H1,12.5,9,Community outlet,unknown\n2018,3,Harbour exchange,3,2,peer+police,\n", m)
	require.ElementsMatch(t, []string{
		"kits 2018-04-01 community_outlet unknown = 12.5 (12.5)", "people 2018-04-01 community_outlet unknown = 9 (9)",
		"kits 2018-07-01 peer+police  = 3 (3)", "people 2018-07-01 peer+police  = 2 (2)",
	}, figures(f.totals(t)))
	for _, x := range f.totals(t) {
		require.Equal(t, f.site.ID, x.Site)
		require.Equal(t, f.site.Area, x.Area)
	}
}

func TestPlan_months(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, "kind: totals\nsource: A survey\nfields:\n  year: {column: y}\n  month: {column: m}\n  value: {column: k}\n")
	f.imported(t, "y,m,k\n2018,Mar,1\n2018,4,2\n2018,05,3\n2018,juin,4\n", m)
	var got []string
	for _, x := range f.totals(t) {
		got = append(got, x.Period.String())
	}
	require.ElementsMatch(t, []string{"2018-03-01/2018-04-01", "2018-04-01/2018-05-01", "2018-05-01/2018-06-01", "2018-06-01/2018-07-01"}, got)
}

func TestPlan_namesOfThingsAndNotesAreNoPersons(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, strings.Replace(yearly, "{column: area}", "{column: NAME}", 1))
	p := f.plan(t, "year,NAME,kits,Notes\n2018,North,5,late\n", m)
	require.True(t, p.Ready())

	unmapped := mapping(t, strings.Replace(yearly, "{column: area}", "{value: North}", 1))
	_, err := f.Plan(context.Background(), open(t, "given.csv", []byte("year,NAME,kits\n2018,x,5\n"), unmapped), unmapped, nil)
	refused(t, err, "forbidden.bare_name", map[string]any{"Row": 1, "Column": "B (NAME)"})
}

func TestPlan_ambiguousPlaceIsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	areas, err := f.store.Areas(context.Background(), f.programme.ID)
	require.NoError(t, err)
	for _, a := range areas {
		if a.Name == "North" {
			require.NoError(t, f.store.AddAreas(context.Background(), f.programme.ID, "", thn.Area{ID: thn.NewID(), Parent: a.ID, Kind: "district", Name: "North"}))
		}
	}
	p := f.plan(t, "year,area,kits\n2018,North,5\n2018,XD-N,6\n", mapping(t, yearly))
	require.Equal(t, "import.error.cell.place_twice", p.Refused[0].Key)
	require.Equal(t, 1, p.RefusedCount, "the code is not ambiguous")
}

func TestPlan_headerFoundBelowTitles(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	p := f.plan(t, "Kits by area,,\n,,\nYEAR , Area,Kits\n2018,North,5\n", mapping(t, yearly))
	require.Equal(t, 3, p.HeaderRow)
	require.Equal(t, 1, p.Counts[ingest.StatusNew])
	byLetter := mapping(t, strings.Replace(yearly, "{column: kits}", "{column: column C}", 1)+"header: 3\n")
	f.imported(t, "Kits by area,,\n,,\nyear,area,\n2018,North,9\n", byLetter)
	require.Equal(t, []string{"kits 2018-01-01   = 9 (9)"}, figures(f.totals(t)))
}

func TestPlan_previewNamesEverything(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, yearly+"places:\n  - kind: district\n    in: XD-N\n    list: [{name: Harbour, also: [Harbor]}]\n")
	p := f.plan(t, "year,area,kits\n2018,Harbor,5\n2019,Harbour,<5\n2019,XD-N,1\n2019,Narth,1\n", m)
	require.Equal(t, []ingest.PlaceUse{
		{What: "area", Written: "Harbor", Name: "Harbour", How: "added", Rows: 1},
		{What: "area", Written: "Harbour", Name: "Harbour", How: "added", Rows: 1},
		{What: "area", Written: "XD-N", Name: "North", How: "same", Rows: 1},
		{What: "area", Written: "Narth", How: "offered", Offers: []string{"North"}, Rows: 1},
	}, p.Places)
	require.Equal(t, []string{"2018-01-01/2019-01-01", "Harbour", "", "kits", "", "", "", "5"}, p.Items[0].Values)
	require.Empty(t, cmp.Diff([]ingest.Sum{
		{Measure: "kits", Period: "2018", Count: thn.ExactKits(5), Rows: 1},
		{Measure: "kits", Period: "2019", Count: thn.Count{Low: 4, High: 10}, Rows: 2},
	}, p.Sums))
	require.Equal(t, 4, p.Rows)
}

func TestPlan_listsAreCutCountsAreNot(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	p := f.plan(t, "year,area,kits\n"+strings.Repeat("2018,Nowhere,5\n", 700)+strings.Repeat("2018,North,NA\n", 700), mapping(t, yearly))
	require.Equal(t, 700, p.RefusedCount)
	require.Len(t, p.Refused, ingest.MaxListed)
	require.Equal(t, 700, p.SkippedCount)
	require.Len(t, p.Skipped, ingest.MaxListed)
}

func TestPlan_tellsProgressAndStopsWhenAsked(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, yearly+"sum_rows: true\n")
	content := []byte("year,area,kits\n" + strings.Repeat("2018,North,5\n", 20_000))
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var heard []int
	_, err := f.Plan(ctx, open(t, "given.csv", content, m), m, func(rows int, share float64) {
		require.Greater(t, share, 0.0)
		if heard = append(heard, rows); rows == 5000 {
			stop()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, []int{1000, 2000, 3000, 4000, 5000}, heard)
}

func TestCommit_refusesWhenTheProgrammeMovedOn(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	file := "year,area,kits\n2018,North,5\n"
	early := f.plan(t, file, mapping(t, yearly))
	f.imported(t, file, mapping(t, yearly))
	err := f.Commit(context.Background(), early, nil)
	refused(t, err, "file.moved_on", map[string]any{"File": "given.csv"})
	require.True(t, fault.Is(err, fault.Conflict))
	require.Len(t, f.totals(t), 1)
}

func TestCommit_tellsHowMuchIsWritten(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	p := f.plan(t, "year,area,kits\n2018,North,5\n2019,North,6\n", mapping(t, yearly))
	last := 0
	require.NoError(t, f.Commit(context.Background(), p, func(n int) { last = n }))
	require.Equal(t, p.Size(), last)
}

func TestPlan_deadDatabaseIsNoRefusal(t *testing.T) {
	t.Parallel()
	f := ingest.New(storetest.Broken(t), thn.Programme{ID: thn.NewID()}, "", today)
	m := mapping(t, yearly)
	_, err := f.Plan(context.Background(), open(t, "given.csv", []byte("year,area,kits\n"), m), m, nil)
	require.Error(t, err)
	require.False(t, fault.Is(err, fault.Invalid))
}

func TestPlan_populationsCarryTheirInterval(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, `
kind: populations
source: A model
definition: people who use opioids
fields:
  measure: {value: at_risk}
  period: {column: year}
  area: {column: area}
  value: {column: estimate}
  low: {column: lower}
  high: {column: upper}
  as_at: {column: published}
`)
	p := f.imported(t, "year,area,estimate,lower,upper,published\n2018,North,\"6,100\",5800,6400,2020-05-01\n2019,North,<10,,,2020-05-01\n", m)
	require.Equal(t, counts(2, 0, 0), p.Counts)
	list := f.denominators(t)
	require.Len(t, list, 2)
	require.Equal(t, []int64{5800, 6100, 6400}, []int64{list[0].Low, list[0].Value, list[0].High})
	require.Equal(t, thn.MustDate(2020, time.May, 1), list[0].AsAt)
	require.True(t, list[1].Suppressed)
	require.Equal(t, []int64{1, 9}, []int64{list[1].Low, list[1].High})

	p = f.plan(t, "year,area,estimate,lower,upper,published\n2020,North,5,6,7,\n", m)
	require.Equal(t, "import.error.cell.interval", p.Refused[0].Key)
	p = f.plan(t, "year,area,estimate,lower,upper,published\n2020,North,5.5,,,\n", m)
	require.Equal(t, "import.error.cell.number_whole", p.Refused[0].Key)
	p = f.imported(t, "year,area,estimate,lower,upper,published\n2018,North,\"6,200\",5800,6400,2021-05-01\n", m)
	require.Equal(t, counts(0, 1, 0), p.Counts)
	require.Equal(t, "6100", p.Items[0].Was)
	require.Len(t, f.denominators(t), 2)
}

func TestPlan_everyKindOfDenominatorWithAllItCarries(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, `
kind: populations
fields:
  measure: {column: measure}
  period: {column: year}
  area: {column: area}
  value: {column: value}
  low: {column: low}
  high: {column: high}
  definition: {column: definition}
  source: {column: source}
  url: {column: url}
  as_at: {column: as at}
  provisional: {column: provisional}
`)
	const head = "measure,year,area,value,low,high,definition,source,url,as at,provisional\n"
	text := head
	for _, kind := range thn.DenominatorKinds {
		text += string(kind) + ",2025,North,100,90,120,as counted,A register,https://example.org/r,2026-03-01,yes\n"
	}
	require.Equal(t, counts(len(thn.DenominatorKinds), 0, 0), f.imported(t, text, m).Counts)
	kinds := map[thn.DenominatorKind]bool{}
	for _, d := range f.denominators(t) {
		kinds[d.Kind] = true
		d.ID, d.Area, d.Kind = "", "", ""
		require.Equal(t, thn.Denominator{Period: thn.YearFrom(2025, time.January), Value: 100, Low: 90, High: 120, Definition: "as counted", Source: "A register",
			URL: "https://example.org/r", AsAt: thn.MustDate(2026, time.March, 1), Provisional: true}, d)
	}
	require.Len(t, kinds, len(thn.DenominatorKinds))
	require.Equal(t, counts(0, 0, len(thn.DenominatorKinds)), f.imported(t, text, m).Counts, "the same again changes nothing")
	final := f.imported(t, head+"opioid_deaths,2025,North,104,104,104,as counted,A register,https://example.org/r,2026-09-01,no\n", m)
	require.Equal(t, counts(0, 1, 0), final.Counts)

	for name, c := range map[string]struct{ row, key, column string }{
		"no such kind":         {"trees,2025,North,1,,,d,s,,,", "cell.code", "A (measure)"},
		"a low end above":      {"residents,2025,North,5,6,7,d,s,,,", "cell.interval", "E (low)"},
		"a high end below":     {"residents,2025,North,5,4,4,d,s,,,", "cell.interval", "F (high)"},
		"a low end in words":   {"residents,2025,North,5,about 4,7,d,s,,,", "cell.number_approximate", "E (low)"},
		"perhaps":              {"residents,2025,North,5,,,d,s,,,perhaps", "cell.code", "K (provisional)"},
		"no definition":        {"residents,2025,North,5,,,,s,,,", "row.definition", ""},
		"no source":            {"residents,2025,North,5,,,d,,,,", "row.source", ""},
		"a day that is no day": {"residents,2025,North,5,,,d,s,,2026-02-31,", "cell.date_impossible", "J (as at)"},
		"an area not known":    {"residents,2025,Nowhere,5,,,d,s,,,", "cell.area_unknown", "C (area)"},
	} {
		t.Run(name, func(t *testing.T) {
			p := f.plan(t, head+c.row+"\n", m)
			require.Len(t, p.Refused, 1)
			require.Equal(t, "import.error."+c.key, p.Refused[0].Key)
			require.Equal(t, 2, p.Refused[0].Row)
			require.Equal(t, c.column, p.Refused[0].Column)
		})
	}
}

func TestPlan_sharesBecomePeople(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, `
kind: populations
source: A survey
definition: prevalence
numbers: {share_of: 3527000}
fields:
  measure: {value: at_risk}
  period: {column: year}
  area: {column: area}
  value: {column: share}
`)
	p := f.imported(t, "year,area,share\n2022,North,1.23%\n2023,North,0.0123\n2024,North,0\n", m)
	require.Equal(t, counts(3, 0, 0), p.Counts)
	var values []int64
	for _, d := range f.denominators(t) {
		values = append(values, d.Value)
	}
	require.ElementsMatch(t, []int64{43_382, 43_382, 0}, values)
	require.Equal(t, "import.error.cell.share", f.plan(t, "year,area,share\n2025,North,1.5\n", m).Refused[0].Key)
	require.Equal(t, "import.error.cell.number_negative", f.plan(t, "year,area,share\n2025,North,-0.1\n", m).Refused[0].Key)
}
