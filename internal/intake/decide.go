package intake

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Accept stores a held record as it was sent. Where the ledger has another
// version, this one replaces it under the id fresh. The rules of a form hold,
// for whoever decides; whoever sent it stays the one who recorded it.
func (v *Review) Accept(ctx context.Context, actor thn.Actor, id, fresh thn.ID) error {
	op := "accept " + string(id)
	w, desk, err := v.look(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if len(w.Blocked) > 0 {
		return fault.Say(fault.Conflict, op, "review.blocked", nil)
	}
	return fault.Wrap(op, v.submit(ctx, desk, w, w.Fact, thn.HeldAccepted, fresh))
}

// PutRight stores a held record with answers changed. Its id is the one under
// which it was sent, so that sending it again later adds nothing.
func (v *Review) PutRight(ctx context.Context, actor thn.Actor, id, fresh thn.ID, f thn.Fact) error {
	op := "put right " + string(id)
	w, _, err := v.look(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if f.RecordKind() != w.Kind {
		return fault.New(fault.Invalid, op, "a %s cannot replace a %s", f.RecordKind(), w.Kind)
	}
	facts := []thn.Fact{f}
	if w.Other != nil {
		facts = append(facts, w.Other)
	}
	desk, err := v.in.desk(ctx, actor, facts...)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if w.OtherID != "" && (w.Other == nil || isBlank(w.Other)) {
		return fault.Say(fault.Conflict, op, "review.blocked", nil)
	}
	if wrong := desk.broken(desk.complete(f)); len(wrong) > 0 {
		return fault.Fields(op, fieldsOf(wrong)...)
	}
	return fault.Wrap(op, v.submit(ctx, desk, w, f, thn.HeldPutRight, fresh))
}

// TakeOut decides that a held record does not count. why is of thn.WhyOut.
func (v *Review) TakeOut(ctx context.Context, actor thn.Actor, id thn.ID, why string) error {
	op := "take out " + string(id)
	if !slices.Contains(thn.WhyOut, why) {
		return fault.Fields(op, fault.Field{Name: "why", Key: "form.choose_for", Args: map[string]any{"Field": fault.Label("review.why")}})
	}
	w, _, err := v.look(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, moved(v.store.TakeOut(ctx, thn.Decision{Programme: w.Programme, Held: w.ID, Outcome: thn.HeldTakenOut, Why: why, By: actor.Account.ID})))
}

// submit hands what is to be stored to the ledger, with the decision.
func (v *Review) submit(ctx context.Context, k *desk, w Waiting, f thn.Fact, outcome thn.HeldOutcome, fresh thn.ID) error {
	sub := thn.Submission{Programme: w.Programme, By: w.By, Record: f, Corrects: w.OtherID, Void: w.Void && outcome == thn.HeldAccepted,
		Settles: &thn.Decision{Programme: w.Programme, Held: w.ID, Outcome: outcome, By: k.actor.Account.ID}}
	id := w.Record
	if w.OtherID != "" {
		sub.Why = thn.WhyMistake
	}
	if w.taken {
		id = fresh
	}
	sub.Record = thn.WithID(f, id)
	if !sub.Void {
		sub.Record = k.complete(sub.Record)
		if err := sub.Record.Check(); err != nil {
			return &fault.Error{Kind: fault.Invalid, Op: "store what was held", Key: "problem.invalid_text", Err: err}
		}
	}
	outcomes, err := v.in.store.Append(ctx, []thn.Submission{sub})
	if err == nil && outcomes[0] == thn.Held {
		err = fault.New(fault.Conflict, "store what was held", "the ledger has moved on")
	}
	return moved(err)
}

// moved puts a decision that came too late into words.
func moved(err error) error {
	if fault.Is(err, fault.Conflict) {
		return &fault.Error{Kind: fault.Conflict, Op: "decide", Key: "review.moved_on", Err: err}
	}
	return err
}
