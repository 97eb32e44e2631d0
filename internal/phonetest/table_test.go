package phonetest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// required are the numbers of the requirements that this package has to show.
func required() (all []string) {
	for n := 1; n <= 46; n++ {
		if !slices.Contains([]int{6, 8, 9, 12, 14}, n) { // shown elsewhere, or by people
			all = append(all, fmt.Sprintf("UX-%02d", n))
		}
	}
	return all
}

var number = regexp.MustCompile(`\b(?:UX|F)-\d\d\b`)

// TestTable compares the table of requirements in doc.go with what the tests
// say of themselves, so that neither names a test or a requirement in vain.
func TestTable(t *testing.T) {
	t.Parallel()
	table, said := map[string][]string{}, map[string][]string{}
	for _, line := range strings.Split(comments(t, "doc.go").Doc.Text(), "\n") {
		if found := number.FindString(line); found != "" && strings.HasPrefix(line, "\t") {
			for _, name := range strings.Split(strings.TrimSpace(strings.Replace(line, found, "", 1)), ", ") {
				table[found] = append(table[found], strings.TrimSpace(name))
			}
		}
	}
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	for _, file := range files {
		for _, d := range comments(t, file).Decls {
			if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Test") {
				for _, found := range number.FindAllString(f.Doc.Text(), -1) {
					said[found] = append(said[found], f.Name.Name)
				}
			}
		}
	}
	for _, list := range said {
		slices.Sort(list)
	}
	require.Equal(t, said, table)
	for _, n := range required() {
		require.NotEmpty(t, table[n], n)
	}
}

func comments(t *testing.T, file string) *ast.File {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	require.NoError(t, err)
	return parsed
}
