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
	seen       []table // in which changed tables
	pool, each int     // how many numbers may be touched, in all and for one question
}

// table is another table that fits: how far the counts in it are from the true one,
// those that differ. One that leads on for ever is a way to such tables.
type table struct {
	moved map[int]int64
	ever  bool
}

func newPlay(f *frame) *play {
	n := len(f.keys)
	return &play{f, make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), nil, pool, patience}
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

// push looks how far a cell can move up (1) or down (-1), but no further than is
// enough. What was found is in up and down.
func (c *component) push(cell int, dir, enough int64) {
	c.lp.work = min(c.each, c.pool)
	defer func(before int) { c.pool -= before - c.lp.work }(c.lp.work)
	k := c.local[cell]
	if c.lp.inside() != top {
		return
	}
	far := func() bool {
		x, _ := c.lp.point(k)
		return dir*x >= enough && c.lp.broken() < 0
	}
	end, q, way := c.lp.climb(c.lp.upwards(k, dir), far)
	switch {
	case end == endless:
		c.follow(q, way)
		return
	case end == top && far():
		c.found(c.lp.table())
		return
	}
	known := c.up[cell]
	if dir < 0 {
		known = c.down[cell]
	}
	h := &hunt{simplex: c.lp, k: k, dir: dir, best: known, enough: enough, keep: c.found}
	h.run()
}

// found takes in a table given by the cells of the component.
func (c *component) found(x []int64) { c.take(table{c.sparse(x), false}) }

func (c *component) sparse(x []int64) map[int]int64 {
	moved := map[int]int64{}
	for i, cell := range c.cells {
		if x[i] != 0 {
			moved[cell] = x[i]
		}
	}
	return moved
}

// follow takes in a way that leads on for ever: that of a column that nothing stops.
func (c *component) follow(q int, dir int64) {
	x := make([]int64, len(c.cells))
	for v := range x {
		switch i := c.lp.place[v]; {
		case i == ^q:
			x[v] = dir * c.lp.den
		case i >= 0 && i != gone:
			x[v] = -dir * c.lp.tab[i][q]
		}
	}
	c.take(table{c.sparse(x), true})
}

// take checks a table in whole numbers and remembers it.
func (p *play) take(t table) {
	for k, x := range t.moved {
		if !p.room(k, x, t.ever) {
			return
		}
		for _, r := range p.in[k] {
			var sum int64
			for _, other := range p.rows[r] {
				sum += other.sign * t.moved[other.cell]
			}
			if sum != 0 {
				return
			}
		}
	}
	p.seen = append(p.seen, t)
	p.credit(t)
}

// room tells whether a count may move by x, or by x again and again.
func (p *play) room(k int, x int64, ever bool) bool {
	if ever {
		return x > 0 && p.rise[k] == Open
	}
	return x >= -p.fall[k] && (p.rise[k] == Open || x <= p.rise[k])
}

// credit notes how far counts move in a table.
func (p *play) credit(t table) {
	for k, x := range t.moved {
		if t.ever {
			x = Open
		}
		p.up[k], p.down[k] = max(p.up[k], x), max(p.down[k], -x)
	}
}
