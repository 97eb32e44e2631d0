package account

import (
	"context"

	"github.com/alexedwards/argon2id"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// cost is what one hash takes: 19 MiB and two passes, the least that OWASP's
// password storage sheet recommends for argon2id.
var cost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hash makes a password's hash, waiting for a place if many are being made.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	if err := a.hashing.Acquire(ctx, 1); err != nil {
		return "", &fault.Error{Kind: fault.Unavailable, Op: "hash", Err: err}
	}
	defer a.hashing.Release(1)
	return argon2id.CreateHash(spelling(password), &cost)
}

// matches compares a password with a hash and tells whether the hash was made
// at another cost than today's.
func (a *Accounts) matches(ctx context.Context, password, hash string) (match, stale bool, err error) {
	if err := a.hashing.Acquire(ctx, 1); err != nil {
		return false, false, &fault.Error{Kind: fault.Unavailable, Op: "hash", Err: err}
	}
	defer a.hashing.Release(1)
	match, params, err := argon2id.CheckHash(spelling(password), hash)
	if err != nil {
		return false, false, fault.Wrap("compare hash", err)
	}
	return match, *params != cost, nil
}

// nobodysHash stands in where there is no account, so that an unknown name takes
// as long as a wrong password. What it is the hash of is thrown away.
func nobodysHash() string {
	hash, err := argon2id.CreateHash(string(thn.NewID()), &cost)
	if err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	return hash
}
