package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Day is a calendar day. The time of day a file may hold beside it is dropped.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// String writes the day as 2019-12-31.
func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Add gives the day some years, months and days later.
func (d Day) Add(years, months, days int) Day {
	return dayOf(time.Date(d.Year+years, d.Month+time.Month(months), d.Day+days, 0, 0, 0, 0, time.UTC))
}

func dayOf(t time.Time) Day { return Day{t.Year(), t.Month(), t.Day()} }

// Order is how an author writes day, month and year between slashes.
type Order string

// The orders. Without one, 01/04/2018 is refused: it is April in Europe and
// January in the United States, and no file says which.
const (
	NotTold Order = ""
	DMY     Order = "dmy"
	MDY     Order = "mdy"
	YMD     Order = "ymd"
)

// DateStyle says how the author of a column wrote dates.
type DateStyle struct {
	Order Order
	// Serial takes plain numbers as days counted by a spreadsheet program,
	// 43466 for 2019-01-01; From1904 counts as old Macintosh files do.
	Serial, From1904 bool
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	partsDate = regexp.MustCompile(`^(\d{1,4})[-/.](\d{1,2})[-/.](\d{2,4})$`)
	// A time of day after the date, with or without its zone.
	timeTail = regexp.MustCompile(`(?i)(?:[T ]+\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)$`)
	serial   = regexp.MustCompile(`^\d{1,7}(?:\.\d+)?$`)
)

// Parse reads a day. A time beside it is dropped without moving the day: files
// stamped in UTC rarely say whether they meant local time.
func (s DateStyle) Parse(text string) (Day, error) {
	written := Clean(text)
	body := Clean(timeTail.ReplaceAllString(westernDigits(written), ""))
	if m := isoDate.FindStringSubmatch(body); m != nil {
		return day(written, m[1], m[2], m[3])
	}
	if m := partsDate.FindStringSubmatch(body); m != nil {
		return s.ordered(written, m[1:])
	}
	if serial.MatchString(body) {
		return s.serialDay(written, body)
	}
	if d, ok, err := namedDay(written, body); ok {
		return d, err
	}
	return Day{}, cellError("date", written, nil)
}

// ordered reads 01/04/2018 in the order told.
func (s DateStyle) ordered(written string, parts []string) (Day, error) {
	if s.Order == NotTold {
		return Day{}, cellError("date_order", written, nil)
	}
	d, m, y := parts[0], parts[1], parts[2]
	switch s.Order {
	case MDY:
		d, m = m, d
	case YMD:
		y, d = d, y
	}
	if len(y) != 4 {
		return Day{}, cellError("date_short_year", written, nil)
	}
	return day(written, y, m, d)
}

func (s DateStyle) serialDay(written, body string) (Day, error) {
	f, err := strconv.ParseFloat(body, 64)
	if !s.Serial || err != nil || f < 1 || f >= lastSerial {
		return Day{}, cellError("date", written, nil)
	}
	t, err := excelize.ExcelDateToTime(f, s.From1904)
	if err != nil {
		return Day{}, cellError("date", written, nil)
	}
	return dayOf(t), nil
}

var (
	dayFirst   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -]+(?:de +)?(\pL+)\.?,?[ -]+(?:de +|del +)?(\d{4})$`)
	monthFirst = regexp.MustCompile(`^(\pL+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$`)
)

// namedDay reads a date whose month is a word, which needs no order.
func namedDay(written, body string) (d Day, ok bool, err error) {
	dd, mm, yy := "", "", ""
	if m := dayFirst.FindStringSubmatch(body); m != nil {
		dd, mm, yy = m[1], m[2], m[3]
	} else if m := monthFirst.FindStringSubmatch(body); m != nil {
		mm, dd, yy = m[1], m[2], m[3]
	} else {
		return Day{}, false, nil
	}
	month, known := monthOf(mm)
	if !known {
		return Day{}, false, nil
	}
	d, err = day(written, yy, strconv.Itoa(int(month)), dd)
	return d, true, err
}

// day refuses days that no calendar has, and says how long the month is.
func day(written, y, m, d string) (Day, error) {
	year, _ := strconv.Atoi(y) // digits by the patterns above
	month, _ := strconv.Atoi(m)
	dd, _ := strconv.Atoi(d)
	switch {
	case month < 1 || month > 12:
		return Day{}, cellError("date_month", written, map[string]any{"Month": month})
	case year < 1900 || year > 2199:
		return Day{}, cellError("date_year", written, map[string]any{"Year": year})
	}
	length := Day{year, time.Month(month) + 1, 0}.Add(0, 0, 0).Day
	if dd < 1 || dd > length {
		return Day{}, cellError("date_impossible", written, map[string]any{
			"Day": dd, "Month": fmt.Sprintf("%04d-%02d", year, month), "Days": length,
		})
	}
	return Day{year, time.Month(month), dd}, nil
}

// months holds how English, French and Spanish begin the names of the months,
// longest first where one begins another.
var months = []struct {
	prefix string
	month  time.Month
}{
	{"janv", 1}, {"jan", 1}, {"enero", 1}, {"ene", 1}, {"fév", 2}, {"fev", 2}, {"feb", 2},
	{"mars", 3}, {"march", 3}, {"marzo", 3}, {"mar", 3}, {"avr", 4}, {"apr", 4}, {"abr", 4},
	{"mai", 5}, {"may", 5}, {"juin", 6}, {"jun", 6}, {"juil", 7}, {"jul", 7},
	{"août", 8}, {"aout", 8}, {"aug", 8}, {"ago", 8}, {"sep", 9}, {"set", 9}, {"oct", 10}, {"nov", 11},
	{"déc", 12}, {"dec", 12}, {"dic", 12},
}

// monthNames are the whole names, against which longer words are checked, so
// that "market" is no month.
var monthNames = []string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"janvier", "février", "fevrier", "mars", "avril", "mai", "juin", "juillet", "août", "aout", "septembre", "octobre", "novembre", "décembre", "decembre",
	"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre", "octubre", "noviembre", "diciembre",
}

// monthOf reads the name of a month, whole or cut short to three letters or more.
func monthOf(word string) (time.Month, bool) {
	word = strings.ToLower(word)
	for _, m := range months {
		if !strings.HasPrefix(word, m.prefix) {
			continue
		}
		for _, name := range monthNames {
			if strings.HasPrefix(name, word) {
				return m.month, true
			}
		}
	}
	return 0, false
}
