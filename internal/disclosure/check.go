package disclosure

import (
	"cmp"
	"slices"
)

// Leak is one way in which a publication tells too much. It names a count and
// never says how large it is.
type Leak struct {
	Key string `json:"key"`
	How How    `json:"how"`
}

// How is a kind of leak.
type How string

// The kinds.
const (
	Missing   How = "missing"  // in the set and not in the publication, or the other way round
	Numbered  How = "numbered" // hidden, and yet a number is there
	Untrue    How = "untrue"   // the true count is not in the span that is shown
	Unhidden  How = "unhidden" // shown, though the rule hides it
	Narrow    How = "narrow"   // hidden, and known too well from everything that is shown
	ToInsider How = "insider"  // hidden, and known too well to a contributor
)

// Check looks at a publication from the outside and lists every leak; one that has
// any cannot be published. It works the bounds out anew, from what is shown and not
// from what Protect meant. A part of a table that is too hard to search to the last
// corner counts as a leak.
func Check(set Set, shown map[string]Shown, rule Rule) ([]Leak, error) {
	return check(set, shown, nil, rule)
}

// CheckRevision is Check for a publication that takes the place of others, over all
// of them together.
func CheckRevision(set Set, shown map[string]Shown, before Published, rule Rule) ([]Leak, error) {
	return check(set, shown, &before, rule)
}

func check(set Set, shown map[string]Shown, before *Published, rule Rule) ([]Leak, error) {
	const op = "check"
	set.Cells = slices.Clone(set.Cells)
	for i := range set.Cells {
		set.Cells[i].Kept = false // a check judges what is there, not what was asked for
	}
	s, err := newStory(op, set, before, rule)
	if err != nil {
		return nil, err
	}
	var leaks []Leak
	g := newGuard(op, s, rule)
	for key := range shown {
		if k, ok := g.find(key); !ok || g.past[k] {
			leaks = append(leaks, Leak{key, Missing})
		}
	}
	for k, key := range g.keys {
		if g.past[k] {
			continue
		}
		if how := g.look(k, shown); how != "" {
			leaks = append(leaks, Leak{key, how})
		}
		if shown[key].Hidden {
			g.hideAlone(k, Complement)
		}
	}
	leaks = append(leaks, g.unhidden(shown)...)
	leaks = append(leaks, g.narrow(shown)...)
	slices.SortFunc(leaks, func(a, b Leak) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.How, b.How)) })
	return slices.Compact(leaks), nil
}

// look compares one count with what is published of it.
func (g *guard) look(k int, shown map[string]Shown) How {
	s, ok := shown[g.keys[k]]
	switch {
	case !ok:
		return Missing
	case s.Hidden && (s.Low != 0 || s.High != 0):
		return Numbered
	case !s.Hidden && (g.value[k] < s.Low || g.value[k] > s.High):
		return Untrue
	}
	return ""
}

// unhidden lists what the rule hides and the publication does not: a second guard,
// which does only what has to be done first, says what that is.
func (g *guard) unhidden(shown map[string]Shown) (leaks []Leak) {
	first := newGuard(g.op, g.story, g.rule)
	first.views = nil
	for _, rule := range []func() error{first.primary, first.patterns, first.changes} {
		_ = rule() // nothing is kept in a check, so nothing is refused
	}
	for k := range g.keys {
		if g.hidden[k] && !g.past[k] && !g.cells[k].Withheld {
			first.hide(k, Complement)
		}
	}
	for k, key := range g.keys {
		if !g.past[k] && first.hidden[k] && !shown[key].Hidden {
			leaks = append(leaks, Leak{key, Unhidden})
		}
	}
	return leaks
}

// narrow lists the hidden counts that some reader knows too well. It first takes
// every shown number as exact, which is quick and proves most; only what that does
// not prove is looked at with the spans of rounded numbers.
func (g *guard) narrow(shown map[string]Shown) (leaks []Leak) {
	how := Narrow
	for _, v := range g.views {
		for k := range v.wants {
			v.wants[k] = v.wants[k] && g.hidden[k]
		}
		exposed := v.exposed()
		if len(exposed) > 0 && g.loosen(v, shown) {
			exposed = v.exposed()
		}
		for _, k := range exposed {
			leaks = append(leaks, Leak{plain(g.keys[k]), how})
		}
		how = ToInsider
	}
	return leaks
}

// loosen lets every rounded number be any that it may stand for in all of the
// publications, and tells whether there is one.
func (g *guard) loosen(v *view, shown map[string]Shown) (any bool) {
	seen := make([]bool, len(g.keys))
	low, high := make([]int64, len(g.keys)), make([]int64, len(g.keys))
	narrow := func(set Set, shown map[string]Shown) {
		for _, c := range set.Cells {
			k, _ := g.find(g.names[version{c.Key, c.Value}])
			s, ok := shown[c.Key]
			switch {
			case !ok || s.Hidden || c.Value < s.Low || c.Value > s.High:
			case !seen[k]:
				seen[k], low[k], high[k] = true, s.Low, s.High
			default:
				low[k], high[k] = max(low[k], s.Low), min(high[k], s.High)
			}
		}
	}
	narrow(g.now, shown)
	for _, p := range g.before {
		narrow(p.Set, p.Shown)
	}
	for k, value := range g.value {
		if seen[k] {
			v.fall[k], v.rise[k] = min(v.rest[k], value-low[k]), high[k]-value
			any = any || v.moves(k)
		}
	}
	return any
}
