package browsertest_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
)

// put keeps values in IndexedDB, durably.
func put(t *testing.T, tab *browsertest.Tab, values string) string {
	t.Helper()
	return putWith(t, tab, values, "strict")
}

func putWith(t *testing.T, tab *browsertest.Tab, values, durability string) string {
	t.Helper()
	return browsertest.Eval[string](tab, fmt.Sprintf(`new Promise((answer) => {
		const opening = indexedDB.open("test", 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore("kept", {autoIncrement: true});
		opening.onerror = () => answer(opening.error.name);
		opening.onsuccess = () => {
			const writing = opening.result.transaction("kept", "readwrite", {durability: %q});
			for (const value of %s) writing.objectStore("kept").put(value);
			writing.onabort = () => { opening.result.close(); answer(writing.error.name); };
			writing.oncomplete = () => { opening.result.close(); answer("kept"); };
		};
	})`, durability, values))
}

func TestPhone_killedKeepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	address := serve(t, `<h1>Start</h1><button id="go">Go</button><p id="said" hidden>Said</p>`)
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	tab.Goto(address)
	require.Equal(t, "kept", put(t, tab, `["one", new Uint8Array([1, 2])]`))
	browsertest.Eval[bool](tab, `document.querySelector("#go").onclick = () => { document.querySelector("#said").hidden = false; }, true`)
	phone.KillWhen(tab, "#said", "#go")

	phone.Start()
	tab = phone.Tab()
	tab.Goto(address)
	require.False(t, tab.Exists("#said:not([hidden])"))
	require.Equal(t, map[string][]string{"test/kept": {`{"key":1,"value":"one"}`, `{"key":2,"value":"AQI="}`}}, tab.Kept())

	phone.Close()
	phone.Start()
	tab = phone.Tab()
	tab.Goto(address)
	require.Len(t, tab.Kept()["test/kept"], 2)
	tab.WipeStorage()
	tab.Goto(address)
	require.Empty(t, tab.Kept())
}

func TestPhone_Synced(t *testing.T) {
	t.Parallel()
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	tab.Goto(serve(t, `<h1>Start</h1>`))
	put(t, tab, `["made the database"]`)
	require.Zero(t, phone.Synced(tab, func() { putWith(t, tab, `["a"]`, "relaxed") }))
	require.Equal(t, 1, phone.Synced(tab, func() { putWith(t, tab, `["b"]`, "strict") }))
}

func TestPhone_Holds(t *testing.T) {
	t.Parallel()
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	address := serve(t, `<h1>Start</h1>`)
	tab.Goto(address)
	// Words of one and of two bytes a letter, alike enough for a table to pack
	// them, and more bytes than Chromium leaves in a journal.
	require.Equal(t, "kept", put(t, tab, `Array.from({length: 1000}, (_, i) => ({plain: "Lanternfish " + i, accent: "pérou" + i, wide: "Łódź" + i}))`))
	words := []string{"Lanternfish 999", "Lanternfish 1", "pérou998", "Łódź997"}
	for _, state := range []string{"in a journal", "in a table"} {
		phone.Kill()
		for _, word := range words {
			require.NotEmpty(t, phone.Holds(word), "%s %s", word, state)
		}
		require.Empty(t, phone.Holds("Flying fish"), state)
		phone.Start()
		tab = phone.Tab()
		tab.Goto(address)
		require.Equal(t, "kept", put(t, tab, `Array.from({length: 100}, (_, i) => new Uint8Array(60000).fill(i))`))
	}
}

func TestTab_touches(t *testing.T) {
	t.Parallel()
	tab := browsertest.Touch(t)
	tab.Goto(serve(t, form))
	tab.Fill("[name=kits]", "3")
	tab.Tap("label:has([name=training])")
	require.Equal(t, 1, tab.Taps())
	require.Zero(t, tab.Taps(), "counted once")
	tab.Tap("button")
	tab.Wait("#kits")
	require.Equal(t, "3 peer yes", tab.Text("#kits"))
	tab.Tap("h1")
	require.Equal(t, 2, tab.Taps(), "another page counts on")
}

func TestTab_SetClock(t *testing.T) {
	t.Parallel()
	tab := browsertest.Touch(t)
	address := serve(t, `<h1>Start</h1>`)
	tab.Goto(address)
	tab.SetClock(-48 * time.Hour)
	tab.HurryTimers(1000)
	for range 2 {
		require.InDelta(t, time.Now().Add(-48*time.Hour).UnixMilli(), browsertest.Eval[float64](tab, `new Date().getTime()`), 5000)
		require.InDelta(t, time.Now().Add(-48*time.Hour).UnixMilli(), browsertest.Eval[float64](tab, `Date.now()`), 5000)
		require.Equal(t, "2020-01-02T00:00:00.000Z", browsertest.Eval[string](tab, `new Date("2020-01-02").toISOString()`))
		require.True(t, browsertest.Eval[bool](tab, `new Promise((done) => setTimeout(() => done(new Date() instanceof Date), 30000))`))
		require.Equal(t, []time.Duration{30 * time.Second}, tab.Waited())
		tab.Goto(address)
	}
	tab.SetClock(time.Hour) // instead, not as well
	require.InDelta(t, time.Now().Add(time.Hour).UnixMilli(), browsertest.Eval[float64](tab, `Date.now()`), 5000)
}

func TestTab_SetZone(t *testing.T) {
	t.Parallel()
	tab := browsertest.Touch(t)
	address := serve(t, `<h1>Start</h1>`)
	tab.Goto(address)
	for _, zone := range []string{"Pacific/Honolulu", "Asia/Tokyo"} {
		tab.SetZone(zone)
		require.Equal(t, zone, browsertest.Eval[string](tab, `Intl.DateTimeFormat().resolvedOptions().timeZone`))
		tab.Goto(address)
		require.Equal(t, zone, browsertest.Eval[string](tab, `Intl.DateTimeFormat().resolvedOptions().timeZone`), "the next page is there as well")
	}
}

func TestTab_Lacking(t *testing.T) {
	t.Parallel()
	tab := browsertest.Touch(t)
	address := serve(t, `<h1>Start</h1>`)
	tab.Goto(address)
	require.False(t, browsertest.Eval[bool](tab, `navigator.storage === undefined`))
	tab.Lacking("navigator", "storage")
	for range 2 {
		require.True(t, browsertest.Eval[bool](tab, `navigator.storage === undefined`))
		tab.Goto(address)
	}
}

func TestTab_Quota(t *testing.T) {
	t.Parallel()
	tab := browsertest.Touch(t)
	tab.Goto(serve(t, `<h1>Start</h1>`))
	tab.Quota(1)
	require.Equal(t, "QuotaExceededError", put(t, tab, `[new Uint8Array(100000)]`))
	tab.NoQuota()
	require.Equal(t, "kept", put(t, tab, `[new Uint8Array(100000)]`))
}

func TestTab_Another(t *testing.T) {
	t.Parallel()
	address := serve(t, `<h1>Start</h1>`)
	one := browsertest.Touch(t)
	one.Goto(address)
	browsertest.Eval[string](one, `document.cookie = "mine=1"`)
	two := one.Another()
	two.Goto(address)
	require.Equal(t, "mine=1", browsertest.Eval[string](two, `document.cookie`))
	two.Tap("h1")
	require.Equal(t, 1, two.Taps())
	two.Shut()
	require.Equal(t, "mine=1", browsertest.Eval[string](one, `document.cookie`), "the profile goes on")
	one.Shut()
	three := browsertest.Touch(t)
	three.Goto(address)
	require.Empty(t, browsertest.Eval[string](three, `document.cookie`))
}

func TestTab_Caches(t *testing.T) {
	t.Parallel()
	tab := browsertest.Touch(t)
	address := serve(t, `<h1>Start</h1>`)
	require.Equal(t, http.StatusOK, tab.Goto(address))
	browsertest.Eval[bool](tab, `caches.open("shell").then((shell) => shell.put("/style.css", new Response("p {}"))).then(() => true)`)
	require.Equal(t, map[string][]string{"shell": {address + "style.css"}}, tab.Caches())
	require.Equal(t, []string{"shell"}, tab.CacheNames())
	tab.Wipe()
	require.Empty(t, tab.CacheNames())
}

// A page that sleeps does nothing; awake, it goes on.
func TestTab_Freeze(t *testing.T) {
	t.Parallel()
	tab := browsertest.Touch(t)
	tab.Goto(serve(t, `<h1>Start</h1>`))
	browsertest.Eval[bool](tab, `globalThis.ticks = 0, setInterval(() => ticks++, 5), true`)
	ticks := func() int { return browsertest.Eval[int](tab, `ticks`) }
	require.Eventually(t, func() bool { return ticks() > 0 }, 10*time.Second, time.Millisecond)
	tab.Freeze()
	before := ticks()
	time.Sleep(100 * time.Millisecond)
	require.Equal(t, before, ticks())
	tab.Thaw()
	require.Eventually(t, func() bool { return ticks() > before }, 10*time.Second, time.Millisecond)
}
