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

func document(t *testing.T, a answer) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	require.NoError(t, err)
	return d
}

func (h *house) trained(t *testing.T, m home) (sessions, people int64) {
	t.Helper()
	cells, err := h.Store.Trainings(t.Context(), thn.TrainingQuery{Programme: m.programme.ID, Period: thn.YearFrom(2026, time.January)})
	require.NoError(t, err)
	return cells[0].Sessions, cells[0].People
}

func TestTraining_savesCountsAndUndoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	worker := h.signIn(t, "canary-worker")
	d := document(t, h.ask(t, http.MethodGet, "/training", worker, nil))
	require.Equal(t, 8, d.Find("#tallies input").Length())
	require.Empty(t, d.Find("#people_at_risk").AttrOr("value", ""), "a blank line is nobody")
	form := url.Values{"id": {string(thn.NewID())}, "site": {string(one.site)}, "day": {"today"}, "method": {"group"}, "trainer": {"nurse"}, "people_at_risk": {"12"}, "staff": {"0"}, "mixed": {""}}

	step := merged(form, url.Values{"step": {"people_at_risk"}})
	d = document(t, h.ask(t, http.MethodPost, "/training", worker, step))
	require.Equal(t, "13", d.Find("#people_at_risk").AttrOr("value", ""), "one more, with script off")

	for name, c := range map[string]struct {
		change url.Values
		field  string
	}{
		"a word for a number": {url.Values{"staff": {"twelve"}}, "staff"},
		"a full stadium":      {url.Values{"staff": {"1000"}}, "staff"},
		"nobody there":        {url.Values{"people_at_risk": {""}}, "people_at_risk"},
		"no method":           {url.Values{"method": {""}}, "method"},
		"no trainer":          {url.Values{"trainer": {"Maria"}}, "trainer"},
		"tomorrow":            {url.Values{"day": {"other"}, "day-day": {"24"}, "day-month": {"11"}, "day-year": {"2026"}}, "day"},
	} {
		got := h.ask(t, http.MethodPost, "/training", worker, merged(form, c.change))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, name)
		d := document(t, got)
		require.Equal(t, 1, d.Find(`.problems a[href="#`+c.field+`"]`).Length(), name)
		require.Equal(t, c.change.Get("staff"), strings.TrimPrefix(d.Find("#staff").AttrOr("value", ""), "0"), name)
	}
	got := h.ask(t, http.MethodPost, "/training", worker, merged(form, url.Values{"name": {"Maria"}}))
	require.Equal(t, http.StatusUnprocessableEntity, got.status, "there is no place for a name")

	for range 2 { // twice is once
		require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/training", worker, form).status)
		sessions, people := h.trained(t, one)
		require.Equal(t, [2]int64{1, 12}, [2]int64{sessions, people})
	}
	d = document(t, h.ask(t, http.MethodGet, "/training", worker, nil))
	saved := d.Find(".saved")
	require.Contains(t, saved.Text(), "12 people")
	require.Equal(t, "/training/void", saved.Find("form").AttrOr("action", ""))
	require.Equal(t, 1, d.Find(`a[href="/give-out/several"].button`).Length())
	require.Equal(t, 1, d.Find("#recent tbody tr").Length())
	undo := url.Values{"id": {saved.Find(`[name="id"]`).AttrOr("value", "")}, "void": {saved.Find(`[name="void"]`).AttrOr("value", "")}}
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, "/training/void", h.signIn(t, "plain-manager"), undo).status, "another programme's")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/training/void", worker, undo).status)
	sessions, _ := h.trained(t, one)
	require.Zero(t, sessions)
	d = document(t, h.ask(t, http.MethodGet, "/training", worker, nil))
	require.Equal(t, 1, d.Find(".saved.undone").Length())
}

func TestReturns_sayNothingAndTakeItBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	worker := h.signIn(t, "canary-worker")
	cells := func(month string) (texts []string) {
		d := document(t, h.ask(t, http.MethodGet, "/returns?month="+month, worker, nil))
		d.Find("tbody td").Each(func(_ int, s *goquery.Selection) { texts = append(texts, strings.TrimSpace(s.Text())) })
		return texts
	}
	require.Equal(t, []string{"Silent", "Nothing to report Take back", "Silent"}, cells("2026-10"))
	require.Equal(t, []string{"1 to 4 records", "Silent", "Silent"}, cells("2026-11"))
	form := url.Values{"site": {string(one.site)}, "month": {"2026-10"}, "about": {"distribution", "training"},
		"id-distribution": {string(thn.NewID())}, "id-use": {string(thn.NewID())}, "id-training": {string(thn.NewID())}}
	for name, c := range map[string]struct {
		change url.Values
		field  string
	}{
		"nothing ticked":           {url.Values{"about": nil}, "about"},
		"said already":             {url.Values{"about": {"use"}}, "about"},
		"a month that is not over": {url.Values{"month": {"2026-11"}}, "month"},
		"no month":                 {url.Values{"month": {"October"}}, "month"},
		"a site of somebody else":  {url.Values{"site": {string(h.homes["two"].site)}}, "site"},
	} {
		got := h.ask(t, http.MethodPost, "/returns", worker, merged(form, c.change))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, name)
		require.Equal(t, 1, document(t, got).Find(`.problems a[href="#`+c.field+`"]`).Length(), name)
	}
	for range 2 { // twice is once
		require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/returns", worker, form).status)
		require.Equal(t, []string{"Nothing to report Take back", "Nothing to report Take back", "Nothing to report Take back"}, cells("2026-10"))
	}
	late := one.distribution(thn.NewID())
	late.Day = thn.MustDate(2026, 10, 7)
	_, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: one.programme.ID, Record: late}})
	require.NoError(t, err)
	require.Contains(t, cells("2026-10")[0], "The site had said that there was nothing")

	path := "/returns/" + form.Get("id-training") + "/close"
	fresh := document(t, h.ask(t, http.MethodGet, path, worker, nil)).Find(`main [name="id"]`).AttrOr("value", "")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, path, worker, url.Values{"id": {fresh}}).status)
	require.Equal(t, "Silent", cells("2026-10")[2])
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, path, worker, nil).status, "it was taken back")
	for _, bad := range []string{"2027-01", "yesterday", "2026-13"} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/returns?month="+bad, worker, nil).status, bad)
	}
}

func TestStaffTraining_recordsAndTakesOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	manager := h.signIn(t, "canary-manager")
	due := func() string {
		d := document(t, h.ask(t, http.MethodGet, "/training/staff", manager, nil))
		return d.Find("tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("th").Text() == "canary-spare" }).Find("td").Eq(1).Text()
	}
	require.Equal(t, "9 January 2026Overdue", due())
	path := "/training/staff/" + string(one.spare)
	form := url.Values{"id": {string(thn.NewID())}, "day-day": {"20"}, "day-month": {"11"}, "day-year": {"2026"}}
	for name, change := range map[string]url.Values{"tomorrow": {"day-day": {"24"}}, "no such day": {"day-day": {"31"}}, "no day": {"day-day": {""}, "day-month": {""}, "day-year": {""}}} {
		got := h.ask(t, http.MethodPost, path, manager, merged(form, change))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, name)
		require.Equal(t, 1, document(t, got).Find(`.problems a[href="#day"]`).Length(), name)
	}
	for range 2 { // twice is once
		require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, path, manager, form).status)
	}
	require.Equal(t, "20 November 2029In date", due())
	again := h.ask(t, http.MethodPost, path, manager, merged(form, url.Values{"id": {string(thn.NewID())}}))
	require.Equal(t, http.StatusUnprocessableEntity, again.status, "the same day under another number")

	path = "/training/day/" + form.Get("id") + "/close"
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodPost, path, h.signIn(t, "plain-manager"), url.Values{}).status, "another programme's")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, path, manager, url.Values{}).status)
	require.Equal(t, "9 January 2026Overdue", due(), "the day before counts again")
	require.Equal(t, http.StatusConflict, h.ask(t, http.MethodPost, path, manager, url.Values{}).status)
}
