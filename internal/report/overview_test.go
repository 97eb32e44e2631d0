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

func TestSee_theWholePicture(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, quay, _ := harbour(t, s)
		silent := p.site("Dock", "Dock kiosk", thn.ChannelPharmacy)
		p.give(quay, thn.MustDate(2025, time.November, 3), "paid_worker", first(1, 8))
		p.give(quay, thn.MustDate(2025, time.January, 3), "paid_worker", first(1, 5))
		p.denominator(thn.AtRisk, "XD", thn.YearFrom(2024, time.January), "people at risk", 90, interval(60, 120))
		p.denominator(thn.OpioidDeaths, "XD", thn.YearFrom(2025, time.January), "opioid-related deaths", 2)
		o, err := report.See(t.Context(), s, p.spec(winter, report.ByNone))
		require.NoError(t, err)
		require.Equal(t, thn.ExactKits(11), o.Kits.Count())
		require.Equal(t, thn.ExactKits(7), o.First.Count(), "people, not kits")
		require.Equal(t, []string{"report.change.before", "report.change.year_earlier"}, []string{o.Changes[0].Key, o.Changes[1].Key})
		require.Equal(t, thn.ExactKits(3), o.Changes[0].More.Count(), "11 after 8")
		require.Equal(t, thn.ExactKits(6), o.Changes[1].More.Count(), "11 after 5")
		require.Equal(t, "small_base", o.Changes[1].Percent.Text().Code, "6 more than 5 is no 120 per cent")
		require.Equal(t, []thn.Site{silent}, o.Silent)
		require.Len(t, o.Uncounted, 2, "neither district has people at risk")
		require.Equal(t, "2023-01-01/2026-01-01", o.PerDeath.Head.Period.String(), "the last whole years")
		require.Equal(t, "6.50", shown(t, o.PerDeath, "2025", "all"))
		p.golden("overview", o.Months, o.Areas, o.FirstRepeat, o.RepeatUsed, o.ReachOver, o.PerDeath, o.Peer)
	})
}

func TestSee_largestChannelsAndTheRest(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XM", 1)
	for c, n := range map[thn.Channel]int64{thn.ChannelCommunity: 10, thn.ChannelPeer: 90, thn.ChannelPharmacy: 30, thn.ChannelPrison: 80, thn.ChannelPolice: 20} {
		p.total("XM", thn.Month(2026, time.January), n, via(c))
	}
	p.total("XM", thn.Month(2026, time.January), 250)
	o, err := report.See(t.Context(), s, p.spec(winter, report.ByNone))
	require.NoError(t, err)
	var got []string
	for i, c := range o.Months.Columns {
		got = append(got, c.Label.Code+" "+o.Months.Rows[0].Cells[i].Count().String())
	}
	require.Equal(t, []string{"peer 90", "pharmacy 30", "prison_release 80", "other_channels 30", "not_stated 20", "all 250"}, got)
}

func TestSee_anEmptyProgrammeSaysSo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XN", 1)
		o, err := report.See(t.Context(), s, p.spec(winter, report.ByNone))
		require.NoError(t, err)
		require.Equal(t, report.KindNotReported, o.Kits.Kind())
		require.Equal(t, report.KindNoDenominator, o.Reach.Kind())
		require.Equal(t, "nothing", o.Months.Missing[0].Code)
		draft, err := report.Drafted(t.Context(), s, p.spec(winter, report.ByNone))
		require.NoError(t, err)
		require.Equal(t, report.KindNotReported, draft.Summary().Key.Rows[0].Cells[0].Kind())
	})
}

func TestSee_financialYearsOfAPeriodThatBeginsWithOne(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := scotland(t, s)
	o, err := report.See(t.Context(), s, p.spec(years(2014, 2018, april), report.ByNone))
	require.NoError(t, err)
	require.Equal(t, "2014/15", o.PerDeath.Rows[0].Label.Code)
	require.Equal(t, "2017/18", o.PerDeath.Rows[len(o.PerDeath.Rows)-1].Label.Code)
	o, err = report.See(t.Context(), s, p.spec(thn.YearFrom(2017, april), report.ByNone))
	require.NoError(t, err)
	require.Len(t, o.Changes, 1, "the year before is the period before")
	require.Len(t, o.PerDeath.Rows, 3)
}
