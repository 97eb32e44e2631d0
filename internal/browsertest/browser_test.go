package browsertest_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.With(m).Run()) }

// serve gives the address of a page under the content security policy of this
// program: no foreign script, no inline script or style, no eval.
func serve(t *testing.T, body string) string {
	t.Helper()
	mux := http.NewServeMux()
	send := func(w http.ResponseWriter, status int, page string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(page))
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { send(w, 200, page("Start", body)) })
	mux.HandleFunc("POST /{$}", func(w http.ResponseWriter, r *http.Request) {
		send(w, 422, page("Answer", `<h1>Answer</h1><p id="kits">`+r.FormValue("kits")+" "+r.FormValue("day")+" "+r.FormValue("channel")+" "+r.FormValue("training")+`</p>`))
	})
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		_, _ = w.Write([]byte(styles))
	})
	mux.HandleFunc("GET /script.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write([]byte(`document.body.dataset.script = "ran"`))
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func page(title, body string) string {
	return `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1">
<title>` + title + `</title><link rel="stylesheet" href="/style.css"><script src="/script.js" defer></script></head>
<body><main>` + body + `</main></body></html>`
}

const styles = `
body { background: #fff; color: #111; margin: 1rem; }
@media (prefers-color-scheme: dark) { body { background: #000; color: #eee; } }
@media print { .screen { display: none; } }
.pale { color: #ccc; background: #fff; }
.small { display: inline-block; width: 10px; height: 10px; overflow: hidden; }
.wide { width: 600px; }
.box { overflow-x: auto; }
.narrow { width: 40px; }
.cut { width: 40px; height: 1.2em; overflow: hidden; }
`

const form = `<h1>Give out</h1><form method="post" action="/">
<label>Kits <input name="kits" type="number"></label>
<label>Day <input name="day" type="date"></label>
<label>Channel <select name="channel"><option value="peer">Peer</option><option value="postal">Postal</option></select></label>
<label><input name="training" type="checkbox" value="yes"> Training</label>
<button>Save</button></form>`

func TestTab_fillsAndSendsAForm(t *testing.T) {
	t.Parallel()
	for name, scriptOff := range map[string]bool{"with script": false, "without script": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := browsertest.New(t)
			tab.DisableScript(scriptOff)
			require.Equal(t, http.StatusOK, tab.Goto(serve(t, form)))
			require.Equal(t, !scriptOff, tab.Exists("body[data-script=ran]"))

			tab.Fill("[name=kits]", "2")
			tab.Fill("[name=day]", "2026-03-01")
			tab.Fill("[name=channel]", "postal")
			tab.Fill("[name=training]", "true")
			require.Equal(t, "postal", tab.Value("[name=channel]"))
			require.Equal(t, http.StatusUnprocessableEntity, tab.Follow("button"))
			require.Equal(t, "2 2026-03-01 postal yes", tab.Text("#kits"))
			require.Empty(t, tab.Axe())
			require.Empty(t, tab.Complaints())
		})
	}
}

func TestTab_hasAProfileOfItsOwn(t *testing.T) {
	t.Parallel()
	address := serve(t, "<h1>Start</h1>")
	one, two := browsertest.New(t), browsertest.New(t)
	one.Goto(address)
	two.Goto(address)
	browsertest.Eval[string](one, `document.cookie = "mine=1"`)
	require.Equal(t, "mine=1", browsertest.Eval[string](one, `document.cookie`))
	require.Empty(t, browsertest.Eval[string](two, `document.cookie`))
}

// Each planted fault must be found, or Axe finds nothing anywhere.
func TestTab_AxeBites(t *testing.T) {
	t.Parallel()
	for rule, body := range map[string]string{
		"color-contrast": `<h1>Start</h1><p class="pale">Hardly there</p>`,
		"label":          `<h1>Start</h1><form><input name="kits"></form>`,
		"image-alt":      `<h1>Start</h1><img src="/favicon.ico">`,
		"target-size":    `<h1>Start</h1><p><a class="small" href="/1">a</a><a class="small" href="/2">b</a><a class="small" href="/3">c</a></p>`,
		"heading-order":  `<h1>Start</h1><h4>Deep</h4>`,
	} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			tab := browsertest.New(t)
			tab.Goto(serve(t, body))
			var broken []string
			for _, violation := range tab.Axe() {
				broken = append(broken, violation.ID)
				require.NotEmpty(t, violation.Nodes)
				require.Contains(t, violation.String(), violation.Nodes[0].HTML)
			}
			require.Contains(t, broken, rule)
		})
	}
}

func TestTab_Overflow(t *testing.T) {
	t.Parallel()
	tab := browsertest.New(t)
	tab.SetViewport(320, 640, true, true)
	tab.Goto(serve(t, `<h1>Start</h1><p class="wide" id="planted">too wide</p>`))
	require.Equal(t, []string{"p#planted.wide reaches to 616 of 320"}, tab.Overflow())
	tab.Goto(serve(t, `<h1>Start</h1><div class="box"><p class="wide">in a box that scrolls</p></div>`))
	require.Empty(t, tab.Overflow())
	tab.SetViewport(1280, 800, false, false)
	tab.Goto(serve(t, `<h1>Start</h1><p class="wide">fits</p>`))
	require.Empty(t, tab.Overflow())
}

// A word that is cut off is found, and so is one that runs out of its box; what
// scrolls, and what only some people are told, is not meant.
func TestTab_Clipped(t *testing.T) {
	t.Parallel()
	tab := browsertest.New(t)
	tab.Goto(serve(t, `<h1>Start</h1><p class="cut" id="planted">Unabridgeable</p><p class="narrow">Unabridgeable</p>
		<div class="narrow box"><span>Unabridgeable</span></div><p class="small box">Unabridgeable</p>`))
	require.Equal(t, []string{"p#planted.cut", "p.narrow"}, firstWords(tab.Clipped()))
	tab.Goto(serve(t, `<h1>Start</h1><p>Fits</p>`))
	require.Empty(t, tab.Clipped())
}

func firstWords(list []string) (first []string) {
	for _, x := range list {
		word, _, _ := strings.Cut(x, " ")
		first = append(first, word)
	}
	return first
}

// Whatever a page says is found, seen or not.
func TestTab_Texts(t *testing.T) {
	t.Parallel()
	tab := browsertest.New(t)
	tab.Goto(serve(t, `<h1>Start  here</h1><p hidden>Later</p><button aria-label="One more">+</button><svg><title>Drawn</title></svg>`))
	require.Equal(t, []string{"Start", "Start here", "Later", "One more", "+", "Drawn"}, tab.Texts())
}

// The page is asked for in the language that the browser is set to.
func TestTab_SetLanguage(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			asked <- r.Header.Get("Accept-Language")
		}
	}))
	t.Cleanup(server.Close)
	tab := browsertest.New(t)
	tab.SetLanguage("ar-XB")
	tab.Goto(server.URL + "/")
	require.Equal(t, "ar-XB", <-asked)
}

func TestTab_darkAndPrint(t *testing.T) {
	t.Parallel()
	tab := browsertest.New(t)
	tab.Goto(serve(t, `<h1>Start</h1><p class="screen">On screen only</p>`))
	background := func() string {
		return browsertest.Eval[string](tab, `getComputedStyle(document.body).backgroundColor`)
	}
	shown := func() bool {
		return browsertest.Eval[bool](tab, `document.querySelector(".screen").checkVisibility()`)
	}
	require.Equal(t, "rgb(255, 255, 255)", background())
	require.True(t, shown())
	tab.SetDark(true)
	tab.SetPrint(true)
	require.Equal(t, "rgb(0, 0, 0)", background())
	require.False(t, shown())
	tab.SetDark(false)
	tab.SetPrint(false)
	require.Equal(t, "rgb(255, 255, 255)", background())
	require.True(t, shown())
}

func TestTab_Complaints(t *testing.T) {
	t.Parallel()
	tab := browsertest.New(t)
	tab.Goto(serve(t, `<h1>Start</h1><p style="color: red">styled in place</p>`))
	require.Eventually(t, func() bool { return len(tab.Complaints()) > 0 }, 10*time.Second, 10*time.Millisecond)
	require.Contains(t, tab.Complaints()[0], "Content Security Policy")
}

func TestTab_Screenshot(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("THN_SCREENSHOTS", folder)
	tab := browsertest.New(t)
	tab.Goto(serve(t, form))
	tab.Screenshot("give-out")
	picture, err := os.ReadFile(filepath.Join(folder, "give-out.png"))
	require.NoError(t, err)
	require.Equal(t, "image/png", http.DetectContentType(picture))
}
