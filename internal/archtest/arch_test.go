package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "thntracker"

// file is one source file of the project.
type file struct {
	path string // from the module's root, with slashes
	text string
	tree *ast.File // nil when it is not Go
	set  *token.FileSet
}

// rule looks at one file and tells what is wrong with it, a line each.
type rule struct {
	name  string
	check func(f *file) []string
}

// rules are all that can be told from one file. Rules about folders stand in
// tree_test.go.
var rules = []rule{
	{"imports follow the table", checkLayers},
	{"libraries stay where they belong", checkLibraries},
	{"nothing forbidden is written", checkForbidden},
	{"no init, and no clock outside app and cmd", checkPurity},
	{"no file is too long", checkLength},
	{"people come first in words", checkWords},
}

// parse makes a file of a path and its text.
func parse(t *testing.T, name, text string) *file {
	t.Helper()
	f := &file{path: name, text: text, set: token.NewFileSet()}
	if strings.HasSuffix(name, ".go") {
		tree, err := parser.ParseFile(f.set, name, text, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		f.tree = tree
	}
	return f
}

// endings are the kinds of file that are read.
var endings = map[string]bool{
	".go": true, ".html": true, ".css": true, ".js": true, ".ts": true,
	".yaml": true, ".sql": true, ".md": true, ".svg": true,
}

// load reads every source file below the module's root. Folders named
// testdata hold the words of others, and node_modules their code.
func load(t *testing.T) []*file {
	t.Helper()
	root := filepath.Join("..", "..")
	var files []*file
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if skipFolder(rel) {
				return fs.SkipDir
			}
			return nil
		}
		if !endings[path.Ext(rel)] {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files = append(files, parse(t, rel, string(text)))
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func skipFolder(rel string) bool {
	switch path.Base(rel) {
	case "testdata", "node_modules":
		return true
	}
	return rel == "bin" || rel == "data" || strings.HasPrefix(rel, ".") && rel != "."
}

// pkg is the folder of a file: "internal/store", "cmd/thn".
func (f *file) pkg() string { return path.Dir(f.path) }

// isTest tells whether a file is only compiled for tests, or is made for them.
func (f *file) isTest() bool {
	return strings.HasSuffix(f.path, "_test.go") || forTests[f.pkg()]
}

// forTests are the packages that exist for tests: what they import and read of
// the clock is their business, and nothing but tests may import them.
var forTests = map[string]bool{
	"internal/archtest":        true,
	"internal/browsertest":     true,
	"internal/faultproxy":      true,
	"internal/phonetest":       true,
	"internal/store/storetest": true,
}

// at says where in a file something is.
func (f *file) at(node ast.Node, what string) string {
	return f.set.Position(node.Pos()).String() + ": " + what
}

func TestTree(t *testing.T) {
	t.Parallel()
	files := load(t)
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, f := range files {
				for _, wrong := range r.check(f) {
					t.Error(wrong)
				}
			}
		})
	}
}
