package account

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/ccojocar/zxcvbn-go"
	"golang.org/x/text/unicode/norm"

	"thntracker/internal/fault"
)

// What a password must be. Length counts characters, not bytes. The estimate
// knows common passwords, names, keyboard walks and dates; 3 of 4 means that
// more than 10⁸ guesses are needed, which the throttle makes very long.
const (
	passwordLeast = 12
	passwordMost  = 128
	strengthLeast = 3
)

// cost is what one hash takes: 19 MiB and two passes, the least that OWASP's
// password storage sheet recommends for argon2id.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// contextWords are what people of this field would choose.
var contextWords = []string{"naloxone", "narcan", "nyxoid", "prenoxad", "overdose", "outreach", "harmreduction", "thntracker", "takehome"}

// CheckPassword says what to change about a password, or nil. Any character may
// stand in it; it is kept as typed, in one Unicode spelling.
func CheckPassword(password string, leansOn ...string) error {
	const op = "check password"
	n := utf8.RuneCountInString(norm.NFC.String(password))
	switch {
	case n < passwordLeast:
		return fault.Fields(op, fault.Field{Name: "password", Key: "account.password_short", Args: map[string]any{"Least": passwordLeast}})
	case n > passwordMost:
		return fault.Fields(op, fault.Field{Name: "password", Key: "account.password_long", Args: map[string]any{"Most": passwordMost}})
	}
	words := append(append([]string{}, contextWords...), leansOn...)
	if zxcvbn.PasswordStrength(strings.ToLower(password), words).Score < strengthLeast {
		return fault.Fields(op, fault.Field{Name: "password", Key: "account.password_guessable"})
	}
	return nil
}

// CheckHandle says what to change about a sign-in name, or nil.
func CheckHandle(handle string) error {
	if n := utf8.RuneCountInString(handle); n < 2 || n > 64 || strings.TrimSpace(handle) != handle {
		return fault.Fields("check handle", fault.Field{Name: "handle", Key: "account.handle_length"})
	}
	return nil
}

// hash makes a password's hash, waiting for a place if too many are being made.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	if err := a.hashing.Acquire(ctx, 1); err != nil {
		return "", &fault.Error{Kind: fault.Unavailable, Op: "hash", Err: err}
	}
	defer a.hashing.Release(1)
	return argon2id.CreateHash(norm.NFC.String(password), cost)
}

// matches compares a password with a hash and tells whether the hash was made
// at another cost than today's.
func (a *Accounts) matches(ctx context.Context, password, hash string) (match, stale bool, err error) {
	if err := a.hashing.Acquire(ctx, 1); err != nil {
		return false, false, &fault.Error{Kind: fault.Unavailable, Op: "hash", Err: err}
	}
	defer a.hashing.Release(1)
	match, params, err := argon2id.CheckHash(norm.NFC.String(password), hash)
	if err != nil {
		return false, false, err
	}
	return match, params.Memory != cost.Memory || params.Iterations != cost.Iterations || params.Parallelism != cost.Parallelism, nil
}
