package archtest

import (
	"go/ast"
	"strconv"
	"strings"
)

// trustedMarkup is the one file in which text may be declared safe markup.
const trustedMarkup = "internal/page/drawing.go"

// forbidden are names that are nowhere written, by the import path of their
// package, and why.
var forbidden = map[string]string{
	"gorm.io/gorm.Model":               "it brings soft deletion and times of day; name the columns",
	"gorm.io/gorm.DeletedAt":           "records are voided, not deleted",
	"github.com/gin-gonic/gin.H":       "pages and answers are structs",
	"github.com/gin-gonic/gin.Default": "its recovery writes cookies to the log; see the engine in internal/server",
	"net/http.DefaultClient":           "nothing is fetched at run time",
	"net/http.Get":                     "nothing is fetched at run time",
	"net/http.Post":                    "nothing is fetched at run time",
	"text/template.New":                "html/template escapes; this one does not",
}

// markup are the types by which html/template takes text as it stands.
var markup = map[string]bool{
	"HTML": true, "HTMLAttr": true, "JS": true, "JSStr": true, "CSS": true, "URL": true, "Srcset": true,
}

// checkForbidden looks for names and shapes that are not written here.
func checkForbidden(f *file) []string {
	if f.tree == nil {
		return nil
	}
	var wrong []string
	imported := importNames(f.tree)
	ast.Inspect(f.tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if why := refusedSelector(f, imported, n); why != "" {
				wrong = append(wrong, f.at(n, why))
			}
		case *ast.TypeSpec:
			if isAnyMap(n.Type) && drawsPages(f) {
				wrong = append(wrong, f.at(n, "page data is a struct, not a map"))
			}
		case *ast.StructType:
			for _, field := range n.Fields.List {
				if isAnyMap(field.Type) && drawsPages(f) {
					wrong = append(wrong, f.at(field, "page data is a struct, not a map"))
				}
			}
		case *ast.CallExpr:
			if arg := mapArgument(n); arg != nil && drawsPages(f) {
				wrong = append(wrong, f.at(arg, "page data is a struct, not a map"))
			}
		}
		return true
	})
	return wrong
}

// refusedSelector says why a qualified name may not stand here, or nothing.
func refusedSelector(f *file, imported map[string]string, n *ast.SelectorExpr) string {
	if n.Sel.Name == "AutoMigrate" {
		return "AutoMigrate changes the schema unseen; write a migration"
	}
	from, ok := n.X.(*ast.Ident)
	if !ok {
		return ""
	}
	library := imported[from.Name]
	name := library + "." + n.Sel.Name
	if why, no := forbidden[name]; no && !f.isTest() {
		return name + ": " + why
	}
	if library == "html/template" && markup[n.Sel.Name] && f.path != trustedMarkup {
		return name + " takes markup on trust, which only " + trustedMarkup + " may"
	}
	return ""
}

func drawsPages(f *file) bool {
	return !f.isTest() && (f.pkg() == "internal/page" || f.pkg() == "internal/server")
}

// isAnyMap tells whether a type is map[string]any, however it is spelt.
func isAnyMap(expression ast.Expr) bool {
	m, ok := expression.(*ast.MapType)
	if !ok {
		return false
	}
	if key, ok := m.Key.(*ast.Ident); !ok || key.Name != "string" {
		return false
	}
	switch value := m.Value.(type) {
	case *ast.Ident:
		return value.Name == "any"
	case *ast.InterfaceType:
		return len(value.Methods.List) == 0
	}
	return false
}

// mapArgument is a map[string]any written in place into a call that draws.
func mapArgument(call *ast.CallExpr) ast.Expr {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	switch fun.Sel.Name {
	case "Execute", "ExecuteTemplate", "Render", "HTML", "JSON":
	default:
		return nil
	}
	for _, arg := range call.Args {
		if made, ok := arg.(*ast.CompositeLit); ok && isAnyMap(made.Type) {
			return arg
		}
	}
	return nil
}

// checkPurity refuses init functions, and the system's clock where a clock is
// to be handed in.
func checkPurity(f *file) []string {
	if f.tree == nil {
		return nil
	}
	var wrong []string
	for _, declared := range f.tree.Decls {
		if fun, ok := declared.(*ast.FuncDecl); ok && fun.Recv == nil && fun.Name.Name == "init" {
			wrong = append(wrong, f.at(fun, "init runs before anybody asked"))
		}
	}
	if f.isTest() || f.pkg() == "internal/app" || strings.HasPrefix(f.path, "cmd/") {
		return wrong
	}
	imported := importNames(f.tree)
	ast.Inspect(f.tree, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		from, ok := selector.X.(*ast.Ident)
		if ok && imported[from.Name] == "time" && clocks[selector.Sel.Name] {
			wrong = append(wrong, f.at(selector, "time."+selector.Sel.Name+" outside internal/app and cmd: take the clock as a parameter"))
		}
		return true
	})
	return wrong
}

// clocks are the functions of package time that read the system's clock.
var clocks = map[string]bool{"Now": true, "Since": true, "Until": true}

// importNames maps the name a package has in a file to its path.
func importNames(tree *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range tree.Imports {
		library, _ := strconv.Unquote(spec.Path.Value) // the parser has read it
		name := library[strings.LastIndex(library, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = library
	}
	return names
}
