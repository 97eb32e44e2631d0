package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// read parses an answer's page.
func read(t *testing.T, a answer) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	require.NoError(t, err)
	return doc
}

// move is a filled form about stock of a site.
func (m home) move(what string, pairs ...string) url.Values {
	v := url.Values{"id": {string(thn.NewID())}, "what": {what}, "site": {string(m.site)}, "product": {string(m.product) + ":" + string(m.batch)}, "kits": {"4"},
		"day-day": {"23"}, "day-month": {"11"}, "day-year": {"2026"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// stock posts a form and gives the site's page that follows.
func (h *house) stock(t *testing.T, cookie string, form url.Values) *goquery.Document {
	t.Helper()
	got := h.ask(t, http.MethodPost, "/stock/move", cookie, form)
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	return read(t, h.ask(t, http.MethodGet, got.header.Get("Location"), cookie, nil))
}

func TestStock_savesSaysAndUndoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, cookie := h.homes["one"], h.signIn(t, "canary-worker")
	doc := h.stock(t, cookie, m.move("receive"))
	require.Contains(t, doc.Find(".saved p").Text(), "Received: 4 kits")
	require.Contains(t, doc.Find(".saved p").Text(), "13 kits of it are now on the shelf")
	require.Equal(t, "13", strings.TrimSpace(doc.Find("main td.num").First().Text()), "ten, one given out, four")

	undo := url.Values{}
	doc.Find(".saved form input").Each(func(_ int, s *goquery.Selection) { undo.Add(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/stock/void", cookie, undo).status)
	doc = read(t, h.ask(t, http.MethodGet, "/stock", cookie, nil))
	require.Equal(t, "9", strings.TrimSpace(doc.Find("main td.num").First().Text()))
	require.Zero(t, doc.Find(".saved form").Length(), "nothing is left to undo")

	past := read(t, h.ask(t, http.MethodGet, "/stock?day=2026-11-19", cookie, nil))
	require.Zero(t, past.Find("main td.num").Length(), "the day before the delivery")
	require.NotZero(t, past.Find(".lead").Length())
}

func TestStock_asksOnceMoreAndKeepsTheWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, cookie := h.homes["one"], h.signIn(t, "canary-worker")
	off := m.move("off", "kind", "damaged", "kits", "50")
	got := h.ask(t, http.MethodPost, "/stock/move", cookie, off)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	doc := read(t, got)
	require.Contains(t, doc.Find("#kits-error").Text(), "9")
	require.Equal(t, "50", doc.Find("#kits").AttrOr("value", ""))
	require.Equal(t, 1, doc.Find(`input[name="kind"][value="damaged"][checked]`).Length())
	require.Equal(t, 1, doc.Find(`input[name="anyway"]`).Length())
	off.Set("anyway", "yes")
	doc = h.stock(t, cookie, off)
	require.Contains(t, doc.Find("p.short").Text(), "41 more given out than the ledger knew")
	require.Contains(t, doc.Find("p.short a").AttrOr("href", ""), "what=receive")
}

func TestStock_refusals(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, two := h.homes["one"], h.homes["two"]
	worker := h.signIn(t, "plain-worker")
	for _, path := range []string{"/stock?site=" + string(one.site), "/stock/moves?site=" + string(one.site), "/stock/count?site=" + string(one.site),
		"/stock/move?site=" + string(one.site), "/stock/move?corrects=" + string(one.movement), "/stock?site=shed", "/stock/move?what=arrive&transfer=" + string(one.movement),
		"/stock/count?bag=" + string(one.bag)} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, path, worker, nil).status, path)
	}
	for name, c := range map[string]struct {
		form   url.Values
		status int
	}{
		"another programme's site":    {one.move("receive"), http.StatusNotFound},
		"another programme's kit":     {two.move("receive", "product", string(one.product)+":"+string(one.batch)), http.StatusUnprocessableEntity},
		"another programme's bag":     {two.move("fill", "bag", string(one.bag)), http.StatusUnprocessableEntity},
		"to a site of another":        {two.move("send", "other", string(one.site)), http.StatusUnprocessableEntity},
		"to itself":                   {two.move("send", "other", string(two.site)), http.StatusUnprocessableEntity},
		"tomorrow":                    {two.move("receive", "day-day", "24"), http.StatusUnprocessableEntity},
		"a lot without the right to":  {two.move("receive", "product", string(two.product)+":new", "lot-id", string(thn.NewID()), "lot", "X", "expiry-month", "3", "expiry-year", "2028"), http.StatusForbidden},
		"the movement of another":     {two.move("receive", "corrects", string(one.movement)), http.StatusNotFound},
		"an answer that is not asked": {two.move("receive", "name", "x"), http.StatusUnprocessableEntity},
		"a transfer of another":       {two.move("arrive", "transfer", string(one.movement)), http.StatusNotFound},
	} {
		got := h.ask(t, http.MethodPost, "/stock/move", worker, c.form)
		require.Equal(t, c.status, got.status, name+": "+got.body)
		require.NotContains(t, got.body, "CANARY", name)
	}
	undo := url.Values{"site": {string(two.site)}, "id": {string(one.movement)}, "void": {string(thn.NewID())}}
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, "/stock/void", worker, undo).status)
	own := url.Values{"site": {string(two.site)}, "id": {string(two.movement)}, "void": {string(thn.NewID())}}
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, "/stock/void", worker, own).status, "not theirs")
}

func TestStock_aLotIsTypedByWhoeverMayAddOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := h.homes["one"]
	form := read(t, h.ask(t, http.MethodGet, "/stock/move?what=receive", h.signIn(t, "canary-worker"), nil))
	require.Zero(t, form.Find("#lot").Length())
	require.Contains(t, form.Find("#product-hint").Text(), "ask your manager")

	manager := h.signIn(t, "canary-manager")
	require.Equal(t, 1, read(t, h.ask(t, http.MethodGet, "/stock/move?what=receive", manager, nil)).Find("#lot").Length())
	lot := m.move("receive", "product", string(m.product)+":new", "lot-id", string(thn.NewID()), "lot", "FRESH-1", "expiry-month", "3", "expiry-year", "2029")
	doc := h.stock(t, manager, lot)
	require.Contains(t, doc.Find("main table").Text(), "FRESH-1")
	require.Contains(t, doc.Find(".mark").Text(), "Use first", "the older batch")

	late := m.move("receive", "product", string(m.product)+":new", "lot-id", string(thn.NewID()), "lot", "STALE-1", "expiry-month", "3", "expiry-year", "2025")
	got := h.ask(t, http.MethodPost, "/stock/move", manager, late)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.NotZero(t, read(t, got).Find("#product-error").Length())
	batches, err := h.Store.Batches(t.Context(), m.programme.ID)
	require.NoError(t, err)
	require.Len(t, batches, 2, "nothing was added before it was confirmed")
}

func TestStock_transferFromBothEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, cookie := h.homes["one"], h.signIn(t, "canary-manager")
	other := thn.Site{ID: thn.NewID(), Area: m.area, Name: "Annex", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "doctor"}
	require.NoError(t, h.Store.AddSites(t.Context(), m.programme.ID, "", other))
	require.Equal(t, 2, read(t, h.ask(t, http.MethodGet, "/stock", cookie, nil)).Find("main tbody tr").Length(), "two sites: one is chosen first")

	doc := h.stock(t, cookie, m.move("send", "other", string(other.ID)))
	require.Contains(t, doc.Find("main").Text(), "To Annex")
	there := read(t, h.ask(t, http.MethodGet, "/stock?site="+string(other.ID), cookie, nil))
	link := there.Find(`a[href*="what=arrive"]`).AttrOr("href", "")
	form := read(t, h.ask(t, http.MethodGet, link, cookie, nil))
	require.Equal(t, "4", form.Find("#kits").AttrOr("value", ""), "prefilled")
	arrive := m.move("arrive", "site", string(other.ID), "transfer", form.Find(`input[name="transfer"]`).AttrOr("value", ""), "kits", "3")
	there = h.stock(t, cookie, arrive)
	require.Contains(t, there.Find("main").Text(), "1 missing")
	require.Contains(t, there.Find(".saved").Text(), "Arrived from CANARY site: 3 kits")
}

func TestStock_countSheet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, cookie := h.homes["one"], h.signIn(t, "canary-worker")
	doc := read(t, h.ask(t, http.MethodGet, "/stock/count", cookie, nil))
	require.Equal(t, 1, doc.Find(".tally").Length())
	require.NotContains(t, doc.Find(".tally").Text(), "9", "the sheet does not lead whoever counts")
	sheet := url.Values{"site": {string(m.site)}, "day-day": {"23"}, "day-month": {"11"}, "day-year": {"2026"}, "counted": {"a lot"},
		"line": {doc.Find(`input[name="line"]`).AttrOr("value", "")}, "kit": {doc.Find(`input[name="kit"]`).AttrOr("value", "")}}
	got := h.ask(t, http.MethodPost, "/stock/count", cookie, sheet)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Equal(t, "a lot", read(t, got).Find("#counted-0").AttrOr("value", ""))
	sheet.Set("counted", "7")
	for range 2 { // the button pressed twice counts once
		require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/stock/count", cookie, sheet).status)
	}
	doc = read(t, h.ask(t, http.MethodGet, "/stock", cookie, nil))
	require.Contains(t, doc.Find(".saved").Text(), "7 found, 2 fewer than the ledger said")
	require.Equal(t, "7", strings.TrimSpace(doc.Find("main td.num").First().Text()))
}

func TestStock_movesNameNobodyToAWorker(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, worker := h.homes["one"], h.signIn(t, "canary-worker")
	h.stock(t, worker, m.move("receive"))
	doc := read(t, h.ask(t, http.MethodGet, "/stock/moves", worker, nil))
	require.Equal(t, 2, doc.Find("main tbody tr").Length())
	require.Equal(t, 1, doc.Find(`a[href*="/void"]`).Length(), "their own of today")
	require.NotContains(t, doc.Find("main table").Text(), "canary-worker")
	manager := h.signIn(t, "canary-manager")
	doc = read(t, h.ask(t, http.MethodGet, "/stock/moves", manager, nil))
	require.Contains(t, doc.Find("main table").Text(), "canary-worker")
	link := doc.Find(`a[href*="/void"]`).First().AttrOr("href", "")
	ask := read(t, h.ask(t, http.MethodGet, link, manager, nil))
	got := h.ask(t, http.MethodPost, link, manager, url.Values{"id": {ask.Find(`main input[name="id"]`).AttrOr("value", "")}})
	require.Equal(t, "/stock/moves?site="+string(m.site), got.header.Get("Location"), got.body)
	require.Equal(t, 1, read(t, h.ask(t, http.MethodGet, "/stock/moves", manager, nil)).Find("main tbody tr").Length())
}

func TestGiveOut_drawsOnTheBagAndIsNeverBlocked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, cookie := h.homes["one"], h.signIn(t, "canary-worker")
	doc := read(t, h.ask(t, http.MethodGet, "/give-out", cookie, nil))
	require.Equal(t, "shelf", doc.Find(`input[name="from"][checked]`).AttrOr("value", ""), "the bag is empty")
	require.Contains(t, doc.Find("#product label").First().Text(), "9 on the shelf")
	h.stock(t, cookie, m.move("fill", "bag", string(m.bag), "kits", "2"))
	doc = read(t, h.ask(t, http.MethodGet, "/give-out", cookie, nil))
	require.Equal(t, string(m.bag), doc.Find(`input[name="from"][checked]`).AttrOr("value", ""), "the bag holds the kit")
	require.Contains(t, doc.Find("#product label").First().Text(), "2 in my bag")

	id := thn.NewID()
	record := url.Values{"id": {string(id)}, "site": {string(m.site)}, "product": {string(m.product) + ":" + string(m.batch)}, "day": {"today"}, "recipient": {"person_at_risk"},
		"supply": {"first"}, "kits": {"5"}, "from": {string(m.bag)}, "colleague": {"peer"}, "recorder": {"nurse"}, "do": {"save"}}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/distributions", cookie, record).status)
	doc = read(t, h.ask(t, http.MethodGet, "/give-out", cookie, nil))
	require.Contains(t, doc.Find(".saved .short").Text(), "3 more kits")
	require.Equal(t, "/stock?site="+string(m.site), doc.Find(".saved .short a").AttrOr("href", ""))
	f, _, err := h.Store.Fact(t.Context(), m.programme.ID, id)
	require.NoError(t, err)
	d := f.(thn.Distribution)
	require.Equal(t, m.bag, d.Bag)
	require.Equal(t, thn.SupplierPeer, d.Supplier)
	require.Equal(t, thn.Supplier("nurse"), d.Recorder)

	correct := read(t, h.ask(t, http.MethodGet, "/give-out/correct", cookie, nil))
	require.Equal(t, string(m.bag), correct.Find(`input[name="from"][checked]`).AttrOr("value", ""))
	require.Equal(t, "peer", correct.Find(`#colleague option[selected]`).AttrOr("value", ""))

	record.Set("id", string(thn.NewID()))
	record.Set("from", string(h.homes["two"].bag))
	got := h.ask(t, http.MethodPost, "/distributions", cookie, record)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, read(t, got).Find("#from-error").Text(), "Choose a bag")
}

// mustRequest gives a request another body and keeps its headers.
func mustRequest(t *testing.T, r *http.Request, body string) *http.Request {
	t.Helper()
	next, err := http.NewRequest(r.Method, r.URL.String(), strings.NewReader(body))
	require.NoError(t, err)
	next.Header = r.Header
	return next
}
