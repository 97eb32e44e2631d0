package ingest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const book = "No.,Date,Site,What,Product,Lot,Use by,Kits,From or to,Delivery note\n" +
	"1,01/04/2019,H1,In store,nasal-4,L-77,,40,,\n" +
	"2,02/04/2019,H1,Delivery,nasal-4,NEW-1,03/2021,100,,DN 12\n" +
	"3,03/04/2019,H1,Sent on,nasal-4,L-77,,10,Mill,\n" +
	"4,05/04/2019,Mill,Came from,nasal-4,L-77,,9,H1,\n" +
	"5,06/04/2019,H1,Count,nasal-4,L-77,,28,,\n" +
	"6,07/04/2019,H1,Broken,nasal-4,NEW-1,,1,,\n"

// withMill adds a second site, for transfers.
func withMill(t *testing.T, f fixture) {
	t.Helper()
	areas, err := f.store.Areas(context.Background(), f.programme.ID)
	require.NoError(t, err)
	require.NoError(t, f.store.AddSites(context.Background(), f.programme.ID, "", thn.Site{ID: thn.NewID(), Area: areas[0].ID, Name: "Mill",
		Setting: "prison", Channel: thn.ChannelPrison, Supplier: "prison_staff"}))
}

func (f fixture) balance(t *testing.T, lot string) (kits int64) {
	t.Helper()
	batches, err := f.store.Batches(context.Background(), f.programme.ID)
	require.NoError(t, err)
	for _, b := range batches {
		if b.Lot == lot {
			cells, err := f.store.Stock(context.Background(), thn.StockQuery{Programme: f.programme.ID, Sites: []thn.ID{f.site.ID}, Batches: []thn.ID{b.ID}})
			require.NoError(t, err)
			return cells[0].Kits
		}
	}
	t.Fatalf("no lot %s", lot)
	return 0
}

func TestStock_asABookHasIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		withMill(t, f)
		m := example(t, "stock-book.yaml")
		for range 2 {
			f.imported(t, book, m)
			require.Equal(t, int64(28), f.balance(t, "L-77"), "30 in the ledger, 28 found")
			require.Equal(t, int64(99), f.balance(t, "NEW-1"))
		}
		require.Equal(t, counts(0, 0, 6), f.plan(t, book, m).Counts)
		batches, err := s.Batches(t.Context(), f.programme.ID)
		require.NoError(t, err)
		require.Len(t, batches, 2)
		for _, b := range batches {
			if b.Lot == "NEW-1" {
				require.Equal(t, thn.MustDate(2021, time.March, 31), b.Expiry)
				require.True(t, b.MonthOnly)
			}
		}

		// The author corrects the delivery: what came in changes, nothing doubles.
		p := f.imported(t, strings.Replace(book, "2021,100,", "2021,90,", 1), m)
		require.Equal(t, counts(0, 1, 5), p.Counts)
		require.Equal(t, int64(89), f.balance(t, "NEW-1"))
	})
}

func TestStock_refusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	withMill(t, f)
	m := example(t, "stock-book.yaml")
	header, _, _ := strings.Cut(book, "\n")
	for row, c := range map[string]struct{ key, column string }{
		"1,01/04/2019,H1,Sent on,nasal-4,L-77,,10,H1,":                         {"cell.same_site", "I (From or to)"},
		"1,01/04/2019,H1,Sent on,nasal-4,L-77,,10,,":                           {"cell.needed", "I (From or to)"},
		"1,01/04/2019,H1,Delivery,nasal-4,OTHER,,10,,":                         {"cell.batch_unknown", "F (Lot)"},
		"1,01/04/2019,H1,Delivery,nasal-4,L-77,,0,,":                           {"cell.number_range", "H (Kits)"},
		"1,01/04/2019,H1,Delivery,nasal-4,L-77,,-4,,":                          {"cell.number_negative", "H (Kits)"},
		"1,01/04/2019,H1,Vanished,nasal-4,L-77,,4,,":                           {"cell.code", "D (What)"},
		"1,31/06/2019,H1,Delivery,nasal-4,L-77,,4,,":                           {"", "B (Date)"},
		"1,01/04/2030,H1,Delivery,nasal-4,L-77,,4,,":                           {"cell.day_future", "B (Date)"},
		"1,01/04/2019,H1,Delivery,nasal-4,L-77,,4,," + strings.Repeat("x", 61): {"cell.text_long", "J (Delivery note)"},
	} {
		p := f.plan(t, header+"\n"+row+"\n", m)
		require.Len(t, p.Refused, 1, row)
		require.Equal(t, c.column, p.Refused[0].Column, row)
		if c.key != "" {
			require.Equal(t, "import.error."+c.key, p.Refused[0].Key, row)
		}
	}
}
