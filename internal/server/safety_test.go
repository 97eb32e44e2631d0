package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/server"
)

// DX-15.
func TestHeaders_onEveryRoute(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie := h.signIn(t, "canary-administrator")
	for _, r := range server.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, c := range []string{"", cookie} {
			got := h.ask(t, http.MethodGet, h.homes["one"].address(r), c, nil)
			require.Contains(t, got.header.Get("Content-Security-Policy"), "script-src 'self';", r.Path)
			require.NotContains(t, got.header.Get("Content-Security-Policy"), "unsafe", r.Path)
			require.Contains(t, got.header.Get("Strict-Transport-Security"), "max-age=31536000", r.Path)
			require.Equal(t, "nosniff", got.header.Get("X-Content-Type-Options"), r.Path)
			require.Equal(t, "same-origin", got.header.Get("Referrer-Policy"), r.Path)
			require.NotEmpty(t, got.header.Get("Permissions-Policy"), r.Path)
			require.Empty(t, got.header.Get("Server"), r.Path)
			kept := "no-store"
			if slices.Contains([]string{"/public", "/public/definitions", "/public/calendar"}, r.Path) {
				kept = "public, max-age=300" // nobody is signed in there, and no cookie is set
				require.Empty(t, got.header.Get("Set-Cookie"))
			}
			require.Equal(t, kept, got.header.Get("Cache-Control"), r.Path)
			require.NotContains(t, got.body, " style=", r.Path+": inline style")
			require.NotContains(t, got.body, " onclick=", r.Path)
		}
	}
}

func TestCrossSite_isRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie := h.signIn(t, "canary-manager")
	for _, r := range server.Routes() {
		if r.Method != http.MethodPost {
			continue
		}
		for name, header := range map[string][2]string{"cross-site": {"Sec-Fetch-Site", "cross-site"}, "sibling": {"Sec-Fetch-Site", "same-site"}, "old browser": {"Origin", "https://elsewhere.example"}, "null": {"Origin", "null"}} {
			got := h.ask(t, http.MethodPost, h.homes["one"].address(r), cookie, url.Values{}, func(req *http.Request) { req.Header.Set(header[0], header[1]) })
			require.Equal(t, http.StatusForbidden, got.status, r.Path+" "+name)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie := h.signIn(t, "canary-worker")
	require.Equal(t, http.StatusMethodNotAllowed, h.ask(t, http.MethodDelete, "/give-out", cookie, nil).status)
	require.NotEmpty(t, h.ask(t, http.MethodPut, "/distributions", cookie, nil).header.Get("Allow"))
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/debug/pprof/", cookie, nil).status)
	big := url.Values{"kits": {strings.Repeat("1", 100<<10)}}
	require.Equal(t, http.StatusRequestEntityTooLarge, h.ask(t, http.MethodPost, "/distributions", cookie, big).status)
	asText := func(req *http.Request) { req.Header.Set("Content-Type", "text/plain") }
	require.Equal(t, http.StatusUnsupportedMediaType, h.ask(t, http.MethodPost, "/api/v1/sync", cookie, url.Values{}, asText).status)
	for path, want := range map[string]string{"//evil.example": "/", "/\\evil.example": "/", "https://evil.example": "/", "/coverage": "/coverage"} {
		got := h.ask(t, http.MethodPost, "/preferences", "", url.Values{"language": {"fr"}, "theme": {""}, "back": {path}})
		require.Equal(t, want, got.header.Get("Location"), path)
	}
}

// TestPanic_saysANumberAndNothingElse: a handler that breaks gives the person a
// number that is in the log, and the log neither cookie nor header.
// DX-21.
func TestPanic_saysANumberAndNothingElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie := h.signIn(t, "canary-worker")
	broken := h.Deps
	broken.Directory = nil
	srv := httptest.NewServer(server.New(broken))
	defer srv.Close()
	h.url = srv.URL
	got := h.ask(t, http.MethodGet, "/give-out", cookie, nil)
	require.Equal(t, http.StatusInternalServerError, got.status)
	id := got.body[strings.LastIndex(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(got.body), ".")), " ")+1:]
	id = strings.TrimSuffix(strings.TrimSpace(id), ".")
	require.Contains(t, h.log.String(), id)
	require.NotContains(t, h.log.String(), strings.TrimPrefix(cookie, "__Host-thn="))
	require.NotContains(t, h.log.String(), "Cookie:")
}

func TestSignIn_throttlesByAccountWhateverTheAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	status := 0
	for i := range 8 {
		got := h.ask(t, http.MethodPost, "/sign-in", "", url.Values{"handle": {"canary-worker"}, "password": {"wrong wrong wrong"}}, func(req *http.Request) {
			req.Header.Set("X-Forwarded-For", "203.0.113."+string(rune('0'+i)))
		})
		status = got.status
	}
	require.Equal(t, http.StatusTooManyRequests, status)
	unknown := h.ask(t, http.MethodPost, "/sign-in", "", url.Values{"handle": {"nobody-here"}, "password": {"wrong wrong wrong"}})
	known := h.ask(t, http.MethodPost, "/sign-in", "", url.Values{"handle": {"plain-worker"}, "password": {"wrong wrong wrong"}})
	require.Equal(t, unknown.status, known.status)
	require.Equal(t, strings.ReplaceAll(unknown.body, "nobody-here", "x"), strings.ReplaceAll(known.body, "plain-worker", "x"), "nobody learns which names exist")
}
