package intake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestCorrect_replacesAndCanBeRepeated(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first := p.given()
		_, err := p.Record(t.Context(), p.worker, first)
		require.NoError(t, err)
		second := p.given()
		second.Lines[0].Kits = 3
		got, err := p.Correct(t.Context(), p.worker, first.ID, second, thn.WhyMistake)
		require.NoError(t, err)
		require.Equal(t, intake.Result{ID: second.ID, Outcome: thn.Stored}, got)
		require.Equal(t, int64(3), p.kits(t))

		again, err := p.Correct(t.Context(), p.worker, first.ID, second, thn.WhyMistake)
		require.NoError(t, err)
		require.Equal(t, thn.Duplicate, again.Outcome)
		_, err = p.Correct(t.Context(), p.worker, first.ID, p.given(), thn.WhyMistake)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
		require.Equal(t, int64(3), p.kits(t))

		bad := p.given()
		bad.Site = thn.NewID()
		_, err = p.Correct(t.Context(), p.worker, second.ID, bad, thn.WhyMistake)
		require.Equal(t, []fault.Field{{Name: "site", Key: "intake.site_unknown"}}, fault.FieldsOf(err))
	})
}

func TestVoid_takesOutAndCanBeRepeated(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given()
		_, err := p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		void := thn.NewID()
		for _, want := range []thn.Outcome{thn.Stored, thn.Duplicate} {
			got, err := p.Void(t.Context(), p.worker, d.ID, void, thn.WhyUndo)
			require.NoError(t, err)
			require.Equal(t, intake.Result{ID: void, Outcome: want}, got)
			require.Zero(t, p.kits(t))
		}
		_, err = p.Void(t.Context(), p.worker, d.ID, thn.NewID(), thn.WhyUndo)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
		_, err = p.Void(t.Context(), p.worker, void, thn.NewID(), thn.WhyUndo)
		require.True(t, fault.Is(err, fault.Conflict), "a void cannot be taken out: %v", err)
		_, err = p.Correct(t.Context(), p.manager, d.ID, p.given(), thn.WhyMistake)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
	})
}

// Who may change which record: refusals look as if there were no record.
func TestChange_limits(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		colleague := p.worker
		colleague.Account.ID = thn.NewID()
		chief := p.manager
		chief.Grant.Area, chief.Areas = "", nil
		south := p.manager
		south.Areas = []thn.ID{p.mill.Area}
		stranger := p.manager
		stranger.Programme.ID = thn.NewID()

		tomorrow := intake.New(p.store, func() time.Time { return storetest.Noon.AddDate(0, 0, 1) })
		yesterday := p.given()
		yesterday.Day = today.AddDays(-1)
		cases := map[string]struct {
			by     thn.Actor
			use    *intake.Intake
			record thn.Distribution
			may    bool
		}{
			"own, of today":                          {p.worker, p.Intake, p.given(), true},
			"own, received today for yesterday":      {p.worker, p.Intake, yesterday, true},
			"own, a day later":                       {p.worker, tomorrow, p.given(), false},
			"a colleague's":                          {colleague, p.Intake, p.given(), false},
			"manager of the area, a day later":       {p.manager, tomorrow, p.given(), true},
			"manager of the programme":               {chief, p.Intake, p.given(), true},
			"manager of another area":                {south, p.Intake, p.given(), false},
			"manager of another programme, same day": {stranger, p.Intake, p.given(), false},
		}
		for name, c := range cases {
			c.record.ID = thn.NewID()
			_, err := p.Record(t.Context(), p.worker, c.record)
			require.NoError(t, err, name)
			before := p.kits(t)
			_, err = c.use.Void(t.Context(), c.by, c.record.ID, thn.NewID(), thn.WhyUndo)
			if c.may {
				require.NoError(t, err, name)
				require.Equal(t, before-1, p.kits(t), name)
				continue
			}
			require.True(t, fault.Is(err, fault.NotFound), "%s: %v", name, err)
			_, err = c.use.Correct(t.Context(), c.by, c.record.ID, p.given(), thn.WhyMistake)
			require.True(t, fault.Is(err, fault.NotFound), "%s: %v", name, err)
			require.Equal(t, before, p.kits(t), name)
		}
	})
}

// 18:00 UTC is 23:30 to 00:30 in the programme's zone: the hour lies in two days.
func TestChange_hourAcrossMidnight(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		at := time.Date(2026, 2, 28, 18, 20, 0, 0, time.UTC)
		s, err := store.Open(t.Context(), url, store.Options{Now: func() time.Time { return at }, AuditKey: storetest.Key})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		p := newPlace(t, s, at)
		d := p.given()
		d.Day = today.AddDays(-3)
		_, err = p.Record(t.Context(), p.worker, d)
		require.NoError(t, err)
		later := intake.New(s, func() time.Time { return at.Add(20 * time.Minute) })
		_, err = later.Void(t.Context(), p.worker, d.ID, thn.NewID(), thn.WhyUndo)
		require.NoError(t, err)
	})
}
