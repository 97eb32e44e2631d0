package account

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// First is what the first administrator of an empty installation gives: the code
// that was printed on the console, a sign-in name, a password, and the
// programme, checked already, that they will run.
type First struct {
	Code, Handle, Password string
	Language               string
	Founding               thn.Founding
}

// FirstAdministrator makes the first programme with its first account. It works
// once: as soon as there is an account it answers that there is nothing here,
// whatever the code. Of several who try at the same moment one succeeds.
func (a *Accounts) FirstAdministrator(ctx context.Context, f First) (thn.Account, error) {
	const op = "first administrator"
	empty, err := a.Empty(ctx)
	if err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	if !empty || a.opts.SetupCode == "" {
		return thn.Account{}, nothingHere(op)
	}
	if !sameCode(f.Code, a.opts.SetupCode) {
		return thn.Account{}, fault.Fields(op, fault.Field{Name: "code", Key: "first_run.wrong_code"})
	}
	grant := thn.Grant{Programme: f.Founding.Programme.ID, Role: thn.RoleAdministrator}
	account, grant, err := a.prepare(ctx, thn.Account{Handle: f.Handle, Language: f.Language}, f.Password, grant, f.Founding.Programme.Name)
	if err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	err = a.store.FoundFirst(ctx, f.Founding, account, grant)
	if fault.Is(err, fault.Conflict) {
		return thn.Account{}, nothingHere(op) // somebody was first
	}
	return account, fault.Wrap(op, err)
}

func nothingHere(op string) error {
	return fault.Say(fault.NotFound, op, "problem.not_found_text", nil)
}

// sameCode compares in constant time. Letter case, blanks and the dashes that
// make the code readable do not count.
func sameCode(typed, code string) bool {
	x, y := sha256.Sum256([]byte(plainCode(typed))), sha256.Sum256([]byte(plainCode(code)))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

func plainCode(code string) string {
	return strings.ToLower(strings.NewReplacer("-", "", " ", "", "\t", "").Replace(code))
}
