// Package lang turns catalogue keys, numbers and dates into a person's language.
// Texts live in web/lang, one YAML file for each area of the program and each
// language; nothing here or anywhere else assembles a sentence from fragments.
// It knows neither pages nor requests. Start at Open, then Locale.T.
package lang

import (
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Codes lists the languages in the order they are offered; the first is the
// one for whoever asks for none of them.
var Codes = []string{"en", "fr", "es"}

var formats = map[string]func() locales.Translator{"en": en_GB.New, "fr": fr.New, "es": es.New}

// Catalogue holds every language.
type Catalogue struct {
	codes   []string
	locales map[string]*Locale
	matcher language.Matcher
	keys    map[string][]string // language → keys, for the completeness test
}

// Locale is one language: its texts and its ways with numbers, dates and order.
type Locale struct {
	Code     string
	rtl      bool
	texts    *i18n.Localizer
	fallback *i18n.Localizer
	format   locales.Translator
}

// Open reads every catalogue file of a folder: NAME.LANGUAGE.yaml. Pseudo
// languages are for tests.
func Open(files fs.FS, dir string, made ...Pseudo) (*Catalogue, error) {
	const op = "open catalogue"
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	c := &Catalogue{locales: map[string]*Locale{}, keys: map[string][]string{}}
	for _, e := range entries {
		raw, err := fs.ReadFile(files, path.Join(dir, e.Name()))
		if err != nil {
			return nil, fault.Wrap(op, err)
		}
		parsed, err := bundle.ParseMessageFileBytes(raw, e.Name())
		if err != nil {
			return nil, fault.New(fault.Internal, op, "%s: %w", e.Name(), err)
		}
		for _, m := range parsed.Messages {
			c.keys[parsed.Tag.String()] = append(c.keys[parsed.Tag.String()], m.ID)
			for _, p := range made {
				if err := p.add(bundle, parsed.Tag, m); err != nil {
					return nil, fault.Wrap(op, err)
				}
			}
		}
	}
	c.speak(bundle, made)
	return c, nil
}

// speak makes the locales of the languages that were read and made.
func (c *Catalogue) speak(bundle *i18n.Bundle, made []Pseudo) {
	tell := func(code string, format locales.Translator) {
		c.codes = append(c.codes, code)
		c.locales[code] = &Locale{Code: code, rtl: rightToLeft(code), texts: i18n.NewLocalizer(bundle, code), fallback: i18n.NewLocalizer(bundle, Codes[0]), format: format}
	}
	for _, code := range Codes {
		tell(code, formats[code]())
	}
	for _, p := range made {
		tell(p.Code, p.format(p.letters))
	}
	var tags []language.Tag
	for _, code := range c.codes {
		tags = append(tags, language.Make(code))
	}
	c.matcher = language.NewMatcher(tags)
}

// Codes lists every language there is, the ones for tests included.
func (c *Catalogue) Codes() []string { return c.codes }

// Locale gives a language by code; an unknown code gives the first language.
func (c *Catalogue) Locale(code string) *Locale {
	if l, ok := c.locales[code]; ok {
		return l
	}
	return c.locales[Codes[0]]
}

// Match finds the best language for an Accept-Language header.
func (c *Catalogue) Match(accept string) *Locale {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return c.Locale("")
	}
	_, i, _ := c.matcher.Match(wanted...)
	return c.Locale(c.codes[i])
}

// Keys lists the keys a language has.
func (c *Catalogue) Keys(code string) []string { return slices.Sorted(slices.Values(c.keys[code])) }

// T gives the text of a key. Blanks are filled from pairs: "Site", name. A key
// that a language lacks is read in the first language; one that none has shows
// itself, so that a test and a person notice.
func (l *Locale) T(key string, pairs ...any) string {
	return l.text(&i18n.LocalizeConfig{MessageID: key, TemplateData: l.fill(blanks(pairs))})
}

// N gives the plural form of a key for a count; {{.N}} is the count, formatted.
// A count may have a part, as a float64: one and a half is said otherwise than
// one in some languages.
func (l *Locale) N(key string, count any, pairs ...any) string {
	data := blanks(pairs)
	var n any = asInt(count)
	data["N"] = l.Number(n)
	if part, ok := count.(float64); ok && part != math.Trunc(part) {
		text := strconv.FormatFloat(part, 'f', -1, 64)
		_, places, _ := strings.Cut(text, ".")
		n, data["N"] = text, l.Decimal(part, len(places))
	} else if ok {
		n, data["N"] = int64(part), l.Number(int64(part))
	}
	return l.text(&i18n.LocalizeConfig{MessageID: key, TemplateData: l.fill(data), PluralCount: n})
}

// Args is T with the blanks already in a map, as package fault carries them.
func (l *Locale) Args(key string, args map[string]any) string {
	return l.text(&i18n.LocalizeConfig{MessageID: key, TemplateData: l.fill(args)})
}

// Has tells whether any language has the key.
func (l *Locale) Has(key string) bool { return l.T(key) != "⟦"+key+"⟧" }

func (l *Locale) text(config *i18n.LocalizeConfig) string {
	for _, texts := range []*i18n.Localizer{l.texts, l.fallback} {
		if s, err := texts.Localize(config); err == nil || s != "" {
			return s
		}
	}
	return "⟦" + config.MessageID + "⟧"
}

func blanks(pairs []any) map[string]any {
	data := make(map[string]any, len(pairs)/2+1)
	for i := 0; i+1 < len(pairs); i += 2 {
		data[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return data
}

func asInt(count any) int64 {
	n, err := strconv.ParseInt(fmt.Sprint(count), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Number writes a whole number with the language's grouping.
func (l *Locale) Number(n any) string { return l.format.FmtNumber(float64(asInt(n)), 0) }

// Decimal writes a number with so many places, already rounded by the caller's rule.
func (l *Locale) Decimal(v float64, places int) string {
	scale := math.Pow10(places)
	return l.format.FmtNumber(math.Floor(v*scale+0.5)/scale, uint64(places))
}

// Date writes a day in full: 23 November 2026. The formatting library follows
// CLDR, which lacks the ordinal that French has for the first of a month: 1er.
func (l *Locale) Date(d thn.Date) string {
	if d.IsZero() {
		return ""
	}
	long := l.format.FmtDateLong(noon(d))
	if l.Code == "fr" && d.Day() == 1 {
		return strings.Replace(long, "1", "1er", 1)
	}
	return long
}

// Month writes a month and year: November 2026.
func (l *Locale) Month(d thn.Date) string {
	return l.T("date.month_year", "Month", l.format.MonthWide(d.Month()), "Year", strconv.Itoa(d.Year()))
}

// MonthShort writes a month for an axis: Nov.
func (l *Locale) MonthShort(d thn.Date) string {
	return strings.TrimSuffix(l.format.MonthAbbreviated(d.Month()), ".")
}

// Period writes a period by its shape: a month, a quarter, a year, or its days.
func (l *Locale) Period(p thn.Period) string {
	year := strconv.Itoa(p.From.Year())
	switch p.Shape() {
	case thn.ShapeMonth:
		return l.Month(p.From)
	case thn.ShapeYear:
		return year
	case thn.ShapeFiscal:
		return l.T("date.month_range", "From", l.Month(p.From), "To", l.Month(p.Last()))
	case thn.ShapeQuarter:
		return l.T("date.months", "From", l.format.MonthWide(p.From.Month()), "To", l.format.MonthWide(p.Last().Month()), "Year", year)
	}
	last := p.Last()
	switch {
	case p.From == last:
		return l.Date(last)
	case p.From.YearMonth() == last.YearMonth():
		return l.T("date.days_of_month", "From", l.dayOfMonth(p.From), "To", l.Date(last))
	}
	return l.T("date.days", "From", l.Date(p.From), "To", l.Date(last))
}

// dayOfMonth writes a day whose month stands behind another one.
func (l *Locale) dayOfMonth(d thn.Date) string {
	if l.Code == "fr" && d.Day() == 1 {
		return "1er"
	}
	return strconv.Itoa(d.Day())
}

// Financial writes a year that begins in another month than January by the two
// calendar years it touches: 2016/17. Which month it begins in is said nearby.
func (l *Locale) Financial(p thn.Period) string {
	return l.T("date.financial_year", "From", strconv.Itoa(p.From.Year()), "To", fmt.Sprintf("%02d", (p.From.Year()+1)%100))
}

// Sort puts things in the order people of this language read names in.
func Sort[E any](l *Locale, list []E, name func(E) string) {
	order := collate.New(language.Make(l.Code))
	slices.SortStableFunc(list, func(a, b E) int { return order.CompareString(name(a), name(b)) })
}

// Year writes the year of a day.
func (l *Locale) Year(d thn.Date) string { return strconv.Itoa(d.Year()) }

// Form is one plural form of a text, with a number that takes it.
type Form struct {
	N    int
	Text string
}

// Forms gives the plural forms of a key, the count left open as {N}: for texts that
// a browser fills, which knows by itself which form a number takes.
func (l *Locale) Forms(key string) (forms []Form) {
	for _, n := range []int{0, 1, 2, 3, 6, 11, 100, 1_000_000} { // each CLDR category of a whole number is among them
		forms = append(forms, Form{N: n, Text: l.text(&i18n.LocalizeConfig{MessageID: key, TemplateData: map[string]any{"N": "{N}"}, PluralCount: n})})
	}
	return forms
}
