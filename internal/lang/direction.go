package lang

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Marks around a blank that keep its direction to itself, as bdi does in HTML.
const (
	isolate    = "\u2068"
	endIsolate = "\u2069"
)

// rightToLeftScripts are the scripts in daily use that run from right to left.
var rightToLeftScripts = []string{"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"}

func rightToLeft(code string) bool {
	script, _ := language.Make(code).Script()
	return slices.Contains(rightToLeftScripts, script.String())
}

// Dir is the direction of the language as HTML names it: ltr or rtl.
func (l *Locale) Dir() string {
	if l.rtl {
		return "rtl"
	}
	return "ltr"
}

// Beside sets remarks side by side with a dot between; empty ones are left out.
// From right to left each is kept to itself: the name of a product must not carry
// what stands beside it along in its own direction.
func (l *Locale) Beside(remarks ...string) string {
	var said []string
	for _, x := range remarks {
		switch {
		case x != "" && l.rtl:
			said = append(said, isolate+x+endIsolate)
		case x != "":
			said = append(said, x)
		}
	}
	return strings.Join(said, " · ")
}

// fill readies what stands in the blanks of a sentence. The name of a site or a
// lot is written from left to right in the middle of Arabic: without marks
// around it the numbers beside it would change places with it.
func (l *Locale) fill(data map[string]any) map[string]any {
	if !l.rtl {
		return data
	}
	out := make(map[string]any, len(data))
	for name, value := range data {
		if text, ok := value.(string); ok && text != "" {
			value = isolate + text + endIsolate
		}
		out[name] = value
	}
	return out
}
