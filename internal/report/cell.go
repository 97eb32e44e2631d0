package report

import (
	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// Kind says which one of the possible things a cell is.
type Kind string

// The kinds. The last four are states in which there is no number, and each
// means something else: none of them is zero.
const (
	KindCount         Kind = "count"          // a known number of kits, people or things; kits may be halves
	KindRange         Kind = "range"          // a count known to lie between two bounds, such as 1–4
	KindRatio         Kind = "ratio"          // a numerator over a denominator
	KindInterval      Kind = "interval"       // a ratio whose denominator, or numerator, has bounds
	KindModelled      Kind = "modelled"       // what a model gives, with its interval: nobody counted it
	KindText          Kind = "text"           // words
	KindMasked        Kind = "masked"         // known, and too small to show
	KindNoDenominator Kind = "no_denominator" // counted, with nothing to set it against
	KindNotReported   Kind = "not_reported"   // nobody reported it
	KindNotApplicable Kind = "not_applicable" // the question does not arise
)

// Cell is exactly one of the kinds. Only the functions below make one, so a
// masked cell cannot carry the number that it hides. The zero Cell is not reported.
type Cell struct {
	kind  Kind
	count thn.Count
	ratio Interval
	model need.Estimate
	text  Label
}

// Number is a count of whole things.
func Number(n int64) Cell { return Counted(thn.ExactKits(n)) }

// Counted is a count, exact or between bounds.
func Counted(c thn.Count) Cell {
	if c.Exact() {
		return Cell{kind: KindCount, count: c}
	}
	return Cell{kind: KindRange, count: c}
}

// Divided is a ratio. Without bounds, and with a value, it is one number.
func Divided(i Interval) Cell {
	if i.Valued && i.Low == i.Value && i.High == i.Value {
		return Cell{kind: KindRatio, ratio: i}
	}
	return Cell{kind: KindInterval, ratio: i}
}

// Modelled is what a model gives. It has no numerator, and no digits that count
// anything: whoever shows it names the model.
func Modelled(e need.Estimate) Cell { return Cell{kind: KindModelled, model: e} }

// Worded is a cell of text.
func Worded(l Label) Cell { return Cell{kind: KindText, text: l} }

// Masked is a cell whose number is known and not shown.
func Masked() Cell { return Cell{kind: KindMasked} }

// NoDenominator is a cell that lacks something to divide by.
func NoDenominator() Cell { return Cell{kind: KindNoDenominator} }

// NotReported is a cell for which nobody reported anything.
func NotReported() Cell { return Cell{kind: KindNotReported} }

// NotApplicable is a cell whose question does not arise.
func NotApplicable() Cell { return Cell{kind: KindNotApplicable} }

// Kind tells what the cell is.
func (c Cell) Kind() Kind {
	if c.kind == "" {
		return KindNotReported
	}
	return c.kind
}

// Is tells whether the cell is of the kind; templates read better with it.
func (c Cell) Is(k Kind) bool { return c.Kind() == k }

// Known tells whether the cell carries a number.
func (c Cell) Known() bool {
	switch c.Kind() {
	case KindCount, KindRange, KindRatio, KindInterval, KindModelled:
		return true
	}
	return false
}

// Count gives the number of a count or range; zero for other kinds.
func (c Cell) Count() thn.Count { return c.count }

// Ratio gives the ratio of a ratio or interval, with its bounds.
func (c Cell) Ratio() Interval { return c.ratio }

// Model gives the estimate of a modelled cell; zero for other kinds.
func (c Cell) Model() need.Estimate { return c.model }

// Text gives the words of a text cell.
func (c Cell) Text() Label { return c.text }
