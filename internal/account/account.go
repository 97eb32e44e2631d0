// Package account is about the people who sign in: their passwords, what they
// may do and where, and the first administrator of a new installation. An
// account holds a handle and nothing else about a person. It knows no pages, no
// sessions and no tables. Start at Accounts; sign_in.go is what strangers meet.
package account

import (
	"context"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Store is what signing in needs of the database.
type Store interface {
	// Account finds an account by its handle in any letter case.
	Account(ctx context.Context, handle string) (thn.Account, error)
	// Membership gives an account with its grants and their programmes.
	Membership(ctx context.Context, id thn.ID) (thn.Membership, error)
	// SetAccount changes an account unless somebody else did since it was read.
	SetAccount(ctx context.Context, c thn.AccountChange) error
	// Areas lists a programme's areas.
	Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error)
}

// Keeper is what making accounts needs of the database.
type Keeper interface {
	Store
	// AddAccount adds an account with its first grant.
	AddAccount(ctx context.Context, by thn.ID, a thn.Account, g thn.Grant) error
	// CountAccounts counts all accounts.
	CountAccounts(ctx context.Context) (int64, error)
	// FoundFirst stores a programme with the first account, or is a conflict.
	FoundFirst(ctx context.Context, f thn.Founding, a thn.Account, g thn.Grant) error
}

// Options are the settings of accounts.
type Options struct {
	Now       func() time.Time
	Demo      bool   // let the demonstration's accounts in
	SetupCode string // one-time code for the first administrator; empty: there is no such way in
}

// Accounts is the use cases on accounts. It is safe for concurrent use. Who may
// call Create, Disable and SetPassword is the caller's to decide.
type Accounts struct {
	store    Keeper
	opts     Options
	throttle *throttle
	hashing  *semaphore.Weighted
	nobody   func() string // a hash that no password has
}

// New makes the use cases over a store.
func New(store Keeper, opts Options) *Accounts {
	return &Accounts{store: store, opts: opts, throttle: newThrottle(opts.Now), hashing: semaphore.NewWeighted(hashesAtOnce()), nobody: sync.OnceValue(nobodysHash)}
}

// hashesAtOnce caps the memory that a flood of sign-ins can take: each hash
// needs 19 MiB while it is made. More at once than processors gain nothing.
func hashesAtOnce() int64 { return int64(min(8, max(2, runtime.GOMAXPROCS(0)))) }

// Empty tells whether nobody has an account yet.
func (a *Accounts) Empty(ctx context.Context) (bool, error) {
	n, err := a.store.CountAccounts(ctx)
	return n == 0, fault.Wrap("count accounts", err)
}

// Create adds an account with its first grant. Handle and password are checked
// against the rules; a demonstration account, which signs in nowhere else, may
// have a password that is known.
func (a *Accounts) Create(ctx context.Context, by thn.ID, account thn.Account, password string, g thn.Grant) (thn.Account, error) {
	const op = "create account"
	account, g, err := a.prepare(ctx, account, password, g)
	if err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	err = a.store.AddAccount(ctx, by, account, g)
	if fault.Is(err, fault.Conflict) {
		return thn.Account{}, fault.Fields(op, fault.Field{Name: "handle", Key: "account.handle_taken"})
	}
	return account, fault.Wrap(op, err)
}

// prepare checks what was asked for and gives account and grant their ids.
func (a *Accounts) prepare(ctx context.Context, account thn.Account, password string, g thn.Grant, leansOn ...string) (thn.Account, thn.Grant, error) {
	fields := handleFields(account.Handle)
	if !account.Demo {
		fields = append(fields, passwordFields(password, append(leansOn, account.Handle)...)...)
	}
	if err := fault.Fields("check account", fields...); err != nil {
		return thn.Account{}, thn.Grant{}, err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return thn.Account{}, thn.Grant{}, err
	}
	account.ID, account.Hash = thn.NewID(), hash
	g.ID, g.Account = thn.NewID(), account.ID
	return account, g, nil
}

// Disable ends an account's sessions and sign-ins at once.
func (a *Accounts) Disable(ctx context.Context, by, id thn.ID) error {
	return a.change(ctx, "disable", by, id, func(x *thn.Account) error {
		x.Disabled = true
		return nil
	})
}

// EndSessions signs an account out wherever it is signed in.
func (a *Accounts) EndSessions(ctx context.Context, by, id thn.ID) error {
	return a.change(ctx, "end_sessions", by, id, func(*thn.Account) error { return nil })
}

// SetLanguage keeps the language of a person's own account, as it was just read.
// It is no event: nobody else needs to know of it.
func (a *Accounts) SetLanguage(ctx context.Context, account thn.Account, code string) error {
	account.Language = code
	return fault.Wrap("set language", a.store.SetAccount(ctx, thn.AccountChange{Account: account, Epoch: account.Epoch}))
}

// SetPassword changes a password and ends all sessions of the account.
func (a *Accounts) SetPassword(ctx context.Context, by, id thn.ID, password string) error {
	return a.change(ctx, "set password", by, id, func(x *thn.Account) error {
		if err := fault.Fields("check password", passwordFields(password, x.Handle)...); err != nil {
			return err
		}
		hash, err := a.hash(ctx, password)
		x.Hash = hash
		return err
	})
}

// changeTries is how often a change starts over when somebody else was first.
const changeTries = 3

// change edits an account and raises its epoch, which ends its sessions.
func (a *Accounts) change(ctx context.Context, action string, by, id thn.ID, edit func(*thn.Account) error) (err error) {
	op := action + " " + string(id)
	for range changeTries {
		m, err := a.store.Membership(ctx, id)
		if err != nil {
			return fault.Wrap(op, err)
		}
		c := thn.AccountChange{Account: m.Account, Epoch: m.Account.Epoch, By: by, Action: action}
		if err := edit(&c.Account); err != nil {
			return fault.Wrap(op, err)
		}
		c.Account.Epoch++
		if err = a.store.SetAccount(ctx, c); !fault.Is(err, fault.Conflict) {
			return fault.Wrap(op, err)
		}
	}
	return fault.New(fault.Conflict, op, "the account keeps changing")
}
