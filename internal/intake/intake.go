// Package intake takes records into the ledger: from a form, where a broken rule
// is said beside its question, and from phones, where what cannot be stored as
// it is is held for a person and never refused. It knows the rules that need
// time, people or data; it knows neither pages nor tables. Start at Record.
package intake

import (
	"context"
	"encoding/json"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Store is what intake needs of the database.
type Store interface {
	// Append stores submissions of one programme and answers for each.
	Append(ctx context.Context, subs []thn.Submission) ([]thn.Outcome, error)
	// Hold keeps what could not be stored.
	Hold(ctx context.Context, h thn.HeldRecord) error
	// Distribution gives one version of a record with its envelope.
	Distribution(ctx context.Context, programme, id thn.ID) (thn.Distribution, thn.Envelope, error)
	// Sites, Products and Batches list what records may name.
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
}

// Intake is the use cases on records. It is safe for concurrent use.
type Intake struct {
	store Store
	now   func() time.Time
}

// New makes the use cases over a store and a clock.
func New(store Store, now func() time.Time) *Intake { return &Intake{store: store, now: now} }

// Result is what became of one record.
type Result struct {
	ID      thn.ID
	Outcome thn.Outcome
	Cause   string // why it is held: a code
	Expired bool   // the batch was past its printed date; the record is stored all the same
}

// Record stores a distribution from a form. Broken rules come back as fields to
// put right; a record that is fine but clashes with another is held.
func (in *Intake) Record(ctx context.Context, actor thn.Actor, d thn.Distribution) (Result, error) {
	return in.submit(ctx, actor, thn.Submission{Record: d})
}

// Correct stores a new version of a record. The old one must be the actor's own
// record of today unless the actor is in charge of coverage, and be the newest.
func (in *Intake) Correct(ctx context.Context, actor thn.Actor, old thn.ID, d thn.Distribution, why string) (Result, error) {
	if err := in.mayChange(ctx, actor, old); err != nil {
		return Result{}, err
	}
	return in.submit(ctx, actor, thn.Submission{Record: d, Corrects: old, Why: why})
}

// Void takes a record out by a version under a new id, with the same limits as Correct.
func (in *Intake) Void(ctx context.Context, actor thn.Actor, old, id thn.ID, why string) (Result, error) {
	const op = "void"
	if err := in.mayChange(ctx, actor, old); err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	sub := thn.Submission{Programme: actor.Programme.ID, By: actor.Account.ID, Record: thn.Distribution{ID: id}, Corrects: old, Void: true, Why: why}
	return in.append(ctx, sub, false)
}

func (in *Intake) submit(ctx context.Context, actor thn.Actor, sub thn.Submission) (Result, error) {
	const op = "record"
	if !actor.May(thn.VerbRecord) {
		return Result{}, fault.New(fault.Denied, op, "role %s", actor.Grant.Role)
	}
	ref, err := in.reference(ctx, actor.Programme.ID)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	broken := in.broken(actor, ref, sub.Record)
	if len(broken) > 0 {
		return Result{}, fault.Fields(op, fieldsOf(broken)...)
	}
	sub.Record = ref.complete(sub.Record)
	if err := sub.Record.Check(); err != nil {
		return Result{}, &fault.Error{Kind: fault.Invalid, Op: op, Key: "problem.invalid_text", Err: err}
	}
	sub.Programme, sub.By = actor.Programme.ID, actor.Account.ID
	return in.append(ctx, sub, ref.expired(sub.Record, in.today(actor)))
}

func (in *Intake) append(ctx context.Context, sub thn.Submission, expired bool) (Result, error) {
	outcomes, err := in.store.Append(ctx, []thn.Submission{sub})
	if err != nil {
		return Result{}, fault.Wrap("append", err)
	}
	r := Result{ID: sub.Record.ID, Outcome: outcomes[0], Expired: expired}
	if r.Outcome == thn.Held {
		r.Cause = "other_content"
	}
	return r, nil
}

// mayChange keeps workers to their own records of today. Whoever may not know of
// a record is told that there is none.
func (in *Intake) mayChange(ctx context.Context, actor thn.Actor, id thn.ID) error {
	const op = "change record"
	d, e, err := in.store.Distribution(ctx, actor.Programme.ID, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	switch {
	case e.Superseded || e.Void:
		return fault.New(fault.Conflict, op, "%s has been replaced", id)
	case actor.May(thn.VerbCoverage) && actor.ReachesArea(d.Area):
		return nil
	case e.By != actor.Account.ID || !in.receivedToday(actor, e.Hour):
		return fault.Say(fault.NotFound, op, "give.nothing_to_correct", nil)
	}
	return nil
}

func (in *Intake) receivedToday(actor thn.Actor, hour string) bool {
	t, err := time.Parse("2006-01-02T15", hour)
	return err == nil && thn.DateOf(t, zone(actor.Programme)) == in.today(actor)
}

func (in *Intake) today(actor thn.Actor) thn.Date { return thn.DateOf(in.now(), zone(actor.Programme)) }

// zone is the programme's time zone; set-up refuses one that does not exist.
func zone(p thn.Programme) *time.Location {
	z, err := time.LoadLocation(p.Zone)
	if err != nil {
		return time.UTC
	}
	return z
}

func payload(d thn.Distribution) string {
	b, err := json.Marshal(d)
	if err != nil {
		panic(err) // domain values always marshal
	}
	return string(b)
}
