package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// tally is a group of three, off the shelf.
func (m home) tally(more url.Values) url.Values {
	return merged(url.Values{"id": {string(thn.NewID())}, "site": {string(m.site)}, "product": {string(m.product) + ":" + string(m.batch)}, "day": {"today"},
		"risk_first": {"2"}, "worker": {"1"}, "from": {"shelf"}, "do": {"save"}}, more)
}

// TestSeveral_isEnteredForAColleague: a manager chooses the account of whoever
// handed the sheet in, and the list of what happened names both.
func TestSeveral_isEnteredForAColleague(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, manager := h.homes["two"], h.signIn(t, "plain-manager")
	options := h.see(t, "/give-out/several", manager).Find("select#account option")
	require.Equal(t, []string{"No account", "plain-administrator", "plain-spare", "plain-worker"}, texts(options), "whoever gives out kits, but oneself")

	f := m.tally(url.Values{"colleague": {"peer"}, "account": {"plain-spare"}, "recorder": {"paid_worker"}})
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/give-out/several", manager, f).status)
	stored, _, err := h.Store.Fact(t.Context(), m.programme.ID, thn.ID(f.Get("id")))
	require.NoError(t, err)
	require.Equal(t, thn.Supplier("peer"), stored.(thn.Distribution).Supplier)
	require.Equal(t, thn.Supplier("paid_worker"), stored.(thn.Distribution).Recorder)
	list := h.see(t, "/activity", manager).Find("main tbody tr")
	require.Contains(t, list.Eq(0).Text(), "plain-spare")
	require.Contains(t, list.Eq(0).Text(), "Named as the colleague who gave the kits")
	require.Contains(t, list.Eq(1).Text(), "plain-manager")
	require.Contains(t, list.Eq(1).Text(), "Recorded")

	saved := h.see(t, "/give-out/several", manager)
	require.Equal(t, 1, saved.Find(".saved form").Length(), "it can be undone")
	require.Zero(t, saved.Find(`.saved a[href="/give-out/correct"]`).Length(), "the form for one person has no place for tallies")
}

// TestSeveral_aWorkerSeesNobodysName: a worker types the name that a colleague
// told them; without an account the role is all that is kept.
func TestSeveral_aWorkerSeesNobodysName(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, worker := h.homes["two"], h.signIn(t, "plain-worker")
	page := h.see(t, "/give-out/several", worker)
	require.Equal(t, 1, page.Find("input#account").Length())
	require.NotContains(t, page.Find("main").Text(), "plain-spare")
	require.Equal(t, "Me", page.Find("details.more summary span").Text())

	only := m.tally(url.Values{"colleague": {"volunteer"}, "account": {""}, "recorder": {"nurse"}})
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/give-out/several", worker, only).status)
	named := m.tally(url.Values{"account": {"Plain-Spare"}})
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/give-out/several", worker, named).status)
	stored, _, err := h.Store.Fact(t.Context(), m.programme.ID, thn.ID(named.Get("id")))
	require.NoError(t, err)
	require.Equal(t, thn.Supplier("unknown"), stored.(thn.Distribution).Recorder, "written by another, whose role was not said")
	acts, err := h.Store.Activity(t.Context(), thn.ActQuery{Programme: m.programme.ID, Limit: 3})
	require.NoError(t, err)
	require.Equal(t, []string{"named", "record", "record"}, []string{acts[0].Action, acts[1].Action, acts[2].Action}, "a role alone names no account")

	for field, wrong := range map[string]url.Values{
		"account": {"account": {"canary-spare"}},
		"from":    {"colleague": {"peer"}, "from": {string(m.bag)}},
	} {
		got := h.ask(t, http.MethodPost, "/give-out/several", worker, m.tally(wrong))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, field)
		doc := document(t, got)
		require.Equal(t, 1, doc.Find(`.problems a[href="#`+field+`"]`).Length(), field)
		require.Equal(t, "2", doc.Find("#risk_first").AttrOr("value", ""), "the answers stay")
	}
	own := m.tally(url.Values{"from": {string(m.bag)}})
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/give-out/several", worker, own).status, "one's own kits come out of one's own bag")
}
