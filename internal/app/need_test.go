package app_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/thn"
)

// TestNeed_manager tries a plan without script: where the next box does most, what
// moving kits there would do, and what cannot be read.
func TestNeed_manager(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleManager)
	tab.DisableScript(true)
	tab.SetViewport(360, 740, true, true)
	require.Equal(t, 200, tab.Goto(address+"/coverage"))
	require.Equal(t, 200, tab.Follow(`main a[href="/need"]`))
	require.Contains(t, tab.Text("main"), "The next 100 kits would do most in Corvath")
	require.Contains(t, tab.Text("main"), "US-calibrated")
	require.Contains(t, tab.Text("#plan"), "no denominator", "Delmere has no residents")
	require.False(t, tab.Exists("#plan .dot"))

	tab.Fill("#community-2", "1200")
	require.Equal(t, 200, tab.Follow(".plan .go"))
	require.Contains(t, tab.Text("main"), "kits a year more than now")
	require.Contains(t, tab.URL(), "=1200", "the address holds the plan")
	require.True(t, tab.Exists("#plan .chart-narrow svg .dot"))
	for _, width := range []int64{360, 768, 1280} {
		tab.SetViewport(width, 900, false, false)
		for _, dark := range []bool{false, true} {
			tab.SetDark(dark)
			require.Empty(t, tab.Axe(), "%d px", width)
			require.Empty(t, tab.Overflow(), "%d px", width)
		}
	}
	tab.SetDark(false)
	tab.SetPrint(true)
	require.False(t, browsertest.Eval[bool](tab, `document.querySelector("#move").offsetHeight > 0`), "a form is nothing on paper")
	tab.SetPrint(false)

	tab.Fill("#community-2", "plenty")
	require.Equal(t, 422, tab.Follow(".plan .go"))
	require.Equal(t, "plenty", tab.Value("#community-2"))
	require.True(t, strings.HasPrefix(tab.Text(".problems li"), "Corvath, Community"))
	require.Empty(t, tab.Axe(), "with something to put right")
}
