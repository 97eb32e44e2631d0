package thn

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func report(id ID, hour string, change ...func(*Use)) ToldUse {
	u := Use{ID: id, Reported: MustDate(2026, 3, 10), Event: MustDate(2026, 3, 9), Site: "van", Area: "north", Reporter: "friend", Place: "private_home", Ambulance: AnswerYes,
		Persons: []UsePerson{{Outcome: Survived, Given: []Administration{{Giver: "lay", Doses: 2}}}}}
	for _, c := range change {
		c(&u)
	}
	return ToldUse{Use: u, Hour: hour}
}

func byRescued(u *Use) { u.Reporter = "recipient" }

func month(u *Use) { u.Event, u.MonthOnly = MustDate(2026, 3, 1), true }

func TestPossibleTwins(t *testing.T) {
	t.Parallel()
	first := report("a", "2026-03-10T09")
	for name, c := range map[string]struct {
		second ToldUse
		twins  bool
	}{
		"the rescued tells it too":          {report("b", "2026-03-10T10", byRescued), true},
		"another site tells it":             {report("b", "2026-03-10T10", func(u *Use) { u.Site = "desk" }), true},
		"a file of responders tells it":     {report("b", "2026-03-10T10", func(u *Use) { u.Site, u.Reporter = "", "ambulance" }), true},
		"the same role at the same site":    {report("b", "2026-03-10T10"), false},
		"another day":                       {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Event = MustDate(2026, 3, 8) }), false},
		"another area":                      {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Site, u.Area = "desk", "south" }), false},
		"another number of doses":           {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Persons[0].Given[0].Doses = 1 }), false},
		"doses not known":                   {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Persons[0].Given[0].Doses = 0 }), true},
		"the person died":                   {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Persons[0].Outcome = Died }), false},
		"outcome not known":                 {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Persons[0].Outcome = SurvivalNotKnown }), true},
		"no ambulance":                      {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Ambulance = AnswerNo }), false},
		"two persons":                       {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.Persons = append(u.Persons, UsePerson{Outcome: Survived}) }), false},
		"the month only, all answers alike": {report("b", "2026-03-10T10", byRescued, month), true},
		"the month only, one answer open":   {report("b", "2026-03-10T10", byRescued, month, func(u *Use) { u.Place = PlaceNotAsked }), false},
		"decided: two events":               {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.NotTwin = "a" }), false},
		"decided when the first was there":  {report("b", "2026-03-10T10", byRescued, func(u *Use) { u.NotTwin = "another" }), false},
		"decided before the first was told": {report("b", "2026-03-10T08", byRescued, func(u *Use) { u.NotTwin = "another" }), true},
	} {
		got := PossibleTwins([]ToldUse{first, c.second})
		require.Equal(t, c.twins, len(got) == 1, name)
		if c.twins {
			require.Equal(t, Twins{Later: c.second, Earlier: []ToldUse{first}}, got[0], name)
		}
	}
}
