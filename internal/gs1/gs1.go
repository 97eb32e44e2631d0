// Package gs1 reads the code on a medicine's box: an element string as a scanner
// sends it or a person copies it from under the bars (GS1 General Specifications,
// sections 3 and 7.8). It keeps product number, lot and dates; the serial number
// of the single pack is read past and never kept, because it would tell one kit
// from another. It knows no products and no pages. Start at Parse.
package gs1

import (
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Code is what a box says. Empty and zero stand for what it leaves out.
type Code struct {
	GTIN      string // 14 digits
	Lot       string
	Expiry    thn.Date
	MonthOnly bool // the box prints month and year: Expiry is the month's last day
	Produced  thn.Date
}

// separator ends an element of open length; scanners send it for FNC1.
const separator = '\x1d'

// shown is the separator as it can be seen, typed and posted.
const shown = "␝"

// Visible writes separators as signs that survive a form, so that a code comes
// back to the person as it was scanned.
func Visible(text string) string { return strings.ReplaceAll(text, string(separator), shown) }

// marks begin what a scanner sends when it names the kind of code that it read.
var marks = []string{"]d2", "]C1", "]Q3", "]e0", "]J1"}

// Parse reads an element string, with or without parentheses and separators, or
// the bare number of a product. today decides the century of a date.
func Parse(text string, today thn.Date) (Code, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, shown, string(separator)))
	for _, mark := range marks {
		text = strings.TrimPrefix(text, mark)
	}
	text = strings.TrimLeft(text, string(separator))
	if text == "" {
		return Code{}, wrong("gs1.empty", "")
	}
	if Valid(text) && !dated(text) {
		return Code{GTIN: fourteen(text)}, nil
	}
	r := reader{today: today, seen: map[string]string{}}
	cut := cutRaw
	if strings.HasPrefix(text, "(") {
		cut = cutBracketed
	}
	for text != "" {
		var element element
		var err error
		if element, text, err = cut(text); err != nil {
			return Code{}, err
		}
		if err := r.take(element); err != nil {
			return Code{}, err
		}
	}
	return r.finish()
}

// dated tells eight digits that are a date of a box from those of a short
// product number.
func dated(text string) bool {
	return len(text) == 8 && (strings.HasPrefix(text, "17") || strings.HasPrefix(text, "11"))
}

// wrong is a code that cannot be read; part is the element that it stops at.
func wrong(key, part string) error {
	return fault.Fields("read code", fault.Field{Name: "code", Key: key, Args: map[string]any{"Part": part}})
}
