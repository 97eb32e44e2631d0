package server_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// TestPhone_shellIsTheSameForEverybody: a phone keeps it, so nothing of a session,
// a programme or a day may be in it.
func TestPhone_shellIsTheSameForEverybody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{"/app/en", "/app/fr", "/app/es", "/app/worker.js", "/app/en.notes.webmanifest", "/app/away/en"} {
		stranger := h.ask(t, http.MethodGet, path, "", nil)
		require.Equal(t, http.StatusOK, stranger.status, path)
		require.Equal(t, "no-cache", stranger.header.Get("Cache-Control"), path)
		worker := h.ask(t, http.MethodGet, path, h.cookie(t, "plain-"+string(thn.RoleWorker)), nil)
		require.Equal(t, stranger.body, worker.body, path)
		require.Empty(t, worker.header.Get("Set-Cookie"), path)
	}
	shell := h.ask(t, http.MethodGet, "/app/en", "", nil).body
	require.NotRegexp(t, `(?i)<script(?:[^>]*)>[^<]`, shell, "no script stands in the shell itself")
	require.NotContains(t, shell, " style=")
}

// TestPhone_releaseIsWholeAndHashed: what the worker is told to keep is what the
// server serves, byte for byte.
func TestPhone_releaseIsWholeAndHashed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	worker := h.ask(t, http.MethodGet, "/app/worker.js", "", nil).body
	told, _, found := strings.Cut(strings.TrimPrefix(worker, "const release="), ";\n")
	require.True(t, found)
	var release struct {
		Version string
		Files   []struct{ URL, Integrity string }
	}
	require.NoError(t, json.Unmarshal([]byte(told), &release))
	require.Greater(t, len(release.Files), 10)
	kept := map[string]bool{}
	for _, f := range release.Files {
		got := h.ask(t, http.MethodGet, f.URL, "", nil)
		require.Equal(t, http.StatusOK, got.status, f.URL)
		sum := sha256.Sum256([]byte(got.body))
		require.Equal(t, f.Integrity, "sha256-"+base64.StdEncoding.EncodeToString(sum[:]), f.URL)
		kept[f.URL] = true
	}
	shell := h.ask(t, http.MethodGet, "/app/fr", "", nil).body
	needs := regexp.MustCompile(`(?:href|src)="(/static/[^"]+|/app/[^"]+\.[^"]+)"`).FindAllStringSubmatch(shell, -1)
	require.Greater(t, len(needs), 5)
	for _, m := range needs {
		require.True(t, kept[m[1]], "the shell needs %s, which the worker does not keep", m[1])
	}
}

// TestPhone_isNotSentAgain: what a phone has already, it is told so.
func TestPhone_isNotSentAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{"/app/en", "/app/worker.js", "/app/app.css", "/app/phone.js"} {
		first := h.ask(t, http.MethodGet, path, "", nil)
		tag := first.header.Get("ETag")
		require.NotEmpty(t, tag, path)
		for had, status := range map[string]int{tag: http.StatusNotModified, `W/"other", ` + tag: http.StatusNotModified, `W/"other"`: http.StatusOK} {
			got := h.ask(t, http.MethodGet, path, "", nil, func(r *http.Request) { r.Header.Set("If-None-Match", had) })
			require.Equal(t, status, got.status, path)
			require.Equal(t, status == http.StatusOK, got.body != "", path)
		}
	}
}

// TestPhone_staysNeutral: what a phone shows of it among its other apps, and what
// it hides behind, tells nothing.
func TestPhone_staysNeutral(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	telling := regexp.MustCompile(`(?i)naloxon|overdos|drug|drog|thn|kit|sobredosis|surdose`)
	for _, path := range []string{"/app/en.notes.webmanifest", "/app/fr.diary.webmanifest", "/app/es.lists.webmanifest"} {
		require.NotRegexp(t, telling, h.ask(t, http.MethodGet, path, "", nil).body, path)
	}
	for _, path := range []string{"/app/away/en", "/app/away/fr", "/app/away/es", "/app/en", "/app/fr", "/app/es"} {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(h.ask(t, http.MethodGet, path, "", nil).body))
		require.NoError(t, err)
		require.NotRegexp(t, telling, doc.Find("title").Text(), path)
		if strings.Contains(path, "away") {
			require.NotRegexp(t, telling, doc.Find("body").Text(), path)
		}
	}
}

// TestPhone_face: an administrator chooses the name, the next outfit carries it,
// and there is a manifest for it in every language.
func TestPhone_face(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie := h.cookie(t, "plain-"+string(thn.RoleManager))
	for _, bad := range []string{"", "naloxone"} {
		got := h.ask(t, http.MethodPost, "/phones/face", cookie, url.Values{"face": {bad}})
		require.Equal(t, http.StatusUnprocessableEntity, got.status, bad)
	}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/phones/face", cookie, url.Values{"face": {"lists"}}).status)
	got := h.ask(t, http.MethodGet, "/phones/face", cookie, nil)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
	require.NoError(t, err)
	require.Equal(t, "lists", doc.Find("input[name=face][checked]").AttrOr("value", ""))
	for _, code := range lang.Codes {
		for _, face := range thn.Faces {
			require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, "/app/"+code+"."+string(face)+".webmanifest", "", nil).status)
		}
	}
}
