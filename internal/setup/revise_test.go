package setup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func (b *bench) revision(change thn.BatchChange) thn.BatchRevision {
	return thn.BatchRevision{ID: thn.NewID(), Batch: b.batch.ID, Day: today, Change: change, Source: "the maker's letter"}
}

func TestReviseBatch_refusals(t *testing.T) {
	each(t, func(b *bench) {
		printed, _ := b.batch.OnPack()
		for name, c := range map[string]struct {
			change     func(*thn.BatchRevision)
			field, key string
		}{
			"no source":              {func(r *thn.BatchRevision) { r.Source = " " }, "source", "setup.source_missing"},
			"a long source":          {func(r *thn.BatchRevision) { r.Source = strings.Repeat("x", 121) }, "source", "setup.name_long"},
			"a day ahead":            {func(r *thn.BatchRevision) { r.Day = today.AddDays(1) }, "day", "intake.day_ahead"},
			"no day":                 {func(r *thn.BatchRevision) { r.Day = thn.Date{} }, "day", "intake.day_ahead"},
			"an unknown change":      {func(r *thn.BatchRevision) { r.Change = "eaten" }, "change", "setup.choose_list"},
			"no last day":            {func(r *thn.BatchRevision) { r.Expiry = thn.Date{} }, "expiry", "setup.expiry_missing"},
			"the next century":       {func(r *thn.BatchRevision) { r.Expiry = thn.MustDate(2128, time.May, 1) }, "expiry", "setup.expiry_range"},
			"the day that it has":    {func(r *thn.BatchRevision) { r.Expiry = b.batch.Expiry }, "expiry", "batch.expiry_same"},
			"shorter without a word": {func(r *thn.BatchRevision) { r.Expiry = printed.AddDays(-1) }, "expiry", "batch.expiry_shorter"},
		} {
			b.t.Run(name, func(t *testing.T) {
				r := b.revision(thn.BatchExtended)
				r.Expiry = printed.AddDays(400)
				c.change(&r)
				refused(t, b.ReviseBatch(context.Background(), b.as(thn.RoleManager), r, false), c.field, c.key)
			})
		}
	})
}

func TestReviseBatch_lengthensAndShortens(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		printed, _ := b.batch.OnPack()
		longer := b.revision(thn.BatchExtended)
		longer.Expiry, longer.MonthOnly = printed.AddMonths(24), true
		for range 2 { // the button pressed twice
			require.NoError(b.t, b.ReviseBatch(ctx, manager, longer, false))
		}
		shorter := b.revision(thn.BatchExtended)
		shorter.Expiry = printed.AddDays(-10)
		require.NoError(b.t, b.ReviseBatch(ctx, manager, shorter, true), "the source says so")
		list, err := b.Revisions(ctx, manager, b.batch.ID)
		require.NoError(b.t, err)
		require.Len(b.t, list, 2)
		require.Equal(b.t, printed.AddMonths(25).AddDays(-1), list[0].Expiry, "a month lasts until its last day")
		got, err := b.Batch(ctx, manager, b.batch.ID)
		require.NoError(b.t, err)
		require.Equal(b.t, shorter.Expiry, got.Expiry)
		onPack, _ := got.OnPack()
		require.Equal(b.t, printed, onPack)
	})
}

func TestReviseBatch_putsAsideAndLetsGo(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		revise := func(change thn.BatchChange) error { return b.ReviseBatch(ctx, manager, b.revision(change), false) }
		kind(b.t, revise(thn.BatchReleased), fault.Conflict)
		require.NoError(b.t, revise(thn.BatchQuarantined))
		kind(b.t, revise(thn.BatchQuarantined), fault.Conflict)
		require.NoError(b.t, revise(thn.BatchReleased))

		r := thn.Recall{ID: thn.NewID(), Product: b.product.ID, Batches: []thn.ID{b.batch.ID}, Day: today, Source: "x", Action: thn.RecallReplace}
		require.NoError(b.t, b.store.AddRecall(ctx, manager.Programme.ID, "", r))
		kind(b.t, revise(thn.BatchReleased), fault.Conflict)
		require.NoError(b.t, b.store.LiftRecall(ctx, manager.Programme.ID, "", r.ID, today, "x"))
		got, err := b.Batch(ctx, manager, b.batch.ID)
		require.NoError(b.t, err)
		require.False(b.t, got.Quarantined)
		kind(b.t, b.ReviseBatch(ctx, b.as(thn.RoleManager, b.north.ID), b.revision(thn.BatchQuarantined), false), fault.Denied)
		kind(b.t, b.ReviseBatch(ctx, b.stranger(thn.RoleAdministrator), b.revision(thn.BatchQuarantined), false), fault.NotFound)
	})
}

func TestAddBatch_madeBeforeItExpires(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		x := thn.Batch{ID: thn.NewID(), Product: b.product.ID, Lot: "NEW", Expiry: thn.MustDate(2026, time.May, 1), MonthOnly: true, Produced: thn.MustDate(2026, time.June, 1)}
		refused(b.t, b.AddBatch(ctx, manager, x), "expiry", "setup.expiry_before")
		x.Produced = today.AddDays(1)
		x.Expiry = thn.MustDate(2028, time.May, 1)
		refused(b.t, b.AddBatch(ctx, manager, x), "produced", "setup.produced_ahead")
		x.Produced = today
		require.NoError(b.t, b.AddBatch(ctx, manager, x))
	})
}
