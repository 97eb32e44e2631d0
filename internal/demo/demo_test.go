package demo_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/account"
	"thntracker/internal/demo"
	"thntracker/internal/report"
	"thntracker/internal/setup"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestLoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		now := func() time.Time { return time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC) }
		deps := demo.Deps{Store: s, Accounts: account.New(s, account.Options{Now: now, Demo: true}), Products: setup.Products, Release: unreleased}
		today := thn.MustDate(2026, time.November, 23)
		for range 2 { // the second time changes nothing
			require.NoError(t, demo.Load(t.Context(), deps, today))
		}
		programmes, err := s.Programmes(t.Context())
		require.NoError(t, err)
		require.Len(t, programmes, 2)
		kits := map[string]int64{}
		for _, p := range programmes {
			for year, period := range map[string]thn.Period{"2016": thn.YearFrom(2016, time.April), "2017": thn.YearFrom(2017, time.April), "2025": thn.YearFrom(2025, time.January)} {
				table, err := report.Build(t.Context(), s, "kits", report.Spec{Programme: p, Period: period})
				require.NoError(t, err)
				last := table.Rows[len(table.Rows)-1]
				kits[p.Country+year] = int64(last.Cells[len(last.Cells)-1].Count().Low) / 2
			}
		}
		require.Equal(t, int64(8159), kits["GB2016"])
		require.Equal(t, int64(8397), kits["GB2017"])
		require.Equal(t, int64(3587), kits["XD2025"], "the same day gives the same records")
	})
}

// There is something to see of trainings and returns: sessions, a nil return, a
// silent site, a refresher that is overdue.
func TestLoad_trainingsAndSilence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		now := func() time.Time { return time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC) }
		today := thn.MustDate(2026, time.November, 23)
		require.NoError(t, demo.Load(t.Context(), demo.Deps{Store: s, Accounts: account.New(s, account.Options{Now: now, Demo: true}), Products: setup.Products, Release: unreleased}, today))
		programmes, err := s.Programmes(t.Context())
		require.NoError(t, err)
		for _, p := range programmes {
			if p.Country != "XD" {
				continue
			}
			returns, err := report.SeeReturns(t.Context(), s, report.Spec{Programme: p, Period: thn.Month(2026, time.October)})
			require.NoError(t, err)
			require.Equal(t, 1, returns.Silent())
			nils := 0
			for _, x := range returns.Sites {
				if x.Kinds[thn.KindUse].Standing() == thn.ReportingNil {
					nils++
				}
			}
			require.Equal(t, 1, nils)
			table, err := report.Build(t.Context(), s, "training", report.Spec{Programme: p, Period: thn.YearFrom(2026, time.January)})
			require.NoError(t, err)
			require.Greater(t, int64(table.Cell("total", "attendances").Count().Low), int64(2*100))
			trainings, err := s.StaffTrainings(t.Context(), p.ID)
			require.NoError(t, err)
			require.Len(t, trainings, 3)
			overdue := 0
			for _, x := range trainings {
				if x.Due.Before(today) {
					overdue++
				}
			}
			require.Equal(t, 1, overdue)
		}
	})
}

// TestSignIns_openNothingElsewhere: no demonstration password works outside --demo.
func TestSignIns_openNothingElsewhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		now := func() time.Time { return time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC) }
		inside := account.New(s, account.Options{Now: now, Demo: true})
		require.NoError(t, demo.Load(t.Context(), demo.Deps{Store: s, Accounts: inside, Products: setup.Products, Release: unreleased}, thn.MustDate(2026, time.November, 23)))
		outside := account.New(s, account.Options{Now: now})
		for _, x := range demo.SignIns() {
			_, err := inside.SignIn(t.Context(), x.Handle, x.Password, "127.0.0.1")
			require.NoError(t, err)
			_, err = outside.SignIn(t.Context(), x.Handle, x.Password, "127.0.0.1")
			require.Error(t, err, "%s outside the demonstration", x.Handle)
		}
	})
}

// unreleased leaves out the releases of the demonstration, which package release tests.
func unreleased(context.Context, thn.Programme, thn.Period) error { return nil }
