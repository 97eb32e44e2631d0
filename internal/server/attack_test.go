package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/server"
	"thntracker/internal/thn"
)

// questions are what somebody tries who wants one more figure than was released.
var questions = []string{"area=", "area=%s", "site=%s", "day=2025-06-03", "period=2025-Q2", "from=2025-04-01&to=2025-06-29", "channel=prison_release", "by=site", "by=area&across=month", "as_at=2025-07-01",
	"since=2025-07-01", "compare=year", "supply=first&recipient=person_at_risk", "age_band=under_25", "gender=woman", "smallest=1", "audience=programme", "raw=1", "format=json", "limit=1&offset=7"}

// back is where a page leads back to after a change of language.
var back = regexp.MustCompile(`(name="back" value="[^"?]*)\?[^"]*`)

// DX-05: two filters, one of them without one thing, tell that thing. To a reader of
// releases no filter is offered: what the address asks for beyond the release
// changes no byte. Everywhere else a reader is refused, and it is
// logged; what is open to one is no list of records (PV-29a).
func TestReaders_haveNoFilters(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	address := h.publish(t)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", h.signIn(t, "plain-manager"), url.Values{}).status)
	two, reader := h.homes["two"], h.signIn(t, "plain-advocate")
	ids := strings.NewReplacer("area=%s", "area="+string(two.area), "site=%s", "site="+string(two.site))
	for path, cookie := range map[string]string{"/public": "", "/public/gb": "", "/public/gb/2025-01-01_2026-01-01": "", address: "", address + "/summary.csv": "", address + "/summary.json": "", address + "/months.svg": "",
		"/summary": reader, "/summary/2/summary.csv": reader, "/summary/2/summary.json": reader, "/commitments": reader, "/world": reader} {
		want := h.ask(t, http.MethodGet, path, cookie, nil)
		require.Less(t, want.status, 400, path)
		for _, q := range questions {
			got := h.ask(t, http.MethodGet, path+"?"+ids.Replace(q), cookie, nil)
			require.Equal(t, want.status, got.status, path+"?"+q)
			require.Equal(t, want.body, back.ReplaceAllString(got.body, "$1"), path+"?"+q)
			require.Equal(t, want.header.Get("Location"), got.header.Get("Location"), q)
			require.Equal(t, want.header.Get("ETag"), got.header.Get("ETag"), q)
		}
	}
	open := regexp.MustCompile(`^/(livez|readyz|static|sign-in|first-run|more|app|definitions|commitments|world|summary|public)?(/|$)`)
	for _, r := range server.Routes() {
		if r.Method != http.MethodGet || open.MatchString(r.Path) {
			continue
		}
		h.log.Reset()
		got := h.ask(t, http.MethodGet, two.address(r)+"?area="+string(two.area), reader, nil)
		require.Equal(t, http.StatusForbidden, got.status, r.Path)
		require.Contains(t, h.log.String(), "route="+r.Path, "a refusal is logged")
		require.NotContains(t, h.log.String(), string(two.area), "what was asked for is not")
	}
}

// late records something of a period that is released: a record, a published total,
// and people at risk.
func (h *house) late(t *testing.T, kits int64) {
	t.Helper()
	m := h.homes["two"]
	d := m.distribution(thn.NewID())
	d.Day = thn.MustDate(2025, 5, 5)
	_, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: m.programme.ID, Record: d}})
	require.NoError(t, err)
	h.total(t, m, thn.Quarter(2025, 4), kits, thn.ChannelFire)
	require.NoError(t, h.Store.AddDenominators(t.Context(), m.programme.ID, "", thn.Denominator{ID: thn.NewID(), Kind: thn.AtRisk, Area: m.root, Period: thn.YearFrom(2025, time.January), Value: 640 + kits, Low: 640, High: 999, Definition: "Plain definition", Source: "late"}))
}

// DX-08: whoever asks every day for a month that is released gets the same bytes
// whatever comes late, from this server and from another one, until a revision is
// published; and what was cited stays as it is after that.
func TestReaders_pollingTellsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	address, manager, reader := h.publish(t), h.signIn(t, "plain-manager"), h.signIn(t, "plain-advocate")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{}).status)
	files := []string{address + "/summary.csv", address + "/summary.json", address + "/summary.xlsx", address + "/months.svg", "/summary/2/summary.json"}
	all := append([]string{"/public", "/public/gb", address, "/summary", "/commitments", "/world"}, files...)
	poll := func(paths []string) map[string]string {
		seen := map[string]string{}
		for _, path := range paths {
			got := h.ask(t, http.MethodGet, path, reader, nil, func(r *http.Request) { r.Host = "thn.example" })
			require.Equal(t, http.StatusOK, got.status, path)
			seen[path] = got.header.Get("ETag") + got.body
		}
		return seen
	}
	first := poll(all)
	h.late(t, 300)
	require.Equal(t, first, poll(all), "late records")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/revise", manager, url.Values{"reason": {"a late return"}}).status)
	require.Equal(t, first, poll(all), "a revision that is closed and not published")

	another := h.again(t)
	serve(t, h, another.Handler, func() { require.Equal(t, first, poll(all), "another server") })
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/3/publish", manager, url.Values{}).status)
	last := poll(all)
	require.NotEqual(t, first["/summary"], last["/summary"])
	for _, path := range files {
		require.Equal(t, first[path], last[path], path)
	}
}

// DX-15: at an address that may be kept stands one thing, whoever asks; everything
// else is kept by nobody and has no tag by which a change could be told.
func TestKept_onlyWhatIsPublic(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	address := h.publish(t)
	early := h.ask(t, http.MethodGet, address, "", nil)
	require.Equal(t, "no-store", early.header.Get("Cache-Control"), "not even that there is nothing yet")
	cookies := []string{"", h.signIn(t, "plain-manager"), h.signIn(t, "plain-advocate"), h.signIn(t, "canary-administrator")}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", cookies[1], url.Values{}).status)
	for _, path := range []string{"/public", "/public/gb", address, address + "/summary.csv", address + "/summary.pdf", address + "/card.png"} {
		first := h.ask(t, http.MethodGet, path, "", nil)
		require.Contains(t, first.header.Get("Cache-Control"), "public, max-age=", path)
		for _, cookie := range cookies {
			got := h.ask(t, http.MethodGet, path, cookie, nil)
			require.Equal(t, first.body, got.body, path)
			require.Equal(t, first.header.Get("ETag"), got.header.Get("ETag"), path)
			require.Empty(t, got.header.Get("Set-Cookie"), path)
		}
	}
	for _, r := range server.Routes() {
		if r.Method != http.MethodGet || strings.HasPrefix(r.Path, "/public") {
			continue
		}
		for _, cookie := range cookies[1:] {
			got := h.ask(t, http.MethodGet, h.homes["two"].address(r), cookie, nil)
			require.Equal(t, "no-store", got.header.Get("Cache-Control"), r.Path)
			require.Empty(t, got.header.Get("ETag")+got.header.Get("Last-Modified"), r.Path)
		}
	}
	for _, file := range []string{"/app/en", "/app/away/en", "/app/worker.js"} { // what a phone keeps is the same for everybody
		first := h.ask(t, http.MethodGet, file, "", nil)
		require.Equal(t, http.StatusOK, first.status, file)
		require.Equal(t, first.body, h.ask(t, http.MethodGet, file, cookies[1], nil).body, file)
	}
}

// uuids differ from page to page: forms begin with a new one.
var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)

// confined gives the session of a new account of the first home that may do what its
// role may in one area or at one site only.
func (h *house) confined(t *testing.T, handle string, role thn.Role, area, site thn.ID) string {
	t.Helper()
	_, err := h.Accounts.Create(t.Context(), "", thn.Account{Handle: handle}, password, thn.Grant{Programme: h.homes["one"].programme.ID, Role: role, Area: area, Site: site})
	require.NoError(t, err)
	return h.signIn(t, handle)
}

// DX-17: nobody but those of a site, and those over it, can ask whether anyone was
// there on a day. Every address is asked twice by everybody else, with the day and
// the site in it, before and after somebody came: the answers are the same. DX-20:
// nor do they learn what a site did at all, or what it is called.
func TestDay_atASiteIsForItsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	far, away := thn.NewID(), thn.NewID()
	require.NoError(t, h.Store.AddAreas(t.Context(), one.programme.ID, "", thn.Area{ID: far, Parent: one.root, Kind: "region", Name: "CANARY far region"}))
	require.NoError(t, h.Store.AddSites(t.Context(), one.programme.ID, "", thn.Site{ID: away, Area: far, Name: "Far hall", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "nurse"}))
	cookies := map[string]string{"nobody": "", "advocate": h.signIn(t, "canary-advocate"), "another programme": h.signIn(t, "plain-manager"), "worker elsewhere": h.confined(t, "far-worker", thn.RoleWorker, "", away),
		"manager elsewhere": h.confined(t, "far-manager", thn.RoleManager, far, ""), "its own": h.signIn(t, "canary-manager")}
	guess := "?day=2026-11-03&from=2026-11-03&to=2026-11-03&by=site&site=" + string(one.site) + "&place=site:" + string(one.site)
	ask := func(who string) map[string]string {
		seen := map[string]string{}
		for _, r := range server.Routes() {
			if r.Method == http.MethodGet {
				for _, q := range []string{"", guess} {
					got := h.ask(t, http.MethodGet, one.address(r)+q, cookies[who], nil)
					seen[r.Path+q] = strconv.Itoa(got.status) + uuids.ReplaceAllString(got.body, "")
				}
			}
		}
		return seen
	}
	before := map[string]map[string]string{}
	for who := range cookies {
		before[who] = ask(who)
	}
	d := one.distribution(thn.NewID())
	d.Day = thn.MustDate(2026, 11, 3)
	out, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: one.programme.ID, Record: d}})
	require.NoError(t, err)
	require.Equal(t, thn.Stored, out[0])
	for who := range cookies {
		after := ask(who)
		if who == "its own" {
			require.NotEqual(t, before[who], after, "the record makes a difference to those who may know")
			continue
		}
		for address, want := range before[who] {
			require.Equal(t, want, after[address], "%s asks %s", who, address)
			require.False(t, strings.Contains(want, "CANARY site"), "%s asks %s", who, address)
		}
	}
	for _, r := range server.Routes() {
		require.NotRegexp(t, `card|client|lookup|find|search`, r.Path, "nobody is looked up")
	}
}
