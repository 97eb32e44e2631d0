package thn

import "fmt"

// Method is how people were shown what to do.
type Method string

// Methods lists them.
var Methods = []Method{"brief_one_to_one", "group", "online", "peer_led"}

// Audience is who was there, by kind; people who use drugs are counted, never listed.
type Audience string

// Audiences lists them.
var Audiences = []Audience{"people_at_risk", "family_friends", "staff", "responders", "prison_staff", "prisoners", "public", "mixed"}

// Attendance is how many of one kind were there.
type Attendance struct {
	Audience Audience
	People   int
}

// MaxAttendance bounds one kind at one session.
const MaxAttendance = 999

// Session is the fact that people were trained. Kits given out at it are records
// of their own.
type Session struct {
	ID         ID
	Day        Date
	Site       ID
	Area       ID // the first-tier area of the site when it was recorded
	Setting    Setting
	Method     Method
	Trainer    Supplier // the role of whoever trained, never their name
	Attendance []Attendance
}

// RecordKind says that people were trained.
func (s Session) RecordKind() RecordKind { return KindSession }

// RecordID gives the id.
func (s Session) RecordID() ID { return s.ID }

// Mentions lists what it names.
func (s Session) Mentions() Mentions { return Mentions{Day: s.Day, Sites: []ID{s.Site}} }

// Stock is nothing: kits given out at a session are distributions.
func (s Session) Stock() []StockEntry { return nil }

// People sums who was there.
func (s Session) People() (n int) {
	for _, a := range s.Attendance {
		n += a.People
	}
	return n
}

// Check tells what is impossible about the session itself.
func (s Session) Check() error {
	switch {
	case s.ID == "" || s.Site == "" || s.Area == "":
		return fmt.Errorf("a session names its id, site and area")
	case s.Day.IsZero():
		return fmt.Errorf("a session has a day")
	case len(s.Attendance) == 0:
		return fmt.Errorf("a session had somebody there")
	}
	seen := map[Audience]bool{}
	for _, a := range s.Attendance {
		if a.People < 1 || a.People > MaxAttendance || seen[a.Audience] {
			return fmt.Errorf("each audience once, with 1 to %d people", MaxAttendance)
		}
		seen[a.Audience] = true
	}
	return nil
}

// TrainingGroup is a way to split sums of sessions.
type TrainingGroup string

// The ways to split. Month is 202603; every other key is an id or a code.
const (
	TrainingByMonth    TrainingGroup = "month"
	TrainingByArea     TrainingGroup = "area"
	TrainingBySite     TrainingGroup = "site"
	TrainingByAudience TrainingGroup = "audience"
	TrainingByMethod   TrainingGroup = "method"
)

// TrainingGroups lists them.
var TrainingGroups = []TrainingGroup{TrainingByMonth, TrainingByArea, TrainingBySite, TrainingByAudience, TrainingByMethod}

// TrainingQuery asks for sums over a programme's current sessions. Nil lists mean
// no filter; an empty, non-nil list matches nothing.
type TrainingQuery struct {
	Programme ID
	Period    Period
	Areas     []ID // the areas themselves: the caller adds what lies below
	Sites     []ID
	Groups    []TrainingGroup
}

// TrainingCell is one sum. A session with several audiences is one session in
// the cell of each. People are attendances: nobody is told apart from anybody.
type TrainingCell struct {
	Keys     map[TrainingGroup]string
	Sessions int64
	People   int64
}
