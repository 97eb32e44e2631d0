package disclosure

// view is what one reader can make of a publication: somebody outside, or a
// contributor who knows its own part of every count and takes it away.
type view struct {
	*play
	rest   []int64 // what of each count the reader does not know to start with
	wants  []bool  // the counts that have to be safe from this reader
	spread int64   // how much wider than one number a hidden count has to stay
}

// safe tells whether what was found so far is enough: the count can be higher, and
// lower unless it is nothing, and at least spread numbers lie between.
func (v *view) safe(k int) bool {
	if !v.wants[k] {
		return true
	}
	up, down := v.up[k], v.down[k]
	switch {
	case up < 1, down < 1 && v.rest[k] > 0:
		return false
	case up == Open:
		return true
	}
	return up+down >= v.spread
}

// look finds out whether cell k moves far enough to be safe. A component can be
// handed on from one cell to the next while nothing else is hidden.
func (v *view) look(k int, c *component) bool {
	if !v.safe(k) {
		c.push(k, 1, max(1, v.spread-v.down[k]))
	}
	if !v.safe(k) {
		c.push(k, -1, max(1, v.spread-v.up[k]))
	}
	return v.safe(k)
}

// look finds out the same, and keeps components from one call to the next.
func (q parts) look(v *view, k int) bool {
	if v.safe(k) {
		return true
	}
	return v.look(k, q.of(v, k))
}

// of is the component of a cell.
func (q parts) of(v *view, k int) *component {
	if q[k] == nil {
		c := v.part(k)
		for _, cell := range c.cells {
			q[cell] = c
		}
	}
	return q[k]
}

// parts are the components of a view, by the cells in them.
type parts map[int]*component

// exposed lists the cells that are not safe from the reader.
func (v *view) exposed() (cells []int) {
	q := parts{}
	for k := range v.keys {
		if !q.look(v, k) {
			cells = append(cells, k)
		}
	}
	return cells
}

// hide lets a count move as far as a hidden one can for this reader.
func (v *view) hide(k int) { v.fall[k], v.rise[k] = v.rest[k], Open }

// watch sets up the readers: somebody outside, from whom every hidden count has to
// be safe, and, where contributors were asked, each of them, from whom the little
// that the others hold of a hidden count has to be.
func (g *guard) watch() {
	all := make([]bool, len(g.value))
	for k := range all {
		all[k] = true
	}
	g.views = []*view{g.view(g.value, all)}
	if g.rule.Contributors == 0 {
		return
	}
	for c := range g.contributors() {
		rest, wants := make([]int64, len(g.value)), make([]bool, len(g.value))
		for k, value := range g.value {
			rest[k] = value - g.held(k, c)
			wants[k] = !g.known[k] && g.rule.small(rest[k])
		}
		g.views = append(g.views, g.view(rest, wants))
	}
}

func (g *guard) view(rest []int64, wants []bool) *view {
	return &view{play: newPlay(g.frame), rest: rest, wants: wants, spread: g.rule.Smallest - 1}
}
