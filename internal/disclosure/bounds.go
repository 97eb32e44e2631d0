package disclosure

// Bounds is what a reader can work out: for every hidden count the smallest and
// the largest whole number that agree with everything shown, over all sums
// together. The reader knows the sums, every number shown or the span it was
// rounded from, and that counts are whole and not negative.
//
// Each end is a number for which a whole table was found and checked, so an
// interval is never wider than the truth. Where a part of the table is too hard to
// search to the last corner, it may be narrower: it is then taken for a leak that
// is none, which hides more and never less.
func Bounds(sums []Sum, shown map[string]Shown) (map[string]Interval, error) {
	const op = "bounds"
	keys := make([]string, 0, len(shown))
	for key := range shown {
		keys = append(keys, key)
	}
	f, err := newFrame(op, keys, sums)
	if err != nil {
		return nil, err
	}
	r, err := newRanges(op, f, shown)
	if err != nil {
		return nil, err
	}
	if err := r.tighten(op); err != nil {
		return nil, err
	}
	value, err := r.solve(op)
	if err != nil {
		return nil, err
	}
	return r.ends(value, shown), nil
}

// ranges are the ends of every count as far as they are known.
type ranges struct {
	*frame
	low, high []int64
}

func newRanges(op string, f *frame, shown map[string]Shown) (*ranges, error) {
	r := &ranges{f, make([]int64, len(f.keys)), make([]int64, len(f.keys))}
	for i, key := range f.keys {
		s := shown[key]
		if s.Hidden {
			r.high[i] = Open
			continue
		}
		if s.Low < 0 || s.High < s.Low || s.High > most {
			return nil, refuse(op, key, NotACount)
		}
		r.low[i], r.high[i] = s.Low, s.High
	}
	return r, nil
}

// passes is how often the sums are gone through for what follows at once. The
// rest is left to the search.
const passes = 30

// tighten brings the ends nearer by each sum alone.
func (r *ranges) tighten(op string) error {
	for range passes {
		changed := false
		for _, line := range r.rows {
			nearer, at := r.line(line)
			if at >= 0 {
				return refuse(op, r.keys[at], Contradicts)
			}
			changed = changed || nearer
		}
		if !changed {
			return nil
		}
	}
	return nil
}

// span is the least and the most that terms come to, and how many of them are open.
type span struct {
	low, high         int64
	openLow, openHigh int
}

// of is what one term comes to.
func (r *ranges) of(t term) (s span) {
	low, high := r.low[t.cell], r.high[t.cell]
	switch {
	case t.sign > 0 && high == Open:
		return span{low, 0, 0, 1}
	case t.sign > 0:
		return span{low, high, 0, 0}
	case high == Open:
		return span{0, -low, 1, 0}
	}
	return span{-high, -low, 0, 0}
}

// line brings the ends nearer by one sum. It names a cell for which nothing is left.
func (r *ranges) line(line row) (nearer bool, nothing int) {
	var all span
	for _, t := range line {
		s := r.of(t)
		all = span{all.low + s.low, all.high + s.high, all.openLow + s.openLow, all.openHigh + s.openHigh}
	}
	for _, t := range line {
		s := r.of(t)
		// The term is what the others leave: from -most to -least of them.
		if all.openHigh == s.openHigh {
			nearer = r.cut(t, -(all.high-s.high), 1) || nearer
		}
		if all.openLow == s.openLow {
			nearer = r.cut(t, -(all.low-s.low), -1) || nearer
		}
		if r.low[t.cell] > r.high[t.cell] {
			return nearer, t.cell
		}
		n := r.of(t)
		all = span{all.low - s.low + n.low, all.high - s.high + n.high, all.openLow - s.openLow + n.openLow, all.openHigh - s.openHigh + n.openHigh}
	}
	return nearer, -1
}

// cut says that a term is at least (side 1) or at most (side -1) x.
func (r *ranges) cut(t term, x, side int64) bool {
	x, side = x*t.sign, side*t.sign
	switch {
	case side > 0 && x > r.low[t.cell]:
		r.low[t.cell] = x
	case side < 0 && x < r.high[t.cell]:
		r.high[t.cell] = x
	default:
		return false
	}
	return true
}

// loose tells whether more than one number is left for a cell.
func (r *ranges) loose(cell int) bool { return r.low[cell] < r.high[cell] }

// solve finds one whole table that agrees with everything.
func (r *ranges) solve(op string) ([]int64, error) {
	value := append([]int64{}, r.low...)
	done := make([]bool, len(value))
	for k := range value {
		if done[k] || !r.loose(k) {
			continue
		}
		cells, rows := r.reach(k, len(r.rows), r.loose)
		x, end := r.one(cells, rows)
		switch end {
		case nowhere:
			return nil, refuse(op, r.keys[k], Contradicts)
		case spent:
			return nil, refuse(op, r.keys[k], NotComputed)
		}
		for i, cell := range cells {
			value[cell], done[cell] = x[i], true
		}
	}
	for _, line := range r.rows {
		if line.total(value) != 0 {
			return nil, refuse(op, r.keys[line.whole()], Contradicts)
		}
	}
	return value, nil
}

// one finds a whole table of the cells that hang together.
func (r *ranges) one(cells, rows []int) (x []int64, end ending) {
	local := make(map[int]int, len(cells))
	low, high := make([]int64, len(cells)), make([]int64, len(cells))
	for i, cell := range cells {
		local[cell], low[i], high[i] = i, r.low[cell], r.high[cell]
	}
	lines, right := make([]row, len(rows)), make([]int64, len(rows))
	for i, at := range rows {
		for _, t := range r.rows[at] {
			if j, ok := local[t.cell]; ok {
				lines[i] = append(lines[i], term{j, t.sign})
				continue
			}
			right[i] -= t.sign * r.low[t.cell]
		}
	}
	s := newSimplex(lines, right, low, high, low)
	s.work = 8 * patience // without one table there is no answer at all
	h := &hunt{simplex: s, best: -1, enough: Open, keep: func(found []int64) { x = found }}
	sure := h.run()
	switch {
	case x != nil:
		return x, top
	case sure:
		return nil, nowhere
	}
	return nil, spent
}

// ends pushes every hidden count as far as it goes.
func (r *ranges) ends(value []int64, shown map[string]Shown) map[string]Interval {
	p := newPlay(r.frame)
	for k, x := range value {
		p.fall[k], p.rise[k] = x-r.low[k], r.high[k]
		if r.high[k] != Open {
			p.rise[k] -= x
		}
	}
	parts := map[int]*component{}
	found := map[string]Interval{}
	for k, key := range r.keys {
		if !shown[key].Hidden {
			continue
		}
		if p.moves(k) && parts[k] == nil {
			c := p.part(k)
			for _, cell := range c.cells {
				parts[cell] = c
			}
		}
		found[key] = p.interval(k, value[k], parts[k])
	}
	return found
}

// interval is how far one count goes from where it stands in a table.
func (p *play) interval(k int, value int64, c *component) Interval {
	if p.up[k] < p.rise[k] {
		c.push(k, 1, Open)
	}
	if p.down[k] < p.fall[k] {
		c.push(k, -1, Open)
	}
	if p.up[k] == Open {
		return Interval{value - p.down[k], Open}
	}
	return Interval{value - p.down[k], value + p.up[k]}
}
