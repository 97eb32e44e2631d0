// Package fault holds the kinds of things that go wrong, so that the layer that
// meets a problem names it once and the layer that answers a person decides how
// to say it. It knows no other package of this program. Start at Kind.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what went wrong in terms a caller can act on. The zero value is
// Internal: what nobody has named is ours, and its cause stays in the log.
type Kind int

// The kinds. Each maps to one HTTP status in internal/server.
const (
	Internal    Kind = iota // a cause nobody foresaw
	Invalid                 // the input cannot be acted on; Fields say where
	NotFound                // no such thing, or not this person's to know of
	Conflict                // somebody else changed it first
	Denied                  // known, but this person may not
	SignedOut               // nobody is signed in
	TooLarge                // more than we accept at once
	TooMany                 // too often; try again later
	Unavailable             // we cannot now; try again
)

var kindNames = [...]string{"internal", "invalid", "not found", "conflict", "denied", "signed out", "too large", "too many", "unavailable"}

// String names the kind for logs.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "internal"
	}
	return kindNames[k]
}

// Field is one thing to put right, named as the input names it. Key is a
// catalogue key; Args fill its blanks. No person's answer goes into Args
// unless it is shown back to that same person.
type Field struct {
	Name string
	Key  string
	Args map[string]any
}

// Error is an error with a kind and, for Invalid, the fields to put right.
type Error struct {
	Kind   Kind
	Op     string // the operation, lower case, keys included
	Key    string // catalogue key of a sentence for the person, if there is one
	Args   map[string]any
	Fields []Field
	Err    error
}

// Error reads "operation: cause", as the log wants it.
func (e *Error) Error() string {
	cause := e.Kind.String()
	switch {
	case e.Err != nil:
		cause = e.Err.Error()
	case e.Key != "":
		cause = e.Key
	case len(e.Fields) > 0:
		cause = e.Fields[0].Name + ": " + e.Fields[0].Key
	}
	if e.Op == "" {
		return cause
	}
	return e.Op + ": " + cause
}

// Unwrap gives errors.Is and errors.As the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind for an operation, with a formatted cause.
func New(kind Kind, op, format string, args ...any) error {
	return &Error{Kind: kind, Op: op, Err: fmt.Errorf(format, args...)}
}

// Say makes an error whose sentence for the person is a catalogue key.
func Say(kind Kind, op, key string, args map[string]any) error {
	return &Error{Kind: kind, Op: op, Key: key, Args: args}
}

// Fields makes an Invalid error from the fields to put right, or nil when
// there are none.
func Fields(op string, fields ...Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Op: op, Fields: fields}
}

// Wrap adds the operation to an error and keeps its kind. A nil stays nil.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindOf(err), Op: op, Err: err}
}

// KindOf finds the outermost kind in an error's chain; Internal when none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is of the kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// FieldsOf collects the fields to put right from anywhere in the chain.
func FieldsOf(err error) []Field {
	for err != nil {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return nil
		}
		if len(e.Fields) > 0 {
			return e.Fields
		}
		err = e.Err
	}
	return nil
}

// Sentence finds the first catalogue key meant for the person, with its blanks.
func Sentence(err error) (key string, args map[string]any) {
	for err != nil {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return "", nil
		}
		if e.Key != "" {
			return e.Key, e.Args
		}
		err = e.Err
	}
	return "", nil
}

// Label is an Args value that is itself a catalogue key, such as the label of
// a field; it is put into words together with the sentence it stands in.
type Label string
