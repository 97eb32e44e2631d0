package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTotals_choosingWhatStands(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	manager, worker := h.signIn(t, "plain-manager"), h.signIn(t, "plain-worker")
	list := h.ask(t, http.MethodGet, "/totals", manager, nil)
	require.Contains(t, list.body, "/totals/"+string(two.total))
	path := "/totals/" + string(two.total)

	got := h.ask(t, http.MethodPost, path, manager, url.Values{"stands": {"both"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	got = h.ask(t, http.MethodPost, path, manager, url.Values{"stands": {"records"}})
	require.Equal(t, http.StatusSeeOther, got.status)
	totals, err := h.Store.Totals(t.Context(), two.programme.ID)
	require.NoError(t, err)
	require.True(t, totals[0].Aside)

	require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodPost, path, worker, url.Values{"stands": {"total"}}).status)
	foreign := "/totals/" + string(h.homes["one"].total)
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, foreign, manager, url.Values{"stands": {"records"}}).status)
}
