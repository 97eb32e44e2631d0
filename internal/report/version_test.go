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

// twice is the entry of kits with a second version; its reason stands in for one.
func twice(t *testing.T, from thn.Date) report.Indicator {
	t.Helper()
	i, err := report.Find("kits")
	require.NoError(t, err)
	i.Versions = report.Versions{{}, {From: from, Change: "report.note.single_records"}}
	return i
}

func TestVersion_breaksTheLineWhereItChanged(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XV", 1)
	five := years(2015, 2020, time.January)
	for name, c := range map[string]struct {
		from thn.Date
		by   report.By
		row  string
		note bool
	}{
		"within a year":           {thn.MustDate(2017, time.May, 4), report.ByYear, "2017", false},
		"on the first of a year":  {thn.MustDate(2018, time.January, 1), report.ByYear, "2018", false},
		"a month":                 {thn.MustDate(2018, time.March, 1), report.ByMonth, "2018-03", false},
		"before the period":       {thn.MustDate(2012, time.January, 1), report.ByYear, "", false},
		"on the first day":        {five.From, report.ByYear, "", false},
		"after the period":        {five.To, report.ByYear, "", false},
		"rows that are no months": {thn.MustDate(2017, time.May, 4), report.ByArea, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			i := twice(t, c.from)
			require.Equal(t, 2, i.Versions.Number())
			require.Equal(t, c.from, i.Versions.Since())
			table, err := report.BuildAs(t.Context(), s, i, p.spec(five, c.by))
			require.NoError(t, err)
			broken := ""
			for _, r := range table.Rows {
				if why, ok := r.Seam(); ok {
					broken += r.Label.Code
					require.Contains(t, report.Say(words(t, "en"), why), "Single records only", "it says why")
				}
			}
			require.Equal(t, c.row, broken)
			noted := false
			for _, n := range table.Notes {
				noted = noted || n.Code == "version"
			}
			require.Equal(t, c.note, noted)
			requireSaid(t, table)
		})
	}
	require.Equal(t, 1, report.Versions(nil).Number())
}

// Deaths counted by another series from some year on: both are shown, and the
// row says that they are not one line.
func TestKitsPerDeath_anotherSeriesBreaksTheLine(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XW", 1)
		for y := 2015; y < 2020; y++ {
			p.total("XW", thn.YearFrom(y, time.January), 1000)
		}
		for y := 2015; y < 2018; y++ {
			p.denominator(thn.OpioidDeaths, "XW", thn.YearFrom(y, time.January), "drug misuse deaths", 100)
		}
		for y := 2017; y < 2019; y++ {
			p.denominator(thn.OpioidDeaths, "XW", thn.YearFrom(y, time.January), "suspected drug deaths", 200)
		}
		table := p.build("kits-per-death", p.spec(years(2015, 2020, time.January), report.ByYear))
		for row, want := range map[string]string{"2015": "10.00", "2017": "10.00", "2018": "5.00", "2019": "no denominator"} {
			require.Equal(t, want, shown(t, table, row, "all"), row)
		}
		for _, r := range table.Rows {
			why, broken := r.Seam()
			require.Equal(t, r.Label.Code == "2018", broken, r.Label.Code)
			if broken {
				require.Contains(t, report.Say(words(t, "en"), why), "suspected drug deaths")
			}
		}
		require.Len(t, table.Denominators, 4)
	})
}
