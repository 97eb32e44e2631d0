package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"thntracker/internal/account"
	"thntracker/internal/app"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Add an account. The password is read from standard input."`
	List    userListCmd    `cmd:"" help:"List accounts with their roles."`
	Disable userDisableCmd `cmd:"" help:"Disable an account: its sessions end at once."`
}

type userAddCmd struct {
	Handle    string `arg:"" help:"Sign-in name; a work alias is enough."`
	Role      string `help:"worker, manager, advocate or administrator." enum:"worker,manager,advocate,administrator" required:""`
	Country   string `help:"Country of the programme, two letters." placeholder:"XX"`
	Programme string `help:"Id of the programme, when a country has several." placeholder:"ID"`
}

// Run adds an account to a programme.
func (c userAddCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	programme, err := app.Programme(e.ctx, st, c.Country, c.Programme)
	if err != nil {
		return err
	}
	password, err := e.password()
	if err != nil {
		return err
	}
	made, err := accounts(st).Create(e.ctx, "", thn.Account{Handle: c.Handle}, password, thn.Grant{Programme: programme.ID, Role: thn.Role(c.Role)})
	if err != nil {
		return err
	}
	if e.json {
		return e.printJSON(map[string]string{"id": string(made.ID), "handle": made.Handle, "role": c.Role, "programme": string(programme.ID)})
	}
	_, err = fmt.Fprintf(e.out, "%s can sign in as %s of %s.\n", made.Handle, c.Role, programme.Name)
	return err
}

func accounts(st *store.Store) *account.Accounts {
	return account.New(st, account.Options{Now: time.Now})
}

// password asks without showing what is typed; a pipe gives it as its first line.
func (e *env) password() (string, error) {
	if f, ok := e.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(e.err, "Password: ")
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(e.err)
		return string(b), err
	}
	line, err := bufio.NewReader(e.in).ReadString('\n')
	if line == "" && err != nil {
		return "", fmt.Errorf("give the password on standard input: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type userListCmd struct{}

// listed is an account as the list shows it.
type listed struct {
	Handle    string `json:"handle"`
	Role      string `json:"role"`
	Programme string `json:"programme"`
	State     string `json:"state"`
}

// Run lists the accounts of every programme.
func (userListCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	programmes, err := st.Programmes(e.ctx)
	if err != nil {
		return err
	}
	rows := []listed{}
	for _, p := range programmes {
		people, err := st.People(e.ctx, p.ID)
		if err != nil {
			return err
		}
		for _, m := range people {
			rows = append(rows, listed{m.Account.Handle, string(m.Grant.Role), p.Name, stateOf(m)})
		}
	}
	if e.json {
		return e.printJSON(rows)
	}
	w := tabwriter.NewWriter(e.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "HANDLE\tROLE\tPROGRAMME\tSTATE")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Handle, r.Role, r.Programme, r.State)
	}
	return w.Flush()
}

func stateOf(m thn.Member) string {
	switch {
	case m.Account.Disabled:
		return "disabled"
	case m.Grant.Ended:
		return "ended"
	case m.Account.Demo:
		return "demonstration only"
	}
	return "active"
}

type userDisableCmd struct {
	Handle string `arg:"" help:"Sign-in name."`
}

// Run disables an account.
func (c userDisableCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	found, err := st.Account(e.ctx, c.Handle)
	if err != nil {
		return err
	}
	if err := accounts(st).Disable(e.ctx, "", found.ID); err != nil {
		return err
	}
	if e.json {
		return e.printJSON(map[string]string{"handle": found.Handle, "state": "disabled"})
	}
	_, err = fmt.Fprintf(e.out, "%s is disabled and signed out everywhere.\n", found.Handle)
	return err
}
