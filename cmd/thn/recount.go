package main

import (
	"errors"
	"fmt"
	"time"

	"thntracker/internal/store"
	"thntracker/internal/thn"
)

type recountCmd struct {
	Country   string `help:"Only the programme of this country, two letters." placeholder:"XX"`
	Programme string `help:"Only the programme with this id." placeholder:"ID"`
	Rebuild   bool   `help:"Make the sums anew from the records first."`
}

// Help is what --help says beneath the first line.
func (recountCmd) Help() string {
	return `Pages read sums that are kept up with every record. This adds up all records
anew and sets the outcome beside each sum, as the server does every night. It can
run while the server does.

The exit code is 1 when a sum is not what the records say. No figure is printed,
only which sums of which month; --rebuild puts them right, the records stay as
they are.`
}

// recounted is one programme's recount as it is printed.
type recounted struct {
	Programme string      `json:"programme"`
	Name      string      `json:"name"`
	Agrees    bool        `json:"agrees"`
	Wrong     []wrongSums `json:"wrong"`
}

type wrongSums struct {
	Cube  string `json:"cube"`
	Month int    `json:"month"`
	Sums  int    `json:"sums"`
}

var errSumsWrong = errors.New("sums are not what the records say: run it again with --rebuild")

// Run recounts and prints; a difference is an error after all is printed.
func (c recountCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	list, err := programmes(e, st, c.Country, c.Programme)
	if err != nil {
		return err
	}
	all, agree := []recounted{}, true
	for _, p := range list {
		r, err := c.recount(e, st, p)
		if err != nil {
			return err
		}
		all, agree = append(all, r), agree && r.Agrees
	}
	if err := e.printRecounted(all); err != nil {
		return err
	}
	if !agree {
		return errSumsWrong
	}
	return nil
}

func (c recountCmd) recount(e *env, st *store.Store, p thn.Programme) (recounted, error) {
	r := recounted{Programme: string(p.ID), Name: p.Name, Wrong: []wrongSums{}}
	if c.Rebuild {
		if err := st.Rebuild(e.ctx, p.ID); err != nil {
			return r, err
		}
	}
	wrong, err := st.Recount(e.ctx, p.ID, p.Today(time.Now()))
	for _, w := range wrong {
		r.Wrong = append(r.Wrong, wrongSums(w))
	}
	r.Agrees = len(wrong) == 0
	return r, err
}

func (e *env) printRecounted(all []recounted) error {
	if e.json {
		return e.printJSON(all)
	}
	for _, r := range all {
		fmt.Fprintf(e.out, "%s  %s\n", r.Programme, r.Name)
		if r.Agrees {
			fmt.Fprintln(e.out, "  every sum is what the records say")
		}
		for _, w := range r.Wrong {
			fmt.Fprintf(e.out, "  %d-%02d: %d wrong among the sums of %s\n", w.Month/100, w.Month%100, w.Sums, w.Cube)
		}
	}
	return nil
}
