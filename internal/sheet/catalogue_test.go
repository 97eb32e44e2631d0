package sheet

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// keysInCode finds the sentences this package can ask for, as they are spelled
// in its calls.
func keysInCode(t *testing.T) []string {
	t.Helper()
	var keys []string
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	calls := []struct {
		prefix string
		call   *regexp.Regexp
	}{
		{"import.error.cell.", regexp.MustCompile(`cellError\("([a-z_]+)"`)},
		{"import.error.file.", regexp.MustCompile(`b(?:ook)?\.(?:refuse|tooLarge)\("([a-z_]+)"`)},
		{"import.error.", regexp.MustCompile(`\)\.tooLarge\("([a-z]+\.[a-z]+)"`)},
		{"import.error.file.", regexp.MustCompile(`(?:isOther, |return |why = )"([a-z]+)"`)},
	}
	for _, name := range files {
		if matched, _ := filepath.Match("*_test.go", name); matched {
			continue
		}
		code, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, c := range calls {
			for _, m := range c.call.FindAllSubmatch(code, -1) {
				keys = append(keys, c.prefix+string(m[1]))
			}
		}
	}
	for _, why := range []string{"zero", "encoding", "chosen"} {
		keys = append(keys, "import.error.row.text_"+why)
	}
	keys = append(keys, "import.error.row.quote", "import.error.row.quote_open")
	for _, parts := range []string{"number_whole", "number_half"} {
		keys = append(keys, "import.error.cell."+parts)
	}
	for _, r := range forbidden {
		keys = append(keys, "import.error.forbidden."+string(r.why))
	}
	return append(keys, "import.error.forbidden.name", "import.error.forbidden.bare_name", "import.error.forbidden.bare_note")
}

func TestCatalogue_hasEverySentence(t *testing.T) {
	t.Parallel()
	blanks := regexp.MustCompile(`\{\{\.\w+\}\}`)
	texts := map[string]map[string]string{}
	for _, language := range []string{"en", "fr", "es"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "web", "lang", "import."+language+".yaml"))
		require.NoError(t, err)
		var all map[string]any
		require.NoError(t, yaml.Unmarshal(raw, &all))
		texts[language] = map[string]string{}
		for key, text := range all {
			if s, ok := text.(string); ok {
				texts[language][key] = s
			}
		}
	}
	keys := keysInCode(t)
	require.Greater(t, len(keys), 60)
	for _, key := range keys {
		want := blanks.FindAllString(texts["en"][key], -1)
		slices.Sort(want)
		for language, all := range texts {
			require.NotEmpty(t, all[key], "%s %s", language, key)
			got := blanks.FindAllString(all[key], -1)
			slices.Sort(got)
			require.Equal(t, want, got, "%s %s", language, key)
		}
	}
}
