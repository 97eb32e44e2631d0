package form

import (
	"fmt"
	"strings"
	"unicode"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// mostDigits is the longest whole number that is read: people, not atoms.
const mostDigits = 12

// whole reads a whole number with blanks between its digits, as populations are
// written. Commas and points are refused: they mean different things in
// different countries.
func whole(s string) (int64, error) {
	n, digits := int64(0), 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
		case unicode.Is(unicode.Nd, r):
			n, digits = 10*n+int64(digit(r)), digits+1
		default:
			return 0, fmt.Errorf("%q is not a whole number", s)
		}
		if digits > mostDigits {
			return 0, fmt.Errorf("%q is too long", s)
		}
	}
	if digits == 0 {
		return 0, fmt.Errorf("%q is not a whole number", s)
	}
	return n, nil
}

// thousandths reads a number of at most three places, with a point or a comma,
// as so many thousandths: 0.4 is 400.
func thousandths(s string) (int, error) {
	before, after, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	if len([]rune(after)) > 3 {
		return 0, fmt.Errorf("%q has more than three places", s)
	}
	for len([]rune(after)) < 3 {
		after += "0"
	}
	n, err := whole(before + after)
	if err != nil || n > 1e9 || strings.TrimSpace(before) == "" {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return int(n), nil
}

// reader takes answers apart and gathers what cannot be read.
type reader struct{ wrong []fault.Field }

func (r *reader) refuse(name, key, label string) {
	r.wrong = append(r.wrong, fault.Field{Name: name, Key: key, Args: map[string]any{"Field": fault.Label(label)}})
}

// day reads a day that may be left open.
func (r *reader) day(name, label string, d Day) thn.Date {
	if d.Empty() {
		return thn.Date{}
	}
	date, err := d.Date()
	if err != nil {
		r.refuse(name, "form.date", label)
	}
	return date
}

// mustDay reads a day that is needed.
func (r *reader) mustDay(name, label string, d Day) thn.Date {
	if d.Empty() {
		r.refuse(name, "form.missing", label)
	}
	return r.day(name, label, d)
}

// whole reads a whole number; otherwise stands for no answer.
func (r *reader) whole(name, label, text string, otherwise int64) int64 {
	if text == "" {
		return otherwise
	}
	n, err := whole(text)
	if err != nil {
		r.refuse(name, "setup.whole", label)
	}
	return n
}

// small is whole for counts that fit any machine's number.
func (r *reader) small(name, label, text string) int {
	n := r.whole(name, label, text, 0)
	if n > thn.MaxKits*1000 {
		r.refuse(name, "setup.whole", label)
		return 0
	}
	return int(n)
}

func (r *reader) thousandths(name, label, text string, otherwise int) int {
	if text == "" {
		return otherwise
	}
	n, err := thousandths(text)
	if err != nil {
		r.refuse(name, "setup.decimal", label)
	}
	return n
}

func (r *reader) err(op string) error { return fault.Fields(op, r.wrong...) }

// DayOf puts a day into the three answers of a form.
func DayOf(d thn.Date) Day {
	if d.IsZero() {
		return Day{}
	}
	return Day{Day: fmt.Sprint(d.Day()), Month: fmt.Sprint(int(d.Month())), Year: fmt.Sprint(d.Year())}
}
