package thn

import "fmt"

// NotRecorded stands in a count that nobody kept. It is not zero.
const NotRecorded = -1

// Step is one step of the release cascade.
type Step string

// Steps lists them in order: each is at most the one before.
var Steps = []Step{StepAtRisk, StepOffered, StepTrained, StepAccepted, StepInProperty, StepHandedOver}

// The steps from being at risk to leaving with a kit in hand.
const (
	StepAtRisk     Step = "at_risk"
	StepOffered    Step = "offered"
	StepTrained    Step = "trained"
	StepAccepted   Step = "accepted"
	StepInProperty Step = "in_property"
	StepHandedOver Step = "handed_over"
)

// DropOut is why somebody at risk left without a kit.
type DropOut string

// DropOuts lists the reasons.
var DropOuts = []DropOut{"declined", "court_release", "short_notice", "no_trained_staff", "no_stock", "transferred", "refused_previously", "unknown"}

// RiskDefinition is how a prison tells who is at risk.
type RiskDefinition string

// RiskDefinitions lists them.
var RiskDefinitions = []RiskDefinition{"opioid_treatment", "reception_test", "self_report", "other"}

// Release is a prison's month: how many left, how many of them were at risk, and
// how far each got towards leaving with a kit. It counts releases, not people,
// and never holds a prison number. Counts may be NotRecorded.
type Release struct {
	ID         ID
	Site       ID // the establishment
	Area       ID
	Month      Date // its first day
	Definition RiskDefinition
	Total      int // all releases
	Unplanned  int // of them, unplanned or from court
	Reached    map[Step]int
	DropOuts   map[DropOut]int
	Grows      bool // somebody confirmed a step above the one before it
}

// RecordKind says that it is a month of releases.
func (r Release) RecordKind() RecordKind { return KindRelease }

// RecordID gives the id.
func (r Release) RecordID() ID { return r.ID }

// Mentions lists what it names.
func (r Release) Mentions() Mentions { return Mentions{Day: r.Month, Sites: []ID{r.Site}} }

// Stock is nothing: kits handed over at the gate are distributions.
func (r Release) Stock() []StockEntry { return nil }

// At gives the count of a step, NotRecorded where nobody kept it.
func (r Release) At(s Step) int {
	if n, ok := r.Reached[s]; ok {
		return n
	}
	return NotRecorded
}

// Growing gives the first step above the last recorded one before it.
func (r Release) Growing() (Step, bool) {
	last := NotRecorded
	for _, s := range Steps {
		n := r.At(s)
		if n == NotRecorded {
			continue
		}
		if last != NotRecorded && n > last {
			return s, true
		}
		last = n
	}
	return "", false
}

// Before gives the last recorded step before a step; the step itself when there is none.
func (r Release) Before(s Step) Step {
	last := s
	for _, x := range Steps {
		if x == s {
			break
		}
		if r.At(x) != NotRecorded {
			last = x
		}
	}
	return last
}

// Check tells what is impossible about the month itself. A step above the one
// before is possible (a kit accepted by somebody who was never offered one is a
// gap in the books) but has to be confirmed.
func (r Release) Check() error {
	switch {
	case r.ID == "" || r.Site == "" || r.Area == "":
		return fmt.Errorf("a month of releases names its id, establishment and area")
	case r.Month.IsZero() || r.Month.Day() != 1:
		return fmt.Errorf("a month is kept as its first day")
	case r.At(StepAtRisk) < 0:
		return fmt.Errorf("a month of releases counts the releases at risk")
	case r.Total < NotRecorded || r.Unplanned < NotRecorded:
		return fmt.Errorf("counts are 0 or more")
	}
	for _, s := range Steps {
		if r.At(s) < NotRecorded {
			return fmt.Errorf("counts are 0 or more")
		}
	}
	for _, n := range r.DropOuts {
		if n < 0 {
			return fmt.Errorf("counts are 0 or more")
		}
	}
	if s, grows := r.Growing(); grows && !r.Grows {
		return fmt.Errorf("%s is above the step before it", s)
	}
	return nil
}
