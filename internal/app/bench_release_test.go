package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/release"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// BenchmarkRelease closes a release of the demonstration's country, grown to ten
// million lines, beside one plain GROUP BY over the same rows in the same run. The
// goal is at most twice as long.
func BenchmarkRelease(b *testing.B) {
	database := storetest.PostgresURL(b)
	a, _ := open(b, database)
	storetest.Multiply(b, database, 10*millions)
	makeSums(b, a)
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, database)
	require.NoError(b, err)
	defer pool.Close()
	programmes, err := a.Store.Programmes(ctx)
	require.NoError(b, err)
	releases := app.Releases(a.Store, clock)
	var closing, plain []time.Duration
	for _, p := range programmes {
		if p.Country != "XD" {
			continue
		}
		for turn := range 6 {
			period := thn.Quarter(2025, turn%4+1)
			began := time.Now()
			_, err := releases.Preview(ctx, release.Order{Programme: p, Audience: thn.ForNation, Period: period, Alone: true, AsAt: clock()})
			require.NoError(b, err)
			closing = append(closing, time.Since(began))
			began = time.Now()
			rows, err := pool.Query(ctx, "SELECT channel, month, SUM(kits) FROM distribution_lines WHERE programme_id = $1 GROUP BY 1, 2", p.ID)
			require.NoError(b, err)
			for rows.Next() {
			}
			require.NoError(b, rows.Err())
			plain = append(plain, time.Since(began))
		}
	}
	b.ReportMetric(median(closing).Seconds(), "s/closing")
	b.ReportMetric(median(plain).Seconds(), "s/group-by")
	b.ReportMetric(median(closing).Seconds()/median(plain).Seconds(), "of-group-by")
	b.ReportMetric(0, "ns/op")
}
