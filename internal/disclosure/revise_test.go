package disclosure

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// line is a whole and its parts a, b, c and so on; the whole is kept.
func line(parts ...int64) Set {
	whole := Cell{Key: "all", Kept: true}
	sum := Sum{Whole: "all"}
	var set Set
	for i, x := range parts {
		key := string(rune('a' + i))
		whole.Value += x
		sum.Parts = append(sum.Parts, key)
		set.Cells = append(set.Cells, Cell{Key: key, Value: x})
	}
	return Set{append(set.Cells, whole), []Sum{sum}}
}

func TestRevise(t *testing.T) {
	t.Parallel()
	rule := Rule{Smallest: 10}
	for _, c := range []struct {
		name        string
		before, now Set
		want        map[Why][]string
	}{
		{"nothing changed, nothing is hidden", line(20, 30), line(20, 30), map[Why][]string{}},
		{"nothing changed, the same is hidden", line(4, 30, 50), line(4, 30, 50), map[Why][]string{Small: {"a"}, Change: {"b"}}},
		{"enough changed", line(20, 30), line(31, 30), map[Why][]string{}},
		{"one by little, one by enough", line(50, 60, 70), line(53, 60, 80), map[Why][]string{Change: {"a"}, Complement: {"c"}}},
		{"hidden before, and not changed by enough since", line(8, 30, 50), line(15, 30, 50+13), map[Why][]string{Change: {"a", "b"}}},
		{"hidden before, and changed by enough since", line(8, 30, 50), line(28, 50, 70), map[Why][]string{}},
		{"a new count that is small", line(50, 60), line(50, 75, 5), map[Why][]string{Small: {"c"}, Complement: {"b"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			first, err := Protect(c.before, rule)
			require.NoError(t, err)
			before := Published{Set: c.before, Shown: first.Shown}
			p, err := Revise(c.now, before, rule)
			require.NoError(t, err)
			require.Equal(t, c.want, whys(p))
			require.Len(t, p.Shown, len(c.now.Cells))
			found, err := CheckRevision(c.now, p.Shown, before, rule)
			require.NoError(t, err)
			require.Empty(t, found)
		})
	}
}

func TestRevise_refuses(t *testing.T) {
	t.Parallel()
	rule := Rule{Smallest: 10}
	for _, c := range []struct {
		name        string
		before, now Set
		want        Refused
	}{
		{"a total that changed by little", line(20, 30), line(20, 33), Refused{"all", KeptChanged}},
		{"a count that changed by little, and no other that changed", line(20, 30, 40), Set{
			Cells: append(line(23, 30, 40).Cells[:3:3], Cell{Key: "all", Value: 93}),
			Sums:  line(0, 0, 0).Sums,
		}, Refused{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			first, err := Protect(c.before, rule)
			require.NoError(t, err)
			p, err := Revise(c.now, Published{Set: c.before, Shown: first.Shown}, rule)
			if c.want.Key == "" {
				require.NoError(t, err)
				require.Equal(t, map[Why][]string{Change: {"a", "all"}}, whys(p), "a total that need not stay goes too")
				return
			}
			refusal, ok := errors.AsType[*Refused](err)
			require.True(t, ok, "%v", err)
			require.Equal(t, c.want, *refusal)
		})
	}
}

// A count goes 60, 53, 63: of the last two releases alone it could be shown again,
// with the first it tells that three were added.
// DX-07.
func TestRevise_everyEarlierReleaseCounts(t *testing.T) {
	t.Parallel()
	rule := Rule{Smallest: 10}
	one := Set{Cells: []Cell{{Key: "a", Value: 60}}}
	two := Set{Cells: []Cell{{Key: "a", Value: 53}}}
	three := Set{Cells: []Cell{{Key: "a", Value: 63}}}
	first, err := Protect(one, rule)
	require.NoError(t, err)
	before := Published{Set: one, Shown: first.Shown}
	second, err := Revise(two, before, rule)
	require.NoError(t, err)
	require.True(t, second.Shown["a"].Hidden)

	alone, err := Revise(three, Published{Set: two, Shown: second.Shown}, rule)
	require.NoError(t, err)
	require.False(t, alone.Shown["a"].Hidden)
	third, err := Revise(three, Published{Set: two, Shown: second.Shown, Earlier: &before}, rule)
	require.NoError(t, err)
	require.True(t, third.Shown["a"].Hidden)
}

// together is what a reader of two releases has: one set, in which a count that did
// not change has one name. It is put together here by other means than in Revise.
func together(first, second Set, shown1, shown2 map[string]Shown) (Set, map[string]Shown) {
	value := map[string]int64{}
	for _, c := range second.Cells {
		value[c.Key] = c.Value
	}
	old := map[string]string{}
	all := Set{Cells: append([]Cell{}, second.Cells...), Sums: append([]Sum{}, second.Sums...)}
	shown := map[string]Shown{}
	for key, s := range shown2 {
		shown[key] = s
	}
	for _, c := range first.Cells {
		old[c.Key] = c.Key
		s := shown1[c.Key]
		if value[c.Key] != c.Value {
			old[c.Key] = "before " + c.Key
			all.Cells = append(all.Cells, Cell{Key: old[c.Key], Value: c.Value, Withheld: c.Withheld})
			shown[old[c.Key]] = s
		} else if !s.Hidden {
			shown[c.Key] = s
		}
	}
	for _, s := range first.Sums {
		then := Sum{Whole: old[s.Whole]}
		for _, part := range s.Parts {
			then.Parts = append(then.Parts, old[part])
		}
		all.Sums = append(all.Sums, then)
	}
	return all, shown
}

// later is a set of the same kind a quarter on: some leaves have late records.
func later(seed uint64) (first, second Set, kind string) {
	r := rand.New(rand.NewPCG(seed, 9))
	shape := shapes[seed%uint64(len(shapes))]
	filling := fillings[seed/uint64(len(shapes))%uint64(len(fillings))]
	c := cube{trees: shape.trees, sides: shape.sides}
	held := map[string]int64{}
	c.leaf = func(place []int) []int64 {
		held[name(place)] = poisson(r, filling.means[r.IntN(len(filling.means))])
		return []int64{held[name(place)]}
	}
	first = c.set(false)
	most := []int64{2, 6, 30}[r.IntN(3)]
	c.leaf = func(place []int) []int64 {
		x := held[name(place)]
		if r.IntN(3) == 0 {
			x = max(0, x+r.Int64N(2*most+1)-most/2)
		}
		return []int64{x}
	}
	return first, c.set(false), shape.name + ", " + filling.name
}

// DX-07: the difference of two releases of any cube tells of nobody.
func TestRevise_randomCubes(t *testing.T) {
	t.Parallel()
	rule := Rule{Smallest: 10}
	told := 0
	seeds := []uint64{238} // needs many corners split before any whole table is found
	for seed := range uint64(150) {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		one, two, kind := later(seed)
		first, err := Protect(one, rule)
		require.NoError(t, err)
		second, err := Revise(two, Published{Set: one, Shown: first.Shown}, rule)
		require.NoError(t, err, "seed %d, %s", seed, kind)
		set, shown := together(one, two, first.Shown, second.Shown)
		known, _ := leaks(t, set, shown, rule.Smallest)
		require.Empty(t, known, "seed %d, %s", seed, kind)
		found, err := CheckRevision(two, second.Shown, Published{Set: one, Shown: first.Shown}, rule)
		require.NoError(t, err)
		require.Empty(t, found, "seed %d, %s", seed, kind)

		anew, err := Protect(two, rule)
		require.NoError(t, err)
		found, err = CheckRevision(two, anew.Shown, Published{Set: one, Shown: first.Shown}, rule)
		require.NoError(t, err)
		if len(found) > 0 {
			told++
		}
	}
	t.Logf("a revision that was only protected anew told something in %d of %d cubes", told, len(seeds))
	require.Positive(t, told)
}
