package thn

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParsePeriod reads a period as addresses and commands carry it: 2026-03 (month),
// 2026-Q2 (quarter), 2026 (calendar year), FY2026 (financial year that begins
// in 2026, in the given first month) or 2026-01-01..2026-04-01 (half-open days).
func ParsePeriod(s string, fiscal time.Month) (Period, error) {
	if from, to, ok := strings.Cut(s, ".."); ok {
		a, err := ParseDate(from)
		if err != nil {
			return Period{}, err
		}
		b, err := ParseDate(to)
		if err != nil {
			return Period{}, err
		}
		return NewPeriod(a, b)
	}
	year, rest, _ := strings.Cut(strings.TrimPrefix(s, "FY"), "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 || y < 1900 || y > 2200 {
		return Period{}, fmt.Errorf("%q is not a period", clip(s))
	}
	switch {
	case s == "FY"+year:
		return YearFrom(y, fiscal), nil
	case strings.HasPrefix(s, "FY"):
		return Period{}, fmt.Errorf("%q is not a period", clip(s))
	case s == year:
		return YearFrom(y, time.January), nil
	}
	if q, ok := strings.CutPrefix(rest, "Q"); ok && len(q) == 1 && q >= "1" && q <= "4" {
		return Quarter(y, int(q[0]-'0')), nil
	}
	if m, err := strconv.Atoi(rest); err == nil && len(rest) == 2 && m >= 1 && m <= yearMonths && s == year+"-"+rest {
		return Month(y, time.Month(m)), nil
	}
	return Period{}, fmt.Errorf("%q is not a period", clip(s))
}

// Param is the form ParsePeriod reads.
func (p Period) Param() string {
	switch p.Shape() {
	case ShapeMonth:
		return p.From.String()[:7]
	case ShapeQuarter:
		return fmt.Sprintf("%d-Q%d", p.From.Year(), (int(p.From.Month())+quarterMonths-1)/quarterMonths)
	case ShapeYear:
		return strconv.Itoa(p.From.Year())
	}
	return p.From.String() + ".." + p.To.String()
}

// Twelve is the last twelve whole months before the day.
func Twelve(today Date) Period {
	to := today.FirstOfMonth()
	return Period{From: to.AddMonths(-yearMonths), To: to}
}
