package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGiveBack_ownAndSitesAndSmallNumbers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	worker := h.signIn(t, "plain-worker")
	got := h.ask(t, http.MethodGet, "/give-back?period=2026-11&site="+string(two.site), worker, nil)
	require.Equal(t, http.StatusOK, got.status)
	require.Contains(t, got.body, "<dd>a few</dd>", "one kit is not a number for a wall")
	require.Contains(t, got.body, "Plain site")

	own := h.ask(t, http.MethodGet, "/give-back?period=2026-11&site=mine", worker, nil)
	require.Contains(t, own.body, "Nothing was recorded", "the site's kit was recorded by somebody else")

	foreign := h.ask(t, http.MethodGet, "/give-back?site="+string(h.homes["one"].site), worker, nil)
	require.Equal(t, http.StatusNotFound, foreign.status)
}
