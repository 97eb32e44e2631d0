package app_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// speak changes the language of a tab's session.
func speak(tab *browsertest.Tab, code string) {
	tab.Follow(`button[name=language][value="` + code + `"]`)
}

// TestSheet_isOnePage prints the tally sheet, empty and with the longest names of
// the demonstration on it (UX-47).
func TestSheet_isOnePage(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleManager)
	for _, code := range lang.Codes {
		speak(tab, code)
		require.Equal(t, 200, tab.Goto(address+"/give-out/sheet"))
		for _, filled := range []bool{false, true} {
			if filled {
				for _, list := range []string{"#site", "#product"} {
					longest := `(l => [...l.options].reduce((a, o) => o.label.length > a.label.length && o.value ? o : a).value)(document.querySelector("` + list + `"))`
					tab.Fill(list, browsertest.Eval[string](tab, longest))
				}
				tab.Follow(".filters button")
				require.NotEmpty(t, tab.Text(".blanks dd"), "the site is on the sheet")
			}
			for _, paper := range browsertest.Papers {
				require.Equal(t, 1, tab.Pages(paper), "%s on %s, filled: %v", code, paper.Name, filled)
			}
			tab.SetViewport(320, 640, true, true)
			require.Empty(t, tab.Overflow(), code)
			require.Empty(t, tab.Axe(), code)
			tab.SetPrint(true)
			require.False(t, browsertest.Eval[bool](tab, `document.querySelector(".filters").checkVisibility()`), "what is chosen on the screen is not printed")
			tab.Screenshot("sheet-print-" + code)
			tab.SetPrint(false)
		}
	}
	require.Empty(t, tab.Complaints())
}

// TestSheet_ofTwelveIsEnteredInFourteenTaps enters a sheet as a finger would,
// from the screen that a worker begins on. The rows are read off the sheet, and
// looked for on the batch screen in that order.
func TestSheet_ofTwelveIsEnteredInFourteenTaps(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleWorker)
	tab.Goto(address + "/give-out/sheet")
	sheet := browsertest.Eval[[]string](tab, `[...document.querySelectorAll(".tally-sheet tbody th")].map(e => e.innerText)`)
	require.Len(t, sheet, len(form.Tallies))

	tab.Goto(address + "/give-out")
	taps := 0
	tap := func(selector string) {
		tab.Tap(selector)
		taps++
	}
	tap(`main a[href="/give-out/several"]`)
	tab.Wait("#tallies")
	require.Equal(t, sheet, browsertest.Eval[[]string](tab, `[...document.querySelectorAll("#tallies label")].map(e => e.innerText)`), "the screen mirrors the sheet")
	for i, people := range []int{4, 3, 2, 1, 1, 1} {
		for range people {
			tap(`button[value="` + form.Tallies[i].Name + `"]`)
		}
	}
	tap(".thumb .go")
	tab.Wait(".saved")
	require.Contains(t, tab.Text(".saved"), "12 kits")
	t.Logf("UX-47: a sheet of 12 people, from the first screen to saved: %d taps, goal 14", taps)
	require.LessOrEqual(t, taps, 14)
	require.True(t, strings.HasSuffix(tab.URL(), "/give-out/several"))
	require.True(t, tab.Exists(`main a[href="/give-out/sheet"]`), "the sheet is found from the batch screen")
	tab.Goto(address + "/more")
	require.True(t, tab.Exists(`main a[href="/give-out/sheet"]`), "and from More")
}
