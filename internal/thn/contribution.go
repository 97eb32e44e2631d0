package thn

import "fmt"

// Contribution is a programme's word on whether its figures may be added to the
// national figures that another programme of the country publishes. It is never
// changed: a newer word takes over, and the older ones stay as history. What was
// added to a release stays in it and in its corrections, because taking it out
// would tell by subtraction what it was.
type Contribution struct {
	Programme ID
	Number    int    // counts up within a programme, from 1; set by the ledger
	Publisher ID     // who may add the figures to its own; empty: nobody any more
	Role      Role   // of whoever gave the word; empty: the command line
	Hour      string // UTC, when it was given; set by the ledger
}

// Check tells what is impossible about a word.
func (c Contribution) Check() error {
	switch {
	case c.Programme == "":
		return fmt.Errorf("a contribution names its programme")
	case c.Programme == c.Publisher:
		return fmt.Errorf("a programme's figures are in its own releases anyway")
	}
	return nil
}
