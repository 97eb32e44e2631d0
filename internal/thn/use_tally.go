package thn

// The groups of uses beside those that distributions share (month, area, site,
// product). Some speak of the incident, some of a person in it, some of an
// administration.
const (
	ByToldMonth Group = "told_month" // the month of the report
	ByReporter  Group = "reporter"
	ByPlace     Group = "place"
	ByAmbulance Group = "ambulance"
	ByBreathing Group = "breathing"
	ByHospital  Group = "hospital"
	ByDoses     Group = "doses"   // of the incident: one of DoseBands
	ByOutcome   Group = "outcome" // of a person
	ByRelation  Group = "relation"
	ByGiven     Group = "given" // to a person: yes or no
	ByGiver     Group = "giver"
)

// DoseBand is how many doses an incident took.
type DoseBand string

// The bands. None is an incident at which naloxone was given to nobody.
const (
	OneDose       DoseBand = "one"
	TwoDoses      DoseBand = "two"
	MoreDoses     DoseBand = "more"
	DosesNotKnown DoseBand = "not_known"
	NoDoses       DoseBand = "none"
)

// DoseBands lists those of incidents at which naloxone was given.
var DoseBands = []DoseBand{OneDose, TwoDoses, MoreDoses, DosesNotKnown}

// UseQuery asks for counts of a programme's current uses. Nil lists mean no
// filter; an empty, non-nil list matches nothing.
type UseQuery struct {
	Programme ID
	Period    Period
	Told      bool // the period is of the report, not of the event
	Areas     []ID
	Sites     []ID
	Givers    []Giver // only what they gave, and the incidents and persons they gave it at
	Groups    []Group
}

// UseCell counts the four levels apart; none is ever added to another, or to
// kits given out. By a group that speaks of persons or administrations, an
// incident is counted in each cell that it has a part in, so that only the
// persons, or the administrations, of such cells add up.
type UseCell struct {
	Keys            map[Group]string
	Incidents       int64
	Given           int64 // incidents at which naloxone was given to somebody
	Persons         int64
	Administrations int64
	Doses           int64 // where their number is known
}

// ToldUse is a report of a use with what the ledger knows of it.
type ToldUse struct {
	Use
	Hour string // when this version was received, UTC, to the hour
}
