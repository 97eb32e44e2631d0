package disclosure

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

// grid is a set of two divisions: rows of counts, all sums, keys as in cube. The
// grand total is kept.
func grid(rows ...[]int64) Set {
	c := cube{
		trees: []tree{flat(len(rows)), flat(len(rows[0]))},
		leaf:  func(place []int) []int64 { return []int64{rows[place[0]-1][place[1]-1]} },
		kept:  func(place []int) bool { return place[0] == 0 && place[1] == 0 },
	}
	return c.set(false)
}

func whys(p Protected) map[Why][]string {
	found := map[Why][]string{}
	for _, e := range p.Log {
		found[e.Why] = append(found[e.Why], e.Key)
	}
	return found
}

func TestProtect_hidesWhatItMust(t *testing.T) {
	t.Parallel()
	ten := Rule{Smallest: 10}
	three := Rule{Smallest: 10, Contributors: 3, Share: 80}
	for _, c := range []struct {
		name string
		set  Set
		rule Rule
		want map[Why][]string
	}{
		{"nothing small", grid([]int64{20, 30}, []int64{0, 10}), ten, map[Why][]string{}},
		{"one small count, and the cheapest three that hide it", grid([]int64{4, 30, 90}, []int64{20, 31, 95}, []int64{70, 80, 90}), ten,
			map[Why][]string{Small: {"1|1"}, Complement: {"1|2", "2|1", "2|2"}}},
		{"a line on its own", Set{
			Cells: []Cell{{Key: "all", Value: 60, Kept: true}, {Key: "a", Value: 5}, {Key: "b", Value: 25}, {Key: "c", Value: 30}},
			Sums:  []Sum{{Whole: "all", Parts: []string{"a", "b", "c"}}},
		}, ten, map[Why][]string{Small: {"a"}, Complement: {"b"}}},
		{"two small ones hide one another", Set{
			Cells: []Cell{{Key: "all", Value: 60, Kept: true}, {Key: "a", Value: 5}, {Key: "b", Value: 5}, {Key: "c", Value: 0}, {Key: "d", Value: 50}},
			Sums:  []Sum{{Whole: "all", Parts: []string{"a", "b", "c", "d"}}},
		}, ten, map[Why][]string{Small: {"a", "b"}}},
		{"kits go with their contacts", Set{
			Cells: []Cell{{Key: "contacts", Value: 9, With: []string{"kits"}}, {Key: "kits", Value: 40}},
		}, ten, map[Why][]string{Small: {"contacts"}, With: {"kits"}}},
		{"and contacts with their kits, through a third", Set{
			Cells: []Cell{{Key: "contacts", Value: 12}, {Key: "doses", Value: 8, With: []string{"kits"}}, {Key: "kits", Value: 40, With: []string{"contacts"}}},
		}, ten, map[Why][]string{Small: {"doses"}, With: {"contacts", "kits"}}},
		{"two contributors", Set{Cells: []Cell{{Key: "a", Value: 50, Contributors: []int64{25, 0, 25}}}}, three, map[Why][]string{Contributors: {"a"}}},
		{"one holds too much", Set{Cells: []Cell{{Key: "a", Value: 100, Contributors: []int64{81, 10, 9}}}}, three, map[Why][]string{Dominated: {"a"}}},
		{"one holds just not too much", Set{Cells: []Cell{{Key: "a", Value: 100, Contributors: []int64{80, 10, 10}}}}, three, map[Why][]string{}},
		{"one could tell what little is left", Set{Cells: []Cell{{Key: "a", Value: 30, Contributors: []int64{21, 5, 4}}}}, three, map[Why][]string{Dominated: {"a"}}},
		{"nobody was asked", Set{Cells: []Cell{{Key: "a", Value: 30}}}, three, map[Why][]string{}},
		{"nothing has no contributor and is shown", Set{Cells: []Cell{{Key: "a", Contributors: []int64{}}}}, three, map[Why][]string{}},
		{"the same answer from all", Set{
			Cells: []Cell{{Key: "all", Value: 40}, {Key: "yes", Value: 40}, {Key: "no"}},
			Sums:  []Sum{{Whole: "all", Parts: []string{"yes", "no"}, Sensitive: true}},
		}, ten, map[Why][]string{Pattern: {"no", "yes"}, Complement: {"all"}}},
		{"the same answer to a question that asks nothing of anybody", Set{
			Cells: []Cell{{Key: "all", Value: 40}, {Key: "yes", Value: 40}, {Key: "no"}},
			Sums:  []Sum{{Whole: "all", Parts: []string{"yes", "no"}}},
		}, ten, map[Why][]string{}},
		{"in no table and small", Set{
			Cells: []Cell{{Key: "all", Value: 40}, {Key: "a", Value: 37}, {Key: "b", Value: 3, Withheld: true}},
			Sums:  []Sum{{Whole: "all", Parts: []string{"a", "b"}}},
		}, ten, map[Why][]string{Withheld: {"b"}, Complement: {"a"}}},
		{"in no table and large", Set{
			Cells: []Cell{{Key: "all", Value: 40}, {Key: "a", Value: 20}, {Key: "b", Value: 20, Withheld: true}},
			Sums:  []Sum{{Whole: "all", Parts: []string{"a", "b"}}},
		}, ten, map[Why][]string{Withheld: {"b"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Protect(c.set, c.rule)
			require.NoError(t, err)
			require.Equal(t, c.want, whys(p))
			require.Len(t, p.Shown, len(c.set.Cells))
			for _, e := range p.Log {
				require.Equal(t, Shown{Hidden: true}, p.Shown[e.Key], "a hidden count holds no number")
			}
			found, err := Check(c.set, p.Shown, c.rule)
			require.NoError(t, err)
			require.Empty(t, found)
		})
	}
}

func TestProtect_refuses(t *testing.T) {
	t.Parallel()
	ten := Rule{Smallest: 10}
	sum := []Sum{{Whole: "all", Parts: []string{"a", "b"}}}
	for _, c := range []struct {
		name string
		set  Set
		rule Rule
		want Refused
		kind fault.Kind
	}{
		{"a total that is itself too small", Set{Cells: []Cell{{Key: "all", Value: 7, Kept: true}}}, ten, Refused{"all", KeptTooSmall}, fault.Conflict},
		{"a total of too few programmes", Set{Cells: []Cell{{Key: "all", Value: 70, Kept: true, Contributors: []int64{70}}}}, Rule{Smallest: 10, Contributors: 3}, Refused{"all", KeptTooSmall}, fault.Conflict},
		{"a total that goes with what is too small", Set{Cells: []Cell{{Key: "all", Value: 70, Kept: true}, {Key: "a", Value: 3, With: []string{"all"}}}}, ten, Refused{"all", KeptTooSmall}, fault.Conflict},
		{"nothing left to hide", Set{Cells: []Cell{{Key: "all", Value: 14, Kept: true}, {Key: "a", Value: 4}, {Key: "b", Value: 10, Kept: true}}, Sums: sum}, ten, Refused{"a", CannotBeSafe}, fault.Conflict},
		{"too little altogether", Set{Cells: []Cell{{Key: "all", Value: 14, Kept: true}, {Key: "a", Value: 14}, {Key: "b", Value: 0, Kept: true}, {Key: "c", Value: 3}, {Key: "d", Value: 11, Kept: true}},
			Sums: append(sum, Sum{Whole: "a", Parts: []string{"c", "d"}})}, ten, Refused{"c", CannotBeSafe}, fault.Conflict},
		{"a sum that is none", Set{Cells: []Cell{{Key: "all", Value: 7}, {Key: "a", Value: 3}, {Key: "b", Value: 3}}, Sums: sum}, ten, Refused{"all", SumIsWrong}, fault.Internal},
		{"a part that is not there", Set{Cells: []Cell{{Key: "all", Value: 7}, {Key: "a", Value: 3}}, Sums: sum}, ten, Refused{"b", UnknownKey}, fault.Internal},
		{"a key twice", Set{Cells: []Cell{{Key: "a"}, {Key: "a"}}}, ten, Refused{"a", TwiceNamed}, fault.Internal},
		{"a count below zero", Set{Cells: []Cell{{Key: "a", Value: -1}}}, ten, Refused{"a", NotACount}, fault.Internal},
		{"a count beyond all counts", Set{Cells: []Cell{{Key: "a", Value: most + 1}}}, ten, Refused{"a", NotACount}, fault.Internal},
		{"contributors who hold too little", Set{Cells: []Cell{{Key: "a", Value: 5, Contributors: []int64{4}}}}, ten, Refused{"a", WrongShares}, fault.Internal},
		{"with what is not there", Set{Cells: []Cell{{Key: "a", Value: 5, With: []string{"b"}}}}, ten, Refused{"b", UnknownKey}, fault.Internal},
		{"a rule of less than nothing", Set{}, Rule{Smallest: -1}, Refused{"", RuleNotPossible}, fault.Internal},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Protect(c.set, c.rule)
			refusal, ok := errors.AsType[*Refused](err)
			require.True(t, ok, "%v", err)
			require.Equal(t, c.want, *refusal)
			require.Equal(t, c.kind, fault.KindOf(err))
		})
	}
}

// Two servers given the same records publish the same.
func TestProtect_theOrderOfCellsIsNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		set, kind := random(seed, true)
		rule := Rule{Smallest: 10, Contributors: 2, Share: 90, Round: 5}
		want, err := Protect(set, rule)
		require.NoError(t, err)
		r := rand.New(rand.NewPCG(seed, 3))
		r.Shuffle(len(set.Cells), func(i, j int) { set.Cells[i], set.Cells[j] = set.Cells[j], set.Cells[i] })
		r.Shuffle(len(set.Sums), func(i, j int) { set.Sums[i], set.Sums[j] = set.Sums[j], set.Sums[i] })
		for i := range set.Sums {
			slices.Reverse(set.Sums[i].Parts)
		}
		got, err := Protect(set, rule)
		require.NoError(t, err)
		require.Equal(t, want, got, "seed %d, %s", seed, kind)
	}
}

func TestRule_rounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule   Rule
		value  int64
		number int64
		want   Shown
	}{
		{Rule{Smallest: 10}, 13, 13, Shown{Low: 13, High: 13}},
		{Rule{Smallest: 10, Round: 5}, 0, 0, Shown{}},
		{Rule{Smallest: 10, Round: 5}, 10, 10, Shown{Low: 10, High: 12}},
		{Rule{Smallest: 10, Round: 5}, 12, 10, Shown{Low: 10, High: 12}},
		{Rule{Smallest: 10, Round: 5}, 13, 15, Shown{Low: 13, High: 17}},
		{Rule{Smallest: 10, Round: 10}, 25, 30, Shown{Low: 25, High: 34}},
		{Rule{Smallest: 10, Round: 10}, 24, 20, Shown{Low: 15, High: 24}},
		{Rule{Smallest: 17, Round: 15}, 18, 15, Shown{Low: 17, High: 22}},
		{Rule{Smallest: 3, Round: 50}, 0, 0, Shown{Low: 0, High: 24}},
		{Rule{Smallest: 3, Round: 50}, 3, 0, Shown{Low: 0, High: 24}},
	} {
		s := c.rule.show(c.value)
		require.Equal(t, c.want, s, "%+v %d", c.rule, c.value)
		n, ok := c.rule.Number(s)
		require.True(t, ok)
		require.Equal(t, c.number, n, "%+v %d", c.rule, c.value)
	}
	_, ok := Rule{}.Number(Shown{Hidden: true})
	require.False(t, ok)
}
