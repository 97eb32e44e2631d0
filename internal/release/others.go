package release

import (
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// counted are the columns of the other tables that hold counts of ours, with the
// name of the count in each row. What is not named here is somebody else's
// published number, such as a denominator, or is made of these.
var counted = map[string]map[string]func(row report.Row, whole thn.Period) string{
	"first-supplies": {"first_time": fixed("people|first"), "people_reached": reached},
	"reach":          {"people_reached": reached},
	"first-repeat":   {"kits": bySupply},
	"kits-per-death": {"kits": byTime, "deaths": each(publishedPrefix + "deaths")},
	"peer-share":     {"peer": cube("supplier=peer"), "all": cube("")},
	"prison-kits":    {"kits": cube("channel=prison_release"), "releases": atRisk, "supplied": each("people|prison")},
	"releases":       {"releases": each("releases")},
	"carriage":       {"trained": fixed("carriers|trained"), "in_date": fixed("carriers|in date"), "returned": fixed("carriers|returned"), "expired": fixed("carriers|expired"), "soon": fixed("carriers|soon")},
	"need":           {"need_community": cube("access=community"), "need_pharmacy": cube("access=pharmacy"), "need_prescriber": cube("access=prescriber")},
}

func fixed(key string) func(report.Row, thn.Period) string {
	return func(_ report.Row, whole thn.Period) string { return key + "|" + during(whole) }
}

// publishedPrefix begins the names of what somebody else published: no programme
// holds a part of it.
const publishedPrefix = "published|"

// atRisk names the releases that establishments counted, or those that somebody
// else published.
func atRisk(r report.Row, whole thn.Period) string {
	if r.Label.Text == "" {
		return each("releases at risk")(r, whole)
	}
	return each(publishedPrefix+"releases at risk")(r, whole)
}

// cube names the same count as a cell of a cut of kits.
func cube(part string) func(report.Row, thn.Period) string {
	return func(_ report.Row, whole thn.Period) string { return cubeKey(whole, part) }
}

// each names a count by its row: nothing else in the draft is the same.
func each(what string) func(report.Row, thn.Period) string {
	return func(r report.Row, whole thn.Period) string {
		if !r.Label.Period.From.IsZero() {
			return what + "|" + during(r.Label.Period)
		}
		return what + "|" + r.Label.Code + r.Label.Text + "|" + during(whole)
	}
}

func reached(_ report.Row, whole thn.Period) string { return reachedBy(whole.To) }

func bySupply(r report.Row, whole thn.Period) string {
	return cubeKey(whole, coordinate(string(report.BySupply), r.Label, r.Kind))
}

func byTime(r report.Row, whole thn.Period) string {
	return cubeKey(whole, coordinate(string(report.ByYear), r.Label, r.Kind))
}

// addOther weaves the counts of another table in. They add up to nothing here:
// where one is the same as a count of a cube, the cube has its sums.
func (w *weave) addOther(i int, t report.Table) {
	for n, c := range t.Columns {
		name := counted[t.Name][c.Label.Code]
		if name == nil {
			continue
		}
		for r, row := range t.Rows {
			if x := row.Cells[n]; x.Is(report.KindCount) || x.Is(report.KindRange) {
				w.count(name(row, t.Head.Period), x, 0, spot{-1, i, r, n})
			}
		}
	}
}
