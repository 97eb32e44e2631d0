package intake_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// answered is a spare kit of somebody who answered everything.
func (p *place) answered() thn.Distribution {
	d := p.given()
	d.Lines[0].Supply, d.Lines[0].AgeBand, d.Lines[0].Gender, d.Lines[0].Carriage = thn.SupplySpare, "25_34", "woman", thn.CarriedNow
	return d
}

// asking gives actors of a programme that asks.
func asking(a thn.Actor, asks thn.Asks) thn.Actor {
	a.Programme.Asks = asks
	return a
}

var everyQuestion = thn.Asks{AgeBand: true, Gender: true, Carriage: true}

// A programme that does not ask refuses each answer on a form, and holds a
// phone's record without it.
func TestAnswers_areRefusedWhereTheyAreNotAsked(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for field, asks := range map[string]thn.Asks{"age_band": {Gender: true, Carriage: true}, "gender": {AgeBand: true, Carriage: true}, "carriage": {AgeBand: true, Gender: true}} {
			worker := asking(p.worker, asks)
			_, err := p.Record(t.Context(), worker, p.answered())
			require.Equal(t, []fault.Field{{Name: field, Key: "intake.unknown_field"}}, fault.FieldsOf(err))

			d := p.answered()
			results, err := p.Sync(t.Context(), worker, []intake.Incoming{{ID: d.ID, Record: d}})
			require.NoError(t, err)
			require.Equal(t, []intake.Result{{ID: d.ID, Outcome: thn.Held, Cause: "unknown_field"}}, results)
			stray := p.answered()
			stray.Site = thn.NewID() // breaks another rule too
			_, err = p.Sync(t.Context(), worker, []intake.Incoming{{ID: stray.ID, Record: stray}})
			require.NoError(t, err)
		}
		held := p.held(t)
		require.Len(t, held, 6)
		for _, h := range held {
			var d thn.Distribution
			require.NoError(t, json.Unmarshal([]byte(h.Payload), &d))
			require.NotEqual(t, everyQuestion, d.Answered(), "one was let go of")
			require.NotEqual(t, thn.Asks{}, d.Answered(), "the others were asked")
		}
		require.Zero(t, p.kits(t))

		// The known id of a record is no way round the rule.
		known := p.given()
		_, err := p.Record(t.Context(), p.worker, known)
		require.NoError(t, err)
		again := p.answered()
		again.ID = known.ID
		results, err := p.Sync(t.Context(), p.worker, []intake.Incoming{{ID: again.ID, Record: again}})
		require.NoError(t, err)
		require.Equal(t, "unknown_field", results[0].Cause)
		for _, h := range p.held(t) {
			if h.Record == known.ID {
				require.NotRegexp(t, `25_34|woman|carrying`, h.Payload)
			}
		}
	})
}

func TestAnswers_areStoredWhereTheyAreAsked(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.answered()
		_, err := p.Record(t.Context(), asking(p.worker, everyQuestion), d)
		require.NoError(t, err)
		stored, _, err := p.store.Fact(t.Context(), p.programme.ID, d.ID)
		require.NoError(t, err)
		require.Equal(t, d.Lines, stored.(thn.Distribution).Lines)
		first := p.answered()
		first.Lines[0].Supply = thn.SupplyFirst
		_, err = p.Record(t.Context(), asking(p.worker, everyQuestion), first)
		require.True(t, fault.Is(err, fault.Invalid), "there was no kit before")
	})
}

// What waits keeps its answers for as long as the programme asks.
func TestReview_ofAnswers(t *testing.T) {
	t.Parallel()
	for _, asks := range []thn.Asks{everyQuestion, {}} {
		p := newPlace(t, storetest.SQLite(t), storetest.Noon)
		review := intake.NewReview(p.Intake, p.store)
		d := p.answered()
		d.Day = today.AddDays(-93) // a manager may
		_, err := p.Sync(t.Context(), asking(p.worker, everyQuestion), []intake.Incoming{{ID: d.ID, Record: d}})
		require.NoError(t, err)
		require.NoError(t, review.Accept(t.Context(), asking(p.manager, asks), p.held(t)[0].ID, thn.NewID()))
		stored, _, err := p.store.Fact(t.Context(), p.programme.ID, d.ID)
		require.NoError(t, err)
		require.Equal(t, asks, stored.(thn.Distribution).Answered())
	}
}
