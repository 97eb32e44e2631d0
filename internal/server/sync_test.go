package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/form"
	"thntracker/internal/seal"
	"thntracker/internal/thn"
)

// handset is a phone that was fitted out.
type handset struct {
	Proto, Epoch, Handle string
	Programme            struct{ ID, Zone, Name string }
	Asks                 map[string]bool
	Grant                struct{ Token, Until string }
	Key                  struct{ KID, Public string }
	Sites                []struct{ ID, Name, Supplier string }
	Kits                 []struct {
		Value, Name string
		Note        map[string]string
	}
	Bags []struct{ ID, Site string }
	Lost int
}

// asks posts JSON.
func (h *house) asks(t *testing.T, path, cookie, body string, change ...func(*http.Request)) answer {
	t.Helper()
	return h.ask(t, http.MethodPost, path, cookie, url.Values{}, append([]func(*http.Request){func(r *http.Request) {
		r.Header.Set("Content-Type", "application/json")
		*r = *mustRequest(t, r, body)
	}}, change...)...)
}

// fitOut gives the phone of whoever is signed in what it needs.
func (h *house) fitOut(t *testing.T, cookie string) (p handset) {
	t.Helper()
	got := h.asks(t, "/api/v1/outfit", cookie, `{"waiting":0,"grant":""}`)
	require.Equal(t, http.StatusOK, got.status, got.body)
	require.NoError(t, json.Unmarshal([]byte(got.body), &p))
	return p
}

// seal closes a note as the phone does.
func (p handset) seal(t *testing.T, id thn.ID, kind string, answers map[string]string) form.Sealed {
	t.Helper()
	text, err := json.Marshal(form.Note{V: 1, Grant: p.Grant.Token, Kind: kind, On: "2026-11-23", Clock: "near", Answers: answers})
	require.NoError(t, err)
	public, err := seal.Encoding.DecodeString(p.Key.Public)
	require.NoError(t, err)
	closed, err := seal.Seal(public, string(id), text)
	require.NoError(t, err)
	return form.Sealed{ID: string(id), V: 1, KID: p.Key.KID, Sealed: seal.Encoding.EncodeToString(closed)}
}

// deliver hands items in, signed in as nobody, and gives the outcomes.
func (h *house) deliver(t *testing.T, items ...form.Sealed) (outcomes []string) {
	t.Helper()
	body, err := json.Marshal(items)
	require.NoError(t, err)
	return h.outcomes(t, items, h.asks(t, "/api/v1/sync", "", string(body)))
}

func (h *house) outcomes(t *testing.T, items []form.Sealed, got answer) (outcomes []string) {
	t.Helper()
	require.Equal(t, http.StatusOK, got.status, got.body)
	require.True(t, strings.HasPrefix(got.header.Get("Content-Type"), "application/json"))
	var reply struct {
		Proto, Epoch string
		Results      []map[string]string
	}
	require.NoError(t, json.Unmarshal([]byte(got.body), &reply), got.body)
	require.Equal(t, form.Protocol, reply.Proto)
	require.NotEmpty(t, reply.Epoch)
	require.Len(t, reply.Results, len(items))
	for i, r := range reply.Results {
		require.Len(t, r, 2, "an answer says nothing but the id and what became of it")
		require.Equal(t, items[i].ID, r["id"])
		outcomes = append(outcomes, r["outcome"])
	}
	return outcomes
}

// given are the answers of a first kit at the home's site.
func (m home) given(change ...string) map[string]string {
	answers := map[string]string{"site": string(m.site), "product": string(m.product) + ":" + string(m.batch), "day": "today", "recipient": "person_at_risk", "supply": "first", "kits": "1"}
	for i := 0; i+1 < len(change); i += 2 {
		answers[change[i]] = change[i+1]
	}
	return answers
}

func TestOutfit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	require.Equal(t, http.StatusUnauthorized, h.asks(t, "/api/v1/outfit", "", "{}").status)
	require.Equal(t, http.StatusForbidden, h.asks(t, "/api/v1/outfit", h.signIn(t, "canary-advocate"), "{}").status)
	worker := h.signIn(t, "canary-worker")
	require.Equal(t, http.StatusUnprocessableEntity, h.asks(t, "/api/v1/outfit", worker, "<html>").status)
	p := h.fitOut(t, worker)
	require.Equal(t, []string{"thn-outfit/1", "canary-worker", "UTC", string(one.programme.ID)}, []string{p.Proto, p.Handle, p.Programme.Zone, p.Programme.ID})
	require.Equal(t, map[string]bool{"age_band": false, "gender": false, "carriage": false}, p.Asks)
	require.Equal(t, "CANARY site", p.Sites[0].Name)
	require.Equal(t, "paid_worker", p.Sites[0].Supplier)
	require.Equal(t, string(one.product)+":"+string(one.batch), p.Kits[0].Value)
	require.Equal(t, "CANARY kit", p.Kits[0].Name)
	for code, word := range map[string]string{"en": "January", "fr": "janvier", "es": "enero"} {
		require.Contains(t, p.Kits[0].Note[code], word)
		require.Contains(t, p.Kits[0].Note[code], "CANARY-1")
		for _, k := range p.Kits {
			require.NotEmpty(t, k.Note[code])
		}
	}
	require.Equal(t, string(one.bag), p.Bags[0].ID)
	require.Equal(t, "2026-12-23", p.Grant.Until)
	require.Len(t, p.Grant.Token, 22)

	require.Equal(t, []string{"stored"}, h.deliver(t, p.seal(t, thn.NewID(), "give_out", one.given("kits", "2"))))
	again := h.fitOut(t, worker)
	require.NotEqual(t, p.Grant.Token, again.Grant.Token, "another phone has another grant")
	again.Grant = p.Grant
	require.Equal(t, p, again, "nothing of a record comes to a phone")
}

func TestSync_takesTheBag(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	p, id := h.fitOut(t, h.signIn(t, "canary-worker")), thn.NewID()
	item := p.seal(t, id, "give_out", one.given("from", string(one.bag), "colleague", "peer", "recorder", "nurse"))
	require.Equal(t, []string{"stored"}, h.deliver(t, item))
	require.Equal(t, []string{"duplicate"}, h.deliver(t, item))
	f, e, err := h.Store.Fact(t.Context(), one.programme.ID, id)
	require.NoError(t, err)
	require.Equal(t, one.bag, f.(thn.Distribution).Bag)
	worker, err := h.Store.Account(t.Context(), "canary-worker")
	require.NoError(t, err)
	require.Equal(t, worker.ID, e.By, "whose it is says the grant")
}

func TestSync_answersThatSomeProgrammesAsk(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	p, held := h.fitOut(t, h.signIn(t, "canary-worker")), thn.NewID()
	asked := one.given("age_band", "under_25", "gender", "man")
	require.Equal(t, []string{"held"}, h.deliver(t, p.seal(t, held, "give_out", asked)))
	list, err := h.Store.HeldRecords(t.Context(), one.programme.ID)
	require.NoError(t, err)
	for _, x := range list {
		require.NotRegexp(t, `under_25|"man"|age_band|gender`, x.Payload)
	}
	h.ask3(t)
	id := thn.NewID()
	require.Equal(t, []string{"stored"}, h.deliver(t, p.seal(t, id, "give_out", asked)))
	require.Equal(t, thn.AgeBand("under_25"), h.lines(t, one, string(id))[0].AgeBand)
}

// One that nobody can read costs the others nothing (UX-21, F-38), and whoever
// decides is told of it.
func TestSync_onePoisonedAmongThirty(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	p := h.fitOut(t, h.signIn(t, "canary-worker"))
	var items []form.Sealed
	for range 30 {
		items = append(items, p.seal(t, thn.NewID(), "give_out", one.given()))
	}
	items[0].Sealed = strings.Repeat("A", len(items[0].Sealed))
	outcomes := h.deliver(t, items...)
	require.Equal(t, "held", outcomes[0])
	for _, o := range outcomes[1:] {
		require.Equal(t, "stored", o)
	}
	require.Equal(t, "held", h.deliver(t, items[0])[0])

	manager := h.signIn(t, "canary-manager")
	list := h.see(t, "/review", manager)
	require.Contains(t, list.Find("main").Text(), "1 of them cannot be read.")
	link := list.Find(`td, th`).Find(`a:contains("Sealed record")`)
	require.Equal(t, 1, link.Length(), "held once")
	page := link.AttrOr("href", "")
	require.Contains(t, h.see(t, page, manager).Find("main").Text(), "the key that it was sealed to is gone")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, page+"/out", manager, url.Values{"why": {"cannot_be_read"}}).status)
	require.NotContains(t, h.see(t, "/review", manager).Find("main").Text(), "cannot be read")
}

func TestSync_bodies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.fitOut(t, h.signIn(t, "canary-worker"))
	item := p.seal(t, thn.NewID(), "give_out", h.homes["one"].given())
	list, err := json.Marshal([]form.Sealed{item})
	require.NoError(t, err)
	packed := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write([]byte(text))
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return b.String()
	}
	as := func(encoding string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Content-Encoding", encoding) }
	}
	require.Equal(t, []string{"stored"}, h.outcomes(t, []form.Sealed{item}, h.asks(t, "/api/v1/sync", "", packed(string(list)), as("gzip"))))
	require.Equal(t, []string{"duplicate"}, h.outcomes(t, []form.Sealed{item}, h.asks(t, "/api/v1/sync", "__Host-thn=of-nobody", string(list), as("identity"))))
	cookie := h.signIn(t, "canary-worker")
	require.Empty(t, h.asks(t, "/api/v1/sync", cookie, string(list)).header.Get("Set-Cookie"), "no session is looked at")
	for name, c := range map[string]struct {
		status   int
		body     string
		encoding string
	}{
		"not packed":         {http.StatusUnprocessableEntity, string(list), "gzip"},
		"cut":                {http.StatusUnprocessableEntity, packed(string(list))[:40], "gzip"},
		"packed another way": {http.StatusUnprocessableEntity, string(list), "br"},
		"a bomb":             {http.StatusRequestEntityTooLarge, packed("[" + strings.Repeat(" ", 10<<20) + "]"), "gzip"},
		"too long":           {http.StatusRequestEntityTooLarge, "[" + strings.Repeat(" ", 70<<10) + "]", "identity"},
		"too many":           {http.StatusRequestEntityTooLarge, "[" + strings.Repeat("{},", 50) + "{}]", "identity"},
		"no list":            {http.StatusUnprocessableEntity, "{}", "identity"},
	} {
		got := h.asks(t, "/api/v1/sync", "", c.body, as(c.encoding))
		require.Equal(t, c.status, got.status, name)
		require.NotContains(t, got.body, "proto", name)
	}
	require.NotContains(t, h.log.String(), item.ID, "nothing of a record is in the log")
}
