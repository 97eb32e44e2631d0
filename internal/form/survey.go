package form

import (
	"fmt"

	"thntracker/internal/thn"
)

// Survey is the form for what a group of people answered to one question. The
// two days are the first and the last on which they were asked.
type Survey struct {
	ID        string `form:"id" label:"survey.yes" validate:"required,id"`
	Question  string `form:"question" label:"survey.question" validate:"required,question"`
	Sample    string `form:"sample" label:"survey.sample" validate:"required,max=120"`
	Yes       string `form:"yes" label:"survey.yes" validate:"required"`
	Asked     string `form:"asked" label:"survey.asked"`
	Returns   string `form:"returns" label:"survey.returns"`
	Area      string `form:"area" label:"setup.area" validate:"required,id"`
	FromDay   string `form:"from-day"`
	FromMonth string `form:"from-month"`
	FromYear  string `form:"from-year"`
	ToDay     string `form:"to-day"`
	ToMonth   string `form:"to-month"`
	ToYear    string `form:"to-year"`
	Source    string `form:"source" label:"setup.figure.source" validate:"required,max=120"`
	URL       string `form:"url" label:"setup.figure.url" validate:"max=500"`
	AsAtDay   string `form:"asat-day"`
	AsAtMonth string `form:"asat-month"`
	AsAtYear  string `form:"asat-year"`
}

// From is the first day, as answered.
func (f Survey) From() Day { return Day{f.FromDay, f.FromMonth, f.FromYear} }

// To is the last day, as answered.
func (f Survey) To() Day { return Day{f.ToDay, f.ToMonth, f.ToYear} }

// AsAt is when the source said so.
func (f Survey) AsAt() Day { return Day{f.AsAtDay, f.AsAtMonth, f.AsAtYear} }

// ToDomain makes the answer. Numbers that are left open are not known; the last
// day becomes the first that is no longer in the period.
func (f Survey) ToDomain() (thn.Survey, error) {
	var r reader
	s := thn.Survey{ID: thn.ID(f.ID), Question: thn.Question(f.Question), Area: thn.ID(f.Area), Sample: f.Sample, Source: f.Source, URL: f.URL}
	s.Period.From = r.mustDay("from", "survey.from", f.From())
	s.Period.To = r.mustDay("to", "survey.to", f.To())
	if !s.Period.To.IsZero() {
		s.Period.To = s.Period.To.AddDays(1)
	}
	s.AsAt = r.day("asat", "setup.figure.as_at", f.AsAt())
	s.Yes = r.whole("yes", "survey.yes", f.Yes, 0)
	s.Asked = r.whole("asked", "survey.asked", f.Asked, 0)
	s.Returns = r.whole("returns", "survey.returns", f.Returns, 0)
	return s, r.err("survey")
}

// SurveyOf fills the form with an answer that is to be corrected, under the id of
// its new version. What is not known stays unanswered.
func SurveyOf(s thn.Survey, id thn.ID) Survey {
	from, to, asAt := DayOf(s.Period.From), DayOf(s.Period.Last()), DayOf(s.AsAt)
	return Survey{ID: string(id), Question: string(s.Question), Sample: s.Sample, Yes: fmt.Sprint(s.Yes), Asked: known(s.Asked), Returns: known(s.Returns), Area: string(s.Area),
		FromDay: from.Day, FromMonth: from.Month, FromYear: from.Year, ToDay: to.Day, ToMonth: to.Month, ToYear: to.Year,
		Source: s.Source, URL: s.URL, AsAtDay: asAt.Day, AsAtMonth: asAt.Month, AsAtYear: asAt.Year}
}

func known(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
