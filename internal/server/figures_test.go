package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
)

func TestFigures_everyIndicatorHasItsPageAndFiles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	list := h.ask(t, http.MethodGet, "/figures", manager, nil)
	for _, i := range report.Indicators {
		require.Contains(t, list.body, `href="/figures/`+i.Key+`"`)
		got := h.ask(t, http.MethodGet, "/figures/"+i.Key+"?period=2026-11", manager, nil)
		require.Equal(t, http.StatusOK, got.status, i.Key)
		require.Equal(t, 1, strings.Count(got.body, "<table>"), i.Key)
		require.Contains(t, got.body, `<details class="definition">`, i.Key)
		for _, ending := range []string{".csv", ".json"} {
			require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, "/figures/"+i.Key+ending, manager, nil).status, i.Key+ending)
		}
		for _, by := range i.Splits {
			require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, "/figures/"+i.Key+"?by="+string(by), manager, nil).status, "%s by %s", i.Key, by)
		}
	}
	for _, path := range []string{"/figures/lives-saved", "/figures/kits?by=postcode", "/figures/kits.exe", "/figures/"} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, path, manager, nil).status, path)
	}
}
