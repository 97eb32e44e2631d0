package demo

import (
	"time"

	"thntracker/internal/thn"
)

// addSurveys adds what people answered: a cascade in which few carry what many
// were given, so that the step that leaks can be seen.
func (w *world) addSurveys(root thn.ID, today thn.Date) {
	last := thn.YearFrom(today.Year()-1, time.January)
	spring := thn.Period{From: thn.MustDate(last.From.Year(), time.March, 1), To: thn.MustDate(last.From.Year(), time.June, 1)}
	before := thn.Period{From: spring.From.AddMonths(-24), To: spring.To.AddMonths(-24)}
	const exchanges, resupply = "people who came to a needle exchange", "people who came for another kit"
	for _, s := range []thn.Survey{
		{Question: thn.TrainedOfTarget, Period: last, Yes: 1974, Asked: 5200, Sample: "people at risk"},
		{Question: thn.GivenOfTrained, Period: last, Yes: 1721, Asked: 1974, Sample: "people trained"},
		{Question: thn.AtHand, Period: last, Yes: 104, Asked: 183, Sample: resupply},
		{Question: thn.CarryingNow, Period: last, Yes: 61, Asked: 183, Sample: resupply},
		{Question: thn.CarryingNow, Period: before, Yes: 37, Asked: 92, Sample: exchanges},
		{Question: thn.Aware, Period: spring, Yes: 221, Asked: 260, Sample: exchanges},
		{Question: thn.EverReceived, Period: spring, Yes: 158, Asked: 260, Sample: exchanges},
		{Question: thn.EverTrained, Period: spring, Yes: 131, Asked: 260, Sample: exchanges},
		{Question: thn.Received12Months, Period: spring, Yes: 104, Asked: 260, Sample: exchanges},
		{Question: thn.HasNow, Period: spring, Yes: 87, Asked: 260, Sample: exchanges},
		{Question: thn.CarriesOften, Period: spring, Yes: 52, Asked: 260, Sample: exchanges},
		{Question: thn.EverUsed, Period: spring, Yes: 49, Asked: 260, Sample: exchanges},
		{Question: thn.CameBack, Period: last, Yes: 412, Asked: 1721, Returns: 739, Sample: "people with a card of the programme"},
	} {
		s.ID, s.Area, s.Source, s.AsAt = thn.NewID(), root, invented, today.FirstOfMonth()
		w.surveys = append(w.surveys, s)
	}
}
