package account

import (
	"context"
	"crypto/subtle"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// FirstAdministrator makes the first account of an empty installation for
// whoever has the code that was printed on the console. found makes the
// programme; it runs after the code and the password are known to be good.
func (a *Accounts) FirstAdministrator(ctx context.Context, code, handle, password string, found func(context.Context) (thn.ID, error)) (thn.Account, error) {
	const op = "first administrator"
	a.first.Lock() // two people with the code: one of them comes second
	defer a.first.Unlock()
	empty, err := a.Empty(ctx)
	if err != nil {
		return thn.Account{}, err
	}
	if !empty || a.opts.SetupCode == "" {
		return thn.Account{}, fault.Say(fault.NotFound, op, "problem.not_found_text", nil)
	}
	typed := strings.ToLower(strings.TrimSpace(code))
	if subtle.ConstantTimeCompare([]byte(typed), []byte(a.opts.SetupCode)) != 1 {
		return thn.Account{}, fault.Fields(op, fault.Field{Name: "code", Key: "first_run.wrong_code"})
	}
	if err := CheckHandle(handle); err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	if err := CheckPassword(password, handle); err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	programme, err := found(ctx)
	if err != nil {
		return thn.Account{}, fault.Wrap(op, err)
	}
	return a.Create(ctx, "", thn.Account{Handle: handle}, password, thn.Grant{Programme: programme, Role: thn.RoleAdministrator})
}
