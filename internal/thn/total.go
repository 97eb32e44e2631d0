package thn

import (
	"fmt"
	"strings"
)

// Halves counts half kits, so that published sums such as 236.5 stay exact.
type Halves int64

// Count is a whole or half number of kits that is known exactly (Low = High) or
// only to lie between two bounds, as a published "<5" does. It is never a guess.
type Count struct{ Low, High Halves }

// ExactKits is a count of whole kits.
func ExactKits(n int64) Count { return Count{Low: Halves(2 * n), High: Halves(2 * n)} }

// Exact tells whether the count is one number.
func (c Count) Exact() bool { return c.Low == c.High }

// Plus adds bounds.
func (c Count) Plus(o Count) Count { return Count{Low: c.Low + o.Low, High: c.High + o.High} }

// Minus gives the widest bounds of the difference.
func (c Count) Minus(o Count) Count { return Count{Low: c.Low - o.High, High: c.High - o.Low} }

// String writes whole and half kits in plain digits, bounds as "1–4".
func (c Count) String() string {
	if c.Exact() {
		return c.Low.String()
	}
	return c.Low.String() + "–" + c.High.String()
}

// String writes half kits as a decimal: 473 is "236.5".
func (h Halves) String() string {
	sign := ""
	if h < 0 {
		sign, h = "-", -h
	}
	if h%2 == 0 {
		return fmt.Sprintf("%s%d", sign, h/2)
	}
	return fmt.Sprintf("%s%d.5", sign, h/2)
}

// Measure is what a period total counts.
type Measure string

// Measures lists them.
var Measures = []Measure{MeasureKits, MeasurePeople}

// The measures of period totals. People are counted in halves too, always even.
const (
	MeasureKits   Measure = "kits"
	MeasurePeople Measure = "people"
)

// PeriodTotal is a sum that somebody reported or published for a place and a
// period. It is not an event, and the two are never added for one scope.
//
// Its scope is a box: the area with everything below it, the period, and the
// dimensions that are set. An empty dimension means all of it. A total inside
// another's box is a part of that other total, not an addition to it; what the
// parts do not reach is a residual that reports show as its own number.
type PeriodTotal struct {
	ID        ID
	Measure   Measure
	Area      ID
	Site      ID // empty: the whole area
	Period    Period
	Channels  []Channel // empty: all; more than one: a base that joins them
	Recipient Recipient
	Supply    Supply
	Reason    Reason // "used" reasons are joined as used_on_other by imports that cannot tell
	Count     Count
	Published string // the value as its source wrote it
	Source    string
	URL       string
	AsAt      Date // the vintage: when the source said so; zero when not known
	Corrects  ID   // the version it replaces
	Void      bool
	Aside     bool `json:"-"` // the programme lets the single records in its scope stand instead
	Programme ID   `json:"-"` // whose it is, where a question is about several programmes
}

// Check tells what is impossible about a total.
func (t PeriodTotal) Check() error {
	switch {
	case t.Area == "" || t.Source == "":
		return fmt.Errorf("a total names its area and its source")
	case t.Period.From.IsZero() || !t.Period.From.Before(t.Period.To):
		return fmt.Errorf("a total has a period")
	case t.Count.Low < 0 || t.Count.High < t.Count.Low:
		return fmt.Errorf("a total is 0 or more, and its bounds are in order")
	case t.Measure == MeasurePeople && (t.Count.Low%2 != 0 || t.Count.High%2 != 0):
		return fmt.Errorf("people are whole")
	}
	return nil
}

// Denominator is a number that distributions are set against: people at risk,
// residents, deaths, releases. It always carries its source and, if it is an
// estimate, its interval.
type Denominator struct {
	ID          ID
	Kind        DenominatorKind
	Area        ID
	Period      Period
	Value       int64
	Low, High   int64  // equal to Value when no interval was published
	Definition  string // the source's own name for what it counted
	Source      string
	URL         string
	AsAt        Date
	Provisional bool
	Suppressed  bool // published as hidden: Low and High bound it, Value is not known
	Corrects    ID
	Void        bool
}

// DenominatorKind says what is counted.
type DenominatorKind string

// DenominatorKinds lists them.
var DenominatorKinds = []DenominatorKind{AtRisk, Residents, OpioidDeaths, ReleaseDeaths, Releases, Officers}

// The kinds of denominator.
const (
	AtRisk        DenominatorKind = "at_risk"
	Residents     DenominatorKind = "residents"
	OpioidDeaths  DenominatorKind = "opioid_deaths"
	ReleaseDeaths DenominatorKind = "release_deaths" // opioid deaths within four weeks of release from prison, as published: a count, never a list
	Releases      DenominatorKind = "at_risk_releases"
	Officers      DenominatorKind = "officers" // responders whose post is in scope of carriage
)

// Check tells what is impossible about a denominator.
func (d Denominator) Check() error {
	switch {
	case d.Area == "" || d.Source == "" || d.Definition == "":
		return fmt.Errorf("a denominator names its area, definition and source")
	case d.Value < 0 || (!d.Suppressed && (d.Low > d.Value || d.High < d.Value)):
		return fmt.Errorf("a denominator lies inside its interval and is not negative")
	case d.Period.From.IsZero() || !d.Period.From.Before(d.Period.To):
		return fmt.Errorf("a denominator has a period")
	}
	return nil
}

// Scope is the natural key of a total: two current totals never share one.
func (t PeriodTotal) Scope() string {
	return strings.Join([]string{string(t.Measure), string(t.Area), string(t.Site), t.Period.String(), JoinChannels(t.Channels),
		string(t.Recipient), string(t.Supply), string(t.Reason)}, "|")
}

// JoinChannels writes a set of channels in one spelling: codes in the list's order,
// joined by +. No channels is the empty text and means all.
func JoinChannels(list []Channel) string {
	var in []string
	for _, c := range Channels { // the list's own order, so that a set has one spelling
		for _, x := range list {
			if x == c {
				in = append(in, string(c))
			}
		}
	}
	return strings.Join(in, "+")
}

// Scope is the natural key of a denominator. Definition and source
// belong to it: several may stand side by side for one place and period.
func (d Denominator) Scope() string {
	return strings.Join([]string{string(d.Kind), string(d.Area), d.Period.String(), d.Series()}, "|")
}

// Series names the run of figures that a denominator belongs to: one definition
// from one source. Two series are never added, and never drawn as one line.
func (d Denominator) Series() string { return Fold(d.Definition) + "|" + Fold(d.Source) }

// SplitChannels reads what JoinChannels wrote.
func SplitChannels(s string) (list []Channel) {
	for _, c := range strings.Split(s, "+") {
		if c != "" {
			list = append(list, Channel(c))
		}
	}
	return list
}
