package chart

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheMapIsComplete(t *testing.T) {
	t.Parallel()
	a, err := parseAtlas(worldTSV)
	require.NoError(t, err)
	code := regexp.MustCompile(`^(-|[A-Z]{2})$`)
	seen := map[string]bool{}
	for _, s := range a.shapes {
		require.Regexp(t, code, s.code)
		require.False(t, seen[s.code], "%s twice", s.code)
		require.Regexp(t, `^[-Mlz 0-9]*$`, s.path)
		seen[s.code] = true
	}
	require.Len(t, a.shapes, 236)
	require.False(t, seen["AQ"], "Antarctica has no programme and half the paper")
	for _, c := range strings.Fields("GB FR US CA MX CO KE ZA UA IR AF MM AU PR HK MO XK MV SL LU PS TW") {
		require.True(t, seen[c], c)
	}
}

func TestTheMapStaysSmall(t *testing.T) {
	t.Parallel()
	svg := mustDraw(t, World{Doc: Doc{ID: "w"}, Marks: map[string]Mark{"FR": Yes, "BR": No}, Own: "RU"})
	require.Less(t, len(svg), 115*1024)
}

func TestCountriesStandInTheGroupOfTheirMark(t *testing.T) {
	t.Parallel()
	w := World{Doc: Doc{ID: "w"}, Marks: map[string]Mark{"FR": Yes, "MV": Yes, "BR": No, "RU": Unknown},
		Names: func(c string) string { return "name of " + c }}
	svg := mustDraw(t, w)
	group := func(class string) string {
		_, rest, found := strings.Cut(svg, `<g class="`+class+`"`)
		require.True(t, found, class)
		body, _, _ := strings.Cut(rest, "</g>")
		return body
	}
	require.Equal(t, 2, strings.Count(group("map-yes"), "<title>"))
	require.Contains(t, group("map-yes"), "<circle", "a small state is a dot")
	require.Equal(t, 1, strings.Count(group("map-no"), "<path"))
	require.Equal(t, 236-4, strings.Count(group("map-unknown"), "<path")+strings.Count(group("map-unknown"), "<circle"))
	require.Equal(t, 1, strings.Count(group("map-none"), "<path"))
	require.NotContains(t, svg, "name of RU", "what is not known is named in the list")
}

func TestTheOwnCountryIsOutlinedOrRinged(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ own, want string }{
		"large":        {"BR", `<path class="map-own"`},
		"small":        {"GB", `<circle class="map-own"`},
		"dot":          {"MV", `<circle class="map-own"`},
		"not on map":   {"XD", ""},
		"none":         {"", ""},
		"without code": {"-", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			svg := mustDraw(t, World{Own: tc.own})
			require.Equal(t, tc.want != "", strings.Contains(svg, `class="map-own"`))
			require.Contains(t, svg, tc.want)
		})
	}
}

func TestSwatchesAreDecoration(t *testing.T) {
	t.Parallel()
	for _, m := range []Mark{Yes, No, Unknown} {
		s := Swatch("k", m)
		require.Contains(t, s, `aria-hidden="true"`)
		require.Contains(t, s, `class="map-`+string(m)+`"`)
		require.NoError(t, wellFormed(s))
	}
}
