package report

import (
	"slices"

	"thntracker/internal/thn"
)

// patience bounds the search among totals that overlap; real publications need a
// few dozen steps. Past it, the larger box is taken without looking further.
const patience = 4096

// furthest chooses totals that do not overlap so that together with the single
// records outside them they reach furthest. The list is sorted, largest first.
func (p *pool[U]) furthest(inside []*fact) []*fact {
	chosen, clash := disjoint(inside)
	if !clash {
		return chosen
	}
	chosen = nil
	for _, group := range apart(inside) {
		s := search{gain: p.gain, left: patience}
		best, _ := s.best(group)
		chosen = append(chosen, best...)
	}
	return chosen
}

// disjoint takes each total unless it overlaps one already taken. Clash tells
// whether one was passed over that is not simply a part of a taken one.
func disjoint(list []*fact) (taken []*fact, clash bool) {
	for _, f := range list {
		part, meets := false, false
		for _, t := range taken {
			if t.box.meets(f.box) {
				meets = true
				part = part || t.box.holds(f.box)
			}
		}
		if !meets {
			taken = append(taken, f)
		}
		clash = clash || meets && !part
	}
	return taken, clash
}

// apart divides a list into groups that do not touch each other, in order.
func apart(list []*fact) (groups [][]*fact) {
	for _, f := range list {
		joined := []*fact{}
		kept := groups[:0:0]
		for _, g := range groups {
			if slices.ContainsFunc(g, func(o *fact) bool { return o.box.meets(f.box) }) {
				joined = append(joined, g...)
			} else {
				kept = append(kept, g)
			}
		}
		groups = append(kept, append(joined, f))
	}
	for _, g := range groups {
		slices.SortFunc(g, largerFirst)
	}
	return groups
}

// search tries, for each total that clashes with another, to count it and to do
// without it. A total that only has parts of its own is always counted: it is
// what its source says of the whole, even if the parts say more.
type search struct {
	gain map[*fact]thn.Halves
	left int
}

func (s *search) best(list []*fact) (chosen []*fact, gain thn.Halves) {
	for len(list) > 0 {
		f, rest := list[0], list[1:]
		if clashes(f, rest) && s.left > 0 {
			s.left--
			with, withGain := s.best(clearOf(f, rest))
			without, withoutGain := s.best(rest)
			if withGain += s.gain[f]; withGain >= withoutGain {
				return append(append(chosen, f), with...), gain + withGain
			}
			return append(chosen, without...), gain + withoutGain
		}
		chosen, gain, list = append(chosen, f), gain+s.gain[f], clearOf(f, rest)
	}
	return chosen, gain
}

func clashes(f *fact, rest []*fact) bool {
	return slices.ContainsFunc(rest, func(o *fact) bool { return f.box.meets(o.box) && !f.box.holds(o.box) })
}

// clearOf keeps what does not touch f.
func clearOf(f *fact, rest []*fact) (clear []*fact) {
	for _, o := range rest {
		if !f.box.meets(o.box) {
			clear = append(clear, o)
		}
	}
	return clear
}
