package store_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// tellers are outcomes counted by goroutines.
type tellers struct {
	mu sync.Mutex
	n  map[thn.Outcome]int
}

func (c *tellers) add(o thn.Outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[thn.Outcome]int{}
	}
	c.n[o]++
}

func TestAppend_sameRecordFromManySides(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		const senders = 32
		d := p.given(3)
		var outcomes tellers
		var wait sync.WaitGroup
		for range senders {
			wait.Go(func() {
				got, err := p.Append(context.Background(), []thn.Submission{p.sub(d)})
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				outcomes.add(got[0])
			})
		}
		wait.Wait()
		require.Equal(t, map[thn.Outcome]int{thn.Stored: 1, thn.Duplicate: senders - 1}, outcomes.n)
		require.Equal(t, int64(3), p.kits(t))
		require.Equal(t, 1, p.count(t, "distribution_lines"))
	})
}

func TestAppend_manyCorrectOneVersion(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		const people = 16
		first := p.given(1)
		p.append(t, p.sub(first))
		var outcomes tellers
		var wait sync.WaitGroup
		for range people {
			correction := p.correction(first.ID, p.given(2))
			wait.Go(func() {
				got, err := p.Append(context.Background(), []thn.Submission{correction})
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				outcomes.add(got[0])
			})
		}
		wait.Wait()
		require.Equal(t, map[thn.Outcome]int{thn.Stored: 1, thn.Held: people - 1}, outcomes.n)
		require.Equal(t, int64(2), p.kits(t))
		require.Len(t, p.causes(t), people-1, "nobody's correction is lost")
	})
}

// Two programs on one database: each has a writer of its own.
func TestAppend_twoProgramsOneDatabase(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		second := storetest.Open(t, url)
		var outcomes tellers
		var wait sync.WaitGroup
		for range 12 {
			d := p.given(1)
			for _, s := range []*store.Store{p.Store, second} {
				wait.Go(func() {
					got, err := s.Append(context.Background(), []thn.Submission{p.sub(d)})
					if err != nil {
						t.Errorf("append: %v", err)
						return
					}
					outcomes.add(got[0])
				})
			}
		}
		wait.Wait()
		require.Equal(t, map[thn.Outcome]int{thn.Stored: 12, thn.Duplicate: 12}, outcomes.n)
		require.Equal(t, int64(12), p.kits(t))
	})
}

// Programmes whose records arrive together do not mix.
func TestAppend_programmesSideBySide(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		q := newPlace(t, p.Store)
		var wait sync.WaitGroup
		for range 20 {
			for _, x := range []*place{p, q} {
				wait.Go(func() {
					got, err := x.Append(context.Background(), []thn.Submission{x.sub(x.given(1)), x.sub(x.given(1))})
					if err != nil || got[0] != thn.Stored || got[1] != thn.Stored {
						t.Errorf("append: %v %v", got, err)
					}
				})
			}
		}
		wait.Wait()
		require.Equal(t, int64(40), p.kits(t))
		require.Equal(t, int64(40), q.kits(t))
	})
}

// Whoever was told "stored" finds the record after a restart; whoever was told
// nothing may send again.
func TestClose_whileAppending(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), url, store.Options{Now: func() time.Time { return storetest.Noon }, AuditKey: storetest.Key})
		require.NoError(t, err)
		p := newPlace(t, s)
		var stored, refused atomic.Int64
		var wait sync.WaitGroup
		first := make(chan struct{})
		var once sync.Once
		for range 8 {
			wait.Go(func() {
				for {
					got, err := s.Append(context.Background(), []thn.Submission{p.sub(p.given(1))})
					if err != nil {
						if !fault.Is(err, fault.Unavailable) {
							t.Errorf("append while closing: %v", err)
						}
						refused.Add(1)
						return
					}
					if got[0] != thn.Stored {
						t.Errorf("append while closing: %v", got)
					}
					stored.Add(1)
					once.Do(func() { close(first) })
				}
			})
		}
		<-first
		require.NoError(t, s.Close())
		wait.Wait()
		require.NoError(t, s.Close(), "closing twice is harmless")
		require.Equal(t, int64(8), refused.Load())

		p.Store = storetest.Open(t, url)
		require.GreaterOrEqual(t, p.kits(t), stored.Load())
		require.LessOrEqual(t, p.kits(t), stored.Load()+refused.Load())
	})
}

func TestAppend_senderGivesUp(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		d := p.given(1)
		_, err := p.Append(ctx, []thn.Submission{p.sub(d)})
		if err != nil { // both ends of the wait were ready: either may win
			require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
		}
		require.Contains(t, []thn.Outcome{thn.Stored, thn.Duplicate}, p.append(t, p.sub(d)), "the writer goes on")
		require.Equal(t, int64(1), p.kits(t))
	})
}
