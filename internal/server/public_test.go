package server_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// publish gives the second home's programme a year with much in it, one small
// count, and closes it for everybody.
func (h *house) publish(t *testing.T) (address string) {
	t.Helper()
	m := h.homes["two"]
	channels := []thn.Channel{thn.ChannelCommunity, thn.ChannelPharmacy, thn.ChannelPeer}
	for q := 1; q <= 4; q++ {
		for i, c := range channels {
			h.total(t, m, thn.Quarter(2025, q), int64(100*q+31*i+11), c)
		}
	}
	h.total(t, m, thn.Quarter(2025, 2), small, thn.ChannelPrison)
	manager := h.signIn(t, "plain-manager")
	got := h.ask(t, http.MethodPost, "/editions", manager, url.Values{"period": {"2025"}, "for": {"public"}, "kind": {"final"}, "alone": {"yes"}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	require.Equal(t, "/summary?number=2", got.header.Get("Location"))
	e, err := h.Store.Edition(t.Context(), m.programme.ID, 2)
	require.NoError(t, err)
	return page.EditionAddress(e)
}

// small is a count that must leave nowhere.
const small = 8

func (h *house) total(t *testing.T, m home, period thn.Period, kits int64, channel thn.Channel) {
	t.Helper()
	require.NoError(t, h.Store.AddTotals(t.Context(), m.programme.ID, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: m.root, Period: period,
		Channels: []thn.Channel{channel}, Count: thn.ExactKits(kits), Source: "Plain bulletin"}))
}

// A release goes from closed to read by everybody; an old one stays where it is
// and says what took its place.
// DX-08, PV-27.
func TestPublic_fromClosedToReplaced(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	address := h.publish(t)
	manager, advocate := h.signIn(t, "plain-manager"), h.signIn(t, "plain-advocate")

	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, address, "", nil).status, "closed is not published")
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/summary?number=2", advocate, nil).status)
	require.Contains(t, h.ask(t, http.MethodGet, "/summary?number=2", manager, nil).body, "not yet published")
	got := h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{"open-day": {"1"}, "open-month": {"1"}, "open-year": {"2020"}, "hour": {"9"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status, "an hour that is over")
	require.Contains(t, got.body, "2020", "the words come back")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{}).status)

	got = h.ask(t, http.MethodGet, address, "", nil)
	require.Equal(t, http.StatusOK, got.status)
	require.Empty(t, got.header.Get("Set-Cookie"))
	require.Contains(t, got.header.Get("Cache-Control"), "public")
	require.Less(t, len(got.body), 100_000)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
	require.NoError(t, err)
	require.Equal(t, 0, doc.Find("script[src]").Length(), "readable without script")
	var data map[string]any
	require.NoError(t, json.Unmarshal([]byte(doc.Find(`script[type="application/ld+json"]`).Text()), &data))
	require.Equal(t, "Dataset", data["@type"])
	require.NotContains(t, got.body, "CANARY")
	require.Equal(t, address, h.ask(t, http.MethodGet, "/public/gb/2025-01-01_2026-01-01", "", nil).header.Get("Location"))
	require.Contains(t, h.ask(t, http.MethodGet, "/public?country=king", "", nil).body, "United Kingdom")
	require.Contains(t, h.ask(t, http.MethodGet, "/public?country=nowhere", "", nil).body, "No country of that name")

	h.total(t, h.homes["two"], thn.Quarter(2025, 4), 3, thn.ChannelPolice)
	got = h.ask(t, http.MethodPost, "/editions/2/revise", manager, url.Values{"reason": {"three late kits"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, got.body, "fewer than 10")
	require.Contains(t, got.body, "three late kits")
	h.total(t, h.homes["two"], thn.Quarter(2025, 4), 300, thn.ChannelFire)
	got = h.ask(t, http.MethodPost, "/editions/2/revise", manager, url.Values{"reason": {"a late return"}})
	require.Equal(t, http.StatusSeeOther, got.status, got.body)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/3/publish", manager, url.Values{}).status)
	got = h.ask(t, http.MethodGet, address, "", nil)
	require.Equal(t, http.StatusOK, got.status, "a stale link still leads to what was cited")
	newer := h.ask(t, http.MethodGet, "/public/gb/2025-01-01_2026-01-01", "", nil).header.Get("Location")
	require.NotEqual(t, address, newer)
	require.Contains(t, got.body, newer)
	require.Contains(t, h.ask(t, http.MethodGet, newer, "", nil).body, "a late return")
}

// Before its hour a release is for those who are named, and each reading is noted.
func TestPublic_embargo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	address := h.publish(t)
	m := h.homes["two"]
	advocate, err := h.Store.Account(t.Context(), "plain-advocate")
	require.NoError(t, err)
	e, err := h.Store.Edition(t.Context(), m.programme.ID, 2)
	require.NoError(t, err)
	require.NoError(t, h.Store.Publish(t.Context(), m.programme.ID, "", e.ID, clock().Add(24*time.Hour).Truncate(time.Hour), advocate.ID))
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, address, "", nil).status)
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, address+"/summary.csv", "", nil).status)
	require.NotContains(t, h.ask(t, http.MethodGet, "/public", "", nil).body, "United Kingdom")
	early := h.signIn(t, "plain-advocate")
	got := h.ask(t, http.MethodGet, "/summary?number=2", early, nil)
	require.Equal(t, http.StatusOK, got.status)
	require.Contains(t, got.body, "Only named readers")
	acts, err := h.Store.Activity(t.Context(), thn.ActQuery{Programme: m.programme.ID, Limit: 5})
	require.NoError(t, err)
	require.Equal(t, "read_early", acts[0].Action)
	require.Equal(t, advocate.ID, acts[0].Account)
}

// Every file of a release is made whole, the same twice, by many at once; and in
// none of them, unpacked, stands the count that is too small.
func TestPublic_filesAreWholeAndTheSame(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	address := h.publish(t)
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", h.signIn(t, "plain-manager"), url.Values{}).status)
	for _, name := range []string{"summary.pdf", "summary.xlsx", "summary.zip", "summary.csv", "summary.json", "summary.bib", "summary.csl.json", "card.png", "months.svg", "months.png"} {
		first := h.ask(t, http.MethodGet, address+"/"+name+"?lang=fr", "", nil)
		require.Equal(t, http.StatusOK, first.status, name)
		require.Equal(t, first.body, h.ask(t, http.MethodGet, address+"/"+name+"?lang=fr", "", nil).body, name)
		require.NotContains(t, first.body, "CANARY", name)
	}
	var wait sync.WaitGroup
	for range 200 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			res, err := http.Get(h.url + address + "/summary.csv")
			if err != nil {
				t.Error(err)
				return
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode == http.StatusOK && !bytes.Contains(body, []byte("key-figures")) {
				t.Errorf("%d %v", res.StatusCode, err)
			}
		}()
	}
	wait.Wait()
	table := h.ask(t, http.MethodGet, address+"/summary.csv", "", nil).body
	require.Contains(t, table, "prison_release,Prison release,all,All kits,,,,masked")
	packed := h.ask(t, http.MethodGet, address+"/summary.zip", "", nil).body
	archive, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	require.NoError(t, err)
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, ".csv") {
			continue
		}
		r, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NotContains(t, string(raw), ",8,", f.Name)
	}
}
