// Package phone is about records that wait on phones: it fits a phone out with a
// grant and a key, takes in what was sealed, whoever brings it, and lets a programme
// stop counting a phone that was lost. Of a phone nothing is known but what it said
// it holds. It knows neither requests nor tables. Start at Deliver.
package phone

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"thntracker/internal/intake"
	"thntracker/internal/thn"
)

// Keys is what sealing needs of the database.
type Keys interface {
	// SealingKeys lists a programme's keys by number; NotFound without the programme.
	SealingKeys(ctx context.Context, programme thn.ID) ([]thn.SealingKey, error)
	// AddSealingKey adds the next key, or is a conflict.
	AddSealingKey(ctx context.Context, programme, by thn.ID, k thn.SealingKey) error
	// DestroyKeys forgets keys that were retired before a day.
	DestroyKeys(ctx context.Context, programme, by thn.ID, before, today thn.Date) (int, error)
	// Epoch names the state of the database.
	Epoch(ctx context.Context) (string, error)
}

// Grants is what the rights of phones need of the database.
type Grants interface {
	// SubmissionGrant finds a grant by the hash of its token.
	SubmissionGrant(ctx context.Context, programme thn.ID, hash string) (thn.SubmissionGrant, error)
	// SubmissionGrants lists all of a programme.
	SubmissionGrants(ctx context.Context, programme thn.ID) ([]thn.SubmissionGrant, error)
	// AddSubmissionGrant issues one.
	AddSubmissionGrant(ctx context.Context, programme thn.ID, g thn.SubmissionGrant) error
	// SetWaiting keeps how many records a phone says it holds.
	SetWaiting(ctx context.Context, programme, id thn.ID, waiting int, heard thn.Date) error
	// TookIn takes off records that have come.
	TookIn(ctx context.Context, programme, id thn.ID, n int, heard thn.Date) error
	// RevokeSubmissionGrant ends one.
	RevokeSubmissionGrant(ctx context.Context, programme, by, id thn.ID, on thn.Date) error
}

// Shelf is what holding needs of the database.
type Shelf interface {
	// HoldUpTo keeps what cannot be read, while there is room.
	HoldUpTo(ctx context.Context, h thn.HeldRecord, most int) (bool, error)
	// Programmes lists every programme of the installation.
	Programmes(ctx context.Context) ([]thn.Programme, error)
}

// Store is the three together.
type Store interface {
	Keys
	Grants
	Shelf
}

// People tells who somebody is, and signs them out.
type People interface {
	// EndSessions signs an account out wherever it is signed in.
	EndSessions(ctx context.Context, by, account thn.ID) error
	// Actor is an account acting in a programme; Denied or NotFound when it may not.
	Actor(ctx context.Context, account, programme thn.ID) (thn.Actor, error)
}

// Phones is the use cases. It is safe for concurrent use.
type Phones struct {
	store  Store
	people People
	intake *intake.Intake
	now    func() time.Time
}

// New makes the use cases.
func New(store Store, people People, in *intake.Intake, now func() time.Time) *Phones {
	return &Phones{store: store, people: people, intake: in, now: now}
}

// Epoch names the state of the database. When it changes, phones offer again what
// they have handed in lately.
func (p *Phones) Epoch(ctx context.Context) (string, error) { return p.store.Epoch(ctx) }

// hashed is how a token is kept.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
