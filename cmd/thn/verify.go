package main

import (
	"errors"
	"fmt"
	"strings"

	"thntracker/internal/app"
	"thntracker/internal/audit"
	"thntracker/internal/config"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

type verifyCmd struct {
	Country   string       `help:"Only the programme of this country, two letters." placeholder:"XX"`
	Programme string       `help:"Only the programme with this id." placeholder:"ID"`
	Noted     []audit.Head `help:"A head that was printed earlier and written down elsewhere; may be given several times, for one programme. Without one, a database put back to an older state is not noticed." placeholder:"SEQ:LINK"`
}

// Help is what --help says beneath the first line.
func (verifyCmd) Help() string {
	return `Reads the audit of every programme and recomputes it with the key. Prints how
many entries there are, the head to write down elsewhere, and each finding:

  edited      an entry does not say what it said when it was written
  removed     entries between others, or the first ones, are missing
  rewritten   entries were made without the key, or come from elsewhere
  truncated   the chain ends before its head, or before a noted one
  added       entries stand behind the head, or a number is there twice
  head        the head is missing or was not sealed with this key

The exit code is 1 when something does not hold. Nothing is changed.`
}

// verified is one programme's audit as it is printed.
type verified struct {
	Programme string         `json:"programme"`
	Name      string         `json:"name"`
	Holds     bool           `json:"holds"`
	Entries   int64          `json:"entries"`
	Before    int64          `json:"before_the_chain"`
	Head      string         `json:"head"`
	Findings  []foundInAudit `json:"findings"`
}

type foundInAudit struct {
	Fault string `json:"fault"`
	From  int64  `json:"from"`
	To    int64  `json:"to"`
	words string
}

var errDoesNotHold = errors.New("the audit does not hold")

// Run verifies and prints; what does not hold is an error after all is printed.
func (c verifyCmd) Run(e *env) error {
	cfg, err := config.New("", e.database, e.auditKey, false)
	if err != nil {
		return err
	}
	st, err := app.OpenToVerify(e.ctx, cfg)
	if err != nil {
		return err
	}
	defer st.Close()
	programmes, err := c.programmes(e, st)
	if err != nil {
		return err
	}
	all, holds := []verified{}, true
	for _, p := range programmes {
		v, err := c.verify(e, st, p)
		if err != nil {
			return err
		}
		all, holds = append(all, v), holds && v.Holds
	}
	if err := e.printVerified(all); err != nil {
		return err
	}
	if !holds {
		return errDoesNotHold
	}
	return nil
}

func (c verifyCmd) programmes(e *env, st *store.Store) ([]thn.Programme, error) {
	all, err := programmes(e, st, c.Country, c.Programme)
	if len(all) > 1 && len(c.Noted) > 0 {
		return nil, errors.New("a noted head belongs to one programme: say which with --programme or --country")
	}
	return all, err
}

// programmes are the one that flags name, or all there are.
func programmes(e *env, st *store.Store, country, id string) ([]thn.Programme, error) {
	if country != "" || id != "" {
		p, err := app.Programme(e.ctx, st, country, id)
		return []thn.Programme{p}, err
	}
	all, err := st.Programmes(e.ctx)
	if err == nil && len(all) == 0 {
		err = errors.New("there is no programme in this database: look at --database")
	}
	return all, err
}

func (c verifyCmd) verify(e *env, st *store.Store, p thn.Programme) (verified, error) {
	report, err := st.VerifyAudit(e.ctx, p.ID, c.Noted...)
	v := verified{Programme: string(p.ID), Name: p.Name, Holds: len(report.Findings) == 0, Entries: report.Entries, Before: report.Before,
		Head: report.Head.String(), Findings: []foundInAudit{}}
	for _, f := range report.Findings {
		v.Findings = append(v.Findings, foundInAudit{string(f.Fault), f.From, f.To, f.String()})
	}
	return v, err
}

func (e *env) printVerified(all []verified) error {
	if e.json {
		return e.printJSON(all)
	}
	var b strings.Builder
	for _, v := range all {
		fmt.Fprintf(&b, "%s  %s\n  %d entries", v.Programme, v.Name, v.Entries)
		if v.Before > 0 {
			fmt.Fprintf(&b, ", and %d of before the chain, which nothing seals", v.Before)
		}
		fmt.Fprintf(&b, "\n  head %s\n", v.Head)
		if v.Holds {
			b.WriteString("  it holds\n")
		}
		for _, f := range v.Findings {
			fmt.Fprintf(&b, "  %s\n", f.words)
		}
	}
	_, err := fmt.Fprint(e.out, b.String())
	return err
}
