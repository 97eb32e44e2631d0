package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// crowd is what happens at once to one programme: kits in the north are only
// moved from month to month and channel to channel, kits in the south only grow.
type crowd struct {
	*place
	moved         int64 // kits in the north, whatever becomes of their records
	begun, stored atomic.Int64
	group         sync.WaitGroup
	errs          chan error
}

// run does work in the background.
func (c *crowd) run(work func() error) {
	c.group.Go(func() {
		if err := work(); err != nil {
			c.errs <- err
		}
	})
}

// corrector stores a few records and gives the work of replacing them again and
// again, to other months and channels.
func (c *crowd) corrector(t *testing.T, s *store.Store) func() error {
	const records, times = 6, 8
	last := make([]thn.ID, records)
	next := func(n int) error {
		subs := make([]thn.Submission, records)
		for i := range subs {
			d := c.given(1)
			d.Day = thn.MustDate(2026, 1, 1).AddDays(17 * ((n + i) % 9))
			d.Channel = thn.Channels[(n*i)%4]
			if subs[i] = c.sub(d); n > 0 {
				subs[i] = c.correction(last[i], d)
			}
			last[i] = d.ID
		}
		return allStored(s, subs)
	}
	require.NoError(t, next(0))
	c.moved += records
	return func() error {
		for n := 1; n <= times; n++ {
			if err := next(n); err != nil {
				return err
			}
		}
		return nil
	}
}

func allStored(s *store.Store, subs []thn.Submission) error {
	outcomes, err := s.Append(context.Background(), subs)
	for _, o := range outcomes {
		if o != thn.Stored {
			err = fmt.Errorf("a record is %s", o)
		}
	}
	return err
}

// write adds kits in the south.
func (c *crowd) write(s *store.Store) error {
	for range 25 {
		d := c.given(1)
		d.Site, d.Area = c.mill.ID, c.south.ID
		c.begun.Add(1)
		if err := allStored(s, []thn.Submission{c.sub(d)}); err != nil {
			return err
		}
		c.stored.Add(1)
	}
	return nil
}

// until does something again and again until all others are done.
func until(stop chan struct{}, do func() error) func() error {
	return func() error {
		for {
			if err := do(); err != nil {
				return err
			}
			select {
			case <-stop:
				return nil
			default:
			}
		}
	}
}

// look asks once; the answer has to be right whatever happens meanwhile.
func (c *crowd) look(s *store.Store) error {
	stored := c.stored.Load()
	cells, err := s.Tally(context.Background(), thn.Query{Programme: c.programme.ID, Period: always, Groups: []thn.Group{thn.ByArea}})
	if err != nil {
		return err
	}
	for _, cell := range cells {
		switch area := thn.ID(cell.Keys[thn.ByArea]); {
		case area == c.north.ID && (cell.Kits != c.moved || cell.Records != c.moved):
			return fmt.Errorf("%d kits in %d lines in the north, not %d", cell.Kits, cell.Records, c.moved)
		case area == c.south.ID && (cell.Kits < stored || cell.Kits > c.begun.Load()):
			return fmt.Errorf("%d kits in the south: %d were stored, %d begun", cell.Kits, stored, c.begun.Load())
		}
	}
	return nil
}

// Writers, correctors, folders and readers of two servers at once: no reading is
// ever wrong, and in the end the sums are what the records say.
func TestFold_twoServersAtOnce(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		one := newPlace(t, storetest.Open(t, url))
		stores := []*store.Store{one.Store, one.Store}
		if one.Engine() == store.Postgres { // an SQLite file belongs to one program
			stores[1] = storetest.Open(t, url)
		}
		c := &crowd{place: one, errs: make(chan error, 32)}
		stop := make(chan struct{})
		var tireless sync.WaitGroup
		works := []func() error{}
		for _, s := range stores {
			works = append(works, c.corrector(t, s), c.corrector(t, s), func() error { return c.write(s) }, func() error { return c.write(s) })
		}
		for _, s := range stores {
			for _, work := range []func() error{
				func() error { _, err := s.Fold(context.Background(), c.programme.ID, 10); return err },
				func() error { return c.look(s) },
			} {
				tireless.Go(func() {
					if err := until(stop, work)(); err != nil {
						c.errs <- err
					}
				})
			}
		}
		for _, work := range works {
			c.run(work)
		}
		c.group.Wait()
		close(stop)
		tireless.Wait()
		close(c.errs)
		for err := range c.errs {
			require.NoError(t, err)
		}
		require.NoError(t, c.look(one.Store))
		c.agree(t)
		for rows := 1; rows > 0; {
			var err error
			rows, err = one.Fold(t.Context(), one.programme.ID, 10)
			require.NoError(t, err)
		}
		require.Zero(t, c.count(t, "tally_journal"))
		c.agree(t)
		require.Equal(t, c.moved+c.stored.Load(), c.kits(t))
	})
}

// agree has the store recount by itself.
func (p *place) agree(t interface{ Fatalf(string, ...any) }) {
	wrong, err := p.Recount(context.Background(), p.programme.ID, thn.MustDate(2026, 3, 2))
	if err != nil || len(wrong) > 0 {
		t.Fatalf("recount: %v %v", wrong, err)
	}
}
