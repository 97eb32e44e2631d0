package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
)

// Every indicator is defined at an address of its own, and its figure leads there.
func TestDefinitions_everyIndicatorHasItsEntry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	page, err := goquery.NewDocumentFromReader(strings.NewReader(h.ask(t, http.MethodGet, "/definitions", manager, nil).body))
	require.NoError(t, err)
	for _, i := range report.Indicators {
		entry := page.Find("section.entry#" + i.Key)
		require.Equal(t, 1, entry.Length(), i.Key)
		require.Equal(t, 1, page.Find(`.contents a[href="#`+i.Key+`"]`).Length(), i.Key)
		terms := entry.Find("dt").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
		for _, want := range []string{"Counts", "Formula", "Easily misread", "Source", "Version"} {
			require.Contains(t, terms, want, i.Key)
		}
		require.Equal(t, len(i.Denominators) > 0, strings.Contains(strings.Join(terms, "|"), "Set against"), i.Key)
		if i.Source.URL != "" {
			require.Equal(t, i.Source.URL, entry.Find("dd a").First().AttrOr("href", ""), i.Key)
		}
		require.NotContains(t, entry.Text(), "⟦", i.Key)
	}
	figure, err := goquery.NewDocumentFromReader(strings.NewReader(h.ask(t, http.MethodGet, "/figures/reach", manager, nil).body))
	require.NoError(t, err)
	require.Equal(t, 1, figure.Find(`details.definition a[href="/definitions#reach"]`).Length())
}
