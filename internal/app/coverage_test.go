package app_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/thn"
)

// TestManager_readsCoverageWithoutScript goes the whole way with script off, on a
// phone, a tablet and a desk: where kits are missing, into that area and back,
// another period, beside the year before, and the week on one sheet.
func TestManager_readsCoverageWithoutScript(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleManager)
	tab.DisableScript(true)
	sound := func(what string) {
		for _, width := range []int64{360, 768, 1280} {
			tab.SetViewport(width, 800, width < 768, width < 768)
			for _, dark := range []bool{false, true} {
				tab.SetDark(dark)
				name := fmt.Sprintf("%s-%d-%t", what, width, dark)
				require.Empty(t, tab.Overflow(), name)
				require.Empty(t, tab.Axe(), name)
				tab.Screenshot(name)
			}
		}
		tab.SetDark(false)
		tab.SetViewport(360, 640, true, true)
	}
	tab.SetViewport(360, 640, true, true)
	tab.Goto(address + "/coverage")
	lacking := `[...document.querySelectorAll("p.say a")].find(a => a.getAttribute("href").includes("area="))`
	require.Less(t, browsertest.Eval[float64](tab, lacking+".getBoundingClientRect().bottom"), 640.0, "where kits are missing stands on the first screen of a phone")
	sound("coverage")

	tab.Goto(address + browsertest.Eval[string](tab, `document.querySelector("#areas .chart-narrow svg a").getAttribute("href")`))
	require.True(t, tab.Exists("nav.trail"), "a bar leads into its area")
	tab.Goto(address + browsertest.Eval[string](tab, `document.querySelector("#areas .chart-narrow svg a").getAttribute("href")`))
	require.True(t, tab.Exists("#sites svg"), "an area that is not divided shows its sites")
	sound("coverage-area")
	tab.Follow("nav.trail a")
	require.True(t, tab.Exists("#areas"), "and the way back leads out of it")

	tab.Follow(".turn a[rel=prev]")
	tab.Goto(address + "/coverage?compare=year")
	require.Contains(t, browsertest.Eval[string](tab, `document.querySelector("#areas thead").textContent`), "change")
	sound("coverage-beside")

	tab.Goto(address + "/digest")
	sound("digest")
	tab.Goto(address + "/coverage?from=2026-02-30&to=2026-03-01")
	sound("coverage-wrong")
	require.Empty(t, tab.Complaints())
}
