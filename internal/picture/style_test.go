package picture

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	comments    = regexp.MustCompile(`(?s)/\*.*?\*/`)
	conditional = regexp.MustCompile(`(?s)@[a-z]+[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}`)
	block       = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	property    = regexp.MustCompile(`(?m)([a-z0-9-]+)\s*:\s*([^;]+);`)
)

// sheet reads a stylesheet of the pages as it is by day: the custom properties of
// :root, and its rules in order.
func sheet(t *testing.T, file string) (colours map[string]string, rest [][2]string) {
	t.Helper()
	raw, err := os.ReadFile("../../web/static/css/" + file)
	require.NoError(t, err)
	css := conditional.ReplaceAllString(comments.ReplaceAllString(string(raw), ""), "")
	colours = map[string]string{}
	for _, m := range block.FindAllStringSubmatch(css, -1) {
		selector := strings.Join(strings.Fields(m[1]), " ")
		if selector != ":root" {
			rest = append(rest, [2]string{selector, m[2]})
			continue
		}
		for _, p := range property.FindAllStringSubmatch(m[2], -1) {
			colours[strings.TrimPrefix(p[1], "--")] = p[2]
		}
	}
	return colours, rest
}

// What the stylesheet of the charts says of fills, outlines and letters is what
// pictures follow, rule for rule and in order.
func TestRules_areThoseOfTheStylesheet(t *testing.T) {
	t.Parallel()
	_, css := sheet(t, "chart.css")
	var want []rule
	for _, one := range css {
		if strings.Contains(one[0], " a ") {
			continue // a picture leads nowhere
		}
		r, said := rule{selector: one[0]}, false
		for _, p := range property.FindAllStringSubmatch(one[1], -1) {
			into := map[string]*string{"fill": &r.fill, "stroke": &r.stroke, "stroke-width": &r.width, "font-weight": &r.weight, "fill-opacity": &r.alpha,
				"stroke-dasharray": &r.dash, "paint-order": &r.order, "stroke-linejoin": &r.join, "vector-effect": &r.scaling}[p[1]]
			if into == nil {
				continue
			}
			*into, said = regexp.MustCompile(`var\(--([a-z0-9-]+)\)`).ReplaceAllString(p[2], "$1"), true
		}
		if said {
			want = append(want, r)
		}
	}
	require.Greater(t, len(want), 40)
	require.Equal(t, want, rules)
}

func TestPalette_isTheLightThemeOfThePages(t *testing.T) {
	t.Parallel()
	pages, _ := sheet(t, "chart.css")
	raw, err := os.ReadFile("../../web/static/css/app.css")
	require.NoError(t, err)
	_, after, _ := strings.Cut(string(raw), ":root {")
	light, _, _ := strings.Cut(after, "}")
	for _, p := range property.FindAllStringSubmatch(light, -1) {
		if name := strings.TrimPrefix(p[1], "--"); palette[name] != "" {
			pages[name] = p[2]
		}
	}
	if len(pages["paper"]) == 4 {
		pages["paper"] = "#" + strings.Repeat(pages["paper"][1:2], 6)
	}
	require.Equal(t, pages, palette)
}

func TestStyle_strongerRulesWin(t *testing.T) {
	t.Parallel()
	d, err := read(`<svg class="chart" width="9" height="9"><defs><pattern id="x" width="7" patternTransform="rotate(45)"><rect class="s3" width="7"/><rect class="s-ink" width="1.6"/></pattern></defs>` +
		`<g class="map"><g class="map-no"><path d="M0 0L9 9Z"/></g><g class="map-unknown"><path class="map-own" d="M0 0"/></g></g><rect class="seg" fill="url(#x)"/><line class="target"/></svg>`)
	require.NoError(t, err)
	at := func(names ...int) look {
		line := []node{d.root}
		for _, i := range names {
			line = append(line, line[len(line)-1].children[i])
		}
		return d.style(line)
	}
	country := at(1, 0, 0)
	require.Equal(t, Colour("map-no"), country.fill, "passed on by the group")
	require.Equal(t, Colour("map-edge"), country.stroke, "three classes against two")
	require.True(t, country.unscaled)
	require.Equal(t, Colour("map-edge"), at(1, 1, 0).stroke, "the later rule has less weight")
	require.Equal(t, &pattern{side: 7, turned: true, ground: Colour("s3"), stripe: 1.6, ink: Colour("paper")}, at(2).pattern)
	require.Equal(t, ink{stroke: Colour("ink"), width: 2, dash: []float64{6, 4}}, at(3).ink)
}
