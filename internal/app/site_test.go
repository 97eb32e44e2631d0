package app_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/release"
	"thntracker/internal/server"
	"thntracker/internal/site"
	"thntracker/internal/thn"
)

// oneCountry is the shelf with one country on it: drawing the pictures of all of
// them three times over takes a minute.
type oneCountry struct{ server.Shelf }

// Public lists the releases of the fictional country.
func (s oneCountry) Public(ctx context.Context, country string) ([]thn.Edition, error) {
	if country != "" && country != "XD" {
		return nil, nil
	}
	return s.Shelf.Public(ctx, "XD")
}

// Announced lists what was announced of the fictional country.
func (s oneCountry) Announced(ctx context.Context, _ string) ([]thn.Announcement, error) {
	return s.Shelf.Announced(ctx, "XD")
}

// withhold adds a release that is only closed, one whose hour has not come and one
// that stays in the programme, and gives their hashes.
func withhold(t *testing.T, a *app.App) (hashes []string) {
	t.Helper()
	ctx := t.Context()
	programme, err := app.Programme(ctx, a.Store, "XD", "")
	require.NoError(t, err)
	for i, o := range []release.Order{{Audience: thn.ForPublic, Period: thn.Quarter(2026, 1)}, {Audience: thn.ForPublic, Period: thn.Quarter(2026, 2)}, {Audience: thn.ForProgramme, Period: thn.Quarter(2026, 3)}} {
		o.Programme, o.Alone, o.AsAt = programme, true, clock()
		e, err := a.Deps.Releases.Close(ctx, o)
		require.NoError(t, err)
		hashes = append(hashes, e.Hash)
		if i > 0 {
			require.NoError(t, a.Deps.Releases.Publish(ctx, programme.ID, "", e.Number, map[int]time.Time{1: clock().Truncate(time.Hour).AddDate(0, 0, 1)}[i]))
		}
	}
	return hashes
}

// TestSite_isThePagesAsServed writes the public pages down, serves the folder from
// under a path, and goes to every link, there and on the disk.
func TestSite_isThePagesAsServed(t *testing.T) {
	t.Parallel()
	address, a := demonstrate(t)
	hidden := withhold(t, a)
	a.Deps.Shelf = oneCountry{a.Deps.Shelf}
	folder := filepath.Join(t.TempDir(), "out")
	still := server.Still(a.Deps, address)
	files, err := site.Read(t.Context(), still)
	require.NoError(t, err)
	require.NoError(t, site.Write(files, folder))
	again, err := site.Read(t.Context(), still)
	require.NoError(t, err)
	require.Equal(t, files, again)

	host := httptest.NewServer(http.StripPrefix("/any/path", http.FileServer(http.Dir(folder))))
	t.Cleanup(host.Close)
	pages := 0
	for name, body := range files {
		for _, hash := range hidden {
			require.NotContains(t, string(body), hash, name)
			require.NotContains(t, name, hash[:8])
		}
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		pages++
		served := servedText(t, address, name)
		require.Equal(t, served, mainText(t, bytes.NewReader(body)), "%s says what the served page says", name)
		linksHold(t, host.URL+"/any/path/"+name, filepath.Join(folder, name), body)
	}
	require.Equal(t, 1+3*6, pages, "index; in three languages: countries, calendar, definitions, a country, a period and its release")
}

// servedText is what the running server says where a file of the folder is from.
func servedText(t *testing.T, address, name string) string {
	t.Helper()
	path, code := "/"+strings.TrimSuffix(strings.TrimSuffix(name, "index.html"), "/"), "en"
	for _, other := range []string{"fr", "es"} {
		if rest, is := strings.CutPrefix(path, "/"+other); is {
			path, code = rest, other
		}
	}
	if path == "/" {
		path = "/public"
	}
	res, err := http.Get(address + path)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	res, err = http.Get(address + res.Request.URL.Path + "?lang=" + code) // the way to the newest forgets what follows
	require.NoError(t, err)
	defer res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode, path)
	return mainText(t, res.Body)
}

// mainText is what a page of one country says, but for what only a server offers:
// the other countries, finding one by name, and its own address of a picture.
func mainText(t *testing.T, page io.Reader) string {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(page)
	require.NoError(t, err)
	d.Find("form, .embed code").Remove()
	d.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.Contains(s.Find("a").AttrOr("href", ""), "gb")
	}).Remove()
	return strings.Join(strings.Fields(d.Find("main").Text()), " ")
}

// linksHold goes to what a page links: over HTTP, and as a file without a server.
func linksHold(t *testing.T, at, file string, body []byte) {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	require.NoError(t, err)
	require.Zero(t, d.Find("form, script[src]").Length(), file)
	base, err := url.Parse(at)
	require.NoError(t, err)
	d.Find("[href], [src]").Each(func(_ int, s *goquery.Selection) {
		link := s.AttrOr("href", s.AttrOr("src", ""))
		u, err := url.Parse(link)
		require.NoError(t, err)
		if u.Host != "" {
			return
		}
		require.False(t, strings.HasPrefix(link, "/"), "%s: %s", file, link)
		require.Empty(t, u.RawQuery, "%s: %s", file, link)
		if u.Path == "" {
			require.Equal(t, 1, d.Find("#"+u.Fragment).Length(), "%s: %s", file, link)
			return
		}
		require.FileExists(t, filepath.Join(filepath.Dir(file), u.Path), "%s: %s", file, link)
		res, err := http.Head(base.ResolveReference(u).String())
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusOK, res.StatusCode, "%s: %s", file, link)
		if u.Fragment != "" {
			there, err := os.ReadFile(filepath.Join(filepath.Dir(file), u.Path))
			require.NoError(t, err)
			require.Contains(t, string(there), `id="`+u.Fragment+`"`, "%s: %s", file, link)
		}
	})
}
