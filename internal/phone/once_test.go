package phone_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"thntracker/internal/account"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/phone"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const many = 1000 // records of the tests of "exactly once"

// storm delivers all items twice, from several goroutines, in parts of any size and
// order, to all servers, and tells how often each record was let go of and how often
// it was said to be new.
func storm(t *testing.T, servers []*phone.Phones, items []form.Sealed) (released, fresh map[string]int) {
	t.Helper()
	released, fresh = map[string]int{}, map[string]int{}
	var mu sync.Mutex
	var group errgroup.Group
	for turn := range 4 { // half of all each: together twice
		half := slices.Clone(items[turn%2*len(items)/2:][:len(items)/2])
		rand.Shuffle(len(half), func(i, j int) { half[i], half[j] = half[j], half[i] })
		group.Go(func() error {
			for n := 0; len(half) > 0; n++ {
				part := half[:min(len(half), 1+rand.IntN(form.MaxSync))]
				half = half[len(part):]
				answers, err := servers[(turn+n)%len(servers)].Deliver(context.WithoutCancel(t.Context()), part)
				mu.Lock()
				for _, a := range answers {
					if a.Outcome != retry {
						released[a.ID]++
					}
					if a.Outcome == stored {
						fresh[a.ID]++
					}
				}
				mu.Unlock()
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	require.NoError(t, group.Wait())
	return released, fresh
}

// broken tells what is wrong with "exactly once": whatever a phone has let go of is
// in the ledger, and nothing is there twice.
func (p *place) broken(t *testing.T, items []form.Sealed, released, fresh map[string]int) (wrong []string) {
	t.Helper()
	for _, x := range items {
		_, _, err := p.store.Fact(t.Context(), p.programme.ID, thn.ID(x.ID))
		if released[x.ID] > 0 && err != nil {
			wrong = append(wrong, "lost")
		}
		if fresh[x.ID] > 1 {
			wrong = append(wrong, "new twice")
		}
	}
	if n := p.kits(t); n > int64(len(items)) {
		wrong = append(wrong, "counted twice")
	}
	slices.Sort(wrong)
	return slices.Compact(wrong)
}

func (p *place) load(t *testing.T, n int) (items []form.Sealed) {
	t.Helper()
	h := p.fitOut(t, p.worker, phone.Holds{})
	for range n {
		items = append(items, h.give(t, p))
	}
	return items
}

// Every id once, with two servers on one database and everything sent twice (F-07).
func TestDeliver_exactlyOnce(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		items := p.load(t, many)
		released, fresh := storm(t, []*phone.Phones{p.Phones, p.server(storetest.Open(t, url))}, items)
		require.Empty(t, p.broken(t, items, released, fresh))
		require.Len(t, released, many)
		require.Len(t, fresh, many, "each was new to somebody")
		require.Equal(t, int64(many), p.kits(t))
		require.Empty(t, p.causes(t))
	})
}

// The test above has to be able to fail. Without the ledger's keys, what is sent
// twice is there twice.
func TestDeliver_exactlyOnce_failsWithoutTheIndex(t *testing.T) {
	t.Parallel()
	url := storetest.PostgresURL(t)
	p := newPlace(t, storetest.Open(t, url))
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	_, err = conn.Exec(t.Context(), `DO $$
DECLARE c RECORD;
BEGIN
    FOR c IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE contype IN ('p', 'u') AND conrelid::regclass::text IN ('records', 'distribution_lines', 'stock_entries', 'tally_journal')
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', c.place, c.conname);
    END LOOP;
END $$`)
	require.NoError(t, err)
	items := p.load(t, 100)
	released, fresh := storm(t, []*phone.Phones{p.Phones}, items)
	require.Equal(t, []string{"counted twice", "new twice"}, p.broken(t, items, released, fresh))
}

// And with a server that answers before it has committed, and is killed in between,
// what phones have let go of is nowhere.
func TestDeliver_exactlyOnce_failsWhenTheAnswerComesBeforeTheCommit(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t))
	items := p.load(t, 100)
	hasty := phone.New(p.store, account.New(p.store, account.Options{Now: p.Clock}), intake.New(killedAfterAnswering{p.store}, p.Clock), p.Clock)
	released, fresh := storm(t, []*phone.Phones{hasty}, items)
	require.Len(t, released, 100)
	require.Contains(t, p.broken(t, items, released, fresh), "lost")
}

// killedAfterAnswering is a ledger whose server does not live to commit.
type killedAfterAnswering struct{ *store.Store }

func (killedAfterAnswering) Append(_ context.Context, subs []thn.Submission) ([]thn.Outcome, error) {
	return slices.Repeat([]thn.Outcome{thn.Stored}, len(subs)), nil
}
