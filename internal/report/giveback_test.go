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

// A sheet that hangs on a wall gives no small number away: not by itself, and not
// as what is left when one number is taken from another.
func TestReturned_givesNothingAwayByDifference(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first, lost, used, notAsked int64
		shown                       map[string]string
	}{
		"all large":          {20, 10, 12, 0, map[string]string{"kits": "42", "first": "20", "again": "22", "used": "12", "nothing": "20"}},
		"few first":          {3, 10, 12, 0, map[string]string{"kits": "25", "first": "masked", "again": "masked", "used": "12", "nothing": "masked"}},
		"few not asked":      {20, 10, 12, 2, map[string]string{"kits": "44", "first": "masked", "again": "masked", "used": "12", "nothing": "22"}},
		"few told":           {20, 0, 3, 0, map[string]string{"kits": "23", "first": "masked", "again": "masked", "used": "masked", "nothing": "masked"}},
		"few told otherwise": {20, 2, 12, 0, map[string]string{"kits": "34", "first": "20", "again": "14", "used": "masked", "nothing": "20"}},
		"all told":           {0, 0, 3, 0, map[string]string{"kits": "masked", "used": "masked", "nothing": "0"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t, storetest.SQLite(t), "XG", 1, "XG/East")
			site := p.site("East", "Quay", thn.ChannelCommunity)
			day := thn.MustDate(2026, time.February, 3)
			for _, x := range []struct {
				n      int64
				supply thn.Supply
				reason thn.Reason
			}{{c.first, thn.SupplyFirst, ""}, {c.lost, thn.SupplyRepeat, "lost"}, {c.used, thn.SupplyRepeat, thn.ReasonUsedOther}, {c.notAsked, thn.SupplyNotAsked, ""}} {
				if x.n > 0 {
					p.give(site, day, "paid_worker", thn.Line{Recipient: thn.RecipientAtRisk, Supply: x.supply, Reason: x.reason, People: int(x.n), Kits: thn.Kits(x.n)})
				}
			}
			spec := p.spec(thn.Month(2026, time.February), report.ByNone)
			spec.Sites = []thn.ID{site.ID}
			g, err := report.Returned(t.Context(), p.store, spec, "")
			require.NoError(t, err)
			for key, cell := range map[string]report.Cell{"kits": g.Kits, "first": g.First, "again": g.Again, "used": g.Used, "nothing": g.NothingReported} {
				want, asked := c.shown[key]
				if !asked {
					continue
				}
				got := "masked"
				if cell.Known() {
					got = cell.Count().String()
				}
				require.Equal(t, want, got, key)
			}
		})
	}
}
