package main

import (
	"errors"
	"fmt"

	"thntracker/internal/app"
	"thntracker/internal/release"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

// contributeCmd gives a programme's word on its figures in national ones.
type contributeCmd struct {
	whose
	To       string `help:"Id of the programme of the same country that may add these figures to its own." placeholder:"ID"`
	Withdraw bool   `help:"Take the word back, for releases that are closed from now on."`
}

var errOneOfTwo = errors.New("give either --to ID or --withdraw")

// Run gives the word and says what it is now.
func (c contributeCmd) Run(e *env) error {
	if c.Withdraw == (c.To != "") {
		return errOneOfTwo
	}
	return c.withStore(e, func(st *store.Store, _ release.Releases, programme thn.Programme) error {
		said := "Nobody may add"
		if c.To != "" {
			publisher, err := app.Programme(e.ctx, st, c.Country, c.To)
			if err != nil {
				return err
			}
			if publisher.Demo != programme.Demo {
				return errors.New("invented records and real ones are never added up")
			}
			said = publisher.Name + " may add"
		}
		if err := st.AddContribution(e.ctx, "", thn.Contribution{Programme: programme.ID, Publisher: thn.ID(c.To)}); err != nil {
			return err
		}
		_, err := fmt.Fprintf(e.out, "%s the figures of %s\n", said, programme.Name)
		return err
	})
}
