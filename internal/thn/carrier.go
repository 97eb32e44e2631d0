package thn

import "slices"

// Carrier is how things stand with one responder's own naloxone on a day, as
// their records tell. It is somebody by a random id, never by name or number.
type Carrier struct {
	ID      ID
	Site    ID // the station of the newest record
	Area    ID
	Trained Date // the newest training; zero: none recorded
	Due     Date // when it has to be refreshed; zero: not recorded
	Issued  Date // the kit that they hold; zero: they hold none
	Expiry  Date // its last day; zero: not recorded
	Last    CarriageStatus
	LastDay Date
}

// Holds tells whether the carrier has a kit, in date or not.
func (c Carrier) Holds() bool { return !c.Issued.IsZero() && c.Last != CarriageLeftPost }

// InDate tells whether the kit they hold may be used on the day. A kit without a
// recorded expiry is not counted as in date: nobody can say that it is.
func (c Carrier) InDate(on Date) bool { return c.Holds() && !c.Expiry.IsZero() && !c.Expiry.Before(on) }

// Expired tells whether the carrier's kit has passed its date and was not yet
// replaced, whether it was put aside or not.
func (c Carrier) Expired(on Date) bool {
	return c.InPost() && (c.Last == CarriageExpired || c.Holds() && !c.Expiry.IsZero() && c.Expiry.Before(on))
}

// InPost tells whether the carrier still counts as an officer.
func (c Carrier) InPost() bool { return c.Last != CarriageLeftPost }

// withinDay is the order in which things happen on one day: an old kit goes
// before a new one comes.
var withinDay = []CarriageStatus{CarriageTrained, CarriageLost, CarriageExpired, CarriageReturned, CarriageIssued, CarriageReplaced, CarriageLeftPost}

// Carriers follows each carrier through their records up to a day, that day
// included. A replaced kit is the same officer with another kit; expired, lost
// and returned leave them without one.
func Carriers(events []Carriage, on Date) []Carrier {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b Carriage) int {
		if a.Day != b.Day {
			return b.Day.DaysUntil(a.Day)
		}
		return slices.Index(withinDay, a.Status) - slices.Index(withinDay, b.Status)
	})
	at := map[ID]int{}
	var list []Carrier
	for _, e := range events {
		if on.Before(e.Day) {
			continue
		}
		i, known := at[e.Carrier]
		if !known {
			i, at[e.Carrier] = len(list), len(list)
			list = append(list, Carrier{ID: e.Carrier})
		}
		list[i].follow(e)
	}
	return list
}

func (c *Carrier) follow(e Carriage) {
	c.Site, c.Area, c.Last, c.LastDay = e.Site, e.Area, e.Status, e.Day
	switch e.Status {
	case CarriageTrained:
		c.Trained, c.Due = e.Day, e.Due
	case CarriageIssued, CarriageReplaced:
		c.Issued, c.Expiry = e.Day, e.Expiry
	default:
		c.Issued, c.Expiry = Date{}, Date{}
	}
}
