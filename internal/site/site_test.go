package site_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/site"
)

// small is a site of one country, its newest release a redirect away.
func small(countries string) http.Handler {
	mux := http.NewServeMux()
	page := func(path, body string) {
		mux.HandleFunc("GET "+path+"/{$}", http.NotFound)
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		})
	}
	page("/public", countries)
	page("/public/xd", `<a href="/public">All</a> <A class=x href="/public/xd/2025/1-ab">2025</a>`)
	page("/public/xd/2025/1-ab", `<link href="/static/a.css"><p title='/public'>a &lt; b</p><a href="#main">x</a><a href="https://who.int/">W</a><img src="/public/xd/2025/1-ab/months.png">`)
	mux.Handle("GET /public/xd/2025", http.RedirectHandler("/public/xd/2025/1-ab", http.StatusFound))
	mux.HandleFunc("GET /static/a.css", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/css") })
	mux.HandleFunc("GET /public/xd/2025/1-ab/months.png", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") })
	return mux
}

func TestRead_followsAndRelinks(t *testing.T) {
	t.Parallel()
	files, err := site.Read(t.Context(), small(`<a href="/public/xd">XD</a>`))
	require.NoError(t, err)
	require.Len(t, files, 7)
	require.Equal(t, `<a href="public/xd/index.html">XD</a>`, string(files["index.html"]))
	require.Equal(t, `<a href="xd/index.html">XD</a>`, string(files["public/index.html"]))
	require.Equal(t, `<link href="../../../../static/a.css"><p title='/public'>a &lt; b</p><a href="#main">x</a><a href="https://who.int/">W</a><img src="months.png">`,
		string(files["public/xd/2025/1-ab/index.html"]), "nothing changes but where links lead")
	require.Contains(t, string(files["public/xd/2025/index.html"]), `src="1-ab/months.png"`, "the newest release stands where the server leads to it")
}

func TestRead_refusesWhatAFolderCannotHold(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"a dead link": `<a href="/public/zz">`, "a question to a server": `<a href="/public/xd?lang=fr">`} {
		_, err := site.Read(t.Context(), small(body))
		require.Error(t, err, name)
	}
}

func TestWrite_wholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "out")
	first := map[string][]byte{"index.html": []byte("one"), "public/xd/index.html": []byte("two")}
	require.NoError(t, site.Write(first, folder))
	require.NoError(t, site.Write(map[string][]byte{"index.html": []byte("three")}, folder), "its own folder is replaced")
	require.NoFileExists(t, filepath.Join(folder, "public/xd/index.html"))

	theirs := filepath.Join(folder, "CNAME")
	require.NoError(t, os.WriteFile(theirs, []byte("example.org"), 0o600))
	require.ErrorContains(t, site.Write(first, folder), "CNAME", "nobody else's file is lost")
	require.FileExists(t, theirs)
	require.NoError(t, os.Remove(theirs))

	require.Error(t, site.Write(map[string][]byte{"a": nil, "a/b": nil}, folder), "what cannot be written")
	body, err := os.ReadFile(filepath.Join(folder, "index.html"))
	require.NoError(t, err)
	require.Equal(t, "three", string(body))
	beside, err := os.ReadDir(filepath.Dir(folder))
	require.NoError(t, err)
	require.Len(t, beside, 1, "nothing half-made is left")
}
