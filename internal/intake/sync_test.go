package intake_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/intake"
	"thntracker/internal/thn"
)

func voiding(record thn.ID) intake.Incoming {
	return intake.Incoming{ID: thn.NewID(), Kind: thn.KindDistribution, Corrects: record, Void: true}
}

// outcomes are the answers without their ids, which are as they were sent.
func (p *place) outcomes(t *testing.T, actor thn.Actor, sent ...intake.Incoming) (list []string) {
	t.Helper()
	results, err := p.Sync(t.Context(), actor, sent)
	require.NoError(t, err)
	for i, r := range results {
		require.Equal(t, sent[i].ID, r.ID)
		require.NoError(t, r.Err)
		list = append(list, string(r.Outcome)+" "+r.Cause)
	}
	return list
}

func TestSync_carriesVoids(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first, second, third := p.given(), p.given(), p.given()
		count := thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementCount, Site: p.harbour.ID, Product: p.spray.ID, Counted: 7}
		gone, corrected, uncounted := voiding(first.ID), voiding(third.ID), voiding(count.ID)
		second.Lines[0].Kits, third.Lines[0].Kits = 2, 3
		sent := []intake.Incoming{{ID: first.ID, Record: first}, gone, {ID: second.ID, Record: second}, {ID: third.ID, Record: third, Corrects: second.ID}, corrected,
			{ID: count.ID, Record: count}, uncounted}
		require.Equal(t, []string{"stored ", "stored ", "stored ", "stored ", "stored ", "stored ", "stored "}, p.outcomes(t, p.worker, sent...), "each stands on the one before")
		require.Zero(t, p.kits(t))
		f, e, err := p.store.Fact(t.Context(), p.programme.ID, uncounted.ID)
		require.NoError(t, err)
		require.True(t, e.Void)
		require.Equal(t, thn.KindMovement, f.RecordKind(), "the kind of what it takes out")
		require.Equal(t, "duplicate ", p.outcomes(t, p.worker, sent...)[4])
		for _, o := range p.outcomes(t, p.worker, sent...) {
			require.Equal(t, "duplicate ", o)
		}

		kept := p.given()
		require.Equal(t, []string{"stored "}, p.outcomes(t, p.manager, intake.Incoming{ID: kept.ID, Record: kept}))
		require.Equal(t, []string{"held not_changeable"}, p.outcomes(t, p.worker, voiding(kept.ID)), "not one's own")
		require.Equal(t, []string{"held corrected_already"}, p.outcomes(t, p.worker, voiding(second.ID)))
		itself := voiding(kept.ID)
		itself.Corrects = itself.ID
		require.Equal(t, []string{"held not_well_formed"}, p.outcomes(t, p.worker, itself))
		require.Equal(t, int64(1), p.kits(t))
		other := thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementCount, Site: p.harbour.ID, Product: p.spray.ID, Counted: 1}
		one := p.given()
		require.Equal(t, []string{"stored ", "held other_kind"}, p.outcomes(t, p.worker, intake.Incoming{ID: one.ID, Record: one}, intake.Incoming{ID: other.ID, Record: other, Corrects: one.ID}))
		require.Equal(t, []string{"held other_kind"}, p.outcomes(t, p.worker, intake.Incoming{ID: other.ID, Record: other, Corrects: one.ID}), "in the ledger too")
	})
}

// A void may come before what it takes out: another phone has it still. It waits
// for a person, who takes it up once both are here, whatever kind that is.
func TestSync_aVoidOfWhatIsNotHereYet(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		count := thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementCount, Site: d.harbour.ID, Product: d.spray.ID, Counted: 7}
		void := voiding(count.ID)
		require.Equal(t, []string{"held not_changeable"}, d.outcomes(t, d.worker, void))
		require.Equal(t, []string{"held not_changeable"}, d.outcomes(t, d.worker, void))
		held := d.held(t)
		require.Len(t, held, 1, "held once")
		w, err := d.Look(t.Context(), d.chief, held[0].ID)
		require.NoError(t, err)
		require.Equal(t, []string{"not_changeable"}, w.Blocked)
		require.Equal(t, []string{"stored "}, d.outcomes(t, d.worker, intake.Incoming{ID: count.ID, Record: count}))
		w, err = d.Look(t.Context(), d.chief, held[0].ID)
		require.NoError(t, err)
		require.Empty(t, w.Blocked)
		require.NoError(t, d.Accept(t.Context(), d.chief, w.ID, thn.NewID()))
		_, e, err := d.store.Fact(t.Context(), d.programme.ID, count.ID)
		require.NoError(t, err)
		require.Equal(t, void.ID, e.Next)
	})
}

// What nobody may be credited with is held as it would have been stored; what is in
// the ledger already is a duplicate.
func TestKeep(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d, v := p.given(), p.given()
		gone := voiding(v.ID)
		require.Equal(t, []string{"stored ", "stored ", "stored "}, p.outcomes(t, p.worker, intake.Incoming{ID: d.ID, Record: d}, intake.Incoming{ID: v.ID, Record: v}, gone))
		keep := func(x intake.Incoming) intake.Result {
			x.Cause = "grant_revoked"
			return p.Keep(t.Context(), p.programme, p.worker.Account.ID, x)
		}
		require.Equal(t, intake.Result{ID: d.ID, Outcome: thn.Duplicate}, keep(intake.Incoming{ID: d.ID, Record: d}))
		require.Equal(t, thn.Duplicate, keep(gone).Outcome)
		require.Empty(t, p.held(t))
		other := d
		other.Day = today.AddDays(-1)
		require.Equal(t, intake.Result{ID: d.ID, Outcome: thn.Held, Cause: "grant_revoked"}, keep(intake.Incoming{ID: d.ID, Record: other}))
		fresh := p.answered()
		for range 2 {
			require.Equal(t, thn.Held, keep(intake.Incoming{ID: fresh.ID, Record: fresh}).Outcome)
		}
		require.Len(t, p.held(t), 2)
		for _, h := range p.held(t) {
			require.Equal(t, []any{"grant_revoked", p.worker.Account.ID, thn.KindDistribution}, []any{h.Cause, h.By, h.Kind})
			var kept thn.Distribution
			require.NoError(t, json.Unmarshal([]byte(h.Payload), &kept))
			require.Equal(t, thn.Asks{}, kept.Answered(), "what the programme does not ask is let go of")
			require.Equal(t, p.north.ID, kept.Area)
		}
		require.Equal(t, int64(1), p.kits(t))
	})
}
