package disclosure

import (
	"fmt"

	"thntracker/internal/fault"
)

// Refused is why a set cannot be published as it is. It names a count by its key
// and never says how large it is. errors.As finds it; fault.Sentence finds the
// words, whose blank Cell is the key.
type Refused struct {
	Key    string
	Reason Reason
}

// Reason is a kind of refusal.
type Reason string

// The reasons. The first two are about the counts, the others about what was given.
const (
	KeptTooSmall    Reason = "kept"       // a count that has to stay would itself be hidden
	KeptChanged     Reason = "changed"    // a count that has to stay changed by too little to be shown again
	CannotBeSafe    Reason = "unsafe"     // nothing that could still be hidden would protect it
	Contradicts     Reason = "contradict" // the numbers shown cannot all be true
	NotComputed     Reason = "unsolved"   // too hard to work out within the steps allowed
	SumIsWrong      Reason = "sum"        // the parts do not add up to the whole
	UnknownKey      Reason = "unknown"    // named by a sum or another count, but not in the set
	TwiceNamed      Reason = "twice"      // the same key twice
	NotACount       Reason = "count"      // below zero, or beyond what is counted here
	WrongShares     Reason = "shares"     // what the contributors hold does not add up to the count
	RuleNotPossible Reason = "rule"       // a rule that protects nothing or contradicts itself
)

// Error reads as the log wants it.
func (r *Refused) Error() string { return fmt.Sprintf("%s: %q", string(r.Reason), r.Key) }

// refuse makes the error of an operation. What a person can act on has words, in
// the catalogue's disclosure.*; the rest is a mistake of the caller.
func refuse(op, key string, reason Reason) error {
	e := &fault.Error{Op: op, Err: &Refused{Key: key, Reason: reason}}
	switch reason {
	case KeptTooSmall, KeptChanged, CannotBeSafe, Contradicts, NotComputed:
		e.Kind, e.Key, e.Args = fault.Conflict, "disclosure."+string(reason), map[string]any{"Cell": key}
	}
	return e
}
