package lang

import (
	"regexp"
	"strings"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/en_GB"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Pseudo is a language that nobody speaks, made from the first one so that
// pages show what a translation will do to them. It has no file, is in no list
// that readers choose from, and is there only where Open is handed it: a text
// that is not in its letters was never in a catalogue. The codes are those that
// browsers and phones use for the same purpose.
type Pseudo struct {
	Code    string
	letters *strings.Replacer
	format  func(letters *strings.Replacer) locales.Translator
}

// Accented puts an accent on every letter and doubles the vowels, which makes a
// text about two fifths longer, and its words too: a long word is what breaks a
// narrow column.
func Accented() Pseudo {
	return Pseudo{Code: "en-XA", letters: accents, format: func(letters *strings.Replacer) locales.Translator {
		return accentedMonths{en_GB.New(), letters}
	}}
}

// Mirrored writes in Arabic letters, from right to left. It can be no more read
// than Arabic by somebody who has not learnt it; only its layout is of interest.
func Mirrored() Pseudo {
	return Pseudo{Code: "ar-XB", letters: arabic, format: func(*strings.Replacer) locales.Translator { return ar.New() }}
}

var accents = strings.NewReplacer(
	"a", "áá", "b", "ƀ", "c", "ç", "d", "ð", "e", "éé", "f", "ƒ", "g", "ĝ", "h", "ĥ", "i", "íí", "j", "ĵ", "k", "ķ", "l", "ļ", "m", "ɱ",
	"n", "ñ", "o", "óó", "p", "þ", "q", "ʠ", "r", "ŕ", "s", "š", "t", "ţ", "u", "úú", "v", "ṽ", "w", "ŵ", "x", "ẋ", "y", "ý", "z", "ž",
	"A", "Á", "B", "Ɓ", "C", "Ç", "D", "Ð", "E", "É", "F", "Ƒ", "G", "Ĝ", "H", "Ĥ", "I", "Í", "J", "Ĵ", "K", "Ķ", "L", "Ļ", "M", "Ḿ",
	"N", "Ñ", "O", "Ó", "P", "Þ", "Q", "Ǫ", "R", "Ŕ", "S", "Š", "T", "Ţ", "U", "Ú", "V", "Ṽ", "W", "Ŵ", "X", "Ẋ", "Y", "Ý", "Z", "Ž")

var arabic = strings.NewReplacer(
	"a", "ا", "b", "ب", "c", "ك", "d", "د", "e", "ع", "f", "ف", "g", "غ", "h", "ه", "i", "ي", "j", "ج", "k", "ق", "l", "ل", "m", "م",
	"n", "ن", "o", "و", "p", "ث", "q", "ص", "r", "ر", "s", "س", "t", "ت", "u", "ح", "v", "ط", "w", "ش", "x", "خ", "y", "ى", "z", "ز",
	"A", "ا", "B", "ب", "C", "ك", "D", "د", "E", "ع", "F", "ف", "G", "غ", "H", "ه", "I", "ي", "J", "ج", "K", "ق", "L", "ل", "M", "م",
	"N", "ن", "O", "و", "P", "ث", "Q", "ص", "R", "ر", "S", "س", "T", "ت", "U", "ح", "V", "ط", "W", "ش", "X", "خ", "Y", "ى", "Z", "ز",
	",", "،", ";", "؛", "?", "؟")

// blankOf finds the blanks of a text, which stay as they are.
var blankOf = regexp.MustCompile(`\{\{\.\w+\}\}`)

// write puts a text into the letters of the language, between brackets: a cut
// text lacks one of them, and one glued from two shows four.
func (p Pseudo) write(text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, found := range blankOf.FindAllStringIndex(text, -1) {
		b.WriteString(p.letters.Replace(text[at:found[0]]))
		b.WriteString(text[found[0]:found[1]])
		at = found[1]
	}
	b.WriteString(p.letters.Replace(text[at:]))
	return "[" + b.String() + "]"
}

// message writes all forms of an English text. The language may have more plural
// categories than English: what English lacks is said as its general form.
func (p Pseudo) message(m *i18n.Message) *i18n.Message {
	form := func(text string) string {
		if text == "" {
			text = m.Other
		}
		return p.write(text)
	}
	return &i18n.Message{ID: m.ID, Zero: form(m.Zero), One: form(m.One), Two: form(m.Two), Few: form(m.Few), Many: form(m.Many), Other: p.write(m.Other)}
}

// add puts an English text into the bundle; of other languages it takes none.
func (p Pseudo) add(bundle *i18n.Bundle, of language.Tag, m *i18n.Message) error {
	if of != language.English {
		return nil
	}
	return bundle.AddMessages(language.Make(p.Code), p.message(m))
}

// accentedMonths writes the names that the formatting library brings along.
type accentedMonths struct {
	locales.Translator
	letters *strings.Replacer
}

func (f accentedMonths) MonthWide(m time.Month) string {
	return f.letters.Replace(f.Translator.MonthWide(m))
}

func (f accentedMonths) MonthAbbreviated(m time.Month) string {
	return f.letters.Replace(f.Translator.MonthAbbreviated(m))
}

func (f accentedMonths) FmtDateLong(t time.Time) string {
	return f.letters.Replace(f.Translator.FmtDateLong(t))
}
