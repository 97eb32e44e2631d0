package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// units adds to a home a prison, a police station and an ambulance service, and
// a worker at the prison.
func (h *house) units(t *testing.T, m home) (prison, police, ambulance thn.Site, worker string) {
	t.Helper()
	site := func(name string, setting thn.Setting) thn.Site {
		s := thn.Site{ID: thn.NewID(), Area: m.area, Name: name, Setting: setting, Channel: thn.ChannelOf(setting), Supplier: "other", Opened: thn.MustDate(2025, 1, 1)}
		require.NoError(t, h.Store.AddSites(context.Background(), m.programme.ID, "", s))
		return s
	}
	prison, police, ambulance = site("Mill prison", "prison"), site("Quay police", "police"), site("Port ambulance", "ambulance")
	_, err := h.Accounts.Create(context.Background(), "", thn.Account{Handle: "gate"}, password, thn.Grant{Programme: m.programme.ID, Role: thn.RoleWorker, Site: prison.ID})
	require.NoError(t, err)
	return prison, police, ambulance, h.signIn(t, "gate")
}

func htmlOf(t *testing.T, a answer) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	require.NoError(t, err)
	return d
}

func october(site thn.Site, change url.Values) url.Values {
	return merged(url.Values{"id": {string(thn.NewID())}, "site": {string(site.ID)}, "month": {"2026-10"}, "definition": {"reception_test"}, "at_risk": {"40"}, "offered": {"30"},
		"accepted": {"20"}, "handed_over": {"15"}, "declined": {"10"}}, change)
}

func (h *house) months(t *testing.T, m home, kind thn.RecordKind) []thn.Fact {
	t.Helper()
	list, err := h.Store.Facts(context.Background(), thn.FactQuery{Programme: m.programme.ID, Kind: kind})
	require.NoError(t, err)
	return list
}

func TestReleases_aMonthIsRecordedAndShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	prison, _, _, worker := h.units(t, one)
	got := h.ask(t, http.MethodPost, "/releases", worker, october(prison, nil))
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	month := h.months(t, one, thn.KindRelease)[0].(thn.Release)
	require.Equal(t, thn.NotRecorded, month.At(thn.StepTrained), "left open is not zero")
	require.Equal(t, map[thn.DropOut]int{"declined": 10}, month.DropOuts)

	d := htmlOf(t, h.ask(t, http.MethodGet, "/releases", worker, nil))
	require.Equal(t, "38 of 100 releases of people at risk end with a kit in hand", d.Find("#cascade-title").Text())
	require.Contains(t, d.Find("#drop-outs table").Text(), "No reason given")
	row := d.Find("main > .scroll tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(s.Text(), "October 2026") })
	require.Equal(t, "40 30 not recorded 20 not recorded 15 0", strings.Join(row.Find("td").Map(func(_ int, s *goquery.Selection) string { return s.Text() }), " "))
	require.Contains(t, d.Find("main").Text(), "not reported", "September, that nobody recorded")
}

// A step above the one before it is said with both numbers, and taken once
// somebody says that they have checked it; then it is flagged.
func TestReleases_aStepThatGrows(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	prison, _, _, worker := h.units(t, one)
	typed := october(prison, url.Values{"trained": {"33"}})
	got := h.ask(t, http.MethodPost, "/releases", worker, typed)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	d := htmlOf(t, got)
	require.Contains(t, d.Find("#trained-error").Text(), "Trained is 33, but “Offered a kit” is 30.")
	value, _ := d.Find("#offered").Attr("value")
	require.Equal(t, "30", value, "nothing typed is lost")
	require.Equal(t, 1, d.Find("input[name=grows]").Length())
	require.Empty(t, h.months(t, one, thn.KindRelease))

	got = h.ask(t, http.MethodPost, "/releases", worker, merged(typed, url.Values{"grows": {"yes"}}))
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	d = htmlOf(t, h.ask(t, http.MethodGet, "/releases", worker, nil))
	require.Contains(t, d.Find("main > .scroll").Text(), "Trained: 33, above “Offered a kit”: 30. Checked.")
	require.Contains(t, d.Find("#cascade").Text(), "Somebody checked and confirmed it.")
}

// A second record of a month comes back as a correction of the first, which is
// shown; the two never add up.
func TestReleases_aSecondRecordIsACorrection(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	prison, _, _, worker := h.units(t, one)
	first := october(prison, nil)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/releases", worker, first).status)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/releases", worker, first).status, "the same page twice is one record")
	second := october(prison, url.Values{"at_risk": {"44"}})
	got := h.ask(t, http.MethodPost, "/releases", worker, second)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	d := htmlOf(t, got)
	require.Contains(t, d.Find("main").Text(), "This month is recorded already: 40 at risk, kits handed over: 15.")
	corrects, _ := d.Find("input[name=corrects]").Attr("value")
	require.Equal(t, first.Get("id"), corrects)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/releases", worker, merged(second, url.Values{"corrects": {corrects}})).status)
	months := h.months(t, one, thn.KindRelease)
	require.Len(t, months, 1)
	require.Equal(t, 44, months[0].(thn.Release).At(thn.StepAtRisk))
	held, err := h.Store.HeldRecords(context.Background(), one.programme.ID)
	require.NoError(t, err)
	for _, x := range held {
		require.NotEqual(t, thn.KindRelease, x.Kind)
	}

	d = htmlOf(t, h.ask(t, http.MethodGet, "/releases/new?site="+string(prison.ID)+"&month=2026-10", worker, nil))
	value, _ := d.Find("#at_risk").Attr("value")
	require.Equal(t, "44", value)
	require.Equal(t, "Correct October 2026, Mill prison", d.Find("h1").Text())
}

// Prisons and stations are seen by whoever sees figures, and by those who work there.
func TestReleases_whoSees(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	prison, police, ambulance, worker := h.units(t, one)
	other := h.signIn(t, "canary-worker")
	manager, stranger := h.signIn(t, "canary-manager"), h.signIn(t, "plain-manager")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/releases", manager, october(prison, nil)).status)
	for who, cookie := range map[string]string{"a worker elsewhere": other, "a manager of another programme": stranger} {
		require.NotContains(t, h.ask(t, http.MethodGet, "/releases", cookie, nil).body, "Mill prison", who)
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/releases?site="+string(prison.ID), cookie, nil).status, who)
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/releases/new?month=2026-10&site="+string(prison.ID), cookie, nil).status, who)
		require.Equal(t, http.StatusUnprocessableEntity, h.ask(t, http.MethodPost, "/releases", cookie, merged(october(prison, nil), url.Values{"month": {"2026-09"}})).status, who)
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/responders?site="+string(police.ID), cookie, nil).status, who)
	}
	require.Equal(t, http.StatusUnprocessableEntity, h.ask(t, http.MethodPost, "/leave-behind", worker,
		url.Values{"id": {string(thn.NewID())}, "site": {string(ambulance.ID)}, "month": {"2026-10"}, "eligible": {"9"}}).status, "not their site")
	d := htmlOf(t, h.ask(t, http.MethodGet, "/releases", worker, nil))
	links := strings.Join(d.Find("nav.places a").Map(func(_ int, s *goquery.Selection) string { return s.Text() }), " ")
	require.Contains(t, links, "Prison release")
	require.NotContains(t, links, "Left after a call", "their site is no ambulance service")
	require.NotContains(t, htmlOf(t, h.ask(t, http.MethodGet, "/give-out", other, nil)).Find("nav.places").Text(), "Prison release")
}

func TestReleases_refusals(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	prison, police, _, _ := h.units(t, h.homes["one"])
	manager := h.signIn(t, "canary-manager")
	for field, change := range map[string]url.Values{
		"site":         {"site": {string(police.ID)}},
		"month":        {"month": {"2026-13"}},
		"at_risk":      {"at_risk": {""}},
		"offered":      {"offered": {"-3"}},
		"declined":     {"declined": {"many"}},
		"definition":   {"definition": {"guess"}},
		"unplanned":    {"total": {"50"}, "unplanned": {"51"}},
		"month ":       {"month": {"2026-12"}}, // not begun
		"at_risk ":     {"total": {"39"}},
		"handed_over ": {"handed_over": {"21"}}, // above accepted
	} {
		got := h.ask(t, http.MethodPost, "/releases", manager, october(prison, change))
		require.Equal(t, http.StatusUnprocessableEntity, got.status, field)
		require.Equal(t, 1, htmlOf(t, got).Find("#problems a[href='#"+strings.TrimSpace(field)+"']").Length(), "%s: %v", field, change)
	}
	require.Empty(t, h.months(t, h.homes["one"], thn.KindRelease))
}

func TestLeaveBehind_aMonth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	_, _, ambulance, _ := h.units(t, one)
	manager := h.signIn(t, "canary-manager")
	month := url.Values{"id": {string(thn.NewID())}, "site": {string(ambulance.ID)}, "month": {"2026-10"}, "eligible": {"239"}, "left_patient": {"200"}, "left_other": {"40"}}
	got := h.ask(t, http.MethodPost, "/leave-behind", manager, month)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, htmlOf(t, got).Find("#left_patient-error").Text(), "240 kits were left, but only 239 calls were eligible.")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/leave-behind", manager, merged(month, url.Values{"left_patient": {"80"}})).status)
	d := htmlOf(t, h.ask(t, http.MethodGet, "/leave-behind", manager, nil))
	require.Contains(t, d.Find("main").Text(), "A kit was left at 120 of 239 eligible calls: 50 of 100.")
	again := merged(month, url.Values{"id": {string(thn.NewID())}, "left_patient": {"81"}})
	require.Equal(t, http.StatusUnprocessableEntity, h.ask(t, http.MethodPost, "/leave-behind", manager, again).status)
	require.Len(t, h.months(t, one, thn.KindLeaveBehind), 1)
}

// A new carrier gets a random label; the next records are theirs; nothing of it
// is counted as given out.
func TestResponders_aCarrier(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	_, police, _, _ := h.units(t, one)
	manager := h.signIn(t, "canary-manager")
	fresh := thn.NewID()
	event := func(status, carrier string, change url.Values) url.Values {
		return merged(url.Values{"id": {string(thn.NewID())}, "fresh": {string(fresh)}, "site": {string(police.ID)}, "carrier": {carrier}, "status": {status},
			"day-day": {"3"}, "day-month": {"11"}, "day-year": {"2026"}, "product": {""}}, change)
	}
	trained := event("trained", "new", nil)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/responders", manager, trained).status)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/responders", manager, trained).status, "sent twice it is one record")
	again := h.ask(t, http.MethodPost, "/responders", manager, merged(trained, url.Values{"day-day": {"2"}}))
	require.Equal(t, http.StatusConflict, again.status)
	require.Contains(t, htmlOf(t, again).Find("main").Text(), "Kept for your manager to look at", "held is not said to be saved")
	got := h.ask(t, http.MethodPost, "/responders", manager, event("issued", string(fresh), nil))
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, htmlOf(t, got).Find("#expiry").Text(), "Choose the batch of the kit, or enter its last day")
	got = h.ask(t, http.MethodPost, "/responders", manager, event("issued", string(fresh), url.Values{"product": {fmt.Sprintf("%s:%s", one.product, one.batch)}}))
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	got = h.ask(t, http.MethodPost, "/responders", manager, event("issued", string(thn.NewID()), url.Values{"product": {fmt.Sprintf("%s:%s", one.product, one.batch)}}))
	require.Equal(t, http.StatusUnprocessableEntity, got.status, "an id that the station does not know")
	got = h.ask(t, http.MethodPost, "/responders", manager, event("replaced", string(fresh), url.Values{"expiry-day": {"1"}, "expiry-month": {"11"}, "expiry-year": {"2026"}}))
	require.Equal(t, http.StatusUnprocessableEntity, got.status, "past its date on that day")

	d := htmlOf(t, h.ask(t, http.MethodGet, "/responders?site="+string(police.ID), manager, nil))
	row := d.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(s.Text(), string(fresh)[:6]) })
	require.Contains(t, row.Text(), "In date until 31 January 2028")
	require.NotContains(t, d.Find("main").Text(), string(fresh), "only the label is shown")
	require.Contains(t, d.Find("main").Text(), "It is never counted as given out.")
	require.Contains(t, d.Find("main").Text(), "How many should is not known")
	stations := d.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(s.Text(), "Quay police") })
	require.Equal(t, "1 1 0 0 0", strings.Join(stations.First().Find("td.num").Map(func(_ int, s *goquery.Selection) string { return s.Text() }), " "))
	kits, err := h.Store.Stock(context.Background(), thn.StockQuery{Programme: one.programme.ID, Sites: []thn.ID{police.ID}})
	require.NoError(t, err)
	require.Zero(t, kits[0].Kits)
}
