package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func within(area thn.ID) func(*thn.Survey) { return func(s *thn.Survey) { s.Area = area } }

func amid(sample string) func(*thn.Survey) { return func(s *thn.Survey) { s.Sample = sample } }

// sosMet is a programme that reaches all three targets exactly.
func sosMet(p *place) {
	p.asked(thn.TrainedOfTarget, 9000, 10000)
	p.asked(thn.GivenOfTrained, 8100, 9000)
	p.asked(thn.AtHand, 360, 400, amid("people given a kit again in March"))
}

func TestSOS_allThreeTargetsMet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", 1)
		sosMet(p)
		table := p.build("sos-cascade", p.spec(year2020, report.ByNone))
		require.Equal(t, "90.0", shown(t, table, "trained", "asked_share"), "counted, so without an interval")
		require.Equal(t, "90.0 (86.7–92.6)", shown(t, table, "at_hand", "asked_share"))
		require.Equal(t, "72.9 (70.2–75.0)", shown(t, table, "overall", "asked_share"))
		require.Equal(t, []string{"report.benchmark.sos", "report.benchmark.sos_all"}, []string{table.Benchmarks[0].Key, table.Benchmarks[1].Key})
		p.golden("sos_cascade", table)
	})
}

// The project trained 14,263 people and gave out 16,278 kits. 1.14 kits for each
// is no share of people: the second step stays open, and so does the product.
func TestSOS_kitsAreNeverTheSecondStep(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", 1)
		p.asked(thn.TrainedOfTarget, 14263, 0)
		p.asked(thn.AtHand, 90, 100)
		p.total("XA", year2020, 16278)
		table := p.build("sos-cascade", p.spec(year2020, report.ByNone))
		require.Equal(t, "14,263", shown(t, table, "trained", "step_people"))
		require.Equal(t, "no denominator", shown(t, table, "trained", "asked_share"))
		for _, column := range []string{"step_people", "step_base", "asked_share"} {
			require.Equal(t, report.KindNotReported, table.Cell("given", column).Kind(), column)
		}
		require.Equal(t, report.KindNotReported, table.Cell("overall", "asked_share").Kind())
		require.Equal(t, "16,278 kits were given out and 14,263 people trained. One over the other is no share of people, so the second step stays open until the people are counted.",
			report.Say(words(t, "en"), table.Notes[0]))
	})
}

// Two asked steps widen the interval of the product: each has to hold at once.
func TestSOS_productOfSamplesIsWider(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", 1)
		p.asked(thn.EverTrained, 360, 400)
		p.asked(thn.GivenOfTrained, 8100, 9000)
		p.asked(thn.AtHand, 360, 400)
		table := p.build("sos-cascade", p.spec(year2020, report.ByNone))
		require.Equal(t, "72.9 (66.8–77.6)", shown(t, table, "overall", "asked_share"))
	})
}

// Answers of different groups, areas and times never share a row.
func TestSurveys_ofDifferentPeopleStayApart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", 1, "XA/East", "XA/West")
		for _, q := range []thn.Question{thn.Aware, thn.HasNow} {
			p.asked(q, 60, 100, amid("people at needle exchanges"), during(thn.Quarter(2020, 1)))
			p.asked(q, 30, 100, amid("people on the street"), during(thn.Quarter(2020, 3)))
			p.asked(q, 99, 100, within(p.areas["East"]), during(thn.Quarter(2020, 4)))
		}
		p.asked(thn.EverReceived, 20, 50, amid("people on the street"), during(thn.Quarter(2020, 3)))
		spec := p.spec(year2020, report.ByNone)
		table := p.build("naloxone-cascade", spec)
		require.Len(t, table.Rows, 3, "the newest group about the whole area")
		require.Equal(t, "30 (22–40)", shown(t, table, "aware", "asked_share"))
		require.Equal(t, "–", shown(t, table, "ever_received", "of_step_before"), "50 were asked, 100 before")
		require.Equal(t, "Other answers to these questions, of other people, times or parts of the area: 4. “What people answered” lists them.",
			report.Say(words(t, "en"), table.Notes[0]))
		require.Len(t, p.build("survey-answers", spec).Rows, 7)

		spec.Areas = []thn.ID{p.areas["East"]}
		require.Equal(t, "99 (95–100)", shown(t, p.build("naloxone-cascade", spec), "aware", "asked_share"))
		require.Len(t, p.build("survey-answers", spec).Rows, 2)
		spec.Areas = []thn.ID{p.areas["West"]}
		require.Equal(t, "none", p.build("naloxone-cascade", spec).Rows[0].Label.Code, "an answer about the country is not one about its west")
	})
}

// Nothing is known of single sites or channels, few people are not shown, and
// what was asked after the period is not known in it.
func TestSurveys_whatIsNotShown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", 1)
		p.asked(thn.CarryingNow, 4, 40)
		p.asked(thn.CarryingNow, 30, 40, during(thn.YearFrom(2021, 1)))
		for name, edit := range map[string]func(*report.Spec){
			"sites":    func(x *report.Spec) { x.Sites = []thn.ID{thn.NewID()} },
			"channels": func(x *report.Spec) { x.Channels = []thn.Channel{thn.ChannelPrison} },
			"before":   func(x *report.Spec) { x.Period = thn.YearFrom(2019, 1) },
		} {
			spec := p.spec(year2020, report.ByNone)
			edit(&spec)
			table := p.build("carriage-answers", spec)
			require.Equal(t, "none", table.Rows[0].Label.Code, name)
			require.NotEmpty(t, table.Missing, name)
		}
		table := p.build("carriage-answers", p.spec(year2020, report.ByNone))
		require.Len(t, table.Rows, 1)
		require.Equal(t, report.KindMasked, table.Rows[0].Cells[0].Kind())
		require.Equal(t, report.KindMasked, table.Rows[0].Cells[2].Kind(), "40 times the share would restore the four")
		p.asked(thn.Aware, 35, 40, during(thn.YearFrom(2019, 1)))
		require.Len(t, p.build("survey-answers", p.spec(thn.YearFrom(2021, 1), report.ByNone)).Rows, 2, "one of the year, and the newest about another question")
		later := p.build("carriage-answers", p.spec(thn.YearFrom(2023, 1), report.ByNone))
		require.Equal(t, "75 (60–86)", report.Show(words(t, "en"), later.Columns[2], later.Rows[0].Cells[2]), "the newest before")
		require.Equal(t, "report.note.asked_before", later.Notes[0].Key)

		p.asked(thn.CarryingNow, 10, 40, during(thn.Period{From: thn.MustDate(2020, 7, 1), To: thn.MustDate(2022, 2, 1)}))
		p.asked(thn.CarryingNow, 20, 40, during(thn.Quarter(2021, 1)))
		spec := p.spec(thn.Period{From: thn.MustDate(2021, 1, 1), To: thn.MustDate(2022, 3, 1)}, report.ByNone)
		require.Len(t, p.build("carriage-answers", spec).Rows, 2, "what began before the period gives way to what lies in it")
	})
}
