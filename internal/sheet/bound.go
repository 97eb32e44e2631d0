package sheet

import (
	"regexp"
	"strings"
)

var (
	below     = []string{"fewer than", "less than", "under", "moins de", "menos de", "<"}
	atMost    = []string{"<=", "≤", "=<", "at most", "up to", "au plus", "hasta"}
	atLeast   = []string{">=", "≥", "=>", ">", "more than", "at least", "over", "plus de", "más de", "au moins", "al menos"}
	rangeSign = regexp.MustCompile(`^(.*\d)(?:\s*[-–—]\s*|\s+(?:to|à|a)\s+)(\d.*)$`)
)

// bounds reads one figure, a figure hidden behind a bound, or a band.
func (s NumberStyle) bounds(n *Number, body string) error {
	if rest, ok := cutAny(body, atMost); ok {
		return s.suppressed(n, rest, 0)
	}
	if rest, ok := cutAny(body, below); ok {
		return s.suppressed(n, rest, 1)
	}
	if rest, ok := cutAny(body, atLeast); ok {
		return s.open(n, rest)
	}
	if rest, ok := strings.CutSuffix(body, "+"); ok {
		return s.open(n, rest)
	}
	if m := rangeSign.FindStringSubmatch(body); m != nil {
		return s.band(n, m[1], m[2])
	}
	d, err := s.figure(n.Text, body)
	n.Low, n.High = d, d
	return err
}

func cutAny(body string, words []string) (string, bool) {
	for _, w := range words {
		if rest, ok := cutFold(body, w); ok {
			return rest, true
		}
	}
	return body, false
}

// suppressed reads <5, which is 1 to 4: zero is not hidden, it is published as
// zero, and five is not hidden either. A share below 1 % says nothing about the
// count behind it and keeps 0 as its lower bound, as does <0.2.
func (s NumberStyle) suppressed(n *Number, body string, step int64) error {
	limit, err := s.figure(n.Text, body)
	if err != nil {
		return err
	}
	whole, isWhole := limit.In(1)
	if n.Percent || !isWhole {
		n.High = limit
		return nil
	}
	if whole-step < 1 {
		return cellError("number_bound", n.Text, nil)
	}
	n.Low, n.High = Decimal{Units: 1}, Decimal{Units: whole - step}
	return nil
}

func (s NumberStyle) open(n *Number, body string) (err error) {
	n.Open = true
	n.Low, err = s.figure(n.Text, body)
	n.High = n.Low
	return err
}

func (s NumberStyle) band(n *Number, from, to string) (err error) {
	if n.Low, err = s.figure(n.Text, Clean(from)); err != nil {
		return err
	}
	if n.High, err = s.figure(n.Text, Clean(to)); err != nil {
		return err
	}
	if n.High.less(n.Low) {
		return cellError("number_bound", n.Text, nil)
	}
	return nil
}

var (
	pointFigure = regexp.MustCompile(`^(-?)(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ '’]\d{3})+)(?:\.(\d+))?$`)
	commaFigure = regexp.MustCompile(`^(-?)(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ '’]\d{3})+)(?:,(\d+))?$`)
	otherStyle  = regexp.MustCompile(`^-?[\d.,]*\d$`)
	accounting  = regexp.MustCompile(`^\((.+)\)$`)
	shortened   = regexp.MustCompile(`^-?\d+(?:[.,]\d+)?[eE][+-]?\d+$`)
)

// figure reads plain digits in the style of the column.
func (s NumberStyle) figure(text, body string) (Decimal, error) {
	body = accounting.ReplaceAllString(strings.ReplaceAll(body, "- ", "-"), "-$1")
	pattern := pointFigure
	if s.DecimalComma {
		pattern = commaFigure
	}
	m := pattern.FindStringSubmatch(body)
	switch {
	case m != nil:
		return decimal(text, m[1], m[2], m[3])
	case shortened.MatchString(body):
		return Decimal{}, cellError("number_shortened", text, nil)
	case otherStyle.MatchString(body):
		return Decimal{}, cellError("number_style", text, nil)
	}
	return Decimal{}, cellError("number", text, nil)
}

// decimal builds the number; fifteen digits is what any spreadsheet holds.
func decimal(text, sign, whole, fraction string) (Decimal, error) {
	fraction = strings.TrimRight(fraction, "0")
	var d Decimal
	digits := 0
	for _, r := range whole + fraction {
		if r < '0' || r > '9' {
			continue // a sign between thousands
		}
		if digits > 0 || r != '0' {
			digits++
		}
		if digits > 15 {
			return Decimal{}, cellError("number_long", text, nil)
		}
		d.Units = d.Units*10 + int64(r-'0')
	}
	d.Places = len(fraction)
	if d.Places > 15 {
		return Decimal{}, cellError("number_long", text, nil)
	}
	if sign == "-" {
		d.Units = -d.Units
	}
	return d, nil
}
