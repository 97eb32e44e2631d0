package thn

import (
	"fmt"
	"strconv"
)

const weekDays = 7

// WeekOf is the week of a day, from Monday, as ISO 8601 counts them.
func WeekOf(d Date) Period {
	monday := d.AddDays(-(int(d.Weekday()) + weekDays - 1) % weekDays)
	return Period{From: monday, To: monday.AddDays(weekDays)}
}

// WeekName is the name of a week that begins on the period's first day: 2026-W47.
func (p Period) WeekName() string {
	year, week := p.From.utc().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// ParseWeek reads a week: by its name, 2026-W47, or by any day in it.
func ParseWeek(s string) (Period, error) {
	if d, err := ParseDate(s); err == nil {
		return WeekOf(d), nil
	}
	if len(s) != len("2026-W47") || s[4:6] != "-W" {
		return Period{}, fmt.Errorf("%q is not a week", clip(s))
	}
	year, errYear := strconv.Atoi(s[:4])
	week, errWeek := strconv.Atoi(s[6:])
	if errYear != nil || errWeek != nil || week < 1 || year < 1900 || year > 2200 {
		return Period{}, fmt.Errorf("%q is not a week", clip(s))
	}
	// The fourth of January is always in the first week.
	p := WeekOf(Date{year: year, month: 1, day: 4}.AddDays(weekDays * (week - 1)))
	if p.WeekName() != s {
		return Period{}, fmt.Errorf("%q: the year has fewer weeks", clip(s))
	}
	return p, nil
}
