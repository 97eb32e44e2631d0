package server_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/page"
	"thntracker/internal/server"
	"thntracker/internal/site"
	"thntracker/internal/thn"
)

// half is the period of the releases of these tests.
var half = thn.Period{From: thn.MustDate(2025, 1, 1), To: thn.MustDate(2025, 7, 1)}

// secrets are counts of a half year that its release hides: those that are small,
// and those that would give them away. Quarter by quarter.
type secrets struct {
	north, south, peers [2]int64 // kits of outlets in two regions, and of peers in the second
	first, deaths       int64    // of which a rate is made, and by which kits are divided
}

// Twins add up to the same: only what is hidden differs. By it the regions would
// change places, the axis would go beyond a thousand, kits for each death treble.
var (
	oneTwin   = secrets{north: [2]int64{504, 4}, south: [2]int64{493, 600}, peers: [2]int64{7, 510}, first: 7, deaths: 6}
	otherTwin = secrets{north: [2]int64{500, 8}, south: [2]int64{501, 592}, peers: [2]int64{3, 514}, first: 3, deaths: 2}
	noTwin    = secrets{north: [2]int64{604, 4}, south: [2]int64{493, 600}, peers: [2]int64{7, 510}, first: 7, deaths: 6}
)

// release publishes the half year of the second home with secrets in it.
func (h *house) release(t *testing.T, x secrets) thn.Edition {
	t.Helper()
	m := h.homes["two"]
	country, regions := m.root, [2]thn.ID{thn.NewID(), thn.NewID()}
	for i, name := range []string{"Plain north", "Plain south"} {
		require.NoError(t, h.Store.AddAreas(t.Context(), m.programme.ID, "", thn.Area{ID: regions[i], Parent: country, Kind: "region", Name: name}))
	}
	for i := range 2 {
		q := thn.Quarter(2025, i+1)
		m.root = regions[0]
		h.homes["two"] = m
		h.total(t, m, q, x.north[i], thn.ChannelCommunity)
		m.root = regions[1]
		h.total(t, m, q, x.south[i], thn.ChannelCommunity)
		h.total(t, m, q, x.peers[i], thn.ChannelPeer)
	}
	m.root = country
	h.homes["two"] = m
	before := thn.YearFrom(2024, 1)
	h.total(t, m, before, 300, thn.ChannelCommunity)
	require.NoError(t, h.Store.AddTotals(t.Context(), m.programme.ID, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasurePeople, Area: country, Period: half,
		Supply: thn.SupplyFirst, Recipient: thn.RecipientAtRisk, Count: thn.ExactKits(x.first), Source: "Plain bulletin"}))
	require.NoError(t, h.Store.AddDenominators(t.Context(), m.programme.ID, "", thn.Denominator{ID: thn.NewID(), Kind: thn.OpioidDeaths, Area: country, Period: before,
		Value: x.deaths, Low: x.deaths, High: x.deaths, Definition: "Plain deaths", Source: "Plain register"}))
	manager := h.signIn(t, "plain-manager")
	got := h.ask(t, http.MethodPost, "/editions", manager, url.Values{"period": {half.Param()}, "for": {"public"}, "kind": {"final"}, "alone": {"yes"}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{}).status)
	e, err := h.Store.Edition(t.Context(), m.programme.ID, 2)
	require.NoError(t, err)
	return e
}

// everything is all that a public reader and an advocate can get of the releases:
// every page, file and picture in every language, as bytes.
func (h *house) everything(t *testing.T) map[string][]byte {
	t.Helper()
	const host = "thn.example"
	all, err := site.Read(t.Context(), server.Still(h.Deps, "https://"+host))
	require.NoError(t, err)
	reader := h.signIn(t, "plain-advocate")
	asThere := func(r *http.Request) { r.Host = host }
	pages := []string{"/summary", "/commitments", "/world", "/public"}
	for i := 0; i < len(pages); i++ { // it grows with what the pages lead to
		got := h.ask(t, http.MethodGet, pages[i], reader, nil, asThere)
		require.Equal(t, http.StatusOK, got.status, pages[i])
		all["as advocate "+pages[i]] = []byte(fmt.Sprint(got.header["Etag"], got.header["Cache-Control"], got.header["Content-Length"], got.header["Content-Disposition"], got.body))
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
		require.NoError(t, err)
		for _, address := range doc.Find("main [href]").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") }) {
			if strings.HasPrefix(address, "/summary/") && !slices.Contains(pages, address) {
				pages = append(pages, address)
			}
		}
	}
	return all
}

// DX-10, DX-11, DX-12, DX-13, DX-15: two releases that differ only in what they hide
// are the same bytes in every page, file and picture, and so are their tags and
// lengths. So no rate, order of rows, bar, axis, colour, hidden sheet or description
// is made of a hidden count. DX-16: nor is anything that would take longer.
func TestHidden_changesNoByte(t *testing.T) {
	t.Parallel()
	one, other, none := newHouse(t), newHouse(t), newHouse(t)
	address := page.EditionAddress(one.release(t, oneTwin))
	require.Equal(t, address, page.EditionAddress(other.release(t, otherTwin)), "also what a release is called")
	table := one.ask(t, http.MethodGet, address+"/summary.csv", "", nil).body
	for _, hidden := range []string{"reach,Of 100 people at risk,,,,masked", "kits_per_death,Kits for each death,,,,masked", "plain-north,Plain north,2025-Q1,January to March 2025,,,,masked",
		"2025-Q1,January to March 2025,community_outlet,Community outlet,,,,masked"} {
		require.Contains(t, table, hidden, "the rate, the order, the longest bar")
	}
	all := one.everything(t)
	same := other.everything(t)
	require.Equal(t, slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(same)))
	endings := map[string]int{}
	for name, body := range all {
		require.True(t, bytes.Equal(body, same[name]), name)
		endings[path.Ext(name)]++
	}
	for _, ending := range []string{".html", ".pdf", ".xlsx", ".zip", ".csv", ".json", ".svg", ".png"} {
		require.Positive(t, endings[ending], ending)
	}
	shown := page.EditionAddress(none.release(t, noTwin))
	require.NotEqual(t, address, shown)
	for _, name := range []string{"/summary.csv", "/months.svg", "/months.png"} {
		require.NotEqual(t, one.ask(t, http.MethodGet, address+name, "", nil).body, none.ask(t, http.MethodGet, shown+name, "", nil).body, "what is shown makes a difference: %s", name)
	}
}
