package phone

import (
	"context"
	"crypto/rand"

	"thntracker/internal/fault"
	"thntracker/internal/seal"
	"thntracker/internal/thn"
)

const (
	grantDays = 30 // how long records are credited after a phone last asked
	renewDays = 7  // with so many left it is given a new grant
	tokenLen  = 22 // 128 random bits as text
	mostHeld  = 100_000
)

// Holds is what a phone says of itself when it asks: how many records wait on it,
// and the token it has, if any.
type Holds struct {
	Waiting int
	Token   string
}

// Outfit is what a phone needs to record where there is no network.
type Outfit struct {
	Epoch  string
	Token  string
	Until  thn.Date // the last day of which records are credited
	KID    string
	Public []byte // the key to seal to
	Lost   int    // what phones of this account said they hold, when this one holds nothing
}

// Outfit fits out the phone of whoever asks. A grant that still has time comes back
// as it is, so that asking often makes no more of them.
func (p *Phones) Outfit(ctx context.Context, actor thn.Actor, holds Holds) (Outfit, error) {
	const op = "fit out phone"
	if !actor.May(thn.VerbRecord) {
		return Outfit{}, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	holds.Waiting = min(max(holds.Waiting, 0), mostHeld)
	o, err := p.sealing(ctx, actor.Programme)
	if err != nil {
		return Outfit{}, fault.Wrap(op, err)
	}
	if o.Lost, err = p.lost(ctx, actor, holds); err != nil {
		return Outfit{}, fault.Wrap(op, err)
	}
	o.Token, o.Until, err = p.grant(ctx, actor, holds)
	return o, fault.Wrap(op, err)
}

func (p *Phones) sealing(ctx context.Context, programme thn.Programme) (o Outfit, err error) {
	if o.Epoch, err = p.store.Epoch(ctx); err != nil {
		return o, err
	}
	key, err := NewKeyring(p.store, p.now).current(ctx, programme)
	if err != nil {
		return o, err
	}
	private, err := seal.ReadKey(key.Private)
	if err != nil {
		return o, err
	}
	o.KID, o.Public = kidOf(programme.ID, key.Number), private.Public()
	return o, nil
}

// grant keeps the grant that the phone has, or issues one.
func (p *Phones) grant(ctx context.Context, actor thn.Actor, holds Holds) (string, thn.Date, error) {
	programme, today := actor.Programme.ID, actor.Programme.Today(p.now())
	has, err := p.store.SubmissionGrant(ctx, programme, hashed(holds.Token))
	own := err == nil && has.Account == actor.Account.ID
	switch {
	case err != nil && !fault.Is(err, fault.NotFound):
		return "", thn.Date{}, err
	case own && has.Covers(today.AddDays(renewDays+1)):
		return holds.Token, has.Until, p.store.SetWaiting(ctx, programme, has.ID, holds.Waiting, today)
	}
	if own { // what waits is sealed with the old one, and nothing yet with the new
		if err := p.store.SetWaiting(ctx, programme, has.ID, holds.Waiting, today); err != nil {
			return "", thn.Date{}, err
		}
	}
	token := newToken()
	g := thn.SubmissionGrant{ID: thn.NewID(), Account: actor.Account.ID, TokenHash: hashed(token), Issued: today, Until: today.AddDays(grantDays), Heard: today}
	return token, g.Until, p.store.AddSubmissionGrant(ctx, programme, g)
}

func newToken() string {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	return seal.Encoding.EncodeToString(b[:])
}

// lost counts what the phones of an account said they hold, for one that holds
// nothing and has no grant: it may be one of them, emptied. What a phone holds that
// is counted no longer is not among it.
func (p *Phones) lost(ctx context.Context, actor thn.Actor, holds Holds) (n int, err error) {
	if holds.Waiting > 0 || holds.Token != "" {
		return 0, nil
	}
	grants, err := p.store.SubmissionGrants(ctx, actor.Programme.ID)
	for _, g := range grants {
		if g.Account == actor.Account.ID && g.Covers(actor.Programme.Today(p.now())) {
			n += g.Waiting
		}
	}
	return n, err
}
