package lang_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/web"
)

const folder = "lang"

// entry is one key as its file has it: plural category → text, or "" → text.
type entry struct {
	file  string
	forms map[string]string
}

var blank = regexp.MustCompile(`\{\{\.([A-Z]\w*)\}\}`)

// plurals is what CLDR asks of each language; written here rather than asked of
// the library, so that a change of either shows.
var plurals = map[string]struct {
	categories []string
	of         map[int]string // category of a count; other where absent
}{
	"en": {[]string{"one", "other"}, map[int]string{1: "one"}},
	"fr": {[]string{"many", "one", "other"}, map[int]string{0: "one", 1: "one", 1_000_000: "many"}},
	"es": {[]string{"many", "one", "other"}, map[int]string{1: "one", 1_000_000: "many"}},
}

var counts = []int{0, 1, 2, 3, 5, 6, 11, 21, 100, 1_000_000}

func open(t *testing.T) *lang.Catalogue {
	t.Helper()
	c, err := lang.Open(web.Files, folder)
	require.NoError(t, err)
	return c
}

// read gives area → language → key → entry, past the program's own reader.
func read(t *testing.T) map[string]map[string]map[string]entry {
	t.Helper()
	files, err := fs.ReadDir(web.Files, folder)
	require.NoError(t, err)
	areas := map[string]map[string]map[string]entry{}
	for _, f := range files {
		parts := strings.Split(f.Name(), ".")
		require.Len(t, parts, 3, "%s: a catalogue is called AREA.LANGUAGE.yaml", f.Name())
		require.Contains(t, lang.Codes, parts[1], f.Name())
		if areas[parts[0]] == nil {
			areas[parts[0]] = map[string]map[string]entry{}
		}
		areas[parts[0]][parts[1]] = entries(t, f.Name())
	}
	return areas
}

func entries(t *testing.T, name string) map[string]entry {
	t.Helper()
	raw, err := fs.ReadFile(web.Files, path.Join(folder, name))
	require.NoError(t, err)
	var values map[string]any
	require.NoError(t, yaml.Unmarshal(raw, &values), name)
	out := make(map[string]entry, len(values))
	for key, value := range values {
		e := entry{file: name, forms: map[string]string{}}
		switch v := value.(type) {
		case string:
			e.forms[""] = v
		case map[string]any:
			for form, text := range v {
				s, ok := text.(string)
				require.True(t, ok, "%s: %s.%s is not a text", name, key, form)
				e.forms[form] = s
			}
		default:
			t.Errorf("%s: %s is neither a text nor plural forms; quote it", name, key)
		}
		out[key] = e
	}
	return out
}

// texts gives all entries of one language; of a key in two files the last, as
// the program does.
func texts(t *testing.T, code string) map[string]entry {
	t.Helper()
	all, areas := map[string]entry{}, read(t)
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		maps.Copy(all, areas[area][code])
	}
	return all
}

func keys(m map[string]entry) []string { return slices.Sorted(maps.Keys(m)) }

func blanks(e entry) []string {
	found := map[string]bool{}
	for _, text := range e.forms {
		for _, m := range blank.FindAllStringSubmatch(text, -1) {
			found[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestEveryAreaHasTheKeysOfEnglish(t *testing.T) {
	t.Parallel()
	for area, languages := range read(t) {
		for _, code := range lang.Codes {
			t.Run(area+"/"+code, func(t *testing.T) {
				t.Parallel()
				if languages[code] == nil {
					t.Fatalf("web/lang/%s.%s.yaml is missing", area, code)
				}
				if diff := cmp.Diff(keys(languages["en"]), keys(languages[code])); diff != "" {
					t.Errorf("keys of %s.en (-) and %s.%s (+):\n%s", area, area, code, diff)
				}
			})
		}
	}
}

// Of a key in two files one text would never be read.
func TestCatalogueHoldsEachKeyOnce(t *testing.T) {
	t.Parallel()
	c, home := open(t), map[string]string{}
	for area, languages := range read(t) {
		for key := range languages["en"] {
			if home[key] != "" {
				t.Errorf("%s is in %s and in %s", key, home[key], area)
			}
			home[key] = area
		}
	}
	for _, code := range lang.Codes {
		if diff := cmp.Diff(keys(texts(t, code)), c.Keys(code)); diff != "" {
			t.Errorf("%s: files (-) and catalogue (+):\n%s", code, diff)
		}
	}
}

func TestBlanksAreThoseOfEnglish(t *testing.T) {
	t.Parallel()
	english := texts(t, "en")
	for _, code := range lang.Codes {
		for key, e := range texts(t, code) {
			if diff := cmp.Diff(blanks(english[key]), blanks(e)); diff != "" && english[key].forms != nil {
				t.Errorf("%s: blanks of %s in English (-) and here (+):\n%s", e.file, key, diff)
			}
			for form, text := range e.forms {
				if rest := blank.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}⟦⟧") {
					t.Errorf("%s: %s %s has braces that are no blank: %s", e.file, key, form, text)
				}
				// One kit may be said without its number, nothing else may be left out.
				want := slices.DeleteFunc(blanks(e), func(b string) bool { return b == "N" && form == "one" })
				for _, b := range want {
					if !strings.Contains(text, "{{."+b+"}}") {
						t.Errorf("%s: %s %s leaves {{.%s}} out", e.file, key, form, b)
					}
				}
			}
		}
	}
}

func TestPluralFormsAreComplete(t *testing.T) {
	t.Parallel()
	english := texts(t, "en")
	for _, code := range lang.Codes {
		for key, e := range texts(t, code) {
			_, single := e.forms[""]
			if _, want := english[key].forms[""]; single != want && english[key].forms != nil {
				t.Errorf("%s: %s counts here and not in English, or the other way about", e.file, key)
			}
			if got := slices.Sorted(maps.Keys(e.forms)); !single && !slices.Equal(got, plurals[code].categories) {
				t.Errorf("%s: %s has the forms %v, not %v", e.file, key, got, plurals[code].categories)
			}
		}
	}
}

// Every text comes out in its own language, in the form that the count asks
// for, and with every blank filled.
func TestTextsAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	c := open(t)
	for _, code := range lang.Codes {
		l := c.Locale(code)
		for key, e := range texts(t, code) {
			var pairs []any
			for _, b := range blanks(e) {
				pairs = append(pairs, b, "‹"+b+"›")
			}
			filled := blank.ReplaceAllString(e.forms[""], "‹$1›")
			if _, single := e.forms[""]; single {
				if got := l.T(key, pairs...); got != filled {
					t.Errorf("%s: %s reads %q, not %q", e.file, key, got, filled)
				}
				continue
			}
			for _, n := range counts {
				category := plurals[code].of[n]
				if category == "" {
					category = "other"
				}
				want := strings.ReplaceAll(e.forms[category], "{{.N}}", l.Number(n))
				want = blank.ReplaceAllString(want, "‹$1›")
				if got := l.N(key, n, pairs...); got != want {
					t.Errorf("%s: %s for %d reads %q, not %q", e.file, key, n, got, want)
				}
			}
		}
	}
}

func TestKeysThatAreNot(t *testing.T) {
	t.Parallel()
	l := open(t).Locale("fr")
	require.Equal(t, "⟦no.such.key⟧", l.T("no.such.key"))
	require.Equal(t, "⟦no.such.key⟧", l.N("no.such.key", 3))
	require.False(t, l.Has("no.such.key"))
	require.True(t, l.Has("give.title"))
}

func TestOpenRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	_, err := lang.Open(web.Files, "no-such-folder")
	require.Error(t, err)
}

// A key that stands in two files would be read from whichever comes last.
func TestCatalogue_everyKeyOnce(t *testing.T) {
	t.Parallel()
	where := map[string]string{}
	for area, languages := range read(t) {
		for key := range languages["en"] {
			require.Empty(t, where[key], "%s stands in %s and in %s", key, where[key], area)
			where[key] = area
		}
	}
	require.Greater(t, len(where), 1000)
}
