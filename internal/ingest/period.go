package ingest

import (
	"time"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// period reads when an entry's figure is for: first and last day where given,
// else the period, else the year with its month or quarter.
func (p *planner) period(e entry) (thn.Period, error) {
	first, last := e.get(FieldFirstDay), e.get(FieldLastDay)
	if !first.blank() && !last.blank() {
		return p.betweenDays(first, last)
	}
	v := e.get(FieldPeriod)
	style := p.periods
	if year := e.get(FieldYear); !year.blank() {
		whole, err := style.Parse(year.text)
		if err != nil {
			return thn.Period{}, year.where.Blame(err)
		}
		style.Year = whole.From.Year
		v = partOfYear(e, year)
	}
	if v.blank() { // a column of months that hold their year
		v = e.get(FieldMonth)
	}
	if v.blank() {
		return thn.Period{}, e.where.Refuse("row.period", nil)
	}
	span, err := style.Parse(v.text)
	if err != nil {
		return thn.Period{}, v.where.Blame(err)
	}
	return v.days(span.From, span.Until)
}

// partOfYear picks the finest of month, quarter and the year itself.
func partOfYear(e entry, year value) value {
	if month := e.get(FieldMonth); !month.blank() {
		if n := month.text; len(n) <= 2 && n[0] >= '0' && n[0] <= '9' {
			month.text = year.text + "-" + twoDigits(n)
		}
		return month
	}
	if quarter := e.get(FieldQuarter); !quarter.blank() {
		if n := quarter.text; len(n) == 1 {
			quarter.text = year.text + "-q" + n
		}
		return quarter
	}
	if part := e.get(FieldPeriod); !part.blank() {
		return part
	}
	return year
}

func twoDigits(n string) string {
	if len(n) == 1 {
		return "0" + n
	}
	return n
}

func (p *planner) betweenDays(first, last value) (thn.Period, error) {
	from, err := p.periods.Dates.Parse(first.text)
	if err != nil {
		return thn.Period{}, first.where.Blame(err)
	}
	to, err := p.periods.Dates.Parse(last.text)
	if err != nil {
		return thn.Period{}, last.where.Blame(err)
	}
	return last.days(from, to.Add(0, 0, 1))
}

// days makes the period of two days of a sheet, the second not in it.
func (v value) days(from, until sheet.Day) (thn.Period, error) {
	a, err := thn.NewDate(from.Year, from.Month, from.Day)
	if err != nil {
		return thn.Period{}, v.refuse("date", nil)
	}
	b, err := thn.NewDate(until.Year, until.Month, until.Day)
	if err != nil {
		return thn.Period{}, v.refuse("date", nil)
	}
	period, err := thn.NewPeriod(a, b)
	if err != nil {
		return thn.Period{}, v.refuse("period_backward", nil)
	}
	return period, nil
}

// day reads one day; blank is no day.
func (p *planner) day(v value) (thn.Date, error) {
	if v.blank() {
		return thn.Date{}, nil
	}
	d, err := p.periods.Dates.Parse(v.text)
	if err != nil {
		return thn.Date{}, v.where.Blame(err)
	}
	day, err := thn.NewDate(d.Year, time.Month(d.Month), d.Day)
	if err != nil {
		return thn.Date{}, v.refuse("date", nil)
	}
	return day, nil
}
