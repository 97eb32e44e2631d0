package phone

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// List gives the phones of people within the actor's reach: members are those
// people. What ended before the month is left out.
func (p *Phones) List(ctx context.Context, actor thn.Actor, members []thn.Member) ([]thn.SubmissionGrant, error) {
	const op = "list phones"
	if !actor.May(thn.VerbPeople) {
		return nil, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	grants, err := p.store.SubmissionGrants(ctx, actor.Programme.ID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	since := actor.Programme.Today(p.now()).AddMonths(-1)
	return slices.DeleteFunc(grants, func(g thn.SubmissionGrant) bool {
		reached := slices.ContainsFunc(members, func(m thn.Member) bool { return m.Account.ID == g.Account })
		return !reached || g.Until.Before(since) || !g.Revoked.IsZero() && g.Revoked.Before(since)
	}), nil
}

// Find gives one of them.
func (p *Phones) Find(ctx context.Context, actor thn.Actor, members []thn.Member, id thn.ID) (thn.SubmissionGrant, error) {
	grants, err := p.List(ctx, actor, members)
	if err != nil {
		return thn.SubmissionGrant{}, err
	}
	for _, g := range grants {
		if g.ID == id {
			return g, nil
		}
	}
	return thn.SubmissionGrant{}, fault.Say(fault.NotFound, "phone", "problem.not_found_text", nil)
}

// Revoke stops counting a phone that was lost, stolen or taken: what it hands in
// from now on is held for a person to look at. Its sign-in may still be good for
// another grant, so the account is signed out everywhere: first, because a phone is
// stopped only once.
func (p *Phones) Revoke(ctx context.Context, actor thn.Actor, members []thn.Member, id thn.ID) error {
	g, err := p.Find(ctx, actor, members, id)
	if err != nil {
		return fault.Wrap("stop counting a phone", err)
	}
	if !g.Revoked.IsZero() {
		return fault.Say(fault.Conflict, "stop counting a phone", "setup.closed_already", nil)
	}
	if err := p.people.EndSessions(ctx, actor.Account.ID, g.Account); err != nil {
		return fault.Wrap("stop counting a phone", err)
	}
	return fault.Wrap("stop counting a phone", p.store.RevokeSubmissionGrant(ctx, actor.Programme.ID, actor.Account.ID, id, actor.Programme.Today(p.now())))
}
