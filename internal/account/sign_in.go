package account

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// SignIn gives the account that a name and a password prove. Unknown, wrong,
// disabled and demonstration-elsewhere are answered alike and take as long. After
// failures the account and the address wait, longer each time, never for ever.
func (a *Accounts) SignIn(ctx context.Context, handle, password, address string) (thn.Account, error) {
	const op = "sign in"
	try := a.throttle.try(handle, address)
	if wait := try.wait(); wait > 0 {
		return thn.Account{}, fault.Say(fault.TooMany, op, "sign_in.wait", map[string]any{"Seconds": int(wait.Seconds()) + 1})
	}
	account, err := a.store.Account(ctx, handle)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return thn.Account{}, fault.Wrap(op, err)
	}
	hash := account.Hash
	if hash == "" {
		hash = a.nobody()
	}
	match, stale, err := a.matches(ctx, password, hash)
	if err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	if !match || !a.admits(account) {
		try.failed()
		return thn.Account{}, fault.Say(fault.Denied, op, "sign_in.wrong", nil)
	}
	try.passed()
	if stale {
		a.refresh(ctx, account, password)
	}
	return account, nil
}

// refresh brings a hash to today's cost. The person is signed in all the same if
// it cannot be stored now, or if the account has changed since it was read; the
// next sign-in tries again.
func (a *Accounts) refresh(ctx context.Context, account thn.Account, password string) {
	if hash, err := a.hash(ctx, password); err == nil {
		account.Hash = hash
		_ = a.store.SetAccount(ctx, thn.AccountChange{Account: account, Epoch: account.Epoch}) // see above
	}
}
