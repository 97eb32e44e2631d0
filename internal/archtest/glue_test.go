package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// joints are what may stand between two whole texts: the space between
// sentences, the dot of a list, and a full stop.
var joints = []string{"", " ", " · ", ". "}

// A sentence that is put together from pieces cannot be translated: the order of
// its pieces, and the signs between them, are those of English.
func TestTexts_areNotGluedTogether(t *testing.T) {
	t.Parallel()
	for _, f := range load(t) {
		if f.tree == nil || f.isTest() || f.pkg() == "internal/archtest" {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			sum, ok := n.(*ast.BinaryExpr)
			if !ok || sum.Op != token.ADD {
				return true
			}
			if isGlue(sum) {
				t.Error(f.at(sum, "a text of the catalogue is glued to another; make one text with a blank"))
			}
			return false // its parts are seen
		})
	}
}

// isGlue tells whether a sum holds a text of the catalogue and a literal that is
// more than a joint.
func isGlue(sum ast.Expr) bool {
	text, literal := false, false
	for _, part := range parts(sum) {
		switch part := part.(type) {
		case *ast.CallExpr:
			fun, ok := part.Fun.(*ast.SelectorExpr)
			text = text || ok && slices.Contains([]string{"T", "N", "Args"}, fun.Sel.Name)
		case *ast.BasicLit:
			value, _ := strconv.Unquote(part.Value) // the parser has read it
			literal = literal || !slices.Contains(joints, value)
		}
	}
	return text && literal
}

func parts(e ast.Expr) []ast.Expr {
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		return append(parts(sum.X), parts(sum.Y)...)
	}
	return []ast.Expr{e}
}

func TestGlue_isFound(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		`name + " (" + l.T("kind") + ")"`: true,
		`l.N("kits", n) + ": " + x`:       true,
		`w.Args("a", nil) + " x"`:         true,
		`l.T("a") + " " + l.T("b")`:       false,
		`l.T("a." + key)`:                 false,
		`"/people/" + id`:                 false,
	} {
		e, err := parser.ParseExpr(code)
		require.NoError(t, err)
		require.Equal(t, want, isGlue(e), code)
	}
}
