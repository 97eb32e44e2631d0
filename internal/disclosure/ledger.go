package disclosure

import (
	"maps"
	"slices"
)

// ledger is a set in numbers, found to be what it says it is.
type ledger struct {
	*frame
	cells  []Cell  // by key
	value  []int64 // the true counts
	belong [][]int // the counts that are hidden together with each one, itself among them
}

// newLedger refuses a set that contradicts itself.
func newLedger(op string, set Set, rule Rule) (*ledger, error) {
	if rule.Smallest < 0 || rule.Contributors < 0 || rule.Share < 0 || rule.Share > 100 || rule.Round < 0 || rule.Round > most || rule.Smallest > most {
		return nil, refuse(op, "", RuleNotPossible)
	}
	keys := make([]string, len(set.Cells))
	for i, c := range set.Cells {
		keys[i] = c.Key
	}
	f, err := newFrame(op, keys, set.Sums)
	if err != nil {
		return nil, err
	}
	l := &ledger{frame: f, cells: make([]Cell, len(keys)), value: make([]int64, len(keys))}
	for _, c := range set.Cells {
		i, _ := f.find(c.Key)
		l.cells[i], l.value[i] = c, c.Value
		if err := c.check(op); err != nil {
			return nil, err
		}
	}
	for _, r := range f.rows {
		if r.total(l.value) != 0 {
			return nil, refuse(op, f.keys[r.whole()], SumIsWrong)
		}
	}
	return l, l.bind(op)
}

func (c Cell) check(op string) error {
	if c.Value < 0 || c.Value > most {
		return refuse(op, c.Key, NotACount)
	}
	if c.Contributors == nil {
		return nil
	}
	rest := c.Value
	for _, held := range c.Contributors {
		if held < 0 || held > rest {
			return refuse(op, c.Key, WrongShares)
		}
		rest -= held
	}
	if rest != 0 {
		return refuse(op, c.Key, WrongShares)
	}
	return nil
}

// bind finds which counts belong together, also through others.
func (l *ledger) bind(op string) error {
	near := make([][]int, len(l.cells))
	for i, c := range l.cells {
		for _, key := range c.With {
			j, ok := l.find(key)
			if !ok {
				return refuse(op, key, UnknownKey)
			}
			near[i], near[j] = append(near[i], j), append(near[j], i)
		}
	}
	l.belong = make([][]int, len(l.cells))
	for i := range l.cells {
		if l.belong[i] != nil {
			continue
		}
		seen, all := map[int]bool{i: true}, []int{i}
		for at := 0; at < len(all); at++ {
			for _, j := range near[all[at]] {
				if !seen[j] {
					seen[j] = true
					all = append(all, j)
				}
			}
		}
		for _, j := range slices.Sorted(maps.Keys(seen)) {
			l.belong[j] = all
		}
	}
	return nil
}

// held is what a contributor holds of a cell.
func (l *ledger) held(cell, contributor int) int64 {
	if own := l.cells[cell].Contributors; contributor < len(own) {
		return own[contributor]
	}
	return 0
}

// contributors is how many there are in the set.
func (l *ledger) contributors() (n int) {
	for _, c := range l.cells {
		n = max(n, len(c.Contributors))
	}
	return n
}

// small tells whether a count is of too few.
func (r Rule) small(count int64) bool { return count > 0 && count < r.Smallest }

// unfit is why a count may not be shown for what it is itself, or nothing.
func (r Rule) unfit(c Cell) Why {
	if r.small(c.Value) {
		return Small
	}
	if c.Value == 0 || r.Contributors == 0 || c.Contributors == nil {
		return ""
	}
	var most int64
	n := 0
	for _, held := range c.Contributors {
		if held > 0 {
			n++
		}
		most = max(most, held)
	}
	switch rest := c.Value - most; {
	case n < r.Contributors:
		return Contributors
	case r.Share > 0 && most*100 > int64(r.Share)*c.Value, r.small(rest):
		return Dominated
	}
	return ""
}

// alike tells whether all of a sensitive split stands in one part.
func (l *ledger) alike(s Sum) bool {
	filled := 0
	for _, key := range s.Parts {
		if i, _ := l.find(key); l.value[i] > 0 {
			filled++
		}
	}
	return filled == 1 && len(s.Parts) > 1
}
