package report_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestSummarise_national(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XO", 1, "XO/North", "XO/South")
		quarter := func(n int) thn.Period { return thn.Quarter(2025, n) }
		p.total("XO", quarter(1), 400, via(thn.ChannelCommunity))
		p.total("XO", quarter(2), 300, via(thn.ChannelPrison))
		p.total("XO", quarter(2), 7, via(thn.ChannelPolice))
		p.total("XO", quarter(3), 6, via(thn.ChannelFire))
		p.total("XO", quarter(4), 250, via(thn.ChannelPharmacy))
		p.total("XO", thn.YearFrom(2024, time.January), 3)
		p.total("XO", quarter(4), 4, firstPeople)
		p.denominator(thn.AtRisk, "XO", thn.YearFrom(2024, time.January), "people at risk", 1000)
		p.denominator(thn.OpioidDeaths, "XO", thn.YearFrom(2025, time.January), "opioid-related deaths", 8)
		summary, err := report.Summarise(t.Context(), s, p.spec(thn.YearFrom(2025, time.January), report.ByNone))
		require.NoError(t, err)
		require.Equal(t, "13", shown(t, summary.Channels, "other_channels", "all"), "police and fire together")
		require.Equal(t, "too few to show", shown(t, summary.Time, "2025-Q3", "all"))
		require.Equal(t, "too few to show", shown(t, summary.Time, "2025-Q4", "all"), "or the total would tell what the third quarter was")
		require.Equal(t, "too few to show", shown(t, summary.Key, summary.Key.Rows[0].Label.Code, "first_time"))
		require.Equal(t, "too few to show", shown(t, summary.Key, summary.Key.Rows[0].Label.Code, "kits_per_death"), "8 deaths would follow from it")
		require.Equal(t, report.KindMasked, summary.Changes[0].Kits.Kind())
		p.golden("summary", summary.Tables()...)
		for _, f := range export.Files() {
			var b bytes.Buffer
			require.NoError(t, f.Write(&b, words(t, "en"), export.Document{Name: "summary", Tables: summary.Tables()}))
			require.NotContains(t, b.String(), "North")
		}
	})
}

func TestSummarise_refusesLessThanTheWhole(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XP", 1, "XP/North")
	for name, narrow := range map[string]func(*report.Spec){
		"area":    func(x *report.Spec) { x.Areas = []thn.ID{p.areas["North"]} },
		"site":    func(x *report.Spec) { x.Sites = []thn.ID{} },
		"channel": func(x *report.Spec) { x.Channels = []thn.Channel{thn.ChannelPeer} },
	} {
		spec := p.spec(winter, report.ByNone)
		narrow(&spec)
		_, err := report.Summarise(t.Context(), s, spec)
		require.True(t, fault.Is(err, fault.Denied), name)
	}
}

// No small count leaves a summary, neither in the open nor by subtraction,
// whatever was published.
func TestSummarise_givesNoSmallCountAway(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		if n++; n > 60 {
			return // each round is a programme in a real store
		}
		p := newPlace(t, s, "XQ", 1)
		for _, q := range []int{1, 2, 3, 4} {
			for _, c := range thn.Channels[:4] {
				if kits := rapid.OneOf(rapid.Int64Range(0, 12), rapid.Int64Range(0, 80)).Draw(rt, "kits"); kits > 0 {
					p.total("XQ", thn.Quarter(2025, q), kits, via(c))
				}
			}
		}
		summary, err := report.Summarise(t.Context(), s, p.spec(thn.YearFrom(2025, time.January), report.ByNone))
		require.NoError(rt, err)
		for _, table := range summary.Tables() {
			requireGuarded(rt, table)
		}
	})
}

func requireGuarded(t *rapid.T, table report.Table) {
	for i, c := range table.Columns {
		masked, total := 0, false
		for _, r := range table.Rows {
			x := r.Cells[i]
			if c.Measure != report.MeasureRatio && x.Known() {
				require.True(t, x.Count().High == 0 || x.Count().Low >= 20, "%s shows %v", table.Name, x.Count())
			}
			if r.Kind != report.RowTotal && x.Is(report.KindMasked) {
				masked++
			}
			total = total || r.Kind == report.RowTotal && x.Known()
		}
		if total && masked == 1 {
			require.Empty(t, known(table, i), "%s: one masked row of column %s beside a total", table.Name, c.Label.Code)
		}
	}
}

// known lists the rows of a column that show more than nothing, apart from the total.
func known(table report.Table, i int) (codes []string) {
	for _, r := range table.Rows {
		if r.Kind != report.RowTotal && r.Cells[i].Known() && r.Cells[i].Count().High > 0 {
			codes = append(codes, r.Label.Code)
		}
	}
	return codes
}
