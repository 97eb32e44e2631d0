package setup

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Lengths in characters: of a name, lot or source, and of an address.
const (
	longestName    = 120
	longestAddress = 500
)

// yearAhead is how far off a day may be on which something opens or closes:
// further is a slip of the keyboard.
const yearAhead = 366

// wrong gathers the fields to put right, in the order they are met.
type wrong struct{ fields []fault.Field }

func (w *wrong) add(bad bool, field, key string) {
	if bad {
		w.fields = append(w.fields, fault.Field{Name: field, Key: key})
	}
}

// err is nil when nothing is wrong.
func (w *wrong) err(op string) error { return fault.Fields(op, w.fields...) }

// name checks a text that must be there and gives it trimmed, in one Unicode
// spelling. missing is what to say when it is not there.
func (w *wrong) name(field, text, missing string) string {
	text = w.text(field, text)
	w.add(text == "", field, missing)
	return text
}

// text checks a text that may be empty. What reorders or hides other text is
// refused, because names are read out and compared by eye.
func (w *wrong) text(field, text string) string {
	text = strings.TrimSpace(norm.NFC.String(text))
	w.add(utf8.RuneCountInString(text) > longestName, field, "setup.name_long")
	w.add(!utf8.ValidString(text) || strings.ContainsFunc(text, hides), field, "setup.name_signs")
	return text
}

func hides(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// address checks a link that may be empty: pages only, so that it cannot run anything.
func (w *wrong) address(field, text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	good := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
	w.add(!good || len(text) > longestAddress || strings.ContainsFunc(text, hides), field, "setup.address")
	return text
}

// ahead refuses days that are far off.
func (w *wrong) ahead(field string, day, today thn.Date) {
	w.add(today.AddDays(yearAhead).Before(day), field, "setup.day_far")
}

// known refuses a code that is not in its list.
func known[C ~string](w *wrong, list []C, code C, field, key string) {
	w.add(!slices.Contains(list, code), field, key)
}

// same tells whether two names are one to a reader.
func same(a, b string) bool { return a != "" && thn.Fold(a) == thn.Fold(b) }
