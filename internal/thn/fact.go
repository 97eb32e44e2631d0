package thn

import "fmt"

// RecordKind says what a record of the ledger is about.
type RecordKind string

// The kinds of record. Totals, denominators and surveys have a way in of their own.
const (
	KindDistribution RecordKind = "distribution" // kits given out
	KindMovement     RecordKind = "movement"     // kits received, moved, counted, taken off
	KindUse          RecordKind = "use"          // an overdose at which a kit was used
	KindSession      RecordKind = "training"     // people shown what to do
	KindRelease      RecordKind = "release"      // a prison's month, from at risk to handed over
	KindCarriage     RecordKind = "carriage"     // naloxone that a responder carries for duty
	KindLeaveBehind  RecordKind = "leave_behind" // an ambulance service's month
	KindNilReturn    RecordKind = "nil_return"   // a site says that there was nothing
	KindTotal        RecordKind = "total"
	KindDenominator  RecordKind = "denominator"
	KindSurvey       RecordKind = "survey" // what a group of people answered
)

// Fact is what one record says, apart from its envelope. Facts are values: a
// correction is another fact under another id.
type Fact interface {
	// RecordKind says which of the kinds it is.
	RecordKind() RecordKind
	// RecordID is the id that makes sending it again harmless.
	RecordID() ID
	// Mentions lists what it names, for rules that need data.
	Mentions() Mentions
	// Stock is what it does to stock; nothing for most kinds.
	Stock() []StockEntry
	// Check tells what is impossible about it by itself.
	Check() error
}

// Mentions is what a fact names. Empty ids stand for what it leaves open.
type Mentions struct {
	Day      Date // the day that it is about; the first of the month where it is a month
	Sites    []ID // the site it belongs to comes first
	Products []ID
	Batches  []ID
	Bags     []ID
}

// Site is the site that the fact belongs to; empty when it has none.
func (m Mentions) Site() ID {
	if len(m.Sites) == 0 {
		return ""
	}
	return m.Sites[0]
}

// Monthly tells that a fact is a site's month, of which one record is current: a
// second would add up with the first.
func Monthly(f Fact) bool {
	return f.RecordKind() == KindRelease || f.RecordKind() == KindLeaveBehind
}

// FactQuery asks for the current facts of one kind. Nil lists mean no filter; an
// empty, non-nil list matches nothing. A zero end of the period is open.
type FactQuery struct {
	Programme ID
	Kind      RecordKind
	Period    Period
	Areas     []ID
	Sites     []ID
}

// Blank is a fact of a kind that says nothing but its id: what a void holds.
func Blank(kind RecordKind, id ID) (Fact, error) {
	switch kind {
	case KindDistribution:
		return Distribution{ID: id}, nil
	case KindMovement:
		return Movement{ID: id}, nil
	case KindUse:
		return Use{ID: id}, nil
	case KindSession:
		return Session{ID: id}, nil
	case KindRelease:
		return Release{ID: id}, nil
	case KindCarriage:
		return Carriage{ID: id}, nil
	case KindLeaveBehind:
		return LeaveBehind{ID: id}, nil
	case KindNilReturn:
		return NilReturn{ID: id}, nil
	}
	return nil, fmt.Errorf("no facts of kind %q", clip(string(kind)))
}

// RecordKind says that kits were given out.
func (d Distribution) RecordKind() RecordKind { return KindDistribution }

// RecordID gives the id.
func (d Distribution) RecordID() ID { return d.ID }

// Mentions lists what it names.
func (d Distribution) Mentions() Mentions {
	return Mentions{Day: d.Day, Sites: []ID{d.Site}, Products: []ID{d.Product}, Batches: []ID{d.Batch}, Bags: []ID{d.Bag}}
}

// Stock takes the kits off the shelf of the site, or out of the bag.
func (d Distribution) Stock() []StockEntry {
	at := Holder{Site: d.Site}
	if d.Bag != "" {
		at = Holder{Bag: d.Bag}
	}
	return []StockEntry{{Day: d.Day, Holder: at, Product: d.Product, Batch: d.Batch, Kind: EntryGiven, Kits: -int(d.Kits())}}
}

// InArea gives a fact with the first-tier area set that its site lies in. Kinds
// that hold no area are given back as they are.
func InArea(f Fact, area ID) Fact {
	switch x := f.(type) {
	case Distribution:
		x.Area = area
		return x
	case Session:
		x.Area = area
		return x
	case Release:
		x.Area = area
		return x
	case Carriage:
		x.Area = area
		return x
	case LeaveBehind:
		x.Area = area
		return x
	case NilReturn:
		x.Area = area
		return x
	case Use:
		if x.Site != "" { // a file of an area's responders names the area itself
			x.Area = area
		}
		return x
	}
	return f
}

// WithID gives a fact under another id.
func WithID(f Fact, id ID) Fact {
	switch x := f.(type) {
	case Distribution:
		x.ID = id
		return x
	case Movement:
		x.ID = id
		return x
	case Use:
		x.ID = id
		return x
	case Session:
		x.ID = id
		return x
	case Release:
		x.ID = id
		return x
	case Carriage:
		x.ID = id
		return x
	case LeaveBehind:
		x.ID = id
		return x
	case NilReturn:
		x.ID = id
		return x
	}
	return f
}
