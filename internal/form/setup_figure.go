package form

import (
	"fmt"

	"thntracker/internal/thn"
)

// Denominator is the form for a population, a number of deaths or of releases.
// The two days are the first and the last of its period.
type Denominator struct {
	ID          string `form:"id" label:"setup.figure.value" validate:"required,id"`
	Kind        string `form:"kind" label:"setup.figure.kind" validate:"required,denominator"`
	Area        string `form:"area" label:"setup.area" validate:"required,id"`
	FromDay     string `form:"from-day"`
	FromMonth   string `form:"from-month"`
	FromYear    string `form:"from-year"`
	ToDay       string `form:"to-day"`
	ToMonth     string `form:"to-month"`
	ToYear      string `form:"to-year"`
	Value       string `form:"value" label:"setup.figure.value" validate:"required"`
	Low         string `form:"low" label:"setup.figure.low"`
	High        string `form:"high" label:"setup.figure.high"`
	Definition  string `form:"definition" label:"setup.figure.definition" validate:"required,max=120"`
	Source      string `form:"source" label:"setup.figure.source" validate:"required,max=120"`
	URL         string `form:"url" label:"setup.figure.url" validate:"max=500"`
	AsAtDay     string `form:"asat-day"`
	AsAtMonth   string `form:"asat-month"`
	AsAtYear    string `form:"asat-year"`
	Provisional string `form:"provisional" label:"setup.figure.provisional" validate:"required,oneof=yes no"`
}

// From is the first day of the period, as answered.
func (f Denominator) From() Day { return Day{f.FromDay, f.FromMonth, f.FromYear} }

// To is the last day of the period.
func (f Denominator) To() Day { return Day{f.ToDay, f.ToMonth, f.ToYear} }

// AsAt is when the source said so.
func (f Denominator) AsAt() Day { return Day{f.AsAtDay, f.AsAtMonth, f.AsAtYear} }

// ToDomain makes the figure. An end of the interval that is left open is the
// value itself; the last day becomes the first that is no longer in the period.
func (f Denominator) ToDomain() (thn.Denominator, error) {
	var r reader
	d := thn.Denominator{ID: thn.ID(f.ID), Kind: thn.DenominatorKind(f.Kind), Area: thn.ID(f.Area), Definition: f.Definition, Source: f.Source, URL: f.URL,
		Provisional: f.Provisional == "yes"}
	d.Period.From = r.mustDay("from", "setup.figure.from", f.From())
	d.Period.To = r.mustDay("to", "setup.figure.to", f.To())
	if !d.Period.To.IsZero() {
		d.Period.To = d.Period.To.AddDays(1)
	}
	d.AsAt = r.day("asat", "setup.figure.as_at", f.AsAt())
	d.Value = r.whole("value", "setup.figure.value", f.Value, 0)
	d.Low = r.whole("low", "setup.figure.low", f.Low, d.Value)
	d.High = r.whole("high", "setup.figure.high", f.High, d.Value)
	return d, r.err("denominator")
}

// DenominatorOf fills the form with a figure that is to be corrected, under the
// id of its new version. A hidden number stays unanswered.
func DenominatorOf(d thn.Denominator, id thn.ID) Denominator {
	from, to, asAt := DayOf(d.Period.From), DayOf(d.Period.Last()), DayOf(d.AsAt)
	f := Denominator{ID: string(id), Kind: string(d.Kind), Area: string(d.Area), FromDay: from.Day, FromMonth: from.Month, FromYear: from.Year,
		ToDay: to.Day, ToMonth: to.Month, ToYear: to.Year, AsAtDay: asAt.Day, AsAtMonth: asAt.Month, AsAtYear: asAt.Year,
		Definition: d.Definition, Source: d.Source, URL: d.URL, Provisional: "no"}
	if d.Provisional {
		f.Provisional = "yes"
	}
	if !d.Suppressed {
		f.Value = fmt.Sprint(d.Value)
	}
	if d.Suppressed || d.Low != d.Value || d.High != d.Value {
		f.Low, f.High = fmt.Sprint(d.Low), fmt.Sprint(d.High)
	}
	return f
}
