package disclosure

import (
	"cmp"
	"slices"
)

// guard is a publication while it is being protected. It only ever hides more, so
// what was once found to be safe stays so.
type guard struct {
	op string
	*story
	rule   Rule
	hidden []bool
	why    []Why
	views  []*view
	queue  []int // hidden counts that have not been looked at
}

// Protect hides what may not be seen, and as little else as it can. It fails when
// a count that must stay would itself have to be hidden, or when nothing that is
// left would protect one that is hidden; the error is a Refused.
//
// Every shown count is taken to be known exactly, also when it is going to be
// rounded: somebody else may publish it without rounding, and when one of two
// totals holds one person more, rounding to 5 shows that in every fifth case.
// Rounding is a second wall, never the first.
func Protect(set Set, rule Rule) (Protected, error) {
	return protect("protect", set, nil, rule)
}

func protect(op string, set Set, before *Published, rule Rule) (Protected, error) {
	s, err := newStory(op, set, before, rule)
	if err != nil {
		return Protected{}, err
	}
	g := newGuard(op, s, rule)
	for _, first := range []func() error{g.primary, g.patterns, g.changes, g.secure, g.tidy} {
		if err := first(); err != nil {
			return Protected{}, err
		}
	}
	return g.publish(), nil
}

// newGuard begins with what earlier publications hid.
func newGuard(op string, s *story, rule Rule) *guard {
	n := len(s.value)
	g := &guard{op: op, story: s, rule: rule, hidden: make([]bool, n), why: make([]Why, n)}
	g.watch()
	for k, c := range g.cells {
		if c.Withheld || g.known[k] {
			g.views[0].wants[k] = !g.known[k] && rule.small(c.Value)
		}
		if g.past[k] && !g.known[k] {
			g.hideAlone(k, Change)
		}
	}
	return g
}

// primary hides what may not be shown for what it is itself.
func (g *guard) primary() error {
	for k, c := range g.cells {
		if g.past[k] {
			continue
		}
		if c.Withheld {
			g.hideAlone(k, Withheld)
			continue
		}
		if why := g.rule.unfit(c); why != "" {
			if err := g.must(k, why, KeptTooSmall); err != nil {
				return err
			}
		}
	}
	return nil
}

// patterns hides sensitive splits of which everything stands in one part.
func (g *guard) patterns() error {
	for _, s := range g.now.Sums {
		if !s.Sensitive || !g.alike(s) {
			continue
		}
		for _, key := range s.Parts {
			k, _ := g.find(key)
			if err := g.must(k, Pattern, KeptTooSmall); err != nil {
				return err
			}
		}
	}
	return nil
}

// must hides a count and what belongs to it, or says that one of them has to stay.
func (g *guard) must(k int, why Why, otherwise Reason) error {
	for _, j := range g.belong[k] {
		if g.cells[j].Kept {
			return refuse(g.op, g.keys[j], otherwise)
		}
	}
	g.hide(k, why)
	return nil
}

// hide hides a count for a reason, and what belongs to it for that.
func (g *guard) hide(k int, why Why) {
	if !g.hidden[k] || g.why[k] == With {
		g.hideAlone(k, why)
	}
	for _, j := range g.belong[k] {
		if !g.hidden[j] {
			g.hideAlone(j, With)
		}
	}
}

// hideAlone hides one count. One that a reader knows from an earlier publication is
// left out of this one, but does not become unknown by that.
func (g *guard) hideAlone(k int, why Why) {
	if !g.hidden[k] && !g.known[k] {
		g.queue = append(g.queue, k)
		for _, v := range g.views {
			v.hide(k)
		}
	}
	g.hidden[k], g.why[k] = true, why
}

// secure hides more until every hidden count is safe from every reader. It begins
// with the largest, which need the most room.
func (g *guard) secure() error {
	for len(g.queue) > 0 {
		batch := g.queue
		g.queue = nil
		slices.SortFunc(batch, func(a, b int) int {
			return cmp.Or(cmp.Compare(g.value[b], g.value[a]), cmp.Compare(a, b))
		})
		for _, k := range batch {
			for _, v := range g.views {
				if err := g.settle(v, k); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// settle hides more until one count is safe from one reader.
func (g *guard) settle(v *view, k int) error {
	for !v.safe(k) && !v.look(k, v.part(k)) {
		if !g.buy(v, k) {
			return refuse(g.op, plain(g.keys[k]), CannotBeSafe)
		}
	}
	return nil
}

// publish is what may be seen.
func (g *guard) publish() Protected {
	p := Protected{Shown: make(map[string]Shown, len(g.now.Cells))}
	for k, key := range g.keys {
		switch {
		case g.past[k]:
		case g.hidden[k]:
			p.Shown[key] = Shown{Hidden: true}
			p.Log = append(p.Log, Entry{key, g.why[k]})
		default:
			p.Shown[key] = g.rule.show(g.value[k])
		}
	}
	return p
}
