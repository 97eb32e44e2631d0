package chart

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// months is a chart of one series over so many months.
func months(width int, values ...Value) Bars {
	b := Bars{Doc: Doc{ID: "m", Width: width}, Words: words, Series: []Series{{Label: "Kits", Values: values}}}
	for i := range values {
		b.Ticks = append(b.Ticks, Tick{Label: []string{"Jan", "Feb", "Mar", "Apr"}[i%4], Group: strconv.Itoa(2024 + i/12)})
	}
	return b
}

func TestMissingAndMaskedAreMarksWithWordsNotBars(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		values []Value
		bars   int
		marks  int
		words  []string
	}{
		"all there":    {[]Value{Of(4), Of(2)}, 2, 0, nil},
		"not reported": {[]Value{Of(4), {}}, 1, 1, []string{"not reported"}},
		"masked":       {[]Value{{State: Masked, N: 3}, Of(2)}, 1, 1, []string{"fewer than 5"}},
		"both":         {[]Value{{State: Masked}, {}}, 0, 2, []string{"fewer than 5", "not reported"}},
		"nought":       {[]Value{Of(0), Of(2)}, 1, 0, nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			svg := mustDraw(t, months(Narrow, tc.values...))
			require.Equal(t, tc.bars, strings.Count(svg, `class="seg s1"`))
			require.Equal(t, tc.marks+len(tc.words), strings.Count(svg, `class="mark"`), "marks in the plot and in the key")
			for _, w := range []string{"not reported", "fewer than 5"} {
				require.Equal(t, contains(tc.words, w), strings.Contains(svg, ">"+w+"<"), w)
			}
		})
	}
}

func contains(list []string, s string) bool {
	return strings.Contains("|"+strings.Join(list, "|")+"|", "|"+s+"|")
}

// DX-12.
func TestTheScaleDoesNotRevealAMaskedNumber(t *testing.T) {
	t.Parallel()
	small := mustDraw(t, months(Wide, Of(40), Value{State: Masked, N: 1}))
	large := mustDraw(t, months(Wide, Of(40), Value{State: Masked, N: 4000}))
	require.Equal(t, small, large)
}

func TestAxesHaveRoundStepsAndFewLines(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		top   float64
		whole bool
		want  []float64
	}{
		"nothing":       {0, true, []float64{0, 1}},
		"one kit":       {1, true, []float64{0, 1}},
		"seven kits":    {7, true, []float64{0, 2, 4, 6, 8}},
		"exact hundred": {100, true, []float64{0, 20, 40, 60, 80, 100}},
		"just above":    {101, true, []float64{0, 50, 100, 150}},
		"a share":       {0.93, false, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		"many":          {24415, true, []float64{0, 5000, 10000, 15000, 20000, 25000}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tc.want, newAxis(tc.top, tc.whole).steps())
		})
	}
}

func TestSeriesAreNamedBesideTheBarsOnlyWhereTheyFit(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		width  int
		label  string
		direct bool
	}{
		"desk":       {Wide, "Peers", true},
		"phone":      {Narrow, "Peers", false},
		"long names": {Wide, strings.Repeat("Peers and their families ", 3), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := fourSeries("n")
			b.Doc.Width, b.Series[0].Label = tc.width, tc.label
			require.Equal(t, tc.direct, b.layout(newCanvas(b.Doc)).direct)
			svg := mustDraw(t, b)
			for _, s := range b.Series[1:] {
				require.Equal(t, 1, strings.Count(svg, ">"+s.Label+"<"))
			}
		})
	}
}

func TestNamesBesideTheBarsDoNotTouch(t *testing.T) {
	t.Parallel()
	b := fourSeries("n")
	for k := range b.Series {
		b.Series[k].Values[0] = Of([]float64{1000, 1, 1, 1}[k])
	}
	ys := regexp.MustCompile(`<text class="label" x="[0-9.]+" y="([0-9.]+)"`).FindAllStringSubmatch(mustDraw(t, b), -1)
	require.Len(t, ys, 4)
	for k := 1; k < len(ys); k++ {
		upper, _ := strconv.ParseFloat(ys[k][1], 64)
		lower, _ := strconv.ParseFloat(ys[k-1][1], 64)
		require.GreaterOrEqual(t, lower-upper, 20.0)
	}
}

func TestEveryTextStaysInsideTheFrameAndBigEnough(t *testing.T) {
	t.Parallel()
	text := regexp.MustCompile(`<text class="[^"]+" x="([-0-9.]+)" y="[-0-9.]+"(?: text-anchor="(\w+)")?(?: font-size="(\d+)")?>([^<]*)<`)
	long := "Lake District and the Eastern Islands Health Region of the North"
	for _, width := range []int{320, Narrow, Wide} {
		for name, d := range every(Doc{ID: "f", Title: long, Subtitle: long, Source: long, Width: width}, long) {
			for _, m := range text.FindAllStringSubmatch(mustDraw(t, d), -1) {
				x, _ := strconv.ParseFloat(m[1], 64)
				size := textSize
				if m[3] != "" {
					size, _ = strconv.ParseFloat(m[3], 64)
				}
				require.GreaterOrEqual(t, size, 15.0)
				w := measure(m[4], size)
				start := map[string]float64{"": x, "middle": x - w/2, "end": x - w}[m[2]]
				if len(m[4]) == len(long) && name == "bars" {
					continue // a month is never that long
				}
				require.GreaterOrEqual(t, start, -1.0, "%s at %d: %q", name, width, m[4])
				require.LessOrEqual(t, start+w, float64(width)+1, "%s at %d: %q", name, width, m[4])
			}
		}
	}
}

func TestReadingRightToLeftMirrorsTheBars(t *testing.T) {
	t.Parallel()
	b := months(Narrow, Of(1), Of(2))
	x := regexp.MustCompile(`class="seg s1" x="([0-9.]+)"`)
	first := func(b Bars) float64 {
		v, _ := strconv.ParseFloat(x.FindStringSubmatch(mustDraw(t, b))[1], 64)
		return v
	}
	left := first(b)
	b.Doc.Dir = "rtl"
	require.Greater(t, first(b), float64(Narrow)/2)
	require.Less(t, left, float64(Narrow)/2)
}
