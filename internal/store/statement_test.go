package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func stated(service thn.Service, exists thn.Answer, source string) thn.Statement {
	return thn.Statement{ID: thn.NewID(), Service: service, Exists: exists, Source: source, URL: "https://example.org/plan", Dated: thn.MustDate(2026, 3, 1), Role: thn.RoleManager}
}

// A newer statement takes over and takes nothing away; another programme has none of it.
func TestStatements_areAppended(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, home := t.Context(), p.programme.ID
		list := []thn.Statement{stated("thn", thn.AnswerNo, "Survey"), stated("oat", thn.AnswerYes, "Register"), stated("thn", thn.AnswerYes, "National plan")}
		for _, x := range list {
			require.NoError(t, p.AddStatement(ctx, home, p.by, x))
		}
		got, err := p.Statements(ctx, home, time.Time{})
		require.NoError(t, err)
		require.Len(t, got, 3)
		for i, x := range got {
			want := list[2-i]
			want.Number, want.Hour = 3-i, x.Hour
			require.Equal(t, want, x)
		}
		newest := thn.Standing(got)
		require.Len(t, newest, 2)
		require.Equal(t, []string{"National plan", "Register"}, []string{newest[0].Source, newest[1].Source}, "in the order of the services")

		acts, err := p.Activity(ctx, thn.ActQuery{Programme: home, Kind: "statement", Limit: 9})
		require.NoError(t, err)
		require.Len(t, acts, 3)
		require.Equal(t, p.by, acts[0].Account, "who gave it stands in the audit")

		require.True(t, fault.Is(p.AddStatement(ctx, home, p.by, list[0]), fault.Conflict), "once")
		for name, change := range map[string]func(*thn.Statement){
			"a service nobody knows": func(x *thn.Statement) { x.Service = "safe_supply" },
			"an answer of no kind":   func(x *thn.Statement) { x.Exists = thn.AnswerNotAsked },
			"no source":              func(x *thn.Statement) { x.Source = "" },
			"no address":             func(x *thn.Statement) { x.URL = "" },
			"no day":                 func(x *thn.Statement) { x.Dated = thn.Date{} },
		} {
			x := stated("dcr", thn.AnswerNo, "S")
			change(&x)
			require.True(t, fault.Is(p.AddStatement(ctx, home, p.by, x), fault.Invalid), name)
		}
		q := newPlace(t, p.Store)
		got, err = q.Statements(ctx, q.programme.ID, time.Time{})
		require.NoError(t, err)
		require.Empty(t, got)
		same := stated("thn", thn.AnswerNo, "Theirs")
		same.ID = list[0].ID
		require.NoError(t, q.AddStatement(ctx, q.programme.ID, q.by, same), "ids and numbers are a programme's own")
	})
}

// What was stated by an hour is what was stated in it or before.
func TestStatements_byAnHour(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		now := storetest.Noon
		s, err := store.Open(t.Context(), url, store.Options{Now: func() time.Time { return now }, AuditKey: storetest.Key})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		programme, _ := founded(t, s)
		then := now
		require.NoError(t, s.AddStatement(t.Context(), programme.ID, "", stated("thn", thn.AnswerNo, "Before")))
		now = now.Add(2 * time.Hour)
		require.NoError(t, s.AddStatement(t.Context(), programme.ID, "", stated("thn", thn.AnswerYes, "After")))
		for by, want := range map[time.Time]int{then.Add(-time.Hour): 0, then: 1, then.Add(time.Hour): 1, now: 2, {}: 2} {
			list, err := s.Statements(t.Context(), programme.ID, by)
			require.NoError(t, err)
			require.Len(t, list, want, by.String())
		}
	})
}
