package chart

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

func hill() Curve {
	rise := func(x, pace float64) float64 { return 100 * (1 - math.Exp(-x/pace)) }
	return Curve{To: 1000, Max: 100, Target: &Target{At: 80, Label: "Goal 80"}, Legend: [2]string{"now", "planned"},
		At: func(x float64) Range { return Range{rise(x, 400), rise(x, 800), rise(x, 200)} }}
}

func TestCurve_bandPointsAndTarget(t *testing.T) {
	t.Parallel()
	v := hill()
	v.Points = []Point{{Spot: Spot{200, 39}, Label: "North"}, {Spot: Spot{400, 63}, Label: "South", Planned: true}}
	for _, width := range []int{Narrow, Wide} {
		v.Doc.Width = width
		svg := mustDraw(t, v)
		for want, n := range map[string]int{`class="band-area"`: 1, `class="curve"`: 1, `class="target"`: 1, ">Goal 80<": 1, ">North<": 1, ">South<": 1} {
			require.Equal(t, n, strings.Count(svg, want), want)
		}
		require.Equal(t, 2, strings.Count(svg, `class="dot-now"`), "the point of today and its mark in the key")
		require.Equal(t, 2, strings.Count(svg, `class="dot"`))
	}
	v.At = func(x float64) Range { return Range{x / 10, x / 10, x / 10} }
	require.NotContains(t, mustDraw(t, v), "band-area", "no interval, no band")
}

func TestCurve_namesDoNotLieOnEachOther(t *testing.T) {
	t.Parallel()
	v := hill()
	v.Points = []Point{{Spot: Spot{300, 52}, Label: "Lake District"}, {Spot: Spot{305, 53}, Label: "Eastern Islands"}, {Spot: Spot{310, 54}, Label: "Capital"}}
	c := newCanvas(Doc{})
	l := curveLayout{Curve: v}
	l.frame(c)
	names := l.placeNames(c)
	require.Len(t, names, 3)
	for i, a := range names {
		for _, b := range names[:i] {
			require.GreaterOrEqual(t, math.Abs(a.y-b.y), lineSize-1, "%s and %s", a.text, b.text)
		}
	}
}

func TestCurve_refusesWhatHasNoPlace(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Curve){
		"a point that is no number": func(v *Curve) { v.Points = []Point{{Spot: Spot{math.NaN(), 3}}} },
		"a band that is no number":  func(v *Curve) { v.At = func(float64) Range { return Range{Low: math.NaN()} } },
		"an axis without an end":    func(v *Curve) { v.To = 0 },
		"a target below zero":       func(v *Curve) { v.Target = &Target{At: -1} },
	} {
		v := hill()
		change(&v)
		_, err := v.SVG()
		require.True(t, fault.Is(err, fault.Internal), name)
	}
}
