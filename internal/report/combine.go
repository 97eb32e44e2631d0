package report

import (
	"cmp"
	"slices"

	"thntracker/internal/thn"
)

// How single records and published totals become one figure.
//
// Every published total speaks about a box (box.go); a group of single records
// is a box too small to be cut further. To know what a box Q holds:
//
//  1. Only totals that lie wholly in Q can count. One that reaches outside
//     cannot be divided and is left out (the table names it).
//  2. A total inside the box of another is a part of that other: the larger one
//     counts and the smaller adds nothing, whatever the two say.
//  3. Two totals that overlap without one holding the other (four quarters of
//     all channels, and a year of one channel) would count some kits twice if
//     added. So a figure is made of totals that do not overlap. Of the choices
//     there are, the one that reaches furthest stands: each is a lower bound.
//  4. Single records inside a counted total are parts of it. Those outside add.
//
// Nothing is thus counted twice, and a total that is known only by its
// breakdown (by recipient, say) is still counted once, because then its parts
// are the largest boxes there are. What a total holds beyond the parts shown is
// never guessed: it is the difference of two such figures (sum.plus), and it is
// negative only when a source restated the whole but not the parts.

// fact is one thing known: a published total, or single records that share a box.
type fact struct {
	box     box
	count   thn.Count
	answers int64            // of single records: how many there are
	total   *thn.PeriodTotal // nil for single records
}

// pool is all that is known about one measure within a question.
type pool[U Unit] struct {
	totals []*fact // largest box first; equal boxes in the order of their keys
	events []*fact
	over   [][]*fact            // for each event, the totals that hold it
	gain   map[*fact]thn.Halves // what counting a total adds over its single records, low and high together
	late   []*fact              // totals that reach outside the period
}

func newPool[U Unit](totals, events []*fact) *pool[U] {
	p := &pool[U]{totals: slices.Clone(totals), events: events, over: make([][]*fact, len(events)), gain: map[*fact]thn.Halves{}}
	slices.SortFunc(p.totals, largerFirst)
	for _, t := range p.totals {
		p.gain[t] = t.count.Low + t.count.High
	}
	for i, e := range events {
		for _, t := range p.totals {
			if t.box.holds(e.box) {
				p.over[i] = append(p.over[i], t)
				p.gain[t] -= e.count.Low + e.count.High
			}
		}
	}
	return p
}

// largerFirst puts every box before those it holds, and leaves nothing to the
// order in which facts arrived: of equal boxes the newest vintage comes first.
func largerFirst(a, b *fact) int {
	return cmp.Or(cmp.Compare(b.box.volume(), a.box.volume()), cmp.Compare(b.total.AsAt.String(), a.total.AsAt.String()),
		cmp.Compare(a.total.Scope(), b.total.Scope()), cmp.Compare(a.total.ID, b.total.ID))
}

// in gives what the pool knows about a box.
func (p *pool[U]) in(q box) sum[U] {
	var inside []*fact
	for _, t := range p.totals {
		if q.holds(t.box) {
			inside = append(inside, t)
		}
	}
	picked := p.furthest(inside)
	s := sum[U]{totals: map[*fact]int{}, known: len(picked) > 0}
	for _, t := range picked {
		s.totals[t] = 1
	}
	for i, e := range p.events {
		if q.holds(e.box) {
			s.known = true
			if !slices.ContainsFunc(p.over[i], func(t *fact) bool { return s.totals[t] > 0 }) {
				s.events += e.count.Low
				s.answers += e.answers
			}
		}
	}
	return s
}

// sum is a figure that remembers which totals it is made of, so that taking
// parts from a whole cancels what stands in both instead of widening the bounds.
type sum[U Unit] struct {
	totals  map[*fact]int
	events  thn.Halves
	answers int64 // of the single records in it
	known   bool
}

// plus adds o, taken times k; k is -1 to take it away.
func (s sum[U]) plus(o sum[U], k int) sum[U] {
	out := sum[U]{totals: map[*fact]int{}, events: s.events + thn.Halves(k)*o.events, answers: s.answers + int64(k)*o.answers, known: s.known || o.known}
	for f, n := range s.totals {
		out.totals[f] += n
	}
	for f, n := range o.totals {
		out.totals[f] += k * n
	}
	return out
}

// count gives the figure. A rest that may be nothing is not shown as less than
// nothing; only one that is certainly negative stays so.
func (s sum[U]) count() count[U] {
	c := thn.Count{Low: s.events, High: s.events}
	for f, n := range s.totals {
		for ; n > 0; n-- {
			c = c.Plus(f.count)
		}
		for ; n < 0; n++ {
			c = c.Minus(f.count)
		}
	}
	if c.Low < 0 && c.High >= 0 {
		c.Low = 0
	}
	return count[U]{c}
}

// zero tells whether the figure is exactly nothing.
func (s sum[U]) zero() bool { return s.count().Count == thn.Count{} }

// cell shows the figure, or that nobody reported one.
func (s sum[U]) cell() Cell {
	if !s.known {
		return NotReported()
	}
	return Counted(s.count().Count)
}
