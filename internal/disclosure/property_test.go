package disclosure

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// leaks lists the hidden counts that a reader knows too well, and of those the ones
// that are known exactly, from the bounds of everything shown. It shares nothing
// with Protect but Bounds.
func leaks(t *testing.T, set Set, shown map[string]Shown, smallest int64) (known, exact []string) {
	t.Helper()
	bounds, err := Bounds(set.Sums, shown)
	require.NoError(t, err)
	for _, c := range set.Cells {
		b, hidden := bounds[c.Key]
		if !hidden || c.Withheld && (c.Value == 0 || c.Value >= smallest) {
			continue
		}
		require.LessOrEqual(t, b.Low, c.Value, c.Key)
		require.GreaterOrEqual(t, b.High, c.Value, c.Key)
		if b.Low == b.High {
			exact = append(exact, c.Key)
		}
		if b.High-b.Low < smallest-1 || c.Value == b.High || c.Value == b.Low && b.Low > 0 {
			known = append(known, c.Key)
		}
	}
	return known, exact
}

// rules are those of the audiences, and one in between.
var rules = []Rule{
	{Smallest: 10},
	{Smallest: 5},
	{Smallest: 10, Round: 5},
	{Smallest: 10, Contributors: 3, Share: 80, Round: 5},
	{Smallest: 10, Contributors: 3, Share: 80, Round: 10},
}

// cubes is how many random cubes are protected and attacked in a run.
const cubes = 1000

// tallies is what the run comes to under one rule.
type tallies struct {
	cubes, small, exact int // all, those with a small count, those of which primary masking alone gave one away
	cells               int
	masked              map[Why]int
}

func (s tallies) String() string {
	text := fmt.Sprintf("%d cubes, %d with something to hide; under primary masking alone a count was exact in %.1f %%.", s.cubes, s.small, 100*float64(s.exact)/float64(s.small))
	for _, why := range slices.Sorted(maps.Keys(s.masked)) {
		text += fmt.Sprintf(" %s %.1f %%", why, 100*float64(s.masked[why])/float64(s.cells))
	}
	return text
}

// DX-01, DX-02: what is hidden in any of a thousand cubes stays hidden.
func TestProtect_randomCubes(t *testing.T) {
	t.Parallel()
	for i, rule := range rules {
		t.Run(fmt.Sprintf("%+v", rule), func(t *testing.T) {
			t.Parallel()
			s := tallies{masked: map[Why]int{}}
			for n := range cubes / len(rules) {
				s.attack(t, uint64(n*len(rules)+i), rule)
			}
			t.Log(s)
		})
	}
}

// attack protects one cube, and tries to find out what is hidden.
func (s *tallies) attack(t *testing.T, seed uint64, rule Rule) {
	set, kind := random(seed, rule.Contributors > 0)
	p, err := Protect(set, rule)
	require.NoError(t, err, "seed %d, %s", seed, kind)
	known, _ := leaks(t, set, p.Shown, rule.Smallest)
	require.Empty(t, known, "seed %d, %s", seed, kind)
	found, err := Check(set, p.Shown, rule)
	require.NoError(t, err)
	require.Empty(t, found, "seed %d, %s", seed, kind)

	s.cubes, s.cells = s.cubes+1, s.cells+len(set.Cells)
	for _, e := range p.Log {
		s.masked[e.Why]++
	}
	bare, something := primaryOnly(set, rule)
	if !something {
		return
	}
	s.small++
	if _, exact := leaks(t, set, bare, rule.Smallest); len(exact) > 0 {
		s.exact++
	}
}

// Publications of hundreds of counts.
func TestProtect_largerTables(t *testing.T) {
	t.Parallel()
	rule := Rule{Smallest: 10}
	for i, size := range sizes[:2] {
		set := sized(i)
		p, err := Protect(set, rule)
		require.NoError(t, err, size.name)
		require.False(t, p.Shown["0|0"].Hidden, size.name)
		known, _ := leaks(t, set, p.Shown, rule.Smallest)
		require.Empty(t, known, size.name)
		require.Less(t, len(p.Log), len(set.Cells)/3, size.name)
	}
}
