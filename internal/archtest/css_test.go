package archtest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// physical are the properties that name a side of the screen. Text that runs
// from right to left needs the other one, so a sheet names the side of the text:
// inline-start, block-end, inline-size.
var physical = []*regexp.Regexp{
	regexp.MustCompile(`^(left|right|top|bottom|float|clear|width|height|(min|max)-(width|height))$`),
	regexp.MustCompile(`^(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)(-|$)`),
	regexp.MustCompile(`^border-(top|bottom)-(left|right)-radius$`),
	regexp.MustCompile(`^overflow-y$`),
}

// sided are values that name a side.
var sided = regexp.MustCompile(`\b(left|right)\b`)

// fourSides are shorthands whose second and fourth value are the right and the
// left side.
var fourSides = regexp.MustCompile(`^(margin|padding|inset|border-width|border-style|border-color|scroll-margin|scroll-padding|border-radius)$`)

var (
	cssComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	declaration = regexp.MustCompile(`([a-z-]+)\s*:\s*([^;{}]+)[;}]`)
	prelude     = regexp.MustCompile(`(?s)@(media|container)[^{]*\{|[^{};]*\{`)
	blanked     = regexp.MustCompile(`[^\n]`)
)

func TestStyleSheets_nameSidesOfTheText(t *testing.T) {
	t.Parallel()
	sheets, err := filepath.Glob("../../web/static/css/*.css")
	require.NoError(t, err)
	require.NotEmpty(t, sheets)
	for _, sheet := range sheets {
		raw, err := os.ReadFile(sheet)
		require.NoError(t, err)
		for _, wrong := range physicalIn(string(raw)) {
			t.Errorf("%s:%s", filepath.Base(sheet), wrong)
		}
	}
}

// physicalIn lists the declarations of a sheet that name a side of the screen.
// Selectors and conditions are blanked first: they contain colons too.
func physicalIn(css string) (wrong []string) {
	blank := func(s string) string { return blanked.ReplaceAllString(s, " ") }
	css = cssComment.ReplaceAllStringFunc(css, blank)
	css = prelude.ReplaceAllStringFunc(css, func(s string) string { return blank(s[:len(s)-1]) + "{" })
	for _, m := range declaration.FindAllStringSubmatchIndex(css, -1) {
		property, value := css[m[2]:m[3]], strings.TrimSpace(css[m[4]:m[5]])
		if why := side(property, value); why != "" {
			wrong = append(wrong, fmt.Sprintf("%d: %s: %s: %s", 1+strings.Count(css[:m[2]], "\n"), property, value, why))
		}
	}
	return wrong
}

func side(property, value string) string {
	for _, p := range physical {
		if p.MatchString(property) {
			return "name the side of the text: inline-start, block-end, inline-size"
		}
	}
	if strings.HasPrefix(property, "--") {
		return ""
	}
	if sided.MatchString(value) {
		return "say start or end"
	}
	if v := strings.Fields(value); fourSides.MatchString(property) && len(v) == 4 && v[1] != v[3] {
		return "four values give the left side; use -block and -inline"
	}
	return ""
}

// Each way to name a side is found, and what only looks like one is not.
func TestStyleSheets_biteOnSides(t *testing.T) {
	t.Parallel()
	for css, found := range map[string]bool{
		".a { margin-left: 1rem; }":                          true,
		".a { color: red; padding-right: 0 }":                true,
		".a { border-left: 1px solid; }":                     true,
		".a { border-top-left-radius: 2px; }":                true,
		".a { text-align: left; }":                           true,
		".a { float: right; }":                               true,
		".a { left: 0; }":                                    true,
		".a { width: 2rem; }":                                true,
		".a { max-height: 2rem; }":                           true,
		".a { background: linear-gradient(to left, a, b); }": true,
		".a { padding: 1px 2px 1px 0; }":                     true,
		"@media (min-width: 2rem) { .a { right: 0; } }":      true,
		"@media (min-width: 2rem) { .a { color: red; } }":    false,
		".a { padding: 1px 2px 1px 2px; }":                   false,
		".a { padding: 0 0 1rem; }":                          false,
		".a:hover { margin-inline-start: 1rem; }":            false,
		"/* margin-left: 1rem; */ .a { stroke-width: 2px; }": false,
		".left { text-align: start; }":                       false,
	} {
		require.Equal(t, found, len(physicalIn(css)) > 0, css)
	}
}
