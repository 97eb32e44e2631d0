package archtest

import (
	"fmt"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The walls for the length of a file, in lines. Most are far below.
const (
	longest     = 400
	longestTest = 600
)

// checkLength refuses files that have become more than one thing. Catalogues
// grow with the screens they serve and are read by key, so they are exempt.
func checkLength(f *file) []string {
	wall := longest
	switch {
	case path.Ext(f.path) == ".yaml", path.Ext(f.path) == ".svg", f.tree != nil && ast.IsGenerated(f.tree):
		return nil
	case strings.HasSuffix(f.path, "_test.go"):
		wall = longestTest
	}
	if lines := strings.Count(f.text, "\n"); lines > wall {
		return []string{fmt.Sprintf("%s: %d lines; at %d it is more than one thing", f.path, lines, wall)}
	}
	return nil
}

// topLevel is what stands beside the folders of the code. Names with a dot in
// front are the tools' affair; bin and data are made here and not kept.
var topLevel = []string{"cmd", "internal", "migrations", "web", "scripts", "go.mod", "go.sum", "Makefile", "README.md", "bin", "data"}

func TestTopLevel_agreedNamesOnly(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	require.NoError(t, err)
	for _, entry := range entries {
		for _, wrong := range strayName(entry.Name()) {
			t.Error(wrong)
		}
	}
}

func strayName(name string) []string {
	if strings.HasPrefix(name, ".") || slices.Contains(topLevel, name) {
		return nil
	}
	return []string{name + " is not one of the names agreed for the top level"}
}

// Its first words are how a reader meets a package, so each has them once.
func TestPackages_sayWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	for _, wrong := range checkComments(load(t)) {
		t.Error(wrong)
	}
}

func checkComments(files []*file) []string {
	comments := map[string][]string{}
	for _, f := range files {
		if f.tree == nil || strings.HasSuffix(f.path, "_test.go") {
			continue
		}
		found := comments[f.pkg()]
		if f.tree.Doc != nil {
			found = append(found, f.tree.Doc.Text())
		}
		comments[f.pkg()] = found
	}
	var wrong []string
	for pkg, found := range comments {
		begins := "Package " + path.Base(pkg) + " "
		if strings.HasPrefix(pkg, "cmd/") {
			begins = "Command " + path.Base(pkg) + " "
		}
		switch {
		case len(found) == 0:
			wrong = append(wrong, pkg+": no package comment: what it is for, what it may not know, where to start")
		case len(found) > 1:
			wrong = append(wrong, pkg+": more than one package comment")
		case !strings.HasPrefix(found[0], begins):
			wrong = append(wrong, pkg+": the package comment does not begin with "+begins)
		}
	}
	slices.Sort(wrong)
	return wrong
}

// forbiddenNames are what packages are called when nobody knows what they are for.
var forbiddenNames = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "manager", "types", "misc", "service"}

func TestPackages_areNamedForTheirWork(t *testing.T) {
	t.Parallel()
	for _, f := range load(t) {
		if f.tree != nil && slices.Contains(forbiddenNames, path.Base(f.pkg())) {
			t.Errorf("%s: name a package for its work, not %s", f.path, path.Base(f.pkg()))
		}
	}
}
