package thn

// BatchChange is something that was decided about a batch after it was
// registered. Decisions are only ever added; the batch shows the newest.
type BatchChange string

// BatchChanges lists them.
var BatchChanges = []BatchChange{BatchExtended, BatchQuarantined, BatchReleased}

// The changes of a batch.
const (
	BatchExtended    BatchChange = "extended"    // its shelf life, by its maker or an authority
	BatchQuarantined BatchChange = "quarantined" // put aside, not to be given out for now
	BatchReleased    BatchChange = "released"    // to be given out again
)

// BatchRevision is one such decision, with the source that it rests on.
type BatchRevision struct {
	ID        ID
	Batch     ID
	Day       Date
	Change    BatchChange
	Expiry    Date // extended: the new last day
	MonthOnly bool
	Source    string
	Recall    ID // of the recall that decided it, if one did
}

// RecallAction is what a notice asks for.
type RecallAction string

// RecallActions lists them.
var RecallActions = []RecallAction{RecallQuarantine, RecallReplace, RecallInform}

// The actions of a recall.
const (
	RecallQuarantine RecallAction = "quarantine" // put aside what is in stock
	RecallReplace    RecallAction = "replace"    // and exchange what was given out
	RecallInform     RecallAction = "inform"     // tell whoever may hold one
)

// Recall is a notice about batches: where they are now has to be cleared, and
// where they went has to be known. It can be lifted.
type Recall struct {
	ID        ID
	Product   ID
	Batches   []ID
	Day       Date // of the notice
	Source    string
	Reference string
	Action    RecallAction
	Lifted    Date   // zero: in force
	LiftedBy  string // the source that the end rests on
}

// InForce tells whether the recall has not been lifted.
func (r Recall) InForce() bool { return r.Lifted.IsZero() }

// Clears tells whether the notice asks to take kits off shelves and out of
// bags. One that only informs does not.
func (r Recall) Clears() bool { return r.Action != RecallInform }
