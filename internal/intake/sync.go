package intake

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Incoming is one record from a phone: a domain value, or what could be read of
// it with the cause for which it cannot be one.
type Incoming struct {
	ID      thn.ID
	Record  thn.Distribution
	Cause   string
	Payload string
}

// Sync takes records from a phone, each for itself. What breaks a rule is held
// with the cause; retry is answered when nothing is known.
func (in *Intake) Sync(ctx context.Context, actor thn.Actor, incoming []Incoming) ([]Result, error) {
	const op = "sync"
	if !actor.May(thn.VerbRecord) {
		return nil, fault.New(fault.Denied, op, "role %s", actor.Grant.Role)
	}
	ref, err := in.reference(ctx, actor.Programme.ID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	results := make([]Result, len(incoming))
	var subs []thn.Submission
	var at []int
	for i, x := range incoming {
		results[i].ID = x.ID
		cause, text := x.Cause, x.Payload
		if broken := in.broken(actor, ref, x.Record); cause == "" && len(broken) > 0 {
			cause, text = broken[0].code, payload(x.Record)
		}
		if cause != "" {
			results[i] = in.hold(ctx, actor, x.ID, cause, text)
			continue
		}
		d := ref.complete(x.Record)
		results[i].Expired = ref.expired(d, in.today(actor))
		subs, at = append(subs, thn.Submission{Programme: actor.Programme.ID, By: actor.Account.ID, Record: d}), append(at, i)
	}
	in.appendAll(ctx, subs, func(n int, o thn.Outcome) { results[at[n]].Outcome = o })
	return results, nil
}

func (in *Intake) appendAll(ctx context.Context, subs []thn.Submission, tell func(int, thn.Outcome)) {
	outcomes, err := in.store.Append(ctx, subs)
	for n := range subs {
		if err != nil {
			tell(n, thn.Retry)
			continue
		}
		tell(n, outcomes[n])
	}
}

func (in *Intake) hold(ctx context.Context, actor thn.Actor, id thn.ID, cause, text string) Result {
	h := thn.HeldRecord{Programme: actor.Programme.ID, Record: id, By: actor.Account.ID, Cause: cause, Payload: text}
	if in.store.Hold(ctx, h) != nil {
		return Result{ID: id, Outcome: thn.Retry}
	}
	return Result{ID: id, Outcome: thn.Held, Cause: cause}
}
