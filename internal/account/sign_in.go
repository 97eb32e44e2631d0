package account

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// nobody is compared with when there is no such account, so that an unknown
// name takes as long as a wrong password. It is the hash of random bytes that
// were thrown away.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$NmY2ZjE2YjM0ZjA0NDQ1Ng$gRzG3fK0mM8mQ1pC1wM0m2b9vS0uQ9yqf2p8g0c2X9E"

// SignIn gives the account that a name and a password prove. Unknown, wrong,
// disabled and demonstration-elsewhere are answered alike. After failures the
// account and the address wait, longer each time, never for ever.
func (a *Accounts) SignIn(ctx context.Context, handle, password, address string) (thn.Account, error) {
	const op = "sign in"
	keys := a.throttle.keys(handle, address)
	if wait := a.throttle.wait(keys); wait > 0 {
		return thn.Account{}, fault.Say(fault.TooMany, op, "sign_in.wait", map[string]any{"Seconds": int(wait.Seconds()) + 1})
	}
	account, err := a.store.Account(ctx, handle)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return thn.Account{}, fault.Wrap(op, err)
	}
	hash := account.Hash
	if err != nil || hash == "" {
		hash = nobody
	}
	match, stale, err := a.matches(ctx, password, hash)
	if err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	if !match || account.ID == "" || account.Disabled || account.Demo && !a.opts.Demo {
		a.throttle.failed(keys)
		return thn.Account{}, fault.Say(fault.Denied, op, "sign_in.wrong", nil)
	}
	a.throttle.passed(keys)
	if stale {
		a.refresh(ctx, account, password)
	}
	return account, nil
}

// refresh brings a hash to today's cost. The person is signed in all the same if
// it cannot be stored now; the next sign-in tries again.
func (a *Accounts) refresh(ctx context.Context, account thn.Account, password string) {
	if hash, err := a.hash(ctx, password); err == nil {
		account.Hash = hash
		_ = a.store.SetAccount(ctx, account) // see above
	}
}
