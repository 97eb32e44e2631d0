package chart

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func multiples(width int, panels ...Panel) Multiples {
	m := Multiples{Doc: Doc{ID: "u", Width: width}, Words: words, Ticks: []Tick{{Label: "Jan", Group: "2026"}, {Label: "Feb", Group: "2026"}}}
	m.Panels = panels
	return m
}

// heights are those of the bars of a drawing, in their order.
func heights(svg string) (list []string) {
	for _, m := range regexp.MustCompile(`class="seg s1" x="[^"]*" y="[^"]*" width="[^"]*" height="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
		list = append(list, m[1])
	}
	return list
}

func TestMultiples_standOnOneScale(t *testing.T) {
	t.Parallel()
	svg := mustDraw(t, multiples(Wide, Panel{Label: "North", Values: []Value{Of(100), Of(50)}}, Panel{Label: "South", Values: []Value{Of(50), Of(100)}}))
	h := heights(svg)
	require.Len(t, h, 4)
	require.Equal(t, []string{h[0], h[1], h[1], h[0]}, h, "the same figure is as high everywhere")
	require.NotEqual(t, h[0], h[1])
}

func TestMultiples_missingMonthsAreHatchedAndNamed(t *testing.T) {
	t.Parallel()
	svg := mustDraw(t, multiples(Narrow, Panel{Label: "North", Values: []Value{Of(4), {}}}, Panel{Label: "South", Values: []Value{{}, {}}}))
	require.Len(t, heights(svg), 1)
	require.Equal(t, 3, strings.Count(svg, `class="gap"`))
	require.Contains(t, svg, ">not reported<")
	require.NotContains(t, mustDraw(t, multiples(Narrow, Panel{Label: "North", Values: []Value{Of(4), Of(0)}})), "not reported", "zero is reported")
}

func TestMultiples_leadToTheirPlace(t *testing.T) {
	t.Parallel()
	svg := mustDraw(t, multiples(Wide, Panel{Label: "North & East", URL: "/coverage?a=1&b=2", Values: []Value{Of(1), Of(2)}}))
	require.Contains(t, svg, `role="group"`)
	require.Contains(t, svg, `<a href="/coverage?a=1&amp;b=2">`)
	require.Contains(t, mustDraw(t, multiples(Wide, Panel{Label: "North", Values: []Value{Of(1), Of(2)}})), `role="img"`)
}

func TestMultiples_areAtMostTwelve(t *testing.T) {
	t.Parallel()
	var panels []Panel
	for i := range MaxPanels + 1 {
		panels = append(panels, Panel{Label: fmt.Sprint(i), Values: []Value{Of(1), Of(2)}})
	}
	_, err := multiples(Wide, panels...).SVG()
	require.Error(t, err)
	_, err = multiples(Wide, panels[:MaxPanels]...).SVG()
	require.NoError(t, err)
}

func TestCascade_aStepNobodyRecordedIsAGap(t *testing.T) {
	t.Parallel()
	k := Cascade{Doc: Doc{ID: "k", Width: Narrow}, Words: words, Steps: []Step{
		{Label: "At risk", Share: Of(100), Text: "40"}, {Label: "Trained"}, {Label: "Handed over", Share: Of(50), Text: "20 of 40", Before: "half of the step before"}}}
	svg := mustDraw(t, k)
	require.Equal(t, 1, strings.Count(svg, `class="gap"`))
	require.Contains(t, svg, ">not reported<")
	require.Contains(t, svg, ">half of the step before<")
	require.Len(t, heights(svg), 2)
	k.Steps[0].Share = Of(-1)
	_, err := k.SVG()
	require.Error(t, err)
}

func TestThen_isALineAndScalesTheAxis(t *testing.T) {
	t.Parallel()
	b := months(Wide, Of(10), Of(20))
	b.Then = Series{Label: "A year before", Values: []Value{Of(400), {}}}
	svg := mustDraw(t, b)
	require.Equal(t, 1+1, strings.Count(svg, `class="then"`), "one in the plot, one in the key: what was missing then has none")
	require.Contains(t, svg, ">A year before<")
	require.Contains(t, svg, ">400<", "the axis reaches it")
	b.Then.Values = b.Then.Values[:1]
	_, err := b.SVG()
	require.Error(t, err)
	r := Rows{Doc: Doc{ID: "r"}, Words: words, Then: "A year before", Rows: []Row{{Label: "North", Value: Of(5), Then: Of(9), URL: "/n"}, {Label: "South", Value: Of(5)}}}
	svg = mustDraw(t, r)
	require.Equal(t, 1+1, strings.Count(svg, `class="then"`))
	require.Equal(t, 1, strings.Count(svg, "<a "))
}
