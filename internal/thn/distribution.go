package thn

import "fmt"

// Kits counts whole kits handed out. Doses are computed from the product; they
// are never stored. Nothing below the page layer turns kits into a float.
type Kits int

// MaxKits is the most kits one line of a record may hold; more is a period total.
const MaxKits = 99

// Line is one answer of a distribution: this many people of this kind took this
// many kits. A record for one person has one line for each reason; a group is
// one record with a line for each tally.
type Line struct {
	Recipient Recipient
	Supply    Supply
	Reason    Reason // empty unless Supply is repeat
	People    int    // 1 or more
	Kits      Kits   // People or more would be usual; 1 or more is the rule

	// What only some programmes ask; empty: not asked. They are left out of the
	// content when empty, so that a record of before keeps its digest.
	AgeBand  AgeBand        `json:"age_band,omitempty"`
	Gender   Gender         `json:"gender,omitempty"`
	Carriage CarriageAnswer `json:"carriage,omitempty"` // of somebody who had a kit before
}

// Check tells what is impossible about a line.
func (l Line) Check() error {
	switch {
	case l.Kits < 1 || l.Kits > MaxKits:
		return fmt.Errorf("kits must be 1 to %d, not %d", MaxKits, l.Kits)
	case l.People < 1 || l.People > MaxKits:
		return fmt.Errorf("people must be 1 to %d, not %d", MaxKits, l.People)
	case l.Supply == SupplyRepeat && l.Reason == "":
		return fmt.Errorf("a repeat supply carries a reason, even if it is not asked")
	case l.Supply != SupplyRepeat && l.Reason != "":
		return fmt.Errorf("only a repeat supply carries a reason")
	case l.Carriage != "" && !l.Supply.Again():
		return fmt.Errorf("only somebody who had a kit before can say where it is")
	}
	return l.checkAsked()
}

// Distribution is the fact that kits were given out: where, which and what kind
// of recipient, on a day. It never holds who. Its id makes it idempotent.
type Distribution struct {
	ID       ID
	Day      Date
	Site     ID
	Area     ID // the first-tier area of the site when it was recorded
	Setting  Setting
	Supplier Supplier
	Channel  Channel
	Product  ID
	Batch    ID // empty: the lot was not recorded
	Training Training
	Lines    []Line
	Bag      ID       `json:",omitempty"` // the bag that the kits came out of; empty: the shelf of the site
	Recorder Supplier `json:",omitempty"` // the role of a colleague who wrote it down; empty: whoever gave the kits
}

// Check tells what is impossible about the record itself; rules that need time,
// people or other data live in package intake.
func (d Distribution) Check() error {
	switch {
	case d.ID == "" || d.Site == "" || d.Area == "" || d.Product == "":
		return fmt.Errorf("a distribution names its id, site, area and product")
	case d.Day.IsZero():
		return fmt.Errorf("a distribution has a day")
	case len(d.Lines) == 0 || len(d.Lines) > 40:
		return fmt.Errorf("a distribution has 1 to 40 lines, not %d", len(d.Lines))
	}
	for i, l := range d.Lines {
		if err := l.Check(); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

// Kits sums the kits of the record.
func (d Distribution) Kits() Kits {
	var n Kits
	for _, l := range d.Lines {
		n += l.Kits
	}
	return n
}

// People sums the people of the record.
func (d Distribution) People() int {
	n := 0
	for _, l := range d.Lines {
		n += l.People
	}
	return n
}

// Outcome is the one answer each submitted record gets.
type Outcome string

// The outcomes. A sender lets go of a record on the first three.
const (
	Stored    Outcome = "stored"    // it is in the ledger
	Duplicate Outcome = "duplicate" // the same content was there already
	Held      Outcome = "held"      // kept for a person to decide
	Retry     Outcome = "retry"     // nothing is known; send it again
)

// Submission is a record on its way into the ledger, with who sent it.
type Submission struct {
	Programme ID
	By        ID // the account that recorded it
	Record    Fact
	Corrects  ID        // the version this one replaces, if any
	Void      bool      // this version takes the record out; Record is Blank
	Why       string    // code of the reason for a correction or void
	HandOver  *HandOver `json:",omitempty"` // kits for another programme: announced to it in the same transaction
	Settles   *Decision `json:"-"`          // what was held that it comes of, if anything; no part of its content
	For       ID        `json:"-"`          // the account of a colleague that it was written down for; no part of its content, as By is none
}

// Why codes for corrections and voids.
const (
	WhyUndo    = "undo"
	WhyMistake = "mistake"
	WhyTwin    = "twin" // a person decided whether two reports are of one event
)

// Envelope is what the ledger knows about a version apart from its facts.
type Envelope struct {
	Kind       RecordKind
	Corrects   ID
	By         ID
	Void       bool
	Superseded bool
	Next       ID     // the version that replaced it, if any
	Hour       string // when it was received, UTC, to the hour
}
