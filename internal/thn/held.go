package thn

// HeldRecord is something received that could not be stored as it was and that
// a person has to decide about. Payload is the fact as JSON, or what could be
// read of it where there is no fact; only fields of the closed list.
type HeldRecord struct {
	Programme ID
	ID        ID // its own id
	Kind      RecordKind
	Record    ID // the id it was sent under
	Corrects  ID // the version that it was to replace, if any
	By        ID
	Hour      string // when it was received, UTC, to the hour; filled by the store
	Cause     string // code: other_content, corrected_already, closed_site, future_day, …
	Payload   string
}

// HeldOutcome is what became of a held record.
type HeldOutcome string

// The outcomes. Each is also the action that the audit names.
const (
	HeldAccepted HeldOutcome = "accept"    // stored as it was sent
	HeldPutRight HeldOutcome = "put_right" // stored with answers changed
	HeldTakenOut HeldOutcome = "take_out"  // it does not count
)

// WhyOut lists the reasons for taking a held record out.
var WhyOut = []string{"recorded_twice", WhyMistake, "trial", "cannot_be_read"}

// Decision is what somebody decided about a held record: once, and for good. The
// record that comes of it may be corrected like any other.
type Decision struct {
	Programme ID
	Held      ID
	Outcome   HeldOutcome
	Why       string // of WhyOut, when it was taken out
	By        ID
}
