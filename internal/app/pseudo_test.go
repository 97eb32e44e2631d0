package app_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/baseline"
	"thntracker/internal/browsertest"
	"thntracker/internal/demo"
	"thntracker/internal/lang"
	"thntracker/internal/need"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// pseudoPages are every page that a worker meets, and one of each other kind.
var pseudoPages = map[thn.Role][]string{
	thn.RoleWorker: append([]string{"/used/detail", "/stock/move?kind=receive", "/stock/count", "/stock/moves"}, everyPage[thn.RoleWorker]...),
	thn.RoleManager: {"/coverage", "/digest", "/sites", "/sites/new", "/batches/new", "/denominators/effect", "/targets", "/totals", "/imports",
		"/review", "/activity", "/figures/kits", "/need", "/definitions", "/questions", "/aid", "/releases/new", "/used/twins", "/editions", "/editions/announce", "/statements", "/statements/new"},
	thn.RoleAdvocate: {"/commitments", "/world", "/summary"},
}

// TestPages_inLanguagesThatNobodySpeaks walks the pages in a language whose
// words are longer and in one that runs from right to left. Neither is English:
// English on such a page never was in a catalogue.
func TestPages_inLanguagesThatNobodySpeaks(t *testing.T) {
	t.Parallel()
	address, a := demonstrate(t, lang.Accented(), lang.Mirrored())
	data := names(t, a)
	for code, dir := range map[string]string{lang.Accented().Code: "ltr", lang.Mirrored().Code: "rtl"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			for role, paths := range pseudoPages {
				tab := as(t, address, role)
				tab.SetLanguage(code)
				for i, path := range paths {
					pseudoPage(t, tab, address+path, i%2 == 0)
					require.Equal(t, dir, browsertest.Eval[string](tab, "document.documentElement.dir"), path)
					assert.Empty(t, english(tab.Texts(), data), "%s: English in %s", path, code)
					tab.Screenshot(code + strings.ReplaceAll(path, "/", "-"))
				}
				require.Empty(t, tab.Complaints())
			}
		})
	}
}

func pseudoPage(t *testing.T, tab *browsertest.Tab, address string, dark bool) {
	t.Helper()
	tab.SetDark(dark)
	tab.SetViewport(360, 640, true, true)
	require.Equal(t, 200, tab.Goto(address), address)
	for _, width := range []int64{360, 320} {
		tab.SetViewport(width, 640, true, true)
		assert.Empty(t, tab.Overflow(), "%s at %d px", address, width)
		assert.Empty(t, tab.Clipped(), "%s at %d px", address, width)
	}
	if browsertest.Eval[string](tab, "document.documentElement.dir") == "rtl" {
		assert.Empty(t, tab.Axe(), address) // longer words change nothing that it looks for
	}
}

// latin is a run of unaccented letters and what stands between its words; an
// address is read by nobody.
var (
	address = regexp.MustCompile(`https?://\S+`)
	latin   = regexp.MustCompile(`[A-Za-z][\x20-\x5a\x5c\x5e-\x7e’–]*[A-Za-z]`)
)

// english finds what is neither in the letters of a pseudo language nor data.
func english(texts, data []string) (found []string) {
	for _, text := range texts {
		rest := address.ReplaceAllString(text, " ")
		for _, d := range data {
			rest = strings.ReplaceAll(rest, d, " ")
		}
		for _, run := range latin.FindAllString(rest, -1) {
			// A drawing breaks a name over its lines, and may cut it short.
			if !slices.ContainsFunc(data, func(d string) bool { return strings.Contains(d, run) }) {
				found = append(found, run+" ← "+text)
			}
		}
	}
	return found
}

func TestEnglish_isFound(t *testing.T) {
	t.Parallel()
	data := []string{"Quay Clinic", "Nyxoid 1.8 mg nasal spray"}
	require.Empty(t, english([]string{"[Šááṽééð: 3 ķííţš, Quay Clinic.]", "Quay Clinic", "nasal spray]", "https://example.org/en", "1,234 (66–76)", "R"}, data))
	require.Len(t, english([]string{"Save", "[Šááṽééð] kits", "Quay Clinic, saved"}, data), 3)
}

// foreign are names that stand in our own sources.
var foreign = []string{"New York", "China, Russia"}

// names are the words that a programme entered itself and nobody translates.
func names(t *testing.T, a *app.App) (all []string) {
	t.Helper()
	ctx := context.Background()
	programmes, err := a.Store.Programmes(ctx)
	require.NoError(t, err)
	for _, p := range programmes {
		all = append(all, p.Name)
		areas, err := a.Store.Areas(ctx, p.ID)
		require.NoError(t, err)
		for _, x := range areas {
			all = append(all, x.Name)
		}
		sites, err := a.Store.Sites(ctx, p.ID)
		require.NoError(t, err)
		for _, x := range sites {
			all = append(all, x.Name)
		}
		products, err := a.Store.Products(ctx, p.ID)
		require.NoError(t, err)
		for _, x := range products {
			all = append(all, x.Name)
		}
		batches, err := a.Store.Batches(ctx, p.ID)
		require.NoError(t, err)
		for _, x := range batches {
			all = append(all, x.Lot)
		}
		denominators, err := a.Store.Denominators(ctx, p.ID)
		require.NoError(t, err)
		for _, x := range denominators {
			all = append(all, x.Definition, x.Source)
		}
		totals, err := a.Store.Totals(ctx, p.ID)
		require.NoError(t, err)
		for _, x := range totals {
			all = append(all, x.Source)
		}
		editions, err := a.Store.Editions(ctx, p.ID)
		require.NoError(t, err)
		for _, x := range editions { // a hash is letters, and a command is typed as it is
			all = append(all, x.Hash, fmt.Sprintf("thn release check %d --country %s", x.Number, x.Country))
		}
	}
	for _, s := range demo.SignIns() {
		all = append(all, s.Handle)
	}
	for _, c := range baseline.Countries("en") {
		all = append(all, c.Name)
	}
	for _, i := range report.Indicators {
		all = append(all, i.Source.Source)
	}
	for _, x := range report.Targets {
		all = append(all, x.Source.Source)
	}
	for _, r := range baseline.All() {
		all = append(all, r.Note, r.Source.Title)
	}
	all = slices.DeleteFunc(append(all, append(foreign, need.SiteName)...), func(s string) bool { return s == "" })
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) }) // a name goes before a part of it
	return all
}
