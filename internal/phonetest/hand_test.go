package phonetest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/demo"
	"thntracker/internal/thn"
)

// What the screen is touched at, and what it shows.
const (
	form     = "#screen form"
	save     = "#screen form .thumb button.go"
	again    = "#screen .again-button"
	said     = "#say .saved"
	saved    = "body:not(:has(form[data-busy])) " + said // and the next form is there
	notSaved = "#say .problems .retry"
)

// patience bounds every wait for a phone or a server.
const patience = 60 * time.Second

// signIn signs in with an account of the demonstration, and waits until the
// phone has what it needs to record.
func (w *world) signIn(tab *browsertest.Tab, role thn.Role) {
	w.t.Helper()
	for _, s := range demo.SignIns() {
		if s.Role == role {
			w.signInAs(tab, s.Handle, s.Password)
			return
		}
	}
	w.t.Fatalf("no account for %s", role)
}

func (w *world) signInAs(tab *browsertest.Tab, handle, password string) {
	w.t.Helper()
	shown(w.t, tab)
	tab.Goto(w.proxy.URL() + "/sign-in?to=/app/")
	tab.Fill("#handle", handle)
	tab.Fill("#password", password)
	tab.Follow("main button.go")
	tab.Wait(form)
}

// phone gives a worker's phone, signed in and ready, in the shared browser.
func phone(w *world) *browsertest.Tab {
	w.t.Helper()
	tab := browsertest.Touch(w.t)
	w.signIn(tab, thn.RoleWorker)
	tab.Taps()
	return tab
}

// choose taps the option of a question, as a person taps its words.
func choose(tab *browsertest.Tab, question, value string) {
	tab.Tap(fmt.Sprintf("%s label:has(input[name=%q][value=%q])", form, question, value))
}

// firstKit records one first kit for a person at risk, and waits until the
// phone says that it is saved.
func firstKit(tab *browsertest.Tab) {
	answerFirstKit(tab)
	tab.Tap(save)
	tab.Wait(saved)
}

func answerFirstKit(tab *browsertest.Tab) {
	choose(tab, "recipient", string(thn.RecipientAtRisk))
	choose(tab, "supply", string(thn.SupplyFirst))
}

// queued is a record as the phone keeps it.
type queued struct {
	ID     string `json:"id"`
	KID    string `json:"kid"`
	Sealed string `json:"sealed"`
	Day    string `json:"day"`
	State  string `json:"state"`
}

// queue is what the phone keeps of its records, in the order saved.
func queue(t *testing.T, tab *browsertest.Tab) []queued {
	t.Helper()
	var all []queued
	for _, text := range tab.Kept()["notes/queue"] {
		var row struct{ Value queued }
		require.NoError(t, json.Unmarshal([]byte(text), &row))
		all = append(all, row.Value)
	}
	return all
}

// states counts a queue by state.
func states(all []queued) map[string]int {
	n := map[string]int{}
	for _, x := range all {
		n[x.State]++
	}
	return n
}

// settled waits until the phone has saved so many records and none of them
// waits, and gives them.
func settled(t *testing.T, tab *browsertest.Tab, records int) []queued {
	t.Helper()
	var all []queued
	defer func() {
		if t.Failed() {
			t.Logf("%v of %d", states(all), records)
		}
	}()
	eventually(t, func() bool {
		all = queue(t, tab)
		n := states(all)
		return len(all) == records && n["waiting"]+n["retry"] == 0
	}, "the queue drains")
	return all
}

// verdict is what became of the records that phones saved.
type verdict struct{ lost, doubled, foreign int }

// judge compares what phones saved with what the server has.
func (w *world) judge(records []queued) (v verdict) {
	w.t.Helper()
	got := w.fresh()
	for _, x := range records {
		switch got[x.ID] {
		case 0:
			v.lost++
		case 1:
		default:
			v.doubled++
		}
		delete(got, x.ID)
	}
	v.foreign = len(got)
	return v
}

// once asserts that the server has each of the records exactly once, and no
// other.
func (w *world) once(records []queued) {
	w.t.Helper()
	require.Equal(w.t, verdict{}, w.judge(records))
}

// waits is how many records the badge says are waiting.
func waits(tab *browsertest.Tab) string {
	return browsertest.Eval[string](tab, `document.getElementById("badge")?.dataset.waits ?? ""`)
}

// eventually waits until something is so. It asks in the test's own goroutine,
// as a tab wants it.
func eventually(t *testing.T, is func() bool, what string) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it never came about that " + what)
		}
	}
}

// sendNow sends by hand.
func sendNow(tab *browsertest.Tab) {
	browsertest.Eval[bool](tab, `document.dispatchEvent(new CustomEvent("send"))`)
}

// savedAgain waits until the phone has so many records and says so.
func savedAgain(t *testing.T, tab *browsertest.Tab, records int) {
	t.Helper()
	eventually(t, func() bool { return len(queue(t, tab)) == records }, "it is kept")
	tab.Wait(saved)
}

// shown is what stands on the screen, for a failure's log.
func shown(t *testing.T, tab *browsertest.Tab) {
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("%s %q %.300q", tab.URL(), browsertest.Eval[[]string](tab, standing), tab.Complaints())
		}
	})
}

// standing is what the page says, and which releases and workers there are.
const standing = `(async () => {
	const r = await navigator.serviceWorker?.getRegistration();
	const workers = [navigator.serviceWorker?.controller, r?.active, r?.waiting, r?.installing].map((worker) => worker?.state ?? "none");
	return ["say", "why"].map((id) => document.getElementById(id)?.innerText ?? "").concat(workers, await caches.keys());
})()`
