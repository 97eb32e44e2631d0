package thn

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Fold is a name as it is matched: no outer or doubled blanks, no marks, one
// letter case. It is made here, in Go, because the engines fold differently.
func Fold(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if !strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) { // most names, and far quicker
		return strings.ToLower(name)
	}
	strip := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	if plain, _, err := transform.String(strip, name); err == nil {
		name = plain
	}
	return cases.Fold().String(name)
}
