package thn

import "fmt"

// LongestTarget is the largest level that a target can have, in thousandths.
const LongestTarget = 1_000_000_000

// Target is a level that a programme has set itself for an indicator: what
// figures are read against, never a mark for whoever records them. It is not
// edited: a later one for the same place takes over from its first day, and the
// earlier one still holds for the time before.
type Target struct {
	ID          ID
	Indicator   string // its key
	Area        ID     // empty: every place of the programme
	Thousandths int64  // the level in the unit of the indicator, ×1000, so that 12.5 is exact
	From        Date   // the first day it holds
	Until       Date   // zero: until another takes over; the day itself is not included
	Source      string // where it was decided
	URL         string
}

// Check tells what is impossible about a target.
func (t Target) Check() error {
	switch {
	case t.ID == "" || t.Indicator == "" || t.Source == "":
		return fmt.Errorf("a target names its id, indicator and source")
	case t.Thousandths < 1 || t.Thousandths > LongestTarget:
		return fmt.Errorf("a target is above zero")
	case t.From.IsZero() || !t.Until.IsZero() && t.Until.Before(t.From):
		return fmt.Errorf("a target holds from a day, and ends after it")
	}
	return nil
}

// HoldsOn tells whether the target holds on a day, unless a later one does.
func (t Target) HoldsOn(d Date) bool {
	return !d.Before(t.From) && (t.Until.IsZero() || d.Before(t.Until))
}
