package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/form"
)

// TestTallySheet_asksWhatTheBatchScreenAsks: the rows are those of the form, in
// its order, and the only site there is stands on the sheet already.
func TestTallySheet_asksWhatTheBatchScreenAsks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	worker := h.signIn(t, "plain-worker")
	sheet, screen := h.see(t, "/give-out/sheet", worker), h.see(t, "/give-out/several", worker)
	words := func(d *goquery.Document, selector string) []string {
		return d.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
	}
	rows := words(sheet, ".tally-sheet tbody th")
	require.Equal(t, words(screen, "#tallies label"), rows)
	for i, row := range form.Tallies {
		require.Equal(t, 1, screen.Find(`#tallies label[for="`+row.Name+`"]`).Length())
		require.Equal(t, strings.TrimSpace(screen.Find(`label[for="`+row.Name+`"]`).Text()), rows[i], row.Name)
	}
	require.Equal(t, words(screen, ".assumed summary b"), []string{"Where", "Which kit", "From", "When"})
	require.Equal(t, words(screen, ".assumed summary b"), words(sheet, ".blanks dt")[:4], "what is assumed is asked in the same order too")
	require.Equal(t, "Plain site", words(sheet, ".blanks dd")[0])
	require.Contains(t, sheet.Find(".tally-sheet").Text(), "Do not write: names")
	require.Zero(t, sheet.Find(`form[method="post"].filters`).Length(), "nothing is kept of a sheet")
}

func TestTallySheet_isFilledInByItsAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, manager := h.homes["two"], h.signIn(t, "plain-manager")
	kit := string(m.product) + ":" + string(m.batch)
	sheet := h.see(t, "/give-out/sheet?site="+string(m.site)+"&product="+kit, manager)
	require.Equal(t, "Plain site", strings.TrimSpace(sheet.Find(".blanks dd").First().Text()))
	require.Contains(t, sheet.Find(".blanks dd").Eq(1).Text(), "Plain-1")
	require.Empty(t, strings.TrimSpace(h.see(t, "/give-out/sheet?site=", manager).Find(".blanks dd").First().Text()), "a line to write on")
	for _, foreign := range []string{"site=" + string(h.homes["one"].site), "product=" + string(h.homes["one"].product) + ":", "site=x"} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/give-out/sheet?"+foreign, manager, nil).status, foreign)
	}
}
