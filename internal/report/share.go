package report

// share is a part of a base that records the part's dimension at all. Scotland
// publishes repeat supplies of community and prison only: the share is of their
// 7,197 kits, not of all 8,159. So the base follows the numerator: for each
// published total in it, what its box holds once the dimension is let go; and
// the single records outside those boxes.
type share[U Unit] struct {
	num, base sum[U]
	whole     bool // the base is known for all of the numerator
}

// shareOf sums q and its base; widen lets go of the dimension that q narrows.
func (p *pool[U]) shareOf(q box, widen func(box) box) share[U] {
	s := share[U]{num: p.in(q), whole: true}
	s.base.totals = map[*fact]int{}
	var wide []box
	for t := range s.num.totals {
		wide = append(wide, widen(t.box))
	}
	wide = outermostBoxes(wide)
	for _, w := range wide {
		part := p.in(w)
		s.whole = s.whole && part.known
		s.base = s.base.plus(part, 1)
	}
	for _, e := range p.events {
		if widen(q).holds(e.box) && !anyHolds(wide, e.box) {
			s.base.events += e.count.Low
			s.base.known = true
		}
	}
	if len(wide) == 0 && s.base.known {
		s.num.known = true // records that could have said so, and did not: none
	}
	return s
}

// outermostBoxes leaves out boxes that lie in another of the list, and repeats.
func outermostBoxes(list []box) (kept []box) {
	for i, b := range list {
		inner := false
		for j, o := range list {
			inner = inner || o.holds(b) && (o != b || j < i)
		}
		if !inner {
			kept = append(kept, b)
		}
	}
	return kept
}

func anyHolds(list []box, b box) bool {
	for _, o := range list {
		if o.holds(b) {
			return true
		}
	}
	return false
}

// cell shows the share per hundred.
func (s share[U]) cell() Cell {
	if !s.num.known {
		return NotReported()
	}
	if !s.whole || !s.base.known {
		return NoDenominator()
	}
	return over(s.num.count(), s.base.count())
}

// baseCell shows what the share is of.
func (s share[U]) baseCell() Cell {
	if !s.num.known || !s.whole {
		return NotReported()
	}
	return s.base.cell()
}
