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

func TestReturned_isSafeForAWall(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XD", 1, "XD/East")
		dock, mill := p.site("East", "Dock", thn.ChannelCommunity), p.site("East", "Mill", thn.ChannelCommunity)
		day := thn.MustDate(2026, time.January, 8)
		p.give(dock, day, "paid_worker", first(20, 20), repeat(thn.ReasonUsedOther, 3), repeat(thn.ReasonUsedSelf, 3), repeat("lost", 1))
		p.give(mill, day, "paid_worker", first(9, 9), repeat("lost", 2))
		of := func(site thn.Site) report.GiveBack {
			spec := p.spec(winter, report.ByNone)
			spec.Sites = []thn.ID{site.ID}
			got, err := report.Returned(t.Context(), s, spec, "")
			require.NoError(t, err)
			return got
		}
		got := of(dock)
		require.Equal(t, report.Number(27), got.Kits)
		require.Equal(t, report.Number(38), got.ProgrammeKits)
		require.Equal(t, report.Number(20), got.NothingReported, "of 27 kits 7 holders told what became of the last one")
		require.Equal(t, report.Number(0), got.Told)
		require.Equal(t, report.Masked(), of(mill).First, "9 of 11 would tell that 2 came again")
		require.Equal(t, report.Masked(), of(mill).Again)
	})
}
