package chart

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRowsWithoutANumberSayWhy(t *testing.T) {
	t.Parallel()
	for state, word := range map[State]string{Missing: "not reported", Masked: "fewer than 5", NoDenominator: "no denominator"} {
		for _, width := range []int{Narrow, Wide} {
			svg := mustDraw(t, Rows{Doc: Doc{Width: width}, Words: words, Rows: []Row{{Label: "South", Value: Value{N: 7, State: state}}}})
			require.Contains(t, svg, ">"+word+"<")
			require.NotContains(t, svg, `class="seg`)
			require.NotContains(t, svg, ">7<")
		}
	}
}

func TestIntervalsAndTargetsAreDrawn(t *testing.T) {
	t.Parallel()
	r := Rows{Rows: []Row{{Label: "North", Value: Of(12), Low: 10, High: 15}, {Label: "South", Value: Of(3)}},
		Targets: []Target{{At: 20, Label: "Goal 20"}, {At: 9, Label: "Goal 9"}}}
	svg := mustDraw(t, r)
	require.Equal(t, 2, strings.Count(svg, `class="whisker"`), "an arm and its end, for one row")
	require.Equal(t, 2, strings.Count(svg, `class="whisker-in"`))
	require.Equal(t, 2, strings.Count(svg, `class="target"`))
	require.Contains(t, svg, ">Goal 20<")
	require.Contains(t, svg, ">Goal 9<")
}

// Where names and figures stand above the bars, no target runs through them.
func TestTargetsAreDrawnAtTheBarsWhereWordsStandAbove(t *testing.T) {
	t.Parallel()
	svg := mustDraw(t, Rows{Doc: Doc{Width: Narrow}, Rows: []Row{{Label: "North", Value: Of(12), Text: "12, not a whole one"}, {Label: "South", Value: Of(23)}},
		Targets: []Target{{At: 20, Label: "Goal 20"}, {At: 9, Label: "Goal 9"}}})
	number := func(s string) float64 {
		n, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		return n
	}
	lines := regexp.MustCompile(`class="target" x1="[0-9.]+" y1="([0-9.]+)" x2="[0-9.]+" y2="([0-9.]+)"`).FindAllStringSubmatch(svg, -1)
	words := regexp.MustCompile(`class="(?:value )?halo [^"]*" x="[0-9.]+" y="([0-9.]+)"`).FindAllStringSubmatch(svg, -1)
	require.Len(t, lines, 6)
	require.Len(t, words, 4)
	for _, line := range lines {
		for _, w := range words {
			y := number(w[1])
			require.False(t, number(line[1]) < y && number(line[2]) > y-8, "a line from %s to %s through words at %s", line[1], line[2], w[1])
		}
	}
}

func TestTargetsThatLieCloseAreNamedOnLinesOfTheirOwn(t *testing.T) {
	t.Parallel()
	height := regexp.MustCompile(`class="target-label halo" x="[0-9.]+" y="([0-9.]+)"`)
	lines := func(a, b float64) int {
		svg := mustDraw(t, Rows{Targets: []Target{{At: a, Label: "Goal for the community"}, {At: b, Label: "Goal for everyone"}}})
		seen := map[string]bool{}
		for _, m := range height.FindAllStringSubmatch(svg, -1) {
			seen[m[1]] = true
		}
		return len(seen)
	}
	require.Equal(t, 1, lines(5, 20))
	require.Equal(t, 2, lines(9, 10))
}

func TestReachBeyondAHundredLengthensTheAxis(t *testing.T) {
	t.Parallel()
	require.Equal(t, 100.0, Interval{Value: Of(71)}.scale().max)
	require.Equal(t, 150.0, Interval{Value: Of(118), Low: 100, High: 140}.scale().max)
	require.Equal(t, 100.0, Interval{Value: Value{N: 900}}.scale().max, "a number that is not there has no say")
}

func TestClipKeepsWithinTheWidth(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"Capital"}, clip("Capital", textSize, 200, 1))
	got := clip("Lake District and the Eastern Islands", textSize, 120, 1)
	require.Len(t, got, 1)
	require.True(t, strings.HasSuffix(got[0], "…"))
	require.LessOrEqual(t, measure(got[0], textSize), 120.0)
	require.Empty(t, clip("  ", textSize, 120, 1))
}

// DX-12.
func TestTheScaleOfRowsDoesNotRevealAMaskedNumber(t *testing.T) {
	t.Parallel()
	draw := func(n float64) string {
		return mustDraw(t, Rows{Words: words, Rows: []Row{{Label: "North", Value: Of(12)}, {Label: "South", Value: Value{N: n, State: Masked}, Low: n, High: n + 1}}})
	}
	require.Equal(t, draw(1), draw(4000))
}
