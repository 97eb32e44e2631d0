package thn

import (
	"fmt"
	"slices"
)

// AgeBand is how old the recipient is, never finer than a band.
type AgeBand string

// AgeBands lists the bands, then who did not say. The dataset's two youngest
// bands are one here: five are the most that may be kept, and joining these two
// means that nobody is ever recorded as a child.
var AgeBands = []AgeBand{"under_25", "25_34", "35_44", "45_54", "55_plus", "declined", "unknown"}

// Gender is how the recipient describes their gender.
type Gender string

// Genders lists the answers. The last two are who did not say.
var Genders = []Gender{"woman", "man", "non_binary_or_trans", "other_term", "declined", "unknown"}

// CarriageAnswer is where the last kit is, asked of somebody who had one before.
// There is no answer for why: a reason could be read as a record of an offence.
type CarriageAnswer string

// CarriageAnswers lists the answers.
var CarriageAnswers = []CarriageAnswer{CarriedNow, CloseAtHand, "at_home", "not_carrying", CarriageDeclined}

// The answers that figures name.
const (
	CarriedNow       CarriageAnswer = "carrying"
	CloseAtHand      CarriageAnswer = "close_at_hand"
	CarriageDeclined CarriageAnswer = "declined"
)

// AnswersFrom is the first day of which answers are kept: they are erased after
// twelve months, to the day, and the records stay without them.
func AnswersFrom(today Date) Date { return today.shift(-1, 0, 0) }

// Asks says which of the questions that are off by default a programme asks.
type Asks struct {
	AgeBand, Gender, Carriage bool
}

// Any tells whether there is one.
func (a Asks) Any() bool { return a != Asks{} }

// Within tells whether everything that a asks is asked by b too.
func (a Asks) Within(b Asks) bool {
	return (!a.AgeBand || b.AgeBand) && (!a.Gender || b.Gender) && (!a.Carriage || b.Carriage)
}

// Both is what a and b ask.
func (a Asks) Both(b Asks) Asks {
	return Asks{a.AgeBand && b.AgeBand, a.Gender && b.Gender, a.Carriage && b.Carriage}
}

// Asking is a decision about what a programme asks. To ask more takes a second
// person; until one confirms, it waits.
type Asking struct {
	Asks       Asks
	Reason     string // why the programme needs the answers, in words about the programme
	Assessment string // where the data protection assessment is filed
	By         ID
	Confirmed  ID // who confirmed; empty: it waits
}

// Waits tells that a second person has yet to confirm.
func (a Asking) Waits() bool { return a.Confirmed == "" }

// Answered tells which of the questions a record answers.
func (d Distribution) Answered() (a Asks) {
	for _, l := range d.Lines {
		a.AgeBand = a.AgeBand || l.AgeBand != ""
		a.Gender = a.Gender || l.Gender != ""
		a.Carriage = a.Carriage || l.Carriage != ""
	}
	return a
}

// Only gives the record without the answers that a does not ask for.
func (d Distribution) Only(a Asks) Distribution {
	d.Lines = slices.Clone(d.Lines)
	for i := range d.Lines {
		l := &d.Lines[i]
		if !a.AgeBand {
			l.AgeBand = ""
		}
		if !a.Gender {
			l.Gender = ""
		}
		if !a.Carriage {
			l.Carriage = ""
		}
	}
	return d
}

func (l Line) checkAsked() error {
	switch {
	case l.AgeBand != "" && !slices.Contains(AgeBands, l.AgeBand):
		return fmt.Errorf("an age band that is not in the list")
	case l.Gender != "" && !slices.Contains(Genders, l.Gender):
		return fmt.Errorf("a gender that is not in the list")
	case l.Carriage != "" && !slices.Contains(CarriageAnswers, l.Carriage):
		return fmt.Errorf("an answer about carrying that is not in the list")
	}
	return nil
}
