package thn

import (
	"fmt"
	"time"
)

// Readership is who a release is for.
type Readership string

// The audiences, from the narrowest.
const (
	ForProgramme Readership = "programme"
	ForNation    Readership = "national"
	ForPublic    Readership = "public"
)

// Readerships lists them in the order they are offered.
var Readerships = []Readership{ForPublic, ForNation, ForProgramme}

// EditionState is how far a release has come. There is no way back: what was read
// was read.
type EditionState string

// The states.
const (
	EditionClosed    EditionState = "closed"    // frozen, protected and checked; nobody outside has seen it
	EditionPublished EditionState = "published" // for its audience, from its embargo on
)

// Edition is a release of figures: what is told of a period to an audience, under a
// number that is never used again. Package thn calls a prison's month a Release, so
// the word for people, "release", is an edition in code. Its body never changes; a
// correction is another edition that names the one it revises.
type Edition struct {
	Programme   ID
	ID          ID
	Number      int    // counts up within a programme, from 1
	Country     string // of the programme
	Audience    Readership
	Period      Period
	Revises     int // number of the edition that this one takes the place of; 0: none
	State       EditionState
	Provisional bool
	Alone       bool      // the programme agrees to be known as the only one behind the figures
	Reason      string    // of a revision: what was wrong or late
	Notice      Date      // the day on which it was said when it would appear; zero: it was not
	From        time.Time // the hour from which its audience may read it; zero: not yet set
	Readers     []ID      // accounts that may read it before that hour
	AsAt        time.Time // the hour whose records it holds
	Hash        string    // SHA-256 of the body, in hexadecimal
	Body        []byte    // the protected figures as JSON
	With        []ID      // programmes whose figures were added; given when it is closed, and kept apart from what readers see
	Counts      []byte    // the counts before anything was hidden, and what was hidden why, as JSON; never read with the rest
	ClosedBy    ID
	ClosedHour  string // UTC, to the hour
}

// EarlyReader is an account that may read an edition before its hour.
type EarlyReader struct {
	Edition int // its number
	Handle  string
	Hour    string // UTC, in which it was first read before its hour; empty: it was not
}

// EndOfHour says when the hour of an instant ends, in UTC: what is as at an hour
// holds all that was received by then.
func EndOfHour(t time.Time) string { return t.UTC().Truncate(time.Hour).Add(time.Hour).Format("15:04") }

// LongestReason bounds the reason of a revision, in characters.
const LongestReason = 300

// Open tells whether its audience may read the edition at an instant.
func (e Edition) Open(now time.Time) bool {
	return e.State == EditionPublished && !e.From.IsZero() && !now.Before(e.From)
}

// Check refuses an edition that contradicts itself.
func (e Edition) Check() error {
	switch {
	case e.Number < 1 || e.Revises < 0 || e.Revises >= e.Number:
		return fmt.Errorf("edition %d cannot revise %d", e.Number, e.Revises)
	case (e.Revises > 0) != (e.Reason != ""):
		return fmt.Errorf("edition %d: a revision has a reason, and nothing else has one", e.Number)
	case len([]rune(e.Reason)) > LongestReason:
		return fmt.Errorf("edition %d: the reason is too long", e.Number)
	case len(e.Body) == 0 || len(e.Hash) != 64:
		return fmt.Errorf("edition %d has no body", e.Number)
	}
	_, err := ParseCode(Readerships, string(e.Audience))
	return err
}
