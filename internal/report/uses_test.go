package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// usesOf makes so many uses, each of which the changes may make its own.
func (p *place) usesOf(area string, day thn.Date, n int, change ...func(i int, u *thn.Use)) {
	p.t.Helper()
	load := thn.Load{}
	for i := range n {
		u := thn.Use{ID: thn.NewID(), Reported: day, Event: day, Area: p.areas[area], Reporter: "recipient", Place: thn.PlaceNotAsked, Ambulance: thn.AnswerNotAsked,
			Breathing: thn.AnswerNotAsked, Hospital: thn.AnswerNotAsked, Persons: []thn.UsePerson{{Outcome: thn.Survived, Relation: "not_asked",
				Given: []thn.Administration{{Giver: "lay", Doses: 1, Response: "not_asked"}}}}}
		for _, c := range change {
			c(i, &u)
		}
		load.Records = append(load.Records, thn.Submission{Programme: p.programme.ID, Record: u})
	}
	require.NoError(p.t, p.store.Import(p.t.Context(), p.programme.ID, "", load, nil))
}

// upTo gives the answer of the first run that i lies in: runs are so many of each.
func upTo[C any](i int, runs []int, answers []C) C {
	for k, n := range runs {
		if i -= n; i < 0 {
			return answers[k]
		}
	}
	return answers[len(answers)-1]
}

// stockholm is the published set of 1,625 events (Stockholm, in C2 and C3).
func stockholm(i int, u *thn.Use) {
	person := &u.Persons[0]
	person.Given[0].Doses = upTo(i, []int{779, 663, 71, 112}, []int{1, 2, 3, 0})
	u.Ambulance = upTo(i, []int{757}, []thn.Answer{thn.AnswerYes, thn.AnswerNo})
	u.Hospital = upTo(i, []int{423}, []thn.Answer{thn.AnswerYes, thn.AnswerNo})
	u.Place = upTo(i, []int{802, 745, 78}, []thn.Place{"private_home", "public_place", thn.PlaceNotAsked})
	person.Relation = upTo(i, []int{1089, 264, 149, 100, 23}, []thn.Relation{"friend", "self", "stranger", "partner", "not_asked"})
	person.Outcome = upTo(i, []int{1539, 67, 19}, []thn.Survival{thn.Survived, thn.Died, thn.SurvivalNotRecorded})
}

var year2020 = thn.YearFrom(2020, time.January)

func TestUses_stockholm(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "SE", 1, "SE/Stockholm")
		p.usesOf("Stockholm", thn.MustDate(2020, 5, 1), 1625, stockholm)
		table := p.build("response", p.spec(year2020, report.ByNone))
		for row, want := range map[string][3]string{
			"one": {"779", "1,625", "47.9"}, "two": {"663", "1,625", "40.8"}, "more": {"71", "1,625", "4.4"}, "not_known": {"112", "1,625", "6.9"},
			"ambulance": {"757", "1,625", "46.6"}, "hospital": {"423", "757", "55.9"}, "private_home": {"802", "1,547", "51.8"},
			"friend": {"1,089", "1,625", "67.0"}, "self": {"264", "1,625", "16.2"}, "stranger": {"149", "1,625", "9.2"}, "partner": {"100", "1,625", "6.2"},
		} {
			require.Equal(t, want, [3]string{shown(t, table, row, "answers"), shown(t, table, row, "of"), shown(t, table, row, "share")}, row)
		}
		both := p.build("survival", p.spec(year2020, report.ByNone))
		require.Equal(t, "95.8", shown(t, both, "total", "survival_known"), "1,539 of 1,606 with an entry")
		require.Equal(t, "94.7", shown(t, both, "total", "survival_all"), "1,539 of 1,625 events")
		p.golden("uses_stockholm", table, both, p.build("uses", p.spec(year2020, report.ByNone)))
	})
}

// Uses for each 100 kits, as published for Wales and Northern Ireland; and the
// survival that Ireland, Northern Ireland and Norway print.
func TestUses_per100KitsAndSurvival(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for country, c := range map[string]struct {
			uses, survived, died int
			kits                 int64
			ratio, known, all    string
		}{
			"WA": {215, 215, 0, 2130, "10.1", "100.0", "100.0"},
			"NI": {240, 240, 0, 1332, "18.0", "100.0", "100.0"},
			"NJ": {256, 231, 0, 1666, "15.4", "100.0", "90.2"}, // the published 90 % counts not known as not survived
			"NO": {1282, 1202, 0, 10_000, "12.8", "100.0", "93.8"},
			"IE": {569, 560, 9, 5690, "10.0", "98.4", "98.4"},
		} {
			p := newPlace(t, s, country, 1, country+"/East")
			p.total("East", year2020, c.kits)
			p.usesOf("East", thn.MustDate(2020, 5, 1), c.uses, func(i int, u *thn.Use) {
				u.Persons[0].Outcome = upTo(i, []int{c.survived, c.died, c.uses}, []thn.Survival{thn.Survived, thn.Died, thn.SurvivalNotKnown})
			})
			require.Equal(t, c.ratio, shown(t, p.build("uses", p.spec(year2020, report.ByNone)), "total", "uses_per_100"), country)
			survival := p.build("survival", p.spec(year2020, report.ByNone))
			require.Equal(t, c.known, shown(t, survival, "total", "survival_known"), country)
			require.Equal(t, c.all, shown(t, survival, "total", "survival_all"), country)
			require.Equal(t, shown(t, p.build("kits", p.spec(year2020, report.ByNone)), "total", "all"), words(t, "en").Number(c.kits), "uses are never added to kits")
		}
	})
}

// A programme small enough to tell: two areas, one of them with few uses.
func smallProgramme(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XD", 4, "XD/East", "XD/West", "XD/South")
	quay := p.site("East", "Quay van", thn.ChannelCommunity)
	p.give(quay, thn.MustDate(2026, time.January, 10), "paid_worker", first(20, 40))
	told := func(_ int, u *thn.Use) { u.Site, u.Reported = quay.ID, thn.MustDate(2026, time.March, 3) }
	p.usesOf("East", thn.MustDate(2026, time.January, 12), 9, told, func(i int, u *thn.Use) {
		u.Persons[0].Outcome = upTo(i, []int{8}, []thn.Survival{thn.Survived, thn.Died})
	})
	p.usesOf("East", thn.MustDate(2026, time.February, 12), 7, told)
	p.usesOf("West", thn.MustDate(2026, time.February, 14), 3, func(_ int, u *thn.Use) { u.Reporter, u.Persons[0].Given[0].Giver = "ambulance", "ambulance" })
	p.usesOf("South", thn.MustDate(2026, time.March, 14), 12, func(i int, u *thn.Use) {
		u.Persons = append(u.Persons, thn.UsePerson{Outcome: thn.Died, Relation: "unknown"})
	})
	return p
}

func TestUses_smallCountsAreHiddenInDividedTablesOnly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := smallProgramme(t, s)
		areas := p.build("uses", p.spec(winter, report.ByArea))
		require.Equal(t, "31", shown(t, areas, "total", "uses"))
		require.True(t, areas.Cell("WE", "uses").Is(report.KindMasked), "3")
		require.True(t, areas.Cell("SO", "uses").Is(report.KindMasked), "12 would give the 3 away")
		require.Equal(t, "16", shown(t, areas, "EA", "uses"))
		require.Equal(t, "40.0", shown(t, areas, "EA", "uses_per_100"))
		outcomes := p.build("survival", p.spec(winter, report.ByArea))
		for _, column := range []string{"survived", "died", "survival_known", "survival_all"} {
			require.True(t, outcomes.Cell("EA", column).Is(report.KindMasked), "%s: one person died", column)
		}
		whole := p.build("survival", p.spec(winter, report.ByNone))
		require.Equal(t, "1", shown(t, whole, "total", "died"), "the figures of the whole programme are shown; 12 were given nothing")
		p.golden("uses_small", areas, outcomes, whole, p.build("uses", p.spec(winter, report.ByMonth)), p.build("uses", p.spec(winter, report.ByTold)),
			p.build("uses", p.spec(winter, report.BySite)), p.build("uses", p.spec(winter, report.ByGiver)), p.build("response", p.spec(winter, report.ByArea)))
	})
}

func TestUses_aTotalOfOneHiddenPartIsHiddenToo(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XD", 4, "XD/East", "XD/West")
	p.usesOf("East", thn.MustDate(2026, time.January, 12), 3)
	table := p.build("uses", p.spec(winter, report.ByArea))
	require.True(t, table.Cell("EA", "uses").Is(report.KindMasked))
	require.True(t, table.Cell("total", "uses").Is(report.KindMasked))
	require.Equal(t, "3", shown(t, p.build("uses", p.spec(winter, report.ByNone)), "total", "uses"))
	empty := p.build("uses", p.spec(thn.Month(2020, 1), report.ByNone))
	require.NotEmpty(t, empty.Missing)
}

// A channel narrows uses as it narrows the kits beside them: by the site that was
// told. Otherwise the uses of everybody stand over the kits of a few.
func TestUses_ofOneChannel(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XH", 1, "XH/East")
	quay, gate := p.site("East", "Quay", thn.ChannelCommunity), p.unit("East", "Gate", "prison", thn.Date{})
	p.give(quay, thn.MustDate(2020, 5, 1), "paid_worker", first(40, 40))
	p.give(gate, thn.MustDate(2020, 5, 1), "prison_staff", first(10, 10))
	p.usesOf("East", thn.MustDate(2020, 5, 2), 8, func(_ int, u *thn.Use) { u.Site = quay.ID })
	p.usesOf("East", thn.MustDate(2020, 5, 2), 5)
	spec := p.spec(year2020, report.ByNone)
	require.Equal(t, "13", shown(t, p.build("uses", spec), "total", "uses"))
	spec.Channels = []thn.Channel{thn.ChannelCommunity}
	require.Equal(t, []string{"8", "40", "20.0"}, []string{shown(t, p.build("uses", spec), "total", "uses"), shown(t, p.build("uses", spec), "total", "kits"),
		shown(t, p.build("uses", spec), "total", "uses_per_100")})
	require.Equal(t, "8", shown(t, p.build("gap", spec), "total", "used_events"))
	spec.Channels = []thn.Channel{gate.Channel}
	require.Equal(t, "0", shown(t, p.build("uses", spec), "total", "uses"))
	p.move(quay, thn.MustDate(2020, 4, 1), thn.MovementReceived, 60)
	p.move(gate, thn.MustDate(2020, 4, 1), thn.MovementReceived, 30)
	require.Equal(t, "30", shown(t, p.build("gap", spec), "total", "came_in"))
}
