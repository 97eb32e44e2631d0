package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

// drawing is what every kind of chart can do.
type drawing interface{ SVG() (string, error) }

const hostile = "</title><script>alert(1)</script>\"'&\x00\x07\xff"

var words = Words{Missing: "not reported", Masked: "fewer than 5", NoDenominator: "no denominator"}

// every returns one chart of each kind with the same heading and label.
func every(doc Doc, label string) map[string]drawing {
	return map[string]drawing{
		"bars": Bars{
			Doc: doc, Words: Words{Missing: label, Masked: label, NoDenominator: label}, Axis: label,
			Ticks:  []Tick{{Label: label, Group: label}, {Label: label, Group: label}},
			Series: []Series{{Label: label, Values: []Value{Of(3), {}}}, {Label: label, Values: []Value{{State: Masked}, Of(2)}}},
			Breaks: []Break{{Before: 1, Text: label}},
		},
		"rows": Rows{
			Doc: doc, Words: Words{Missing: label}, Axis: label, Targets: []Target{{At: 9, Label: label}},
			Rows: []Row{{Label: label, Value: Of(4), Low: 3, High: 6, Text: label}, {Label: label}},
		},
		"interval": Interval{Doc: doc, Axis: label, Value: Of(71), Low: 66, High: 76, Text: label, Target: &Target{At: 90, Label: label}},
		"curve": Curve{Doc: doc, X: label, Y: label, Max: 100, To: 10, At: func(x float64) Range { return Range{8 * x, 6 * x, 9 * x} },
			Points: []Point{{Spot: Spot{4, 40}, Label: label}, {Spot: Spot{6, 55}, Label: label, Planned: true}}, Target: &Target{At: 80, Label: label}, Legend: [2]string{label, label}},
		"world": World{Doc: doc, Marks: map[string]Mark{"FR": Yes, "BR": No}, Own: "GB",
			Names: func(string) string { return label }},
	}
}

func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	doc := Doc{ID: hostile, Title: hostile, Subtitle: hostile, Source: hostile, Desc: hostile, Lang: hostile, Dir: hostile,
		Format: func(float64) string { return hostile }}
	for _, width := range []int{1, Narrow, Wide} {
		doc.Width = width
		for name, d := range every(doc, hostile) {
			t.Run(name+strconv.Itoa(width), func(t *testing.T) {
				t.Parallel()
				svg, err := d.SVG()
				require.NoError(t, err)
				require.NotContains(t, svg, "<script")
				require.NoError(t, wellFormed(svg))
			})
		}
	}
}

// wellFormed reads the drawing as strict XML, which a picture file must be.
func wellFormed(svg string) error {
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestEveryChartNamesItself(t *testing.T) {
	t.Parallel()
	doc := Doc{ID: "kits", Title: "Peers give out more", Subtitle: "Kits by month", Source: "Programme records", Desc: "Up by a third.", Lang: "en"}
	for name, d := range every(doc, "label") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			svg, err := d.SVG()
			require.NoError(t, err)
			for _, want := range []string{
				`role="img"`, `aria-labelledby="chart-kits-t chart-kits-d"`, `lang="en"`,
				`<title id="chart-kits-t">Peers give out more</title>`, `<desc id="chart-kits-d">Up by a third.</desc>`,
				`>Peers give out more</text>`, `>Kits by month</text>`, `>Programme records</text>`,
			} {
				require.Contains(t, svg, want)
			}
			require.NotContains(t, svg, "style=")
			require.NotContains(t, svg, "rotate(-", "text stays horizontal")
		})
	}
}

func TestBareLeavesTheHeadingToThePage(t *testing.T) {
	t.Parallel()
	svg, err := Interval{Doc: Doc{ID: "a", Title: "Reach", Source: "Records", Bare: true}, Value: Of(3)}.SVG()
	require.NoError(t, err)
	require.Contains(t, svg, `<title id="chart-a-t">Reach</title>`)
	require.NotContains(t, svg, `>Reach</text>`)
	require.NotContains(t, svg, `>Records</text>`)
}

func TestTwoChartsShareNoIDs(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, id := range []string{"a", "b"} {
		for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(mustDraw(t, fourSeries(id)), -1) {
			require.False(t, seen[m[1]], "id %s twice", m[1])
			seen[m[1]] = true
		}
	}
	require.Len(t, seen, 8)
}

// fourSeries is a chart that uses every fill.
func fourSeries(id string) Bars {
	b := Bars{Doc: Doc{ID: id}, Words: words, Ticks: []Tick{{Label: "Jan", Group: "2026"}}}
	for _, label := range []string{"Peers", "Prison release", "Pharmacy", "Other"} {
		b.Series = append(b.Series, Series{Label: label, Values: []Value{Of(10)}})
	}
	return b
}

func mustDraw(t *testing.T, d drawing) string {
	t.Helper()
	svg, err := d.SVG()
	require.NoError(t, err)
	return svg
}

func TestWrongChartsAreRefused(t *testing.T) {
	t.Parallel()
	five := fourSeries("x")
	five.Series = append(five.Series, five.Series[0])
	short := fourSeries("x")
	short.Series[2].Values = nil
	cases := map[string]drawing{
		"a fifth series":       five,
		"a value missing":      short,
		"a number below zero":  Rows{Rows: []Row{{Value: Of(-1)}}},
		"not a number":         Interval{Value: Of(math.NaN())},
		"outside its interval": Rows{Rows: []Row{{Value: Of(9), Low: 1, High: 3}}},
		"reach outside range":  Interval{Value: Of(9), Low: 10, High: 13},
		"a break off the axis": Bars{Ticks: []Tick{{Label: "Jan"}}, Breaks: []Break{{Before: 1}}},
		"target at infinity":   Rows{Targets: []Target{{At: math.Inf(1)}}},
		"a fourth mark":        World{Marks: map[string]Mark{"FR": "maybe"}},
	}
	for name, d := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			svg, err := d.SVG()
			require.Error(t, err)
			require.Empty(t, svg)
			var f *fault.Error
			require.ErrorAs(t, err, &f)
		})
	}
}

func TestTheZeroValueIsNotZero(t *testing.T) {
	t.Parallel()
	require.Equal(t, Missing, Value{}.State)
	require.Equal(t, Value{N: 3, State: Present}, Of(3))
}
