package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// Who may read a release before its hour is named in the browser, among those of
// the programme who read releases; whether they did is told.
func TestEditions_earlyReaders(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager, advocate, worker := h.signIn(t, "plain-manager"), h.signIn(t, "plain-advocate"), h.signIn(t, "plain-worker")
	_, err := h.Accounts.Create(t.Context(), "", thn.Account{Handle: "plain-second"}, password, thn.Grant{Programme: h.homes["two"].programme.ID, Role: thn.RoleAdvocate})
	require.NoError(t, err)
	second := h.signIn(t, "plain-second")
	h.publish(t)
	d := htmlOf(t, h.ask(t, http.MethodGet, "/editions/2/publish", manager, nil))
	offered := d.Find("#reader .choice").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	require.Equal(t, []string{"plain-advocate", "plain-second"}, offered)
	id, _ := d.Find("#reader input").First().Attr("value")
	foreign, err := h.Store.Account(t.Context(), "canary-advocate")
	require.NoError(t, err)
	in := func(change url.Values) url.Values {
		return merged(url.Values{"open-day": {"24"}, "open-month": {"11"}, "open-year": {"2026"}, "hour": {"9"}, "reader": {id}}, change)
	}
	for name, wrong := range map[string]url.Values{"no hour": {"reader": {id}}, "another programme's": in(url.Values{"reader": {string(foreign.ID)}})} {
		got := h.ask(t, http.MethodPost, "/editions/2/publish", manager, wrong)
		require.Equal(t, http.StatusUnprocessableEntity, got.status, name)
		require.Equal(t, 1, htmlOf(t, got).Find("#problems a[href='#reader']").Length(), name)
	}
	got := h.ask(t, http.MethodPost, "/editions/2/publish", manager, in(url.Values{"hour": {"99"}}))
	require.Equal(t, 1, htmlOf(t, got).Find("#reader input[checked]").Length(), "who was named comes back")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, in(nil)).status)

	early := func() string {
		return htmlOf(t, h.ask(t, http.MethodGet, "/editions", manager, nil)).Find("#early tbody").Text()
	}
	require.Equal(t, "2plain-advocateNot read before its hour", early())
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/summary?number=2", second, nil).status, "not named")
	require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodGet, "/editions", worker, nil).status)
	require.Equal(t, "2plain-advocateNot read before its hour", early())
	require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, "/summary?number=2", advocate, nil).status)
	require.Equal(t, "2plain-advocate23 November 2026", early())
	require.Contains(t, htmlOf(t, h.ask(t, http.MethodGet, "/activity?kind=edition", manager, nil)).Find("tbody").Text(), "plain-advocateRead before its hour")
	require.NotContains(t, h.ask(t, http.MethodGet, "/editions", h.signIn(t, "canary-manager"), nil).body, "plain-", "another programme's")
}
