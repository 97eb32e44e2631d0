package disclosure

// pivot lets the variable of column q into the basis in the place of that of row
// r. The sums are set by the step that asks for it.
func (s *simplex) pivot(r, q int) {
	line, own := s.tab[r], s.den
	if line[q] < 0 {
		for j := range line {
			line[j] = -line[j]
		}
		own = -own
	}
	p := line[q]
	var filled []int
	for j, t := range line {
		if t != 0 && j != q {
			filled = append(filled, j)
		}
	}
	for i := range s.tab {
		if i != r {
			s.clear(s.tab[i], line, filled, q, own, tallest)
		}
	}
	if s.goal != nil {
		s.clear(s.goal, line, filled, q, own, dearest)
	}
	line[q] = own
	in, out := s.side[q], s.base[r]
	s.side[q], s.base[r], s.place[in], s.place[out] = out, in, r, ^q
	s.den = p
	if p > widest {
		s.tired = true
	}
}

// clear takes the pivot's line out of another one; own is what the variable that
// leaves has in front of it there.
func (s *simplex) clear(to, line []int64, filled []int, q int, own, wall int64) {
	f, p := to[q], line[q]
	if p != s.den {
		s.work -= 2 * len(to)
		for j, t := range to {
			if x := t*p - f*line[j]; x != 0 {
				to[j] = x / s.den
			} else {
				to[j] = 0
			}
		}
	} else if f != 0 {
		s.work -= len(filled)
		for _, j := range filled {
			to[j] -= f * line[j] / s.den
		}
	}
	to[q] = -f
	if own < 0 {
		to[q] = f
	}
	if f == 0 && p == s.den {
		return
	}
	for _, j := range filled {
		if abs(to[j]) > wall {
			s.tired = true
		}
	}
}

// drop forgets a column whose variable can never move again.
func (s *simplex) drop(q int) {
	last := len(s.side) - 1
	s.place[s.side[q]] = gone
	s.side[q] = s.side[last]
	if q != last {
		s.place[s.side[q]] = ^q
	}
	s.side = s.side[:last]
	for i := range s.tab {
		s.tab[i][q] = s.tab[i][last]
		s.tab[i] = s.tab[i][:last]
	}
	if s.goal != nil {
		s.goal[q] = s.goal[last]
		s.goal = s.goal[:last]
	}
}
