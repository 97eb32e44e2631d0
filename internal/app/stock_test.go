package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/thn"
)

// TestStock_fromDeliveryToDoorway follows kits through the screens, with script
// off: received, into a bag, given out, more given out than there was, counted.
func TestStock_fromDeliveryToDoorway(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleWorker)
	tab.DisableScript(true)
	tab.Follow(`.bar a[href="/stock"]`)
	tab.Screenshot("stock-sites-360")
	tab.Goto(address + browsertest.Eval[string](tab, `[...document.querySelectorAll("main table a")].find(a => a.textContent == "Hill Remand Centre").getAttribute("href")`))
	site := tab.URL()
	require.True(t, tab.Exists(".begin"), "kits went out before anybody kept their stock")
	tab.Screenshot("stock-new-360")

	tab.Follow(".begin a")
	tab.Fill("#counted-0", "2")
	tab.Follow("main form button.go")
	require.False(t, tab.Exists(".begin"), "a count is a beginning")
	require.False(t, tab.Exists("main > .short"))

	tab.Follow("main a.go")
	tab.Screenshot("stock-receive-360")
	tab.Fill("#product", browsertest.Eval[string](tab, `document.querySelector("#product option:nth-child(2)").value`))
	tab.Fill("#kits", "40")
	tab.Follow("main form button.go")
	require.Contains(t, tab.Text(".saved"), "40 kits")

	tab.Follow(`.acts a[href*="what=fill"]`)
	tab.Fill("#kits", "60")
	tab.Fill("#product", browsertest.Eval[string](tab, `document.querySelector("#product option:nth-child(2)").value`))
	tab.Follow("main form button.go")
	require.Contains(t, tab.Text("#problems"), "takes 60", "more than there is asks once more")
	tab.Screenshot("stock-doubt-360")
	tab.Fill("#kits", "3")
	tab.Follow("main form button.go")
	require.Contains(t, tab.Text(".bag"), "My bag")
	tab.Screenshot("stock-filled-360")

	tab.Goto(address + "/give-out")
	require.Contains(t, tab.Text(".give .assumed"), "My bag")
	tab.Screenshot("give-bag-360")
	tab.Click("#recipient-0")
	tab.Click("#supply-0")
	tab.Fill("#kits", "99")
	tab.Follow(".thumb .go")
	require.Contains(t, tab.Text(".saved"), "more kits have gone", "handing out is never blocked")
	tab.Screenshot("give-short-360")
	tab.Follow(".saved .short a")
	require.Contains(t, tab.Text(".bag"), "more given out")
	require.Empty(t, tab.Overflow())
	require.Empty(t, tab.Axe())

	tab.Goto(address + "/stock/count?" + after(site))
	require.Empty(t, tab.Axe())
	tab.Screenshot("stock-count-360")
	tab.Fill("#counted-1", "30")
	tab.Follow("main form button.go")
	require.Contains(t, tab.Text("#problems"), "counted that day already", "a second count of a day asks once more")
	tab.Click("input[name^=anyway]")
	tab.Follow("main form button.go")
	require.Contains(t, tab.Text(".saved"), "than the ledger said")
	tab.Screenshot("stock-counted-360")
	tab.SetViewport(1280, 900, false, false)
	tab.Screenshot("stock-1280")
	tab.SetDark(true)
	tab.Screenshot("stock-1280-dark")
	tab.Goto(address + "/stock/moves?" + after(site))
	require.Empty(t, tab.Axe())
	tab.Screenshot("stock-moves-1280")
	tab.SetDark(false)
	tab.Goto(address + "/stock/count?" + after(site))
	tab.SetPrint(true)
	tab.Screenshot("stock-count-print")
	require.Empty(t, tab.Complaints())
}

// after gives what stands behind the question mark of an address.
func after(address string) string {
	for i, r := range address {
		if r == '?' {
			return address[i+1:]
		}
	}
	return ""
}
