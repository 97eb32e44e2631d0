package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// phoneScreens are all that the phone's screen can show.
var phoneScreens = []string{"give_out", "several", "used", "count", "training", "more", "phone"}

// TestPhone_inLanguagesThatNobodySpeaks walks the phone's screen in them, and the
// words that its script says: its pages hold all that it can say.
func TestPhone_inLanguagesThatNobodySpeaks(t *testing.T) {
	t.Parallel()
	address, a := demonstrate(t, lang.Accented(), lang.Mirrored())
	data := append(names(t, a), months()...)
	for code, dir := range map[string]string{lang.Accented().Code: "ltr", lang.Mirrored().Code: "rtl"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			tab := as(t, address, thn.RoleWorker)
			require.Equal(t, 200, tab.Goto(address+"/app/"+code))
			tab.Wait("#screen form")
			require.Equal(t, dir, browsertest.Eval[string](tab, "document.documentElement.dir"))
			look := func(state string) {
				for _, width := range []int64{360, 320} {
					tab.SetViewport(width, 640, true, true)
					assert.Empty(t, tab.Overflow(), "%s at %d px", state, width)
					assert.Empty(t, tab.Clipped(), "%s at %d px", state, width)
				}
				assert.Empty(t, english(tab.Texts(), data), "%s: English in %s", state, code)
				if dir == "rtl" {
					assert.Empty(t, tab.Axe(), state)
				}
				tab.Screenshot(code + "-phone-" + state)
			}
			for i, screen := range phoneScreens {
				tab.SetDark(i%2 == 0)
				phoneScreen(tab, screen)
				look(screen)
			}
			phoneScreen(tab, "give_out")
			tab.Tap("#screen .thumb button.go")
			tab.Wait("#problems-title")
			look("refused")
			for _, question := range []string{"recipient", "supply"} {
				tab.Tap(fmt.Sprintf("#screen label:has(input[name=%s])", question))
			}
			tab.Tap("#screen .thumb button.go")
			tab.Wait("#say .saved")
			look("saved")
			require.Empty(t, tab.Complaints())
		})
	}
}

// phoneScreen draws a screen, and waits until it is there.
func phoneScreen(tab *browsertest.Tab, screen string) {
	browsertest.Eval[bool](tab, fmt.Sprintf(`new Promise((done) => {
		if (location.hash === "#%[1]s") return done(true);
		document.addEventListener("ready", () => done(true), {once: true});
		location.hash = "#%[1]s";
	})`, screen))
	tab.Wait("#screen h1")
}

// months are the names that the browser has for this month and the last, which
// it says in English where it does not know a language.
func months() (all []string) {
	now := time.Now()
	for back := range 3 {
		all = append(all, now.AddDate(0, -back, 1-now.Day()).Format("January 2006"))
	}
	return all
}

// TestPhone_wordsOfTheScript: what the script may say stands in the shell, where
// no page shows it before it is said.
func TestPhone_wordsOfTheScript(t *testing.T) {
	t.Parallel()
	address, _ := demonstrate(t, lang.Accented(), lang.Mirrored())
	tab := browsertest.New(t)
	for _, code := range []string{lang.Accented().Code, lang.Mirrored().Code} {
		require.Equal(t, 200, tab.Goto(address+"/app/"+code))
		texts := browsertest.Eval[[]string](tab, `[...document.querySelectorAll("template")].map((t) => t.content.cloneNode(true)).flatMap((c) => {
			const walker = document.createTreeWalker(c, NodeFilter.SHOW_TEXT), found = [];
			while (walker.nextNode()) found.push(walker.currentNode.data.replace(/\{\w+\}/g, " ").replace(/\s+/g, " ").trim());
			return found;
		})`)
		require.Greater(t, len(texts), 200)
		languages := []string{"English", "Français", "Español"} // each in its own
		texts = slices.DeleteFunc(texts, func(s string) bool { return slices.Contains(languages, s) })
		require.Empty(t, english(texts, nil), code)
	}
}
