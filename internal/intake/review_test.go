package intake_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/thn"
)

// desk is the use cases on held records for whoever sees the whole programme,
// and for a manager of the north.
type desk struct {
	*place
	*intake.Review
	chief thn.Actor
}

func eachDesk(t *testing.T, body func(t *testing.T, d desk)) {
	each(t, func(t *testing.T, p *place) {
		chief := p.manager
		chief.Account = thn.Account{ID: thn.NewID(), Handle: "chief"}
		chief.Grant.Area, chief.Areas = "", nil
		body(t, desk{place: p, Review: intake.NewReview(p.Intake, p.store), chief: chief})
	})
}

// hold sends a record as a phone does and gives what lies before the actor.
func (d desk) hold(t *testing.T, x intake.Incoming, cause string) intake.Waiting {
	t.Helper()
	results, err := d.Sync(t.Context(), d.worker, []intake.Incoming{x})
	require.NoError(t, err)
	require.Equal(t, intake.Result{ID: x.ID, Outcome: thn.Held, Cause: cause}, results[0])
	list, err := d.List(t.Context(), d.chief)
	require.NoError(t, err)
	require.Len(t, list, 1)
	w, err := d.Look(t.Context(), d.chief, list[0].ID)
	require.NoError(t, err)
	return w
}

// holdGiven holds a distribution.
func (d desk) holdGiven(t *testing.T, x thn.Distribution, cause string) intake.Waiting {
	t.Helper()
	return d.hold(t, intake.Incoming{ID: x.ID, Record: x}, cause)
}

func (d desk) none(t *testing.T) {
	t.Helper()
	list, err := d.List(t.Context(), d.chief)
	require.NoError(t, err)
	require.Empty(t, list, "what is decided does not wait")
	report, err := d.store.VerifyAudit(t.Context(), d.programme.ID)
	require.NoError(t, err)
	require.Empty(t, report.Findings)
}

// last is the newest entry of the audit.
func (d desk) last(t *testing.T) thn.Act {
	t.Helper()
	acts, err := d.store.Activity(t.Context(), thn.ActQuery{Programme: d.programme.ID, Limit: 1})
	require.NoError(t, err)
	return acts[0]
}

func TestReview_acceptsWhatTheRulesAllowByNow(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		old := d.given()
		old.Day = today.AddDays(-120) // too far back for a worker, not for a manager
		w := d.holdGiven(t, old, "day_old")
		require.Equal(t, []string(nil), w.Blocked)
		require.Equal(t, d.harbour.ID, w.Site)
		require.Nil(t, w.Other)

		require.NoError(t, d.Accept(t.Context(), d.chief, w.ID, thn.NewID()))
		stored, e, err := d.store.Fact(t.Context(), d.programme.ID, old.ID)
		require.NoError(t, err)
		require.Equal(t, old.Day, stored.Mentions().Day)
		require.Equal(t, d.worker.Account.ID, e.By, "whoever sent it recorded it")
		act := d.last(t)
		require.Equal(t, []any{d.chief.Account.ID, "accept", "distribution", old.ID, d.harbour.ID}, []any{act.Account, act.Action, act.Kind, act.Object, act.Site})
		require.Equal(t, int64(1), d.kits(t))
		d.none(t)

		again, err := d.Sync(t.Context(), d.worker, []intake.Incoming{{ID: old.ID, Record: old}})
		require.NoError(t, err)
		require.Equal(t, thn.Duplicate, again[0].Outcome, "sent again later it adds nothing")
		err = d.Accept(t.Context(), d.chief, w.ID, thn.NewID())
		key, _ := fault.Sentence(err)
		require.Equal(t, "review.gone", key)
		require.Equal(t, int64(1), d.kits(t))
	})
}

func TestReview_saysWhyItCannotBeStored(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		closed := d.given()
		closed.Site = d.shut.ID
		w := d.holdGiven(t, closed, "site_closed")
		require.Equal(t, []string{"site_closed"}, w.Blocked)
		err := d.Accept(t.Context(), d.chief, w.ID, thn.NewID())
		require.True(t, fault.Is(err, fault.Conflict))
		require.Zero(t, d.kits(t))

		closed.Site = d.harbour.ID
		closed.Day = today.AddDays(1)
		err = d.PutRight(t.Context(), d.chief, w.ID, thn.NewID(), closed)
		require.Equal(t, "day", fault.FieldsOf(err)[0].Name)
		closed.Day = today
		require.NoError(t, d.PutRight(t.Context(), d.chief, w.ID, thn.NewID(), closed))
		stored, e, err := d.store.Fact(t.Context(), d.programme.ID, closed.ID)
		require.NoError(t, err)
		require.Equal(t, d.harbour.ID, stored.Mentions().Site())
		require.Equal(t, d.worker.Account.ID, e.By)
		require.Equal(t, "put_right", d.last(t).Action)
		d.none(t)
	})
}

func TestReview_setsAnotherVersionBeside(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		first := d.given()
		_, err := d.Record(t.Context(), d.worker, first)
		require.NoError(t, err)
		other := first
		other.Lines = []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 4}}
		w := d.holdGiven(t, other, "other_content")
		require.Equal(t, first.ID, w.OtherID)
		require.Equal(t, thn.Kits(1), w.Other.(thn.Distribution).Kits())
		require.Equal(t, thn.Kits(4), w.Fact.(thn.Distribution).Kits())
		require.Empty(t, w.Blocked)

		corrected := first
		corrected.ID = thn.NewID()
		corrected.Lines = []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 2}}
		_, err = d.Correct(t.Context(), d.manager, first.ID, corrected, thn.WhyMistake)
		require.NoError(t, err)
		w, err = d.Look(t.Context(), d.chief, w.ID)
		require.NoError(t, err)
		require.Equal(t, corrected.ID, w.OtherID, "the newest version counts")

		fresh := thn.NewID()
		require.NoError(t, d.Accept(t.Context(), d.chief, w.ID, fresh))
		_, e, err := d.store.Fact(t.Context(), d.programme.ID, fresh)
		require.NoError(t, err)
		require.Equal(t, corrected.ID, e.Corrects)
		require.Equal(t, int64(4), d.kits(t), "one of the versions counts")
		d.none(t)
	})
}

func TestReview_takesUpALateCorrection(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		first := d.given()
		first.Day = today.AddDays(-1)
		_, err := d.Record(t.Context(), d.manager, first)
		require.NoError(t, err)
		later := d.given()
		w := d.hold(t, intake.Incoming{ID: later.ID, Record: later, Corrects: first.ID}, "not_changeable")
		require.Equal(t, first.ID, w.OtherID)
		require.Empty(t, w.Blocked, "a manager may")
		require.NoError(t, d.Accept(t.Context(), d.chief, w.ID, thn.NewID()))
		_, e, err := d.store.Fact(t.Context(), d.programme.ID, later.ID)
		require.NoError(t, err)
		require.Equal(t, first.ID, e.Corrects)
		require.Equal(t, int64(1), d.kits(t))
		d.none(t)

		unknown := d.given()
		w = d.hold(t, intake.Incoming{ID: unknown.ID, Record: unknown, Corrects: thn.NewID()}, "not_changeable")
		require.Equal(t, []string{"not_changeable"}, w.Blocked, "nobody knows whether the earlier one counts")
		require.NoError(t, d.PutRight(t.Context(), d.chief, w.ID, thn.NewID(), unknown))
		require.Equal(t, int64(2), d.kits(t))
		d.none(t)
	})
}

func TestReview_doesNotReviveWhatWasTakenOut(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		first := d.given()
		_, err := d.Record(t.Context(), d.worker, first)
		require.NoError(t, err)
		_, err = d.Void(t.Context(), d.worker, first.ID, thn.NewID(), thn.WhyUndo)
		require.NoError(t, err)
		later := d.given()
		w := d.hold(t, intake.Incoming{ID: later.ID, Record: later, Corrects: first.ID}, "corrected_already")
		require.Equal(t, []string{"taken_out"}, w.Blocked)
		require.True(t, fault.Is(d.PutRight(t.Context(), d.chief, w.ID, thn.NewID(), later), fault.Conflict))
		require.NoError(t, d.TakeOut(t.Context(), d.chief, w.ID, thn.WhyMistake))
		require.Zero(t, d.kits(t))
		d.none(t)
	})
}

// A void that came too late asks whether the newest version is to go.
func TestReview_takesUpALateVoid(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		first, second := d.given(), d.given()
		_, err := d.Record(t.Context(), d.worker, first)
		require.NoError(t, err)
		_, err = d.Correct(t.Context(), d.worker, first.ID, second, thn.WhyMistake)
		require.NoError(t, err)
		void := thn.Submission{Programme: d.programme.ID, By: d.worker.Account.ID, Record: thn.Distribution{ID: thn.NewID()}, Corrects: first.ID, Void: true, Why: thn.WhyUndo}
		outcomes, err := d.store.Append(t.Context(), []thn.Submission{void})
		require.NoError(t, err)
		require.Equal(t, thn.Held, outcomes[0])
		list, err := d.List(t.Context(), d.chief)
		require.NoError(t, err)
		w, err := d.Look(t.Context(), d.chief, list[0].ID)
		require.NoError(t, err)
		require.True(t, w.Void)
		require.Equal(t, second.ID, w.OtherID)
		require.Empty(t, w.Blocked)
		require.NoError(t, d.Accept(t.Context(), d.chief, w.ID, thn.NewID()))
		require.Zero(t, d.kits(t))
		d.none(t)
	})
}

func TestReview_showsWhatIsNoRecord(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		id := thn.NewID()
		w := d.hold(t, intake.Incoming{ID: id, Kind: thn.KindDistribution, Cause: "not_well_formed", Payload: `{"id":"` + string(id) + `","site":"` + string(d.harbour.ID) + `","day":"31 June"}`}, "not_well_formed")
		require.Nil(t, w.Fact)
		require.Equal(t, d.harbour.ID, w.Site)
		require.Equal(t, []string{"not_well_formed"}, w.Blocked)
		require.Equal(t, "why", fault.FieldsOf(d.TakeOut(t.Context(), d.chief, w.ID, "because"))[0].Name)
		require.NoError(t, d.TakeOut(t.Context(), d.chief, w.ID, "cannot_be_read"))
		act := d.last(t)
		require.Equal(t, []any{"take_out", id, d.harbour.ID}, []any{act.Action, act.Object, act.Site})
		d.none(t)
	})
}

// Whoever has an area decides about that area and hears of no other.
func TestReview_staysWithinReach(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		south := d.given()
		south.Site = d.mill.ID
		w := d.holdGiven(t, south, "site_reach")
		require.Empty(t, w.Blocked, "whoever sees the whole programme may")
		lost := d.given()
		lost.Site = thn.NewID()
		_, err := d.Sync(t.Context(), d.worker, []intake.Incoming{{ID: lost.ID, Record: lost}})
		require.NoError(t, err)

		list, err := d.List(t.Context(), d.manager)
		require.NoError(t, err)
		require.Empty(t, list)
		_, err = d.Look(t.Context(), d.manager, w.ID)
		require.True(t, fault.Is(err, fault.NotFound))
		require.True(t, fault.Is(d.Accept(t.Context(), d.manager, w.ID, thn.NewID()), fault.NotFound))
		require.True(t, fault.Is(d.PutRight(t.Context(), d.manager, w.ID, thn.NewID(), d.given()), fault.NotFound))
		require.True(t, fault.Is(d.TakeOut(t.Context(), d.manager, w.ID, thn.WhyMistake), fault.NotFound))
		require.True(t, fault.Is(d.TakeOut(t.Context(), d.worker, w.ID, thn.WhyMistake), fault.Denied))
		_, err = d.List(t.Context(), d.worker)
		require.True(t, fault.Is(err, fault.Denied))
		stranger := d.chief
		stranger.Programme.ID = thn.NewID()
		_, err = d.Look(t.Context(), stranger, w.ID)
		require.True(t, fault.Is(err, fault.NotFound))

		all, err := d.List(t.Context(), d.chief)
		require.NoError(t, err)
		require.Len(t, all, 2)
	})
}

// The version of another area that a held record meets is not shown.
func TestReview_hidesAForeignVersion(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		south := d.given()
		south.Site = d.mill.ID
		_, err := d.Record(t.Context(), d.chief, south)
		require.NoError(t, err)
		north := south
		north.Site = d.harbour.ID
		w := d.holdGiven(t, north, "other_content")
		require.NotNil(t, w.Other)
		w, err = d.Look(t.Context(), d.manager, w.ID)
		require.NoError(t, err)
		require.Nil(t, w.Other)
		require.Equal(t, []string{"not_changeable"}, w.Blocked)
		require.True(t, fault.Is(d.PutRight(t.Context(), d.manager, w.ID, thn.NewID(), north), fault.Conflict))
	})
}

// Two people decide at once: one decision stands, and what it brought with it.
func TestReview_isDecidedOnce(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		old := d.given()
		old.Day = today.AddDays(-120)
		w := d.holdGiven(t, old, "day_old")
		var done sync.Map
		var wait sync.WaitGroup
		for i := range 8 {
			wait.Go(func() {
				var err error
				if i%2 == 0 {
					err = d.Accept(t.Context(), d.chief, w.ID, thn.NewID())
				} else {
					err = d.TakeOut(t.Context(), d.chief, w.ID, thn.WhyMistake)
				}
				switch {
				case err == nil:
					done.Store(i, i%2 == 0)
				case !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound):
					t.Errorf("decide: %v", err)
				}
			})
		}
		wait.Wait()
		n, accepted := 0, false
		done.Range(func(_, a any) bool { n++; accepted = a.(bool); return true })
		require.Equal(t, 1, n)
		require.Equal(t, accepted, d.kits(t) == 1)
		d.none(t)
	})
}

// Of a month one record counts: a second one that is held can replace it, and is
// never held twice while somebody decides.
func TestReview_aMonthReplacesTheMonth(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		month := func(atRisk int) thn.Release {
			return thn.Release{ID: thn.NewID(), Site: d.mill.ID, Area: d.mill.Area, Month: thn.MustDate(2026, 2, 1), Definition: "other", Total: thn.NotRecorded, Unplanned: thn.NotRecorded,
				Reached: map[thn.Step]int{thn.StepAtRisk: atRisk}}
		}
		first, second, third := month(40), month(44), month(45)
		for _, x := range []struct {
			record thn.Release
			want   thn.Outcome
		}{{first, thn.Stored}, {second, thn.Held}, {third, thn.Held}} {
			result, err := d.Record(t.Context(), d.chief, x.record)
			require.NoError(t, err)
			require.Equal(t, x.want, result.Outcome)
		}
		list, err := d.List(t.Context(), d.chief)
		require.NoError(t, err)
		require.Len(t, list, 2)
		for i, record := range []thn.ID{first.ID, second.ID} {
			w, err := d.Look(t.Context(), d.chief, list[i].ID)
			require.NoError(t, err)
			require.Empty(t, w.Blocked)
			if list[0].Record == second.ID {
				require.Equal(t, record, w.OtherID, "what counts by now")
			}
			require.NoError(t, d.Accept(t.Context(), d.chief, w.ID, thn.NewID()))
		}
		d.none(t)
		facts, err := d.store.Facts(t.Context(), thn.FactQuery{Programme: d.programme.ID, Kind: thn.KindRelease})
		require.NoError(t, err)
		require.Len(t, facts, 1)
		require.Equal(t, list[1].Record, facts[0].RecordID())
	})
}
