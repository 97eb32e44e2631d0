package app_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/thn"
)

// holdTwo puts two records of the demonstration among those that wait: one that
// the rules allow for a manager, and one that meets another version.
func holdTwo(t *testing.T, a *app.App) {
	t.Helper()
	programmes, err := a.Store.Programmes(t.Context())
	require.NoError(t, err)
	for _, p := range programmes {
		sites, err := a.Store.Sites(t.Context(), p.ID)
		require.NoError(t, err)
		batches, err := a.Store.Batches(t.Context(), p.ID)
		require.NoError(t, err)
		if len(sites) == 0 || len(batches) == 0 {
			continue
		}
		d := thn.Distribution{ID: thn.NewID(), Day: thn.MustDate(2026, 8, 10), Site: sites[0].ID, Area: sites[0].Area, Setting: sites[0].Setting, Supplier: sites[0].Supplier,
			Channel: sites[0].Channel, Product: batches[0].Product, Batch: batches[0].ID, Training: "brief",
			Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1}}}
		hold(t, a, p.ID, d, "day_old")
		d.ID = thn.NewID()
		_, err = a.Store.Append(t.Context(), []thn.Submission{{Programme: p.ID, Record: d}})
		require.NoError(t, err)
		d.Lines = []thn.Line{{Recipient: thn.RecipientFamily, Supply: thn.SupplyFirst, People: 1, Kits: 3}}
		hold(t, a, p.ID, d, "other_content")
	}
}

func hold(t *testing.T, a *app.App, programme thn.ID, d thn.Distribution, cause string) {
	t.Helper()
	payload, err := json.Marshal(d)
	require.NoError(t, err)
	require.NoError(t, a.Store.Hold(t.Context(), thn.HeldRecord{Programme: programme, Kind: thn.KindDistribution, Record: d.ID, Cause: cause, Payload: string(payload)}))
}

// TestManager_decidesAboutWhatWasHeld follows two records from the list to the
// ledger, and finds the decisions among what happened.
func TestManager_decidesAboutWhatWasHeld(t *testing.T) {
	address, a := demonstrate(t)
	holdTwo(t, a)
	tab := as(t, address, thn.RoleManager)
	sound := func(name string) {
		t.Helper()
		for _, dark := range []bool{false, true} {
			tab.SetDark(dark)
			tab.SetViewport(1280, 900, false, false)
			require.Empty(t, tab.Axe(), name+" at 1280 px")
			if !dark {
				tab.Screenshot(name + "-1280")
			}
			tab.SetViewport(360, 640, true, true)
			require.Empty(t, tab.Axe(), name)
			require.Empty(t, tab.Overflow(), name)
			require.NotContains(t, tab.Text("main"), "⟦", name)
			if dark {
				tab.Screenshot(name + "-360-dark")
			}
		}
		tab.SetDark(false)
	}
	tab.Goto(address + "/review")
	sound("review-list")
	for tab.Exists("tbody a") {
		tab.Follow("tbody a")
		if tab.Exists("td.differs") {
			sound("review-beside")
			out := tab.URL() + "/out"
			tab.Goto(tab.URL() + "/correct")
			sound("review-correct")
			tab.Goto(out)
			sound("review-out")
			tab.Click("#why-0")
			tab.Follow("main .go")
			require.Contains(t, tab.Text(".notice"), "does not count")
			continue
		}
		sound("review-one")
		tab.Follow("main .go")
		require.Contains(t, tab.Text(".notice"), "It counts now")
	}
	require.True(t, tab.Exists(".empty"))
	tab.Goto(address + "/activity")
	require.Contains(t, tab.Text("main table"), "Accepted as sent")
	require.Contains(t, tab.Text("main table"), "Decided not to count")
	sound("activity")
	require.Empty(t, tab.Complaints())
}
