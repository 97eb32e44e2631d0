package report_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// published is a programme of which much is published.
func published(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XO", 1, "XO/North", "XO/South")
	quarter := func(n int) thn.Period { return thn.Quarter(2025, n) }
	p.total("XO", quarter(1), 400, via(thn.ChannelCommunity))
	p.total("XO", quarter(2), 300, via(thn.ChannelPrison))
	p.total("XO", quarter(2), 7, via(thn.ChannelPolice))
	p.total("XO", quarter(3), 6, via(thn.ChannelFire))
	p.total("XO", quarter(4), 250, via(thn.ChannelPharmacy))
	p.total("XO", quarter(4), 4, firstPeople)
	p.denominator(thn.AtRisk, "XO", thn.YearFrom(2024, time.January), "people at risk", 1000)
	p.denominator(thn.OpioidDeaths, "XO", thn.YearFrom(2025, time.January), "opioid-related deaths", 80)
	return p
}

// A draft holds everything as it is, and merges only what it is told to.
func TestDrafted_national(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := published(t, s)
		draft, err := report.Drafted(t.Context(), s, p.spec(thn.YearFrom(2025, time.January), report.ByNone))
		require.NoError(t, err)
		whole := draft.Summary()
		require.Equal(t, "7", shown(t, whole.Channels, "police", "all"))
		require.Equal(t, "963", shown(t, whole.Channels, "total", "all"))
		draft.Merge(draft.Thin(10))
		merged := draft.Summary()
		require.Equal(t, "13", shown(t, merged.Channels, "other_channels", "all"), "police and fire together")
		require.Equal(t, "6", shown(t, merged.Course, "2025-Q3", "other_channels"))
		for i, row := range draft.Kits[0].Answers {
			require.Len(t, row, len(draft.Kits[0].Table.Columns), "row %d", i)
		}
	})
}

func TestDrafted_refusesLessThanTheWhole(t *testing.T) {
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
		_, err := report.Drafted(t.Context(), s, spec)
		require.True(t, fault.Is(err, fault.Denied), name)
	}
}

// A summary comes out of its file as it went in, and the same bytes come out again.
func TestSummary_keepsInJSON(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	for _, p := range []*place{published(t, s), scotland(t, s)} {
		draft, err := report.Drafted(t.Context(), s, p.spec(years(2014, 2018, april), report.ByNone))
		require.NoError(t, err)
		summary := draft.Summary()
		summary.Course.Rows[0].Cells[0] = report.Masked()
		raw, err := json.Marshal(summary)
		require.NoError(t, err)
		var back report.Summary
		require.NoError(t, json.Unmarshal(raw, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(raw), string(again))
		for i, want := range summary.Tables() {
			got := back.Tables()[i]
			for r := range want.Rows {
				for c := range want.Rows[r].Cells {
					require.Equal(t, report.Show(words(t, "en"), want.Columns[c], want.Rows[r].Cells[c]), report.Show(words(t, "en"), got.Columns[c], got.Rows[r].Cells[c]), want.Name)
				}
			}
			for n := range want.Notes {
				require.Empty(t, cmp.Diff(report.Say(words(t, "en"), want.Notes[n]), report.Say(words(t, "en"), got.Notes[n])))
			}
		}
	}
}

// A file in which a hidden cell holds more than that it is hidden is not read.
// DX-16: whoever shows a hidden count has nothing to look at.
func TestCell_hiddenHoldsNothing(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{`{"kind":"masked","count":{"Low":6,"High":6}}`, `{"kind":"masked","value":3}`, `{"kind":"count"}`, `{"kind":"guess"}`} {
		var c report.Cell
		require.Error(t, json.Unmarshal([]byte(raw), &c), raw)
	}
	raw, err := json.Marshal(report.Masked())
	require.NoError(t, err)
	require.Equal(t, `{"kind":"masked"}`, string(raw))
}
