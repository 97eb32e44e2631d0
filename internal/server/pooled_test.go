package server_test

import (
	"archive/zip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// unzipped is a file with the texts of its parts after it, if it has parts.
func unzipped(t *testing.T, body string) string {
	t.Helper()
	if !strings.HasPrefix(body, "PK") {
		return body
	}
	archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	for _, f := range archive.File {
		part, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(part)
		require.NoError(t, err)
		body += f.Name + unzipped(t, string(text))
	}
	return body
}

// DX-20: what the one worker of a site gave out leaves the programme as a count of
// the site's area. (Of an area with one site that is the same number: it has no name
// on it, and is hidden when it is small.) PV-29: nobody's name and no site's goes
// with it. PV-26: a release says by which rule counts were hidden, how many, and
// what becomes of late records.
func TestRelease_poolsSites(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := h.homes["two"]
	worker, err := h.Store.Account(t.Context(), "plain-worker")
	require.NoError(t, err)
	for range 3 {
		d := m.distribution(thn.NewID())
		d.Day = thn.MustDate(2025, 2, 3)
		d.Lines = []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 17, Kits: 17}}
		out, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: m.programme.ID, By: worker.ID, Record: d}})
		require.NoError(t, err)
		require.Equal(t, thn.Stored, out[0])
	}
	manager := h.signIn(t, "plain-manager")
	got := h.ask(t, http.MethodPost, "/editions", manager, url.Values{"period": {half.Param()}, "for": {"public"}, "kind": {"final"}, "alone": {"yes"}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{}).status)
	e, err := h.Store.Edition(t.Context(), m.programme.ID, 2)
	require.NoError(t, err)
	address := page.EditionAddress(e)
	for _, file := range []string{"", "/summary.csv", "/summary.json", "/summary.xlsx", "/summary.zip", "/summary.bib", "/months.svg"} {
		got := h.ask(t, http.MethodGet, address+file, "", nil)
		require.Equal(t, http.StatusOK, got.status, file)
		text := unzipped(t, got.body)
		for _, name := range []string{"Plain site", string(m.site), "plain-worker", string(worker.ID), "plain-manager", "Plain-1"} {
			require.False(t, strings.Contains(text, name), "%s stands in %s", name, file)
		}
	}
	require.Contains(t, h.ask(t, http.MethodGet, address+"/summary.csv", "", nil).body, "plain-region,Plain region,2025-Q1,January to March 2025,51,")
	require.Contains(t, h.ask(t, http.MethodGet, "/figures/kits?by=site&period="+half.Param(), manager, nil).body, "Plain site", "its own programme sees the site")
	text := h.ask(t, http.MethodGet, address, "", nil).body
	for _, rule := range []string{"Counts from 1 up to but not including 10 are not shown", "counts are hidden (", "Late records do not change a release"} {
		require.Contains(t, text, rule)
	}
}
