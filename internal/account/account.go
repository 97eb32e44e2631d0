// Package account is about the people who sign in: their passwords, what they
// may do and where, and the first administrator of a new installation. An
// account holds a handle and nothing else about a person. It knows no pages, no
// sessions and no tables. Start at Accounts.
package account

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Store is what accounts need of the database.
type Store interface {
	Account(ctx context.Context, handle string) (thn.Account, error)
	AccountByID(ctx context.Context, id thn.ID) (thn.Account, error)
	SetAccount(ctx context.Context, a thn.Account) error
	Grants(ctx context.Context, account thn.ID) ([]thn.Grant, error)
	Programmes(ctx context.Context) ([]thn.Programme, error)
	Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error)
}

// Keeper is what making accounts needs of the database.
type Keeper interface {
	Store
	AddAccount(ctx context.Context, by thn.ID, a thn.Account, g thn.Grant) error
	CountAccounts(ctx context.Context) (int64, error)
}

// Options are the settings of accounts.
type Options struct {
	Now       func() time.Time
	Demo      bool   // let the demonstration's accounts in
	SetupCode string // one-time code for the first administrator
}

// Accounts is the use cases on accounts. It is safe for concurrent use.
type Accounts struct {
	store    Keeper
	opts     Options
	throttle *throttle
	hashing  *semaphore.Weighted
	first    sync.Mutex
}

// hashesAtOnce caps the memory that a flood of sign-ins can take: each hash
// needs 19 MiB while it is made.
const hashesAtOnce = 4

// New makes the use cases over a store.
func New(store Keeper, opts Options) *Accounts {
	return &Accounts{store: store, opts: opts, throttle: newThrottle(opts.Now), hashing: semaphore.NewWeighted(hashesAtOnce)}
}

// Empty tells whether nobody has an account yet.
func (a *Accounts) Empty(ctx context.Context) (bool, error) {
	n, err := a.store.CountAccounts(ctx)
	return n == 0, fault.Wrap("count accounts", err)
}

// Create adds an account with its first grant. The password is checked against
// the rules with the handle and the programme's name as words it must not lean on.
func (a *Accounts) Create(ctx context.Context, by thn.ID, account thn.Account, password string, g thn.Grant) (thn.Account, error) {
	const op = "create account"
	if err := CheckHandle(account.Handle); err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	if err := CheckPassword(password, account.Handle); err != nil && !account.Demo {
		return thn.Account{}, fault.Wrap(op, err)
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	account.ID, account.Hash = thn.NewID(), hash
	g.ID, g.Account = thn.NewID(), account.ID
	err = a.store.AddAccount(ctx, by, account, g)
	if fault.Is(err, fault.Conflict) {
		return thn.Account{}, fault.Fields(op, fault.Field{Name: "handle", Key: "account.handle_taken"})
	}
	return account, fault.Wrap(op, err)
}

// Disable ends an account's sessions and sign-ins at once.
func (a *Accounts) Disable(ctx context.Context, id thn.ID) error {
	return a.change(ctx, id, func(x *thn.Account) { x.Disabled, x.Epoch = true, x.Epoch+1 })
}

// SetPassword changes a password and ends the account's other sessions.
func (a *Accounts) SetPassword(ctx context.Context, id thn.ID, password string) error {
	const op = "set password"
	account, err := a.store.AccountByID(ctx, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if err := CheckPassword(password, account.Handle); err != nil {
		return fault.Wrap(op, err)
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return fault.Wrap(op, err)
	}
	return a.change(ctx, id, func(x *thn.Account) { x.Hash, x.Epoch = hash, x.Epoch+1 })
}

func (a *Accounts) change(ctx context.Context, id thn.ID, edit func(*thn.Account)) error {
	account, err := a.store.AccountByID(ctx, id)
	if err != nil {
		return fault.Wrap("change account", err)
	}
	edit(&account)
	return fault.Wrap("change account", a.store.SetAccount(ctx, account))
}

// Actor is the account acting in a programme: the one named, or its first. An
// account without any grant is denied.
func (a *Accounts) Actor(ctx context.Context, id, programme thn.ID) (thn.Actor, error) {
	const op = "actor"
	account, err := a.store.AccountByID(ctx, id)
	if err != nil {
		return thn.Actor{}, fault.Wrap(op, err)
	}
	if account.Demo && !a.opts.Demo {
		return thn.Actor{}, fault.New(fault.Denied, op, "a demonstration account outside the demonstration")
	}
	grants, err := a.store.Grants(ctx, id)
	if err != nil {
		return thn.Actor{}, fault.Wrap(op, err)
	}
	programmes, err := a.store.Programmes(ctx)
	if err != nil {
		return thn.Actor{}, fault.Wrap(op, err)
	}
	actor, err := choose(account, grants, programmes, programme)
	if err != nil || actor.Grant.Area == "" {
		return actor, fault.Wrap(op, err)
	}
	areas, err := a.store.Areas(ctx, actor.Programme.ID)
	actor.Areas = thn.Below(areas, actor.Grant.Area)
	return actor, fault.Wrap(op, err)
}

// choose picks the grant for the programme and lists the others; a demonstration
// programme comes first so that a newcomer sees it.
func choose(account thn.Account, grants []thn.Grant, programmes []thn.Programme, wanted thn.ID) (thn.Actor, error) {
	actor := thn.Actor{Account: account}
	for _, demo := range []bool{true, false} {
		for _, p := range programmes {
			for _, g := range grants {
				if g.Programme != p.ID || p.Demo != demo {
					continue
				}
				if actor.Grant.ID == "" && (wanted == "" || wanted == p.ID) {
					actor.Grant, actor.Programme = g, p
				} else {
					actor.Others = append(actor.Others, p)
				}
			}
		}
	}
	if actor.Grant.ID == "" {
		return thn.Actor{}, fault.New(fault.Denied, "grant", "none in the programme")
	}
	return actor, nil
}
