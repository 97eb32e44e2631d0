package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

func stated(change url.Values) url.Values {
	return merged(url.Values{"id": {string(thn.NewID())}, "service": {"thn"}, "exists": {"no"}, "source": {"National plan"}, "url": {"https://example.org/plan"},
		"dated-day": {"1"}, "dated-month": {"3"}, "dated-year": {"2026"}}, change)
}

// A statement is added, a newer one takes over, and the one before stays below.
func TestStatements_historyAndRefusals(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	for field, change := range map[string]url.Values{
		"service": {"service": {""}}, "exists": {"exists": {"perhaps"}}, "source": {"source": {" "}}, "url": {"url": {"http://example.org"}},
		"dated": {"dated-year": {"2027"}}, "dated ": {"dated-day": {"31"}, "dated-month": {"2"}},
	} {
		got := h.ask(t, http.MethodPost, "/statements", manager, stated(merged(url.Values{"source": {"my own words"}}, change)))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, field)
		d := htmlOf(t, got)
		require.Equal(t, 1, d.Find("#problems a[href='#"+strings.TrimSpace(field)+"']").Length(), field)
		if field != "source" {
			require.Equal(t, "my own words", d.Find("input[name=source]").AttrOr("value", ""), "what was typed comes back")
		}
	}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/statements", manager, stated(url.Values{"service": {"drug_checking"}})).status)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/statements", manager, stated(url.Values{"service": {"drug_checking"}, "exists": {"yes"}, "source": {"A later law"}})).status)
	d := htmlOf(t, h.ask(t, http.MethodGet, "/statements", manager, nil))
	row := d.Find("table").First().Find("tbody tr:contains('Drug checking')").Text()
	require.Contains(t, row, "A later law")
	require.Contains(t, row, "programme manager")
	require.NotContains(t, row, "plain-manager")
	earlier := d.Find("table").Eq(1)
	require.Contains(t, earlier.Text(), "Earlier statements")
	require.Equal(t, 1, earlier.Find("tbody tr:contains('National plan')").Length())
	require.Zero(t, earlier.Find("tbody tr:contains('A later law')").Length())
	require.Equal(t, "thn", htmlOf(t, h.ask(t, http.MethodGet, "/statements/new?service=thn", manager, nil)).Find("input[name=service][checked]").AttrOr("value", ""))
	require.Equal(t, 1, htmlOf(t, h.ask(t, http.MethodGet, "/activity?kind=statement", manager, nil)).Find("tbody tr:contains('plain-manager')").First().Length(), "who gave it is known inside")
}

// What readers see of statements is what the newest release holds, on every page
// alike, and never who gave it nor what another programme states.
func TestStatements_readersSeeThoseOfTheRelease(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	manager, reader := h.signIn(t, "plain-manager"), h.signIn(t, "plain-advocate")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/statements", manager, stated(nil)).status)
	pages := []string{"/summary", "/commitments", "/world"}
	for _, path := range pages {
		require.NotContains(t, h.ask(t, http.MethodGet, path, reader, nil).body, "National plan", "%s: it is in no release yet", path)
	}
	releases := app.Releases(h.Store, clock)
	e, err := releases.Close(t.Context(), release.Order{Programme: two.programme, Audience: thn.ForPublic, Period: thn.YearFrom(2024, time.January), Alone: true, AsAt: clock()})
	require.NoError(t, err)
	require.NoError(t, releases.Publish(t.Context(), two.programme.ID, "", e.Number, time.Time{}))
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/statements", manager, stated(url.Values{"exists": {"yes"}, "source": {"A later law"}})).status)
	public := htmlOf(t, h.ask(t, http.MethodGet, "/public/gb", "", nil)).Find("main table a").AttrOr("href", "")
	for _, path := range append(pages, public) {
		got := h.ask(t, http.MethodGet, path, reader, nil)
		require.Equal(t, http.StatusOK, got.status, path)
		require.Contains(t, got.body, "National plan", path)
		for _, never := range []string{"A later law", "CANARY", "plain-manager"} {
			require.NotContains(t, strings.ReplaceAll(got.body, "plain-advocate", ""), never, path)
		}
	}
	d := htmlOf(t, h.ask(t, http.MethodGet, "/world", reader, nil))
	require.Contains(t, d.Find("#stated tbody tr").Text(), "Take-home naloxoneNoYesNational plan1 March 2026")
	require.Equal(t, "34", d.Find("dl.figures dd").First().Text())
	require.Equal(t, "28", d.Find("dl.figures dd").Eq(1).Text())
}
