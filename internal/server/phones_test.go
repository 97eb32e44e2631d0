package server_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/form"
	"thntracker/internal/server"
	"thntracker/internal/thn"
)

// A phone that was lost is not counted any more: what comes from it is held, and the
// audit says who did it (UX-44).
func TestPhones_stopCounting(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	worker, manager := h.signIn(t, "canary-worker"), h.signIn(t, "canary-manager")
	p := h.fitOut(t, worker)
	before, after := p.seal(t, thn.NewID(), "give_out", one.given()), p.seal(t, thn.NewID(), "give_out", one.given())
	require.Equal(t, []string{"stored"}, h.deliver(t, before))
	list := h.see(t, "/phones", manager)
	require.Equal(t, 2, list.Find("tbody tr").Length())
	require.Zero(t, list.Find(`a[href="/phones/new"]`).Length())
	require.Equal(t, "canary-worker", list.Find("tbody tr").First().Children().First().Text())
	require.NotContains(t, list.Find("main").Text(), p.Grant.Token)
	grants, err := h.Store.SubmissionGrants(t.Context(), one.programme.ID)
	require.NoError(t, err)
	for _, g := range grants {
		if g.ID == one.phone {
			continue
		}
		path := "/phones/" + string(g.ID) + "/close"
		ask := h.see(t, path, manager)
		require.Contains(t, ask.Find("h1").Text(), "canary-worker")
		require.Equal(t, path, ask.Find("main form").AttrOr("action", ""))
		require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodPost, path, worker, url.Values{}).status)
		require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, path, manager, url.Values{}).status)
		require.Equal(t, http.StatusConflict, h.ask(t, http.MethodPost, path, manager, url.Values{}).status, "once")
	}
	list = h.see(t, "/phones", manager)
	require.Equal(t, 1, list.Find(`a:contains("Stop counting this phone")`).Length())
	require.Contains(t, list.Find("tbody").Text(), "not counted since 23 November 2026")
	require.Equal(t, []string{"duplicate", "held"}, h.deliver(t, before, after))
	require.Contains(t, h.see(t, "/review", manager).Find("tbody").Text(), "the phone that it was made on is not counted any more")
	require.Equal(t, http.StatusUnauthorized, h.asks(t, "/api/v1/outfit", worker, "{}").status, "the sign-in on it gives no other grant")
	activity := h.see(t, "/activity?kind=phone", manager)
	require.Contains(t, activity.Find("tbody").Text(), "Ended")
}

// upload posts a file as a page does.
func (h *house) upload(t *testing.T, path, cookie string, file []byte) answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "notes.json")
	require.NoError(t, err)
	_, err = part.Write(file)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return h.ask(t, http.MethodPost, path, cookie, url.Values{}, func(r *http.Request) {
		r.Header.Set("Content-Type", w.FormDataContentType())
		*r = *mustRequest(t, r, body.String())
	})
}

// The file of a phone that cannot send is taken in at the office, twice without harm,
// and counts for whoever made it (UX-25).
func TestRescue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	p, manager := h.fitOut(t, h.signIn(t, "canary-worker")), h.signIn(t, "canary-manager")
	file := struct {
		Proto   string        `json:"proto"`
		Records []form.Sealed `json:"records"`
	}{Proto: form.RescueProtocol}
	for range 3 {
		file.Records = append(file.Records, p.seal(t, thn.NewID(), "give_out", one.given()))
	}
	require.Equal(t, []string{"stored"}, h.deliver(t, file.Records[0]))
	body, err := json.Marshal(file)
	require.NoError(t, err)
	for _, words := range []string{"3 records were in the file. Stored: 2. Here already: 1. Kept for a decision: 0.", "3 records were in the file. Stored: 0. Here already: 3. Kept for a decision: 0."} {
		require.Equal(t, http.StatusSeeOther, h.upload(t, "/rescue", manager, body).status)
		require.Contains(t, h.see(t, "/rescue", manager).Find("body").Text(), words)
	}
	_, e, err := h.Store.Fact(t.Context(), one.programme.ID, thn.ID(file.Records[2].ID))
	require.NoError(t, err)
	worker, err := h.Store.Account(t.Context(), "canary-worker")
	require.NoError(t, err)
	require.Equal(t, worker.ID, e.By)

	file.Records = []form.Sealed{{ID: string(thn.NewID()), V: 1, KID: string(thn.NewID()) + ".1", Sealed: "AAAA"}}
	body, err = json.Marshal(file)
	require.NoError(t, err)
	require.Equal(t, http.StatusSeeOther, h.upload(t, "/rescue", manager, body).status)
	require.Contains(t, h.see(t, "/rescue", manager).Find("body").Text(), "1 record was in the file. Stored: 0. Here already: 0. Kept for a decision: 0. Not taken in: 1.", "of another server")

	for _, wrong := range []string{"%PDF-1.7", `{"proto":"x"}`, ""} {
		got := h.upload(t, "/rescue", manager, []byte(wrong))
		require.Equal(t, http.StatusUnprocessableEntity, got.status)
		require.Contains(t, document(t, got).Find("#file-error").Text(), "This is not a rescue file.")
	}
	require.Equal(t, http.StatusRequestEntityTooLarge, h.upload(t, "/rescue", manager, bytes.Repeat([]byte(" "), 3<<20)).status)
}

// No answer of any route may wipe what waits on a phone (UX-42).
func TestNothingWipesAPhone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	cookie := h.signIn(t, "canary-administrator")
	for _, r := range server.Routes() {
		form := url.Values(nil)
		if r.Method == http.MethodPost {
			form = url.Values{}
		}
		for _, c := range []string{"", cookie} {
			require.Empty(t, h.ask(t, r.Method, one.address(r), c, form).header.Get("Clear-Site-Data"), r.Method+" "+r.Path)
		}
		if r.Path == "/sign-out" {
			cookie = h.signIn(t, "canary-administrator")
		}
	}
}
