package server_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// What is kept of public pages hides nothing: what is published here is there at
// once, what another process publishes a moment later, and an answer that a reader
// has already is not sent again.
func TestShelf_whatIsKeptHidesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	address, manager := h.publish(t), h.signIn(t, "plain-manager")
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, address, "", nil).status)
	require.NotContains(t, h.ask(t, http.MethodGet, "/public", "", nil).body, "United Kingdom")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{}).status)
	first := h.ask(t, http.MethodGet, address, "", nil)
	require.Equal(t, http.StatusOK, first.status, "at once")
	require.Contains(t, h.ask(t, http.MethodGet, "/public", "", nil).body, "United Kingdom")

	req, err := http.NewRequest(http.MethodGet, h.url+address, nil)
	require.NoError(t, err)
	req.Header.Set("If-None-Match", first.header.Get("ETag"))
	res, err := h.client.Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusNotModified, res.StatusCode)

	require.Contains(t, h.ask(t, http.MethodGet, address+"?lang=fr", "", nil).body, `<html lang="fr"`)
	require.Contains(t, h.ask(t, http.MethodGet, address+"?lang=es", "", nil).body, `<html lang="es"`)

	h.total(t, h.homes["two"], thn.Quarter(2025, 4), 300, thn.ChannelFire)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/revise", manager, url.Values{"reason": {"a late return"}}).status)
	e, err := h.Store.Edition(t.Context(), h.homes["two"].programme.ID, 3)
	require.NoError(t, err)
	require.NotContains(t, h.ask(t, http.MethodGet, address, "", nil).body, "a newer release")
	require.NoError(t, h.Store.Publish(t.Context(), e.Programme, "", e.ID, clock().Truncate(time.Hour))) // as another server does
	require.Eventually(t, func() bool {
		return h.ask(t, http.MethodGet, address, "", nil).header.Get("ETag") != first.header.Get("ETag")
	}, 5*time.Second, 20*time.Millisecond, "an old release says what took its place")
}
