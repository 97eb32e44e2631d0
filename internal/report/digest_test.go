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

// TestDigest_oneWeek: 9 kits after 6 the week before, from two sites after one.
// Seven first kits are shown; four of the week before are too few, and with them
// the change goes.
func TestDigest_oneWeek(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XC", 1, "XC/North", "XC/South")
		quay := p.site("North", "Quay", thn.ChannelCommunity)
		hill := p.site("South", "Hill", thn.ChannelCommunity)
		week := thn.WeekOf(thn.MustDate(2026, time.November, 18))
		p.give(quay, week.From, "paid_worker", first(4, 4))
		p.give(quay, week.From.AddDays(-1), "paid_worker", first(4, 6)) // the Sunday before
		p.give(hill, week.Last(), "paid_worker", first(3, 5))
		p.denominator(thn.AtRisk, "North", thn.YearFrom(2026, time.January), "people at risk", 15)
		p.denominator(thn.AtRisk, "South", thn.YearFrom(2026, time.January), "people at risk", 100, interval(50, 120))
		d, err := report.SeeDigest(t.Context(), s, p.spec(week, report.ByNone))
		require.NoError(t, err)
		require.Equal(t, "2026-W47", d.Head.Period.WeekName())
		require.Equal(t, "9", shown(t, d.Changed, "kits", "week"))
		require.Equal(t, "6", shown(t, d.Changed, "kits", "before"))
		require.Equal(t, "3", shown(t, d.Changed, "kits", "more"))
		require.Equal(t, "7", shown(t, d.Changed, "first", "week"))
		require.Equal(t, report.KindMasked, d.Changed.Cell("first", "before").Kind())
		require.Equal(t, report.KindMasked, d.Changed.Cell("first", "more").Kind())
		require.Equal(t, "0", shown(t, d.Changed, "uses_told", "week"))
		require.Equal(t, "1", shown(t, d.Changed, "sites_active", "more"))
		require.Empty(t, d.Shelves.Rows)
		var far []string
		for _, r := range d.Areas.Rows {
			far = append(far, r.Label.Code)
		}
		require.Equal(t, []string{"SO"}, far, "10 of 15 is over half of the level; 5 of 100 is under it, even of 50")
	})
}
