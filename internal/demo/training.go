package demo

import (
	"context"
	"math/rand/v2"

	"thntracker/internal/thn"
)

// quiet is the site that says of the last month that no kit was reported used.
const quiet = "Lakes Community Clinic"

// train invents a year of training sessions, a site's word that a month held
// nothing, and staff whose refreshers are in date, due and overdue; the silent
// site stays silent, and one account was never trained.
func (w *world) train(ctx context.Context, s Store, people map[thn.Role]thn.ID, today thn.Date) error {
	rng := rand.New(rand.NewPCG(67, 9)) // its own, so that the kits given out stay as they are
	var facts []thn.Fact
	for back := 12; back >= 1; back-- {
		for _, site := range w.sites {
			if site.Name != silent && rng.Float64() < 0.4 {
				facts = append(facts, session(rng, site, today.AddMonths(-back).AddDays(rng.IntN(28))))
			}
		}
	}
	for _, site := range w.sites {
		if site.Name == quiet {
			facts = append(facts, thn.NilReturn{ID: thn.NewID(), Site: site.ID, Area: site.Area, Month: today.AddMonths(-1), About: thn.KindUse})
		}
	}
	var subs []thn.Submission
	for _, f := range facts {
		subs = append(subs, thn.Submission{Programme: w.founding.Programme.ID, By: people[thn.RoleWorker], Record: f})
	}
	if _, err := s.Append(ctx, subs); err != nil {
		return err
	}
	return w.refresh(ctx, s, people, today)
}

// refresh records when staff were trained: days before today by role.
func (w *world) refresh(ctx context.Context, s Store, people map[thn.Role]thn.ID, today thn.Date) error {
	for _, x := range []struct {
		role thn.Role
		days int
	}{{thn.RoleWorker, 1150}, {thn.RoleManager, 1060}, {thn.RoleAdministrator, 200}} {
		day := today.AddDays(-x.days)
		t := thn.StaffTraining{ID: thn.NewID(), Account: people[x.role], Day: day, Due: thn.RefresherDue(day, "")}
		if err := s.AddStaffTraining(ctx, w.founding.Programme.ID, "", t); err != nil {
			return err
		}
	}
	return nil
}

func session(rng *rand.Rand, site thn.Site, day thn.Date) thn.Session {
	x := thn.Session{ID: thn.NewID(), Day: day, Site: site.ID, Area: site.Area, Setting: site.Setting, Method: pick(rng, methods), Trainer: site.Supplier}
	audience := thn.Audience("people_at_risk")
	switch site.Setting {
	case "prison":
		audience = "prisoners"
	case "ambulance", "police", "fire":
		audience = "responders"
	}
	x.Attendance = []thn.Attendance{{Audience: audience, People: 5 + rng.IntN(14)}}
	if rng.Float64() < 0.4 {
		x.Attendance = append(x.Attendance, thn.Attendance{Audience: "family_friends", People: 2 + rng.IntN(7)})
	}
	if rng.Float64() < 0.3 {
		x.Attendance = append(x.Attendance, thn.Attendance{Audience: "staff", People: 2 + rng.IntN(9)})
	}
	return x
}

var methods = []share[thn.Method]{{"group", 70}, {"brief_one_to_one", 10}, {"peer_led", 15}, {"online", 5}}
