package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/server"
	"thntracker/internal/thn"
)

// address fills a route's pattern with things of a programme.
func (m home) address(r server.Route) string {
	ids := map[string]thn.ID{"/sites": m.site, "/areas": m.area, "/products": m.product, "/batches": m.batch, "/denominators": m.denominator, "/targets": m.target,
		"/people": m.spare, "/imports": m.record, "/totals": m.total, "/surveys": m.survey,
		"/training/staff": m.spare, "/training/day": m.trained, "/returns": m.nothing, "/review": m.held, "/recalls": m.recall,
		"/phones": m.phone, "/stock/moves": m.movement, "/stock/bags": m.bag}
	path := strings.NewReplacer("/static/*file", "/static/none.css", "/coverage/*file", "/coverage/months.csv", "/figures/*file", "/figures/gap",
		"/summary/*file", "/summary/1/summary.csv", ":number", "1", ":country", "xd", ":period", "2025-01-01_2026-01-01", ":edition", "1-00000000", "/*file", "/summary.csv").Replace(r.Path)
	switch r.Path { // what another programme wrote to this one
	case "/aid/:id/send":
		return "/aid/" + string(m.other.request) + "/send?of=" + string(m.other.programme)
	case "/aid/:id/receive":
		return "/aid/" + string(m.other.handOver) + "/receive?of=" + string(m.other.programme)
	case "/aid/:id/close":
		return "/aid/" + string(m.request) + "/close"
	}
	for prefix, id := range ids {
		if strings.HasPrefix(path, prefix+"/:id") {
			path = strings.Replace(path, ":id", string(id), 1)
		}
	}
	return path
}

// own are routes on things that only their maker ever sees.
func own(r server.Route) bool { return strings.HasPrefix(r.Path, "/imports/:id") }

// TestRoutes walks the whole table as everybody: nobody gets past a row that
// does not name their role, and nothing of one programme reaches another.
func TestRoutes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.befriend(t)
	for _, r := range server.Routes() {
		path := one.address(r)
		require.NotContains(t, path, ":", "the test does not know how to fill %s", r.Path)
		if r.Path == "/sign-out" {
			continue // it ends the session that the walk needs
		}
		for _, word := range []string{"", "canary", "plain"} {
			for _, role := range thn.Roles {
				h.walk(t, r, path, word, role)
			}
		}
	}
}

func (h *house) walk(t *testing.T, r server.Route, path, word string, role thn.Role) {
	t.Helper()
	if word == "canary" && r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/close") {
		return // it would end what the rest of the walk looks at
	}
	cookie := ""
	if word != "" {
		cookie = h.cookie(t, word+"-"+string(role))
	}
	var form url.Values
	if r.Method == http.MethodPost {
		form = url.Values{}
	}
	got := h.ask(t, r.Method, path, cookie, form)
	who := r.Method + " " + r.Path + " as " + word + "-" + string(role)
	require.Less(t, got.status, 500, who)
	if word != "canary" {
		body := got.body
		if r.Path == "/aid" {
			body = strings.ReplaceAll(body, "CANARY programme", "") // whose request it is
		}
		require.NotContains(t, body, "CANARY", who)
	}
	allowed := r.Who == server.SignedIn || word != "" && (thn.Actor{Grant: thn.Grant{Role: role}}).May(thn.Verb(r.Who))
	switch {
	case r.Who == server.Anyone || r.Who == server.Nobody:
		require.NotEqual(t, http.StatusUnauthorized, got.status, who)
	case word == "" && strings.HasPrefix(r.Path, "/api/"):
		require.Equal(t, http.StatusUnauthorized, got.status, who)
	case word == "":
		require.Equal(t, http.StatusSeeOther, got.status, who)
		require.Equal(t, "/sign-in", got.header.Get("Location"), who)
	case !allowed:
		require.Equal(t, http.StatusForbidden, got.status, who)
	case own(r) || word == "plain" && strings.Contains(r.Path, ":id"):
		require.Equal(t, http.StatusNotFound, got.status, who)
	case r.Method == http.MethodGet && r.Path != "/give-out/correct":
		require.Equal(t, http.StatusOK, got.status, who+": "+got.body)
	}
}

var cookies = map[string]string{}

// cookie signs an account in once for the walk. A walk ends some of its own
// programme's accounts on the way, so a session that has ended is begun anew.
func (h *house) cookie(t *testing.T, handle string) string {
	if c := cookies[h.url+handle]; c != "" {
		return c
	}
	cookies[h.url+handle] = h.signIn(t, handle)
	return cookies[h.url+handle]
}

// TestTenants_formsWithForeignIDs posts ids of one programme into forms of the
// other: nothing is stored and nothing is told.
func TestTenants_formsWithForeignIDs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, two := h.homes["one"], h.homes["two"]
	worker, manager := h.signIn(t, "plain-worker"), h.signIn(t, "plain-manager")
	record := url.Values{"id": {string(thn.NewID())}, "site": {string(one.site)}, "product": {string(one.product) + ":" + string(one.batch)}, "day": {"today"},
		"recipient": {"person_at_risk"}, "supply": {"first"}, "kits": {"1"}, "training": {"brief"}, "do": {"save"}}
	asked := url.Values{"id": {string(thn.NewID())}, "question": {"aware"}, "sample": {"x"}, "yes": {"5"}, "asked": {"9"}, "source": {"x"},
		"from-day": {"1"}, "from-month": {"1"}, "from-year": {"2025"}, "to-day": {"31"}, "to-month": {"12"}, "to-year": {"2025"}}
	cases := map[string]struct {
		cookie, path string
		form         url.Values
	}{
		"give out at a foreign site": {worker, "/distributions", record},
		"void a foreign record":      {worker, "/distributions/void", url.Values{"id": {string(one.record)}, "void": {string(thn.NewID())}}},
		"correct a foreign record": {worker, "/give-out/correct", merged(record, url.Values{"corrects": {string(one.record)}, "site": {string(two.site)},
			"product": {string(two.product) + ":"}})},
		"a site in a foreign area":     {manager, "/sites", url.Values{"id": {string(thn.NewID())}, "name": {"x"}, "area": {string(one.area)}, "setting": {"gp"}, "supplier": {"doctor"}, "peer_led": {"no"}}},
		"an area under a foreign one":  {manager, "/areas", url.Values{"id": {string(thn.NewID())}, "name": {"x"}, "kind": {"district"}, "parent": {string(one.area)}}},
		"a batch of a foreign product": {manager, "/batches", url.Values{"id": {string(thn.NewID())}, "product": {string(one.product)}, "lot": {"L1"}, "expiry-month": {"3"}, "expiry-year": {"2028"}}},
		"a person for a foreign site":  {manager, "/people", url.Values{"handle": {"intruder"}, "password": {password}, "role": {"worker"}, "scope": {"site:" + string(one.site)}}},
		"a recall of a foreign batch": {manager, "/recalls", url.Values{"id": {string(thn.NewID())}, "product": {string(two.product)}, "batch": {string(one.batch)}, "action": {"inform"},
			"source": {"x"}, "day-day": {"20"}, "day-month": {"11"}, "day-year": {"2026"}}},
		"a decision about a foreign batch": {manager, "/batches/" + string(one.batch) + "/revise", url.Values{"id": {string(thn.NewID())}, "change": {"quarantined"}, "source": {"x"},
			"day-day": {"20"}, "day-month": {"11"}, "day-year": {"2026"}}},
		"clear under a foreign recall": {worker, "/recalls/" + string(one.recall) + "/clear", url.Values{"id": {string(thn.NewID())}, "place": {"site:" + string(one.site) + ":" + string(one.batch)}, "kits": {"1"}}},
		"act in the foreign programme": {manager, "/programme", url.Values{"programme": {string(one.programme.ID)}}},
		"a figure for a foreign area":  {manager, "/denominators", url.Values{"id": {string(thn.NewID())}, "kind": {"at_risk"}, "area": {string(one.area)}, "from-day": {"1"}, "from-month": {"1"}, "from-year": {"2025"}, "to-day": {"31"}, "to-month": {"12"}, "to-year": {"2025"}, "value": {"5"}, "definition": {"x"}, "source": {"x"}, "provisional": {"no"}}},
		"a survey of a foreign area":   {manager, "/surveys", merged(asked, url.Values{"area": {string(one.area)}})},
		"correct a foreign survey":     {manager, "/surveys/" + string(one.survey) + "/correct", merged(asked, url.Values{"area": {string(two.area)}})},
		"withdraw a foreign survey":    {manager, "/surveys/" + string(one.survey) + "/close", url.Values{"id": {string(thn.NewID())}}},
	}
	for name, c := range cases {
		got := h.ask(t, http.MethodPost, c.path, c.cookie, c.form)
		require.Contains(t, []int{http.StatusUnprocessableEntity, http.StatusNotFound}, got.status, name+": "+got.body)
		require.NotContains(t, got.body, "CANARY", name)
	}
	for _, path := range []string{"/coverage?area=" + string(one.area), "/coverage/months.csv?area=" + string(one.area)} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, path, manager, nil).status, path)
	}
	_, e, err := h.Store.Fact(t.Context(), one.programme.ID, one.record)
	require.NoError(t, err)
	require.False(t, e.Superseded, "the foreign record stands")
}

func merged(list ...url.Values) url.Values {
	out := url.Values{}
	for _, v := range list {
		for k, x := range v {
			out[k] = slices.Clone(x)
		}
	}
	return out
}

// TestSession_endsAtOnce: a disabled account and an ended role act on the next request.
func TestSession_endsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	worker, manager := h.signIn(t, "canary-worker"), h.signIn(t, "canary-manager")
	require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, "/give-out", worker, nil).status)

	require.NoError(t, h.Store.EndGrant(t.Context(), one.programme.ID, "", one.grants[thn.RoleWorker]))
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodGet, "/give-out", worker, nil).status)

	account, err := h.Store.Account(t.Context(), "canary-manager")
	require.NoError(t, err)
	require.NoError(t, h.Accounts.Disable(t.Context(), "", account.ID))
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodGet, "/coverage", manager, nil).status)
}

func TestSession_tokenChangesAndEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	planted := "__Host-thn=planted"
	got := h.ask(t, http.MethodPost, "/sign-in", planted, url.Values{"handle": {"CANARY-worker"}, "password": {password}})
	set := got.header.Get("Set-Cookie")
	require.NotContains(t, set, "planted")
	for _, flag := range []string{"__Host-thn=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		require.Contains(t, set, flag)
	}
	cookie := cookieOf(got)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/sign-out", cookie, url.Values{}).status)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodGet, "/give-out", cookie, nil).status, "the old token opens nothing")
}
