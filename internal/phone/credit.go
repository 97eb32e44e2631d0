package phone

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// credit is as whose a record is taken in: the grant inside it and what it is worth
// now, or why that is not known.
type credit struct {
	grant     thn.SubmissionGrant // empty: there is no such grant
	actor     thn.Actor           // empty: the account may not record any more
	programme thn.Programme
	err       error
}

// The causes for which a record is held that is good in itself.
const (
	grantUnknown = "grant_unknown"
	grantRevoked = "grant_revoked"
	grantOver    = "grant_over"
	grantAccount = "grant_account"
)

// speaksAgainst tells why a record of a day is credited to nobody; empty: it is.
func (c credit) speaksAgainst(made thn.Date) string {
	switch {
	case c.grant.ID == "":
		return grantUnknown
	case !c.grant.Revoked.IsZero():
		return grantRevoked
	case !c.actor.May(thn.VerbRecord):
		return grantAccount
	case !c.grant.Covers(made):
		return grantOver
	}
	return ""
}

func (d *delivery) creditOf(ctx context.Context, programme thn.ID, token string) credit {
	key := string(programme) + " " + token
	c, known := d.credits[key]
	if !known {
		c = d.credit(ctx, programme, token)
		d.fail(c.err)
		d.credits[key] = c
	}
	return c
}

func (p *Phones) credit(ctx context.Context, programme thn.ID, token string) (c credit) {
	c.grant, c.err = p.store.SubmissionGrant(ctx, programme, hashed(token))
	if fault.Is(c.err, fault.NotFound) {
		c.grant, c.err = thn.SubmissionGrant{}, nil
	}
	if c.err == nil && c.grant.ID != "" {
		c.actor, c.err = p.people.Actor(ctx, c.grant.Account, programme)
		if fault.Is(c.err, fault.NotFound) || fault.Is(c.err, fault.Denied) {
			c.actor, c.err = thn.Actor{}, nil
		}
	}
	if c.programme = c.actor.Programme; c.err == nil && c.programme.ID == "" {
		c.programme, c.err = p.programme(ctx, programme)
	}
	return c
}

func (p *Phones) programme(ctx context.Context, id thn.ID) (thn.Programme, error) {
	list, err := p.store.Programmes(ctx)
	for _, x := range list {
		if x.ID == id {
			return x, err
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "programme", "there is no %s", id)
	}
	return thn.Programme{}, err
}

// count takes what came off what each phone said it holds. That is a hint for
// people; the records are in whatever becomes of it.
func (d *delivery) count(ctx context.Context) {
	for _, c := range d.credits {
		today := c.programme.Today(d.now())
		n := d.took[c.grant.ID]
		if c.grant.ID == "" || n == 0 || c.grant.Waiting == 0 && c.grant.Heard == today {
			continue
		}
		d.fail(d.store.TookIn(ctx, c.programme.ID, c.grant.ID, n, today))
	}
}
