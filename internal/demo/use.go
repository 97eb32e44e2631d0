package demo

import (
	"math/rand/v2"

	"thntracker/internal/thn"
)

// kitsForEachUse is how many kits are given out for each use that is told.
const kitsForEachUse = 12

// uses invents what people told of kits that were used, with a generator of its
// own, so that the distributions stay what they are; and twice one event that
// two people told.
func (w *world) uses(by thn.ID, today thn.Date) (subs []thn.Submission) {
	rng := rand.New(rand.NewPCG(67, 10))
	taken := map[string]bool{} // no other two are of one day and area: the twins below are all there are
	add := func(u thn.Use) {
		subs = append(subs, thn.Submission{Programme: w.founding.Programme.ID, By: by, Record: u})
	}
	for back := recordedDays; back >= 1; back-- {
		day := today.AddDays(-back)
		for i, site := range w.sites {
			if site.Name == silent && back < 100 {
				continue
			}
			for range draws(rng, paces[i].aDay*season(day, back)*1.2/kitsForEachUse) {
				u := w.use(rng, site, day)
				for !u.MonthOnly && taken[string(u.Area)+u.Event.String()] {
					u.Event = u.Event.AddDays(-1)
				}
				taken[string(u.Area)+u.Event.String()] = true
				add(u)
			}
		}
	}
	for _, back := range []int{5, 19} {
		rescuer := w.use(rng, w.sites[0], today.AddDays(-back))
		rescuer.Event, rescuer.MonthOnly, rescuer.Reporter = rescuer.Reported.AddDays(-1), false, "friend"
		for taken[string(rescuer.Area)+rescuer.Event.String()] {
			rescuer.Event = rescuer.Event.AddDays(-1)
		}
		rescuer.Persons[0].Outcome, rescuer.Persons[0].Given[0].Doses = thn.Survived, 2
		rescued := rescuer
		rescued.ID, rescued.Site, rescued.Reported, rescued.Reporter = thn.NewID(), w.sites[1].ID, rescuer.Reported.AddDays(2), "recipient"
		rescued.Ambulance = thn.AnswerNotAsked
		rescued.Persons = []thn.UsePerson{{Outcome: thn.Survived, Relation: "self", Given: rescuer.Persons[0].Given}}
		add(rescuer)
		add(rescued)
	}
	return subs
}

// use is one use: most are told within days, one in five with the month only.
// Where only the month is known, the kind of place was not asked, as at a busy desk.
func (w *world) use(rng *rand.Rand, site thn.Site, told thn.Date) thn.Use {
	u := thn.Use{ID: thn.NewID(), Reported: told, Event: told.AddDays(-rng.IntN(9)), Site: site.ID, Area: site.Area, Reporter: pick(rng, reporters), Place: pick(rng, usePlaces),
		Ambulance: pick(rng, ambulances), Breathing: pick(rng, breathings), Hospital: thn.AnswerNotAsked}
	if rng.Float64() < 0.2 {
		u.Event, u.MonthOnly = u.Event.FirstOfMonth(), true
		u.Place = thn.PlaceNotAsked
	}
	if u.Ambulance == thn.AnswerYes {
		u.Hospital = pick(rng, hospitals)
	}
	given := thn.Administration{Giver: pick(rng, givers), Product: w.batches[0].Product, Doses: 1 + rng.IntN(2), Response: "not_asked"}
	switch n := rng.IntN(100); {
	case n < 6:
		given.Doses = 3 + rng.IntN(2)
	case n < 14:
		given.Doses = 0
	}
	u.Persons = []thn.UsePerson{{Outcome: pick(rng, outcomes), Relation: pick(rng, relations), Given: []thn.Administration{given}}}
	return u
}

var (
	reporters  = []share[thn.Reporter]{{"recipient", 48}, {"friend", 26}, {"partner", 8}, {"family", 8}, {"peer_worker", 6}, {"staff", 4}}
	usePlaces  = []share[thn.Place]{{"private_home", 46}, {"public_place", 24}, {"supported_accommodation", 12}, {"service_premises", 4}, {thn.PlaceNotAsked, 14}}
	ambulances = []share[thn.Answer]{{thn.AnswerYes, 47}, {thn.AnswerNo, 38}, {thn.AnswerUnknown, 5}, {thn.AnswerNotAsked, 10}}
	breathings = []share[thn.Answer]{{thn.AnswerYes, 42}, {thn.AnswerNo, 30}, {thn.AnswerNotAsked, 28}}
	hospitals  = []share[thn.Answer]{{thn.AnswerYes, 54}, {thn.AnswerNo, 31}, {thn.AnswerUnknown, 15}}
	givers     = []share[thn.Giver]{{"lay", 74}, {"outreach", 8}, {"staff", 9}, {"self", 2}, {"ambulance", 4}, {thn.GiverUnknown, 3}}
	outcomes   = []share[thn.Survival]{{thn.Survived, 88}, {thn.Died, 4}, {thn.SurvivalNotKnown, 5}, {thn.SurvivalNotRecorded, 3}}
	relations  = []share[thn.Relation]{{"friend", 58}, {"partner", 9}, {"family", 7}, {"stranger", 12}, {"client", 6}, {"not_asked", 8}}
)
