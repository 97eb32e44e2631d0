package thn

import "fmt"

// Answer is a question that may be left open. Not asked is not unknown.
type Answer string

// Answers lists them.
var Answers = []Answer{AnswerYes, AnswerNo, AnswerUnknown, AnswerNotAsked}

// The answers that rules and figures name.
const (
	AnswerYes      Answer = "yes"
	AnswerNo       Answer = "no"
	AnswerUnknown  Answer = "unknown"
	AnswerNotAsked Answer = "not_asked"
)

// Survival is what became of a person to whom naloxone was given. The four are
// kept apart: "not known" was asked, "not recorded" was not.
type Survival string

// Survivals lists them.
var Survivals = []Survival{Survived, Died, SurvivalNotKnown, SurvivalNotRecorded}

// The outcomes of a use.
const (
	Survived            Survival = "survived"
	Died                Survival = "died"
	SurvivalNotKnown    Survival = "not_known"
	SurvivalNotRecorded Survival = "not_recorded"
)

// Giver is who gave naloxone, by kind.
type Giver string

// Givers lists them.
var Givers = []Giver{"lay", "self", "outreach", "staff", GiverPolice, "fire", "ambulance", "prison", "health_worker", "other", GiverUnknown}

// Responders are the givers who are on duty, for whom a station carries naloxone.
var Responders = []Giver{GiverPolice, "fire", "ambulance", "prison"}

// GiverPolice is a police officer.
const GiverPolice Giver = "police"

// GiverUnknown stands where it was not stated.
const GiverUnknown Giver = "unknown"

// Reporter is who told of the use, by kind.
type Reporter string

// Reporters lists them.
var Reporters = []Reporter{"recipient", "friend", "family", "partner", "bystander", "peer_worker", "staff", "police", "fire", "ambulance", "prison_staff", "other", "unknown", "not_asked"}

// Place is the kind of place, never the place.
type Place string

// Places lists the kinds.
var Places = []Place{"private_home", "supported_accommodation", "public_place", "service_premises", "prison_or_custody", "vehicle", "other", "unknown", PlaceNotAsked}

// PlaceNotAsked stands where it was not asked.
const PlaceNotAsked Place = "not_asked"

// Relation is what the person was to whoever told of it.
type Relation string

// Relations lists them.
var Relations = []Relation{"self", "friend", "partner", "family", "client", "stranger", "unknown", "not_asked"}

// Response is what the person did after naloxone, as responders record it.
type Response string

// Responses lists them.
var Responses = []Response{"alert", "sedated", "combative", "none", "unknown", "not_asked"}

// Use is the fact that naloxone was given at an overdose: an incident, the
// persons in it, what was given to each. A bystander's report has one person and
// one administration. It holds no place finer than the first tier and never who.
type Use struct {
	ID        ID
	Reported  Date // when it was told
	Event     Date // the day, or the first of the month where only the month is known
	MonthOnly bool // only the month of the event is known
	Site      ID   `json:",omitempty"` // where it was reported; empty for a file of an area's responders
	Area      ID   // first tier
	Reporter  Reporter
	Place     Place
	Ambulance Answer // was one called
	Breathing Answer // rescue breathing or CPR
	Hospital  Answer // taken to hospital
	Persons   []UsePerson
	NotTwin   ID `json:",omitempty"` // a person decided that this is not the same event as that record
	TwinOf    ID `json:",omitempty"` // a person decided that it is
}

// UsePerson is somebody at the incident, as far as figures need it.
type UsePerson struct {
	Outcome  Survival
	Relation Relation
	Given    []Administration // none: naloxone was not given to this person
}

// Administration is naloxone given by one giver to one person.
type Administration struct {
	Giver          Giver
	Product        ID  `json:",omitempty"`
	Batch          ID  `json:",omitempty"`
	Doses          int // 0: the number is not known
	DoseMicrograms int // strength of each dose; 0: not known
	Response       Response
}

// Bounds of one report; more is a slip of the finger, or of a file's key.
const (
	MaxDoses   = 40 // of one administration
	MaxGiven   = 40 // administrations to one person
	MaxPersons = 99
)

// RecordKind says that a kit was used.
func (u Use) RecordKind() RecordKind { return KindUse }

// RecordID gives the id.
func (u Use) RecordID() ID { return u.ID }

// Mentions lists what it names. Its day is the one on which it was told: the
// event may be older than the site.
func (u Use) Mentions() Mentions {
	m := Mentions{Day: u.Reported, Sites: []ID{u.Site}}
	for _, p := range u.Persons {
		for _, a := range p.Given {
			m.Products, m.Batches = append(m.Products, a.Product), append(m.Batches, a.Batch)
		}
	}
	return m
}

// Stock is nothing: the kit left stock when it was given out.
func (u Use) Stock() []StockEntry { return nil }

// Decided gives a new version of a fact what a person decided about the one
// before: a file knows nothing of twins.
func Decided(was, now Fact) Fact {
	before, ok := was.(Use)
	u, same := now.(Use)
	if !ok || !same {
		return now
	}
	u.TwinOf, u.NotTwin = before.TwinOf, before.NotTwin
	return u
}

// Administrations counts them.
func (u Use) Administrations() (n int) {
	for _, p := range u.Persons {
		n += len(p.Given)
	}
	return n
}

// Doses sums the doses whose number is known.
func (u Use) Doses() (n int) {
	for _, p := range u.Persons {
		for _, a := range p.Given {
			n += a.Doses
		}
	}
	return n
}

// AllDoses sums the doses where the number of every one is known; otherwise 0.
func (u Use) AllDoses() (n int) {
	for _, p := range u.Persons {
		for _, a := range p.Given {
			if a.Doses == 0 {
				return 0
			}
			n += a.Doses
		}
	}
	return n
}

// Check tells what is impossible about the report itself.
func (u Use) Check() error {
	switch {
	case u.ID == "" || u.Area == "":
		return fmt.Errorf("a use names its id and area")
	case u.Reported.IsZero() || u.Event.IsZero():
		return fmt.Errorf("a use has the day it was reported and the day or month of the event")
	case u.MonthOnly && u.Event.Day() != 1:
		return fmt.Errorf("a month is kept as its first day")
	case u.Reported.Before(u.Event):
		return fmt.Errorf("a use is not reported before it happened")
	case len(u.Persons) == 0 || len(u.Persons) > MaxPersons:
		return fmt.Errorf("a use has 1 to %d persons, not %d", MaxPersons, len(u.Persons))
	case u.TwinOf != "" && u.TwinOf == u.ID:
		return fmt.Errorf("a use is not its own twin")
	}
	for i, p := range u.Persons {
		if len(p.Given) > MaxGiven {
			return fmt.Errorf("person %d: at most %d administrations", i+1, MaxGiven)
		}
		for _, a := range p.Given {
			if a.Doses < 0 || a.Doses > MaxDoses || a.DoseMicrograms < 0 {
				return fmt.Errorf("person %d: doses must be 0 to %d, not %d", i+1, MaxDoses, a.Doses)
			}
		}
	}
	return nil
}
