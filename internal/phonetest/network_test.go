package phonetest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/faultproxy"
)

// offers counts the exchanges that the proxy has seen.
func (w *world) offers() int {
	n := 0
	for _, x := range w.proxy.Log() {
		if x.Path == syncPath {
			n++
		}
	}
	return n
}

// why is what the phone says of its last try to send: what somebody can do
// something about on every screen, the rest on its own.
func why(tab *browsertest.Tab) string {
	return browsertest.Eval[string](tab, `["why", "why-here"].map((id) => document.getElementById(id)?.textContent ?? "").join(" ")`)
}

// UX-17, UX-18: what makes the phone try, and that it believes no hint.
func TestTries(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	tries := func(what string, do func()) {
		quiet(t, w)
		before := w.offers()
		do()
		eventually(t, func() bool { return w.offers() > before }, "it tries after "+what)
	}
	tries("saving", func() { firstKit(tab) })
	tries("the online event", func() { browsertest.Eval[bool](tab, `dispatchEvent(new Event("online"))`) })
	tries("coming to the foreground", func() { browsertest.Eval[bool](tab, `document.dispatchEvent(new Event("visibilitychange"))`) })
	tries("opening the screen", func() { w.ready(tab) })
	tries("by hand, though the browser says that there is no network", func() {
		browsertest.Eval[bool](tab, `Object.defineProperty(navigator, "onLine", {get: () => false}), location.hash = "#phone", true`)
		tab.Tap("#send-now")
	})
	w.proxy.Break(nil)
	tab.Tap("#send-now")
	w.once(settled(t, tab, 1))
}

// UX-17: pauses between tries grow from two seconds to five minutes, never all
// phones at once; a tap begins anew.
func TestPauses(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := browsertest.Touch(t)
	tab.Goto(w.proxy.URL() + "/sign-in")
	tab.HurryTimers(400)
	w.signIn(tab, "worker")
	w.proxy.Stop()
	firstKit(tab)
	pauses := func() []time.Duration {
		var waits []time.Duration
		for _, d := range tab.Waited() {
			if d != 25*time.Second && d != 10*time.Minute { // an exchange's patience, a draft's life
				waits = append(waits, d)
			}
		}
		return waits
	}
	// The ten seconds of the undo button stand among them and are let pass.
	eventually(t, func() bool { return len(pauses()) > 10 }, "ten pauses")
	for i, want := 0, 2*time.Second; i < 9; i, want = i+1, min(2*want, 5*time.Minute) {
		require.True(t, contains(pauses(), want*3/4, want*5/4), "pause %d is about %s: %v", i+1, want, pauses())
	}
	before := len(pauses())
	sendNow(tab)
	eventually(t, func() bool {
		return len(pauses()) > before && contains(pauses()[before:], 1500*time.Millisecond, 2500*time.Millisecond)
	}, "a tap begins anew")
}

func contains(all []time.Duration, least, most time.Duration) bool {
	for _, d := range all {
		if d >= least && d <= most {
			return true
		}
	}
	return false
}

// UX-19, F-09, F-39: what a network says in the server's place changes nothing
// in the queue, and is named where it can be.
func TestPortals(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	firstKit(tab)
	before := queue(t, tab)
	show(t, tab, "phone")
	const portal, silent, trouble = "log-in page", "No answer", "could not take"
	for _, is := range []struct {
		name  string
		fault faultproxy.Fault
		says  string
	}{
		{"200 with HTML", faultproxy.Say(faultproxy.Page(http.StatusOK, "Log in")), portal},
		{"302 to a page", faultproxy.Say(faultproxy.Redirect("/sign-in")), portal},
		{"302 to another host", faultproxy.Say(faultproxy.Redirect("http://wifi.invalid/")), portal},
		{"511", faultproxy.Say(faultproxy.Page(http.StatusNetworkAuthenticationRequired, "Log in")), portal},
		{"a certificate that is not ours", faultproxy.Garbage, silent},
		{"502 with HTML", faultproxy.Say(faultproxy.Page(http.StatusBadGateway, "Bad gateway")), trouble},
		{"somebody else's JSON", faultproxy.Say(faultproxy.Reply{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"results":[]}`)}), portal},
		{"another protocol", twist(func(a *answer) { a.Proto = "thn-sync/9" }), portal},
	} {
		w.proxy.Break(faultproxy.OnPath(syncPath, is.fault))
		sendNow(tab)
		eventually(t, func() bool { return strings.Contains(why(tab), is.says) }, is.name)
		require.Equal(t, before, queue(t, tab), is.name)
	}
	w.proxy.Break(nil)
	sendNow(tab)
	w.once(settled(t, tab, 1))
}

// UX-20, F-06, F-07: the server has it and the phone does not know.
func TestReplyLost(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]faultproxy.Fault{"lost": faultproxy.LoseReply, "cut": faultproxy.CutReply} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			tab := phone(w)
			w.proxy.Break(faultproxy.OnPath(syncPath, fault))
			firstKit(tab)
			eventually(t, func() bool { return len(w.fresh()) == 1 }, "the server has it")
			quiet(t, w)
			require.Equal(t, "waiting", queue(t, tab)[0].State, "and the phone keeps it")
			w.proxy.Break(nil)
			sendNow(tab)
			w.once(settled(t, tab, 1))
		})
	}
}

// UX-21, F-38: one of thirty cannot be read. It waits for the manager; the rest
// are in, and none later.
func TestPoison(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Stop()
	firstKit(tab)
	saveMany(t, tab, 29)
	browsertest.Eval[bool](tab, `new Promise((done) => {
		const opening = indexedDB.open("notes");
		opening.onsuccess = () => {
			const queue = opening.result.transaction("queue", "readwrite").objectStore("queue");
			queue.openCursor().onsuccess = (event) => {
				const row = event.target.result.value;
				row.sealed = row.sealed.map((b) => b ^ 1);
				queue.put(row).onsuccess = () => { opening.result.close(); done(true); };
			};
		};
	})`)
	tab.Goto("about:blank") // and with it what was being tried
	w.proxy.Start()
	w.proxy.Forget()
	w.ready(tab)
	records := settled(t, tab, 30)
	require.Equal(t, map[string]int{"received": 29, "look": 1}, states(records))
	require.Equal(t, "look", records[0].State)
	w.once(records[1:])
	require.Len(t, w.held(), 1)
	require.Equal(t, 1, w.offers(), "one exchange for all")
	browsertest.Figure("UX-21", "of 30 with one poisoned: received, held, exchanges", "29, 1, 1", "29, 1, –")
	browsertest.Eval[string](tab, `location.hash = "#phone"`)
	count := func(of string) string { return tab.Text("#states [data-count=" + of + "]") }
	eventually(t, func() bool { return count("look") != "" }, "the counts are drawn")
	require.Equal(t, "1", count("look"))
	require.Equal(t, "30", count("today"), "totals count receipts only")
}

// UX-29, F-36: two tabs send at once.
func TestTwoTabs(t *testing.T) {
	t.Parallel()
	each := scaled(25, 50)
	w := open(t)
	one := phone(w)
	two := one.Another()
	w.ready(two)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Delay(30*time.Millisecond)))
	firstKit(one)
	firstKit(two)
	for range 5 {
		saveMany(t, one, each/5)
		saveMany(t, two, each/5)
		sendNow(one)
		sendNow(two)
	}
	w.once(settled(t, one, 2*each/5*5+2))
	browsertest.Figure("UX-29", fmt.Sprintf("doubled of %d records saved in two tabs", 2*each+2), 0, "0")
}

// F-36: the phone goes to sleep in the middle of an exchange.
func TestAsleepWhileSending(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Break(faultproxy.First(syncPath, faultproxy.Delay(time.Second)))
	firstKit(tab)
	eventually(t, func() bool { return w.proxy.Busy() > 0 }, "it is being sent")
	tab.Freeze()
	time.Sleep(1500 * time.Millisecond)
	tab.Thaw()
	w.once(settled(t, tab, 1))
}

// F-39: a box on the way takes small bodies only.
func TestTooLargeForABox(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Break(func(r *http.Request) faultproxy.Fault {
		if r.URL.Path == syncPath && r.ContentLength > 8000 {
			return faultproxy.Say(faultproxy.Page(http.StatusRequestEntityTooLarge, "Too large"))
		}
		return nil
	})
	w.proxy.Stop()
	firstKit(tab)
	saveMany(t, tab, 29)
	w.proxy.Start()
	sendNow(tab)
	w.once(settled(t, tab, 30))
}

// UX-26, F-27: an older copy of the database is put back, and the server is told
// so as its README says. What it had confirmed since comes again, once.
func TestServerPutBack(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	firstKit(tab)
	settled(t, tab, 1)
	w.stop()
	backup := w.copy()
	w.start(1)
	saveMany(t, tab, 3)
	settled(t, tab, 4)
	require.Len(t, w.fresh(), 4)

	w.stop()
	w.putBack(backup)
	require.Contains(t, w.thn("restored"), "phones will offer again")
	w.start(1)
	require.Len(t, w.fresh(), 1)
	saveMany(t, tab, 1)
	eventually(t, func() bool { return len(w.fresh()) == 5 }, "they come again")
	w.once(settled(t, tab, 5))
	browsertest.Figure("UX-26", "records of 3 that came again after a restore", 3, "3, once each")
}
