package server_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

func parsed(t *testing.T, body string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	require.NoError(t, err)
	return doc
}

// told lists the uses of a programme.
func (h *house) told(t *testing.T, m home) []thn.ToldUse {
	t.Helper()
	list, err := h.Store.Uses(context.Background(), m.programme.ID, thn.MustDate(2020, 1, 1))
	require.NoError(t, err)
	return list
}

func TestUsed_fiveAnswersAreThankedForAndCanBeUndone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	worker := h.signIn(t, "plain-worker")
	page := parsed(t, h.ask(t, http.MethodGet, "/used", worker, nil).body)
	require.Equal(t, "Used", page.Find(".bar li:nth-child(2)").Text())
	require.Equal(t, 0, page.Find("#giver input:checked, #outcome input:checked").Length(), "nothing is answered for the person")
	posted := url.Values{"id": {page.Find("#used input[name=id]").AttrOr("value", "")}, "site": {string(two.site)}, "when": {"last"}, "giver": {"lay"}, "doses": {"more"}, "doses_number": {"4"},
		"outcome": {"survived"}, "ambulance": {"no"}, "place": {"private_home"}, "do": {"save"}, "month-day": {""}, "month-month": {""}, "month-year": {""}, "product": {""}, "relation": {""}, "reporter": {""}}
	for _, wrong := range []struct{ key, value, field, says string }{
		{"doses_number", "41", "#doses-error", "1 to 40"}, {"doses_number", "", "#doses-error", "1 to 40"}, {"giver", "nobody", "#giver-error", "Choose"},
	} {
		got := h.ask(t, http.MethodPost, "/used", worker, merged(posted, url.Values{wrong.key: {wrong.value}}))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, wrong)
		require.Contains(t, parsed(t, got.body).Find(wrong.field).Text(), wrong.says)
		require.Equal(t, 1, parsed(t, got.body).Find("#outcome input[value=survived]:checked").Length(), "what was answered stays")
	}
	for when, says := range map[string]string{"2031": "cannot be later than today", "1999": "The first record of this programme is of 20 November 2026"} {
		got := h.ask(t, http.MethodPost, "/used", worker, merged(posted, url.Values{"when": {"other"}, "month-month": {"3"}, "month-year": {when}}))
		require.Equal(t, http.StatusUnprocessableEntity, got.status)
		require.Contains(t, parsed(t, got.body).Find("#when-error").Text(), says)
	}
	posted.Set("when", "this")
	for range 2 { // sent twice, saved once
		got := h.ask(t, http.MethodPost, "/used", worker, posted)
		require.Equal(t, http.StatusSeeOther, got.status, got.body)
		require.Equal(t, "/used/saved", got.header.Get("Location"))
	}
	list := h.told(t, two)
	require.Len(t, list, 1)
	require.Equal(t, thn.MustDate(2026, 11, 1), list[0].Event)
	require.True(t, list[0].MonthOnly)
	require.Equal(t, []thn.UsePerson{{Outcome: thn.Survived, Relation: "not_asked", Given: []thn.Administration{{Giver: "lay", Doses: 4, Response: "not_asked"}}}}, list[0].Persons)
	thanks := parsed(t, h.ask(t, http.MethodGet, "/used/saved", worker, nil).body)
	require.Equal(t, "Thank you", thanks.Find("h1").Text())
	require.Contains(t, thanks.Find(".saved dd").Text(), "November 2026")
	undo := url.Values{"id": {string(list[0].ID)}, "void": {thanks.Find("input[name=void]").AttrOr("value", "")}}
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, "/used/void", h.signIn(t, "canary-worker"), undo).status, "not of another programme")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/used/void", worker, undo).status)
	require.Empty(t, h.told(t, two))
}

// With no answer at all a use is saved as not asked: nobody is made to answer.
func TestUsed_everyAnswerMayStayOpen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	got := h.ask(t, http.MethodPost, "/used", h.signIn(t, "plain-worker"), url.Values{"id": {string(thn.NewID())}, "site": {string(two.site)}, "do": {"save"}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	u := h.told(t, two)[0]
	require.Equal(t, []any{thn.AnswerNotAsked, thn.SurvivalNotRecorded, thn.GiverUnknown, 0}, []any{u.Ambulance, u.Persons[0].Outcome, u.Persons[0].Given[0].Giver, u.Persons[0].Given[0].Doses})
}

func TestUsedDetail_personsAndTimesAreAddedWithoutScript(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	worker := h.signIn(t, "plain-worker")
	form := url.Values{"id": {string(thn.NewID())}, "site": {string(two.site)}, "when": {"other"}, "month-day": {"21"}, "month-month": {"11"}, "month-year": {"2026"},
		"outcome-1": {"died"}, "giver-1-1": {"police"}, "given_doses-1-1": {"2"}, "do": {"given-1"}}
	page := parsed(t, h.ask(t, http.MethodPost, "/used/detail", worker, form).body)
	require.Equal(t, 1, page.Find("[name=given_doses-1-2]").Length())
	require.Equal(t, "2", page.Find("[name=given_doses-1-1]").AttrOr("value", ""))
	form = merged(form, url.Values{"giver-1-2": {"ambulance"}, "given_doses-1-2": {""}, "do": {"person"}})
	page = parsed(t, h.ask(t, http.MethodPost, "/used/detail", worker, form).body)
	require.Equal(t, 1, page.Find("#outcome-2").Length())
	form = merged(form, url.Values{"outcome-2": {"survived"}, "giver-2-1": {"lay"}, "given_doses-2-1": {"many"}})
	form.Del("do")
	got := h.ask(t, http.MethodPost, "/used/detail", worker, form)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, parsed(t, got.body).Find("[id='given_doses-2-1-error']").Text(), "1 to 40")
	form.Set("given_doses-2-1", "1")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/used/detail", worker, form).status)
	u := h.told(t, two)[0]
	require.Equal(t, [3]int{2, 3, 3}, [3]int{len(u.Persons), u.Administrations(), u.Doses()})
	require.Equal(t, thn.MustDate(2026, 11, 21), u.Event)
	nobody := url.Values{"id": {string(thn.NewID())}, "site": {string(two.site)}, "outcome-1": {"died"}}
	require.Contains(t, parsed(t, h.ask(t, http.MethodPost, "/used/detail", worker, nobody).body).Find("#persons-error").Text(), "given to somebody")
}

func TestTwins_areDecidedByAPerson(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	worker, manager := h.signIn(t, "plain-worker"), h.signIn(t, "plain-manager")
	tell := func(reporter string) {
		got := h.ask(t, http.MethodPost, "/used", worker, url.Values{"id": {string(thn.NewID())}, "site": {string(two.site)}, "when": {"other"}, "month-day": {"21"}, "month-month": {"11"}, "month-year": {"2026"},
			"giver": {"lay"}, "doses": {"2"}, "outcome": {"survived"}, "reporter": {reporter}, "do": {"save"}})
		require.Equal(t, http.StatusSeeOther, got.status, got.body)
	}
	tell("friend")
	tell("recipient")
	page := parsed(t, h.ask(t, http.MethodGet, "/used/twins", manager, nil).body)
	require.Equal(t, 1, page.Find(".pair").Length())
	require.Equal(t, 3, page.Find(".pair thead th").Length(), "both versions side by side")
	decision := url.Values{"id": {page.Find(".pair input[name=id]").AttrOr("value", "")}, "record": {page.Find(".pair input[name=record]").AttrOr("value", "")},
		"same": {page.Find(".pair button[name=same]").AttrOr("value", "")}}
	require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodPost, "/used/twins", worker, decision).status)
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, "/used/twins", h.signIn(t, "canary-manager"), decision).status)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/used/twins", manager, decision).status)
	require.Len(t, h.told(t, two), 1, "counted once")
	tell("family")
	page = parsed(t, h.ask(t, http.MethodGet, "/used/twins", manager, nil).body)
	apart := url.Values{"id": {page.Find(".pair input[name=id]").AttrOr("value", "")}, "record": {page.Find(".pair input[name=record]").AttrOr("value", "")},
		"apart": {page.Find(".pair button[name=apart]").AttrOr("value", "")}}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/used/twins", manager, apart).status)
	require.Len(t, h.told(t, two), 2)
	require.Equal(t, 0, parsed(t, h.ask(t, http.MethodGet, "/used/twins", manager, nil).body).Find(".pair").Length())
}
