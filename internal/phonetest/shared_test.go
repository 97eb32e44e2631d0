package phonetest

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/faultproxy"
	"thntracker/internal/thn"
)

// rescueFile is what the phone would save or share.
func rescueFile(t *testing.T, tab *browsertest.Tab) string {
	t.Helper()
	show(t, tab, "phone")
	browsertest.Eval[bool](tab, `(globalThis.shared = null, navigator.canShare = undefined, URL.createObjectURL = (file) => { file.text().then((text) => { shared = text; }); return "data:,"; }, true)`)
	tab.Tap("#share")
	eventually(t, func() bool { return browsertest.Eval[bool](tab, `shared !== null`) }, "the file is made")
	return browsertest.Eval[string](tab, `shared`)
}

// upload puts a text as a file into an input.
func upload(tab *browsertest.Tab, selector, text string) {
	browsertest.Eval[bool](tab, fmt.Sprintf(`(() => {
		const box = new DataTransfer();
		box.items.add(new File([%q], "notes.json", {type: "application/json"}));
		const input = document.querySelector(%q);
		input.files = box.files;
		input.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`, text, selector))
}

// UX-25: what waits leaves as a file, and comes in by a colleague's phone and
// by the office, each twice, once in all.
func TestRescueFile(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	firstKit(tab)
	saveMany(t, tab, 4)
	records := queue(t, tab)
	text := rescueFile(t, tab)
	require.Contains(t, text, `"proto":"thn-outbox/1"`)
	for _, x := range records {
		require.Contains(t, text, x.ID)
	}
	tab.WipeStorage()
	w.proxy.Break(nil)

	colleague := browsertest.Touch(t)
	colleague.Goto(w.proxy.URL() + "/app/") // nobody is signed in here
	colleague.Wait("#screen h1")
	show(t, colleague, "phone")
	for range 2 {
		upload(colleague, "#take-in", text)
		eventually(t, func() bool { return colleague.Text("#taken") != "" }, "it says so")
		settled(t, colleague, 5)
		w.once(records)
	}
	office := browsertest.New(t)
	w.signInSite(office, thn.RoleManager)
	for range 2 {
		office.Goto(w.proxy.URL() + "/rescue")
		upload(office, "input[type=file]", text)
		require.Equal(t, http.StatusOK, office.Follow("main form button.go"))
		w.once(records)
	}
}

// signInSite signs in where there is no phone's screen.
func (w *world) signInSite(tab *browsertest.Tab, role thn.Role) {
	w.t.Helper()
	tab.Goto(w.proxy.URL() + "/sign-in")
	tab.Fill("#handle", string(role))
	tab.Fill("#password", "demo-lantern-"+string(role))
	tab.Follow("main button.go")
}

// UX-24, F-33: a phone that was wiped while records waited says what was lost.
func TestEmptyPhone(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	firstKit(tab)
	saveMany(t, tab, 4)
	tab.SetClock(2 * time.Hour) // so that the phone tells the server what it holds
	w.ready(tab)
	eventually(t, func() bool { return w.query(`SELECT max(waiting) FROM submission_grants`)[0] == "5" }, "the server is told")
	tab.WipeStorage()
	w.ready(tab)
	tab.Wait("#say .problems")
	require.Contains(t, tab.Text("#say .problems"), "5 records")
	require.True(t, tab.Exists(`#say .problems a[href="#several"]`), "and how to enter a tally")
	tab.Screenshot("phone-lost")
}

// UX-41: signing out works without signal, and the next person's sign-in
// delivers the first one's records under the first one's name.
func TestSignOut(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Stop()
	firstKit(tab)
	saveMany(t, tab, 2)
	show(t, tab, "phone")
	tab.Tap("#leave")
	eventually(t, func() bool { return strings.Contains(tab.Text("#out-words"), "3") }, "it says how many will be sent")
	require.Len(t, queue(t, tab), 3)
	kept := strings.Join(tab.Kept()["notes/kept"], "")
	for _, word := range []string{`"outfit"`, `"draft"`, "worker"} {
		require.NotContains(t, kept, word, "what is one person's is gone")
	}
	show(t, tab, "give_out")
	require.False(t, tab.Exists(form), "nobody can record as somebody who has left")

	w.proxy.Start()
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop)) // until somebody else is in
	tab.Goto(w.proxy.URL() + "/app/")
	eventually(t, func() bool { return !strings.Contains(strings.Join(tab.Kept()["notes/kept"], ""), "leaving") }, "the browser is signed out as soon as there is signal")
	w.signInAs(tab, "manager", "demo-lantern-manager")
	w.proxy.Break(nil)
	sendNow(tab)
	records := settled(t, tab, 3)
	w.once(records)
	require.Equal(t, []string{"worker"}, w.query(`SELECT DISTINCT a.handle FROM records r JOIN accounts a ON a.id = r.account_id WHERE r.id IN ('`+records[0].ID+`', '`+records[1].ID+`', '`+records[2].ID+`')`))
}

// UX-43, F-37: a sign-in that is over keeps nobody from saving, and what was
// saved arrives.
func TestSessionOver(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.query(`DELETE FROM sessions`)
	tab.SetClock(2 * time.Hour)
	w.ready(tab)
	firstKit(tab)
	saveMany(t, tab, 4)
	w.once(settled(t, tab, 5))
}

// UX-44, F-37: a phone that was reported lost delivers into the manager's hands.
func TestRevoked(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Stop()
	firstKit(tab)
	saveMany(t, tab, 1)
	w.proxy.Start()
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	administrator := browsertest.New(t)
	w.signInSite(administrator, thn.RoleAdministrator)
	administrator.Goto(w.proxy.URL() + "/phones")
	administrator.Follow(`a[href^="/phones/"][href$="/close"]`)
	administrator.Follow("main form button")
	w.proxy.Break(nil)
	sendNow(tab)
	records := settled(t, tab, 2)
	require.Equal(t, map[string]int{"look": 2}, states(records))
	require.Empty(t, w.fresh())
	require.Len(t, w.held(), 2)
}

// UX-45: one tap leaves to a page that says nothing; the queue stays.
func TestHide(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	keptWhole(t, tab)
	w.proxy.Stop()
	firstKit(tab)
	answerFirstKit(tab)
	for _, screen := range screens {
		show(t, tab, screen)
		require.True(t, browsertest.Eval[bool](tab, `document.getElementById("hide").checkVisibility()`), screen)
	}
	tab.Tap("#hide")
	eventually(t, func() bool { return strings.Contains(tab.URL(), "/app/away/") }, "away")
	said := strings.ToLower(browsertest.Eval[string](tab, `document.title + " " + document.documentElement.outerHTML.replace(/href="[^"]*"/g, "")`))
	require.Empty(t, sensitive.FindString(said))
	require.Len(t, queue(t, tab), 1)
	require.NotContains(t, strings.Join(tab.Kept()["notes/kept"], ""), `"draft"`)
	browsertest.Eval[bool](tab, `(setTimeout(() => history.back(), 50), true)`)
	time.Sleep(time.Second)
	require.False(t, tab.Exists("#screen input:checked[name=recipient]"), "nor does the way back show it")
}

// sensitive are words that would say what the app is for.
var sensitive = regexp.MustCompile(`naloxone|nyxoid|thn|overdose|drug|kit\b|opioid|harm reduction`)

// UX-45: the name and the icon on the phone tell nothing.
func TestManifestIsNeutral(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := browsertest.Touch(t)
	for _, code := range []string{"en", "fr", "es"} {
		tab.Goto(w.proxy.URL() + "/app/" + code)
		tab.Wait("#screen h1")
		manifest := browsertest.Eval[string](tab, `fetch(document.querySelector("link[rel=manifest]").href).then((r) => r.text())`)
		require.Contains(t, manifest, `"short_name"`)
		require.Empty(t, sensitive.FindString(strings.ToLower(manifest)), code)
		require.Empty(t, sensitive.FindString(strings.ToLower(browsertest.Eval[string](tab, `fetch(document.querySelector("link[rel=icon]").href).then((r) => r.text())`))))
	}
}

// UX-16, F-32: a phone that cannot write says so, keeps the answers, and saves
// them once it can.
func TestNotSaved(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"QuotaExceededError", "UnknownError", "InvalidStateError"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			tab := phone(w)
			answerFirstKit(tab)
			time.Sleep(200 * time.Millisecond) // the draft is written
			browsertest.Eval[bool](tab, fmt.Sprintf(`(globalThis.whole = IDBObjectStore.prototype.add, IDBObjectStore.prototype.add = function () { throw new DOMException("broken", %q); }, true)`, name))
			notSavedThenSaved(t, w, tab, func() { browsertest.Eval[bool](tab, `(IDBObjectStore.prototype.add = whole, true)`) })
		})
	}
	t.Run("a full phone", func(t *testing.T) {
		t.Parallel()
		w := open(t)
		phone := browsertest.NewPhone(t)
		tab := phone.Tab()
		w.signIn(tab, thn.RoleWorker)
		keptWhole(t, tab)
		phone.Close() // Chromium remembers how much room there was
		phone.Start()
		tab = phone.Tab()
		tab.Goto(w.proxy.URL() + "/nothing")
		tab.Quota(1)
		w.ready(tab)
		eventually(t, func() bool { return full(tab) }, "the phone is full")
		answerFirstKit(tab)
		notSavedThenSaved(t, w, tab, tab.NoQuota)
	})
	t.Run("the connection is lost", func(t *testing.T) {
		t.Parallel()
		w := open(t)
		tab := phone(w)
		answerFirstKit(tab)
		time.Sleep(200 * time.Millisecond)
		browsertest.Eval[bool](tab, `(() => {
			const whole = IDBDatabase.prototype.transaction;
			let broken = 1;
			IDBDatabase.prototype.transaction = function (...given) {
				if (broken-- > 0) throw new DOMException("Connection to Indexed Database server lost. Refresh the page to try again", "UnknownError");
				return whole.apply(this, given);
			};
			return true;
		})()`)
		tab.Tap(save)
		tab.Wait(saved)
		w.once(settled(t, tab, 1))
	})
}

// full tells whether the browser refuses to keep anything more: it goes by how much
// room there was a while ago, and on a slow machine that while is longer.
func full(tab *browsertest.Tab) bool {
	return browsertest.Eval[bool](tab, `new Promise((done) => {
		const asked = indexedDB.open("trial");
		asked.onupgradeneeded = () => asked.result.createObjectStore("t");
		asked.onerror = () => done(true);
		asked.onsuccess = () => {
			const end = (refused) => { asked.result.close(); done(refused); };
			try {
				const tx = asked.result.transaction("t", "readwrite");
				tx.objectStore("t").put("x".repeat(1e6), 1);
				tx.oncomplete = () => end(false);
				tx.onabort = () => end(true);
			} catch { end(false); }
		};
	})`)
}

func notSavedThenSaved(t *testing.T, w *world, tab *browsertest.Tab, repair func()) {
	t.Helper()
	tab.Tap(save)
	tab.Wait(notSaved)
	require.False(t, tab.Exists(said), "never a sign of success")
	require.Contains(t, tab.Text("#say .problems"), "Not saved")
	require.Contains(t, tab.Text("#say .answers"), "Person at risk", "to write down")
	require.Equal(t, string(thn.RecipientAtRisk), browsertest.Eval[string](tab, `document.querySelector("#screen form").elements.recipient.value`), "the answers stay")
	require.Empty(t, queue(t, tab))
	tab.Screenshot("phone-not-saved")
	repair()
	tab.Tap(notSaved)
	tab.Wait(saved)
	w.once(settled(t, tab, 1))
}
