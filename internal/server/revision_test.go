package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// What was recorded today is not in the figures of yesterday, and the page of
// yesterday says what came since.
func TestFigures_standAtAnEarlierDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	spread(t, h)
	manager := h.signIn(t, "plain-manager")
	now := h.see(t, "/coverage?period=2026-10", manager)
	require.Equal(t, "In October 2026, 42 kits were given out.", texts(now.Find("p.say"))[0])
	require.Zero(t, now.Find(".past").Length())

	past := h.see(t, "/coverage?as_at=2026-11-22&period=2026-10", manager)
	require.NotContains(t, past.Find("p.say").First().Text(), "42")
	require.Contains(t, past.Find(".past").Text(), "22 November 2026")
	require.Equal(t, "/coverage?period=2026-10", past.Find(".past a").First().AttrOr("href", ""))
	require.Equal(t, "2026-11-22", past.Find(`input[name="as_at"]`).AttrOr("value", ""))
	require.Contains(t, past.Find(`.files a`).First().AttrOr("href", ""), "as_at=2026-11-22", "a file is of the same day")

	figure := h.see(t, "/figures/kits?as_at=2026-11-22&period=2026-10&by=month", manager)
	since := figure.Find("#kits-revision")
	require.Contains(t, since.Find("h2").Text(), "What was revised since 22 November 2026")
	require.Contains(t, since.Find("table").Text(), "42")
	file := h.ask(t, http.MethodGet, "/figures/kits-revision.csv?as_at=2026-11-22&period=2026-10&by=month", manager, nil)
	require.Equal(t, http.StatusOK, file.status)
	require.Contains(t, file.body, "2026-10")
	require.Contains(t, file.body, ",42")
	require.NotContains(t, h.ask(t, http.MethodGet, "/coverage/areas.csv?as_at=2026-11-22&period=2026-10", manager, nil).body, ",30,")
}

func TestFigures_ofADayThatCannotBeAsked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	for day, says := range map[string]string{"2026-11-24": "still to come", "yesterday": "year, month and day"} {
		got := h.ask(t, http.MethodGet, "/coverage?as_at="+day, manager, nil)
		require.Equal(t, http.StatusUnprocessableEntity, got.status, day)
		require.Contains(t, got.body, says)
	}
	for _, path := range []string{"/figures/kits-revision.csv", "/figures/equity-revision.csv?as_at=2026-11-01", "/figures/lives-saved-revision.csv?as_at=2026-11-01",
		"/figures/kits-revision.csv?as_at=2026-11-01&by=postcode", "/figures/kits-revision.exe?as_at=2026-11-01"} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, path, manager, nil).status, path)
	}
	require.Zero(t, h.see(t, "/figures/equity?as_at=2026-11-01", manager).Find("#equity-revision").Length(), "the difference could be one person")
}

// The page says when its sums were last counted anew, and whether they agreed.
func TestCoverage_saysWhenItWasRecounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := h.homes["two"]
	manager := h.signIn(t, "plain-manager")
	require.NotContains(t, h.see(t, "/coverage", manager).Text(), "counted anew")
	_, err := h.Store.Recount(t.Context(), m.programme.ID, thn.MustDate(2026, 11, 23))
	require.NoError(t, err)
	said := strings.Join(strings.Fields(h.see(t, "/coverage", manager).Text()), " ")
	require.Contains(t, said, "counted anew from the records on 23 November 2026: they agree.")
}
