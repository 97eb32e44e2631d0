package disclosure

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

// enumerate tries every table with the leaves of a set: the oracle for Bounds,
// which knows nothing but how to add.
func enumerate(set Set, shown map[string]Shown, top int64) map[string]Interval {
	whole := map[string][]Sum{}
	for _, s := range set.Sums {
		whole[s.Whole] = append(whole[s.Whole], s)
	}
	var leaves []string
	for _, c := range set.Cells {
		if len(whole[c.Key]) == 0 {
			leaves = append(leaves, c.Key)
		}
	}
	found := map[string]Interval{}
	value := map[string]int64{}
	var fill func(i int, left int64)
	var get func(key string) int64
	get = func(key string) int64 {
		if x, ok := value[key]; ok {
			return x
		}
		var x int64
		for _, part := range whole[key][0].Parts {
			x += get(part)
		}
		return x
	}
	fill = func(i int, left int64) {
		if i == len(leaves) {
			note(set, shown, get, found)
			return
		}
		from, to := int64(0), left
		if s := shown[leaves[i]]; !s.Hidden {
			from, to = s.Low, min(left, s.High)
		}
		for x := from; x <= to; x++ {
			value[leaves[i]] = x
			fill(i+1, left-x)
		}
		delete(value, leaves[i])
	}
	fill(0, top)
	return found
}

// note widens the intervals by a table, if it agrees with what is shown.
func note(set Set, shown map[string]Shown, get func(string) int64, found map[string]Interval) {
	for key, s := range shown {
		if x := get(key); !s.Hidden && (x < s.Low || x > s.High) {
			return
		}
	}
	for _, s := range set.Sums {
		var x int64
		for _, part := range s.Parts {
			x += get(part)
		}
		if x != get(s.Whole) {
			return
		}
	}
	for key, s := range shown {
		if !s.Hidden {
			continue
		}
		x := get(key)
		b, met := found[key]
		if !met {
			b = Interval{x, x}
		}
		found[key] = Interval{min(b.Low, x), max(b.High, x)}
	}
}

// tiny are cubes whose every table can be tried.
var tiny = []cube{
	{trees: []tree{flat(4)}},
	{trees: []tree{flat(2), flat(3)}},
	{trees: []tree{flat(2), flat(2), flat(2)}},
	{trees: []tree{{-1, 0, 0, 1, 1}, flat(2)}},
	{trees: []tree{flat(2), flat(2), flat(2)}, sides: true},
}

func TestBounds_asEveryTableTried(t *testing.T) {
	t.Parallel()
	hidden := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := tiny[seed%uint64(len(tiny))]
		c.leaf = func([]int) []int64 { return []int64{r.Int64N(2) * r.Int64N(4)} }
		set := c.set(false)
		rule := Rule{Round: []int64{0, 2, 3}[r.IntN(3)]}
		shown, top := map[string]Shown{}, int64(0)
		for i, cell := range set.Cells {
			shown[cell.Key] = rule.show(cell.Value)
			if cell.Withheld || i > 0 && r.IntN(2) == 0 { // the first is the grand total, which bounds the search
				shown[cell.Key] = Shown{Hidden: true}
				hidden++
			}
		}
		top = shown[set.Cells[0].Key].High
		found, err := Bounds(set.Sums, shown)
		require.NoError(t, err, "seed %d", seed)
		require.Equal(t, enumerate(set, shown, top), found, "seed %d", seed)
	}
	t.Logf("%d hidden counts", hidden)
}

func TestBounds_open(t *testing.T) {
	t.Parallel()
	sums := []Sum{{Whole: "all", Parts: []string{"a", "b"}}}
	hidden := Shown{Hidden: true}
	for _, c := range []struct {
		name  string
		shown map[string]Shown
		want  map[string]Interval
	}{
		{"nothing shown", map[string]Shown{"all": hidden, "a": hidden, "b": hidden}, map[string]Interval{"all": {0, Open}, "a": {0, Open}, "b": {0, Open}}},
		{"a part shown", map[string]Shown{"all": hidden, "a": {Low: 7, High: 7}, "b": hidden}, map[string]Interval{"all": {7, Open}, "b": {0, Open}}},
		{"the whole shown", map[string]Shown{"all": {Low: 7, High: 7}, "a": hidden, "b": hidden}, map[string]Interval{"a": {0, 7}, "b": {0, 7}}},
		{"one left", map[string]Shown{"all": {Low: 7, High: 7}, "a": {Low: 4, High: 4}, "b": hidden}, map[string]Interval{"b": {3, 3}}},
		{"one left, rounded", map[string]Shown{"all": {Low: 8, High: 12}, "a": {Low: 3, High: 7}, "b": hidden}, map[string]Interval{"b": {1, 9}}},
		{"in no sum", map[string]Shown{"all": {Low: 1, High: 1}, "a": {}, "b": {Low: 1, High: 1}, "z": hidden}, map[string]Interval{"z": {0, Open}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found, err := Bounds(sums, c.shown)
			require.NoError(t, err)
			require.Equal(t, c.want, found)
		})
	}
}

func TestBounds_refuses(t *testing.T) {
	t.Parallel()
	sums := []Sum{{Whole: "all", Parts: []string{"a", "b"}}}
	for _, c := range []struct {
		name  string
		sums  []Sum
		shown map[string]Shown
		want  Refused
	}{
		{"numbers that cannot be", sums, map[string]Shown{"all": {Low: 7, High: 7}, "a": {Low: 8, High: 8}, "b": {Hidden: true}}, Refused{"a", Contradicts}},
		{"a key that is not shown", sums, map[string]Shown{"all": {}, "a": {}}, Refused{"b", UnknownKey}},
		{"a span the wrong way", nil, map[string]Shown{"a": {Low: 2, High: 1}}, Refused{"a", NotACount}},
		{"a part twice", []Sum{{Whole: "a", Parts: []string{"b", "b"}}}, map[string]Shown{"a": {}, "b": {}}, Refused{"b", TwiceNamed}},
		{"a whole without parts", []Sum{{Whole: "a"}}, map[string]Shown{"a": {}}, Refused{"a", SumIsWrong}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Bounds(c.sums, c.shown)
			refusal, ok := errors.AsType[*Refused](err)
			require.True(t, ok, "%v", err)
			require.Equal(t, c.want, *refusal)
			if key, args := fault.Sentence(err); fault.Is(err, fault.Conflict) {
				require.Equal(t, "disclosure."+string(c.want.Reason), key)
				require.Equal(t, c.want.Key, args["Cell"])
			}
		})
	}
}
