// Package intake takes records into the ledger: from a form, where a broken rule
// is said beside its question, and from phones, where what cannot be stored as
// it is is held for a person and never refused. It knows the rules that need
// time, people or data; it knows neither pages nor tables. Start at Record; the
// rules are in rule.go.
package intake

import (
	"context"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Store is what intake needs of the database.
type Store interface {
	// References gives what records name and which of their ids are known.
	References(ctx context.Context, programme thn.ID, records ...thn.Fact) (thn.References, error)
	// Append stores submissions of one programme and answers for each.
	Append(ctx context.Context, subs []thn.Submission) ([]thn.Outcome, error)
	// Hold keeps what could not be stored.
	Hold(ctx context.Context, h thn.HeldRecord) error
	// Has tells whether the ledger has exactly this content under its id.
	Has(ctx context.Context, sub thn.Submission) (bool, error)
	// Fact gives one version of a record with its envelope.
	Fact(ctx context.Context, programme, id thn.ID) (thn.Fact, thn.Envelope, error)
	// People lists who may act in a programme, ended roles included.
	People(ctx context.Context, programme thn.ID) ([]thn.Member, error)
	// Reported tells what sites said for the months that a period touches.
	Reported(ctx context.Context, programme thn.ID, period thn.Period) ([]thn.Reported, error)
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
	Cause   string // why it is held: a code, in words under the catalogue key "held.CODE"
	Expired bool   // the kit was past its printed date; the record is stored all the same
	Err     error  // with Retry: why nothing is known, for the log
}

// Record stores a record from a form. Broken rules come back as the fields to put
// right; a record whose id is known with other content is held. Area, and what a
// distribution leaves open of setting, channel and supplier, come from the site.
func (in *Intake) Record(ctx context.Context, actor thn.Actor, f thn.Fact) (Result, error) {
	op := "record " + string(f.RecordKind())
	if err := mayRecord(op, actor); err != nil {
		return Result{}, err
	}
	desk, err := in.desk(ctx, actor, f)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	return in.submit(ctx, desk, thn.Submission{Record: f})
}

func mayRecord(op string, actor thn.Actor) error {
	if actor.May(thn.VerbRecord) {
		return nil
	}
	return fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
}

// submit checks and stores one record of a form. One whose id the ledger knows
// goes on without the rules: the same page sent twice is a duplicate even when a
// rule would refuse it by now.
func (in *Intake) submit(ctx context.Context, desk *desk, sub thn.Submission) (Result, error) {
	id := sub.Record.RecordID()
	op := "record " + string(sub.Record.RecordKind()) + " " + string(id)
	sub.Record = desk.complete(sub.Record)
	if wrong := desk.broken(sub.Record); len(wrong) > 0 && !desk.refs.Known[id] {
		return Result{}, fault.Fields(op, fieldsOf(wrong)...)
	}
	if err := sub.Record.Check(); err != nil {
		return Result{}, &fault.Error{Kind: fault.Invalid, Op: op, Key: "problem.invalid_text", Err: err}
	}
	return in.append(ctx, desk, sub)
}

func (in *Intake) append(ctx context.Context, desk *desk, sub thn.Submission) (Result, error) {
	sub.Programme, sub.By = desk.actor.Programme.ID, desk.actor.Account.ID
	outcomes, err := in.store.Append(ctx, []thn.Submission{sub})
	if err != nil {
		return Result{}, fault.Wrap("store "+string(sub.Record.RecordID()), err)
	}
	return desk.result(sub, outcomes[0]), nil
}
