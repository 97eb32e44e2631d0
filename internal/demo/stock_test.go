package demo_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/account"
	"thntracker/internal/demo"
	"thntracker/internal/setup"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// No shelf and no bag of the demonstration ever holds less than nothing, and the
// older batch is left at two sites and in one bag, for a recall to follow.
func TestLoad_stockIsAboveZeroOnEveryDay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		now := func() time.Time { return time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC) }
		require.NoError(t, demo.Load(t.Context(), demo.Deps{Store: s, Accounts: account.New(s, account.Options{Now: now, Demo: true}), Products: setup.Products, Release: unreleased}, thn.MustDate(2026, time.November, 23)))
		programmes, err := s.Programmes(t.Context())
		require.NoError(t, err)
		for _, p := range programmes {
			if p.Country != "XD" {
				continue
			}
			cells, err := s.Stock(t.Context(), thn.StockQuery{Programme: p.ID, Groups: []thn.StockGroup{thn.StockBySite, thn.StockByBag, thn.StockByBatch, thn.StockByDay}})
			require.NoError(t, err)
			require.NotEmpty(t, cells)
			kept := map[string]bool{} // a site that only gave kits out keeps no stock: the alerts say so
			kinds, err := s.Stock(t.Context(), thn.StockQuery{Programme: p.ID, Groups: []thn.StockGroup{thn.StockBySite, thn.StockByKind}})
			require.NoError(t, err)
			for _, c := range kinds {
				kept[c.Keys[thn.StockBySite]] = kept[c.Keys[thn.StockBySite]] || c.Keys[thn.StockByKind] != string(thn.EntryGiven)
			}
			balance := map[[3]string]int64{}
			for _, c := range cells { // ordered by key, the day last
				at := [3]string{c.Keys[thn.StockBySite], c.Keys[thn.StockByBag], c.Keys[thn.StockByBatch]}
				if !kept[at[0]] {
					continue
				}
				balance[at] += c.Kits
				require.GreaterOrEqual(t, balance[at], int64(0), "%v on %s", at, c.Keys[thn.StockByDay])
			}
			batches, err := s.Batches(t.Context(), p.ID)
			require.NoError(t, err)
			places := 0
			for at, kits := range balance {
				for _, b := range batches {
					if b.Lot == "LN2411" && at[2] == string(b.ID) && kits > 0 {
						places++
					}
				}
			}
			require.Equal(t, 3, places)
		}
	})
}
