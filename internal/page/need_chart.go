package page

import (
	"math"

	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/need"
	"thntracker/internal/report"
)

// namesOnCurve is how many areas a curve names before it names only those that the
// plan changes and the one where the next kits do most.
const namesOnCurve = 6

// needCurve draws what the first model makes of kits for each 100,000 residents,
// with every area on it as it is and, where the plan changes it, as planned.
func needCurve(l *lang.Locale, o report.Outlook, f Figure, width int) chart.Curve {
	v := chart.Curve{Doc: doc(l, f.ID, width, f.Finding, f.Measured, 0), X: l.T("need.axis_kits"), Y: l.T("need.axis_covered"), Max: 100,
		Target: &chart.Target{At: 100 * o.Assumed.Target, Label: l.T("need.target_line", "Target", target(l, o.Assumed))}, Legend: [2]string{l.T("need.today")}}
	spot := func(r need.Result) chart.Spot { return chart.Spot{X: r.Per, Y: 100 * r.Covered.Value} }
	curve := need.Curve{Rate: o.Assumed.Rho} // in kits for each 100,000 residents it is one curve for every area
	end := 1.25 * curve.Needed(o.Assumed.Target).Value
	for i, a := range o.Areas {
		if !a.Modelled {
			continue
		}
		end = math.Max(end, 1.1*math.Max(a.Now.Per, a.Then.Per))
		changed := a.Kits != a.Planned
		now := chart.Point{Spot: spot(a.Now)}
		if name := words(l, a.Label); changed {
			v.Points = append(v.Points, now, chart.Point{Spot: spot(a.Then), Label: name, Planned: true})
			v.Legend[1] = l.T("need.planned")
		} else {
			if len(o.Areas) <= namesOnCurve || i == o.Best {
				now.Label = name
			}
			v.Points = append(v.Points, now)
		}
	}
	v.To = end
	v.At = func(x float64) chart.Range {
		p := curve.Covered(x).Times(100)
		return chart.Range{Value: p.Value, Low: p.Low, High: p.High}
	}
	return v
}
