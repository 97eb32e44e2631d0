package intake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func (p *place) nothing(month thn.Date, about thn.RecordKind) thn.NilReturn {
	return thn.NilReturn{ID: thn.NewID(), Site: p.harbour.ID, Month: month, About: about}
}

func TestNilReturn_isRefusedWhileThereIsSomething(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		february, march := thn.MustDate(2026, time.February, 1), today.FirstOfMonth()
		given := p.given()
		given.Day = february.AddDays(3)
		_, err := p.Record(t.Context(), p.worker, given)
		require.NoError(t, err)
		for name, c := range map[string]struct {
			fact        thn.NilReturn
			field, code string
		}{
			"there are kits":         {p.nothing(february, thn.KindDistribution), "about", "nil_records"},
			"the month goes on":      {p.nothing(march, thn.KindUse), "month", "nil_early"},
			"the month has not come": {p.nothing(march.AddMonths(1), thn.KindUse), "month", "day_ahead"},
			"long ago, by a worker":  {p.nothing(march.AddMonths(-5), thn.KindUse), "month", "day_old"},
		} {
			_, err := p.Record(t.Context(), p.worker, c.fact)
			require.Equal(t, []fault.Field{{Name: c.field, Key: "intake." + c.code}}, fault.FieldsOf(err), name)
		}
		foreign := p.nothing(february, thn.KindUse)
		foreign.Site = p.mill.ID
		_, err = p.Record(t.Context(), p.worker, foreign)
		require.Equal(t, []fault.Field{{Name: "site", Key: "intake.site_reach"}}, fault.FieldsOf(err))

		uses := p.nothing(february, thn.KindUse)
		for _, want := range []thn.Outcome{thn.Stored, thn.Duplicate} {
			got, err := p.Record(t.Context(), p.worker, uses)
			require.NoError(t, err)
			require.Equal(t, want, got.Outcome)
		}
		_, err = p.Record(t.Context(), p.worker, p.nothing(february, thn.KindUse))
		require.Equal(t, []fault.Field{{Name: "about", Key: "intake.nil_twice"}}, fault.FieldsOf(err))
		_, err = p.Void(t.Context(), p.worker, uses.ID, thn.NewID(), thn.WhyUndo)
		require.NoError(t, err)
		_, err = p.Record(t.Context(), p.worker, p.nothing(february, thn.KindUse))
		require.NoError(t, err, "what was taken back can be said again")
	})
}

// What arrives later is taken: the nil return is then contradicted.
func TestNilReturn_doesNotShutTheMonth(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		february := thn.Month(2026, time.February)
		closing := p.shut
		closing.ID, closing.Opened, closing.Closed, closing.Name = thn.NewID(), february.From.AddDays(9), february.From.AddDays(20), "Nine days"
		require.NoError(t, p.store.AddSites(t.Context(), p.programme.ID, "", closing))
		nothing := p.nothing(february.From, thn.KindDistribution)
		nothing.Site = closing.ID
		_, err := p.Record(t.Context(), p.worker, nothing)
		require.NoError(t, err, "open for a part of the month is enough")
		late := p.given()
		late.Site, late.Day = closing.ID, february.From.AddDays(10)
		_, err = p.Record(t.Context(), p.worker, late)
		require.NoError(t, err)
		list, err := p.store.Reported(t.Context(), p.programme.ID, february)
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, thn.ReportingBoth, list[0].Standing())
	})
}

func TestSession_isRecordedWithTheSitesAreaAndSetting(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		s := thn.Session{ID: thn.NewID(), Day: today, Site: p.harbour.ID, Method: "group", Trainer: "nurse", Attendance: []thn.Attendance{{Audience: "staff", People: 4}}}
		_, err := p.Record(t.Context(), p.worker, s)
		require.NoError(t, err)
		s.Area, s.Setting = p.north.ID, "needle_exchange"
		stored, _, err := p.store.Fact(t.Context(), p.programme.ID, s.ID)
		require.NoError(t, err)
		require.Equal(t, s, stored)
		ahead := s
		ahead.ID, ahead.Day = thn.NewID(), today.AddDays(1)
		_, err = p.Record(t.Context(), p.worker, ahead)
		require.Equal(t, []fault.Field{{Name: "day", Key: "intake.day_ahead"}}, fault.FieldsOf(err))
	})
}
