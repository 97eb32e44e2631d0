package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// asked is what people in Scotland's needle exchanges answered in 2011–12.
func (p *place) asked() thn.Survey {
	return thn.Survey{ID: thn.NewID(), Question: thn.CarryingNow, Area: p.north.ID, Period: thn.YearFrom(2011, time.April), Yes: 27, Asked: 169,
		Sample: "people prescribed naloxone in the past year", Source: "NESI", URL: "https://example.org/nesi", AsAt: thn.MustDate(2015, time.June, 1)}
}

func TestSurveys_newestVersionsOnly(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, id := t.Context(), p.programme.ID
		first, open := p.asked(), p.asked()
		open.ID, open.Question, open.Asked, open.Returns = thn.NewID(), thn.CameBack, 0, 61
		require.NoError(t, p.AddSurveys(ctx, id, p.by, first, open))
		newer := p.asked()
		newer.Corrects, newer.Yes = first.ID, 28
		require.NoError(t, p.AddSurveys(ctx, id, p.by, newer))
		list, err := p.Surveys(ctx, id)
		require.NoError(t, err)
		want := newer
		want.Corrects = ""
		require.ElementsMatch(t, []thn.Survey{want, open}, list)

		late := p.asked()
		late.Corrects = first.ID
		require.True(t, fault.Is(p.AddSurveys(ctx, id, p.by, late), fault.Conflict), "somebody corrected it before")
		require.NoError(t, p.AddSurveys(ctx, id, p.by, thn.Survey{ID: thn.NewID(), Corrects: newer.ID, Void: true}))
		list, err = p.Surveys(ctx, id)
		require.NoError(t, err)
		require.Equal(t, []thn.Survey{open}, list)
		require.Equal(t, []string{"correct", "record", "record", "void"}, p.actsOn(t, "survey"))
	})
}

// actsOn lists what was done to things of a kind.
func (p *place) actsOn(t *testing.T, kind string) []string {
	t.Helper()
	list, err := p.Texts(t.Context(), "SELECT action FROM audit_entries WHERE object_kind = ? ORDER BY action", kind)
	require.NoError(t, err)
	return list
}

func TestSurveys_refuseWhatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for name, edit := range map[string]func(*thn.Survey){
			"a question of its own":          func(x *thn.Survey) { x.Question = "takes_heroin" },
			"nobody was asked in particular": func(x *thn.Survey) { x.Sample = "" },
			"no source":                      func(x *thn.Survey) { x.Source = "" },
			"more yes than asked":            func(x *thn.Survey) { x.Yes = 170 },
			"less than nobody":               func(x *thn.Survey) { x.Yes = -1 },
			"carried several times":          func(x *thn.Survey) { x.Returns = 300 },
			"came back less than once":       func(x *thn.Survey) { x.Question, x.Returns = thn.CameBack, 26 },
			"no period":                      func(x *thn.Survey) { x.Period = thn.Period{} },
			"nowhere":                        func(x *thn.Survey) { x.Area = "" },
			"somewhere else":                 func(x *thn.Survey) { x.Area = thn.NewID() },
		} {
			bad := p.asked()
			edit(&bad)
			require.True(t, fault.Is(p.AddSurveys(t.Context(), p.programme.ID, p.by, bad), fault.Invalid), name)
		}
	})
}

// What one programme was told does not exist for another.
func TestSurveys_areStrangers(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		q := newPlace(t, p.Store)
		mine := p.asked()
		require.NoError(t, p.AddSurveys(t.Context(), p.programme.ID, p.by, mine))
		list, err := q.Surveys(t.Context(), q.programme.ID)
		require.NoError(t, err)
		require.Empty(t, list)
		for name, edit := range map[string]func(*thn.Survey){
			"another's area":   func(x *thn.Survey) { x.Area = p.north.ID },
			"another's record": func(x *thn.Survey) { x.Corrects = mine.ID },
		} {
			x := q.asked()
			edit(&x)
			require.True(t, fault.Is(q.AddSurveys(t.Context(), q.programme.ID, q.by, x), fault.Invalid), name)
		}
	})
}
