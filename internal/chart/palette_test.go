package chart

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// palette reads the custom properties of one block, of the page's stylesheet
// and then of the charts' own.
func palette(t *testing.T, selector string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, file := range []string{"app.css", "chart.css"} {
		css, err := os.ReadFile("../../web/static/css/" + file)
		require.NoError(t, err)
		_, rest, found := strings.Cut(string(css), selector+" {")
		require.True(t, found, "%s in %s", selector, file)
		block, _, _ := strings.Cut(rest, "}")
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{6}|[0-9a-f]{3});`).FindAllStringSubmatch(block, -1) {
			out[m[1]] = "#" + sixDigits(m[2])
		}
	}
	return out
}

// sixDigits spells a short colour out.
func sixDigits(hex string) string {
	if len(hex) == 6 {
		return hex
	}
	return strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2)
}

// contrast is the WCAG 2 contrast of two colours.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestTheLightPaletteIsTheChosenOne(t *testing.T) {
	t.Parallel()
	p := palette(t, ":root")
	series := []string{p["s1"], p["s2"], p["s3"], p["s4"]}
	require.Equal(t, []string{"#12436d", "#28a197", "#801650", "#f46a25"}, series)
	for i, want := range []float64{10.25, 3.17, 9.77, 3.03} {
		require.InDelta(t, want, contrast(series[i], "#ffffff"), 0.01)
	}
	// Alike in grey, which is why the third is hatched and the fourth dotted.
	require.Less(t, contrast(series[0], series[2]), 1.1)
	require.Less(t, contrast(series[1], series[3]), 1.1)
}

func TestColoursAreSeenInBothThemes(t *testing.T) {
	t.Parallel()
	for name, selector := range map[string]string{
		"light": ":root", "dark by wish": `:root:not([data-theme="light"])`, "dark by choice": `:root[data-theme="dark"]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := palette(t, selector)
			require.GreaterOrEqual(t, contrast(p["ink"], p["paper"]), 7.0)
			require.GreaterOrEqual(t, contrast(p["soft"], p["paper"]), 4.5)
			for _, s := range []string{"s1", "s2", "s3", "s4", "map-yes", "map-own"} {
				require.GreaterOrEqual(t, contrast(p[s], p["paper"]), 3.0, s)
			}
			for _, pair := range [][2]string{{"s1", "s2"}, {"s2", "s3"}, {"s3", "s4"}, {"map-yes", "map-no"}} {
				require.GreaterOrEqual(t, contrast(p[pair[0]], p[pair[1]]), 3.0, pair)
			}
		})
	}
}

func TestBothDarkThemesAreOne(t *testing.T) {
	t.Parallel()
	require.Equal(t, palette(t, `:root:not([data-theme="light"])`), palette(t, `:root[data-theme="dark"]`))
}

func TestTheStylesheetHasTheSizesOfTheLayout(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("../../web/static/css/chart.css")
	require.NoError(t, err)
	for rule, size := range map[string]float64{".chart text {": textSize, ".chart .title {": titleSize} {
		_, rest, found := strings.Cut(string(css), rule)
		require.True(t, found, rule)
		block, _, _ := strings.Cut(rest, "}")
		require.Contains(t, block, "font-size: "+num(size)+"px;", rule)
	}
}
