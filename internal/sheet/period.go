package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Span is a stretch of days: From is in it, Until is the first day after it.
type Span struct{ From, Until Day }

// PeriodStyle says how the author of a column wrote periods.
type PeriodStyle struct {
	Dates DateStyle
	// FiscalStart is the month in which a financial year begins; without it
	// 2016/17 is refused, as it is April in the United Kingdom and July elsewhere.
	FiscalStart time.Month
	// PairIsSpan takes 2022-23 as two calendar years, as some surveys write,
	// and not as one financial year.
	PairIsSpan bool
	// Year completes a month or a quarter written without one. 0 is none.
	Year int
}

var (
	yearOnly     = regexp.MustCompile(`^(\d{4})(?:\.0+)?$`)
	pairYears    = regexp.MustCompile(`^(\d{4}) ?([-/–]) ?(\d{2}|\d{4})$`)
	fiscalSpan   = regexp.MustCompile(`^(\d{4})/(\d{2}|\d{4}) ?[-–] ?(\d{4})/(\d{2}|\d{4})$`)
	yearMonth    = regexp.MustCompile(`^(\d{4})[-/.](0[1-9]|1[0-2])$`)
	monthYear    = regexp.MustCompile(`^(0?[1-9]|1[0-2])[/.-](\d{4})$`)
	yearQuarter  = regexp.MustCompile(`^(\d{4})[ -]?[qt] ?(\d)(?:[ -]+[qt] ?(\d))?$`)
	quarterYear  = regexp.MustCompile(`^[qt] ?(\d)(?:[ -]+[qt] ?(\d))?[ ,/-]*(\d{4})?$`)
	trimester    = regexp.MustCompile(`^(\d)(?:er|e|ème|eme|º|\.º|o)? +trim(?:estre|\.)?(?: +de)? *(\d{4})?$`)
	half         = regexp.MustCompile(`^(\d{4})[ -]?[hs] ?([12])$`)
	monthWords   = regexp.MustCompile(`^(\pL+)\.?(?: *[-–] *(\pL+)\.?)?(?:[ ,/-]+(?:de )?(\d{4}))?$`)
	yearThenWord = regexp.MustCompile(`^(\d{4})[ /-]+(\pL+)\.?$`)
)

// Parse reads a period: a year, a financial year, spans of either, half-years,
// quarters, months, or a single day.
func (s PeriodStyle) Parse(text string) (Span, error) {
	written := Clean(text)
	body := strings.ToLower(westernDigits(written))
	for _, read := range []func(string, string) (Span, bool, error){
		s.years, s.quarters, s.months,
	} {
		if span, ok, err := read(written, body); ok {
			return span, err
		}
	}
	d, err := s.Dates.Parse(written)
	if err != nil && looksLikeDate(body) {
		return Span{}, err
	}
	if err != nil {
		return Span{}, cellError("period", written, nil)
	}
	return Span{d, d.Add(0, 0, 1)}, nil
}

// looksLikeDate tells whether the refusal of the date says more than that of
// the period would.
func looksLikeDate(body string) bool {
	return isoDate.MatchString(body) || partsDate.MatchString(body) || timeTail.MatchString(body) ||
		dayFirst.MatchString(body) || monthFirst.MatchString(body)
}

func (s PeriodStyle) years(written, body string) (Span, bool, error) {
	if m := yearOnly.FindStringSubmatch(body); m != nil {
		return s.span(written, number(m[1]), 1, 12)
	}
	if m := fiscalSpan.FindStringSubmatch(body); m != nil {
		first, ok1, err1 := s.fiscal(written, m[1], m[2])
		last, ok2, err2 := s.fiscal(written, m[3], m[4])
		if err1 != nil || err2 != nil || first.From.Year > last.From.Year {
			return Span{}, true, firstError(err1, err2, cellError("period", written, nil))
		}
		return Span{first.From, last.Until}, ok1 && ok2, nil
	}
	m := pairYears.FindStringSubmatch(body)
	if m == nil {
		return Span{}, false, nil
	}
	return s.pair(written, m[1], m[2], m[3])
}

// pair tells 2016/17, a financial year, from 2019-2023, a run of calendar
// years, and from 2018-12, a month.
func (s PeriodStyle) pair(written, first, sign, second string) (Span, bool, error) {
	from, until := number(first), number(second)
	if len(second) == 2 {
		until += from - from%100
		if until < from {
			until += 100 // 1999/00
		}
	}
	next := until == from+1
	month := len(second) == 2 && number(second) >= 1 && number(second) <= 12
	told := s.FiscalStart != 0 || s.PairIsSpan
	switch {
	case month && !next, month && sign != "/" && !told:
		return Span{}, false, nil // a month
	case next && !s.PairIsSpan && (sign == "/" || len(second) == 2 || told):
		return s.fiscal(written, first, second)
	case sign == "/" || until <= from || until-from > 50:
		return Span{}, true, cellError("period", written, nil)
	}
	whole, _, err := s.span(written, from, 1, 12)
	whole.Until = Day{until + 1, time.January, 1}
	return whole, true, err
}

func (s PeriodStyle) fiscal(written, first, second string) (Span, bool, error) {
	from := number(first)
	if number(second)%100 != (from+1)%100 {
		return Span{}, true, cellError("period", written, nil)
	}
	if s.FiscalStart < 1 || s.FiscalStart > 12 {
		return Span{}, true, cellError("period_fiscal", written, nil)
	}
	start := Day{from, s.FiscalStart, 1}
	return Span{start, start.Add(1, 0, 0)}, true, nil
}

func (s PeriodStyle) quarters(written, body string) (Span, bool, error) {
	year, from, to := "", "", ""
	if m := yearQuarter.FindStringSubmatch(body); m != nil {
		year, from, to = m[1], m[2], m[3]
	} else if m := quarterYear.FindStringSubmatch(body); m != nil {
		from, to, year = m[1], m[2], m[3]
	} else if m := trimester.FindStringSubmatch(body); m != nil {
		from, year = m[1], m[2]
	} else if m := half.FindStringSubmatch(body); m != nil {
		h := number(m[2])
		return s.span(written, number(m[1]), 6*h-5, 6*h)
	} else {
		return Span{}, false, nil
	}
	if to == "" {
		to = from
	}
	a, b := number(from), number(to)
	if a < 1 || b > 4 || a > b {
		return Span{}, true, cellError("period_quarter", written, nil)
	}
	return s.span(written, s.yearOr(year), 3*a-2, 3*b)
}

func (s PeriodStyle) months(written, body string) (Span, bool, error) {
	if m := yearMonth.FindStringSubmatch(body); m != nil {
		return s.span(written, number(m[1]), number(m[2]), number(m[2]))
	}
	if m := monthYear.FindStringSubmatch(body); m != nil {
		return s.span(written, number(m[2]), number(m[1]), number(m[1]))
	}
	from, to, year := "", "", ""
	if m := monthWords.FindStringSubmatch(body); m != nil {
		from, to, year = m[1], m[2], m[3]
	} else if m := yearThenWord.FindStringSubmatch(body); m != nil {
		year, from = m[1], m[2]
	}
	if to == "" {
		to = from
	}
	a, ok1 := monthOf(from)
	b, ok2 := monthOf(to)
	if from == "" || !ok1 || !ok2 {
		return Span{}, false, nil
	}
	if a > b {
		return Span{}, true, cellError("period", written, nil)
	}
	return s.span(written, s.yearOr(year), int(a), int(b))
}

func (s PeriodStyle) yearOr(year string) int {
	if year == "" {
		return s.Year
	}
	return number(year)
}

// span covers whole months of a year.
func (s PeriodStyle) span(written string, year, first, last int) (Span, bool, error) {
	switch {
	case year == 0:
		return Span{}, true, cellError("period_year", written, nil)
	case year < 1900 || year > 2199:
		return Span{}, true, cellError("date_year", written, map[string]any{"Year": year})
	}
	from := Day{year, time.Month(first), 1}
	return Span{from, from.Add(0, last-first+1, 0)}, true, nil
}

// number reads digits that a pattern has already found to be few.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
