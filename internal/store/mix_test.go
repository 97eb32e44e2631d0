package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// Sixteen writers, on PostgreSQL in two programs, record every kind at once,
// correct and void each, count one shelf, recall its batch and lift that again,
// and import: nobody hears of an error, of a month one record is left, the shelf
// is what was counted last, and the audit holds.
func TestWrites_ofEveryKindAtOnce(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		stores := []*store.Store{p.Store, p.Store}
		if p.Engine() == store.Postgres { // an SQLite file belongs to one program
			stores[1] = storetest.Open(t, url)
		}
		var wait sync.WaitGroup
		for n := range 16 {
			m := mixer{place: p, s: stores[n%2], n: n}
			wait.Go(func() {
				for round := range 3 {
					if err := m.round(round); err != nil {
						t.Errorf("writer %d, round %d: %v", n, round, err)
					}
				}
			})
		}
		wait.Wait()
		months := map[string]int{}
		for _, f := range p.facts(t, thn.FactQuery{Kind: thn.KindRelease}) {
			months[f.Mentions().Day.String()]++
		}
		require.Equal(t, map[string]int{"2026-01-01": 1, "2026-02-01": 1, "2026-03-01": 1}, months)
		last := p.of(thn.Movement{ID: thn.NewID(), Day: thn.MustDate(2026, 4, 1), Kind: thn.MovementCount, Site: p.harbour.ID, Product: p.spray.ID, Batch: p.lot.ID, Counted: 77})
		require.Equal(t, thn.Stored, p.append(t, last))
		cells, err := p.Stock(t.Context(), thn.StockQuery{Programme: p.programme.ID, Sites: []thn.ID{p.harbour.ID}, Batches: []thn.ID{p.lot.ID}})
		require.NoError(t, err)
		require.Equal(t, int64(77), int64(cells[0].Kits))
		require.False(t, p.batch(t, p.lot.ID).Quarantined, "every recall was lifted")
		report, err := p.VerifyAudit(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Empty(t, report.Findings)
	})
}

// mixer is one of the writers.
type mixer struct {
	*place
	s *store.Store
	n int
}

func (m mixer) round(round int) error {
	month := thn.MustDate(2026, 1, 1).AddMonths(round)
	for _, step := range []func() error{
		func() error { return m.versions(m.kinds(month)...) },
		func() error { return m.send(m.of(m.month(month, 20+m.n, 5))) },
		func() error { return m.count(30 + m.n) },
		m.recallAndLift,
		func() error { return m.fromFile(month) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// kinds is a fact of every kind that may stand beside others of its month.
func (m mixer) kinds(month thn.Date) []thn.Fact {
	d := m.given(1)
	d.Batch = m.lot.ID
	return []thn.Fact{d, m.used(1),
		thn.Movement{ID: thn.NewID(), Day: month, Kind: thn.MovementReceived, Site: m.harbour.ID, Product: m.spray.ID, Batch: m.lot.ID, Kits: 5},
		thn.Session{ID: thn.NewID(), Day: month, Site: m.harbour.ID, Area: m.north.ID, Setting: "needle_exchange", Method: thn.Methods[0], Trainer: "nurse",
			Attendance: []thn.Attendance{{Audience: thn.Audiences[0], People: 6}}},
		thn.NilReturn{ID: thn.NewID(), Site: m.mill.ID, Area: m.south.ID, Month: month, About: thn.KindUse},
		thn.Carriage{ID: thn.NewID(), Day: month, Site: m.harbour.ID, Area: m.north.ID, Carrier: thn.NewID(), Status: thn.CarriageTrained}}
}

// versions stores facts together, corrects each and takes every second out.
func (m mixer) versions(facts ...thn.Fact) error {
	var first, second, third []thn.Submission
	for i, f := range facts {
		right := thn.WithID(f, thn.NewID())
		first, second = append(first, m.of(f)), append(second, m.of(right, f.RecordID()))
		blank, err := thn.Blank(f.RecordKind(), thn.NewID())
		if err != nil {
			return err
		}
		if void := m.of(blank, right.RecordID()); (i+m.n)%2 == 0 {
			void.Void = true
			third = append(third, void)
		}
	}
	for _, subs := range [][]thn.Submission{first, second, third} {
		got, err := m.s.Append(context.Background(), subs)
		if err != nil {
			return err
		}
		for i, o := range got {
			if o != thn.Stored {
				return fmt.Errorf("%s is %s", subs[i].Record.RecordKind(), o)
			}
		}
	}
	return nil
}

func (m mixer) send(sub thn.Submission) error { // of a month that is taken it is held
	_, err := m.s.Append(context.Background(), []thn.Submission{sub})
	return err
}

func (m mixer) count(found int) error {
	return m.send(m.of(thn.Movement{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 1), Kind: thn.MovementCount, Site: m.harbour.ID, Product: m.spray.ID, Batch: m.lot.ID, Counted: found}))
}

func (m mixer) recallAndLift() error {
	day := thn.MustDate(2026, 3, 3)
	r := thn.Recall{ID: thn.NewID(), Product: m.spray.ID, Batches: []thn.ID{m.lot.ID}, Day: day, Source: "the maker", Action: thn.RecallQuarantine}
	if err := m.s.AddRecall(context.Background(), m.programme.ID, m.by, r); err != nil {
		return err
	}
	return m.s.LiftRecall(context.Background(), m.programme.ID, m.by, r.ID, day, "tests passed")
}

// fromFile imports a row; the month may be taken by then, which the file hears.
func (m mixer) fromFile(month thn.Date) error {
	load := thn.Load{Records: []thn.Submission{m.of(m.given(2)), m.of(m.month(month, 60, 1))}}
	err := m.s.Import(context.Background(), m.programme.ID, m.by, load, nil)
	if fault.Is(err, fault.Conflict) {
		return nil
	}
	return err
}
