package setup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"thntracker/internal/fault"
)

// longestName is how many characters a name, a lot or a source may have.
const longestName = 120

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
// spelling.
func (w *wrong) name(field, text string) string {
	text = w.text(field, text)
	w.add(text == "", field, "setup.name_missing")
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
