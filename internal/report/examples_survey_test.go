package report_test

import (
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// The worked examples of B1, B2, B3 and B5: counts as they were published.
//
// Chosen to fit a share published without its counts, so that they hold the
// rounding and not the share: the people of Baltimore's and of San Francisco and
// Los Angeles' cascades. Their intervals are of these counts.
//
// Not computed, and why:
//   - B1, about 90 % and 88.1 % used naloxone at the overdose they saw, and 31 %
//     who had used it: shares without their counts.
//   - B1, 33 printed for Kyrgyzstan: a misprint; 113 of 349 is 32.4.
//   - B1, 14,263 trained: printed without the people the project was for, so its
//     share has no base (sos_test.go); and 16,278 kits are not people.
//   - B2, of those given naloxone within six months 74 % had used or lost it and
//     67 % got another: shares without their counts, of a base without its count.
//   - B3, N-ALIVE's 63–79 %: an interval without its counts.
//   - B4, competence: OOKS and OOAS scores are not recorded.
//   - B5, 44.0 % of Stockholm's participants reported a use: a share without its counts.
//   - B5, Skåne's 229 reversals by 140 people: reversals are events, and how often
//     somebody used naloxone is not asked.
var surveyExamples = map[string]example{
	"B1 S-O-S, reached again": {
		records: func(p *place) { p.asked(thn.FollowedUp, 1388, 1646) },
		report:  "survey-answers", period: thn.YearFrom(2020, 1), want: []figure{wants("followed_up", "asked_share", "84"), wants("followed_up", "asked", "1,646")},
	},
	"B1 S-O-S, Tajikistan":                {witnessed(71, 356), "survey-answers", thn.YearFrom(2020, 1), "", []figure{wants("witnessed", "asked_share", "20 (16–24)")}},
	"B1 S-O-S, Kyrgyzstan":                {witnessed(113, 349), "survey-answers", thn.YearFrom(2020, 1), "", []figure{wants("witnessed", "asked_share", "32.4 (27.7–37.5)", 1)}},
	"B1 S-O-S, Ukraine":                   {witnessed(125, 342), "survey-answers", thn.YearFrom(2020, 1), "", []figure{wants("witnessed", "asked_share", "37 (32–42)")}},
	"B1 S-O-S, Kazakhstan":                {witnessed(170, 341), "survey-answers", thn.YearFrom(2020, 1), "", []figure{wants("witnessed", "asked_share", "50 (45–55)")}},
	"B2 Baltimore":                        {baltimore, "naloxone-cascade", thn.YearFrom(2020, 1), "", baltimoreWants},
	"B2 Baltimore, never":                 {baltimore, "survey-answers", thn.YearFrom(2020, 1), "", []figure{wants("carries_never", "asked_share", "36 (31–41)")}},
	"B2 San Francisco and Los Angeles":    {california, "naloxone-cascade", thn.YearFrom(2020, 1), "", californiaWants},
	"B3 NESI, naloxone in the past year":  {exchanges, "survey-answers", years(2011, 2014, april), "", []figure{wants("received_12_months-2", "asked_share", "8 (7–9)"), wants("received_12_months", "asked_share", "32 (30–34)")}},
	"B3 NESI, on them on the day":         {exchanges, "carriage-answers", years(2011, 2014, april), "", []figure{wants("2011-04-01/2012-04-01", "asked_share", "16 (11–22)"), wants("2013-04-01/2014-04-01", "asked_share", "5 (4–7)")}},
	"B5 Skåne":                            {func(p *place) { p.asked(thn.CameBack, 235, 1079) }, "refill-return", thn.YearFrom(2020, 1), "", []figure{wants("2020-01-01/2021-01-01", "came_back_share", "22"), wants("2020-01-01/2021-01-01", "per_returner", "not reported")}},
	"B5 Skåne, reversals by who returned": {func(p *place) { p.asked(thn.EverUsed, 140, 235) }, "survey-answers", thn.YearFrom(2020, 1), "", []figure{wants("ever_used", "asked_share", "60 (53–66)")}},
	"B5 Norway": {
		records: func(p *place) { p.asked(thn.CameBack, 958, 0, func(s *thn.Survey) { s.Returns = 2303 }) },
		report:  "refill-return", period: thn.YearFrom(2020, 1),
		want: []figure{wants("2020-01-01/2021-01-01", "per_returner", "2.4"), wants("2020-01-01/2021-01-01", "returns", "2,303"), wants("2020-01-01/2021-01-01", "came_back", "958"), wants("2020-01-01/2021-01-01", "came_back_share", "no denominator")},
	},
}

// asked is what people in the whole place answered in 2020.
func (p *place) asked(q thn.Question, yes, asked int64, change ...func(*thn.Survey)) {
	p.t.Helper()
	s := thn.Survey{ID: thn.NewID(), Question: q, Area: p.areas["XA"], Period: thn.YearFrom(2020, 1), Yes: yes, Asked: asked, Sample: "people asked", Source: "Published survey",
		URL: "https://example.org/survey"}
	for _, c := range change {
		c(&s)
	}
	require.NoError(p.t, p.store.AddSurveys(p.t.Context(), p.programme.ID, "", s))
}

func during(period thn.Period) func(*thn.Survey) { return func(s *thn.Survey) { s.Period = period } }

func witnessed(yes, asked int64) func(*place) {
	return func(p *place) { p.asked(thn.Witnessed, yes, asked) }
}

func baltimore(p *place) {
	for q, yes := range map[thn.Question]int64{thn.Aware: 318, thn.EverReceived: 244, thn.EverTrained: 212, thn.CarriesAlways: 92, thn.CarriesNever: 127} {
		p.asked(q, yes, 353)
	}
}

var baltimoreWants = []figure{wants("aware", "asked_share", "90 (87–93)"), wants("ever_received", "asked_share", "69 (64–74)"), wants("ever_trained", "asked_share", "60 (55–65)"),
	wants("carries_always", "asked_share", "26 (22–31)"), wants("aware", "asked", "353"), wants("ever_received", "of_step_before", "77"), wants("aware", "of_step_before", "–"),
	wants("carries_never", "asked", "not reported")}

func california(p *place) {
	for q, yes := range map[thn.Question]int64{thn.EverReceived: 386, thn.Received6Months: 263, thn.HasNow: 188} {
		p.asked(q, yes, 536)
	}
}

var californiaWants = []figure{wants("ever_received", "asked_share", "72 (68–76)"), wants("received_6_months", "asked_share", "49 (45–53)"), wants("has_now", "asked_share", "35 (31–39)"),
	wants("has_now", "of_step_before", "71")}

func exchanges(p *place) {
	before, after := during(thn.YearFrom(2011, april)), during(thn.YearFrom(2013, april))
	p.asked(thn.Received12Months, 175, 2146, before)
	p.asked(thn.CarryingNow, 27, 169, before)
	p.asked(thn.Received12Months, 745, 2331, after)
	p.asked(thn.CarryingNow, 39, 741, after)
}
