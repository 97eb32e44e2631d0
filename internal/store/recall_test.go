package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func (p *place) batch(t *testing.T, id thn.ID) thn.Batch {
	t.Helper()
	batches, err := p.Batches(t.Context(), p.programme.ID)
	require.NoError(t, err)
	for _, b := range batches {
		if b.ID == id {
			return b
		}
	}
	t.Fatalf("no batch %s", id)
	return thn.Batch{}
}

func (p *place) revise(t *testing.T, r thn.BatchRevision) {
	t.Helper()
	r.ID, r.Batch, r.Source = thn.NewID(), p.lot.ID, "notice"
	if r.Day.IsZero() {
		r.Day = thn.MustDate(2026, time.March, 1)
	}
	require.NoError(t, p.ReviseBatch(t.Context(), p.programme.ID, p.by, r))
}

func (p *place) recall(t *testing.T, action thn.RecallAction) thn.Recall {
	t.Helper()
	r := thn.Recall{ID: thn.NewID(), Product: p.spray.ID, Batches: []thn.ID{p.lot.ID}, Day: thn.MustDate(2026, time.March, 3), Source: "the maker", Reference: "R/1", Action: action}
	require.NoError(t, p.AddRecall(t.Context(), p.programme.ID, p.by, r))
	return r
}

func (p *place) lift(t *testing.T, id thn.ID) {
	t.Helper()
	require.NoError(t, p.LiftRecall(t.Context(), p.programme.ID, p.by, id, thn.MustDate(2026, time.March, 9), "tests passed"))
}

func (p *place) changes(t *testing.T) (list []thn.BatchChange) {
	t.Helper()
	revisions, err := p.Revisions(t.Context(), p.programme.ID, p.lot.ID)
	require.NoError(t, err)
	for _, r := range revisions {
		list = append(list, r.Change)
	}
	return list
}

func TestReviseBatch_keepsWhatThePackPrints(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for _, years := range []int{2029, 2030} {
			p.revise(t, thn.BatchRevision{Change: thn.BatchExtended, Expiry: thn.MustDate(years, time.February, 28), MonthOnly: true})
		}
		b := p.batch(t, p.lot.ID)
		require.Equal(t, thn.MustDate(2030, time.February, 28), b.Expiry)
		require.True(t, b.MonthOnly)
		require.Equal(t, thn.MustDate(2028, time.February, 29), b.Printed)
		require.False(t, b.PrintedMonthOnly)
		require.False(t, b.Quarantined)

		p.revise(t, thn.BatchRevision{Change: thn.BatchQuarantined})
		require.True(t, p.batch(t, p.lot.ID).Quarantined)
		p.revise(t, thn.BatchRevision{Change: thn.BatchReleased})
		require.False(t, p.batch(t, p.lot.ID).Quarantined)
		require.Equal(t, b, p.batch(t, p.lot.ID), "nothing but the quarantine changed")
		require.Equal(t, []thn.BatchChange{thn.BatchExtended, thn.BatchExtended, thn.BatchQuarantined, thn.BatchReleased}, p.changes(t))
		require.True(t, fault.Is(p.ReviseBatch(t.Context(), p.programme.ID, p.by, thn.BatchRevision{ID: thn.NewID(), Batch: thn.NewID(), Day: b.Expiry,
			Change: thn.BatchReleased}), fault.Invalid), "a batch that nobody registered")
	})
}

func TestRecall_setsAsideUntilItIsLifted(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first, second := p.recall(t, thn.RecallQuarantine), p.recall(t, thn.RecallReplace)
		p.recall(t, thn.RecallInform)
		p.lift(t, first.ID)
		require.True(t, p.batch(t, p.lot.ID).Quarantined, "the other recall still holds it")
		p.lift(t, second.ID)
		require.False(t, p.batch(t, p.lot.ID).Quarantined, "a notice that only informs holds nothing")
		require.Equal(t, []thn.BatchChange{thn.BatchQuarantined, thn.BatchQuarantined, thn.BatchReleased}, p.changes(t))

		list, err := p.Recalls(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Len(t, list, 3)
		for _, r := range list {
			if r.ID == first.ID {
				first.Lifted, first.LiftedBy = thn.MustDate(2026, time.March, 9), "tests passed"
				require.Equal(t, first, r)
			}
		}
		err = p.LiftRecall(t.Context(), p.programme.ID, p.by, first.ID, first.Day, "again")
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
		err = p.LiftRecall(t.Context(), p.programme.ID, p.by, thn.NewID(), first.Day, "x")
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	})
}

// What a person put aside for a reason of their own stays aside when a recall ends.
func TestRecall_leavesADecisionOfBeforeAlone(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.revise(t, thn.BatchRevision{Change: thn.BatchQuarantined})
		p.lift(t, p.recall(t, thn.RecallQuarantine).ID)
		require.True(t, p.batch(t, p.lot.ID).Quarantined)
		require.Equal(t, []thn.BatchChange{thn.BatchQuarantined, thn.BatchQuarantined}, p.changes(t))
	})
}

func TestRecall_isOfItsProgramme(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		q, ctx := newPlace(t, p.Store), t.Context()
		r := p.recall(t, thn.RecallQuarantine)
		require.True(t, fault.Is(q.LiftRecall(ctx, q.programme.ID, q.by, r.ID, r.Day, "x"), fault.NotFound))
		list, err := q.Recalls(ctx, q.programme.ID)
		require.NoError(t, err)
		require.Empty(t, list)
		r.ID, r.Product = thn.NewID(), q.spray.ID
		require.True(t, fault.Is(q.AddRecall(ctx, q.programme.ID, q.by, r), fault.Invalid), "of another programme's batch")
		r.Batches = nil
		require.True(t, fault.Is(q.AddRecall(ctx, q.programme.ID, q.by, r), fault.Invalid), "of no batch")
		revisions, err := q.Revisions(ctx, q.programme.ID, p.lot.ID)
		require.NoError(t, err)
		require.Empty(t, revisions)
	})
}

func TestRecalled_listsWhatStillCounts(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		r := p.recall(t, thn.RecallQuarantine)
		m := thn.Movement{ID: thn.NewID(), Day: r.Day, Kind: thn.MovementRecalled, Site: p.harbour.ID, Product: p.spray.ID, Batch: p.lot.ID, Kits: 3, Recall: r.ID}
		other := m
		other.ID, other.Kits = thn.NewID(), 2
		for _, x := range []thn.Movement{m, other} {
			require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: x}))
		}
		require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: thn.Movement{ID: thn.NewID()}, Corrects: other.ID, Void: true, Why: thn.WhyUndo}))
		list, err := p.Recalled(t.Context(), p.programme.ID, r.ID)
		require.NoError(t, err)
		require.Equal(t, []thn.Movement{m}, list)
	})
}
