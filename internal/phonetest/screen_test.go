package phonetest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/faultproxy"
	"thntracker/internal/lang"
)

// screens are all that the phone can show.
var screens = []string{"give_out", "several", "used", "count", "training", "more", "phone"}

// show draws a screen, and waits until it is there.
func show(t *testing.T, tab *browsertest.Tab, screen string) {
	t.Helper()
	browsertest.Eval[bool](tab, fmt.Sprintf(`new Promise((done) => {
		if (location.hash === "#%[1]s") return done(true);
		document.addEventListener("ready", () => done(true), {once: true});
		location.hash = "#%[1]s";
	})`, screen))
	tab.Wait("#screen h1")
}

// targets lists what is too small or too near to be touched. Of what saves a
// record, everything less than 48 pixels, less than 8 from the next, or above
// the lower 60 of 100 of the screen.
const targets = `(() => {
	const wrong = [];
	const primary = [...document.querySelectorAll("#screen .thumb button")].filter((b) => b.checkVisibility());
	for (const b of primary) {
		const box = b.getBoundingClientRect(), name = b.innerText.trim().split("\n")[0];
		if (box.width < 48 || box.height < 48) wrong.push(name + " is " + Math.round(box.width) + " by " + Math.round(box.height));
		if (box.top < innerHeight * 0.4 || box.bottom > innerHeight) wrong.push(name + " is at " + Math.round(box.top) + "–" + Math.round(box.bottom) + " of " + innerHeight);
		for (const o of primary) {
			const other = o.getBoundingClientRect();
			const gap = Math.max(other.left - box.right, box.left - other.right, other.top - box.bottom, box.top - other.bottom);
			if (o !== b && gap < 8) wrong.push(name + " is " + Math.round(gap) + " from the next");
		}
	}
	return wrong;
})()`

// UX-11, and the pictures: every screen at three widths, in three languages,
// light, dark and from right to left.
func TestScreens(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	firstKit(tab)
	checked := 0
	for _, code := range lang.Codes {
		tab.Goto(w.proxy.URL() + "/app/" + code)
		tab.Wait(form)
		for _, screen := range screens {
			for _, width := range []int64{320, 360, 412} {
				tab.SetViewport(width, 640, true, true)
				show(t, tab, screen)
				at := fmt.Sprintf("%s %s at %d", code, screen, width)
				require.Empty(t, tab.Overflow(), at)
				require.Empty(t, browsertest.Eval[[]string](tab, targets), at)
				checked++
				if width == 412 {
					continue
				}
				tab.Screenshot(fmt.Sprintf("phone-%s-%s-%d", code, screen, width))
				if width == 360 {
					tab.SetDark(true)
					tab.Screenshot(fmt.Sprintf("phone-%s-%s-dark", code, screen))
					tab.SetDark(false)
				}
			}
			browsertest.Eval[bool](tab, `(document.documentElement.dir = "rtl", true)`)
			require.Empty(t, tab.Overflow(), "%s %s from right to left", code, screen)
			tab.Screenshot(fmt.Sprintf("phone-%s-%s-rtl", code, screen))
			browsertest.Eval[bool](tab, `(document.documentElement.dir = "ltr", true)`)
		}
	}
	require.Empty(t, tab.Complaints())
	browsertest.Figure("UX-11", fmt.Sprintf("controls too small, too near or too high, on %d screens", checked), 0, "0")
}

// AX-20: the rules of axe, in the states that people meet.
func TestScreens_axe(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	look := func(state string) {
		for _, dark := range []bool{false, true} {
			tab.SetDark(dark)
			require.Empty(t, tab.Axe(), "%s, dark: %v", state, dark)
		}
	}
	for _, screen := range screens {
		show(t, tab, screen)
		look(screen)
	}
	show(t, tab, "give_out")
	tab.Tap(save)
	tab.Wait("#problems-title")
	require.True(t, strings.HasPrefix(browsertest.Eval[string](tab, `document.title`), "Error: "))
	look("refused")
	w.proxy.Stop()
	answerFirstKit(tab)
	tab.Tap(save)
	tab.Wait(saved)
	look("saved without signal")
}

// UX-13: three signals that a record is saved.
func TestSignals(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	browsertest.Eval[bool](tab, `(globalThis.buzzed = [], navigator.vibrate = (ms) => buzzed.push(ms), true)`)
	firstKit(tab)
	require.True(t, tab.Exists("#say .saved svg"))
	require.Contains(t, tab.Text("#say .saved"), "Saved on this phone")
	eventually(t, func() bool { return browsertest.Eval[int](tab, `buzzed.length`) == 1 }, "a short vibration")
	require.LessOrEqual(t, browsertest.Eval[int](tab, `buzzed[0]`), 100)
	require.True(t, browsertest.Eval[bool](tab, `document.querySelector("#say").ariaLive === "polite" || document.querySelector("#say [role=status]") !== null`))
}

// UX-07: undo, and “correct my last record”, are records of their own.
func TestUndoAndCorrect(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	kits := func() string {
		return w.query(`SELECT coalesce(sum(l.kits), 0) FROM distribution_lines l JOIN records r ON r.programme_id = l.programme_id AND r.id = l.record_id
			WHERE NOT EXISTS (SELECT 1 FROM records n WHERE n.programme_id = r.programme_id AND n.corrects_id = r.id)`)[0]
	}
	before := kits()
	firstKit(tab)
	settled(t, tab, 1)
	require.NotEqual(t, before, kits())
	tab.Tap("#say .undo")
	settled(t, tab, 2)
	require.Equal(t, before, kits(), "reports count it no more")

	firstKit(tab)
	settled(t, tab, 3)
	tab.Tap("#say .fix")
	tab.Wait("#fixing")
	answerFirstKit(tab)
	tab.Tap(form + ` button.step[value="1"]`)
	tab.Tap(save)
	records := settled(t, tab, 4)
	require.Equal(t, map[string]int{"received": 4}, states(records))
	require.Equal(t, []string{"2"}, w.query(`SELECT kits FROM distribution_lines WHERE record_id = '`+records[3].ID+`'`))
	require.Equal(t, []string{records[2].ID}, w.query(`SELECT corrects_id FROM records WHERE id = '`+records[3].ID+`'`))
	tab.Tap("#say .fix")
	tab.Wait("#fixing")
	tab.Tap(`.bar a[href="#several"]`) // goes elsewhere: the next record corrects nothing
	tab.Tap(form + " button.step")
	tab.Tap(save)
	records = settled(t, tab, 5)
	require.Equal(t, []string{"1"}, w.query(`SELECT count(*) FROM records WHERE id = '`+records[4].ID+`' AND corrects_id IS NULL`))
}

// UX-10: an interrupted form comes back within ten minutes and is wiped after.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	w := open(t)
	phone := browsertest.NewPhone(t)
	tab := phone.Tab()
	w.signIn(tab, "worker")
	keptWhole(t, tab)
	steps := []struct{ question, value string }{{"recipient", "family"}, {"supply", "repeat"}, {"reason", "used"}}
	for i, step := range steps {
		if value := options(tab, step.question); !containsText(value, step.value) {
			step.value = value[1]
			steps[i].value = value[1]
		}
		choose(tab, step.question, step.value)
		eventually(t, func() bool {
			return len(tab.Kept()["notes/kept"]) > 0 && strings.Contains(strings.Join(tab.Kept()["notes/kept"], ""), `"draft"`)
		}, "the draft is kept")
		time.Sleep(200 * time.Millisecond) // and with the last answer
		phone.Kill()
		phone.Start()
		tab = phone.Tab()
		w.ready(tab)
		for _, past := range steps[:i+1] {
			require.Equal(t, past.value, browsertest.Eval[string](tab, fmt.Sprintf(`document.querySelector("#screen form").elements[%q].value`, past.question)), "after answer %d", i+1)
		}
	}
	tab.SetClock(11 * time.Minute)
	w.ready(tab)
	require.Empty(t, browsertest.Eval[string](tab, `document.querySelector("#screen form").elements.recipient.value`))
	require.NotContains(t, strings.Join(tab.Kept()["notes/kept"], ""), `"draft"`)
}

func containsText(all []string, one string) bool {
	for _, x := range all {
		if x == one {
			return true
		}
	}
	return false
}

// UX-22: how long the oldest has waited, in words and colour.
func TestBadge(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	w.proxy.Break(faultproxy.OnPath(syncPath, faultproxy.Drop))
	firstKit(tab)
	age := func() string {
		return browsertest.Eval[string](tab, `document.getElementById("badge")?.dataset.age ?? ""`)
	}
	eventually(t, func() bool { return waits(tab) == "1" }, "the badge counts")
	require.Contains(t, tab.Text("#badge"), "1")
	require.Empty(t, age())
	for _, is := range []struct {
		later time.Duration
		age   string
	}{{25 * time.Hour, "day"}, {73 * time.Hour, "old"}} {
		tab.SetClock(is.later)
		w.ready(tab)
		eventually(t, func() bool { return age() == is.age }, is.later.String())
		eventually(t, func() bool { return strings.Contains(why(tab), "oldest") }, "in words")
		for _, screen := range screens {
			show(t, tab, screen)
			require.True(t, browsertest.Eval[bool](tab, `document.getElementById("badge").checkVisibility()`), screen)
		}
		show(t, tab, "give_out")
	}
}

// UX-23: the browser is asked to keep what waits, once a week until it agrees;
// an iPhone's tab is told to install first.
func TestPersist(t *testing.T) {
	t.Parallel()
	w := open(t)
	tab := phone(w)
	stub := `(globalThis.asked = 0, navigator.storage.persisted = async () => false, navigator.storage.persist = async () => { asked++; return false; }, true)`
	asked := func() int { return browsertest.Eval[int](tab, `asked`) }
	browsertest.Eval[bool](tab, stub)
	firstKit(tab)
	eventually(t, func() bool { return asked() == 1 }, "after the first record")
	tab.Tap(again)
	savedAgain(t, tab, 2)
	settled(t, tab, 2)
	require.Equal(t, 1, asked(), "not at every record")
	tab.SetClock(8 * 24 * time.Hour)
	w.ready(tab)
	browsertest.Eval[bool](tab, stub)
	firstKit(tab)
	eventually(t, func() bool { return asked() == 1 }, "again after a week")
	show(t, tab, "phone")
	eventually(t, func() bool { return strings.Contains(tab.Text("#persisted"), "may delete") }, "and says how it stands")

	browsertest.Eval[bool](tab, `(Object.defineProperty(navigator, "userAgent", {get: () => "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"}), true)`)
	show(t, tab, "more")
	show(t, tab, "phone")
	eventually(t, func() bool { return strings.Contains(tab.Text("#persisted"), "7 days") }, "an iPhone")
}

// UX-28: a phone whose clock is wrong is told so, and its records are taken. How
// wrong it was goes with them, as near or off and nothing finer.
func TestClock(t *testing.T) {
	t.Parallel()
	for _, is := range []struct {
		off   time.Duration
		wrong bool
		state string
	}{{9 * time.Minute, false, "received"}, {11 * time.Minute, true, "received"}, {-11 * time.Minute, true, "received"}, {-48 * time.Hour, true, "received"}, {48 * time.Hour, true, "look"}} {
		t.Run(is.off.String(), func(t *testing.T) {
			t.Parallel()
			w := open(t)
			tab := browsertest.Touch(t)
			tab.Goto(w.proxy.URL() + "/sign-in")
			tab.SetClock(is.off)
			w.signIn(tab, "worker")
			firstKit(tab)
			records := settled(t, tab, 1)
			require.Equal(t, is.state, records[0].State)
			require.Equal(t, 1, len(w.fresh())+len(w.held()), "never refused")
			w.ready(tab)
			eventually(t, func() bool {
				return browsertest.Eval[bool](tab, `document.getElementById("clock").checkVisibility()`) == is.wrong
			}, "the notice")
			firstKit(tab)
			records = settled(t, tab, 2)
			require.Equal(t, "unknown", w.opened(records[0]).Clock, "before the first exchange")
			require.Equal(t, map[bool]string{true: "off", false: "near"}[is.wrong], w.opened(records[1]).Clock)
		})
	}
}

// UX-46: nothing on the phone notifies.
func TestNeverNotifies(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "web", "phone")
	scripts, err := fs.Glob(os.DirFS(root), "*.js")
	require.NoError(t, err)
	require.NotEmpty(t, scripts)
	for _, name := range scripts {
		text, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		for _, word := range []string{"Notification", "pushManager", `"push"`, "setAppBadge"} {
			require.NotContains(t, string(text), word, name)
		}
	}
}
