package server_test

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// see opens a page and reads it.
func (h *house) see(t *testing.T, path, cookie string) *goquery.Document {
	t.Helper()
	got := h.ask(t, http.MethodGet, path, cookie, nil)
	require.Equal(t, http.StatusOK, got.status, got.body)
	doc := document(t, got)
	require.NotContains(t, doc.Find("main").Text(), "⟦", "a key without words")
	return doc
}

// row is the cells of the row that begins with a label.
func row(doc *goquery.Document, label string) (cells []string) {
	doc.Find("main tr").Each(func(_ int, tr *goquery.Selection) {
		if strings.TrimSpace(tr.Find("th").Text()) == label {
			tr.Find("td").Each(func(_ int, td *goquery.Selection) { cells = append(cells, strings.TrimSpace(td.Text())) })
		}
	})
	return cells
}

func (m home) review(tail string) string { return "/review/" + string(m.held) + tail }

func TestReview_acceptsWhatWasHeld(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	cookie := h.signIn(t, "canary-manager")
	require.Equal(t, "1 record waits for a decision.", h.see(t, "/coverage", cookie).Find(`main a[href="/review"]`).Text())
	list := h.see(t, "/review", cookie)
	require.Equal(t, "page", list.Find(`.places a[href="/review"]`).AttrOr("aria-current", ""))
	cells := list.Find("tbody tr").Children()
	require.Equal(t, one.review(""), cells.Eq(0).Find("a").AttrOr("href", ""))
	require.Equal(t, "23 November 2026, 14:00–15:00", cells.Eq(1).Text())
	require.Equal(t, "the site was closed on that day", cells.Eq(3).Text())

	page := h.see(t, one.review(""), cookie)
	require.Contains(t, page.Find(".lead").First().Text(), "It waits because the site was closed on that day.")
	require.Equal(t, []string{"CANARY site"}, row(page, "Where"))
	require.Equal(t, []string{"CANARY kit"}, row(page, "Kit"))
	require.Equal(t, []string{"CANARY-1"}, row(page, "Batch"))
	require.Equal(t, []string{"20 November 2026"}, row(page, "Day"))
	require.Equal(t, []string{"Person at risk"}, row(page, "For whom"))
	require.Equal(t, []string{"1"}, row(page, "Kits"))
	require.Empty(t, row(page, "Bag"), "what says nothing takes no room")

	form := page.Find(`main form[method=post]`)
	got := h.ask(t, http.MethodPost, form.AttrOr("action", ""), cookie, url.Values{"id": {form.Find("[name=id]").AttrOr("value", "")}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	list = h.see(t, "/review", cookie)
	require.Contains(t, list.Find(".notice").Text(), "It counts now")
	require.Equal(t, 1, list.Find(".empty").Length())
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, one.review(""), cookie, nil).status)
	for _, path := range []string{one.review(""), one.review("/out"), one.review("/correct")} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, path, cookie, url.Values{"id": {string(thn.NewID())}, "why": {"trial"}}).status, path)
	}
}

func TestReview_marksWhatDiffers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	cookie := h.signIn(t, "canary-manager")
	other := one.distribution(one.record)
	other.Lines = []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyRepeat, Reason: "lost", People: 1, Kits: 3}}
	other.Batch = ""
	one.held = h.hold(t, one, other, "other_content")
	page := h.see(t, one.review(""), cookie)
	require.Equal(t, []string{"CANARY site", "CANARY site"}, row(page, "Where"))
	require.Equal(t, []string{"no answer" + "Differs", "CANARY-1"}, row(page, "Batch"))
	require.Equal(t, []string{"3Differs", "1"}, row(page, "Kits"))
	require.Equal(t, []string{"LostDiffers", "no answer"}, row(page, "Reason"))
	require.Equal(t, []string{"1", "1"}, row(page, "People"))
	require.Equal(t, 4, page.Find("td.differs").Length())
	require.Contains(t, page.Find("main .buttons .go").Text(), "replace what counts now")
	got := h.ask(t, http.MethodPost, one.review(""), cookie, url.Values{"id": {string(thn.NewID())}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	_, e, err := h.Store.Fact(t.Context(), one.programme.ID, one.record)
	require.NoError(t, err)
	require.True(t, e.Superseded)
}

func TestReview_putsRight(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	cookie := h.signIn(t, "canary-manager")
	sent := one.distribution(thn.NewID())
	sent.Day, sent.Supplier = thn.MustDate(2027, 1, 5), thn.SupplierPeer
	one.held = h.hold(t, one, sent, "day_ahead")
	page := h.see(t, one.review(""), cookie)
	require.Empty(t, page.Find("main .buttons form").Length(), "it cannot be stored as it is")
	form := h.see(t, page.Find(`.buttons a[href$="/correct"]`).AttrOr("href", ""), cookie).Find("#give")
	require.Equal(t, one.review("/correct"), form.AttrOr("action", ""))
	require.Equal(t, string(one.site), form.Find("[name=site][checked]").AttrOr("value", ""))
	require.Equal(t, "person_at_risk", form.Find("[name=recipient][checked]").AttrOr("value", ""))
	require.Equal(t, "2027", form.Find("[name=day-year]").AttrOr("value", ""))

	values := url.Values{"id": {form.Find("[name=id]").AttrOr("value", "")}, "corrects": {string(one.held)}, "site": {string(one.site)}, "product": {string(one.product) + ":"},
		"day": {"other"}, "day-day": {"5"}, "day-month": {"1"}, "day-year": {"2027"}, "recipient": {"person_at_risk"}, "supply": {"first"}, "kits": {"2"}, "training": {"brief"}, "do": {"save"}}
	got := h.ask(t, http.MethodPost, one.review("/correct"), cookie, values)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	again := document(t, got)
	require.Contains(t, again.Find(".problems").Text(), "Choose today or a day before")
	require.Equal(t, one.review("/correct"), again.Find("#give").AttrOr("action", ""))
	require.Equal(t, "2", again.Find("#kits").AttrOr("value", ""), "nothing typed is lost")
	values.Set("step", "1")
	got = h.ask(t, http.MethodPost, one.review("/correct"), cookie, values)
	require.Equal(t, "3", document(t, got).Find("#kits").AttrOr("value", ""))
	values.Del("step")
	values.Set("day-year", "2026")
	got = h.ask(t, http.MethodPost, one.review("/correct"), cookie, values)
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	stored, _, err := h.Store.Fact(t.Context(), one.programme.ID, sent.ID)
	require.NoError(t, err)
	require.Equal(t, thn.Kits(2), stored.(thn.Distribution).Kits())
	require.Equal(t, thn.SupplierPeer, stored.(thn.Distribution).Supplier, "what the form does not ask is kept")
}

func TestReview_takesOutWithAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	cookie := h.signIn(t, "canary-manager")
	got := h.ask(t, http.MethodPost, one.review("/out"), cookie, url.Values{})
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, document(t, got).Find("#why-error").Text(), "Choose an answer")
	got = h.ask(t, http.MethodPost, one.review("/out"), cookie, url.Values{"why": {"because"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	got = h.ask(t, http.MethodPost, one.review("/out"), cookie, url.Values{"why": {"trial"}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	require.Contains(t, h.see(t, "/review", cookie).Find(".notice").Text(), "does not count")
}

// A group, or what is no record at all, has no form to put it right with; it is
// shown as far as it can be read.
func TestReview_showsWhatCannotBePutRight(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	cookie := h.signIn(t, "canary-manager")
	group := one.distribution(thn.NewID())
	group.Lines = append(group.Lines, thn.Line{Recipient: thn.RecipientFamily, Supply: thn.SupplyFirst, People: 4, Kits: 4})
	one.held = h.hold(t, one, group, "site_closed")
	page := h.see(t, one.review(""), cookie)
	require.Contains(t, row(page, "Answer 2")[0], "Kits: 4")
	require.Zero(t, page.Find(`.buttons a[href$="/correct"]`).Length())
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, one.review("/correct"), cookie, nil).status)

	id := string(thn.NewID())
	require.NoError(t, h.Store.Hold(t.Context(), thn.HeldRecord{Programme: one.programme.ID, Kind: thn.KindDistribution, Record: thn.ID(id), Cause: "not_well_formed",
		Payload: `{"id":"` + id + `","day":"2026-06-31","site":"` + string(one.site) + `","product":"","lines":[{"recipient":"somebody","supply":"","people":1,"kits":0}]}`}))
	held, err := h.Store.HeldRecords(t.Context(), one.programme.ID)
	require.NoError(t, err)
	for _, x := range held {
		if string(x.Record) == id {
			one.held = x.ID
		}
	}
	page = h.see(t, one.review(""), cookie)
	require.Equal(t, []string{"2026-06-31"}, row(page, "Day"), "as it came")
	require.Equal(t, []string{"somebody"}, row(page, "For whom"))
	require.Equal(t, 1, page.Find(`.buttons a[href$="/correct"]`).Length())
	require.Equal(t, 1, h.see(t, one.review("/correct"), cookie).Find("#give").Length())
}

// Every field of every kind of record has words in every language.
func TestReview_everyFieldHasWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, code := range lang.Codes {
		l := h.Catalogue.Locale(code)
		for _, kind := range thn.ActKinds {
			require.True(t, l.Has("kind."+kind), kind)
			blank, err := thn.Blank(thn.RecordKind(kind), "")
			if err == nil {
				haveWords(t, l, reflect.TypeOf(blank))
			}
		}
		for _, why := range thn.WhyOut {
			require.True(t, l.Has("review.why."+why), why)
		}
	}
}

func haveWords(t *testing.T, l *lang.Locale, of reflect.Type) {
	for i := range of.NumField() {
		f := of.Field(i)
		if f.Name != "ID" && f.Name != "Area" {
			require.True(t, l.Has("review.field."+strings.ToLower(f.Name)), "%s.%s", of.Name(), f.Name)
		}
		if f.Type.Kind() == reflect.Slice {
			haveWords(t, l, f.Type.Elem())
		}
	}
}

func TestActivity_saysWhoDidWhat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, two := h.homes["one"], h.homes["two"]
	cookie := h.signIn(t, "canary-manager")
	got := h.ask(t, http.MethodPost, "/distributions", h.signIn(t, "canary-worker"), url.Values{"id": {string(thn.NewID())}, "site": {string(one.site)}, "product": {string(one.product) + ":"},
		"day": {"today"}, "recipient": {"person_at_risk"}, "supply": {"first"}, "kits": {"7"}, "training": {"brief"}, "do": {"save"}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	page := h.see(t, "/activity", cookie)
	first := page.Find("tbody tr").First().Children()
	require.Equal(t, []string{"23 November 2026, 14:00–15:00", "canary-worker", "RecordedKits given out", "CANARY site"},
		[]string{first.Eq(0).Text(), first.Eq(1).Text(), first.Eq(2).Text(), first.Eq(3).Text()})
	require.NotContains(t, page.Find("table").Text(), "7")
	require.Contains(t, page.Find("table").Text(), "the program itself")

	page = h.see(t, "/activity?kind=site&site="+string(one.site), cookie)
	require.Equal(t, 1, page.Find("tbody tr").Length())
	require.Equal(t, "site", page.Find("#kind [selected]").AttrOr("value", ""))
	require.Equal(t, 1, h.see(t, "/activity?kind=nonsense", cookie).Find(".empty").Length())
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/activity?site="+string(two.site), cookie, nil).status)

	for range 60 {
		d := one.distribution(thn.NewID())
		_, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: one.programme.ID, Record: d}})
		require.NoError(t, err)
	}
	older := h.see(t, "/activity?kind=distribution", cookie).Find(".files a").AttrOr("href", "")
	require.Contains(t, older, "kind=distribution")
	page = h.see(t, older, cookie)
	require.Equal(t, 60+2+1-50, page.Find("tbody tr").Length(), "sixty, the one of the worker, the first, and the held one")
	require.Equal(t, "/activity?kind=distribution", page.Find(".files a").Last().AttrOr("href", ""))
}
