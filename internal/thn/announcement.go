package thn

import (
	"fmt"
	"slices"
)

// Announcement says beforehand on which day an edition about a period will appear.
// It is never changed: another one about the same period and audience takes over,
// says why, and the older ones stay as history. Days are those of UTC, as the hours
// at which editions open are.
type Announcement struct {
	Programme ID
	ID        ID
	Number    int    // counts up within a programme, from 1; set by the ledger
	Country   string // of the programme
	Audience  Readership
	Period    Period
	Appears   Date   // zero: it will not appear
	Reason    string // why the day is another one than was said before; empty on the first
	Announced Date   // the day on which this was said
}

// About tells whether two announcements are of the same edition.
func (a Announcement) About(b Announcement) bool {
	return a.Programme == b.Programme && a.Audience == b.Audience && a.Period == b.Period
}

// Check tells what is impossible about an announcement.
func (a Announcement) Check() error {
	switch {
	case a.ID == "" || a.Programme == "" || a.Country == "" || a.Announced.IsZero():
		return fmt.Errorf("an announcement names its id, its programme and country, and its day")
	case !a.Period.From.Before(a.Period.To):
		return fmt.Errorf("an announcement is about a period")
	case !slices.Contains(Readerships, a.Audience):
		return fmt.Errorf("nobody reads as %q", a.Audience)
	case a.Appears.IsZero() && a.Reason == "":
		return fmt.Errorf("whoever takes an announcement back says why")
	case len([]rune(a.Reason)) > LongestReason:
		return fmt.Errorf("the reason is too long")
	}
	return nil
}
