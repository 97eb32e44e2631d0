package disclosure

import (
	"slices"
	"strconv"
	"strings"
)

// Published is a publication as it was: its true counts and what was shown of them.
type Published struct {
	Set   Set
	Shown map[string]Shown
	// Earlier is the one that it took the place of, if there was one. A reader has
	// kept them all.
	Earlier *Published
}

// story is a publication together with those before it, as one set: a count that
// did not change is the same unknown in all of them, any other is one of its own.
type story struct {
	*ledger
	now    Set
	before []*Published // newest first
	past   []bool       // counts of earlier publications, not of this one
	known  []bool       // counts that were shown before and have not changed
	names  naming
}

// mark stands between the key of a count and the number of the earlier publication
// that it belongs to; no key holds it.
const mark = "\x00"

// plain is the key of a count without the publication.
func plain(key string) string {
	key, _, _ = strings.Cut(key, mark)
	return key
}

func newStory(op string, now Set, before *Published, rule Rule) (*story, error) {
	s := &story{now: now, names: naming{}}
	for p := before; p != nil; p = p.Earlier {
		s.before = append(s.before, p)
	}
	all := Set{Cells: slices.Clone(now.Cells), Sums: slices.Clone(now.Sums)}
	for _, c := range now.Cells {
		if strings.Contains(c.Key, mark) {
			return nil, refuse(op, plain(c.Key), UnknownKey)
		}
		s.names[version{c.Key, c.Value}] = c.Key
	}
	for i, p := range s.before {
		s.names.add(&all, p.Set, i)
	}
	var err error
	if s.ledger, err = newLedger(op, all, rule); err != nil {
		return nil, err
	}
	s.past, s.known = make([]bool, len(s.keys)), make([]bool, len(s.keys))
	for k, key := range s.keys {
		s.past[k] = strings.Contains(key, mark)
	}
	for _, p := range s.before {
		for _, c := range p.Set.Cells {
			k, _ := s.find(s.names[version{c.Key, c.Value}])
			s.known[k] = s.known[k] || !p.hides(c.Key)
		}
	}
	return s, nil
}

// hides tells whether a count could not be seen. One that was not shown at all is
// hidden.
func (p *Published) hides(key string) bool {
	shown, ok := p.Shown[key]
	return !ok || shown.Hidden
}

// version is a count as it was in one or several publications.
type version struct {
	key   string
	value int64
}

// naming says which unknown a version is.
type naming map[version]string

// add puts an earlier publication into the set of all.
func (n naming) add(all *Set, set Set, number int) {
	own := map[string]string{}
	for _, c := range set.Cells {
		v := version{c.Key, c.Value}
		if _, met := n[v]; !met {
			n[v] = c.Key + mark + strconv.Itoa(number)
			all.Cells = append(all.Cells, Cell{Key: n[v], Value: c.Value, Contributors: c.Contributors, Withheld: c.Withheld})
		}
		own[c.Key] = n[v]
	}
	for _, s := range set.Sums {
		then := Sum{Whole: own[s.Whole]}
		for _, part := range s.Parts {
			then.Parts = append(then.Parts, own[part])
		}
		all.Sums = append(all.Sums, then)
	}
}

// changes hides what could be told from the difference to earlier publications: a
// count that changed by too little since it was shown, and one that was hidden and has not changed by enough.
func (g *guard) changes() error {
	for i, p := range g.before {
		for _, c := range p.Set.Cells {
			k, still := g.find(c.Key)
			if !still || c.Withheld && g.cells[k].Withheld {
				continue
			}
			difference := abs(g.value[k] - c.Value)
			told := g.rule.small(difference)
			if p.hides(c.Key) {
				told = i == 0 && difference < g.rule.Smallest
			}
			if !told {
				continue
			}
			if err := g.must(k, Change, KeptChanged); err != nil {
				return err
			}
		}
	}
	return nil
}

// Revise protects a set of counts that has been published before, so that the two
// publications (and those before them) tell no more together than each alone. It
// fails when a count that must stay changed by 1 to Smallest-1: the revision has to
// wait until more has changed.
func Revise(set Set, before Published, rule Rule) (Protected, error) {
	return protect("revise", set, &before, rule)
}
