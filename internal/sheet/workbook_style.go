package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// display is how a style shows a number.
type display int

const (
	asNumber display = iota
	asDate
	asTime
	asPercent
	asPadded // 045: the zeros belong to the code
)

type shown struct {
	display
	width int // of a padded code
}

// styles knows the display of each cell style of a workbook.
type styles struct {
	byID     []shown
	from1904 bool
}

func readStyles(f *excelize.File) styles {
	var s styles
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		s.from1904 = *props.Date1904
	}
	for id := 0; ; id++ {
		style, err := f.GetStyle(id)
		if err != nil {
			return s // past the last style
		}
		custom := ""
		if style.CustomNumFmt != nil {
			custom = *style.CustomNumFmt
		}
		s.byID = append(s.byID, displayOf(style.NumFmt, custom))
	}
}

// displayOf reads a number format. The built-in ones from 27 on are the dates
// of East Asian editions.
func displayOf(id int, custom string) shown {
	switch {
	case custom != "":
		return displayOfCode(custom)
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return shown{display: asDate}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return shown{display: asTime}
	case id == 9, id == 10:
		return shown{display: asPercent}
	}
	return shown{}
}

// Quoted words, escaped letters, fill marks and [conditions] are no placeholders.
var literal = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

func displayOfCode(code string) shown {
	code, _, _ = strings.Cut(code, ";") // the rest is for negatives, zeros and text
	bare := strings.ToLower(literal.ReplaceAllString(code, ""))
	switch {
	case strings.Contains(bare, "general"):
		return shown{}
	case strings.ContainsAny(bare, "yd"):
		return shown{display: asDate}
	case strings.ContainsAny(bare, "hs") || regexp.MustCompile(`(?i)\[[hms]+\]`).MatchString(code):
		return shown{display: asTime}
	case strings.Contains(bare, "m"):
		return shown{display: asDate}
	case strings.Contains(bare, "%"):
		return shown{display: asPercent}
	case len(bare) > 1 && strings.Trim(bare, "0") == "":
		return shown{display: asPadded, width: len(bare)}
	}
	return shown{}
}

// show writes a stored number the way its author sees it.
func (s styles) show(value string, style int) Cell {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return Cell{Text: value}
	}
	var how shown
	if style >= 0 && style < len(s.byID) {
		how = s.byID[style]
	}
	switch how.display {
	case asDate, asTime:
		if t, ok := s.instant(f); ok {
			return Cell{Text: isoText(t, f, how.display), Kind: Date}
		}
	case asPercent:
		return Cell{Text: decimalText(f*100) + "%", Kind: Numeric}
	case asPadded:
		text := decimalText(f)
		return Cell{Text: strings.Repeat("0", max(0, how.width-len(text))) + text, Kind: Numeric}
	}
	return Cell{Text: decimalText(f), Kind: Numeric}
}

// lastSerial is 31 December 9999 in the 1900 system.
const lastSerial = 2_958_466

func (s styles) instant(f float64) (time.Time, bool) {
	if f < 0 || f >= lastSerial {
		return time.Time{}, false
	}
	t, err := excelize.ExcelDateToTime(f, s.from1904)
	return t.Round(time.Second), err == nil
}

// isoText leaves the time out where the cell holds none.
func isoText(t time.Time, serial float64, how display) string {
	switch {
	case how == asTime && serial < 1:
		return t.Format("15:04:05")
	case serial == math.Trunc(serial):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05")
}

// decimalText writes fifteen significant digits, as spreadsheet programs do,
// so that 0.052 does not come back as 5.1999999999999998E-2.
func decimalText(f float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		rounded = f
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
