package disclosure

import (
	"cmp"
	"maps"
	"slices"
)

// tidy shows again what turned out not to be needed: what was hidden early for one
// count may be covered by what was hidden later for another. The dearest is tried
// first. It cannot fail; where it is not certain a count stays hidden.
func (g *guard) tidy() error {
	var spare []int
	for k, why := range g.why {
		if why == Complement && g.spare(k) {
			spare = append(spare, k)
		}
	}
	slices.SortFunc(spare, func(a, b int) int {
		return cmp.Or(cmp.Compare(g.value[b], g.value[a]), cmp.Compare(a, b))
	})
	trials := make([]*trial, len(g.views))
	for i, v := range g.views {
		v.pool, v.each = pool/len(g.views), patience/16
		trials[i] = &trial{view: v, parts: parts{}}
		for _, k := range spare {
			trials[i].parts.of(v, k)
		}
	}
	for _, k := range spare {
		g.try(k, trials)
	}
	return nil
}

// spare tells whether a hidden count, and all that belongs to it, is hidden for
// others only.
func (g *guard) spare(k int) bool {
	for _, j := range g.belong[k] {
		if g.why[j] != Complement && g.why[j] != With {
			return false
		}
	}
	return g.hidden[k]
}

// try shows a count, and what belongs to it, if every other stays safe.
func (g *guard) try(k int, trials []*trial) {
	if !g.hidden[k] {
		return
	}
	group := g.belong[k]
	for _, j := range group {
		g.hidden[j] = false
	}
	for i, t := range trials {
		if t.without(group, g.hidden) {
			continue
		}
		for _, t := range trials[:i+1] {
			t.back(group)
		}
		for _, j := range group {
			g.hidden[j] = true
		}
		return
	}
	for _, j := range group {
		g.why[j] = ""
	}
}

// trial is a view in which a count is made known to see what follows. Components
// are kept from one trial to the next, which saves most of the work.
type trial struct {
	*view
	parts  parts
	before play
}

// without makes counts known, and tells whether every hidden one is still safe.
func (t *trial) without(cells []int, hidden []bool) bool {
	t.before = *t.play
	t.fall, t.rise, t.down, t.up = slices.Clone(t.fall), slices.Clone(t.rise), slices.Clone(t.down), slices.Clone(t.up)
	t.fix(cells)
	t.narrow(cells)
	for k, is := range hidden {
		if is && !t.parts.look(t.view, k) {
			return false
		}
	}
	return true
}

// narrow gives counts in the components the ends that they have in the view.
func (t *trial) narrow(cells []int) {
	for _, k := range cells {
		if c := t.parts[k]; c != nil {
			c.lp.narrow(c.local[k], -t.fall[k], t.rise[k])
		}
	}
}

// back makes counts unknown again.
func (t *trial) back(cells []int) {
	before := t.before
	before.pool = t.pool
	*t.play = before
	t.narrow(cells)
}

// fix makes counts known, and forgets the tables in which they were others.
func (p *play) fix(cells []int) {
	lost := map[int]bool{}
	for _, k := range cells {
		p.fall[k], p.rise[k] = 0, 0
		lost[k] = true
	}
	kept := make([]table, 0, len(p.seen))
	for _, t := range p.seen {
		if !slices.ContainsFunc(cells, func(k int) bool { return t.moved[k] != 0 }) {
			kept = append(kept, t)
			continue
		}
		maps.Copy(lost, t.cells())
	}
	p.seen = kept
	for k := range lost {
		p.up[k], p.down[k] = 0, 0
	}
	for _, t := range kept {
		for k := range t.moved {
			if lost[k] {
				p.credit(t)
				break
			}
		}
	}
}

func (t table) cells() map[int]bool {
	cells := map[int]bool{}
	for k := range t.moved {
		cells[k] = true
	}
	return cells
}
