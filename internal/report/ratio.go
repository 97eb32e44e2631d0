package report

import (
	"math/big"
	"strings"

	"thntracker/internal/thn"
)

// Ratio is a numerator over a denominator, times Per: 100 for a percentage, 1 for
// "for each". Both stay whole (in halves, so that 236.5 kits divide exactly)
// until Round, which is the only place where digits are lost.
type Ratio struct {
	Num, Den thn.Halves
	Per      int64
	Over     Span // set when the ratio is "a year" and the period is not one
}

// Span is a length in years as a fraction: 3 of 12 months. The zero Span is one year.
type Span struct{ Parts, InYear int64 }

// SpanOf is the length of a period in years: by months when it is made of whole
// ones, so that any twelve months are exactly a year, else in days of 365.25.
func SpanOf(p thn.Period) Span {
	if p.From.Day() == 1 && p.To.Day() == 1 {
		return Span{Parts: int64(len(p.Months())), InYear: 12}
	}
	return Span{Parts: 4 * int64(p.Days()), InYear: 4*365 + 1}
}

// Years is the span as a number, for models; ratios keep the fraction.
func (s Span) Years() float64 { return float64(s.Parts) / float64(s.InYear) }

// Decimal is a rounded number: Units / 10^Places. It is for showing, not for sums.
type Decimal struct {
	Units  int64
	Places int
}

// Round rounds half up, once, from the unrounded ratio. A ratio without a
// denominator is zero; cells never hold one.
func (r Ratio) Round(places int) Decimal {
	num := new(big.Int).Mul(big.NewInt(int64(r.Num)), big.NewInt(r.Per))
	den := big.NewInt(int64(r.Den))
	if r.Over.Parts != 0 {
		num.Mul(num, big.NewInt(r.Over.InYear))
		den.Mul(den, big.NewInt(r.Over.Parts))
	}
	if den.Sign() == 0 {
		return Decimal{Places: places}
	}
	num.Mul(num, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	// Half up is the floor of (2·num + den) / (2·den); Div floors for a positive divisor.
	num.Add(num.Lsh(num, 1), den)
	return Decimal{Units: num.Div(num, den.Lsh(den, 1)).Int64(), Places: places}
}

// String writes the number in plain digits with a point: 75.54.
func (d Decimal) String() string {
	n := big.NewInt(d.Units)
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
	}
	digits := n.Abs(n).String()
	if d.Places == 0 {
		return sign + digits
	}
	if missing := d.Places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	cut := len(digits) - d.Places
	return sign + digits[:cut] + "." + digits[cut:]
}

// Float is the rounded number for drawing and for a language's own way of writing.
func (d Decimal) Float() float64 {
	f, _ := new(big.Rat).SetFrac(big.NewInt(d.Units), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Places)), nil)).Float64()
	return f
}

// Interval is a ratio with its bounds. Valued is false when only the bounds are
// known, as with a denominator that was published as a range.
type Interval struct {
	Value, Low, High Ratio
	Valued           bool
}
