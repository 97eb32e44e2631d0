package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// peopled gives a home a second area, and residents, deaths and kits to both.
func (h *house) peopled(t *testing.T, m home) (second thn.ID) {
	t.Helper()
	second = thn.NewID()
	id, year := m.programme.ID, thn.YearFrom(2025, time.January)
	require.NoError(t, h.Store.AddAreas(t.Context(), id, "", thn.Area{ID: second, Parent: m.root, Kind: "region", Name: "Plain hills"}))
	for area, kits := range map[thn.ID]int64{m.area: 1000, second: 100} {
		require.NoError(t, h.Store.AddTotals(t.Context(), id, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: area, Period: year,
			Channels: []thn.Channel{thn.ChannelCommunity}, Count: thn.ExactKits(kits), Source: "Yearbook"}))
		for kind, n := range map[thn.DenominatorKind]int64{thn.Residents: 100_000, thn.OpioidDeaths: 40} {
			require.NoError(t, h.Store.AddDenominators(t.Context(), id, "", thn.Denominator{ID: thn.NewID(), Kind: kind, Area: area, Period: year, Value: n, Low: n, High: n,
				Definition: "Count", Source: "Yearbook"}))
		}
	}
	return second
}

func TestNeed_tryingAPlan(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	hills := h.peopled(t, two)
	manager := h.signIn(t, "plain-manager")
	const base = "/need?period=2025"
	doc := h.see(t, base, manager)
	require.Contains(t, doc.Find(".say").Text(), "To reach 80 in every area, 419 (232–1,021) more community kits a year are needed.")
	require.Contains(t, doc.Find(".say").Text(), "The next 100 kits would do most in Plain hills")
	require.Equal(t, "1000", doc.Find("#community-1").AttrOr("value", ""), "the plan begins with what there is")
	require.Equal(t, 2, doc.Find(".chart-wide svg .dot-now").Length()-1, "a point for each area, and the key")
	require.Zero(t, doc.Find(".chart-wide svg .dot").Length())
	require.Equal(t, "100", row(doc, "Plain hills")[0])

	moved := base + "&community." + string(hills) + "=500&community." + string(two.area) + "=600"
	doc = h.see(t, moved, manager)
	require.Contains(t, doc.Find("main").Text(), "The plan uses as many kits as now: 1,100 a year.")
	require.Equal(t, 2, doc.Find(".chart-wide svg .dot").Length()-1, "both areas as planned, and the key")
	hillsRow := row(doc, "Plain hills")
	require.Equal(t, []string{"100", "500", "26.7(14.1–38.4)", "78.8(53.2–91.1)"}, hillsRow[:4])
	require.True(t, strings.HasPrefix(row(doc, "Plain region")[5], "−"), "where kits are taken away, deaths averted are fewer than none")
	require.Equal(t, "500", doc.Find("#community-0").AttrOr("value", ""), "the address keeps the plan")
	require.Equal(t, base, doc.Find(".plan .buttons a").AttrOr("href", ""))

	file := h.ask(t, http.MethodGet, strings.Replace(moved, "/need?", "/need.csv?", 1), manager, nil)
	require.Equal(t, http.StatusOK, file.status)
	require.Contains(t, file.body, "78.8", "page and file are one table")
	link := doc.Find(`#plan .files a[href*=".csv"]`).AttrOr("href", "")
	require.Equal(t, file.body, h.ask(t, http.MethodGet, link, manager, nil).body)
}

func TestNeed_assumptionsAreAsked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.peopled(t, h.homes["two"])
	manager := h.signIn(t, "plain-manager")
	doc := h.see(t, "/need?period=2025&type=prescription&target=70", manager)
	require.Contains(t, doc.Find("main").Text(), "for an epidemic of prescription opioids")
	require.Equal(t, "prescription", doc.Find("#type option[selected]").AttrOr("value", ""))
	require.Contains(t, doc.Find(".say").Text(), "To reach 70 in every area")
	doc = h.see(t, "/need?period=2025&rho=0,004", manager)
	require.Contains(t, doc.Find("main").Text(), "with rho 0.00400, as entered here")
	require.Zero(t, doc.Find(".band-area").Length(), "a rho that somebody typed has no interval")
}

func TestNeed_whatCannotBeReadComesBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	h.peopled(t, two)
	manager := h.signIn(t, "plain-manager")
	path := "/need?" + url.Values{"period": {"2025"}, "community." + string(two.area): {"a lot"}, "target": {"120"}, "rho": {"-1"}, "type": {"flu"}}.Encode()
	got := h.ask(t, http.MethodGet, path, manager, nil)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	doc := document(t, got)
	for id, want := range map[string]string{"community-1": "Plain region, Community: enter a whole number of kits, 0 or more.", "target": "Target: enter a number above 0 and below 100.",
		"rho": "Another constant (rho): enter a number above 0, such as 0.0031, or leave it empty.", "type": "Kind of epidemic: choose one of the list."} {
		require.Equal(t, want, doc.Find(`.problems a[href="#`+id+`"]`).Text())
		require.Equal(t, 1, doc.Find("#"+id).Length())
	}
	require.Equal(t, "a lot", doc.Find("#community-1").AttrOr("value", ""))
	require.Equal(t, "120", doc.Find("#target").AttrOr("value", ""))
	require.Equal(t, http.StatusUnprocessableEntity, h.ask(t, http.MethodGet, strings.Replace(path, "/need?", "/need.csv?", 1), manager, nil).status)
	require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodGet, "/need", h.signIn(t, "plain-worker"), nil).status)
}
