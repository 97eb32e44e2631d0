package report_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/export"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func (p *place) target(indicator, area string, thousandths int64, from thn.Date) thn.ID {
	p.t.Helper()
	t := thn.Target{ID: thn.NewID(), Indicator: indicator, Thousandths: thousandths, From: from, Source: "Strategy"}
	if area != "" {
		t.Area = p.areas[area]
	}
	require.NoError(p.t, p.store.AddTarget(p.t.Context(), p.programme.ID, "", t))
	return t.ID
}

func TestTargets_theOneOfTheTimeApplies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := rhodeIsland(t, s)
		judged := func() (list []string) {
			table := p.build("kits-per-death", p.spec(years(2016, 2020, time.January), report.ByYear))
			for _, r := range table.Rows {
				list = append(list, report.Show(words(t, "en"), report.Column{}, r.Cells[len(r.Cells)-1]))
			}
			return list
		}
		require.Equal(t, []string{"Below 20: 97.5% of it", "Reached 20: 124.0% of it", "Reached 20: 293.3% of it", "Reached 20: 377.7% of it"}, judged())

		p.target("kits-per-death", "", 12_500, thn.MustDate(2016, 6, 1))
		second := p.target("kits-per-death", "", 60_000, thn.MustDate(2018, 1, 1))
		require.Equal(t, []string{"Reached 12.5: 156.0% of it", "Reached 12.5: 198.5% of it", "Below 60: 97.8% of it", "Reached 60: 125.9% of it"}, judged())
		table := p.build("kits-per-death", p.spec(thn.YearFrom(2019, time.January), report.ByNone))
		require.Equal(t, []report.TargetKind{report.OwnTarget, report.LevelOf, report.Floor}, kindsOf(table.Benchmarks), "the programme's own stands first")
		require.Equal(t, "60: set by the programme, from 1 January 2018", report.Say(words(t, "en"), table.Benchmarks[0].Label()))

		require.NoError(t, p.store.EndTarget(t.Context(), p.programme.ID, "", second, thn.MustDate(2019, 1, 1)))
		require.Equal(t, []string{"Reached 12.5: 156.0% of it", "Reached 12.5: 198.5% of it", "Below 60: 97.8% of it", "Reached 12.5: 604.3% of it"}, judged(), "2018 keeps what held then")
	})
}

func kindsOf(list []report.Benchmark) (kinds []report.TargetKind) {
	for _, b := range list {
		kinds = append(kinds, b.Kind)
	}
	return kinds
}

func TestTargets_anAreaMayHaveItsOwn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		year := thn.YearFrom(2025, time.January)
		p := newPlace(t, s, "XT", 1, "XT/East", "XT/West")
		for _, area := range []string{"East", "West"} {
			p.total(area, year, 60)
			p.denominator(thn.AtRisk, area, year, "people at risk", 100)
		}
		p.target("kits-by-area", "East", 50_000, thn.MustDate(2025, 1, 1))
		p.target("kits-by-area", "", 80_000, thn.MustDate(2025, 6, 1))
		table := p.build("kits-by-area", p.spec(year, report.ByNone))
		for row, want := range map[string]string{"EA": "Reached 50: 120.0% of it", "WE": "Below 80: 75.0% of it", "total": "Below 80: 75.0% of it"} {
			require.Equal(t, want, shown(t, table, row, "attainment"), row)
		}
	})
}

func TestBenchmark_saysWhenNobodyCanTell(t *testing.T) {
	t.Parallel()
	level := report.Benchmark{Thousandths: 90_000}
	per100 := func(n int64) report.Ratio { return report.Ratio{Num: thn.Halves(2 * n), Den: 200, Per: 100} }
	for name, c := range map[string]struct {
		low, high int64
		want      report.Verdict
	}{"below": {70, 89, report.Below}, "reached at the level": {90, 95, report.Reached}, "spans": {80, 91, report.Uncertain}, "high end at the level": {80, 90, report.Uncertain}} {
		require.Equal(t, c.want, level.Judge(report.Interval{Low: per100(c.low), High: per100(c.high)}), name)
	}
	require.Equal(t, report.KindNotApplicable, level.Attained(report.Masked()).Kind(), "a hidden number says nothing of itself")
}

// The words never disagree with the share beside them.
func TestBenchmark_verdictAndShareAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		num, den := rapid.Int64Range(0, 5000).Draw(t, "num"), rapid.Int64Range(1, 5000).Draw(t, "den")
		low, high := rapid.Int64Range(0, num).Draw(t, "low"), rapid.Int64Range(num, 10_000).Draw(t, "high")
		level := report.Benchmark{Thousandths: rapid.Int64Range(1, 200_000).Draw(t, "level")}
		per := func(n int64) report.Ratio {
			return report.Ratio{Num: thn.Halves(2 * n), Den: thn.Halves(2 * den), Per: 100}
		}
		i := report.Interval{Value: per(num), Low: per(low), High: per(high), Valued: true}
		share := level.Attained(report.Divided(i)).Text().Args["Share"].(report.Cell).Ratio()
		all := func(r report.Ratio) bool { return int64(r.Num)*r.Per >= 100*int64(r.Den) }
		if v := level.Judge(i); (v == report.Reached) != all(share.Low) || (v == report.Below) != !all(share.High) {
			t.Fatalf("%s, but %+v to %+v of 100", v, share.Low, share.High)
		}
	})
}

func TestTargets_eachIsForAnIndicatorThatCanHaveOne(t *testing.T) {
	t.Parallel()
	for _, x := range report.Targets {
		require.Contains(t, report.Judged, x.Indicator)
		require.True(t, x.Source == report.Proposed || strings.HasPrefix(x.Source.URL, "http"), "%s: the source has an address", x.Key)
		require.Positive(t, x.Thousandths)
	}
	for key := range report.Judged {
		_, err := report.Find(key)
		require.NoError(t, err)
	}
	require.Len(t, report.TargetKeys(), len(report.Judged)-1, "what is needed says its own target")
}

// There is no league table of workers: nothing that reports are made of can tell
// who recorded a kit, no figure can be split by it, and no target is one person's.
// DX-20.
func TestReports_nameNobody(t *testing.T) {
	t.Parallel()
	people := []reflect.Type{reflect.TypeFor[thn.Account](), reflect.TypeFor[thn.Member](), reflect.TypeFor[thn.Grant](), reflect.TypeFor[thn.Actor](), reflect.TypeFor[thn.StaffTraining]()}
	var look func(at string, x reflect.Type, seen []reflect.Type)
	look = func(at string, x reflect.Type, seen []reflect.Type) {
		require.NotContains(t, people, x, at)
		if slices.Contains(seen, x) || x == reflect.TypeFor[thn.Bag]() { // whose bag it is, the test below looks for
			return
		}
		seen = append(seen, x)
		switch x.Kind() {
		case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Array:
			look(at, x.Elem(), seen)
		case reflect.Struct:
			for i := range x.NumField() {
				f := x.Field(i)
				for _, word := range []string{"Account", "Worker", "RecordedBy", "Handle"} {
					require.NotEqual(t, word, f.Name, "%s: %s", at, x)
				}
				look(at+"."+f.Name, f.Type, seen)
			}
		}
	}
	source := reflect.TypeFor[report.Source]()
	for i := range source.NumMethod() {
		m := source.Method(i)
		for j := range m.Type.NumOut() {
			look(m.Name, m.Type.Out(j), nil)
		}
		for j := range m.Type.NumIn() {
			look(m.Name, m.Type.In(j), nil)
		}
	}
	splits := slices.Clone(report.Splits)
	for _, i := range report.Indicators {
		splits = append(splits, i.Splits...)
	}
	for _, by := range splits {
		for _, word := range []string{"account", "worker", "person", "people", "staff", "user", "recorded"} {
			require.NotContains(t, string(by), word)
		}
	}
}

func TestReports_saysNotWhoseBagItIs(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XN", 1, "XN/East")
	quay := p.site("East", "Quay", thn.ChannelCommunity)
	worker := thn.NewID()
	bag := thn.Bag{ID: thn.NewID(), Site: quay.ID, Account: worker}
	require.NoError(t, p.store.OpenBag(t.Context(), p.programme.ID, worker, bag))
	d := at(quay, thn.MustDate(2026, 1, 5))
	d.Bag = bag.ID
	p.givenOut(d, firstKit, 3)
	json, err := export.Find("json")
	require.NoError(t, err)
	for _, i := range report.Indicators {
		for _, by := range append([]report.By{report.ByNone}, i.Splits...) {
			var out bytes.Buffer
			require.NoError(t, json.Write(&out, words(t, "en"), export.Document{Name: i.Key, Tables: []report.Table{p.build(i.Key, p.spec(thn.YearFrom(2026, time.January), by))}}))
			for _, told := range []string{string(worker), string(bag.ID)} {
				require.NotContains(t, out.String(), told, "%s by %s", i.Key, by)
			}
		}
	}
}
