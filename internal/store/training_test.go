package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// taught is a session at the harbour in March with two kinds of people.
func (p *place) taught(day thn.Date) thn.Session {
	return thn.Session{ID: thn.NewID(), Day: day, Site: p.harbour.ID, Area: p.north.ID, Setting: "needle_exchange", Method: "group", Trainer: "nurse",
		Attendance: []thn.Attendance{{Audience: "people_at_risk", People: 7}, {Audience: "family_friends", People: 2}}}
}

func (p *place) fact(f thn.Fact) thn.Submission {
	return thn.Submission{Programme: p.programme.ID, By: p.by, Record: f}
}

func TestTrainings_sumWhatCounts(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		march := thn.Month(2026, time.March)
		first, wrong, gone := p.taught(march.From), p.taught(march.Last()), p.taught(march.From)
		mill := p.taught(thn.MustDate(2026, 4, 1))
		mill.Site, mill.Area, mill.Method, mill.Attendance = p.mill.ID, p.south.ID, "online", []thn.Attendance{{Audience: "prisoners", People: 40}}
		for _, s := range []thn.Session{first, wrong, gone, mill} {
			require.Equal(t, thn.Stored, p.append(t, p.fact(s)))
		}
		right := p.taught(march.Last())
		right.Attendance = right.Attendance[:1]
		sub := p.fact(right)
		sub.Corrects, sub.Why = wrong.ID, thn.WhyMistake
		require.Equal(t, thn.Stored, p.append(t, sub))
		require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: thn.Session{ID: thn.NewID()}, Corrects: gone.ID, Void: true, Why: thn.WhyUndo}))

		got, _, err := p.Fact(t.Context(), p.programme.ID, first.ID)
		require.NoError(t, err)
		require.Equal(t, first, got)

		q := thn.TrainingQuery{Programme: p.programme.ID, Period: march}
		cells, err := p.Trainings(t.Context(), q)
		require.NoError(t, err)
		require.Equal(t, []thn.TrainingCell{{Keys: map[thn.TrainingGroup]string{}, Sessions: 2, People: 16}}, cells)
		q.Groups = []thn.TrainingGroup{thn.TrainingByAudience}
		cells, err = p.Trainings(t.Context(), q)
		require.NoError(t, err)
		require.Equal(t, []thn.TrainingCell{
			{Keys: map[thn.TrainingGroup]string{thn.TrainingByAudience: "family_friends"}, Sessions: 1, People: 2},
			{Keys: map[thn.TrainingGroup]string{thn.TrainingByAudience: "people_at_risk"}, Sessions: 2, People: 14}}, cells)
		for _, g := range thn.TrainingGroups {
			cells, err := p.Trainings(t.Context(), thn.TrainingQuery{Programme: p.programme.ID, Period: always, Groups: []thn.TrainingGroup{g}})
			require.NoError(t, err)
			var people int64
			for _, c := range cells {
				people += c.People
			}
			require.Equal(t, int64(56), people, g)
		}
		for _, q := range []thn.TrainingQuery{{Areas: []thn.ID{p.south.ID}}, {Sites: []thn.ID{p.mill.ID}}} {
			q.Programme, q.Period = p.programme.ID, always
			cells, err := p.Trainings(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, int64(40), cells[0].People)
		}
		_, err = p.Trainings(t.Context(), thn.TrainingQuery{Programme: p.programme.ID, Period: march, Groups: []thn.TrainingGroup{"name"}})
		require.True(t, fault.Is(err, fault.Invalid), "%v", err)

		recent, err := p.RecentSessions(t.Context(), p.programme.ID, p.harbour.ID, 5)
		require.NoError(t, err)
		require.Equal(t, []thn.Session{right, first}, recent, "the newest first, without what was replaced or taken out")
		strangers, err := newPlace(t, p.Store).RecentSessions(t.Context(), thn.NewID(), p.harbour.ID, 5)
		require.NoError(t, err)
		require.Empty(t, strangers)
	})
}

func TestReported_tellsSilenceFromNothing(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		march, april := thn.Month(2026, time.March), thn.Month(2026, time.April)
		gone := p.given(1)
		for _, f := range []thn.Fact{p.given(1), p.given(2), gone, p.taught(march.From)} {
			require.Equal(t, thn.Stored, p.append(t, p.fact(f)))
		}
		require.Equal(t, thn.Stored, p.append(t, p.void(gone.ID)))
		nothing := thn.NilReturn{ID: thn.NewID(), Site: p.mill.ID, Area: p.south.ID, Month: march.From, About: thn.KindUse}
		require.Equal(t, thn.Stored, p.append(t, p.fact(nothing)))
		got, _, err := p.Fact(t.Context(), p.programme.ID, nothing.ID)
		require.NoError(t, err)
		require.Equal(t, nothing, got)
		require.NoError(t, p.AddTotals(t.Context(), p.programme.ID, p.by, thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: p.south.ID, Site: p.mill.ID,
			Period: thn.Period{From: march.From, To: april.To}, Count: thn.ExactKits(5), Source: "S"}))

		list, err := p.Reported(t.Context(), p.programme.ID, march)
		require.NoError(t, err)
		require.ElementsMatch(t, []thn.Reported{
			{Site: p.harbour.ID, Month: march.From, About: thn.KindDistribution, Records: 2},
			{Site: p.harbour.ID, Month: march.From, About: thn.KindSession, Records: 1},
			{Site: p.mill.ID, Month: march.From, About: thn.KindDistribution, Totals: 1},
			{Site: p.mill.ID, Month: march.From, About: thn.KindUse, Nil: nothing.ID}}, list)
		list, err = p.Reported(t.Context(), p.programme.ID, april)
		require.NoError(t, err)
		require.Equal(t, []thn.Reported{{Site: p.mill.ID, Month: april.From, About: thn.KindDistribution, Totals: 1}}, list)

		require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: thn.NilReturn{ID: thn.NewID()}, Corrects: nothing.ID, Void: true, Why: thn.WhyUndo}))
		list, err = p.Reported(t.Context(), p.programme.ID, march)
		require.NoError(t, err)
		require.Len(t, list, 3)
		list, err = newPlace(t, p.Store).Reported(t.Context(), thn.NewID(), march)
		require.NoError(t, err)
		require.Empty(t, list)
	})
}

func TestStaffTrainings_areKeptAndAudited(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		account := thn.Account{ID: thn.NewID(), Handle: "nia"}
		grant := thn.Grant{ID: thn.NewID(), Programme: p.programme.ID, Account: account.ID, Role: thn.RoleWorker}
		require.NoError(t, p.AddAccount(t.Context(), p.by, account, grant))
		before := p.count(t, "audit_entries")
		day := thn.MustDate(2026, 2, 28)
		want := thn.StaffTraining{ID: thn.NewID(), Account: account.ID, Day: day, Due: thn.RefresherDue(day, "gp")}
		require.NoError(t, p.AddStaffTraining(t.Context(), p.programme.ID, p.by, want))
		require.NoError(t, p.WithdrawStaffTraining(t.Context(), p.programme.ID, p.by, want.ID))
		want.Withdrawn = true
		list, err := p.StaffTrainings(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Equal(t, []thn.StaffTraining{want}, list)
		require.Equal(t, before+2, p.count(t, "audit_entries"))

		require.True(t, fault.Is(p.WithdrawStaffTraining(t.Context(), thn.NewID(), p.by, want.ID), fault.NotFound))
		want.ID, want.Account = thn.NewID(), thn.NewID()
		require.True(t, fault.Is(p.AddStaffTraining(t.Context(), p.programme.ID, p.by, want), fault.Invalid), "nobody's account")
	})
}
