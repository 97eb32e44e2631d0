package form

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"thntracker/internal/thn"
)

// codeLists are the closed lists that validate tags name.
var codeLists = map[string][]string{
	"recipient": texts(thn.Recipients), "supply": texts(thn.Supplies), "reason": texts(thn.Reasons), "training": texts(thn.Trainings),
	"setting": texts(thn.Settings), "servicetype": texts(thn.ServiceTypes), "channel": texts(thn.Channels), "supplier": texts(thn.Suppliers),
	"route": texts(thn.Routes), "areakind": texts(thn.AreaKinds), "denominator": texts(thn.DenominatorKinds), "question": texts(thn.Questions), "role": texts(thn.Roles), "method": texts(thn.Methods),
	"aid":      texts(thn.AidKinds),
	"movement": texts(OffKinds), "adjustreason": texts(thn.AdjustReasons), "stockform": StockForms,
	"giver": texts(thn.Givers), "outcome": texts(thn.Survivals), "answer": texts(thn.Answers), "place": texts(thn.Places), "relation": texts(thn.Relations),
	"reporter": texts(thn.Reporters), "response": texts(thn.Responses),
	"riskdefinition": texts(thn.RiskDefinitions), "carriagestatus": texts(thn.CarriageStatuses),
	"asking": AskNames, "ageband": texts(thn.AgeBands), "gender": texts(thn.Genders), "carriageanswer": texts(thn.CarriageAnswers),
	"batchchange": texts(thn.BatchChanges), "recallaction": texts(thn.RecallActions),
	"service": texts(thn.Services), "existence": texts(thn.Existences),
}

// chosen are the questions answered from a list: "choose", not "enter".
var chosen = []string{"recipient", "supply", "reason", "training", "site", "product", "area", "setting", "channel", "supplier", "route", "kind", "role", "parent", "scope", "peer_led", "confirmed", "provisional", "fiscal", "stands", "method", "trainer", "month", "why", "bag", "other", "carrier", "status", "place", "action", "record", "question", "service", "exists"}

func texts[C ~string](list []C) []string {
	s := make([]string, len(list))
	for i, c := range list {
		s[i] = string(c)
	}
	return s
}

func isID(s string) bool {
	_, err := thn.ParseID(s)
	return err == nil
}

func isFrom(s string) bool { return s == OnShelf || isID(s) }

func isNumber(s string) bool {
	n, err := Count(s)
	return err == nil && n >= 1 && n <= thn.MaxKits
}

func isMonth(s string) bool {
	_, err := month(s)
	return err == nil
}

// Count reads a whole number as people write it: digits of any script, outer
// blanks, full-width forms. Signs, points and letters are refused.
func Count(s string) (int, error) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Nd, r):
			b.WriteByte(byte('0' + digit(r)))
		default:
			return 0, fmt.Errorf("%q is not a whole number", s)
		}
	}
	if b.Len() == 0 || b.Len() > 9 {
		return 0, fmt.Errorf("%q is not a whole number", s)
	}
	return strconv.Atoi(b.String())
}

// digit gives the value of a decimal digit of any script: they stand in runs of
// ten that begin at a zero.
func digit(r rune) int {
	zero := r
	for zero > r-10 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return int(r-zero) % 10
}

// Day is a day as three answers.
type Day struct{ Day, Month, Year string }

// Date puts the three answers together; months may be numbers or names in the
// program's languages, years two digits short.
func (d Day) Date() (thn.Date, error) {
	day, err := Count(d.Day)
	if err != nil {
		return thn.Date{}, err
	}
	m, err := month(d.Month)
	if err != nil {
		return thn.Date{}, err
	}
	year, err := Count(d.Year)
	if err != nil {
		return thn.Date{}, err
	}
	if year < 100 {
		year += 2000
	}
	return thn.NewDate(year, m, day)
}

// Empty tells whether nothing was answered.
func (d Day) Empty() bool { return d.Day == "" && d.Month == "" && d.Year == "" }
