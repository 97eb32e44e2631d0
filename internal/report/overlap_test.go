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

// The harbour records 7 kits of the community in East in winter, 4 more elsewhere.
func TestOverlaps_theProgrammeChoosesWhatStands(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		require.Empty(t, p.overlaps(), "records alone overlap nothing")
		p.total("East", winter, 20, via(thn.ChannelCommunity))
		p.total("XD", thn.Quarter(2019, 1), 300)
		all := func() string { return shown(t, p.build("kits", p.spec(winter, report.ByMonth)), "total", "all") }

		list := p.overlaps()
		require.Len(t, list, 1, "the total of 2019 holds no record")
		require.Equal(t, thn.ExactKits(7), list[0].Records)
		require.False(t, list[0].Exceeds())
		require.Equal(t, "24", all(), "20 of the total, 4 beside it")

		require.NoError(t, s.PutAside(t.Context(), p.programme.ID, "", list[0].Total, true))
		require.Equal(t, "11", all(), "7 recorded, 4 beside them: never both")
		require.Equal(t, "aside", p.build("kits", p.spec(winter, report.ByMonth)).Notes[0].Code)
		list = p.overlaps()
		require.True(t, list[0].Total.Aside, "what is put aside can be chosen again")

		require.NoError(t, s.PutAside(t.Context(), p.programme.ID, "", list[0].Total, false))
		require.Equal(t, "24", all())
	})
}

func TestOverlaps_moreThanTheTotalAndAcrossTotals(t *testing.T) {
	t.Parallel()
	p, _, _ := harbour(t, storetest.SQLite(t))
	p.total("East", winter, 5, via(thn.ChannelCommunity))
	p.total("XD", thn.Month(2026, time.January), 40)
	list := p.overlaps()
	require.Len(t, list, 2)
	byArea := map[thn.ID]report.Overlap{list[0].Total.Area: list[0], list[1].Total.Area: list[1]}
	east := byArea[p.areas["East"]]
	require.True(t, east.Exceeds(), "7 recorded against 5 in all")
	require.Len(t, east.Crosses, 1, "January of the country holds part of the winter of East, and neither holds the other")
}

func (p *place) overlaps() []report.Overlap {
	p.t.Helper()
	list, err := report.Overlaps(p.t.Context(), p.store, p.spec(winter, report.ByNone))
	require.NoError(p.t, err)
	return list
}
