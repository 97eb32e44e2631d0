package report

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func cutOf(people ...int64) (rows []cutRow) {
	for _, n := range people {
		rows = append(rows, cutRow{people: n, kits: n})
	}
	return rows
}

func hiddenOf(rows []cutRow) (list []bool) {
	for _, r := range rows {
		list = append(list, r.hidden)
	}
	return list
}

func TestGuardCut(t *testing.T) {
	t.Parallel()
	const hid, see = true, false
	for name, c := range map[string]struct {
		rows []cutRow
		want []bool
	}{
		"nothing small":                 {cutOf(20, 30, 0), []bool{see, see, see}},
		"one small takes the next":      {cutOf(20, 3, 0, 40), []bool{hid, hid, see, see}},
		"two small that come to little": {cutOf(2, 3, 6, 40), []bool{hid, hid, hid, see}},
		"two small are not enough":      {cutOf(4, 4, 30), []bool{hid, hid, see}},
		"one and one":                   {cutOf(1, 1, 30, 50), []bool{hid, hid, hid, see}},
		"all but one are nobody":        {cutOf(0, 0, 25), []bool{see, see, see}},
		"a small one and nobody":        {cutOf(0, 3), []bool{hid, hid}},
		"kits that would tell":          {[]cutRow{{people: 4, kits: 1}, {people: 6, kits: 2}, {people: 9, kits: 20}, {people: 30, kits: 40}}, []bool{hid, hid, hid, see}},
	} {
		guardCut(c.rows)
		require.Equal(t, c.want, hiddenOf(c.rows), name)
	}
}

// What all people say of themselves would be known of each.
func TestAlike(t *testing.T) {
	t.Parallel()
	require.True(t, alike(cutOf(0, 25, 0)))
	require.False(t, alike(cutOf(1, 25, 0)))
	require.False(t, alike([]cutRow{{people: 25}, {people: 30, unsaid: true}}), "not all of them said so")
	require.False(t, alike([]cutRow{{people: 0}, {people: 30, unsaid: true}}))
}

// Whoever knows the total and all that is shown tries every way in which the
// hidden rows could add up. Each hidden row is left with at least five numbers.
func TestGuardCut_leavesEachHiddenRowFiveNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := cutOf(rapid.SliceOfN(rapid.Int64Range(0, 12), 2, 6).Draw(t, "people")...)
		if sumOf(rows).people < FewestCut {
			return // such a table is not drawn
		}
		guardCut(rows)
		left, all := sumOf(rows).people, true
		var hidden int
		for _, r := range rows {
			all = all && r.hidden
			if r.hidden {
				hidden++
			} else {
				left -= r.people
				if few(r.people) {
					t.Fatalf("%d is shown in %+v", r.people, rows)
				}
			}
		}
		least := int64(1) // what is hidden beside something shown is about somebody
		if all {
			least = 0
		}
		could := map[int64]bool{}
		ways(left, hidden, least, func(first int64) { could[first] = true })
		if hidden > 0 && len(could) < SmallestInside {
			t.Fatalf("a hidden row of %+v can only be one of %v", rows, could)
		}
	})
}

// ways goes through what the first of some rows can be when they come to a sum.
func ways(sum int64, rows int, least int64, first func(int64)) {
	for n := least; n <= sum; n++ {
		if rest := sum - n; rows == 1 && rest == 0 || rows > 1 && rest >= least*int64(rows-1) {
			first(n)
		}
	}
}
