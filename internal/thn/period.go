package thn

import (
	"fmt"
	"time"
)

// Period is the half-open run of days [From, To): From is in it, To is not.
// Months, quarters and years of any kind are made here and nowhere else.
type Period struct{ From, To Date }

// NewPeriod refuses an empty or backward run.
func NewPeriod(from, to Date) (Period, error) {
	if from.IsZero() || to.IsZero() || !from.Before(to) {
		return Period{}, fmt.Errorf("the period from %s to %s holds no day", from, to)
	}
	return Period{From: from, To: to}, nil
}

// Month is one calendar month.
func Month(year int, month time.Month) Period {
	first := Date{year: year, month: month, day: 1}
	return Period{From: first, To: first.AddMonths(1)}
}

// Quarter is calendar quarter 1 to 4.
func Quarter(year, quarter int) Period {
	first := Date{year: year, month: time.Month(3*quarter - 2), day: 1}
	return Period{From: first, To: first.AddMonths(3)}
}

// YearFrom is the twelve months that begin with the given month of the year:
// January for a calendar year, April for the financial year of the United Kingdom.
func YearFrom(year int, start time.Month) Period {
	first := Date{year: year, month: start, day: 1}
	return Period{From: first, To: first.AddMonths(12)}
}

// Contains tells whether the day lies in the period.
func (p Period) Contains(d Date) bool { return !d.Before(p.From) && d.Before(p.To) }

// Covers tells whether every day of other lies in p.
func (p Period) Covers(other Period) bool {
	return !other.From.Before(p.From) && !p.To.Before(other.To)
}

// Overlaps tells whether the two share a day.
func (p Period) Overlaps(other Period) bool {
	return p.From.Before(other.To) && other.From.Before(p.To)
}

// Days counts the days in the period.
func (p Period) Days() int { return p.From.DaysUntil(p.To) }

// Years is the length in years of 365.25 days, for "a year" targets over other lengths.
func (p Period) Years() float64 { return float64(p.Days()) / 365.25 }

// Last is the last day in the period.
func (p Period) Last() Date { return p.To.AddDays(-1) }

// Months lists the calendar months the period touches, first to last.
func (p Period) Months() []Period {
	var months []Period
	for m := p.From.FirstOfMonth(); m.Before(p.To); m = m.AddMonths(1) {
		months = append(months, Period{From: m, To: m.AddMonths(1)})
	}
	return months
}

// Before is the run of days of the same kind just before p: the month before a
// month, the year before a year, otherwise as many days.
func (p Period) Before() Period {
	if p.whole() {
		n := len(p.Months())
		return Period{From: p.From.AddMonths(-n), To: p.From}
	}
	return Period{From: p.From.AddDays(-p.Days()), To: p.From}
}

// After is the run of days of the same kind just after p.
func (p Period) After() Period {
	if p.whole() {
		return Period{From: p.To, To: p.To.AddMonths(len(p.Months()))}
	}
	return Period{From: p.To, To: p.To.AddDays(p.Days())}
}

// YearEarlier is the same run one year before.
func (p Period) YearEarlier() Period {
	return Period{From: p.From.shift(-1, 0, 0), To: p.To.shift(-1, 0, 0)}
}

func (p Period) whole() bool { return p.From.day == 1 && p.To.day == 1 }

// Shape names what kind of run the period is, for choosing its label.
type Shape string

// The shapes a period can have.
const (
	ShapeMonth    Shape = "month"
	ShapeQuarter  Shape = "quarter"
	ShapeYear     Shape = "year"      // a calendar year
	ShapeFiscal   Shape = "financial" // twelve months from another month than January
	ShapeDays     Shape = "days"
	quarterMonths       = 3
	yearMonths          = 12
)

// Shape tells whether the period is a month, a calendar quarter, a year, or other.
func (p Period) Shape() Shape {
	if !p.whole() {
		return ShapeDays
	}
	switch months := len(p.Months()); {
	case months == 1:
		return ShapeMonth
	case months == quarterMonths && (int(p.From.month)-1)%quarterMonths == 0:
		return ShapeQuarter
	case months == yearMonths && p.From.month == time.January:
		return ShapeYear
	case months == yearMonths:
		return ShapeFiscal
	}
	return ShapeDays
}

// String is the form 2026-01-01/2026-04-01; the second day is not in the period.
func (p Period) String() string { return p.From.String() + "/" + p.To.String() }
