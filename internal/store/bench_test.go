package store_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// BenchmarkLedger lets 32 writers draw on one batch, with the stock ledger and
// with its entries thrown away by the database, in turns within one run.
func BenchmarkLedger(b *testing.B) {
	s := storetest.Open(b, storetest.PostgresURL(b))
	p := newPlace(b, s)
	besideWithout(b, s, "stock_entries", func() {
		d := p.given(1)
		d.Batch = p.lot.ID
		_, err := s.Append(context.Background(), []thn.Submission{p.sub(d)})
		require.NoError(b, err)
	})
}

// BenchmarkSums lets 32 writers add to a hundred sums, and to one, while the sums
// are folded far more often than a server does, and with the journal thrown away
// by the database, in turns within one run.
func BenchmarkSums(b *testing.B) {
	for name, months := range map[string]int64{"spread": 100, "one cell": 1} {
		b.Run(name, func(b *testing.B) {
			s := storetest.Open(b, storetest.PostgresURL(b))
			p := newPlace(b, s)
			ctx, stop := context.WithCancel(context.Background())
			var folding sync.WaitGroup
			folding.Go(func() {
				for ctx.Err() == nil {
					_, err := s.Fold(context.Background(), p.programme.ID, 2000)
					require.NoError(b, err)
					select {
					case <-time.After(time.Second):
					case <-ctx.Done():
					}
				}
			})
			var n atomic.Int64
			besideWithout(b, s, "tally_journal", func() {
				d := p.given(1)
				d.Day = thn.MustDate(2018, 1, 1).AddMonths(int(n.Add(1) % months))
				_, err := s.Append(context.Background(), []thn.Submission{p.sub(d)})
				require.NoError(b, err)
			})
			stop()
			folding.Wait()
		})
	}
}

// besideWithout works with a table and with what goes into it thrown away.
func besideWithout(b *testing.B, s *store.Store, table string, work func()) {
	var with, without float64
	for range 3 {
		with += perSecond(work)
		require.NoError(b, s.Raw(context.Background(), "CREATE RULE thrown_away AS ON INSERT TO "+table+" DO INSTEAD NOTHING"))
		without += perSecond(work)
		require.NoError(b, s.Raw(context.Background(), "DROP RULE thrown_away ON "+table))
	}
	b.ReportMetric(with/3, "records/s")
	b.ReportMetric(without/3, "without/s")
	b.ReportMetric(with/without, "of-without")
	b.ReportMetric(0, "ns/op")
}

// perSecond runs work on 32 goroutines for three seconds.
func perSecond(work func()) float64 {
	const writers, stretch = 32, 3 * time.Second
	var wait sync.WaitGroup
	counts := make([]int, writers)
	end := time.Now().Add(stretch)
	for w := range writers {
		wait.Go(func() {
			for time.Now().Before(end) {
				work()
				counts[w]++
			}
		})
	}
	wait.Wait()
	total := 0
	for _, n := range counts {
		total += n
	}
	return float64(total) / stretch.Seconds()
}
