package thn

// SubmissionGrant is the right of a phone to hand in records as somebody's, in one
// programme, and to do nothing else. It is not a role: that is Grant. The token
// itself is on the phone only.
type SubmissionGrant struct {
	ID        ID
	Account   ID
	TokenHash string
	Issued    Date
	Until     Date // the last day of which records are credited
	Revoked   Date // zero: it counts
	Waiting   int  // records that the phone last said it holds, less what came since
	Heard     Date // when it last asked or delivered
}

// Covers tells whether a record that was made on a day is credited.
func (g SubmissionGrant) Covers(made Date) bool {
	return g.Revoked.IsZero() && !g.Until.Before(made)
}

// SealingKey is a key that phones seal records to. Numbers begin at 1 and are
// never used again.
type SealingKey struct {
	Number    int
	Private   string // empty: destroyed
	Made      Date
	Retired   Date // when the next one took its place; zero: it is the current one
	Destroyed Date
}

// KindSealed is what a phone sent and nobody can read: no record of the ledger.
const KindSealed RecordKind = "sealed"

// CauseUnreadable is why it is held.
const CauseUnreadable = "unreadable"

// Face is the name and icon under which the phone's screen stands among a phone's
// other apps. All of them are neutral.
type Face string

// Faces lists them; the first is the usual one.
var Faces = []Face{"notes", "diary", "lists"}

// Looks is the programme's face.
func (p Programme) Looks() Face {
	if p.Face == "" {
		return Faces[0]
	}
	return p.Face
}
