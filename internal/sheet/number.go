package sheet

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// State says whether a cell answered the question of its column.
type State int

// The states. They are kept apart all the way to the report: a place that
// reported nothing, one that reported zero and one whose small figure was
// hidden are three different findings.
const (
	Known   State = iota
	Missing       // nobody reported
	Unknown       // somebody reported that it is not known
	Hidden        // a figure exists and was kept back, with no bound given
)

// Decimal is an exact number: Units divided by ten, Places times.
type Decimal struct {
	Units  int64
	Places int
}

// In gives the number in parts of a whole, such as 2 for halves, if it is a
// whole number of them.
func (d Decimal) In(parts int64) (int64, bool) {
	scale := int64(1)
	for range d.Places {
		scale *= 10
	}
	n := d.Units * parts
	return n / scale, n%scale == 0
}

// Float gives the nearest binary number, for shares and rates.
func (d Decimal) Float() float64 {
	f := float64(d.Units)
	scale := 1.0
	for range d.Places {
		scale *= 10
	}
	return f / scale
}

func (d Decimal) less(e Decimal) bool {
	for d.Places < e.Places {
		d.Units, d.Places = d.Units*10, d.Places+1
	}
	for e.Places < d.Places {
		e.Units, e.Places = e.Units*10, e.Places+1
	}
	return d.Units < e.Units
}

// Number is what a cell says about a quantity: one figure, for which Low and
// High are the same, or the bounds of a hidden one.
type Number struct {
	Text        string // as written
	State       State
	Low, High   Decimal
	Open        bool // no upper bound: >5, 5+
	Approximate bool
	Percent     bool
	Money       bool
}

// NumberStyle says how the author of a column wrote numbers. Words are compared
// without case. The zero value reads 23,851.20 and the usual English, French
// and Spanish words.
type NumberStyle struct {
	DecimalComma bool     // 23.851,20
	Missing      []string // further words, or codes such as 999
	Unknown      []string
	Hidden       []string
	Zero         []string // such as – in tables that say so
}

var (
	missingWords = []string{"", "na", "n/a", "#n/a", "null", "none reported", "nd", "n/d", "sin dato", "sin datos", "non renseigné", "not reported", "not recorded", "missing", ".", ".."}
	unknownWords = []string{"unknown", "not known", "uu", "inconnu", "inconnue", "desconocido", "desconocida", "no se sabe"}
	hiddenWords  = []string{"suppressed", "masked", "hidden", "confidential", "redacted", "*", "**", "supprimé", "masqué", "confidentiel", "suprimido", "oculto", "confidencial"}
)

// is tells whether a text is one of the words, in any case.
func is(text string, words ...[]string) bool {
	for _, list := range words {
		if slices.ContainsFunc(list, func(w string) bool { return strings.EqualFold(Clean(w), text) }) {
			return true
		}
	}
	return false
}

// Parse reads a quantity. What it cannot read with certainty it refuses, with a
// sentence that says what would make it certain.
func (s NumberStyle) Parse(text string) (Number, error) {
	n := Number{Text: Clean(text)}
	switch {
	case is(n.Text, s.Zero):
		return n, nil
	case is(n.Text, s.Missing, missingWords):
		n.State = Missing
		return n, nil
	case is(n.Text, s.Unknown, unknownWords):
		n.State = Unknown
		return n, nil
	case is(n.Text, s.Hidden, hiddenWords):
		n.State = Hidden
		return n, nil
	}
	if strings.Trim(n.Text, "-–—") == "" {
		return n, cellError("number_dash", n.Text, nil)
	}
	body := n.strip(westernDigits(n.Text))
	if err := s.bounds(&n, body); err != nil {
		return n, err
	}
	return n, nil
}

// about are the words before an approximate figure.
var about = []string{"approximately", "approx.", "approx", "about", "around", "circa", "c.", "~", "≈", "environ", "env.", "unos", "unas", "aproximadamente", "aprox."}

// strip takes off what stands around the digits and remembers it.
func (n *Number) strip(body string) string {
	for _, w := range about {
		if rest, ok := cutFold(body, w); ok {
			n.Approximate, body = true, rest
			break
		}
	}
	if rest, ok := strings.CutSuffix(body, "%"); ok {
		n.Percent, body = true, Clean(rest)
	}
	for _, sign := range []string{"US$", "CA$", "$", "£", "€"} {
		if strings.Contains(body, sign) {
			n.Money, body = true, Clean(strings.Replace(body, sign, "", 1))
			break
		}
	}
	return body
}

// cutFold takes a word off the front, in any case. After a word of letters
// something else must follow, so that "c" does not eat into another word.
func cutFold(text, word string) (rest string, ok bool) {
	if len(text) <= len(word) || !strings.EqualFold(text[:len(word)], word) {
		return text, false
	}
	last, _ := utf8.DecodeLastRuneInString(word)
	next, _ := utf8.DecodeRuneInString(text[len(word):])
	if unicode.IsLetter(last) && unicode.IsLetter(next) {
		return text, false
	}
	return Clean(text[len(word):]), true
}

// westernDigits replaces Arabic and Persian digits and separators.
func westernDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r == '٫':
			return '.'
		case r == '٬':
			return ','
		case r == '−':
			return '-'
		}
		return r
	}, s)
}
