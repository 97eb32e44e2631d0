package form

import (
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Training is the form for a training session: where, how, by whom as a role,
// and a count for each kind of people. A blank count is none.
type Training struct {
	ID            string `form:"id" label:"give.day" validate:"required,id"`
	Site          string `form:"site" label:"training.site" validate:"required,id"`
	Day           string `form:"day" label:"give.day" validate:"required,oneof=today yesterday other"`
	DayDay        string `form:"day-day"`
	DayMonth      string `form:"day-month"`
	DayYear       string `form:"day-year"`
	Method        string `form:"method" label:"training.method" validate:"required,method"`
	Trainer       string `form:"trainer" label:"training.trainer" validate:"required,supplier"`
	PeopleAtRisk  string `form:"people_at_risk"`
	FamilyFriends string `form:"family_friends"`
	Staff         string `form:"staff"`
	Responders    string `form:"responders"`
	PrisonStaff   string `form:"prison_staff"`
	Prisoners     string `form:"prisoners"`
	Public        string `form:"public"`
	Mixed         string `form:"mixed"`
	Do            string `form:"do"`
	Step          string `form:"step"`
}

// Counts gives the counts by audience, as typed.
func (f *Training) Counts() map[thn.Audience]*string {
	return map[thn.Audience]*string{"people_at_risk": &f.PeopleAtRisk, "family_friends": &f.FamilyFriends, "staff": &f.Staff, "responders": &f.Responders,
		"prison_staff": &f.PrisonStaff, "prisoners": &f.Prisoners, "public": &f.Public, "mixed": &f.Mixed}
}

// ToDomain makes the session.
func (f Training) ToDomain(today thn.Date) (thn.Session, error) {
	day, err := chosenDay(f.Day, Day{f.DayDay, f.DayMonth, f.DayYear}, today)
	if err != nil {
		return thn.Session{}, err
	}
	s := thn.Session{ID: thn.ID(f.ID), Day: day, Site: thn.ID(f.Site), Method: thn.Method(f.Method), Trainer: thn.Supplier(f.Trainer)}
	var wrong []fault.Field
	for _, audience := range thn.Audiences {
		text := *f.Counts()[audience]
		if text == "" || text == "0" {
			continue
		}
		n, err := Count(text)
		if err != nil || n > thn.MaxAttendance {
			wrong = append(wrong, fault.Field{Name: string(audience), Key: "form.range",
				Args: map[string]any{"Field": fault.Label("code.audience." + string(audience)), "Min": "0", "Max": strconv.Itoa(thn.MaxAttendance)}})
			continue
		}
		if n > 0 {
			s.Attendance = append(s.Attendance, thn.Attendance{Audience: audience, People: n})
		}
	}
	if len(s.Attendance) == 0 && len(wrong) == 0 {
		wrong = append(wrong, fault.Field{Name: string(thn.Audiences[0]), Key: "training.none"})
	}
	return s, fault.Fields("training", wrong...)
}

// Trained is the form for a day on which somebody of the staff was trained.
type Trained struct {
	ID       string `form:"id" label:"staff.day" validate:"required,id"`
	DayDay   string `form:"day-day"`
	DayMonth string `form:"day-month"`
	DayYear  string `form:"day-year"`
}

// Day is the day as answered.
func (f Trained) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// ToDomain makes the training; whose it is and when it falls due is not asked.
func (f Trained) ToDomain() (thn.StaffTraining, error) {
	var r reader
	t := thn.StaffTraining{ID: thn.ID(f.ID), Day: r.mustDay("day", "staff.day", f.Day())}
	return t, r.err("staff training")
}
