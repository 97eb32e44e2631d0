package phonetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/thn"
)

// ready opens the phone's screen as its icon does, and waits for a form.
func (w *world) ready(tab *browsertest.Tab) {
	tab.Goto(w.proxy.URL() + "/app/")
	tab.Wait(form)
}

// keptWhole waits until the worker has a whole release for the time without
// signal.
func keptWhole(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	eventually(t, func() bool {
		return browsertest.Eval[bool](tab, `navigator.serviceWorker.getRegistration().then((r) => Boolean(r?.active))`)
	}, "the worker is there")
}

// UX-15, F-31: a record that the screen calls saved is there after the browser
// is killed in that very moment. There is no server: each start is a cold one
// without signal, so the shell is shown to come from the phone as well.
func TestKilledAtSaved(t *testing.T) {
	t.Parallel()
	kills := scaled(8, 200)
	w := open(t)
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	w.signIn(tab, thn.RoleWorker)
	keptWhole(t, tab)
	phone.Close()
	w.proxy.Stop()
	for i := range kills {
		phone.Start()
		tab = phone.Tab()
		w.ready(tab)
		require.Len(t, queue(t, tab), i, "after %d kills", i)
		answerFirstKit(tab)
		phone.KillWhen(tab, said, save)
	}
	phone.Start()
	tab = phone.Tab()
	w.ready(tab)
	lost := kills - len(queue(t, tab))
	browsertest.Figure("UX-15", fmt.Sprintf("lost of %d kills at “saved”", kills), lost, "0")
	require.Zero(t, lost)
	w.proxy.Start()
	sendNow(tab)
	w.once(settled(t, tab, kills))
}

// UX-05, UX-15: “saved” waits for the disk. See broken_test.go for the build
// that does not.
func TestSavedIsOnTheDisk(t *testing.T) {
	t.Parallel()
	w := open(t)
	require.Positive(t, syncsOfOneSave(t, w))
}

// syncsOfOneSave is how often the phone waited for its disk while it saved.
func syncsOfOneSave(t *testing.T, w *world) int {
	t.Helper()
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	w.signIn(tab, thn.RoleWorker)
	w.proxy.Stop()
	answerFirstKit(tab)
	return phone.Synced(tab, func() {
		tab.Tap(save)
		tab.Wait(saved)
	})
}

// UX-10, UX-15: killed after the record is on the disk and before the screen
// says so, the phone has the record or the half-filled form, and not both: whoever
// saves the form then would record the same person twice.
func TestKilledBeforeSaved(t *testing.T) {
	t.Parallel()
	w := open(t)
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	w.signIn(tab, thn.RoleWorker)
	keptWhole(t, tab)
	w.proxy.Stop()
	answerFirstKit(tab)
	eventually(t, func() bool { return strings.Contains(strings.Join(tab.Kept()["notes/kept"], ""), `"draft"`) }, "the draft is kept")
	browsertest.Eval[bool](tab, `(() => {
		const whole = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (names, mode, ...given) {
			const tx = whole.call(this, names, mode, ...given);
			if (mode === "readwrite" && [names].flat().includes("queue")) tx.addEventListener("complete", () => { document.documentElement.dataset.kept = "yes"; });
			return tx;
		};
		return true;
	})()`)
	phone.KillWhen(tab, "html[data-kept]", save)
	phone.Start()
	tab = phone.Tab()
	w.ready(tab)
	require.Len(t, queue(t, tab), 1)
	require.Empty(t, browsertest.Eval[string](tab, `document.querySelector("#screen form").elements.recipient.value`))
}
