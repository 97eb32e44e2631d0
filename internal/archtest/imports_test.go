package archtest

import (
	"slices"
	"strconv"
	"strings"
)

// layers says which packages of ours a package may import. It is the whole
// direction of the program, from words at the top to the command at the
// bottom; a package without a row is refused.
var layers = map[string][]string{
	"migrations": {},
	"web":        {},

	"internal/fault": {},
	"internal/thn":   {"internal/fault"},
	"internal/audit": {"internal/fault"},
	"internal/lang":  {"internal/thn", "internal/fault", "web"},

	"internal/seal":       {},
	"internal/gs1":        {"internal/thn", "internal/fault"},
	"internal/chart":      {"internal/fault"},
	"internal/baseline":   {"internal/fault"},
	"internal/commitment": {"internal/fault"},
	"internal/sheet":      {"internal/fault"},
	"internal/need":       {},
	"internal/disclosure": {"internal/fault"},
	"internal/poster":     {"internal/fault"},
	"internal/picture":    {"internal/fault"},

	"internal/form":     {"internal/thn", "internal/fault"},
	"internal/intake":   {"internal/thn", "internal/fault", "internal/audit"},
	"internal/account":  {"internal/thn", "internal/fault", "internal/audit"},
	"internal/setup":    {"internal/thn", "internal/fault", "internal/audit", "internal/gs1"},
	"internal/stock":    {"internal/thn", "internal/fault", "internal/audit"},
	"internal/report":   {"internal/thn", "internal/fault", "internal/audit", "internal/stock", "internal/need"},
	"internal/ingest":   {"internal/thn", "internal/fault", "internal/sheet"},
	"internal/export":   {"internal/report", "internal/thn", "internal/fault", "internal/picture"},
	"internal/release":  {"internal/report", "internal/disclosure", "internal/thn", "internal/fault"},
	"internal/activity": {"internal/thn", "internal/fault"},
	"internal/phone":    {"internal/thn", "internal/fault", "internal/form", "internal/intake", "internal/seal"},
	"internal/recall":   {"internal/thn", "internal/fault", "internal/audit"},

	"internal/migrate": {"internal/fault", "migrations"},
	"internal/store":   {"internal/thn", "internal/fault", "internal/audit", "internal/migrate"},

	"internal/page": {
		"internal/thn", "internal/report", "internal/chart", "internal/baseline", "internal/commitment",
		"internal/ingest", "internal/lang", "internal/fault", "internal/need", "internal/poster", "internal/release", "internal/export", "web",
	},
	"internal/server": {
		"internal/thn", "internal/fault", "internal/audit", "internal/lang", "internal/chart", "internal/baseline",
		"internal/commitment", "internal/sheet", "internal/form", "internal/intake", "internal/account", "internal/setup",
		"internal/stock", "internal/report", "internal/ingest", "internal/export", "internal/page", "internal/gs1", "internal/need", "internal/recall", "internal/activity", "internal/phone", "internal/poster", "internal/seal", "internal/release", "web",
	},

	"internal/site":   {"internal/fault"},
	"internal/config": {"internal/fault"},
	"internal/demo": {
		"internal/thn", "internal/fault", "internal/intake", "internal/account", "internal/setup", "internal/report", "internal/ingest",
	},
	"internal/app": {"*"},
	"cmd/thn":      {"*"}, // commands wire use cases to a terminal, as app wires them to the web

}

// homes names the only packages that may import a library, by the beginning of
// its path. It holds for tests too: a test that needs gorm belongs in store.
var homes = map[string][]string{
	"github.com/gin-gonic/":               {"internal/server"},
	"github.com/gin-contrib/":             {"internal/server"},
	"gorm.io/":                            {"internal/store"},
	"github.com/go-playground/validator/": {"internal/form"},
	"github.com/pressly/goose/":           {"internal/migrate"},
	"modernc.org/sqlite":                  {"internal/store", "internal/store/storetest"},
	"github.com/jackc/pgx/":               {"internal/store", "*_test"}, // a benchmark compares with the bare driver
	"github.com/chromedp/":                {"internal/browsertest"},
	"github.com/syndtr/goleveldb/":        {"internal/browsertest"},
	"github.com/alexedwards/argon2id":     {"internal/account"},
	"github.com/alecthomas/kong":          {"cmd/thn"},
	"github.com/piglig/go-qr":             {"internal/poster"},
	"codeberg.org/go-pdf/fpdf":            {"internal/picture"},
	"git.sr.ht/~sbinet/gg":                {"internal/picture"},
	"github.com/go-text/typesetting/":     {"internal/picture"},
	"github.com/makiuchi-d/gozxing":       {"*_test"}, // reads what go-qr has drawn
	"github.com/mattn/go-sqlite3":         {},         // C; gorm's driver names it and nothing links it
	"github.com/stretchr/testify/":        {"*_test"},
	"github.com/google/go-cmp/":           {"*_test"},
	"github.com/PuerkitoBio/goquery":      {"*_test"},
	"github.com/jba/templatecheck":        {"*_test"},
	"pgregory.net/rapid":                  {"*_test"},
	"testing":                             {"*_test"},
	"github.com/stretchr/testify/mock":    {},                          // the real thing is fast: see storetest
	"math/rand":                           {"*_test", "internal/demo"}, // ids and codes come from crypto/rand
	"unsafe":                              {},
}

// checkLayers holds a file's imports of our packages against the table.
func checkLayers(f *file) []string {
	if f.tree == nil || f.isTest() {
		return nil
	}
	may, known := layers[f.pkg()]
	if !known {
		return []string{f.at(f.tree.Name, "package "+f.pkg()+" has no row in the table of imports_test.go")}
	}
	var wrong []string
	for _, spec := range f.tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value) // the parser has read it
		ours, ok := strings.CutPrefix(name, module+"/")
		switch {
		case !ok || ours == f.pkg():
		case forTests[ours]:
			wrong = append(wrong, f.at(spec, ours+" is for tests"))
		case !slices.Contains(may, ours) && !slices.Contains(may, "*"):
			wrong = append(wrong, f.at(spec, f.pkg()+" may not import "+ours))
		}
	}
	return wrong
}

// checkLibraries holds a file's imports of other people's packages against homes.
func checkLibraries(f *file) []string {
	if f.tree == nil {
		return nil
	}
	var wrong []string
	for _, spec := range f.tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value) // the parser has read it
		for library, allowed := range homes {
			if !within(name, library) || slices.Contains(allowed, f.pkg()) || f.isTest() && slices.Contains(allowed, "*_test") {
				continue
			}
			wrong = append(wrong, f.at(spec, name+" may not be imported in "+f.pkg()))
		}
	}
	return wrong
}

// within tells whether an import path is a library or a package inside it.
func within(name, library string) bool {
	return name == strings.TrimSuffix(library, "/") || strings.HasPrefix(name, strings.TrimSuffix(library, "/")+"/")
}
