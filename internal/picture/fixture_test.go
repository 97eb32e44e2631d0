package picture

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/chart"
)

// charts draws one of every kind, with all that each can hold, in one direction.
func charts(t testing.TB, dir string) map[string]string {
	t.Helper()
	words := chart.Words{Missing: "not reported", Masked: "too few to show", NoDenominator: "no denominator"}
	if dir == "rtl" {
		words = chart.Words{Missing: "غير مبلغ عنه", Masked: "قليل جدا", NoDenominator: "بلا مقام"}
	}
	doc := func(id string) chart.Doc {
		return chart.Doc{ID: id, Title: id, Desc: "What the drawing says.", Dir: dir, Bare: true}
	}
	var ticks []chart.Tick
	for _, m := range []string{"Apr", "May", "Jun", "Jul", "Aug", "Sep"} {
		ticks = append(ticks, chart.Tick{Label: m, Group: "2025"})
	}
	of := func(list ...float64) (out []chart.Value) {
		for _, n := range list {
			out = append(out, chart.Of(n))
		}
		return out
	}
	masked, missing := chart.Value{State: chart.Masked}, chart.Value{}
	area := map[string]string{"rtl": "تغطية النالوكسون"}
	label := func(s string) string {
		if a, ok := area[dir]; ok {
			return a
		}
		return s
	}
	world := chart.World{Doc: doc("world"), Marks: map[string]chart.Mark{"GB": chart.Yes, "AU": chart.Yes, "CA": chart.Yes, "FR": chart.Yes, "BR": chart.No, "IN": chart.No}, Own: "NO"}
	small := world
	small.Doc.ID, small.Own = "small", "MT"
	out := map[string]string{}
	for name, d := range map[string]interface{ SVG() (string, error) }{
		"bars": chart.Bars{Doc: doc("bars"), Words: words, Axis: label("Kits given out"), Ticks: ticks, Series: []chart.Series{
			{Label: label("Community services"), Values: append(of(220, 240, 260, 210, 280), missing)}, {Label: "Pharmacies", Values: append(of(120, 140, 90, 110, 130), missing)},
			{Label: "Prisons", Values: append(append(of(60, 40, 50), masked), append(of(70), missing)...)}, {Label: "Other", Values: append(of(30, 20, 25, 40, 35), missing)}},
			Breaks: []chart.Break{{Before: 3, Text: "Pharmacies count by the month they report from here on."}}, Then: chart.Series{Label: "A year before", Values: append(of(300, 310, 320, 280, 290), missing)}},
		"rows": chart.Rows{Doc: doc("rows"), Words: words, Axis: label("Kits for each death"), Rows: []chart.Row{
			{Label: label("North"), Value: chart.Of(14), Low: 9, High: 18, Text: "14 (9–18)", Own: true, URL: "/north"}, {Label: "South coast and islands", Value: masked}, {Label: "West", Value: chart.Of(6), Then: chart.Of(4)},
			{Label: "East", Value: chart.Value{State: chart.NoDenominator}}}, Targets: []chart.Target{{At: 9, Label: "At least 9"}, {At: 20, Label: "Proposed: 20"}}, Then: "A year before"},
		"interval": chart.Interval{Doc: doc("interval"), Words: words, Axis: label("Of 100 people at risk"), Value: chart.Of(71), Low: 66, High: 76, Text: "71 (66–76)", Target: &chart.Target{At: 80, Label: "Target 80"}},
		"cascade": chart.Cascade{Doc: doc("cascade"), Words: words, Axis: label("Of 100 releases"), Steps: []chart.Step{{Label: "At risk", Share: chart.Of(100), Text: "400"},
			{Label: "Offered", Share: chart.Of(60), Text: "240 (60 in 100)", Before: "↓ 60 in 100"}, {Label: "Trained", Share: missing}}},
		"curve": chart.Curve{Doc: doc("curve"), X: "Kits", Y: label("Witnessed overdoses with a kit"), To: 20000, Max: 100,
			At:     func(x float64) chart.Range { return chart.Range{Value: x / 250, Low: x / 300, High: x / 210} },
			Points: []chart.Point{{Spot: chart.Spot{X: 5000, Y: 20}, Label: "Now"}, {Spot: chart.Spot{X: 15000, Y: 60}, Label: "Plan", Planned: true}},
			Target: &chart.Target{At: 80, Label: "Target"}, Legend: [2]string{"as it is", "as planned"}},
		"multiples": chart.Multiples{Doc: doc("multiples"), Words: words, Axis: "Kits", Ticks: ticks, Panels: []chart.Panel{{Label: "North", URL: "/n", Values: append(of(2, 3, 4, 5, 6), missing)}, {Label: label("South"), Values: append(of(1, 3, 2, 5, 6), masked)}}},
		"world":     world, "small": small,
	} {
		svg, err := d.SVG()
		require.NoError(t, err, name)
		out[name] = svg
	}
	return out
}

// sample is a picture around a drawing.
func sample(drawing string) Picture {
	return Picture{Title: "Most kits reach people through community services", Subtitle: "Kits given out, by channel, April to September 2025", Drawing: drawing, Lang: "en",
		Banner: "Demonstration. The programme, its places and its records are invented.",
		Foot: []string{"Source: records of Freedonia’s programme as at 1 March 2026. Counts below 10 are not shown.", "Release 7, revision 2, published on 2 March 2026.",
			"https://thn.example.org/r/XD/2025/7.2"}}
}
