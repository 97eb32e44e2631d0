package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// TestAnswer_besideAYearBefore: 30 kits after 20 are 50 in 100 more; 9 after 19
// are told without a percentage, because 19 is under the least base.
func TestAnswer_besideAYearBefore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XC", 1, "XC/North", "XC/South")
		now, then := thn.Quarter(2026, 2), thn.Quarter(2025, 2)
		p.total("North", now, 30)
		p.total("North", then, 20)
		p.total("South", now, 9)
		p.total("South", then, 19)
		spec := p.spec(now, report.ByNone)
		spec.Then = then
		table, err := report.TableOf(t.Context(), s, spec, report.Ask{Key: "kits-by-area", Compare: []string{"kits"}})
		require.NoError(t, err)
		require.Equal(t, "20", shown(t, table, "NO", "kits_then"))
		require.Equal(t, "50", shown(t, table, "NO", "kits_change"))
		require.Equal(t, "19", shown(t, table, "SO", "kits_then"))
		require.Equal(t, "small_base", table.Cell("SO", "kits_change").Text().Code)
		require.Equal(t, "0", shown(t, table, "total", "kits_change"), "39 after 39")
		require.Contains(t, report.Say(words(t, "en"), table.Notes[len(table.Notes)-1]), "from April to June 2025 to April to June 2026")
	})
}

// TestAnswer_monthsArePairedByTheirPlace sets April beside April, and what nobody
// reported then stays that.
func TestAnswer_monthsArePairedByTheirPlace(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XC", 1)
	p.total("XC", thn.Month(2025, time.May), 40)
	p.total("XC", thn.Month(2026, time.April), 7)
	p.total("XC", thn.Month(2026, time.May), 30)
	spec := p.spec(thn.Quarter(2026, 2), report.ByNone)
	spec.Then = spec.Period.YearEarlier()
	table, err := report.TableOf(t.Context(), s, spec, report.Ask{Key: "kits", By: report.ByMonth, Compare: []string{"all"}})
	require.NoError(t, err)
	require.Equal(t, report.KindNotReported, table.Cell("2026-04", "all_then").Kind())
	require.Equal(t, report.KindNotApplicable, table.Cell("2026-04", "all_change").Kind())
	require.Equal(t, "-25", shown(t, table, "2026-05", "all_change"))
}

func TestAnswer_worstFirst(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XC", 1, "XC/East", "XC/North", "XC/South", "XC/West")
	year := thn.YearFrom(2026, time.January)
	for area, kits := range map[string]int64{"North": 90, "East": 80, "South": 20, "West": 50} {
		p.total(area, year, kits)
	}
	for area, people := range map[string]int64{"North": 100, "South": 100, "West": 200} {
		p.denominator(thn.AtRisk, area, year, "people at risk", people)
	}
	table, err := report.TableOf(t.Context(), s, p.spec(year, report.ByNone), report.Ask{Key: "kits-by-area", Worst: "kits_per_100"})
	require.NoError(t, err)
	var order []string
	for _, r := range table.Rows {
		order = append(order, r.Label.Code)
	}
	require.Equal(t, []string{"SO", "WE", "NO", "EA", "total"}, order, "what has no figure comes after what has one")
}

// TestAnswer_acrossAreas keeps the areas that are silent: that is a finding.
func TestAnswer_acrossAreas(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XC", 1, "XC/East", "XC/North")
	p.total("North", thn.Month(2026, time.April), 12)
	table, err := report.TableOf(t.Context(), s, p.spec(thn.Quarter(2026, 2), report.ByNone), report.Ask{Key: "kits", By: report.ByMonth, Across: report.ByArea})
	require.NoError(t, err)
	require.Equal(t, "12", shown(t, table, "2026-04", "NO"))
	require.Equal(t, report.KindNotReported, table.Cell("2026-04", "EA").Kind())
	require.Equal(t, report.KindNotReported, table.Cell("2026-05", "NO").Kind(), "a month without a word is not zero")
}

// TestAnswer_longPeriodsAreToldByYear keeps a century from becoming 1,200 rows.
func TestAnswer_longPeriodsAreToldByYear(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XC", 1)
	table, err := report.TableOf(t.Context(), s, p.spec(years(1926, 2026, time.January), report.ByNone), report.Ask{Key: "kits", By: report.ByMonth})
	require.NoError(t, err)
	require.Len(t, table.Rows, 101)
}

func TestTable_speaks(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XC", 1)
	for _, key := range []string{"releases", "release-drop-outs", "carriage", "leave-behind", "stock", "uses", "survival", "kits"} {
		require.False(t, p.build(key, p.spec(winter, report.ByNone)).Speaks(), key)
	}
	p.total("XC", winter, 3)
	require.True(t, p.build("kits", p.spec(winter, report.ByNone)).Speaks())
}
