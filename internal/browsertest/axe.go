package browsertest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Violation is one accessibility rule that a page breaks.
type Violation struct {
	ID     string `json:"id"`     // axe's name of the rule, for instance "color-contrast"
	Impact string `json:"impact"` // minor, moderate, serious or critical
	Help   string `json:"help"`   // the rule in a sentence
	Nodes  []Node `json:"nodes"`  // where it is broken
}

// Node is one place where a rule is broken.
type Node struct {
	HTML    string `json:"html"`
	Summary string `json:"failureSummary"`
}

// String is a violation as a failing test should print it.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n  %s\n    %s", n.HTML, strings.ReplaceAll(n.Summary, "\n", "\n    "))
	}
	return b.String()
}

// Axe gives the rules of WCAG 2.2 A and AA and of axe's good practice that the
// page breaks as it stands, in its present size and colours.
func (tab *Tab) Axe() []Violation {
	tab.t.Helper()
	if tab.plain {
		// axe needs timers. The page's scripts, not run on loading, stay so.
		tab.disableScript(false)
		defer tab.disableScript(true)
	}
	if source := axeSource(tab.t); Eval[string](tab, "typeof axe") == "undefined" {
		Eval[bool](tab, source+"\n;true")
	}
	return Eval[[]Violation](tab, `axe.run(document, {
		runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
		rules: {"target-size": {enabled: true}},
		resultTypes: ["violations"],
	}).then((found) => found.violations.map((v) => ({
		id: v.id, impact: v.impact, help: v.help,
		nodes: v.nodes.map((n) => ({html: n.html, failureSummary: n.failureSummary})),
	})))`)
}

// axeSource is the script of axe-core, which npm puts beside this file.
func axeSource(t testing.TB) string {
	t.Helper()
	source, err := readAxe()
	if errors.Is(err, fs.ErrNotExist) {
		missing(t, "axe-core is not there (npm --prefix internal/browsertest ci --ignore-scripts)")
	}
	if err != nil {
		t.Fatalf("browsertest: read axe-core: %v", err)
	}
	return source
}

var readAxe = sync.OnceValues(func() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(root, "internal", "browsertest", "node_modules", "axe-core", "axe.min.js"))
	return string(source), err
})
