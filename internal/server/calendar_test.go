package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func announced(change url.Values) url.Values {
	return merged(url.Values{"period": {"2025"}, "for": {"public"}, "appears-day": {"30"}, "appears-month": {"11"}, "appears-year": {"2026"}}, change)
}

// Everybody is told what will appear when, that a day was moved and why, and of a
// release before its hour nothing but that.
func TestCalendar_announcedMovedAppeared(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	require.Contains(t, h.ask(t, http.MethodGet, "/public/calendar", "", nil).body, "Nothing is announced")
	for field, change := range map[string]url.Values{"period": {"period": {"soon"}}, "appears": {"appears-year": {"2025"}}, "appears ": {"appears-day": {"31"}},
		"appears  ": {"appears-day": {""}, "appears-month": {""}, "appears-year": {""}}, "for": {"for": {"all"}}, "reason": {"reason": {"nothing was said yet"}}} {
		got := h.ask(t, http.MethodPost, "/editions/announce", manager, announced(change))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, field)
		require.Equal(t, 1, htmlOf(t, got).Find("#problems a[href='#"+strings.TrimSpace(field)+"']").Length(), field)
	}
	require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodPost, "/editions/announce", h.signIn(t, "plain-worker"), announced(nil)).status)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/announce", manager, announced(nil)).status)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/announce", manager, announced(url.Values{"for": {"national"}, "period": {"2024"}})).status)
	d := htmlOf(t, h.ask(t, http.MethodGet, "/public/calendar", "", nil))
	require.Equal(t, "2025United Kingdom30 November 2026Awaited23 November 2026", d.Find("#coming tbody").Text())
	require.Zero(t, d.Find("#moved, #came").Length())

	got := h.ask(t, http.MethodPost, "/editions/announce", manager, announced(url.Values{"appears-day": {"24"}}))
	require.Equal(t, http.StatusUnprocessableEntity, got.status, "another day needs a reason")
	require.Contains(t, got.body, "why it changes")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/announce", manager, announced(url.Values{"appears-day": {"23"}, "reason": {"ready sooner"}})).status)
	address := h.publish(t)
	e, err := h.Store.Edition(t.Context(), h.homes["two"].programme.ID, 2)
	require.NoError(t, err)
	require.Equal(t, "2026-11-23", e.Notice.String())
	for _, path := range []string{"/public/calendar", "/public"} {
		body := h.ask(t, http.MethodGet, path, "", nil).body
		require.NotContains(t, body, address, "it is closed and not published: %s", path)
		require.NotContains(t, body, e.Hash[:8], path)
	}
	got = h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{"open-day": {"25"}, "open-month": {"11"}, "open-year": {"2026"}, "hour": {"9"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status, "not the day that was announced")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{}).status)

	for _, path := range []string{"/public/calendar", "/public/gb"} {
		d = htmlOf(t, h.ask(t, http.MethodGet, path, "", nil))
		require.NotZero(t, d.Find("a[href='"+address+"']").Length(), path)
		require.Contains(t, d.Find("#came tbody").Text(), "On the announced day", path)
		require.Contains(t, d.Find("#moved tbody").Text(), "ready sooner", path)
		require.Zero(t, d.Find("#coming").Length(), "%s: what is for others stands inside", path)
		require.NotContains(t, d.Text(), "CANARY", path)
	}
	d = htmlOf(t, h.ask(t, http.MethodGet, "/editions", manager, nil))
	require.Equal(t, "/editions/announce?for=national&period=2024", d.Find("#coming td a").AttrOr("href", ""))
	d = htmlOf(t, h.ask(t, http.MethodGet, "/editions/announce?for=national&period=2024", manager, nil))
	require.Equal(t, "2024", d.Find("#period").AttrOr("value", ""))
	require.Equal(t, "national", d.Find("input[name=for][checked]").AttrOr("value", ""))
	require.NotContains(t, h.ask(t, http.MethodGet, "/editions", h.signIn(t, "canary-manager"), nil).body, "2024", "another programme's")
}
