package disclosure

// play is how far the table that is true could be another one for all that a
// reader knows. Everything is counted from the true table, which is one that fits;
// every other that is found is checked in whole numbers before it counts.
//
// What is claimed here can only be too little: a count is called free to move when
// a table was found in which it did.
type play struct {
	*frame
	fall, rise []int64 // how far each count may move; nothing for one that is known
	down, up   []int64 // how far it was seen to move
	pool       int     // how many numbers may still be touched, see patience
}

func newPlay(f *frame) *play {
	n := len(f.keys)
	return &play{f, make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), pool}
}

func (p *play) moves(cell int) bool { return p.fall[cell] > 0 || p.rise[cell] > 0 }

// component is a part of a table whose counts hang together.
type component struct {
	*play
	cells, rows []int
	local       map[int]int // where a cell stands in cells
	lp          *simplex
}

// part is the component around a cell.
func (p *play) part(k int) *component {
	c := &component{play: p, local: map[int]int{}}
	c.cells, c.rows = p.reach(k, len(p.rows), p.moves)
	low, high := make([]int64, len(c.cells)), make([]int64, len(c.cells))
	for i, cell := range c.cells {
		c.local[cell] = i
		low[i], high[i] = -p.fall[cell], p.rise[cell]
	}
	rows := make([]row, len(c.rows))
	for i, r := range c.rows {
		for _, t := range p.rows[r] {
			if at, ok := c.local[t.cell]; ok {
				rows[i] = append(rows[i], term{at, t.sign})
			}
		}
	}
	c.lp = newSimplex(rows, make([]int64, len(rows)), low, high, make([]int64, len(c.cells)))
	return c
}

// push looks how far a cell can move up (1) or down (-1). It tells whether that
// is certain; what was found is in up and down.
func (c *component) push(cell int, dir int64) bool {
	c.lp.work = min(patience, c.pool)
	defer func(before int) { c.pool -= before - c.lp.work }(c.lp.work)
	k := c.local[cell]
	if c.lp.inside() != top {
		return false
	}
	end, q, way := c.lp.climb(c.lp.upwards(k, dir), never)
	if end == endless {
		return c.follow(q, way)
	}
	known := c.up[cell]
	if dir < 0 {
		known = c.down[cell]
	}
	h := &hunt{simplex: c.lp, k: k, dir: dir, best: known, keep: c.seen}
	return h.run()
}

// seen takes in a table that was found, given as what differs from the true one.
func (c *component) seen(x []int64) {
	if !c.fits(x) {
		return
	}
	for i, cell := range c.cells {
		if x[i] < -c.fall[cell] || c.rise[cell] != Open && x[i] > c.rise[cell] {
			return
		}
	}
	for i, cell := range c.cells {
		c.up[cell], c.down[cell] = max(c.up[cell], x[i]), max(c.down[cell], -x[i])
	}
}

// follow takes in a way that leads on for ever, each count along it free upwards.
func (c *component) follow(q int, dir int64) bool {
	x := make([]int64, len(c.cells))
	for v := range x {
		switch i := c.lp.place[v]; {
		case i == ^q:
			x[v] = dir * c.lp.den
		case i >= 0 && i != gone:
			x[v] = -dir * c.lp.tab[i][q]
		}
	}
	if !c.fits(x) {
		return false
	}
	for i, cell := range c.cells {
		if x[i] < 0 || x[i] > 0 && c.rise[cell] != Open {
			return false
		}
	}
	for i, cell := range c.cells {
		if x[i] > 0 {
			c.up[cell] = Open
		}
	}
	return true
}

// fits tells whether every sum still holds when the cells have moved by x.
func (c *component) fits(x []int64) bool {
	for _, r := range c.rows {
		var sum int64
		for _, t := range c.frame.rows[r] {
			if at, ok := c.local[t.cell]; ok {
				sum += t.sign * x[at]
			}
		}
		if sum != 0 {
			return false
		}
	}
	return true
}

// witness takes in a changed table that a search has found, given as how far each
// count moved.
func (p *play) witness(moved map[int]int64) {
	for k, x := range moved {
		if x < -p.fall[k] || p.rise[k] != Open && x > p.rise[k] {
			return
		}
		for _, r := range p.in[k] {
			var sum int64
			for _, t := range p.rows[r] {
				sum += t.sign * moved[t.cell]
			}
			if sum != 0 {
				return
			}
		}
	}
	for k, x := range moved {
		p.up[k], p.down[k] = max(p.up[k], x), max(p.down[k], -x)
	}
}
