package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// TestDigest_oneSheet: the house gave out one kit on Friday 20 November, holds
// one record, and its batch is recalled; the clock stands on Monday the 23rd.
func TestDigest_oneSheet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	doc := h.see(t, "/digest", manager)
	require.Equal(t, "The week of 16 to 22 November 2026: what changed, and what to do", doc.Find("h1").Text())
	require.Equal(t, doc.Find("h1").Text(), h.see(t, "/digest?week=2026-W47", manager).Find("h1").Text(), "the last whole week")
	require.Equal(t, "/digest?week=2026-W46", doc.Find("a[rel=prev]").AttrOr("href", ""))
	require.Equal(t, "/digest?week=2026-W48", doc.Find("a[rel=next]").AttrOr("href", ""), "the running week has begun")
	require.Zero(t, h.see(t, "/digest?week=2026-W48", manager).Find("a[rel=next]").Length())
	changed := doc.Find("#table-digest tbody tr")
	require.Equal(t, "Kits", changed.First().Find("th").Text())
	require.Equal(t, "too few to show", changed.Eq(1).Find("td").First().Text(), "one person is nobody’s business")
	todo := doc.Find(".todo").Text()
	require.Contains(t, todo, "1 record waits for a decision.")
	require.Equal(t, 1, doc.Find(`.todo a[href="/review"]`).Length())
	doc.Find(".todo li").Each(func(_ int, li *goquery.Selection) {
		require.True(t, strings.HasPrefix(li.Find("a").AttrOr("href", ""), "/"), "each thing leads to the page that does it: %s", li.Text())
		require.NotContains(t, li.Find("a").AttrOr("data-at", "?"), "?", "paper shows where, and no more")
	})
	require.NotContains(t, strings.ToLower(doc.Find("main").Text()), "plain-worker", "never about one worker")
	for _, ending := range []string{"csv", "json"} {
		file := h.ask(t, http.MethodGet, doc.Find(`.files a[href^="/digest.`+ending+`"]`).AttrOr("href", ""), manager, nil)
		require.Equal(t, http.StatusOK, file.status)
		require.Contains(t, file.body, "sites_active")
	}
}

func TestDigest_badWeeksSayWhatToDo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	for week, want := range map[string]string{"rain": "Write it as 2026-W47", "2026-W54": "Write it as 2026-W47", "2026-W49": "has not begun", "2026-13-01": "Write it as 2026-W47"} {
		for _, path := range []string{"/digest", "/digest.csv"} {
			got := h.ask(t, http.MethodGet, path+"?week="+week, manager, nil)
			require.Equal(t, http.StatusUnprocessableEntity, got.status, week)
			require.Contains(t, got.body, want, path)
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(h.ask(t, http.MethodGet, "/digest?week="+week, manager, nil).body))
		require.NoError(t, err)
		require.Equal(t, 1, doc.Find("#week").Length(), "the field to put right is there")
	}
}

// TestDigest_isForWhoSeesFigures: a worker has no use for it and does not get it.
func TestDigest_isForWhoSeesFigures(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for role, want := range map[thn.Role]int{thn.RoleWorker: http.StatusForbidden, thn.RoleAdvocate: http.StatusForbidden, thn.RoleManager: http.StatusOK} {
		require.Equal(t, want, h.ask(t, http.MethodGet, "/digest", h.signIn(t, "plain-"+string(role)), nil).status, role)
	}
}
