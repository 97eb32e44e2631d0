package chart

import (
	"math"
	"slices"

	"thntracker/internal/fault"
)

// Tick is one place on the time axis. Group is written once under the first of
// its kind, such as the year under its months.
type Tick struct {
	Label string
	Group string
}

// Series is one kind of thing counted at every tick.
type Series struct {
	Label  string
	Values []Value // one for each tick
}

// Bars are stacked upright bars over months, quarters or years. The first
// series stands at the bottom. What was not reported, and what is masked, is a
// mark with a word beside it in the key; it has no height and takes no part in
// the scale.
type Bars struct {
	Doc    Doc
	Words  Words
	Axis   string // what is counted, written above the scale
	Ticks  []Tick
	Series []Series // at most MaxSeries
	Breaks []Break
	Then   Series // all of it in another period, a line across each bar; empty: none
}

// SVG draws the chart. The error means the caller built it wrongly: too many
// series, values that do not match the ticks, or a number below zero.
func (b Bars) SVG() (string, error) {
	if err := b.check(); err != nil {
		return "", err
	}
	c := newCanvas(b.Doc)
	c.patterns(len(b.Series))
	if b.silent() {
		c.hatch(1)
	}
	l := b.layout(c)
	if !l.direct {
		c.key(b.keyEntries())
	} else {
		c.key(b.markEntries())
	}
	b.place(c, &l)
	b.drawGrid(c, l)
	b.drawTicks(c, l)
	for i := range b.Ticks {
		b.drawColumn(c, l, i)
	}
	b.drawThen(c, l)
	c.line("axis", l.left, l.base, l.right, l.base)
	if l.direct {
		b.drawLabels(c, l)
	}
	b.drawBreaks(c, l)
	return c.finish("bars"), nil
}

// check refuses what cannot be drawn truthfully.
func (b Bars) check() error {
	const op = "draw bars"
	if len(b.Series) > MaxSeries {
		return fault.New(fault.Internal, op, "%d series, at most %d can be told apart", len(b.Series), MaxSeries)
	}
	series := b.Series
	if len(b.Then.Values) > 0 {
		series = append(slices.Clone(series), b.Then)
	}
	for _, s := range series {
		if len(s.Values) != len(b.Ticks) {
			return fault.New(fault.Internal, op, "series has %d values for %d ticks", len(s.Values), len(b.Ticks))
		}
		for _, v := range s.Values {
			if err := drawable(op, v); err != nil {
				return err
			}
		}
	}
	return checkBreaks(op, b.Breaks, len(b.Ticks))
}

// total is the height of a column; only numbers that may be shown count.
func (b Bars) total(i int) float64 {
	t := 0.0
	for _, s := range b.Series {
		if s.Values[i].State == Present {
			t += s.Values[i].N
		}
	}
	return t
}

// scale fits the axis to the highest column.
func (b Bars) scale() axis {
	top, whole := 0.0, true
	for i := range b.Ticks {
		top = math.Max(top, b.total(i))
		if len(b.Then.Values) > 0 && b.Then.Values[i].State == Present {
			top = math.Max(top, b.Then.Values[i].N)
		}
		for _, s := range b.Series {
			if v := s.Values[i]; v.State == Present && v.N != math.Trunc(v.N) {
				whole = false
			}
		}
	}
	return newAxis(top, whole)
}

// has tells whether any value is in a state, so that the key names only the
// marks that are drawn.
func (b Bars) has(state State) bool {
	for _, s := range b.Series {
		for _, v := range s.Values {
			if v.State == state {
				return true
			}
		}
	}
	return false
}

// missing tells whether nobody reported anything at a tick.
func (b Bars) missing(i int) bool {
	return len(b.Series) > 0 && !slices.ContainsFunc(b.Series, func(s Series) bool { return s.Values[i].State != Missing })
}

// silent tells whether there is such a tick.
func (b Bars) silent() bool {
	for i := range b.Ticks {
		if b.missing(i) {
			return true
		}
	}
	return false
}
