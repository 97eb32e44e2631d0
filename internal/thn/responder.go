package thn

import (
	"fmt"
	"slices"
)

// CarriageStatus is what became of a responder's own naloxone.
type CarriageStatus string

// CarriageStatuses lists them.
var CarriageStatuses = []CarriageStatus{CarriageTrained, CarriageIssued, CarriageReplaced, CarriageReturned, CarriageExpired, CarriageLost, CarriageLeftPost}

// The statuses. Trained, issued and in date are three numbers; a replaced kit is
// not another officer.
const (
	CarriageTrained  CarriageStatus = "trained"
	CarriageIssued   CarriageStatus = "issued"
	CarriageReplaced CarriageStatus = "replaced"
	CarriageReturned CarriageStatus = "returned"
	CarriageExpired  CarriageStatus = "expired"
	CarriageLost     CarriageStatus = "lost"
	CarriageLeftPost CarriageStatus = "left_post"
)

// ResponderSettings are the kinds of site whose staff carry naloxone for duty.
var ResponderSettings = []Setting{"police", "fire", "ambulance", "prison"}

// Carriage is one thing that happened to one responder's own naloxone. It is
// never a distribution. Carrier is a random id of the organisation's own, kept
// out of every export; no collar number, no name.
type Carriage struct {
	ID      ID
	Day     Date
	Site    ID // the station or unit
	Area    ID
	Carrier ID
	Status  CarriageStatus
	Product ID   `json:",omitempty"`
	Batch   ID   `json:",omitempty"`
	Expiry  Date // of the kit issued, where the batch is not registered
	Due     Date // when training has to be refreshed
}

// RecordKind says that it is about a responder's own naloxone.
func (c Carriage) RecordKind() RecordKind { return KindCarriage }

// RecordID gives the id.
func (c Carriage) RecordID() ID { return c.ID }

// Mentions lists what it names.
func (c Carriage) Mentions() Mentions {
	return Mentions{Day: c.Day, Sites: []ID{c.Site}, Products: []ID{c.Product}, Batches: []ID{c.Batch}}
}

// Stock is nothing: what a station takes from stock for duty is a movement.
func (c Carriage) Stock() []StockEntry { return nil }

// Gives tells whether the carrier leaves it with a kit.
func (c Carriage) Gives() bool { return c.Status == CarriageIssued || c.Status == CarriageReplaced }

// Check tells what is impossible about it.
func (c Carriage) Check() error {
	switch {
	case c.ID == "" || c.Site == "" || c.Area == "" || c.Carrier == "":
		return fmt.Errorf("a carriage record names its id, station, area and carrier")
	case c.Day.IsZero():
		return fmt.Errorf("a carriage record has a day")
	case !slices.Contains(CarriageStatuses, c.Status):
		return fmt.Errorf("no carriage status %q", clip(string(c.Status)))
	case !c.Expiry.IsZero() && c.Expiry.Before(c.Day) && c.Gives():
		return fmt.Errorf("a kit is not issued after its expiry")
	}
	return nil
}

// LeaveBehind is an ambulance service's month of calls to an overdose at which a
// kit could have been left. Counts may be NotRecorded.
type LeaveBehind struct {
	ID          ID
	Site        ID
	Area        ID
	Month       Date // its first day
	Eligible    int
	LeftPatient int
	LeftOther   int // to somebody who was there
	Declined    int
	NoStock     int
	NotOffered  int
	Registered  int // kits registered by whoever got them
	FollowUp    int // accepted that a peer calls
}

// RecordKind says that it is a month of calls.
func (l LeaveBehind) RecordKind() RecordKind { return KindLeaveBehind }

// RecordID gives the id.
func (l LeaveBehind) RecordID() ID { return l.ID }

// Mentions lists what it names.
func (l LeaveBehind) Mentions() Mentions { return Mentions{Day: l.Month, Sites: []ID{l.Site}} }

// Stock is nothing: kits left are distributions of the ambulance service.
func (l LeaveBehind) Stock() []StockEntry { return nil }

// Counts gives the counts by their code, in the order people read them.
func (l LeaveBehind) Counts() []int {
	return []int{l.Eligible, l.LeftPatient, l.LeftOther, l.Declined, l.NoStock, l.NotOffered, l.Registered, l.FollowUp}
}

// Left is how many calls ended with a kit left.
func (l LeaveBehind) Left() int { return max(0, l.LeftPatient) + max(0, l.LeftOther) }

// Check tells what is impossible about the month.
func (l LeaveBehind) Check() error {
	switch {
	case l.ID == "" || l.Site == "" || l.Area == "":
		return fmt.Errorf("a month of calls names its id, service and area")
	case l.Month.IsZero() || l.Month.Day() != 1:
		return fmt.Errorf("a month is kept as its first day")
	case l.Eligible < 0:
		return fmt.Errorf("a month of calls counts the eligible ones")
	}
	for _, n := range l.Counts() {
		if n < NotRecorded {
			return fmt.Errorf("counts are 0 or more")
		}
	}
	if l.Left() > l.Eligible {
		return fmt.Errorf("no more kits are left than there were eligible calls")
	}
	return nil
}

// NilReturn is a site's word that it had nothing to report of a kind of record
// in a month. A nil return is a report; silence is not.
type NilReturn struct {
	ID    ID
	Site  ID
	Area  ID
	Month Date // its first day
	About RecordKind
}

// RecordKind says that it is a nil return.
func (n NilReturn) RecordKind() RecordKind { return KindNilReturn }

// RecordID gives the id.
func (n NilReturn) RecordID() ID { return n.ID }

// Mentions lists what it names.
func (n NilReturn) Mentions() Mentions { return Mentions{Day: n.Month, Sites: []ID{n.Site}} }

// Stock is nothing.
func (n NilReturn) Stock() []StockEntry { return nil }

// Check tells what is impossible about it.
func (n NilReturn) Check() error {
	switch {
	case n.ID == "" || n.Site == "" || n.Area == "":
		return fmt.Errorf("a nil return names its id, site and area")
	case n.Month.IsZero() || n.Month.Day() != 1:
		return fmt.Errorf("a month is kept as its first day")
	case n.About != KindDistribution && n.About != KindUse && n.About != KindSession:
		return fmt.Errorf("nil returns are for distributions, uses and trainings")
	}
	return nil
}
