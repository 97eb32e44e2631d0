package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// BenchmarkLedger lets 32 writers draw on one batch, with the stock ledger and
// with its entries thrown away by the database, in turns within one run.
func BenchmarkLedger(b *testing.B) {
	s := storetest.Open(b, storetest.PostgresURL(b))
	p := newPlace(b, s)
	draw := func() {
		d := p.given(1)
		d.Batch = p.lot.ID
		_, err := s.Append(context.Background(), []thn.Submission{p.sub(d)})
		require.NoError(b, err)
	}
	var with, without float64
	for range 2 {
		with += perSecond(draw)
		require.NoError(b, s.Raw(context.Background(), "CREATE RULE no_stock AS ON INSERT TO stock_entries DO INSTEAD NOTHING"))
		without += perSecond(draw)
		require.NoError(b, s.Raw(context.Background(), "DROP RULE no_stock ON stock_entries"))
	}
	b.ReportMetric(with/2, "records/s")
	b.ReportMetric(without/2, "without-stock/s")
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
