package disclosure

import "slices"

// most is the largest count that is taken, so that sums of products of counts
// stay whole numbers of 64 bits.
const most = 1 << 40

// frame is how counts hang together, in numbers: cells are numbered by the order
// of their keys, so that the same set gives the same masks in whatever order it
// was put together.
type frame struct {
	keys []string
	rows []row
	in   [][]int // the rows of each cell
}

// row is an equation: its cells, times their signs, add up to nothing.
type row []term

type term struct {
	cell int
	sign int64
}

// newFrame numbers the keys and makes rows of the sums.
func newFrame(op string, keys []string, sums []Sum) (*frame, error) {
	f := &frame{keys: slices.Sorted(slices.Values(keys))}
	for i, key := range f.keys {
		if key == "" || i > 0 && key == f.keys[i-1] {
			return nil, refuse(op, key, TwiceNamed)
		}
	}
	f.in = make([][]int, len(f.keys))
	for _, s := range sums {
		r, err := f.row(op, s)
		if err != nil {
			return nil, err
		}
		f.rows = append(f.rows, r)
	}
	slices.SortFunc(f.rows, func(a, b row) int { return slices.CompareFunc(a, b, compareTerms) })
	f.rows = slices.CompactFunc(f.rows, func(a, b row) bool { return slices.Equal(a, b) })
	f.index()
	return f, nil
}

func compareTerms(a, b term) int {
	if a.cell != b.cell {
		return a.cell - b.cell
	}
	return int(a.sign - b.sign)
}

// index notes in which rows each cell stands.
func (f *frame) index() {
	f.in = make([][]int, len(f.keys))
	for i, r := range f.rows {
		for _, t := range r {
			f.in[t.cell] = append(f.in[t.cell], i)
		}
	}
}

func (f *frame) row(op string, s Sum) (row, error) {
	whole, ok := f.find(s.Whole)
	if !ok {
		return nil, refuse(op, s.Whole, UnknownKey)
	}
	r := row{{whole, -1}}
	for _, key := range s.Parts {
		part, ok := f.find(key)
		if !ok {
			return nil, refuse(op, key, UnknownKey)
		}
		r = append(r, term{part, 1})
	}
	slices.SortFunc(r, compareTerms)
	for i := 1; i < len(r); i++ {
		if r[i].cell == r[i-1].cell {
			return nil, refuse(op, f.keys[r[i].cell], TwiceNamed)
		}
	}
	if len(r) < 2 {
		return nil, refuse(op, s.Whole, SumIsWrong)
	}
	return r, nil
}

// find is the number of a key.
func (f *frame) find(key string) (int, bool) { return slices.BinarySearch(f.keys, key) }

// total is what the cells of a row add up to, times their signs.
func (r row) total(value []int64) (sum int64) {
	for _, t := range r {
		sum += t.sign * value[t.cell]
	}
	return sum
}

// whole is the cell that the others of the row add up to.
func (r row) whole() int {
	return r[slices.IndexFunc(r, func(t term) bool { return t.sign < 0 })].cell
}

// reach lists the cells that can move and hang together with cell k through rows,
// k first, and those rows, nearest first. It stops at a number of rows.
func (f *frame) reach(k, limit int, moves func(cell int) bool) (cells, rows []int) {
	seen, met := map[int]bool{k: true}, map[int]bool{}
	cells = []int{k}
	for i := 0; i < len(cells); i++ {
		for _, r := range f.in[cells[i]] {
			if met[r] {
				continue
			}
			if len(rows) == limit {
				return cells, rows
			}
			met[r] = true
			rows = append(rows, r)
			for _, t := range f.rows[r] {
				if !seen[t.cell] && moves(t.cell) {
					seen[t.cell] = true
					cells = append(cells, t.cell)
				}
			}
		}
	}
	return cells, rows
}
