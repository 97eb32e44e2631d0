package thn

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day in the programme's time zone, never an instant. The
// zero Date means "no day". A day that does not exist cannot be made.
type Date struct {
	year, day int // proleptic Gregorian
	month     time.Month
}

// NewDate makes a day; it refuses one that the calendar does not have.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || t.Month() != month || t.Day() != day {
		return Date{}, fmt.Errorf("there is no day %d in month %d of %d", day, int(month), year)
	}
	if year < 1900 || year > 2200 {
		return Date{}, fmt.Errorf("the year %d is outside 1900 to 2200", year)
	}
	return Date{year: year, month: month, day: day}, nil
}

// MustDate is NewDate for constants and tests; it panics on a day that does not exist.
func MustDate(year int, month time.Month, day int) Date {
	d, err := NewDate(year, month, day)
	if err != nil {
		panic(err)
	}
	return d
}

// ParseDate reads the form 2026-03-01 and nothing else.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || strings.Trim(s[:4]+s[5:7]+s[8:], "0123456789") != "" {
		return Date{}, fmt.Errorf("%q is not a day like 2026-03-01", clip(s))
	}
	year, _ := strconv.Atoi(s[:4]) // digits only, as checked above
	month, _ := strconv.Atoi(s[5:7])
	day, _ := strconv.Atoi(s[8:])
	return NewDate(year, time.Month(month), day)
}

// DateOf is the calendar day of an instant in a zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return Date{year: y, month: m, day: d}
}

// String is the stored and transmitted form, 2026-03-01; empty for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, int(d.month), d.day)
}

// MarshalText gives the stored form, so that a day survives being written as
// JSON and tells one record's content from another's.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; the empty text is no day.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d = Date{}
	if len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}

// IsZero tells whether this is "no day".
func (d Date) IsZero() bool { return d == Date{} }

// Year gives the year.
func (d Date) Year() int { return d.year }

// Month gives the month of the year.
func (d Date) Month() time.Month { return d.month }

// Day gives the day of the month.
func (d Date) Day() int { return d.day }

// YearMonth is the month as a number, 202603: the key reports group by.
func (d Date) YearMonth() int { return d.year*100 + int(d.month) }

// Before tells whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.number() < other.number() }

// number orders days; no day comes before all of them.
func (d Date) number() int { return d.YearMonth()*100 + d.day }

// AddDays moves by whole days.
func (d Date) AddDays(n int) Date { return d.shift(0, 0, n) }

// AddMonths moves by whole months from the first of the month of d; the day of
// the result is always 1, so that no month is skipped from the 31st.
func (d Date) AddMonths(n int) Date {
	return Date{year: d.year, month: d.month, day: 1}.shift(0, n, 0)
}

// FirstOfMonth is the first day of the month d lies in.
func (d Date) FirstOfMonth() Date { return d.AddMonths(0) }

// DaysUntil counts the days from d to other; negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.utc().Sub(d.utc()).Hours() / 24)
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

func (d Date) utc() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC) }

func (d Date) shift(years, months, days int) Date {
	t := time.Date(d.year+years, d.month+time.Month(months), d.day+days, 0, 0, 0, 0, time.UTC)
	return Date{year: t.Year(), month: t.Month(), day: t.Day()}
}
