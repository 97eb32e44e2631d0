package gs1

import (
	"slices"
	"strings"
	"time"

	"thntracker/internal/thn"
)

// reader puts elements together. What a box says twice must agree.
type reader struct {
	code  Code
	today thn.Date
	seen  map[string]string
}

func (r *reader) take(e element) error {
	if was, twice := r.seen[e.id]; twice && was != e.value {
		return wrong("gs1.twice", clip(e.String()))
	}
	r.seen[e.id] = e.value
	var err error
	switch e.id {
	case "01":
		if !Valid(e.value) {
			return wrong("gs1.gtin", clip(e.String()))
		}
		r.code.GTIN = e.value
	case "10":
		if !lot(e.value) {
			return wrong("gs1.lot", clip(e.String()))
		}
		r.code.Lot = e.value
	case "11":
		r.code.Produced, _, err = r.date(e)
	case "17":
		r.code.Expiry, r.code.MonthOnly, err = r.date(e)
	}
	return err
}

// finish refuses a box that says nothing that is kept, or that expired before
// it was made.
func (r *reader) finish() (Code, error) {
	c := r.code
	switch {
	case c == Code{}:
		return c, wrong("gs1.nothing", "")
	case !c.Produced.IsZero() && !c.Expiry.IsZero() && c.Expiry.Before(c.Produced):
		return Code{}, wrong("gs1.order", "")
	}
	return c, nil
}

// date reads six digits, year to day. Day 00 is the last day of the month.
func (r *reader) date(e element) (day thn.Date, monthOnly bool, err error) {
	if !digits(e.value) {
		return day, false, wrong("gs1.date", clip(e.String()))
	}
	number := func(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }
	year, month, of := r.year(number(e.value[:2])), time.Month(number(e.value[2:4])), number(e.value[4:])
	if of == 0 {
		day, err = thn.NewDate(year, month, 1)
		if err == nil {
			return day.AddMonths(1).AddDays(-1), true, nil
		}
	} else {
		day, err = thn.NewDate(year, month, of)
	}
	if err != nil {
		return thn.Date{}, false, wrong("gs1.date", clip(e.String()))
	}
	return day, false, nil
}

// year is the one that lies less than 50 years ahead and less than 51 back
// (General Specifications, 7.12).
func (r *reader) year(two int) int {
	century := r.today.Year() / 100 * 100
	switch ahead := two - r.today.Year()%100; {
	case ahead >= 51:
		return century - 100 + two
	case ahead <= -50:
		return century + 100 + two
	}
	return century + two
}

// lot tells whether a text can be a lot number: at most 20 of the signs that the
// standard allows (table 7.11-1).
func lot(s string) bool {
	const signs = `!"%&'()*+,-./_:;<=>?`
	return s != "" && len(s) <= 20 && !strings.ContainsFunc(s, func(c rune) bool {
		return !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.ContainsRune(signs, c))
	})
}

// Valid tells whether a text is a product's number with its right check digit:
// 8, 12, 13 or 14 digits, weighed 3 and 1 in turn from the right (7.9).
func Valid(s string) bool {
	if !slices.Contains([]int{8, 12, 13, 14}, len(s)) || !digits(s) {
		return false
	}
	sum := 0
	for i := range len(s) {
		weight := 1
		if (len(s)-i)%2 == 0 {
			weight = 3
		}
		sum += weight * int(s[i]-'0')
	}
	return sum%10 == 0
}

// Same tells whether two numbers are one product's: shorter ones are filled up
// with zeros in front.
func Same(a, b string) bool { return a != "" && b != "" && fourteen(a) == fourteen(b) }

func fourteen(s string) string { return strings.Repeat("0", max(0, 14-len(s))) + s }
