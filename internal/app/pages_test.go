package app_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// everyPage lists the pages of a role in the order they are met.
var everyPage = map[thn.Role][]string{
	thn.RoleWorker:        {"/give-out", "/give-out/several", "/give-out/sheet", "/used", "/stock", "/today", "/training", "/returns", "/give-back", "/alerts", "/recalls", "/more"},
	thn.RoleManager:       append([]string{"/coverage", "/coverage?period=2025", "/coverage?compare=year", "/digest", "/sites", "/sites/new", "/areas", "/areas/new", "/products", "/products/new", "/batches", "/batches/new", "/recalls", "/recalls/new", "/people", "/people/new", "/denominators", "/denominators/new", "/denominators/effect", "/targets", "/targets/new", "/totals", "/imports", "/review", "/activity", "/figures", "/need", "/need?target=90", "/definitions", "/questions", "/poster", "/poster?address=https://example.org/", "/surveys", "/surveys/new", "/aid", "/releases", "/responders", "/leave-behind", "/used/twins", "/training/staff", "/editions", "/editions/new", "/editions/announce", "/statements", "/statements/new"}, everyFigure()...),
	thn.RoleAdvocate:      {"/commitments", "/world", "/summary"},
	thn.RoleAdministrator: {"/people"},
}

// everyFigure lists the page of each indicator.
func everyFigure() (paths []string) {
	for _, i := range report.Indicators {
		paths = append(paths, "/figures/"+i.Key)
	}
	return paths
}

// TestPages_areSoundForEverybody looks at every page of every role: nothing
// wider than the screen, nothing that axe finds, no key without its words, and
// nothing that the page's own policy forbids. Pages of one template are drawn
// alike, so the second look, on a desk, is at the first of them.
func TestPages_areSoundForEverybody(t *testing.T) {
	t.Parallel()
	address := demonstration(t)
	for role, paths := range everyPage {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			tab, seen := as(t, address, role), map[string]bool{}
			for i, path := range paths {
				tab.SetViewport(320, 640, true, true)
				require.Equal(t, 200, tab.Goto(address+path), path)
				require.Empty(t, tab.Overflow(), path+" at 320 px")
				require.NotContains(t, tab.Text("body"), "⟦", path)
				require.Equal(t, 1, browsertest.Eval[int](tab, "document.querySelectorAll('h1').length"), path)
				require.Empty(t, tab.Axe(), path)
				if kind := kindOf(path); !seen[kind] {
					seen[kind] = true
					tab.SetDark(i%2 == 0)
					tab.SetViewport(1280, 900, false, false)
					require.Empty(t, tab.Axe(), path+" at 1280 px")
					tab.SetDark(false)
				}
			}
			require.Empty(t, tab.Complaints())
		})
	}
}

// TestPublicPages_areSoundForEverybody looks at what is read without signing in, in
// each language and on paper: a summary is two sheets on either.
func TestPublicPages_areSoundForEverybody(t *testing.T) {
	t.Parallel()
	address := demonstration(t)
	for _, code := range lang.Codes {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			tab, query := browsertest.New(t), "?lang="+code
			paths := []string{"/public", "/public/definitions", "/public/calendar", "/public/xd", "/public/gb"}
			for _, list := range paths[3:] {
				tab.Goto(address + list)
				paths = append(paths, browsertest.Eval[[]string](tab, `[...document.querySelectorAll("tbody th a")].map(a => a.getAttribute("href"))`)...)
			}
			require.Len(t, paths, 5+3)
			for i, path := range paths {
				for _, width := range []int64{360, 1280} {
					tab.SetViewport(width, 800, width < 600, width < 600)
					require.Equal(t, 200, tab.Goto(address+path+query), path)
					require.Empty(t, tab.Overflow(), "%s at %d px", path, width)
					require.NotContains(t, browsertest.Eval[string](tab, "document.body.textContent"), "⟦", path+", also in what is folded")
					require.Equal(t, 1, browsertest.Eval[int](tab, "document.querySelectorAll('h1').length"), path)
					tab.SetDark(i%2 == 0)
					require.Empty(t, tab.Axe(), path)
					tab.SetDark(false)
				}
				for _, paper := range browsertest.Papers {
					if tab.Exists("article.summary") {
						require.Equal(t, 2, tab.Pages(paper), "%s on %s", path, paper.Name)
					}
				}
			}
			require.Empty(t, tab.Complaints())
		})
	}
}

// kindOf is the address of a page without what only changes its figures.
func kindOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if strings.HasPrefix(path, "/figures/") {
		return "/figures/"
	}
	return path
}

// TestPages_inEachLanguage walks the pages in French and Spanish.
func TestPages_inEachLanguage(t *testing.T) {
	t.Parallel()
	address := demonstration(t)
	for _, code := range []string{"fr", "es"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			for _, role := range []thn.Role{thn.RoleWorker, thn.RoleManager, thn.RoleAdvocate} {
				tab := as(t, address, role)
				tab.Follow(`.preferences button[lang="` + code + `"]`)
				for _, path := range everyPage[role] {
					require.Equal(t, 200, tab.Goto(address+path), path)
					require.Equal(t, code, browsertest.Eval[string](tab, "document.documentElement.lang"))
					require.NotContains(t, tab.Text("body"), "⟦", path)
					require.Empty(t, tab.Overflow(), path+" in "+code)
				}
			}
		})
	}
}

// TestManager_findsWhereKitsAreMissing follows a manager from the sentence to
// the file behind a chart.
func TestManager_findsWhereKitsAreMissing(t *testing.T) {
	tab := as(t, demonstration(t), thn.RoleManager)
	require.Contains(t, tab.Text(".say"), "kits were given out")
	require.Contains(t, tab.Text("#areas"), "no denominator", "Delmere has no population at risk")
	require.Contains(t, tab.Text("main"), "Kits are missing most in")
	tab.SetViewport(1280, 900, false, false)
	require.True(t, tab.Exists("#months .chart-wide svg[role=img] title"))
	csv := browsertest.Eval[string](tab, `fetch(document.querySelector('#months .files a[href*=".csv"]').getAttribute('href')).then(r => r.text())`)
	lines := strings.Split(strings.TrimSpace(csv), "\n")
	total := lines[slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "total") })]
	kits := strings.ReplaceAll(strings.Fields(tab.Text(".figures dd"))[0], ",", "")
	require.Contains(t, total, ","+kits, "page and file agree")
	_, err := strconv.Atoi(kits)
	require.NoError(t, err)
}

// TestAdvocate_takesAwayASummary reads the summary of the fictional country and
// of the published totals.
func TestAdvocate_takesAwayASummary(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleAdvocate)
	require.Contains(t, tab.Text("article.summary"), "OP 1")
	tab.Goto(address + "/world")
	require.Contains(t, tab.Text(".figures"), "34")
	require.Contains(t, tab.Text(".figures"), "28")
	tab.Goto(address + "/more")
	tab.Follow("form[action='/programme'] button")
	tab.Goto(address + "/summary?number=1")
	require.Contains(t, tab.Text("article.summary"), "8,159")
	tab.Goto(address + "/summary")
	require.Contains(t, tab.Text("article.summary"), "8,397")
	tab.SetPrint(true)
	tab.Screenshot("summary-print")
}
