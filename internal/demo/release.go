package demo

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// addOfficers adds what the demonstration's carriage is set against.
func (w *world) addOfficers(root thn.ID, today thn.Date) {
	w.denominators = append(w.denominators, thn.Denominator{ID: thn.NewID(), Kind: thn.Officers, Area: root, Period: thn.YearFrom(today.Year()-1, time.January),
		Value: 48, Low: 48, High: 48, Definition: "Frontline officers in scope of carriage", Source: invented, AsAt: today.FirstOfMonth()})
}

// monthsCounted is how many whole months the prisons and the ambulance service
// have counted.
const monthsCounted = 12

// count invents what two prisons, a police station and an ambulance service counted.
func (w *world) count(ctx context.Context, s Store, by thn.ID, today thn.Date) error {
	rng := rand.New(rand.NewPCG(67, 8))
	var facts []thn.Fact
	prison := w.sitesOf("prison")[0]
	remand := thn.Site{ID: thn.NewID(), Area: w.sites[2].Area, Name: "Hill Remand Centre", Setting: prison.Setting, Channel: prison.Channel, Supplier: prison.Supplier, Opened: prison.Opened}
	if err := s.AddSites(ctx, w.founding.Programme.ID, "", remand); err != nil {
		return err
	}
	for back := monthsCounted; back >= 1; back-- {
		month := today.FirstOfMonth().AddMonths(-back)
		facts = append(facts, whole(rng, prison, month, back == 4))
		if back != 6 { // a month that nobody recorded
			x := partial(rng, remand, month)
			facts = append(facts, x)
			facts = append(facts, w.atTheGate(x, remand, back)...)
		}
		facts = append(facts, callsOf(rng, w.sitesOf("ambulance")[0], month))
	}
	facts = append(facts, w.carried(rng, w.sitesOf("police")[0], today)...)
	subs := make([]thn.Submission, len(facts))
	for i, f := range facts {
		subs[i] = thn.Submission{Programme: w.founding.Programme.ID, By: by, Record: f}
	}
	outcomes, err := s.Append(ctx, subs)
	if err == nil && slices.ContainsFunc(outcomes, func(o thn.Outcome) bool { return o != thn.Stored }) {
		err = fault.New(fault.Internal, "count", "an invented record was not stored: %v", outcomes)
	}
	return err
}

func (w *world) sitesOf(setting thn.Setting) (list []thn.Site) {
	for _, s := range w.sites {
		if s.Setting == setting {
			list = append(list, s)
		}
	}
	return list
}

// some is a part of n in hundredths, give or take.
func some(rng *rand.Rand, n, hundredths int) int {
	return min(n, max(0, (n*(hundredths+rng.IntN(13)-6)+50)/100))
}

// whole is a month in which every step was counted. One of them has more people
// trained than were offered a kit, and somebody has checked it.
func whole(rng *rand.Rand, site thn.Site, month thn.Date, grows bool) thn.Release {
	risk := 44 + rng.IntN(16)
	offered := some(rng, risk, 80)
	trained := some(rng, offered, 86)
	if grows {
		trained = offered + 3
	}
	accepted := some(rng, trained, 84)
	property := some(rng, accepted, 90)
	handed := some(rng, property, 86)
	left := risk - handed
	r := thn.Release{ID: thn.NewID(), Site: site.ID, Area: site.Area, Month: month, Definition: "opioid_treatment", Total: risk * 3, Unplanned: risk / 2, Grows: grows,
		Reached: map[thn.Step]int{thn.StepAtRisk: risk, thn.StepOffered: offered, thn.StepTrained: trained, thn.StepAccepted: accepted, thn.StepInProperty: property, thn.StepHandedOver: handed}}
	r.DropOuts = map[thn.DropOut]int{"declined": left * 25 / 100, "court_release": left * 22 / 100, "short_notice": left * 15 / 100, "no_trained_staff": left * 8 / 100, "transferred": left * 6 / 100}
	return r
}

// partial is a month of a prison that keeps fewer counts.
func partial(rng *rand.Rand, site thn.Site, month thn.Date) thn.Release {
	risk := 18 + rng.IntN(9)
	accepted := some(rng, risk, 50)
	return thn.Release{ID: thn.NewID(), Site: site.ID, Area: site.Area, Month: month, Definition: "reception_test", Total: thn.NotRecorded, Unplanned: thn.NotRecorded,
		Reached: map[thn.Step]int{thn.StepAtRisk: risk, thn.StepAccepted: accepted, thn.StepHandedOver: some(rng, accepted, 80)}}
}

// atTheGate are the single records of kits handed over, which the remand centre
// began to keep some months ago; one that was handed over is not among them.
func (w *world) atTheGate(x thn.Release, site thn.Site, back int) (facts []thn.Fact) {
	if back > 8 {
		return nil
	}
	for n := range x.At(thn.StepHandedOver) - 1 {
		facts = append(facts, thn.Distribution{ID: thn.NewID(), Day: x.Month.AddDays(2*n + 1), Site: site.ID, Area: site.Area, Setting: site.Setting, Supplier: site.Supplier,
			Channel: site.Channel, Product: w.batches[2].Product, Batch: w.batches[2].ID, Training: "brief",
			Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1}}})
	}
	return facts
}

func callsOf(rng *rand.Rand, site thn.Site, month thn.Date) thn.LeaveBehind {
	eligible := 26 + rng.IntN(14)
	patient, other := some(rng, eligible, 38), some(rng, eligible, 14)
	left := patient + other
	rest := eligible - left
	return thn.LeaveBehind{ID: thn.NewID(), Site: site.ID, Area: site.Area, Month: month, Eligible: eligible, LeftPatient: patient, LeftOther: other, Declined: rest / 3,
		NoStock: rest / 6, NotOffered: rest / 4, Registered: some(rng, left, 24), FollowUp: some(rng, eligible, 55)}
}

// carried is a police station in its second year of carriage: most are trained,
// most of them have a kit, a few kits run out or have.
func (w *world) carried(rng *rand.Rand, site thn.Site, today thn.Date) (facts []thn.Fact) {
	begun := today.AddMonths(-16)
	note := func(who thn.ID, status thn.CarriageStatus, day, expiry, due thn.Date) {
		facts = append(facts, thn.Carriage{ID: thn.NewID(), Day: day, Site: site.ID, Area: site.Area, Carrier: who, Status: status, Expiry: expiry, Due: due})
	}
	for n := range 36 {
		who, day := thn.NewID(), begun.AddDays(rng.IntN(60))
		note(who, thn.CarriageTrained, day, thn.Date{}, day.AddMonths(18+n%4))
		if n >= 31 {
			continue // trained, without a kit
		}
		expiry := today.AddMonths(n%12 + 4)
		if n < 3 {
			expiry = today.AddDays(-20 * n)
		}
		note(who, thn.CarriageIssued, day.AddDays(1), expiry, thn.Date{})
		later := today.AddDays(-30 - n)
		switch {
		case n == 5 || n == 6:
			note(who, thn.CarriageReplaced, later, today.AddMonths(20), thn.Date{})
		case n == 8:
			note(who, thn.CarriageReturned, later, thn.Date{}, thn.Date{})
		case n == 9:
			note(who, thn.CarriageLost, later, thn.Date{}, thn.Date{})
		case n == 10:
			note(who, thn.CarriageLeftPost, later, thn.Date{}, thn.Date{})
		}
	}
	return facts
}
