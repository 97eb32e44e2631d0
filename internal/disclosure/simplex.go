package disclosure

import "math/bits"

// simplex is a linear programme over counts in whole numbers only: the tableau is
// kept as integers over one common denominator, which stays 1 for most tables, so
// nothing is ever rounded (Edmonds' integer pivoting). Every variable has a lower
// end and perhaps an upper one; one that is not in the basis may stand anywhere
// between, so a search can start from a table that is known to be true.
//
// The variables are the given ones and then one for each row, which is nothing and
// stays nothing.
type simplex struct {
	given     int // how many variables were given
	low, high []int64
	at        []int64 // where each variable stands that is not in the basis
	side      []int   // the variable of each column
	base      []int   // the variable of each row
	place     []int   // the row of a variable, or ^column; gone when it has left for good
	tab       [][]int64
	den       int64
	sum       []int64 // den times the variable of each row
	goal      []int64 // what a step of each column is worth, times den; nil for a single variable
	tired     bool    // numbers grew too large: nothing more is claimed
	work      int     // how many numbers may still be touched
}

// How many numbers are touched before something is given up: for one question,
// about a quarter of a second's work, and for all questions of one reader.
const (
	patience = 1 << 27
	pool     = 16 * patience
)

const gone = int(^uint(0) >> 1)

// The walls at which a search gives up, so that no product leaves 64 bits. Tables
// of counts stay far below.
const (
	widest  = 1 << 20 // denominator
	tallest = 1 << 22 // number in the tableau
	dearest = 1 << 40 // worth of a step
)

// newSimplex starts at a point within the ends; right is what each row comes to.
func newSimplex(rows []row, right, low, high, at []int64) *simplex {
	n, m := len(low), len(rows)
	s := &simplex{
		given: n, den: 1, work: patience,
		low: append(append([]int64{}, low...), make([]int64, m)...), high: append(append([]int64{}, high...), make([]int64, m)...),
		at:   append(append([]int64{}, at...), make([]int64, m)...),
		side: make([]int, n), base: make([]int, m), place: make([]int, n+m), tab: make([][]int64, m), sum: make([]int64, m),
	}
	for j := range n {
		s.side[j], s.place[j] = j, ^j
	}
	for i, r := range rows {
		s.base[i], s.place[n+i], s.tab[i], s.sum[i] = n+i, i, make([]int64, n), right[i]
		for _, t := range r {
			s.tab[i][t.cell] += t.sign
			s.sum[i] -= t.sign * at[t.cell]
		}
	}
	return s
}

// point is the variable where it stands now, and whether that is a whole number.
func (s *simplex) point(v int) (int64, bool) {
	i := s.place[v]
	if i < 0 || i == gone {
		return s.at[v], true
	}
	return floorDiv(s.sum[i], s.den), s.sum[i]%s.den == 0
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && a < 0 {
		q--
	}
	return q
}

// below and above tell on which side of its ends the variable of a row stands.
func (s *simplex) below(i int) bool { return s.sum[i] < s.low[s.base[i]]*s.den }
func (s *simplex) above(i int) bool {
	high := s.high[s.base[i]]
	return high != Open && s.sum[i] > high*s.den
}

// stop is how far a step goes and what ends it: room/rate, at a row, or at the
// other end of the variable itself when row is -1.
type stop struct {
	room, rate int64
	row        int
	upper      bool // the variable of the row stops at its upper end
}

// ratio finds what stops the variable of a column that moves up or down (dir).
// A row that is outside its ends is stopped only where it comes back.
func (s *simplex) ratio(q int, dir int64, careful bool) (best stop, found bool) {
	v := s.side[q]
	switch {
	case dir < 0:
		best, found = stop{s.at[v] - s.low[v], 1, -1, false}, true
	case s.high[v] != Open:
		best, found = stop{s.high[v] - s.at[v], 1, -1, true}, true
	}
	for i := range s.tab {
		a := s.tab[i][q] * dir
		if a == 0 {
			continue
		}
		c, ok := s.blocks(i, a)
		if !ok {
			continue
		}
		if !found || less(c, best) || !less(best, c) && s.prefers(c.row, best.row, q, careful) {
			best, found = c, true
		}
	}
	return best, found
}

// blocks is where the variable of row i stops when it falls by a for each step.
func (s *simplex) blocks(i int, a int64) (stop, bool) {
	b := s.base[i]
	low, high := s.low[b]*s.den, s.high[b]
	if high != Open {
		high *= s.den
	}
	x := s.sum[i]
	switch {
	case a > 0 && x < low, a < 0 && high != Open && x > high:
		return stop{}, false
	case a > 0 && high != Open && x > high:
		return stop{x - high, a, i, true}, true
	case a > 0:
		return stop{x - low, a, i, false}, true
	case x < low:
		return stop{low - x, -a, i, false}, true
	case high == Open:
		return stop{}, false
	}
	return stop{high - x, -a, i, true}, true
}

// prefers breaks a tie between two rows: for small denominators, or, to leave a
// corner where nothing moves, for the variable that comes first (Bland).
func (s *simplex) prefers(i, j, q int, careful bool) bool {
	if j < 0 {
		return false
	}
	if careful {
		return s.base[i] < s.base[j]
	}
	a, b := abs(s.tab[i][q]), abs(s.tab[j][q])
	if (a == s.den) != (b == s.den) {
		return a == s.den
	}
	fixed := s.base[i] >= s.given
	return fixed && s.base[j] < s.given
}

func abs(a int64) int64 { return max(a, -a) }

// less compares two stops by how far they are, without dividing.
func less(a, b stop) bool {
	h1, l1 := bits.Mul64(uint64(a.room), uint64(b.rate))
	h2, l2 := bits.Mul64(uint64(b.room), uint64(a.rate))
	return h1 < h2 || h1 == h2 && l1 < l2
}

// step moves the variable of column q in a direction until something stops it.
// It tells whether something did, and whether anything moved.
func (s *simplex) step(q int, dir int64, careful bool) (stopped, moved bool) {
	end, ok := s.ratio(q, dir, careful)
	if !ok {
		return false, true
	}
	if end.row < 0 {
		s.shift(q, dir*end.room)
		return true, end.room > 0
	}
	s.swap(q, dir, end)
	return true, end.room > 0
}

// swap moves the variable of column q until that of a row stands at an end, and
// lets the two change places.
func (s *simplex) swap(q int, dir int64, end stop) {
	v, leaves := s.side[q], s.base[end.row]
	rest := s.low[leaves]
	if end.upper {
		rest = s.high[leaves]
	}
	for i := range s.sum {
		if a := s.tab[i][q] * dir; i != end.row && (a != 0 || end.rate != s.den) {
			s.sum[i] = s.exact(s.sum[i], end.rate, a, end.room)
		}
	}
	s.sum[end.row] = s.at[v]*end.rate + dir*end.room
	s.pivot(end.row, q)
	s.at[leaves] = rest
	if leaves >= s.given {
		s.drop(q)
	}
}

// exact is (x·p − a·t)/den, which theory makes whole, or tires.
func (s *simplex) exact(x, p, a, t int64) int64 {
	h1, l1 := bits.Mul64(uint64(abs(x)), uint64(p))
	h2, l2 := bits.Mul64(uint64(abs(a)), uint64(t))
	if h1 != 0 || h2 != 0 || l1 >= 1<<62 || l2 >= 1<<62 {
		s.tired = true
		return 0
	}
	return (x*p - a*t) / s.den
}

// shift moves the variable of a column by a whole number, within its ends.
func (s *simplex) shift(q int, by int64) {
	s.at[s.side[q]] += by
	for i := range s.sum {
		s.sum[i] -= s.tab[i][q] * by
	}
}
