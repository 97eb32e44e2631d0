package phonetest

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/faultproxy"
	"thntracker/internal/thn"
)

// waitsAlone leaves one record waiting on a phone that has no network and no page
// of the app open, and that was asked to come back when there is one.
func waitsAlone(t *testing.T, w *world) *browsertest.Tab {
	t.Helper()
	tab := browsertest.NewPhone(t).Tab()
	w.signIn(tab, thn.RoleWorker)
	keptWhole(t, tab)
	w.ready(tab)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	firstKit(tab)
	eventually(t, func() bool {
		return browsertest.Eval[bool](tab, `navigator.serviceWorker.ready.then((r) => r.sync.getTags()).then((tags) => tags.includes("send"))`)
	}, "the browser is asked to come back")
	tab.Goto(w.proxy.URL() + "/nothing")
	return tab
}

// UX-17: the worker sends what waits whenever it is started, with no page open.
func TestWorkerSendsWhenStarted(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := waitsAlone(t, w)
	tab.StopWorkers()
	w.proxy.Break(nil)
	time.Sleep(time.Second)
	require.Equal(t, "waiting", queue(t, tab)[0].State, "nobody sends")
	tab.StartWorker(w.proxy.URL() + "/app/")
	w.once(settled(t, tab, 1))
}

// UX-17: where the browser has background sync, the worker sends when the browser
// says that there is a network.
func TestWorkerSendsInTheBackground(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := waitsAlone(t, w)
	tab.StopWorkers()
	tab.StartWorker(w.proxy.URL() + "/app/") // and what it sends at its start is lost
	quiet(t, w)
	w.proxy.Break(nil)
	time.Sleep(time.Second)
	require.Equal(t, "waiting", queue(t, tab)[0].State, "nobody sends")
	tab.NetworkBack(w.proxy.URL()+"/app/", "send")
	w.once(settled(t, tab, 1))
}

// UX-29: where there are no locks, a lease keeps it to one sender.
func TestTwoTabs_withoutLocks(t *testing.T) {
	t.Parallel()
	w := open(t)
	one := browsertest.Touch(t)
	lacking := func(tab *browsertest.Tab) {
		tab.Goto(w.proxy.URL() + "/sign-in")
		tab.Lacking("navigator", "locks")
		tab.Lacking("ServiceWorkerRegistration.prototype", "sync") // nor has such a browser this
	}
	lacking(one)
	w.signIn(one, thn.RoleWorker)
	two := one.Another()
	lacking(two)
	w.ready(two)
	require.True(t, browsertest.Eval[bool](two, `navigator.locks === undefined`))
	var sending, most atomic.Int32
	w.proxy.Break(faultproxy.OnPath(syncPath, func(trip *faultproxy.Trip) {
		if now := sending.Add(1); now > most.Load() {
			most.Store(now)
		}
		faultproxy.Delay(100 * time.Millisecond)(trip)
		sending.Add(-1)
	}))
	firstKit(one)
	firstKit(two)
	const each = 50
	for range 5 {
		saveMany(t, one, each/5)
		saveMany(t, two, each/5)
		sendNow(one)
		sendNow(two)
	}
	w.once(settled(t, one, 2*each+2))
	require.EqualValues(t, 1, most.Load(), "senders at once")
	browsertest.Figure("UX-29", "senders at once in a browser without locks", most.Load(), "1")
}
