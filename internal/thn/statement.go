package thn

import (
	"fmt"
	"slices"
)

// Service is something that a country has for people who use drugs, or has not.
type Service string

// Services lists those about which a programme can state whether they exist, in
// the order in which they are shown. The first six are those of the baseline.
var Services = []Service{"thn", "peer", "prison", "oat", "nsp", "dcr", "drug_checking"}

// Existences lists what can be stated of a service. That it is not known is a
// statement too: it takes over from an older yes or no.
var Existences = []Answer{AnswerYes, AnswerNo, AnswerUnknown}

// Statement says whether a service exists in the programme's country, with the
// source that says so. It is never changed: a newer one about the same service
// takes over, and the older ones stay as history. Who gave it stands in the audit;
// here is only their role.
type Statement struct {
	ID      ID
	Number  int // counts up within a programme, from 1; set by the ledger
	Service Service
	Exists  Answer
	Source  string // title of a document, never the name of a person
	URL     string // where it can be read
	Dated   Date   // day of the source
	Role    Role   // of whoever gave it; empty: the command line
	Hour    string // UTC, when it was given; set by the ledger
	Edition int    // the newest edition when it was given, which it is therefore not in; 0: none; set by the ledger
}

// Check tells what is impossible about a statement.
func (s Statement) Check() error {
	switch {
	case s.ID == "" || s.Source == "" || s.URL == "" || s.Dated.IsZero():
		return fmt.Errorf("a statement names its id and its source with address and day")
	case !slices.Contains(Services, s.Service):
		return fmt.Errorf("no service is called %q", s.Service)
	case !slices.Contains(Existences, s.Exists):
		return fmt.Errorf("a service exists, does not, or it is not known")
	}
	return nil
}

// Standing gives of a list of statements the newest about each service, in the
// order of Services.
func Standing(list []Statement) (newest []Statement) {
	for _, service := range Services {
		var last Statement
		for _, s := range list {
			if s.Service == service && s.Number > last.Number {
				last = s
			}
		}
		if last.Number > 0 {
			newest = append(newest, last)
		}
	}
	return newest
}
