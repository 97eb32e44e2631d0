package phonetest

import (
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/faultproxy"
	"thntracker/internal/thn"
)

// next is a release in which one style changed.
func next(t *testing.T, w *world) {
	t.Helper()
	w.release(with(t, "\n.next-release { color: inherit; }\n", "static/css/app.css"))
}

// wide is that release with changes in the script and in the page of each
// language as well.
func wide(t *testing.T, w *world) {
	t.Helper()
	files := with(t, "\n.next-release { color: inherit; }\n", "static/css/app.css", "static/css/phone.css")
	for name, change := range map[string][2]string{
		"static/js/phone.js":        {"", "/* next */\n"},
		"templates/page/phone.html": {`<div id="cover"`, `<div id="cover" data-release="next"`},
	} {
		body, err := fs.ReadFile(files, name)
		require.NoError(t, err)
		files.over[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(body), change[0], change[1], 1))}
	}
	w.release(files)
}

// isNext tells whether the page on the screen is of that release.
func isNext(tab *browsertest.Tab) bool {
	return browsertest.Eval[bool](tab, `[...document.styleSheets].some((sheet) => [...sheet.cssRules].some((rule) => rule.selectorText === ".next-release"))`)
}

// update asks for a newer release and gives what came of it. The browser looks by
// itself after each page, and lets who asks share in a look that began before.
func update(tab *browsertest.Tab) string {
	return browsertest.Eval[string](tab, `navigator.serviceWorker.getRegistration().then(async (r) => {
		const look = () => r.update().then(() => true, (error) => { failed = error; return false; });
		let failed;
		if (!await look() && !await look()) return String(failed);
		const worker = r.installing;
		if (!worker) return r.waiting ? "installed" : "nothing new";
		return new Promise((done) => { worker.onstatechange = () => { if (worker.state !== "installing") done(worker.state); }; });
	})`)
}

// UX-34, F-34: a release that does not arrive whole is not taken, whichever part
// is missing or other than it should be; the old one goes on without signal.
func TestUpdateAllOrNothing(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	keptWhole(t, tab)
	w.ready(tab)
	wide(t, w)
	w.proxy.Forget()
	require.Equal(t, "installed", update(tab), "whole, it arrives")
	var parts []string
	for _, x := range w.proxy.Log() {
		if x.Method == http.MethodGet && x.Path != "/app/worker.js" {
			parts = append(parts, x.Path)
		}
	}
	require.Len(t, parts, 6)

	w2 := open(t)
	other := phone(w2)
	keptWhole(t, other)
	w2.ready(other)
	w2.proxy.Break(without(parts[:1], 0))
	wide(t, w2)
	for k := range parts {
		// The browser looks by itself as well: between one part and the next both are
		// missing, so that at no moment a whole release can be had.
		for _, lost := range [][]string{parts[max(0, k-1) : k+1], parts[k : k+1]} {
			w2.proxy.Break(without(lost, k))
			require.Contains(t, []string{"redundant", "nothing new"}, update(other), lost)
		}
	}
	w2.proxy.Stop()
	w2.ready(other)
	require.False(t, isNext(other), "the old release goes on without signal")
	require.Len(t, other.CacheNames(), 1)
	browsertest.Figure("UX-34", fmt.Sprintf("half releases taken, with each of %d files missing or changed", len(parts)), 0, "0")
}

// without says of some parts of a release that they are missing or, in turns,
// gives them other than they should be.
func without(parts []string, k int) func(*http.Request) faultproxy.Fault {
	fault := faultproxy.Say(faultproxy.Page(http.StatusNotFound, "Not found"))
	if k%2 == 1 {
		fault = faultproxy.Rewrite(func(r *faultproxy.Reply) { r.Status, r.Body = http.StatusOK, append(r.Body, ' '); r.Header.Del("Etag") })
	}
	return func(r *http.Request) faultproxy.Fault {
		if slices.Contains(parts, r.URL.Path) {
			return fault
		}
		return nil
	}
}

// UX-32, UX-35: a new release leaves a half-filled form alone, takes over at
// the next start, and lets the old one go only once it has drawn.
func TestUpdateBetweenForms(t *testing.T) {
	t.Parallel()
	w := open(t)
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	w.signIn(tab, thn.RoleWorker)
	keptWhole(t, tab)
	w.ready(tab)
	quiet(t, w)
	answerFirstKit(tab)
	next(t, w)
	w.proxy.Forget()
	require.Equal(t, "installed", update(tab))
	quiet(t, w)
	_, down := w.proxy.Bytes()
	var fetched []string
	for _, x := range w.proxy.Log() {
		if x.Status == http.StatusOK && x.Path != "/app/worker.js" {
			fetched = append(fetched, x.Path)
		}
	}
	require.Equal(t, []string{"/app/app.css"}, fetched, "only what changed")
	browsertest.Figure("UX-32", "a release with another style sheet", kilobytes(down), "≤ 40 KB")
	require.LessOrEqual(t, down, int64(40_000))

	tab.Wait("#update button")
	tab.Tap("#update button")
	time.Sleep(500 * time.Millisecond)
	require.False(t, isNext(tab), "not under a form that is half filled")
	require.Equal(t, string(thn.RecipientAtRisk), browsertest.Eval[string](tab, `document.querySelector("#screen form").elements.recipient.value`))
	require.Len(t, tab.CacheNames(), 2, "the old release is kept until the new one has drawn")
	tab.Tap(save)
	tab.Wait(saved)
	w.once(settled(t, tab, 1))
	phone.Close()

	phone.Start()
	tab = phone.Tab()
	shown(t, tab)
	w.ready(tab)
	eventually(t, func() bool { return len(tab.CacheNames()) == 1 }, "the old release is let go of")
	w.proxy.Stop()
	w.ready(tab)
	require.True(t, isNext(tab), "and the new one works without signal")
	require.Len(t, queue(t, tab), 1)
}

// UX-34, UX-35: a release that waits stays whole while the old one is opened
// and draws again, so that it opens without signal when its turn comes.
func TestUpdateWaits(t *testing.T) {
	t.Parallel()
	w := open(t)
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	w.signIn(tab, thn.RoleWorker)
	keptWhole(t, tab)
	w.ready(tab)
	next(t, w)
	require.Equal(t, "installed", update(tab))
	for range 2 {
		w.ready(tab)
		require.False(t, isNext(tab), "the old one has not left yet")
		quiet(t, w)
	}
	w.proxy.Stop()
	phone.Close()
	phone.Start()
	tab = phone.Tab()
	shown(t, tab)
	w.ready(tab)
	require.True(t, isNext(tab))
	eventually(t, func() bool { return len(tab.CacheNames()) == 1 }, "the old release is let go of")
}

// UX-35: a worker that takes a page over after it has drawn, as at the first
// start of a slow phone, is told so as well.
func TestUpdateTakesOverLate(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := browsertest.Touch(t)
	tab.Goto(w.proxy.URL() + "/sign-in")
	browsertest.Eval[bool](tab, `caches.open("shell-older").then(() => true)`)
	w.proxy.Break(faultproxy.OnPath("/app/worker.js", faultproxy.Delay(2*time.Second)))
	w.signIn(tab, thn.RoleWorker)
	require.True(t, browsertest.Eval[bool](tab, `navigator.serviceWorker.controller === null`))
	keptWhole(t, tab)
	eventually(t, func() bool { return len(tab.CacheNames()) == 1 }, "the old release is let go of")
	require.NotContains(t, tab.CacheNames(), "shell-older")
}

// UX-37: the screen can be taken back; the queue is left alone and is sent.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	keptWhole(t, tab)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	firstKit(tab)
	saveMany(t, tab, 2)
	w.cfg.Online = true
	w.release(nil)
	w.ready(tab)
	eventually(t, func() bool {
		return browsertest.Eval[bool](tab, `Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(([r, c]) => r.length + c.length === 0)`)
	}, "the worker and what it kept are gone")
	require.Len(t, queue(t, tab), 3)
	w.proxy.Break(nil)
	sendNow(tab)
	w.once(settled(t, tab, 3))
}

// UX-38, UX-42: nothing behind the sign-in is kept, and nothing empties the
// phone.
// DX-15: no page with figures is among what is kept.
func TestKeepsTheShellOnly(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	keptWhole(t, tab)
	w.ready(tab)
	firstKit(tab)
	settled(t, tab, 1)
	for _, page := range []string{"/today", "/give-out", "/stock", "/more"} {
		tab.Goto(w.proxy.URL() + page)
	}
	w.ready(tab)
	for name, addresses := range tab.Caches() {
		require.True(t, strings.HasPrefix(name, "shell-"), name)
		for _, address := range addresses {
			short := strings.TrimPrefix(address, w.proxy.URL())
			require.True(t, strings.HasPrefix(short, "/app/"), short)
		}
	}
	workers := 0
	for _, x := range w.proxy.Log() {
		require.NotContains(t, x.Header.Get("Clear-Site-Data"), "storage", x.Path)
		require.NotContains(t, x.Header.Get("Clear-Site-Data"), "*", x.Path)
		if x.Path == "/app/worker.js" && x.Status == http.StatusOK {
			workers++
			require.Contains(t, x.Header.Get("Cache-Control"), "no-cache")
		}
		if strings.HasPrefix(x.Path, "/api/") {
			require.Contains(t, x.Header.Get("Cache-Control"), "no-store", x.Path)
		}
	}
	require.Positive(t, workers)
}

// UX-39: an old tab does not keep a newer shape of the queue waiting.
func TestOldTabLetsGo(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	firstKit(tab)
	newer := tab.Another()
	newer.Goto(w.proxy.URL() + "/nothing")
	require.Equal(t, "open", browsertest.Eval[string](newer, `new Promise((done) => {
		const opening = indexedDB.open("notes", 1000);
		opening.onsuccess = () => { opening.result.close(); done("open"); };
		opening.onerror = () => done(opening.error.name);
		setTimeout(() => done("kept waiting"), 10000);
	})`))
}
