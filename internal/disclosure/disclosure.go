// Package disclosure decides which counts of a publication may be seen, so that
// no reader can work out, or come close to, a count of few people. It masks the
// small counts, then as little else as it can, and proves with exact bounds that
// what is masked stays masked over every table of the publication together.
//
// Masking the small counts alone protects nobody: whoever has the total takes the
// other counts from it. That has been done to CDC WONDER
// (http://www.quasicoherentlabs.com/blog/one-weird-trick-to-fetch-more-complete-datasets-from-cdc-s-wonder-system).
// So every rule here is checked from the side of the reader.
//
// What a reader is taken to know: every sum, every number shown, that counts are
// whole and not negative, every earlier release, and, for a contributor, its own
// part of each count. What a reader knows from elsewhere about the people counted is
// beyond arithmetic, and so is a count that everybody knows to be nothing: such a
// count protects no other, and does not belong into the set.
//
// All arithmetic is in whole numbers, nothing is rounded on the way, and what limits
// the work is a count of steps: the same set gives the same masks everywhere.
//
// The cost grows with what is hidden more than with what is shown, and with the
// number of divisions a count stands in. Measured in seconds of one processor of
// 2.5 GHz, with counts of 10 and more shown (make bench prints them):
//
//	counts                            small  hidden  Protect  8 contributors  Check
//	39 × 5, two divisions               47      75     0.04            0.1    0.001
//	20 × 20, two divisions             104     111     0.06            0.2    0.005
//	49 × 10 × 4, national, 2,695 in all 176     552     1.1             2.2    0.04
//	12 × 8 × 6, every count in three   107     174     5              14      0.2
//
// Bounds, which has to find a table before it can change it, is as quick as Check
// when numbers are exact. With rounded numbers in three divisions it gives up beyond
// some two hundred counts; Check, which has the true table, does not.
//
// The package is pure: it knows no database, no clock, no report, no words and no names
// but the keys it is given. What it hands back for a masked count holds no number.
//
// Start at Protect; Bounds is the reader's side, Check the gate before a
// publication, Revise what happens when a published count has changed.
package disclosure

import "math"

// Rule says what may be seen.
type Rule struct {
	// Smallest is the smallest count that is shown: counts from 1 to Smallest-1
	// are hidden, and a hidden count may be no better known than Smallest
	// different numbers.
	Smallest int64
	// Contributors is the fewest contributors that a shown count may have; 0 asks
	// for none, and then Share is not looked at.
	Contributors int
	// Share is how many per cent of a shown count one contributor may hold at
	// most; 0 and 100 allow all of it.
	Share int
	// Round is what shown counts are rounded to a multiple of, halves up; 0 and 1
	// leave them exact.
	Round int64
}

// Cell is one count that is meant to be published.
type Cell struct {
	Key   string // names the count, the same wherever it stands: "kits|2026-Q1|channel=prison"
	Value int64  // the true count, 0 or more
	// Contributors is what each contributor holds of the count; it adds up to
	// Value. A position is the same contributor in every cell of a set, and a
	// short list ends in zeros. Nil: nobody was asked.
	Contributors []int64
	// Kept is never hidden to protect others: a grand total. If it is itself too
	// small the whole set is refused.
	Kept bool
	// With names counts that are hidden whenever this one is, and the other way
	// round: kits with the contacts at which they were given.
	With []string
	// Withheld is not published in any table, but a reader knows that it is there:
	// the inner counts of a cube of which only the sides are published. It is
	// hidden from the start, and protected when it is small.
	Withheld bool
}

// Sum says that one count is the sum of others.
type Sum struct {
	Whole string
	Parts []string
	// Sensitive masks the parts when everything stands in one of them: to be told
	// that all of a group gave the same answer is to be told everybody's.
	Sensitive bool
}

// Set is everything that is published together, and how it hangs together. A
// reader sees all of it, so tables that share a count share its key. A reader also
// adds up what is not written: a part that is in no table belongs into the set,
// Withheld, with the sums that it is a part of.
type Set struct {
	Cells []Cell
	Sums  []Sum
}

// Shown is what is published of a count. Low equal to High is an exact number; a
// rounded number is the span that it stands for, see Rule.Number. Of a hidden
// count there is nothing: both are zero.
type Shown struct {
	Hidden    bool
	Low, High int64
}

// Interval is what a reader can work out about a hidden count. An end that is open
// is Open.
type Interval struct{ Low, High int64 }

// Open is the upper end of a count that nothing bounds.
const Open = math.MaxInt64

// Why is the reason for which a count is hidden.
type Why string

// The reasons. A count that is hidden for several has the first.
const (
	Small        Why = "small"        // from 1 to Smallest-1
	Contributors Why = "contributors" // too few contributors
	Dominated    Why = "dominated"    // one contributor holds too much, or could tell what little the others hold
	Pattern      Why = "pattern"      // everything in one part of a sensitive split
	Change       Why = "change"       // what changed since the last publication is itself too small
	Withheld     Why = "withheld"     // in no published table
	With         Why = "with"         // hidden with a count that belongs to it
	Complement   Why = "complement"   // large enough, but would give another away
)

// Entry says why one count is hidden. It never holds a value, and is for those who
// publish: a reader who is told which masks stand for small counts narrows many of
// them, so every mask looks the same outside.
type Entry struct {
	Key string `json:"key"`
	Why Why    `json:"why"`
}

// Protected is what may be published: every key of the set, and why those that are
// hidden are, by key.
type Protected struct {
	Shown map[string]Shown
	Log   []Entry
}

// Number is the number to print for a shown count: the count itself, or the
// multiple of Round that it was rounded to. A hidden count has none.
func (r Rule) Number(s Shown) (int64, bool) {
	if s.Hidden {
		return 0, false
	}
	return r.nearest(s.Low), true
}

// show is what is published of a count that is not hidden. The span is what a
// reader makes of the number who knows the rule: that it is 0 or at least Smallest.
// It follows from the number alone, or it would tell more than the number.
func (r Rule) show(value int64) Shown {
	if r.Round < 2 {
		return Shown{Low: value, High: value}
	}
	n := r.nearest(value)
	s := Shown{Low: max(0, n-r.Round/2), High: n + (r.Round-1)/2}
	switch {
	case n > 0:
		s.Low = max(s.Low, min(r.Smallest, s.High))
	case s.High < r.Smallest:
		s.High = 0
	}
	return s
}

// nearest rounds to a multiple of Round, halves up.
func (r Rule) nearest(value int64) int64 {
	if r.Round < 2 {
		return value
	}
	return (value + r.Round/2) / r.Round * r.Round
}
