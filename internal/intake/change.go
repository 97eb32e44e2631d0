package intake

import (
	"context"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Correct stores a new version of a record. A worker may correct their own
// record of the day; whoever sees the programme's figures may correct any within
// reach. Only the newest version can be corrected. why is thn.WhyMistake or
// another code.
func (in *Intake) Correct(ctx context.Context, actor thn.Actor, old thn.ID, f thn.Fact, why string) (Result, error) {
	desk, err := in.change(ctx, actor, old, f)
	if err != nil {
		return Result{}, fault.Wrap("correct "+string(old), err)
	}
	return in.submit(ctx, desk, thn.Submission{Record: f, Corrects: old, Why: why})
}

// Void takes a record out by a version under a new id, with the limits of Correct.
func (in *Intake) Void(ctx context.Context, actor thn.Actor, old, id thn.ID, why string) (Result, error) {
	op := "void " + string(old)
	if err := mayRecord(op, actor); err != nil {
		return Result{}, err
	}
	was, envelope, err := in.store.Fact(ctx, actor.Programme.ID, old)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	void, err := thn.Blank(envelope.Kind, id)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	desk, err := in.clear(ctx, actor, was, envelope, void)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	result, err := in.append(ctx, desk, thn.Submission{Record: void, Corrects: old, Void: true, Why: why})
	return result, fault.Wrap(op, err)
}

// change clears the way for a new version: the actor may, and the old one can
// still be replaced. A version that is known already is let through, so that
// the ledger answers a repeated request as a duplicate.
func (in *Intake) change(ctx context.Context, actor thn.Actor, old thn.ID, version thn.Fact) (*desk, error) {
	if err := mayRecord("change record", actor); err != nil {
		return nil, err
	}
	was, envelope, err := in.store.Fact(ctx, actor.Programme.ID, old)
	if err != nil {
		return nil, err
	}
	if was.RecordKind() != version.RecordKind() {
		return nil, fault.New(fault.Invalid, "change record", "a %s cannot replace a %s", version.RecordKind(), was.RecordKind())
	}
	return in.clear(ctx, actor, was, envelope, version)
}

func (in *Intake) clear(ctx context.Context, actor thn.Actor, was thn.Fact, envelope thn.Envelope, version thn.Fact) (*desk, error) {
	desk, err := in.desk(ctx, actor, version, was)
	if err != nil || desk.refs.Known[version.RecordID()] {
		return desk, err
	}
	if !desk.mayChange(was, envelope) {
		// Whoever may not change a record learns nothing of it.
		return nil, fault.Say(fault.NotFound, "change record", "give.nothing_to_correct", nil)
	}
	if envelope.Superseded || envelope.Void {
		return nil, fault.New(fault.Conflict, "change record", "another version has replaced it")
	}
	return desk, nil
}

// mayChange tells whether the desk's actor may replace a record.
func (k *desk) mayChange(was thn.Fact, e thn.Envelope) bool {
	if k.actor.May(thn.VerbCoverage) {
		if u, ok := was.(thn.Use); ok {
			return k.actor.ReachesUse(u)
		}
		site, known := k.refs.Sites[was.Mentions().Site()]
		return k.actor.Whole() || known && k.actor.Reaches(site)
	}
	return e.By == k.actor.Account.ID && (was.Mentions().Day == k.today || k.receivedToday(e.Hour))
}

// receivedToday reads the hour in which the record arrived. In zones that are
// not whole hours from UTC that hour may lie in two days; either will do.
func (k *desk) receivedToday(hour string) bool {
	from, err := time.Parse("2006-01-02T15", hour)
	if err != nil {
		return false
	}
	return thn.DateOf(from, k.zone) == k.today || thn.DateOf(from.Add(time.Hour-time.Second), k.zone) == k.today
}
