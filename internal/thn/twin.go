package thn

import "slices"

// Twins is a report with those told before it that may be of the same event.
type Twins struct {
	Later   ToldUse
	Earlier []ToldUse
}

// PossibleTwins lists the reports that may tell of an event that another report
// tells of too, the newest first. It is given what counts, in the order in which
// it was told. Two reports are alike when they are of the same area or site and
// the same day, or the same month where one knows no more, were told by
// different sites or by people in different roles, and no answer of one rules
// out an answer of the other. A month holds many uses, so there the answers have
// to be known and the same. Whether they are one event only a person can say.
func PossibleTwins(told []ToldUse) []Twins {
	var list []Twins
	months := map[int][]ToldUse{}
	for _, u := range told {
		month := u.Event.YearMonth()
		t := Twins{Later: u}
		for _, before := range months[month] {
			if alike(before.Use, u.Use) && !decided(before, u) {
				t.Earlier = append(t.Earlier, before)
			}
		}
		if len(t.Earlier) > 0 {
			list = append(list, t)
		}
		months[month] = append(months[month], u)
	}
	slices.Reverse(list)
	return list
}

// decided tells whether a person has looked at the two: one names the other, or
// the later was called an event of its own when the other was there to see.
func decided(before, later ToldUse) bool {
	return before.NotTwin == later.ID || later.NotTwin == before.ID || later.NotTwin != "" && before.Hour < later.Hour
}

func alike(a, b Use) bool {
	switch {
	case a.Area != b.Area && (a.Site == "" || a.Site != b.Site):
		return false
	case !a.MonthOnly && !b.MonthOnly && a.Event != b.Event:
		return false
	case a.Site == b.Site && a.Reporter == b.Reporter:
		return false
	case len(a.Persons) != len(b.Persons):
		return false
	case a.AllDoses() != 0 && b.AllDoses() != 0 && a.AllDoses() != b.AllDoses():
		return false
	case contradict(a.Ambulance, b.Ambulance):
		return false
	case (a.MonthOnly || b.MonthOnly) && !sameAnswers(a, b):
		return false
	}
	return outcomesFit(a, b) && outcomesFit(b, a)
}

// sameAnswers tells whether two reports say the same, and say it outright.
func sameAnswers(a, b Use) bool {
	if a.AllDoses() == 0 || a.AllDoses() != b.AllDoses() || a.Ambulance != b.Ambulance || a.Place != b.Place || a.Place == PlaceNotAsked {
		return false
	}
	for i, p := range a.Persons {
		if p.Outcome != b.Persons[i].Outcome || p.Outcome == SurvivalNotKnown || p.Outcome == SurvivalNotRecorded || len(p.Given) != len(b.Persons[i].Given) {
			return false
		}
		for j, g := range p.Given {
			if g.Giver != b.Persons[i].Given[j].Giver {
				return false
			}
		}
	}
	return true
}

func contradict(a, b Answer) bool {
	known := func(x Answer) bool { return x == AnswerYes || x == AnswerNo }
	return known(a) && known(b) && a != b
}

// outcomesFit tells whether every known outcome of a can be one of b.
func outcomesFit(a, b Use) bool {
	count := func(u Use, fits func(Survival) bool) (n int) {
		for _, p := range u.Persons {
			if fits(p.Outcome) {
				n++
			}
		}
		return n
	}
	open := count(b, func(s Survival) bool { return s != Survived && s != Died })
	for _, s := range []Survival{Survived, Died} {
		is := func(x Survival) bool { return x == s }
		if more := count(a, is) - count(b, is); more > 0 {
			open -= more
		}
	}
	return open >= 0
}
