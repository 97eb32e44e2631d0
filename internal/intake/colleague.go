package intake

import (
	"context"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// RecordFor stores a record that the actor writes down for a colleague who has an
// account in the programme, by their sign-in name: the audit then names both. An
// empty name is a record of the actor's own, or of somebody without an account.
func (in *Intake) RecordFor(ctx context.Context, actor thn.Actor, handle string, d thn.Distribution) (Result, error) {
	if handle == "" {
		return in.Record(ctx, actor, d)
	}
	op := "record for a colleague " + string(d.ID)
	if err := mayRecord(op, actor); err != nil {
		return Result{}, err
	}
	colleague, err := in.colleague(ctx, actor, handle)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	desk, err := in.desk(ctx, actor, d)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	return in.submit(ctx, desk, thn.Submission{Record: d, For: colleague})
}

// colleague finds somebody else of the actor's programme who may give out kits.
// Whoever may not, or is of another programme, is told apart from nobody.
func (in *Intake) colleague(ctx context.Context, actor thn.Actor, handle string) (thn.ID, error) {
	people, err := in.store.People(ctx, actor.Programme.ID)
	if err != nil {
		return "", err
	}
	fold := func(s string) string { return strings.ToLower(thn.Fold(s)) }
	for _, m := range people {
		other := thn.Actor{Account: m.Account, Grant: m.Grant}
		if m.Account.ID != actor.Account.ID && other.May(thn.VerbRecord) && fold(m.Account.Handle) == fold(handle) {
			return m.Account.ID, nil
		}
	}
	return "", fault.Fields("find colleague", fault.Field{Name: "account", Key: "several.no_account"})
}
