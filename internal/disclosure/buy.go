package disclosure

import (
	"cmp"
	"slices"
)

// offer is a way to make a count move as far as it has to: the further counts that
// have to be hidden for it.
type offer struct {
	cells []int
	moved map[int]int64 // how each count moves, when that is in whole numbers
}

// near is with how many sums around a count a search begins.
const near = 48

// buy hides the cheapest further counts that bring k nearer to being safe, and
// tells whether it could hide any.
//
// What is looked for is the cheapest change of the true table that moves k far
// enough: hidden counts move for nothing, a shown one for its size and a little
// more. Those that move have to be hidden, and the changed table is itself the
// proof that k moves (Kelly, Golden and Assad 1992, "Cell suppression: disclosure
// protection for sensitive tabular data").
func (g *guard) buy(v *view, k int) bool {
	var best *offer
	for _, want := range g.wanted(v, k) {
		o := g.offer(v, k, want)
		if o != nil && (best == nil || g.price(o.cells) < g.price(best.cells)) {
			best = o
		}
	}
	if best == nil {
		return g.neighbour(v, k)
	}
	for _, cell := range best.cells {
		g.hide(cell, Complement)
	}
	if best.moved != nil {
		v.take(table{best.moved, false})
	}
	return len(best.cells) > 0 || v.safe(k) || g.neighbour(v, k)
}

// wanted lists moves of k, up or down (negative), each of which would do, or would
// be the first of two that do.
func (g *guard) wanted(v *view, k int) (moves []int64) {
	room, up, down := v.rest[k], v.up[k], v.down[k]
	half := min(room, v.spread/2)
	switch {
	case room == 0 || down > 0 && up > 0:
		moves = append(moves, v.spread-down)
		if room >= v.spread-up {
			moves = append(moves, up-v.spread)
		}
	case up > 0:
		moves = append(moves, -max(1, min(room, v.spread-up)))
	case down > 0:
		moves = append(moves, max(1, v.spread-down))
	default:
		moves = append(moves, max(1, v.spread-half), -max(1, half))
	}
	return moves
}

// price is what hiding cells costs: their sizes, and a little for each, so that few
// and small ones are preferred.
func (g *guard) price(cells []int) (sum int64) {
	for _, k := range cells {
		sum += g.cost(k)
	}
	return sum
}

func (g *guard) cost(k int) (sum int64) {
	for _, j := range g.belong[k] {
		if !g.hidden[j] {
			sum += g.value[j] + max(g.rule.Smallest, 1)
		}
	}
	return sum
}

// free tells whether a shown count may be hidden to protect others.
func (g *guard) free(k int) bool {
	if g.hidden[k] || g.past[k] {
		return false
	}
	for _, j := range g.belong[k] {
		if g.cells[j].Kept {
			return false
		}
	}
	return !g.known[k]
}

// offer looks for the cheapest way among ever more sums around k.
func (g *guard) offer(v *view, k int, want int64) *offer {
	can := func(cell int) bool { return v.moves(cell) || g.free(cell) }
	for limit := near; ; limit *= 4 {
		cells, rows := v.reach(k, limit, can)
		if o := g.search(v, cells, rows, want); o != nil || len(rows) < limit {
			return o
		}
	}
}

// neighbour hides the cheapest count that shares a sum with a hidden one that
// hangs together with k, where no better way was found.
func (g *guard) neighbour(v *view, k int) bool {
	cells, rows := v.reach(k, len(v.rows), v.moves)
	cheapest := -1
	for _, r := range rows {
		for _, t := range v.rows[r] {
			if g.free(t.cell) && (cheapest < 0 || g.cost(t.cell) < g.cost(cheapest)) {
				cheapest = t.cell
			}
		}
	}
	if cheapest < 0 || len(cells) == 0 {
		return false
	}
	g.hide(cheapest, Complement)
	return true
}

// market is the linear programme of a search: a column for each hidden count, and
// two, up and down, for each that could be hidden.
type market struct {
	low, high, worth []int64
	cell             []int // of each column
	sign             []int64
	columns          map[int][]int
}

func (m *market) add(cell int, low, high, worth, sign int64) {
	m.columns[cell] = append(m.columns[cell], len(m.low))
	m.low, m.high, m.worth = append(m.low, low), append(m.high, high), append(m.worth, worth)
	m.cell, m.sign = append(m.cell, cell), append(m.sign, sign)
}

// search finds the cheapest change in which the first of the cells moves by want.
func (g *guard) search(v *view, cells, rows []int, want int64) *offer {
	m := g.market(v, cells, rows)
	right := make([]int64, len(rows))
	for i, r := range rows {
		for _, t := range v.rows[r] {
			if t.cell == cells[0] {
				right[i] = -t.sign * want
			}
		}
	}
	s := m.simplex(v.frame, rows, right)
	if s.settle() != top {
		return nil
	}
	o := g.read(s, m)
	if o.moved != nil {
		o.moved[cells[0]] = want
	}
	return o
}

// market sets the columns up; those of cells that stand in sums beyond the ones
// looked at are left out, for they could not move without those.
func (g *guard) market(v *view, cells, rows []int) *market {
	m := &market{columns: map[int][]int{}}
	inside := make(map[int]bool, len(rows))
	for _, r := range rows {
		inside[r] = true
	}
	cells = slices.DeleteFunc(slices.Clone(cells[1:]), func(cell int) bool {
		return slices.ContainsFunc(v.in[cell], func(r int) bool { return !inside[r] })
	})
	var sum int64
	for _, cell := range cells {
		if !v.moves(cell) {
			sum += g.cost(cell)
		}
	}
	scale := 1 + sum>>26
	for _, cell := range cells {
		if v.moves(cell) {
			m.add(cell, -v.fall[cell], v.rise[cell], 0, 1)
			continue
		}
		each := 1 + g.cost(cell)/scale
		m.add(cell, 0, Open, -each, 1)
		m.add(cell, 0, v.rest[cell], -each, -1)
	}
	return m
}

// simplex is the programme over some rows, with what each comes to. It stands where
// every column is nothing.
func (m *market) simplex(f *frame, rows []int, right []int64) *simplex {
	local := make([]row, len(rows))
	for i, r := range rows {
		for _, t := range f.rows[r] {
			for _, c := range m.columns[t.cell] {
				local[i] = append(local[i], term{c, t.sign * m.sign[c]})
			}
		}
	}
	s := newSimplex(local, right, m.low, m.high, make([]int64, len(m.low)))
	s.goal = slices.Clone(m.worth)
	return s
}

// read says which counts move at the top of a search.
func (g *guard) read(s *simplex, m *market) *offer {
	o := &offer{moved: map[int]int64{}}
	whole := true
	still := map[int]bool{}
	for c, cell := range m.cell {
		x, exact := s.point(c)
		whole = whole && exact
		if x == 0 && exact {
			continue
		}
		o.moved[cell] += m.sign[c] * x
		if !g.hidden[cell] && !still[cell] {
			still[cell] = true
			o.cells = append(o.cells, cell)
		}
	}
	if !whole {
		o.moved = nil
	}
	slices.SortFunc(o.cells, func(a, b int) int { return cmp.Compare(a, b) })
	return o
}
