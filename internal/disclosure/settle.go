package disclosure

// settle walks from a table whose sums do not hold yet to the one that does at the
// best worth, where no step from the start is worth anything (dual simplex). That
// is the shape of a search for the cheapest change: to leave everything as it is
// costs nothing, and only the count that has to move is out of place.
func (s *simplex) settle() ending {
	for !s.tired && s.work > 0 {
		s.work -= len(s.side) + len(s.base)
		r, up := s.misplaced()
		if r < 0 {
			return top
		}
		q, dir := s.cheapest(r, up)
		if dir == 0 {
			return nowhere
		}
		b := s.base[r]
		end := stop{row: r, rate: abs(s.tab[r][q]), upper: !up}
		if up {
			end.room = s.low[b]*s.den - s.sum[r]
		} else {
			end.room = s.sum[r] - s.high[b]*s.den
		}
		s.swap(q, dir, end)
	}
	return spent
}

// misplaced is the row that is furthest outside its ends, and whether it has to go up.
func (s *simplex) misplaced() (r int, up bool) {
	r = -1
	var furthest int64
	for i, x := range s.sum {
		var out int64
		rises := s.below(i)
		switch {
		case rises:
			out = s.low[s.base[i]]*s.den - x
		case s.above(i):
			out = x - s.high[s.base[i]]*s.den
		}
		if out > furthest {
			r, up, furthest = i, rises, out
		}
	}
	return r, up
}

// cheapest is the column that brings row r back for the least worth for each step
// of the row, and the way it has to move.
func (s *simplex) cheapest(r int, up bool) (column int, dir int64) {
	var best stop // room is the worth, rate the step
	for j, t := range s.tab[r] {
		if t == 0 {
			continue
		}
		way := int64(1)
		if (t > 0) == up {
			way = -1
		}
		v := s.side[j]
		if way > 0 && s.at[v] == s.high[v] || way < 0 && s.at[v] == s.low[v] {
			continue
		}
		c := stop{room: abs(s.goal[j]), rate: abs(t)}
		if dir == 0 || less(c, best) || !less(best, c) && c.rate == s.den && best.rate != s.den {
			column, dir, best = j, way, c
		}
	}
	return column, dir
}
