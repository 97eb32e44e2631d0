package lang_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/web"
)

var (
	action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	// asked finds t "key" and n "key"; built finds the start of t (print "start." .Rest).
	asked = regexp.MustCompile(`(?:\{\{-?\s*|[\s(|])([tn])\s+"([^"]+)"`)
	built = regexp.MustCompile(`(?:\{\{-?\s*|[\s(|])[tn]\s+\(print\s+"([^"]+)"`)
)

// wanted is one key that a template asks for by name.
type wanted struct{ file, function, key string }

func wantedBy(file, text string) (whole []wanted, starts []string) {
	for _, a := range action.FindAllString(text, -1) {
		for _, m := range asked.FindAllStringSubmatch(a, -1) {
			whole = append(whole, wanted{file, m[1], m[2]})
		}
		for _, m := range built.FindAllStringSubmatch(a, -1) {
			starts = append(starts, m[1])
		}
	}
	return whole, starts
}

// A key that a page names is in the catalogue, as plural forms where it is
// counted and as one text where it is not.
func TestTemplatesAskForKeysThatAre(t *testing.T) {
	t.Parallel()
	english := texts(t, "en")
	seen := 0
	err := fs.WalkDir(web.Files, "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".html") {
			return err
		}
		raw, err := fs.ReadFile(web.Files, name)
		whole, starts := wantedBy(name, string(raw))
		for _, w := range whole {
			seen++
			e, ok := english[w.key]
			_, single := e.forms[""]
			if !ok {
				t.Errorf("%s: %s is in no English catalogue", w.file, w.key)
			} else if single != (w.function == "t") {
				t.Errorf("%s: %s is asked for with %s, which does not fit its forms", w.file, w.key, w.function)
			}
		}
		for _, start := range starts {
			if !anyStarts(english, start) {
				t.Errorf("%s: no key begins with %s", name, start)
			}
		}
		return err
	})
	require.NoError(t, err)
	require.Greater(t, seen, 50, "the search finds what templates ask for")
}

// A text with a sign set behind it by hand is glued: French puts a space before
// a colon, and another language may use another sign.
var glued = regexp.MustCompile(`\{\{[tn] [^}]*\}\}\s*[:;,(]`)

func TestTemplatesGlueNothingToAText(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(web.Files, "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(web.Files, name)
		for _, found := range glued.FindAllString(string(raw), -1) {
			t.Errorf("%s: %s: put the sign into the catalogue", name, found)
		}
		return err
	})
	require.NoError(t, err)
	require.True(t, glued.MatchString(`{{t "site.error_prefix"}}: x`))
	require.False(t, glued.MatchString(`{{t "site.error_prefix"}} x: {{.Y}}`))
}

func anyStarts(m map[string]entry, start string) bool {
	for key := range m {
		if strings.HasPrefix(key, start) {
			return true
		}
	}
	return false
}

func TestKeysAreFoundInTemplates(t *testing.T) {
	t.Parallel()
	whole, starts := wantedBy("x", `<p lang="en">{{t "a.b"}} {{- n "c.d" .N}} {{icon "tick"}} {{t "e" "Role" (t "f")}}{{t (print "nav." .Key)}} t "no"</p>`)
	require.Equal(t, []wanted{{"x", "t", "a.b"}, {"x", "n", "c.d"}, {"x", "t", "e"}, {"x", "t", "f"}}, whole)
	require.Equal(t, []string{"nav."}, starts)
}
