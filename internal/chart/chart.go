// Package chart draws figures as SVG on the server, so that the page, the print
// and the picture are one drawing and nobody needs script to read it. It knows
// numbers, words that were already translated, and where ink goes; it may not
// know what an indicator is, where a figure comes from, or which language it is
// writing. Colours are CSS classes and live in web/static/css/chart.css.
//
// Start at Doc, then at the kind needed: Bars, Rows, Interval, Curve or World. A page
// usually draws a chart twice, at Narrow and at Wide, inside one element of
// class "charts"; the stylesheet shows the one that fits.
package chart

import (
	"math"
	"strconv"

	"thntracker/internal/fault"
)

// Widths at which a page usually draws, in CSS pixels.
const (
	Narrow = 360 // a phone
	Wide   = 960 // a desk, and paper
)

// MaxSeries is how many series a chart may carry. More cannot be told apart;
// the caller folds the rest into "other".
const MaxSeries = 4

// Doc is what every chart says about itself. All of it is text for people,
// already in their language; it is escaped here and nowhere else.
type Doc struct {
	ID       string // unique in the page; the ids of title and description grow from it
	Title    string // the finding, as a headline
	Subtitle string // what is measured, in which unit, over which period
	Source   string // source and date, at the foot
	Desc     string // the main point in words, for people who do not see the drawing
	Lang     string // language tag of the texts
	Dir      string // "rtl" mirrors the drawing; anything else is left to right
	Width    int    // in CSS pixels; 0 means Wide
	Bare     bool   // the page itself shows title, subtitle and source

	Format func(float64) string // writes a number for people; nil writes it plainly
}

// State says whether a value is a number, and if not, why not. The zero State
// is Missing, so that a value nobody filled in is never drawn as zero.
type State int

// The states of a value.
const (
	Missing       State = iota // nobody reported it
	Present                    // N is the figure
	Masked                     // known, and too small to show; N is ignored
	NoDenominator              // counted, but there is nothing to divide it by
)

// Value is one figure. N counts only when State is Present.
type Value struct {
	N     float64
	State State
}

// Of is a Value that is there.
func Of(n float64) Value { return Value{N: n, State: Present} }

// Words are the short labels the drawing itself needs, in the person's language.
type Words struct {
	Missing       string // "not reported"
	Masked        string // "fewer than 5"
	NoDenominator string // "no denominator"
}

// of gives the word for a state that is not Present.
func (w Words) of(s State) string {
	switch s {
	case Masked:
		return w.Masked
	case NoDenominator:
		return w.NoDenominator
	default:
		return w.Missing
	}
}

// Target is a labelled line at a value, such as nine kits per death.
type Target struct {
	At    float64
	Label string
}

// format writes a number as the page writes numbers.
func (d Doc) format(n float64) string {
	if d.Format == nil {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return d.Format(n)
}

// width is the drawing's width. Below 280 no label fits, so none is drawn smaller.
func (d Doc) width() float64 {
	if d.Width == 0 {
		return Wide
	}
	return math.Max(280, float64(d.Width))
}

// narrow tells whether the layout for phones is used.
func (d Doc) narrow() bool { return d.width() < 560 }

// drawable refuses numbers that have no place on an axis that starts at zero.
func drawable(op string, v Value) error {
	if v.State == Present && (math.IsNaN(v.N) || math.IsInf(v.N, 0) || v.N < 0) {
		return fault.New(fault.Internal, op, "a value of %v has no place on the axis", v.N)
	}
	return nil
}
