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

// asked fills the form for an answer of a survey.
func (m home) asked(change url.Values) url.Values {
	return merged(url.Values{"id": {string(thn.NewID())}, "question": {"came_back"}, "sample": {"participants since 2018"}, "yes": {"235"}, "asked": {"1 079"}, "returns": {"290"},
		"area": {string(m.root)}, "from-day": {"1"}, "from-month": {"1"}, "from-year": {"2025"}, "to-day": {"31"}, "to-month": {"12"}, "to-year": {"2025"}, "source": {"Evaluation"}}, change)
}

func TestSurveys_addCorrectWithdraw(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	two := h.homes["two"]
	manager := h.signIn(t, "plain-manager")
	answers := func() []thn.Survey {
		list, err := h.Store.Surveys(t.Context(), two.programme.ID)
		require.NoError(t, err)
		return list
	}
	read := func(body string) *goquery.Document {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		require.NoError(t, err)
		return doc
	}

	got := h.ask(t, http.MethodPost, "/surveys", manager, two.asked(url.Values{"asked": {"200"}, "sample": {"my own words"}}))
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	doc := read(got.body)
	require.Equal(t, "my own words", doc.Find("input[name=sample]").AttrOr("value", ""), "the person's words come back")
	require.Contains(t, doc.Find("#asked-error").Text(), "Fewer were asked than said yes")
	require.Len(t, answers(), 1)

	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/surveys", manager, two.asked(nil)).status)
	list := answers()
	require.Len(t, list, 2)
	added := list[0]
	require.Equal(t, []int64{235, 1079, 290}, []int64{added.Yes, added.Asked, added.Returns})
	row := read(h.ask(t, http.MethodGet, "/surveys", manager, nil).body).Find("table tbody tr:contains('participants since 2018')")
	require.Equal(t, 1, row.Length())
	require.Contains(t, row.Text(), "came back 290 times")
	figure := read(h.ask(t, http.MethodGet, "/figures/refill-return?period=2025", manager, nil).body).Find("table tbody").Text()
	require.Contains(t, figure, "Counted: participants since 2018, 2025. Evaluation.", "one row is not turned on its side when that would lose whom it counts")

	path := "/surveys/" + string(added.ID)
	form := read(h.ask(t, http.MethodGet, path+"/correct", manager, nil).body)
	require.Equal(t, "235", form.Find("input[name=yes]").AttrOr("value", ""))
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, path+"/correct", manager, two.asked(url.Values{"yes": {"236"}})).status)
	require.Equal(t, int64(236), answers()[0].Yes)
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, path+"/correct", manager, nil).status, "it was replaced")

	path = "/surveys/" + string(answers()[0].ID) + "/close"
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, path, manager, url.Values{"id": {string(thn.NewID())}}).status)
	require.Len(t, answers(), 1)
}

// The figure of what was entered is drawn, with its table open beneath it and who
// was asked beside each number.
func TestSurveys_areDrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	page := func(path string) *goquery.Document {
		got := h.ask(t, http.MethodGet, path, manager, nil)
		require.Equal(t, http.StatusOK, got.status, path)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
		require.NoError(t, err)
		return doc
	}
	carried := page("/figures/carriage-answers?period=2025")
	require.Equal(t, 2, carried.Find(".charts svg").Length(), "for a desk and for a phone")
	require.Equal(t, 1, carried.Find(".chart-wide svg .whisker").Length()/2, "both arms of the interval")
	require.Equal(t, 1, carried.Find("details.data[open] table").Length())
	require.Contains(t, carried.Find("details.data tbody tr").Text(), "Asked: Plain sample, 2025. Plain source.")
	require.Contains(t, carried.Find("details.data tbody tr").Text(), "16 (11–22)")
	require.Zero(t, page("/figures/carriage-answers?period=2024").Find(".charts").Length(), "a drawing of nothing says nothing")
	back := page("/figures/sos-cascade?period=2025")
	require.Zero(t, back.Find(".charts").Length())
	require.Contains(t, back.Find("table tbody").Text(), "not reported")
}
