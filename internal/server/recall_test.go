package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// found reads a page by selectors.
func (a answer) found(t *testing.T) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	require.NoError(t, err)
	return doc
}

func on(name string, year, month, day string) url.Values {
	return url.Values{name + "-day": {day}, name + "-month": {month}, name + "-year": {year}}
}

func (h *house) batches(t *testing.T, m home) map[string]thn.Batch {
	t.Helper()
	list, err := h.Store.Batches(t.Context(), m.programme.ID)
	require.NoError(t, err)
	byLot := map[string]thn.Batch{}
	for _, b := range list {
		byLot[b.Lot] = b
	}
	return byLot
}

func TestBatchForm_readsTheCodeOnTheBox(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	manager := h.signIn(t, "canary-manager")
	id := string(thn.NewID())
	kit := thn.Product{ID: thn.NewID(), Code: "scanned", Name: "Scanned kit", Route: "nasal", GTIN: "5012345678900"}
	require.NoError(t, h.Store.AddProducts(t.Context(), one.programme.ID, "", kit))

	empty := url.Values{"id": {id}, "do": {"read"}, "lot": {""}, "product": {""}, "expiry-day": {""}, "expiry-month": {""}, "expiry-year": {""}}
	got := h.ask(t, http.MethodPost, "/batches", manager, merged(empty, url.Values{"code": {"]d2010501234567890010ABC123\x1d17270300"}}))
	require.Equal(t, http.StatusOK, got.status, got.body)
	doc := got.found(t)
	value := func(selector string) string { return doc.Find(selector).AttrOr("value", "?") }
	require.Equal(t, []string{"ABC123", "", "3", "2027", ""}, []string{value("#lot"), value("#expiry-day"), value("#expiry-month"), value("#expiry-year"), value("#code")})
	require.Contains(t, doc.Find("#product option[selected], input[name=product][checked]").AttrOr("value", ""), string(kit.ID))
	require.NotContains(t, h.batches(t, one), "ABC123", "nothing is stored before a person has looked")

	got = h.ask(t, http.MethodPost, "/batches", manager, merged(empty, url.Values{"code": {"(01)04006381333931(10)XY"}}))
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	doc = got.found(t)
	require.Contains(t, doc.Find("#code-error").Text(), "04006381333931")
	require.Equal(t, "XY", value("#lot"), "what is known is filled in all the same")

	got = h.ask(t, http.MethodPost, "/batches", manager, merged(empty, url.Values{"code": {"010501234567890010ABC\x1d171313"}, "lot": {"typed"}}))
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	doc = got.found(t)
	require.Equal(t, "010501234567890010ABC␝171313", value("#code"), "the code comes back as it was scanned")
	require.Equal(t, "typed", value("#lot"), "nothing typed is lost")

	save := merged(on("expiry", "2027", "3", ""), on("produced", "2027", "4", "1"), url.Values{"id": {id}, "do": {"read"}, "code": {""}, "product": {string(kit.ID)}, "lot": {"ABC123"}})
	got = h.ask(t, http.MethodPost, "/batches", manager, save)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.NotEmpty(t, got.found(t).Find("#expiry-error").Text(), "expiry before production")
	got = h.ask(t, http.MethodPost, "/batches", manager, merged(save, on("produced", "2025", "4", "1")))
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	b := h.batches(t, one)["ABC123"]
	require.Equal(t, thn.MustDate(2027, time.March, 31), b.Expiry)
	require.Equal(t, thn.MustDate(2025, time.April, 1), b.Produced)
}

func TestBatch_isExtendedAndPutAside(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	manager, worker := h.signIn(t, "canary-manager"), h.signIn(t, "canary-worker")
	path := "/batches/" + string(one.batch)
	revise := func(change string, more ...url.Values) answer {
		v := merged(append([]url.Values{on("day", "2026", "11", "20"), {"id": {string(thn.NewID())}, "change": {change}, "source": {"Maker’s letter"}}}, more...)...)
		return h.ask(t, http.MethodPost, path+"/revise", manager, v)
	}
	got := revise("extended", on("expiry", "2027", "6", ""))
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Equal(t, 2, got.found(t).Find("input[name=shorter]").Length(), "a shorter life is asked about")
	require.Equal(t, http.StatusSeeOther, revise("extended", on("expiry", "2027", "6", ""), url.Values{"shorter": {"yes"}}).status)
	require.Equal(t, http.StatusSeeOther, revise("quarantined").status)
	require.Equal(t, http.StatusConflict, revise("quarantined").status)
	doc := h.ask(t, http.MethodGet, path, manager, nil).found(t)
	require.Contains(t, doc.Find(".lead").Text(), "31 January 2028")
	require.Contains(t, doc.Find(".lead").Text(), "June 2027")
	require.Equal(t, 2, doc.Find("#decided tbody tr").Length())
	require.Equal(t, "1", strings.TrimSpace(doc.Find("#out tbody td").First().Text()))

	kits := h.ask(t, http.MethodGet, "/give-out", worker, nil).found(t).Find("input[name=product]")
	require.Equal(t, string(one.product)+":"+string(one.batch), kits.Last().AttrOr("value", ""), "it stands last")
	require.Empty(t, kits.Last().AttrOr("checked", ""))
	record := url.Values{"id": {string(thn.NewID())}, "site": {string(one.site)}, "product": {string(one.product) + ":" + string(one.batch)}, "day": {"today"},
		"recipient": {"person_at_risk"}, "supply": {"first"}, "kits": {"1"}, "training": {"brief"}, "do": {"save"}}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/distributions", worker, record).status, "what was given can be recorded")
	require.Equal(t, 0, h.ask(t, http.MethodGet, "/give-out", worker, nil).found(t).Find(".again").Length(), "and is not offered again")
}

func TestRecall_fromNoticeToLift(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	manager, worker := h.signIn(t, "canary-manager"), h.signIn(t, "canary-worker")
	_, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: one.programme.ID, Record: thn.Movement{ID: thn.NewID(), Day: thn.MustDate(2026, 11, 1), Kind: thn.MovementReceived,
		Site: one.site, Product: one.product, Batch: one.batch, Kits: 20}}})
	require.NoError(t, err)

	id := thn.NewID()
	notice := merged(on("day", "2026", "11", "22"), url.Values{"id": {string(id)}, "product": {string(one.product)}, "lots": {"canary-1\nNEW7"}, "action": {"replace"}, "source": {"The maker"}, "reference": {"R/7"}})
	got := h.ask(t, http.MethodPost, "/recalls", manager, notice)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	doc := got.found(t)
	require.Contains(t, doc.Find("#lots-error").Text(), "NEW7")
	require.Equal(t, "canary-1\nNEW7", doc.Find("#lots").Text(), "nothing typed is lost")
	require.Equal(t, "NEW7", doc.Find("input[name=unknown]").AttrOr("value", ""))
	got = h.ask(t, http.MethodPost, "/recalls", manager, merged(notice, on("expiry", "2028", "5", ""), url.Values{"unknown": {"NEW7"}}))
	require.Equal(t, "/recalls/"+string(id), got.header.Get("Location"), got.body)
	require.True(t, h.batches(t, one)["NEW7"].Quarantined)
	require.True(t, h.batches(t, one)["CANARY-1"].Quarantined)

	for _, path := range []string{"/give-out", "/give-out/several", "/today"} {
		warning := h.ask(t, http.MethodGet, path, worker, nil).found(t).Find(".recalled")
		require.Contains(t, warning.Text(), "29 kits", path)
		require.Equal(t, "/recalls/"+string(id), warning.Find("a").AttrOr("href", ""))
	}
	page := "/recalls/" + string(id)
	doc = h.ask(t, http.MethodGet, page, worker, nil).found(t)
	take := doc.Find("#places a.act").AttrOr("href", "")
	require.Contains(t, take, page+"/clear?place=site:")
	require.Equal(t, 0, doc.Find(`a[href$="/lift"]`).Length(), "lifting is not a worker's")

	form := h.ask(t, http.MethodGet, take, worker, nil).found(t)
	clear := merged(on("day", "2026", "11", "23"), url.Values{"id": {string(thn.NewID())}, "place": {form.Find("input[name=place][checked]").AttrOr("value", "")}, "kits": {"many"}})
	require.Equal(t, "29", form.Find("#kits").AttrOr("value", ""))
	got = h.ask(t, http.MethodPost, page+"/clear", worker, clear)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Equal(t, "many", got.found(t).Find("#kits").AttrOr("value", ""))
	clear.Set("kits", "29")
	for range 2 { // the button pressed twice
		require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, page+"/clear", worker, clear).status)
	}
	doc = h.ask(t, http.MethodGet, page, manager, nil).found(t)
	require.Contains(t, doc.Find("#left-title").Text(), "All 29 kits are cleared")
	require.Equal(t, 0, h.ask(t, http.MethodGet, "/give-out", worker, nil).found(t).Find(".recalled").Length())
	require.Equal(t, 0, h.ask(t, http.MethodGet, page+"/notice", manager, nil).found(t).Find("table").Length())

	require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodPost, page+"/lift", worker, url.Values{}).status)
	lift := merged(on("from", "2026", "11", "1"), url.Values{"source": {"Tests passed"}})
	require.Equal(t, http.StatusUnprocessableEntity, h.ask(t, http.MethodPost, page+"/lift", manager, lift).status, "before the notice")
	lift = merged(on("from", "2026", "11", "23"), url.Values{"source": {"Tests passed"}})
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, page+"/lift", manager, lift).status)
	require.False(t, h.batches(t, one)["CANARY-1"].Quarantined)
	require.Equal(t, http.StatusConflict, h.ask(t, http.MethodPost, page+"/clear", worker, merged(clear, url.Values{"id": {string(thn.NewID())}})).status)

	doc = h.ask(t, http.MethodGet, page, manager, nil).found(t)
	record := strings.TrimPrefix(doc.Find("#taken a.act").AttrOr("href", ""), page+"/back?record=")
	back := url.Values{"id": {string(thn.NewID())}, "record": {record}}
	require.Equal(t, http.StatusUnprocessableEntity, h.ask(t, http.MethodPost, page+"/back", manager, merged(back, url.Values{"record": {string(one.record)}})).status, "another record")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, page+"/back", manager, back).status)
	cells, err := h.Store.Stock(t.Context(), thn.StockQuery{Programme: one.programme.ID, Batches: []thn.ID{one.batch}})
	require.NoError(t, err)
	require.Equal(t, int64(29), cells[0].Kits, "the kits are back on the shelf")
}
