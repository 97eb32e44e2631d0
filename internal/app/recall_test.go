package app_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/thn"
)

// TestRecall_fromNoticeToTheLastBag: a manager starts a recall of the older
// batch, a worker clears a shelf and their own bag, the manager the last shelf,
// and lifts it in the end.
func TestRecall_fromNoticeToTheLastBag(t *testing.T) {
	address := demonstration(t)
	manager := as(t, address, thn.RoleManager)
	manager.Goto(address + "/recalls")
	manager.Follow("main a.go")
	require.Empty(t, manager.Axe())
	manager.Screenshot("recall-new-360")
	manager.Fill("#lots", "LN2411")
	manager.Fill("#source", "the maker (an invented notice)")
	manager.Fill("#reference", "DEMO/2026/001")
	browsertest.Eval[bool](manager, `(() => { const find = s => Array.from(document.querySelectorAll(s));
		const o = find("select[name=product] option").find(x => x.textContent.includes("Nyxoid")); if (o) o.selected = true;
		const r = find("label.choice").find(x => x.textContent.includes("Nyxoid") && x.querySelector("[name=product]")); if (r) r.querySelector("input").checked = true; return true })()`)
	manager.Follow("form .go")
	recall := manager.URL()
	require.Contains(t, recall, "/recalls/")
	require.Contains(t, manager.Text("#left-title"), "0 of 48 kits cleared; 3 places left")
	pictures(t, manager, recall, "recall")

	worker := as(t, address, thn.RoleWorker)
	require.Contains(t, worker.Text(".recalled"), "48 kits")
	require.NotContains(t, worker.Text(".assumed"), "LN2411", "a batch that is put aside is not the first to hand")
	worker.Screenshot("recall-give-out-360")
	for _, place := range []string{"Lantern Outreach, Quay", "your bag"} {
		worker.Goto(recall + "/clear")
		browsertest.Eval[bool](worker, `(Array.from(document.querySelectorAll("label.choice")).find(x => x.textContent.trim().startsWith("`+place+`")).querySelector("input").checked = true)`)
		kits := map[string]string{"your bag": "4"}[place]
		if kits == "" {
			kits = "20"
		}
		worker.Fill("#kits", kits)
		if place == "your bag" {
			require.Empty(t, worker.Axe())
			worker.Screenshot("recall-clear-360")
		}
		worker.Follow("form .go")
	}
	require.Contains(t, worker.Text("#left-title"), "24 of 48 kits cleared; 1 place left")
	pictures(t, worker, recall, "recall-half")
	worker.Goto(address + "/today")
	require.Contains(t, worker.Text(".recalled"), "Quay Needle and Syringe Service holds 24 kits")

	manager.Goto(recall)
	manager.Follow("#places a.act")
	manager.Follow("form .go")
	require.Contains(t, manager.Text("#left-title"), "All 48 kits are cleared")
	manager.Goto(address + "/recalls")
	require.Contains(t, manager.Text("table"), "All 48 kits are cleared")
	worker.Goto(address + "/give-out")
	require.False(t, worker.Exists(".recalled"))

	manager.Goto(recall + "/lift")
	manager.Fill("#source", "Invented for the demonstration")
	manager.Follow("form .go")
	require.Contains(t, manager.Text("article"), "It was lifted on 23 November 2026")
	manager.Screenshot("recall-lifted-360")
	manager.Follow("#taken a.act")
	manager.Follow("form .go")
	require.Equal(t, 2, browsertest.Eval[int](manager, `document.querySelectorAll("#taken tbody tr").length`), "one of three was taken back")
	require.Empty(t, manager.Complaints())
}

// pictures looks at a recall and its notice as a phone, a desk and a printer do.
func pictures(t *testing.T, tab *browsertest.Tab, recall, name string) {
	t.Helper()
	for path, part := range map[string]string{"": "", "/notice": "-notice"} {
		tab.Goto(recall + path)
		require.Empty(t, tab.Overflow())
		require.Empty(t, tab.Axe())
		tab.Screenshot(name + part + "-360")
		tab.SetViewport(1280, 900, false, false)
		tab.SetDark(true)
		require.Empty(t, tab.Axe())
		tab.Screenshot(name + part + "-1280-dark")
		tab.SetDark(false)
		tab.Screenshot(name + part + "-1280")
		tab.SetPrint(true)
		tab.Screenshot(name + part + "-print")
		tab.SetPrint(false)
		tab.SetViewport(360, 640, true, true)
	}
	tab.Goto(strings.TrimSuffix(recall, "/notice"))
}

// TestBatch_scannedOntoTheShelf: what a scanner sends fills in the form, with
// script or without.
func TestBatch_scannedOntoTheShelf(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleManager)
	tab.DisableScript(true)
	tab.Goto(address + "/batches/new")
	tab.Fill("#code", "(10)LN2699(17)290300(11)260301")
	tab.Follow(`button[value="read"]`)
	require.Equal(t, []string{"LN2699", "", "3", "2029"}, []string{tab.Value("#lot"), tab.Value("#expiry-day"), tab.Value("#expiry-month"), tab.Value("#expiry-year")})
	require.Empty(t, tab.Axe())
	tab.Screenshot("batch-scanned-360")
	tab.Goto(address + "/batches")
	tab.Follow("tbody th a")
	require.Empty(t, tab.Axe())
	require.Empty(t, tab.Overflow())
	tab.Screenshot("batch-360")
	tab.SetViewport(1280, 900, false, false)
	tab.Screenshot("batch-1280")
}
