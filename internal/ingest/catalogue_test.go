package ingest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/web"
)

// Each sentence that the code can ask for exists in every language.
func TestCatalogue_hasEverySentence(t *testing.T) {
	t.Parallel()
	catalogue, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	calls := map[string]*regexp.Regexp{
		"import.error.map.":  regexp.MustCompile(`mappingError\("([a-z_]+)"`),
		"import.error.cell.": regexp.MustCompile(`\.refuse\("([a-z_]+)"`),
		"import.error.":      regexp.MustCompile(`Refuse\("([a-z]+\.[a-z_]+)"`),
		"import.skip.":       regexp.MustCompile(`\.skip\([^"\n]*"([a-z_]+)"`),
		"":                   regexp.MustCompile(`"(import\.error\.file\.[a-z_]+)"`),
	}
	keys := []string{}
	for _, what := range []string{"area", "site", "product"} {
		keys = append(keys, "import.error.cell."+what+"_offered", "import.error.cell."+what+"_unknown")
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		code, err := os.ReadFile(name)
		require.NoError(t, err)
		if test, _ := filepath.Match("*_test.go", name); test {
			continue
		}
		for prefix, call := range calls {
			for _, m := range call.FindAllSubmatch(code, -1) {
				keys = append(keys, prefix+string(m[1]))
			}
		}
	}
	require.Greater(t, len(keys), 50)
	for _, code := range lang.Codes {
		require.Subset(t, catalogue.Keys(code), keys, code)
	}
}
