package release_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/release"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func (p *place) state(t *testing.T, service thn.Service, exists thn.Answer, source string) {
	t.Helper()
	require.NoError(t, p.AddStatement(t.Context(), p.programme.ID, "", thn.Statement{ID: thn.NewID(), Service: service, Exists: exists, Source: source,
		URL: "https://example.org/plan", Dated: thn.MustDate(2026, 1, 9)}))
}

// A release says for ever what was stated when it was closed, also when more is
// stated in the same hour; what it then says differs only by a revision.
func TestClose_freezesStatements(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		ctx := t.Context()
		p.state(t, "dcr", thn.AnswerNo, "Register")
		p.state(t, "thn", thn.AnswerUnknown, "Letter")
		p.state(t, "thn", thn.AnswerNo, "National plan")
		e, err := p.releases.Close(ctx, p.order())
		require.NoError(t, err)
		require.NoError(t, p.releases.Publish(ctx, p.programme.ID, "", e.Number, time.Time{}))
		same := func(number int) {
			t.Helper()
			kept, same, err := p.releases.Check(ctx, p.programme, number)
			require.NoError(t, err)
			require.True(t, same)
			require.Equal(t, e.Body, kept.Body)
		}
		for range 2 {
			p.state(t, "thn", thn.AnswerYes, "A later law") // in the same hour, then in another
			same(e.Number)
			*p.now = p.now.Add(3 * time.Hour)
		}
		f, err := release.FiguresOf(e)
		require.NoError(t, err)
		require.Equal(t, []release.Statement{
			{Service: "thn", Exists: thn.AnswerNo, Source: "National plan", URL: "https://example.org/plan", Dated: thn.MustDate(2026, 1, 9)},
			{Service: "dcr", Exists: thn.AnswerNo, Source: "Register", URL: "https://example.org/plan", Dated: thn.MustDate(2026, 1, 9)},
		}, f.Statements)

		next, err := p.releases.Revise(ctx, p.order(), e.Number, "a law was passed")
		require.NoError(t, err)
		f, err = release.FiguresOf(next)
		require.NoError(t, err)
		x, stated := f.Stated("thn")
		require.True(t, stated)
		require.Equal(t, "A later law", x.Source)
		same(e.Number)
	})
}

// Nothing stated leaves no trace in a release, nor does what another programme states.
func TestClose_withoutStatements(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		other := thn.Programme{ID: thn.NewID(), Name: "Other", Country: "XO", Zone: "UTC", Fiscal: 1}
		require.NoError(t, p.Found(t.Context(), thn.Founding{Programme: other, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: "XO", Name: "Country"}}))
		require.NoError(t, p.AddStatement(t.Context(), other.ID, "", thn.Statement{ID: thn.NewID(), Service: "thn", Exists: thn.AnswerNo, Source: "CANARY", URL: "https://example.org/x", Dated: thn.MustDate(2026, 1, 9)}))
		e, err := p.releases.Close(t.Context(), p.order())
		require.NoError(t, err)
		require.NotContains(t, string(e.Body), "statements")
		require.NotContains(t, string(e.Body), "CANARY")
	})
}
