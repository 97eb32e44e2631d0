package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/config"
	"thntracker/internal/release"
	"thntracker/internal/setup"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func clock() time.Time { return time.Date(2026, time.November, 23, 14, 30, 0, 0, time.UTC) }

// password is strong enough for every account of these tests.
const password = "lantern gravel seven otter"

// house is the whole server over a real database with two programmes. Every
// name in the first holds the word CANARY, which must reach nobody in the second.
type house struct {
	*app.App
	url    string
	log    *bytes.Buffer
	config config.Config
	homes  map[string]home
	client *http.Client
}

// home is one programme with one of everything.
type home struct {
	programme                                                                                                                                 thn.Programme
	root, area, site, product, batch, denominator, target, record, total, survey, spare, trained, nothing, held, movement, bag, recall, phone thn.ID
	grants                                                                                                                                    map[thn.Role]thn.ID
	request                                                                                                                                   thn.ID // on the board of mutual aid
	other                                                                                                                                     struct{ programme, request, handOver thn.ID }
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseOn(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
}

// newHouseOn is newHouse on some database.
func newHouseOn(t *testing.T, database string) *house {
	t.Helper()
	h := &house{config: config.Config{Database: database, AuditKey: filepath.Join(t.TempDir(), "audit.key")}, log: &bytes.Buffer{}, homes: map[string]home{}, client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	var err error
	h.App, err = app.Open(context.Background(), h.config, app.Options{Now: clock, Log: h.log})
	require.NoError(t, err)
	srv := httptest.NewServer(h.Handler)
	h.url = srv.URL
	t.Cleanup(func() {
		srv.Close()
		require.NoError(t, h.Close())
	})
	h.homes["one"] = h.furnish(t, "CANARY", "XD")
	h.homes["two"] = h.furnish(t, "Plain", "GB")
	return h
}

// again opens the same database as a second server does.
func (h *house) again(t *testing.T) *app.App {
	t.Helper()
	other, err := app.Open(context.Background(), h.config, app.Options{Now: clock})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	return other
}

func (h *house) furnish(t *testing.T, word, country string) home {
	ctx := context.Background()
	m := home{programme: thn.Programme{ID: thn.NewID(), Name: word + " programme", Country: country, Zone: "UTC", Fiscal: 4, Note: word + " note"}, grants: map[thn.Role]thn.ID{}}
	m.root, m.area, m.site, m.batch, m.denominator, m.record = thn.NewID(), thn.NewID(), thn.NewID(), thn.NewID(), thn.NewID(), thn.NewID()
	products := setup.Products()
	m.product = products[0].ID
	products[0].Name = word + " kit"
	id := m.programme.ID
	require.NoError(t, h.Store.Found(ctx, thn.Founding{Programme: m.programme, Country: thn.Area{ID: m.root, Kind: thn.AreaCountry, Code: country, Name: word + " country"}, Products: products}))
	require.NoError(t, h.Store.AddAreas(ctx, id, "", thn.Area{ID: m.area, Parent: m.root, Kind: "region", Name: word + " region"}))
	require.NoError(t, h.Store.AddSites(ctx, id, "", thn.Site{ID: m.site, Area: m.area, Name: word + " site", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "paid_worker"}))
	require.NoError(t, h.Store.AddBatches(ctx, id, "", thn.Batch{ID: m.batch, Product: m.product, Lot: word + "-1", Expiry: thn.MustDate(2028, 1, 31)}))
	year := thn.YearFrom(2025, time.January)
	require.NoError(t, h.Store.AddDenominators(ctx, id, "", thn.Denominator{ID: m.denominator, Kind: thn.AtRisk, Area: m.root, Period: year, Value: 500, Low: 400, High: 600, Definition: word + " definition", Source: word + " source"}))
	m.survey = thn.NewID()
	require.NoError(t, h.Store.AddSurveys(ctx, id, "", thn.Survey{ID: m.survey, Question: thn.CarryingNow, Area: m.root, Period: year, Yes: 27, Asked: 169, Sample: word + " sample", Source: word + " source"}))
	m.target = thn.NewID()
	require.NoError(t, h.Store.AddTarget(ctx, id, "", thn.Target{ID: m.target, Indicator: "reach", Area: m.area, Thousandths: 60_000, From: year.From, Source: word + " strategy"}))
	for _, role := range thn.Roles {
		a, err := h.Accounts.Create(ctx, "", thn.Account{Handle: strings.ToLower(word) + "-" + string(role)}, password, thn.Grant{Programme: id, Role: role})
		require.NoError(t, err)
		grants, err := h.Store.Grants(ctx, a.ID)
		require.NoError(t, err)
		m.grants[role] = grants[0].ID
	}
	spare, err := h.Accounts.Create(ctx, "", thn.Account{Handle: strings.ToLower(word) + "-spare"}, password, thn.Grant{Programme: id, Role: thn.RoleWorker})
	require.NoError(t, err)
	grants, err := h.Store.Grants(ctx, spare.ID)
	require.NoError(t, err)
	m.spare = grants[0].ID
	m.total = thn.NewID()
	require.NoError(t, h.Store.AddTotals(ctx, id, "", thn.PeriodTotal{ID: m.total, Measure: thn.MeasureKits, Area: m.area, Period: thn.Month(2026, time.November), Count: thn.ExactKits(3), Source: word + " source"}))
	m.trained, m.nothing = thn.NewID(), thn.NewID()
	require.NoError(t, h.Store.AddStaffTraining(ctx, id, "", thn.StaffTraining{ID: m.trained, Account: spare.ID, Day: thn.MustDate(2023, 1, 9), Due: thn.MustDate(2026, 1, 9)}))
	worker, err := h.Store.Account(ctx, strings.ToLower(word)+"-worker")
	require.NoError(t, err)
	m.movement, m.bag = thn.NewID(), thn.NewID()
	require.NoError(t, h.Store.OpenBag(ctx, id, "", thn.Bag{ID: m.bag, Site: m.site, Account: worker.ID}))
	received := thn.Movement{ID: m.movement, Day: thn.MustDate(2026, 11, 20), Kind: thn.MovementReceived, Site: m.site, Product: m.product, Batch: m.batch, Kits: 10}
	out, err := h.Store.Append(ctx, []thn.Submission{{Programme: id, Record: received}})
	require.NoError(t, err)
	require.Equal(t, thn.Stored, out[0])
	d := m.distribution(m.record)
	out, err = h.Store.Append(ctx, []thn.Submission{{Programme: id, Record: d}})
	require.NoError(t, err)
	require.Equal(t, thn.Stored, out[0])
	_, err = h.Store.Append(ctx, []thn.Submission{{Programme: id, Record: thn.NilReturn{ID: m.nothing, Site: m.site, Area: m.area, Month: thn.MustDate(2026, 10, 1), About: thn.KindUse}}})
	require.NoError(t, err)
	m.held = h.hold(t, m, m.distribution(thn.NewID()), "site_closed")
	m.phone = thn.NewID()
	day := thn.MustDate(2026, 11, 20)
	require.NoError(t, h.Store.AddSubmissionGrant(ctx, id, thn.SubmissionGrant{ID: m.phone, Account: worker.ID, TokenHash: string(m.phone), Issued: day, Until: day.AddDays(30), Waiting: 3, Heard: day}))
	require.NoError(t, h.Store.AddStatement(ctx, id, "", thn.Statement{ID: thn.NewID(), Service: "nsp", Exists: thn.AnswerYes, Source: word + " plan", URL: "https://example.org/" + word, Dated: thn.MustDate(2026, 1, 9)}))
	releases := app.Releases(h.Store, clock)
	edition, err := releases.Close(ctx, release.Order{Programme: m.programme, Audience: thn.ForProgramme, Period: year, AsAt: clock()})
	require.NoError(t, err)
	require.NoError(t, releases.Publish(ctx, id, "", edition.Number, time.Time{}))
	m.recall = thn.NewID()
	require.NoError(t, h.Store.AddRecall(ctx, id, "", thn.Recall{ID: m.recall, Product: m.product, Batches: []thn.ID{m.batch}, Day: thn.MustDate(2026, 11, 21), Source: word + " maker", Action: thn.RecallInform}))
	return m
}

// befriend puts both homes on the board of mutual aid: each asks for kits, and
// the second has sent some to the first.
func (h *house) befriend(t *testing.T) home {
	t.Helper()
	one, two := h.homes["one"], h.homes["two"]
	day := thn.MustDate(2026, 11, 23)
	one.request, one.other.programme, one.other.request, one.other.handOver = thn.NewID(), two.programme.ID, thn.NewID(), thn.NewID()
	for programme, id := range map[thn.ID]thn.ID{one.programme.ID: one.request, two.programme.ID: one.other.request} {
		require.NoError(t, h.Store.AddAidPost(context.Background(), "", thn.AidPost{Programme: programme, ID: id, Kind: thn.AidRequest, Day: day, Code: "spray", Product: "Spray", Kits: 3}))
	}
	m := thn.Movement{ID: one.other.handOver, Aid: one.other.handOver, Day: day, Kind: thn.MovementAidOut, Site: two.site, Product: two.product, Batch: two.batch, Kits: 3}
	out, err := h.Store.Append(context.Background(), []thn.Submission{{Programme: two.programme.ID, Record: m, HandOver: &thn.HandOver{Giver: two.programme.ID, ID: m.ID,
		Taker: one.programme.ID, Post: one.request, Day: day, Product: "Spray", Kits: 3}}})
	require.NoError(t, err)
	require.Equal(t, thn.Stored, out[0])
	return one
}

// hold puts a record among those that wait for a decision.
func (h *house) hold(t *testing.T, m home, d thn.Distribution, cause string) thn.ID {
	t.Helper()
	payload, err := json.Marshal(d)
	require.NoError(t, err)
	require.NoError(t, h.Store.Hold(t.Context(), thn.HeldRecord{Programme: m.programme.ID, Kind: thn.KindDistribution, Record: d.ID, Cause: cause, Payload: string(payload)}))
	held, err := h.Store.HeldRecords(t.Context(), m.programme.ID)
	require.NoError(t, err)
	for _, x := range held {
		if x.Record == d.ID {
			return x.ID
		}
	}
	t.Fatal("what was held is not there")
	return ""
}

func (m home) distribution(id thn.ID) thn.Distribution {
	return thn.Distribution{ID: id, Day: thn.MustDate(2026, 11, 20), Site: m.site, Area: m.area, Setting: "needle_exchange", Supplier: "paid_worker", Channel: thn.ChannelCommunity,
		Product: m.product, Batch: m.batch, Training: "brief", Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1}}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends a request; a form becomes the body of a post.
func (h *house) ask(t *testing.T, method, path, cookie string, form url.Values, change ...func(*http.Request)) answer {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, h.url+path, body)
	require.NoError(t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if cookie != "" {
		req.Header.Set("Cookie", cookie)
	}
	for _, c := range change {
		c(req)
	}
	res, err := h.client.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return answer{status: res.StatusCode, header: res.Header, body: string(text)}
}

// signIn gives the session cookie of an account.
func (h *house) signIn(t *testing.T, handle string) string {
	t.Helper()
	got := h.ask(t, http.MethodPost, "/sign-in", "", url.Values{"handle": {handle}, "password": {password}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	return cookieOf(got)
}

func cookieOf(a answer) string {
	cookie, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	return cookie
}

// serve asks another handler for as long as body runs.
func serve(t *testing.T, h *house, handler http.Handler, body func()) {
	t.Helper()
	srv, own := httptest.NewServer(handler), h.url
	defer srv.Close()
	h.url = srv.URL
	body()
	h.url = own
}
