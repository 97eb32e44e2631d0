package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// fill puts kits on a shelf.
func (h *house) fill(t *testing.T, m home, day thn.Date, kits int) {
	t.Helper()
	out, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: m.programme.ID, Record: thn.Movement{ID: thn.NewID(), Day: day, Kind: thn.MovementOpening,
		Site: m.site, Product: m.product, Batch: m.batch, Kits: kits}}})
	require.NoError(t, err)
	require.Equal(t, thn.Stored, out[0])
}

func TestAlerts_calmWhenAllIsWell(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	_, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: two.programme.ID, Record: thn.Movement{ID: thn.NewID()}, Corrects: two.movement, Void: true, Why: thn.WhyMistake}})
	require.NoError(t, err) // a delivery that was taken out is none
	worker, manager := h.signIn(t, "plain-worker"), h.signIn(t, "plain-manager")
	got := h.ask(t, http.MethodGet, "/alerts", manager, nil)
	require.Equal(t, 1, strings.Count(got.body, "<h2 id="), got.body)
	require.Contains(t, got.body, `<h2 id="silent-title">Stock is not recorded</h2>`)
	require.Contains(t, got.body, "<p>1 kit was given out here, and nothing was ever recorded as coming in. Count the shelf to begin.</p>")
	require.Contains(t, got.body, `href="/stock/count?site=`+string(two.site)+`">Count the shelf</a>`)
	h.fill(t, two, thn.MustDate(2026, 11, 1), 100)
	for _, cookie := range []string{worker, manager} {
		got = h.ask(t, http.MethodGet, "/alerts", cookie, nil)
		require.NotContains(t, got.body, `class="alerts"`)
		require.Contains(t, got.body, `<p class="lead">Nothing needs doing. What is on the shelves is in date and will last for a month or more.</p>`)
	}
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/alerts?site="+string(h.homes["one"].site), manager, nil).status)
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/alerts?site=nowhere", worker, nil).status)
}

// One programme asks, the other sends, the first books fewer: both see it, and
// neither sees anything else of the other.
func TestAid_acrossTheBoard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, two := h.homes["one"], h.homes["two"]
	h.fill(t, one, thn.MustDate(2026, 11, 1), 100)
	giver, taker := h.signIn(t, "canary-manager"), h.signIn(t, "plain-manager")
	got := h.ask(t, http.MethodPost, "/aid", taker, url.Values{"id": {string(thn.NewID())}, "kind": {"request"}, "product": {string(two.product) + ":"}, "kits": {"many"}, "expired": {"no"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, got.body, "Kits: enter a number from 1 to 100000")
	require.Contains(t, got.body, `value="many"`, "nothing typed is lost")
	post := thn.NewID()
	ask := url.Values{"id": {string(post)}, "kind": {"request"}, "answers": {""}, "product": {string(two.product) + ":"}, "kits": {"12"}, "expired": {"no"}}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/aid", taker, ask).status)

	board := h.ask(t, http.MethodGet, "/aid", giver, nil)
	link := "/aid/" + string(post) + "/send?of=" + string(two.programme.ID)
	require.Contains(t, board.body, `href="`+link+`">Send kits</a>`)
	require.Contains(t, h.ask(t, http.MethodGet, link, giver, nil).body, "It asks for 12 kits of Plain kit.")
	id := thn.NewID()
	send := url.Values{"id": {string(id)}, "site": {string(one.site)}, "product": {string(one.product) + ":" + string(one.batch)}, "kits": {"10"}, "day-day": {"23"}, "day-month": {"11"}, "day-year": {"2026"}}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, link, giver, send).status)

	board = h.ask(t, http.MethodGet, "/aid", taker, nil)
	require.Contains(t, board.body, "On its way")
	shown := strings.NewReplacer("CANARY programme", "", "CANARY kit", "", "CANARY-1", "").Replace(board.body)
	require.NotContains(t, shown, "CANARY", "the programme, the product and the lot, nothing else")
	require.NotContains(t, board.body, string(one.site))
	link = "/aid/" + string(id) + "/receive?of=" + string(one.programme.ID)
	require.Contains(t, board.body, `href="`+link+`">Book them in</a>`)
	require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, link, taker, nil).status)
	book := url.Values{"id": {string(thn.NewID())}, "site": {string(two.site)}, "product": {string(two.product) + ":"}, "kits": {"9"}, "day-day": {"23"}, "day-month": {"11"}, "day-year": {"2026"}}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, link, taker, book).status)
	require.Equal(t, http.StatusConflict, h.ask(t, http.MethodGet, link, taker, nil).status, "booked already")
	for _, cookie := range []string{giver, taker} {
		require.Contains(t, h.ask(t, http.MethodGet, "/aid", cookie, nil).body, "9 kits arrived: 1 fewer than left.")
	}
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, link, giver, nil).status, "the giver cannot book it in")
}
