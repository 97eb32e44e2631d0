// Package release turns a programme's figures into what may leave it: a numbered
// edition of declared tables, frozen at an hour, protected together and checked,
// stored for ever. Screens, charts and files for readers outside show an edition
// and nothing else, so that nobody can ask one more question than was answered.
//
// It reads figures from a report.Source as they stood at an hour, knows which
// counts of different tables are the same count (weave.go), lets package
// disclosure say which of them must be hidden (hide.go), and keeps the result in a
// Ledger. It knows no page, no file format and no database. Start at Close.
package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"thntracker/internal/disclosure"
	"thntracker/internal/fault"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Ledger is where editions are kept; the store is one.
type Ledger interface {
	// AddEdition stores an edition under the next number and gives it back with it.
	AddEdition(ctx context.Context, by thn.ID, e thn.Edition) (thn.Edition, error)
	// Publish says from which hour an edition may be read, and by whom before.
	Publish(ctx context.Context, programme, by, id thn.ID, from time.Time, early ...thn.ID) error
	// Editions lists a programme's editions, the newest first, without bodies.
	Editions(ctx context.Context, programme thn.ID) ([]thn.Edition, error)
	// Edition finds an edition by its number, with its body.
	Edition(ctx context.Context, programme thn.ID, number int) (thn.Edition, error)
	// Counts gives what an edition was made of before anything was hidden.
	Counts(ctx context.Context, programme, id thn.ID) ([]byte, error)
	// Contributors lists the programmes that let another add their figures to its own.
	Contributors(ctx context.Context, publisher thn.ID) ([]thn.ID, error)
	// PartOf lists the editions of others to which a programme's figures were added.
	PartOf(ctx context.Context, programme thn.ID) ([]thn.Edition, error)
	// Statements lists what a programme had stated of services when an hour ended.
	Statements(ctx context.Context, programme thn.ID, by time.Time) ([]thn.Statement, error)
	Calendar
}

// At gives figures as they stood when the hour of an instant ended.
type At func(time.Time) report.Source

// Releases closes, publishes and checks editions.
type Releases struct {
	Ledger Ledger
	At     At
	Now    func() time.Time
}

// Figures is the body of an edition: everything that its pages and files show.
type Figures struct {
	Programme string         `json:"programme"`
	Note      string         `json:"note,omitempty"` // what the programme's data are, in its own words
	Rule      Rule           `json:"rule"`
	Summary   report.Summary `json:"summary"`

	Statements []Statement `json:"statements,omitempty"` // at most one for each service
}

// Rule is what was done so that nobody can be found in the figures; it is
// published with them.
type Rule struct {
	Smallest int64 `json:"smallest"` // counts from 1 to one less than this are hidden
	Counts   int   `json:"counts"`   // how many counts the edition holds
	Hidden   int   `json:"hidden"`   // how many of them are hidden

	Programmes int `json:"programmes,omitempty"` // how many are added up; 0: one, in its own name
	Fewest     int `json:"fewest,omitempty"`     // counts of fewer programmes are hidden
	Most       int `json:"most,omitempty"`       // counts of which one programme has more per cent are hidden
}

// rule gives the limits for the audience of an order.
func (o Order) rule() disclosure.Rule {
	switch {
	case !o.outside():
		return disclosure.Rule{Smallest: report.SmallestInside}
	case o.together():
		return disclosure.Rule{Smallest: report.SmallestShown, Contributors: FewestContributors, Share: MostOfOne}
	}
	return disclosure.Rule{Smallest: report.SmallestShown}
}

// Behind a count for readers outside stand at least so many programmes, and none
// with more than so many per cent of it, unless the only one publishes in its own
// name.
const (
	FewestContributors = 3
	MostOfOne          = 80
)

// FiguresOf reads the body of an edition. A body that is not what its hash says is
// refused: what was published does not change.
func FiguresOf(e thn.Edition) (f Figures, err error) {
	if hashOf(e.Body) != e.Hash {
		return f, fault.New(fault.Internal, "read edition", "release %d of %s is not what was closed", e.Number, e.Country)
	}
	err = json.Unmarshal(e.Body, &f)
	return f, fault.Wrap("read edition", err)
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
