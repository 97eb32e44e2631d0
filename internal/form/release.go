package form

import (
	"fmt"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Release is the form for an establishment's month of releases. A count that is
// left open was not recorded; it is not zero. Corrects is the record that this
// one replaces.
type Release struct {
	ID                string `form:"id" label:"releases.month" validate:"required,id"`
	Corrects          string `form:"corrects" label:"releases.month" validate:"omitempty,id"`
	Site              string `form:"site" label:"releases.establishment" validate:"required,id"`
	Month             string `form:"month" label:"releases.month" validate:"required"`
	Definition        string `form:"definition" label:"releases.definition" validate:"required,riskdefinition"`
	Total             string `form:"total"`
	Unplanned         string `form:"unplanned"`
	AtRisk            string `form:"at_risk" label:"code.release_step.at_risk" validate:"required"`
	Offered           string `form:"offered"`
	Trained           string `form:"trained"`
	Accepted          string `form:"accepted"`
	InProperty        string `form:"in_property"`
	HandedOver        string `form:"handed_over"`
	Grows             string `form:"grows" label:"releases.grows" validate:"omitempty,oneof=yes"`
	Declined          string `form:"declined"`
	CourtRelease      string `form:"court_release"`
	ShortNotice       string `form:"short_notice"`
	NoTrainedStaff    string `form:"no_trained_staff"`
	NoStock           string `form:"no_stock"`
	Transferred       string `form:"transferred"`
	RefusedPreviously string `form:"refused_previously"`
	Unknown           string `form:"unknown"`
}

// Steps gives the answers by step, as typed.
func (f *Release) Steps() map[thn.Step]*string {
	return map[thn.Step]*string{thn.StepAtRisk: &f.AtRisk, thn.StepOffered: &f.Offered, thn.StepTrained: &f.Trained, thn.StepAccepted: &f.Accepted,
		thn.StepInProperty: &f.InProperty, thn.StepHandedOver: &f.HandedOver}
}

// Reasons gives the answers by reason, as typed.
func (f *Release) Reasons() map[thn.DropOut]*string {
	return map[thn.DropOut]*string{"declined": &f.Declined, "court_release": &f.CourtRelease, "short_notice": &f.ShortNotice, "no_trained_staff": &f.NoTrainedStaff,
		"no_stock": &f.NoStock, "transferred": &f.Transferred, "refused_previously": &f.RefusedPreviously, "unknown": &f.Unknown}
}

// ToDomain makes the month. A step above the one before it is said beside the
// step, with both numbers, until somebody ticks that they have checked it.
func (f Release) ToDomain() (thn.Release, error) {
	var r reader
	x := thn.Release{ID: thn.ID(f.ID), Site: thn.ID(f.Site), Month: r.month("month", "releases.month", f.Month), Definition: thn.RiskDefinition(f.Definition),
		Total: r.kept("total", "releases.total", f.Total), Unplanned: r.kept("unplanned", "releases.unplanned", f.Unplanned), Reached: map[thn.Step]int{}}
	steps, reasons := f.Steps(), f.Reasons()
	for _, s := range thn.Steps {
		if n := r.kept(string(s), "code.release_step."+string(s), *steps[s]); n != thn.NotRecorded {
			x.Reached[s] = n
		}
	}
	for _, d := range thn.DropOuts {
		n := r.kept(string(d), "code.drop_out."+string(d), *reasons[d])
		if n != thn.NotRecorded && x.DropOuts == nil {
			x.DropOuts = map[thn.DropOut]int{}
		}
		if n != thn.NotRecorded {
			x.DropOuts[d] = n
		}
	}
	s, grows := x.Growing()
	if x.Grows = grows && f.Grows == "yes"; grows && !x.Grows && len(r.wrong) == 0 {
		before := x.Before(s)
		r.wrong = append(r.wrong, fault.Field{Name: string(s), Key: "releases.step_grows", Args: map[string]any{"Step": fault.Label("code.release_step." + string(s)),
			"N": x.At(s), "Before": fault.Label("code.release_step." + string(before)), "Last": x.At(before)}})
	}
	return x, r.err("month of releases")
}

// ReleaseOf fills the form with a month that is to be corrected, under the id of
// its new version.
func ReleaseOf(x thn.Release, id thn.ID) Release {
	f := Release{ID: string(id), Corrects: string(x.ID), Site: string(x.Site), Month: monthText(x.Month), Definition: string(x.Definition), Total: keptText(x.Total), Unplanned: keptText(x.Unplanned)}
	for s, answer := range f.Steps() {
		*answer = keptText(x.At(s))
	}
	for d, answer := range f.Reasons() {
		if n, ok := x.DropOuts[d]; ok {
			*answer = keptText(n)
		}
	}
	if x.Grows {
		f.Grows = "yes"
	}
	return f
}

// LeaveBehind is the form for an ambulance service's month of calls.
type LeaveBehind struct {
	ID          string `form:"id" label:"releases.month" validate:"required,id"`
	Corrects    string `form:"corrects" label:"releases.month" validate:"omitempty,id"`
	Site        string `form:"site" label:"leave.service" validate:"required,id"`
	Month       string `form:"month" label:"releases.month" validate:"required"`
	Eligible    string `form:"eligible" label:"report.call.eligible" validate:"required"`
	LeftPatient string `form:"left_patient"`
	LeftOther   string `form:"left_other"`
	Declined    string `form:"declined"`
	NoStock     string `form:"no_stock"`
	NotOffered  string `form:"not_offered"`
	Registered  string `form:"registered"`
	FollowUp    string `form:"follow_up"`
}

// LeaveCounts names the counts in the order people read them.
var LeaveCounts = []string{"eligible", "left_patient", "left_other", "declined", "no_stock", "not_offered", "registered", "follow_up"}

// Answers gives the answers in the order of LeaveCounts, as typed.
func (f *LeaveBehind) Answers() []*string {
	return []*string{&f.Eligible, &f.LeftPatient, &f.LeftOther, &f.Declined, &f.NoStock, &f.NotOffered, &f.Registered, &f.FollowUp}
}

// ToDomain makes the month. More kits left than eligible calls is refused.
func (f LeaveBehind) ToDomain() (thn.LeaveBehind, error) {
	var r reader
	var n [8]int
	for i, answer := range f.Answers() {
		n[i] = r.kept(LeaveCounts[i], "report.call."+LeaveCounts[i], *answer)
	}
	x := thn.LeaveBehind{ID: thn.ID(f.ID), Site: thn.ID(f.Site), Month: r.month("month", "releases.month", f.Month), Eligible: n[0], LeftPatient: n[1], LeftOther: n[2],
		Declined: n[3], NoStock: n[4], NotOffered: n[5], Registered: n[6], FollowUp: n[7]}
	if x.Left() > x.Eligible && len(r.wrong) == 0 {
		r.wrong = append(r.wrong, fault.Field{Name: "left_patient", Key: "leave.above", Args: map[string]any{"Left": x.Left(), "Eligible": x.Eligible}})
	}
	return x, r.err("month of calls")
}

// LeaveBehindOf fills the form with a month that is to be corrected.
func LeaveBehindOf(x thn.LeaveBehind, id thn.ID) LeaveBehind {
	f := LeaveBehind{ID: string(id), Corrects: string(x.ID), Site: string(x.Site), Month: monthText(x.Month)}
	for i, answer := range f.Answers() {
		*answer = keptText(x.Counts()[i])
	}
	return f
}

// kept reads a count that may be left open, which is not recorded.
func (r *reader) kept(name, label, text string) int {
	if text == "" {
		return thn.NotRecorded
	}
	return r.small(name, label, text)
}

func keptText(n int) string {
	if n == thn.NotRecorded {
		return ""
	}
	return fmt.Sprint(n)
}

// month reads a month as the list offers it, 2026-03.
func (r *reader) month(name, label, text string) thn.Date {
	d, err := thn.ParseDate(text + "-01")
	if err != nil {
		r.refuse(name, "form.list", label)
	}
	return d
}

func monthText(d thn.Date) string { return d.String()[:len("2026-03")] }
