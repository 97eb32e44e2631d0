package form

import (
	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// UseWhen is where and when of a use, as both forms ask it. Every answer may
// stay open; an open one was not asked.
type UseWhen struct {
	ID        string `form:"id" label:"used.when" validate:"required,id"`
	Site      string `form:"site" label:"used.site" validate:"required,id"`
	When      string `form:"when" label:"used.when" validate:"omitempty,oneof=this last other"`
	WhenDay   string `form:"month-day"`
	WhenMonth string `form:"month-month"`
	WhenYear  string `form:"month-year"`
	Ambulance string `form:"ambulance" label:"used.ambulance" validate:"omitempty,answer"`
	Breathing string `form:"breathing" label:"used.breathing" validate:"omitempty,answer"`
	Hospital  string `form:"hospital" label:"used.hospital" validate:"omitempty,answer"`
	Place     string `form:"place" label:"used.place" validate:"omitempty,place"`
	Reporter  string `form:"reporter" label:"used.reporter" validate:"omitempty,reporter"`
}

// Use is the form of five questions.
type Use struct {
	UseWhen
	Giver       string `form:"giver" label:"used.giver" validate:"omitempty,giver"`
	Doses       string `form:"doses" label:"used.doses" validate:"omitempty,oneof=1 2 more not_known"`
	DosesNumber string `form:"doses_number"`
	Outcome     string `form:"outcome" label:"used.outcome" validate:"omitempty,outcome"`
	Relation    string `form:"relation" label:"used.relation" validate:"omitempty,relation"`
	Product     string `form:"product" label:"used.product" validate:"omitempty,id"`
	Do          string `form:"do"`
}

// ToDomain makes a record of one person and one administration.
func (f Use) ToDomain(today thn.Date) (thn.Use, error) {
	u, wrong := f.base(today)
	doses, bad := f.doses()
	if wrong = append(wrong, bad...); len(wrong) > 0 {
		return u, fault.Fields("use", wrong...)
	}
	u.Persons = []thn.UsePerson{{Outcome: or(thn.Survival(f.Outcome), thn.SurvivalNotRecorded), Relation: or(thn.Relation(f.Relation), "not_asked"),
		Given: []thn.Administration{{Giver: or(thn.Giver(f.Giver), thn.GiverUnknown), Product: thn.ID(f.Product), Doses: doses, Response: "not_asked"}}}}
	return u, nil
}

// base is the incident, without its persons.
func (f UseWhen) base(today thn.Date) (thn.Use, []fault.Field) {
	u := thn.Use{ID: thn.ID(f.ID), Reported: today, Site: thn.ID(f.Site), Reporter: or(thn.Reporter(f.Reporter), "not_asked"), Place: or(thn.Place(f.Place), thn.PlaceNotAsked),
		Ambulance: or(thn.Answer(f.Ambulance), thn.AnswerNotAsked), Breathing: or(thn.Answer(f.Breathing), thn.AnswerNotAsked), Hospital: or(thn.Answer(f.Hospital), thn.AnswerNotAsked)}
	u.MonthOnly = true
	switch f.When {
	case "last":
		u.Event = today.AddMonths(-1)
	case "other":
		var err error
		if u.Event, u.MonthOnly, err = f.other(); err != nil {
			return u, []fault.Field{{Name: "when", Key: "used.month"}}
		}
	default:
		u.Event = today.FirstOfMonth()
	}
	return u, nil
}

// other reads a day, or a month where the day is left empty.
func (f UseWhen) other() (day thn.Date, monthOnly bool, err error) {
	answer := Day{f.WhenDay, f.WhenMonth, f.WhenYear}
	if monthOnly = f.WhenDay == ""; monthOnly {
		answer.Day = "1"
	}
	day, err = answer.Date()
	return day, monthOnly, err
}

// doses gives the number; 0 is not known. "3 or more" asks for the number, because
// none is made up.
func (f Use) doses() (int, []fault.Field) {
	switch f.Doses {
	case "1":
		return 1, nil
	case "2":
		return 2, nil
	case "more":
		n, err := Count(f.DosesNumber)
		if err != nil || n < 1 || n > thn.MaxDoses {
			return 0, []fault.Field{{Name: "doses", Key: "used.doses_range", Args: map[string]any{"Most": thn.MaxDoses}}}
		}
		return n, nil
	}
	return 0, nil
}

func or[C ~string](given, otherwise C) C {
	if given == "" {
		return otherwise
	}
	return given
}

// Twin is a decision about two reports: one of the two buttons names the other.
type Twin struct {
	ID     string `form:"id" label:"twins.later" validate:"required,id"` // of the version that keeps the decision
	Record string `form:"record" label:"twins.later" validate:"required,id"`
	Same   string `form:"same" label:"twins.same" validate:"required_without=Apart,omitempty,id"`
	Apart  string `form:"apart" label:"twins.apart" validate:"omitempty,id"`
}

// Undo takes out a record of today: the record, and the id of the version that
// does it.
type Undo struct {
	ID   string `form:"id" label:"used.saved_label" validate:"required,id"`
	Void string `form:"void" label:"used.saved_label" validate:"required,id"`
}
