package picture

import (
	"image/color"
	"strconv"
	"strings"
	"sync"
)

// Drawings carry classes, and the stylesheet of the pages gives them colours. A
// picture and a sheet of paper have no stylesheet, so its rules stand here once
// more, in the same order, for the light theme. A test holds both together.

// Colours of the pages, as far as drawings use them.
var palette = map[string]string{
	"paper": "#ffffff", "ink": "#16191d", "soft": "#4a5159", "grid": "#d9dee3",
	"s1": "#12436d", "s2": "#28a197", "s3": "#801650", "s4": "#f46a25",
	"map-yes": "#12436d", "map-no": "#c3d3e2", "map-edge": "#a3afba", "map-hatch": "#d3d9df", "map-own": "#f46a25",
}

// Colour is a colour of the pages by the name it has there. A name that is not
// known is none.
func Colour(name string) color.NRGBA {
	n, err := strconv.ParseUint(strings.TrimPrefix(palette[name], "#"), 16, 32)
	if err != nil {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}

// rule is one rule of the stylesheet: what it is for, and what it says. Colours are
// named; "" says nothing.
type rule struct {
	selector             string
	fill, stroke         string
	width, weight, alpha string
	dash                 string
	order, join, scaling string
}

// rules are those of web/static/css/chart.css that colour drawings. Links are left
// out: a picture leads nowhere.
var rules = []rule{
	{selector: ".chart text", fill: "ink"},
	{selector: ".chart .title", weight: "650"},
	{selector: ".chart .subtitle, .chart .source, .chart .tick, .chart .group, .chart .axis-title, .chart .note", fill: "soft"},
	{selector: ".chart .own-label, .chart .break-no", weight: "650"},
	{selector: ".chart .value", weight: "600"},
	{selector: ".chart .halo", order: "stroke", stroke: "paper", width: "4px", join: "round"},
	{selector: ".chart line, .chart .mark", fill: "none", stroke: "soft"},
	{selector: ".chart .grid", stroke: "grid"},
	{selector: ".chart .axis", stroke: "soft"},
	{selector: ".chart .break", stroke: "ink", dash: "2 3"},
	{selector: ".chart .target", stroke: "ink", width: "2px", dash: "6 4"},
	{selector: ".chart .target-under", stroke: "paper", width: "4px"},
	{selector: ".chart .target-label", weight: "600"},
	{selector: ".chart .mark", stroke: "ink", width: "1.8px"},
	{selector: ".chart .seg", stroke: "paper", width: "1.5px"},
	{selector: ".chart .s1", fill: "s1"},
	{selector: ".chart .s2", fill: "s2"},
	{selector: ".chart .s3", fill: "s3"},
	{selector: ".chart .s4", fill: "s4"},
	{selector: ".chart .s-ink", fill: "paper"},
	{selector: ".chart .whisker, .chart .whisker-in", stroke: "ink", width: "1.8px"},
	{selector: ".chart .whisker-in", stroke: "paper"},
	{selector: ".chart .rail", stroke: "grid", width: "4px"},
	{selector: ".chart .band", fill: "s2"},
	{selector: ".chart .band-end", stroke: "s1", width: "2px"},
	{selector: ".chart .dot", fill: "s1", stroke: "paper", width: "2px"},
	{selector: ".chart .band-area", fill: "s2", alpha: "0.28"},
	{selector: ".chart .curve", fill: "none", stroke: "s1", width: "2.5px"},
	{selector: ".chart .dot-now", fill: "paper", stroke: "s1", width: "2.5px"},
	{selector: ".chart .leader", stroke: "soft"},
	{selector: ".chart .point-label", weight: "600"},
	{selector: ".map path, .map circle", stroke: "paper", width: "0.6px", join: "round", scaling: "non-scaling-stroke"},
	{selector: ".map .map-unknown path, .map .map-unknown circle, .map .map-none path, .swatch .map-unknown rect", stroke: "map-edge"},
	{selector: ".map-yes", fill: "map-yes"},
	{selector: ".map-no", fill: "map-no"},
	{selector: ".map-none", fill: "paper"},
	{selector: ".map .map-no path, .map .map-no circle, .swatch .map-no rect", stroke: "map-edge"},
	{selector: ".hatch-paper", fill: "paper"},
	{selector: ".hatch-line", fill: "map-hatch"},
	{selector: ".map .map-own-under, .map .map-own", fill: "none", stroke: "paper", width: "5px"},
	{selector: ".map .map-own", stroke: "map-own", width: "2.2px"},
	{selector: ".chart .then-under", stroke: "paper", width: "6px"},
	{selector: ".chart .then", stroke: "ink", width: "2.5px"},
	{selector: ".chart .rest", fill: "paper", stroke: "grid"},
	{selector: ".chart .gap", stroke: "map-edge", dash: "3 3"},
	{selector: ".chart .tap", fill: "transparent"},
}

// selector is one line of ancestors down to an element.
type selector []compound

// compound is one element of a selector: its name, if any, and its class.
type compound struct{ tag, class string }

// chains are the selectors of the rules, read once.
var chains = sync.OnceValue(func() (all [][]selector) {
	for _, r := range rules {
		all = append(all, parseSelectors(r.selector))
	}
	return all
})

// parseSelectors reads "a, b" of the few kinds that the stylesheet has.
func parseSelectors(s string) (list []selector) {
	for _, one := range strings.Split(s, ",") {
		var chain selector
		for _, part := range strings.Fields(one) {
			if class, ok := strings.CutPrefix(part, "."); ok {
				chain = append(chain, compound{class: class})
			} else {
				chain = append(chain, compound{tag: part})
			}
		}
		list = append(list, chain)
	}
	return list
}

// weight decides between rules that say different things: classes count ten times
// what names of elements do.
func (s selector) weight() (n int) {
	for _, c := range s {
		if c.class != "" {
			n += 10
		} else {
			n++
		}
	}
	return n
}

// matches tells whether the last of a line of elements is meant.
func (s selector) matches(line []node) bool {
	last := len(s) - 1
	if len(line) == 0 || !s[last].is(line[len(line)-1]) {
		return false
	}
	k := last - 1
	for i := len(line) - 2; i >= 0 && k >= 0; i-- {
		if s[k].is(line[i]) {
			k--
		}
	}
	return k < 0
}

func (c compound) is(n node) bool {
	if c.class == "" {
		return c.tag == n.name
	}
	for _, class := range strings.Fields(n.attr("class")) {
		if class == c.class {
			return true
		}
	}
	return false
}
