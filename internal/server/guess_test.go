package server_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/server"
	"thntracker/internal/thn"
)

// DX-18: what is another programme's and what is nowhere are the same answer, byte
// for byte, so that trying ids finds nothing; and ids are random (TestID in thn).
func TestIDs_cannotBeTried(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.befriend(t)
	manager := h.signIn(t, "plain-manager")
	tried := 0
	for _, r := range server.Routes() {
		if !strings.Contains(r.Path, ":id") {
			continue
		}
		var form url.Values
		if r.Method == http.MethodPost {
			form = url.Values{}
		}
		path := one.address(r)
		theirs := h.ask(t, r.Method, path, manager, form)
		require.Equal(t, http.StatusNotFound, theirs.status, r.Path)
		for _, id := range []string{string(thn.NewID()), string(thn.NewID()), "none-such", "01890a5d-ac96-774b-bcce-b302099a8057"} {
			nowhere := h.ask(t, r.Method, uuids.ReplaceAllString(path, id), manager, form)
			require.Equal(t, theirs.status, nowhere.status, "%s %s: %s", r.Method, r.Path, id)
			if _, err := thn.ParseID(id); err == nil { // what is no id is told so
				require.Equal(t, uuids.ReplaceAllString(theirs.body, "id"), uuids.ReplaceAllString(nowhere.body, "id"), "%s %s: %s", r.Method, r.Path, id)
			}
			tried++
		}
	}
	require.Greater(t, tried, 200)

	address := h.publish(t) // closed, and not published
	for _, path := range []string{address, address + "/summary.csv"} {
		closed := h.ask(t, http.MethodGet, path, "", nil)
		wrong := h.ask(t, http.MethodGet, strings.Replace(path, "/2-", "/7-", 1), "", nil)
		require.Equal(t, http.StatusNotFound, closed.status)
		require.Equal(t, closed.body, strings.ReplaceAll(wrong.body, "/7-", "/2-"), "a release that is not told of yet is none")
	}
}

// counts stand in records, totals and denominators of TestLog, and nowhere else.
var counts = []string{"86421", "172842", "7531", "15062", "97", "88"}

// tell finds what must not be told in text.
func told(text string) (found []string) {
	words := strings.FieldsFunc(text, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'z') && r != '-' })
	for _, w := range words {
		for _, c := range counts {
			if w == c {
				found = append(found, w)
			}
		}
	}
	return found
}

// DX-21: whatever is asked of a programme, rightly and wrongly, with its database
// and without, the log holds no count, and an error tells none.
func TestLog_holdsNoCount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := h.homes["two"]
	h.publish(t)
	h.total(t, m, thn.Quarter(2025, 3), 86421, thn.ChannelPostal)
	d := m.distribution(thn.NewID())
	d.Lines = []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 88, Kits: 97}}
	_, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: m.programme.ID, Record: d}})
	require.NoError(t, err)
	h.hold(t, m, d, "other_content")
	require.NoError(t, h.Store.AddDenominators(t.Context(), m.programme.ID, "", thn.Denominator{ID: thn.NewID(), Kind: thn.Residents, Area: m.root, Period: half, Value: 7531, Low: 7531, High: 7531, Definition: "Plain", Source: "Plain"}))
	manager := h.signIn(t, "plain-manager")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/editions/2/publish", manager, url.Values{}).status)
	wrong := url.Values{"kits": {"86421"}, "people": {"-88"}, "value": {"7531x"}, "reason": {"97"}, "id": {"97"}, "record": {"86421"}, "day": {"97"}, "period": {"7531"}}
	walk := func(handler http.Handler) (refused []string) {
		serve(t, h, handler, func() {
			for _, r := range server.Routes() {
				if r.Path == "/sign-out" {
					continue // it ends the session that the walk needs
				}
				var form url.Values
				if r.Method == http.MethodPost {
					form = wrong
				}
				if got := h.ask(t, r.Method, m.address(r), manager, form); got.status >= 500 || got.status == http.StatusNotFound {
					refused = append(refused, r.Path+" "+strconv.Itoa(got.status))
					require.Empty(t, told(got.body), r.Path)
				}
			}
			got := h.ask(t, http.MethodPost, "/editions/2/revise", manager, url.Values{"reason": {"late"}})
			require.Less(t, got.status, 600)
		})
		return refused
	}
	walk(h.Handler)
	broken := h.Deps
	broken.Directory, broken.Figures, broken.AtOnce = nil, nil, nil
	require.NotEmpty(t, walk(server.New(broken)))
	require.Contains(t, h.log.String(), "panic")
	require.Contains(t, h.log.String(), "refused")
	for line := range strings.Lines(h.log.String()) {
		line, _, _ = strings.Cut(line, " stack=") // places in the program, by lines
		require.Empty(t, told(line), line)
	}
	require.Equal(t, []string{"97"}, told("kits=97, of 3.97b"), "the search finds what is there")
}
