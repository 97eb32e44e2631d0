package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// usedKit is a use of this month, told today at the harbour.
func (p *place) usedKit(change ...func(*thn.Use)) thn.Use {
	u := thn.Use{ID: thn.NewID(), Reported: today, Event: today.FirstOfMonth(), MonthOnly: true, Site: p.harbour.ID, Reporter: "friend", Place: "private_home",
		Ambulance: thn.AnswerYes, Breathing: thn.AnswerNotAsked, Hospital: thn.AnswerNotAsked,
		Persons: []thn.UsePerson{{Outcome: thn.Survived, Relation: "friend", Given: []thn.Administration{{Giver: "lay", Product: p.spray.ID, Doses: 2, Response: "not_asked"}}}}}
	for _, c := range change {
		c(&u)
	}
	return u
}

// events counts the uses that count.
func (p *place) events(t *testing.T) int64 {
	t.Helper()
	cells, err := p.store.UseTally(t.Context(), thn.UseQuery{Programme: p.programme.ID, Period: thn.Period{From: thn.MustDate(1950, 1, 1), To: thn.MustDate(2150, 1, 1)}})
	require.NoError(t, err)
	return cells[0].Incidents
}

func TestRecord_aUse(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		u := p.usedKit()
		for _, want := range []thn.Outcome{thn.Stored, thn.Duplicate} {
			got, err := p.Record(t.Context(), p.worker, u)
			require.NoError(t, err)
			require.Equal(t, want, got.Outcome)
		}
		f, _, err := p.store.Fact(t.Context(), p.programme.ID, u.ID)
		require.NoError(t, err)
		require.Equal(t, p.north.ID, f.(thn.Use).Area, "the area is that of the site")
		_, err = p.Void(t.Context(), p.worker, u.ID, thn.NewID(), thn.WhyUndo)
		require.NoError(t, err)
		require.Zero(t, p.events(t))
	})
}

func TestRecord_aUseThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		given := p.given()
		given.Day = thn.MustDate(2026, 1, 20)
		_, err := p.Record(t.Context(), p.worker, given)
		require.NoError(t, err)
		began := map[string]any{"Day": given.Day}
		for name, c := range map[string]struct {
			use  thn.Use
			want fault.Field
		}{
			"in the future":           {p.usedKit(func(u *thn.Use) { u.Event = today.AddMonths(1) }), fault.Field{Name: "when", Key: "intake.use_ahead"}},
			"before the first record": {p.usedKit(func(u *thn.Use) { u.Event = thn.MustDate(2025, 12, 1) }), fault.Field{Name: "when", Key: "intake.use_before_record", Args: began}},
			"the day before it":       {p.usedKit(func(u *thn.Use) { u.Event, u.MonthOnly = thn.MustDate(2026, 1, 19), false }), fault.Field{Name: "when", Key: "intake.use_before_record", Args: began}},
			"too many doses":          {p.usedKit(func(u *thn.Use) { u.Persons[0].Given[0].Doses = 41 }), fault.Field{Name: "doses", Key: "intake.use_doses"}},
			"a site out of reach":     {p.usedKit(func(u *thn.Use) { u.Site = p.mill.ID }), fault.Field{Name: "site", Key: "intake.site_reach"}},
		} {
			_, err := p.Record(t.Context(), p.worker, c.use)
			require.Equal(t, []fault.Field{c.want}, fault.FieldsOf(err), name)
		}
		_, err = p.Record(t.Context(), p.worker, p.usedKit(func(u *thn.Use) { u.Event = thn.MustDate(2026, 1, 1) }))
		require.NoError(t, err, "the month of the first record")
		opened := thn.Site{ID: thn.NewID(), Area: p.north.ID, Name: "First", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "doctor", Opened: thn.MustDate(2025, 11, 3)}
		require.NoError(t, p.store.AddSites(t.Context(), p.programme.ID, "", opened))
		_, err = p.Record(t.Context(), p.worker, p.usedKit(func(u *thn.Use) { u.Event = thn.MustDate(2025, 10, 1) }))
		require.Equal(t, []fault.Field{{Name: "when", Key: "intake.use_before_site", Args: map[string]any{"Day": opened.Opened}}}, fault.FieldsOf(err))
	})
}

func TestTwin_countsOnceOrApart(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first, second, third := p.usedKit(), p.usedKit(func(u *thn.Use) { u.Reporter = "recipient" }), p.usedKit(func(u *thn.Use) { u.Reporter = "family" })
		for _, u := range []thn.Use{first, second, third} {
			_, err := p.Record(t.Context(), p.worker, u)
			require.NoError(t, err)
		}
		_, err := p.Twin(t.Context(), p.worker, second.ID, first.ID, thn.NewID(), true)
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
		south := p.manager
		south.Areas = []thn.ID{p.mill.Area}
		_, err = p.Twin(t.Context(), south, second.ID, first.ID, thn.NewID(), true)
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)
		joined := thn.NewID()
		for _, want := range []thn.Outcome{thn.Stored, thn.Duplicate} { // pressed twice, decided once
			got, err := p.Twin(t.Context(), p.manager, second.ID, first.ID, joined, true)
			require.NoError(t, err)
			require.Equal(t, want, got.Outcome)
		}
		require.Equal(t, int64(2), p.events(t))
		_, err = p.Twin(t.Context(), p.manager, third.ID, joined, thn.NewID(), true)
		require.True(t, fault.Is(err, fault.Conflict), "what is left out is not counted in favour of: %v", err)
		_, err = p.Twin(t.Context(), p.manager, third.ID, first.ID, thn.NewID(), false)
		require.NoError(t, err)
		require.Equal(t, int64(2), p.events(t))
		list, err := p.store.Uses(t.Context(), p.programme.ID, today)
		require.NoError(t, err)
		require.Empty(t, thn.PossibleTwins(list))
	})
}
