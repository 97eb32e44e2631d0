package disclosure

// ending is how a climb ends.
type ending int

const (
	top     ending = iota // nothing is better
	endless               // nothing stops it: see the column and the direction
	nowhere               // no table at all is within the ends
	spent                 // the steps are used up, or numbers grew too large
)

// climb walks to the best corner. worth fills in what a step of each column is
// worth, times den; aim, when given, is asked whether the walk may end.
func (s *simplex) climb(worth func(d []int64), done func() bool) (end ending, q int, dir int64) {
	d := make([]int64, len(s.side))
	for still := 0; ; {
		if s.tired || s.work <= 0 {
			return spent, 0, 0
		}
		if done() {
			return top, 0, 0
		}
		s.work -= len(s.side) + len(s.base)
		d = d[:len(s.side)]
		worth(d)
		careful := still > 12
		q, dir = s.enters(d, careful)
		if dir == 0 {
			return top, 0, 0
		}
		stopped, moved := s.step(q, dir, careful)
		if !stopped {
			return endless, q, dir
		}
		if still++; moved {
			still = 0
		}
	}
}

// enters chooses the column whose step is worth most; when careful, the variable
// that comes first.
func (s *simplex) enters(d []int64, careful bool) (column int, dir int64) {
	var best int64
	for j, worth := range d {
		if worth == 0 {
			continue
		}
		v := s.side[j]
		way := int64(1)
		if worth < 0 {
			way = -1
		}
		if way > 0 && s.at[v] == s.high[v] || way < 0 && s.at[v] == s.low[v] {
			continue
		}
		switch {
		case dir == 0, careful && v < s.side[column], !careful && abs(worth) > best:
			column, dir, best = j, way, abs(worth)
		}
	}
	return column, dir
}

// upwards is the worth of making one variable larger (dir 1) or smaller (-1).
func (s *simplex) upwards(k int, dir int64) func(d []int64) {
	return func(d []int64) {
		i := s.place[k]
		if i >= 0 && i != gone {
			for j, t := range s.tab[i] {
				d[j] = -dir * t
			}
			return
		}
		clear(d)
		if i < 0 {
			d[^i] = dir * s.den
		}
	}
}

// never lets a climb go on to the top.
func never() bool { return false }

// inside walks to a table within the ends, whole or not. Only nowhere and spent
// are answers besides top.
func (s *simplex) inside() ending {
	within := func() bool {
		for i := range s.sum {
			if s.below(i) || s.above(i) {
				return false
			}
		}
		return true
	}
	end, _, _ := s.climb(s.inwards, within)
	if end == top && !within() {
		return nowhere
	}
	return end
}

// inwards is the worth of bringing every variable that is outside its ends nearer.
func (s *simplex) inwards(d []int64) {
	clear(d)
	for i, line := range s.tab {
		switch {
		case s.below(i):
			for j, t := range line {
				d[j] -= t
			}
		case s.above(i):
			for j, t := range line {
				d[j] += t
			}
		}
	}
}

// narrow sets the ends of a variable. One that is outside the basis is moved
// between them at once; a basic one may be left outside, for inside to bring back.
func (s *simplex) narrow(v int, low, high int64) {
	s.low[v], s.high[v] = low, high
	i := s.place[v]
	if i >= 0 {
		return
	}
	switch {
	case s.at[v] < low:
		s.shift(^i, low-s.at[v])
	case s.at[v] > high:
		s.shift(^i, high-s.at[v])
	}
}

// hunt looks for the whole table in which one variable is largest or smallest.
type hunt struct {
	*simplex
	k      int
	dir    int64 // 1 largest, -1 smallest, 0 any table will do
	best   int64 // dir times the variable in the best table found
	enough int64 // a table as good as this ends the hunt
	depth  int   // how many corners were split on the way to this one
	keep   func(x []int64)
}

// deepest is how often one corner after the other is split.
const deepest = 1000

// run tells whether nothing better than best exists; false says that it gave up.
// Where a corner is not whole it is split in two by one variable, and both halves
// are looked through (branch and bound).
func (h *hunt) run() bool {
	if end := h.inside(); end != top {
		return end == nowhere
	}
	if end, _, _ := h.climb(h.upwards(h.k, h.dir), never); end != top {
		return false
	}
	bound, whole := h.point(h.k)
	if h.dir < 0 {
		bound = -bound
		if !whole {
			bound-- // point rounds down, which is the wrong way here
		}
	}
	if h.dir == 0 {
		bound = 0
	}
	if bound <= h.best || h.best >= h.enough {
		return true
	}
	v := h.broken()
	if v < 0 {
		h.best = bound
		h.keep(h.table())
		return true
	}
	if h.depth == deepest {
		return false
	}
	h.depth++
	defer func() { h.depth-- }()
	return h.split(v)
}

func (h *hunt) split(v int) bool {
	down, _ := h.point(v)
	low, high := h.low[v], h.high[v]
	halves := [2][2]int64{{low, down}, {down + 1, high}}
	if 2*(h.sum[h.place[v]]-down*h.den) > h.den {
		halves[0], halves[1] = halves[1], halves[0] // the nearer one first
	}
	sure := true
	for _, half := range halves {
		h.narrow(v, half[0], half[1])
		sure = h.run() && sure
	}
	h.narrow(v, low, high)
	return sure
}

// broken finds a variable that is not a whole number, or -1.
func (s *simplex) broken() int {
	if s.den == 1 {
		return -1
	}
	for i, x := range s.sum {
		if x%s.den != 0 {
			return s.base[i]
		}
	}
	return -1
}

// table is where all given variables stand.
func (s *simplex) table() []int64 {
	x := make([]int64, s.given)
	for v := range x {
		x[v], _ = s.point(v)
	}
	return x
}
