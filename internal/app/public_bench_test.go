package app_test

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/store/storetest"
)

// BenchmarkPublicPage sets a public release, 13 KB as it travels, beside two static
// files from the same server, of 19 and 6 KB: the goal is 0.8 of their rate.
func BenchmarkPublicPage(b *testing.B) {
	for engine, database := range map[string]func(*testing.B) string{
		"postgres": func(b *testing.B) string { return storetest.PostgresURL(b) },
		"sqlite":   func(b *testing.B) string { return "sqlite:" + filepath.Join(b.TempDir(), "bench.db") },
	} {
		b.Run(engine, func(b *testing.B) {
			a, address := open(b, database(b))
			v := visitor{address: address, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}}
			first := func(path, selector, attribute string) string {
				d, err := goquery.NewDocumentFromReader(strings.NewReader(string(v.do(b, http.MethodGet, path, nil))))
				require.NoError(b, err)
				return d.Find(selector).AttrOr(attribute, "")
			}
			release := first("/public/xd", "tbody th a", "href")
			script, err := a.Deps.Assets.URL("js/phone.js")
			require.NoError(b, err)
			style, err := a.Deps.Assets.URL("css/app.css")
			require.NoError(b, err)
			ask := func(path string) func() {
				return func() {
					req, err := http.NewRequest(http.MethodGet, address+path, nil)
					require.NoError(b, err)
					req.Header.Set("Accept-Encoding", "gzip")
					res, err := v.client.Do(req)
					require.NoError(b, err)
					_, err = io.Copy(io.Discard, res.Body)
					require.NoError(b, err)
					require.NoError(b, res.Body.Close())
					require.Equal(b, http.StatusOK, res.StatusCode)
				}
			}
			var page, larger, smaller float64
			for range 2 { // in turns: the machine drifts
				page, larger, smaller = page+rate(ask(release))/2, larger+rate(ask(script))/2, smaller+rate(ask(style))/2
			}
			b.ReportMetric(page, "pages/s")
			b.ReportMetric(page/larger, "of-static")
			b.ReportMetric(page/smaller, "of-half-its-size")
			b.ReportMetric(0, "ns/op")
		})
	}
}
