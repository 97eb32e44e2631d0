package disclosure

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// rhodeIsland is the kits of community programmes in 39 towns from 2015 to 2019,
// from the parameters of the PROFOUND model (pph-collective/profound-model).
func rhodeIsland(t *testing.T) (towns, years []string, kits [][]int64) {
	t.Helper()
	name := filepath.Join("..", "..", "..", "shared", "data", "real", "ri_profound_mastertable.xlsx")
	if _, err := os.Stat(name); err != nil {
		t.Skip("SKIPPED, Rhode Island was not published: the real file is not on this machine: " + name)
	}
	book, err := excelize.OpenFile(name)
	require.NoError(t, err)
	defer func() { _ = book.Close() }() // only read
	rows, err := book.GetRows("NxDataOEND")
	require.NoError(t, err)
	for _, town := range rows[0][1:] {
		towns = append(towns, strings.TrimSpace(town))
	}
	for _, row := range rows[1:] {
		years = append(years, row[0])
		var line []int64
		for _, text := range row[1:] {
			n, err := strconv.ParseInt(text, 10, 64)
			require.NoError(t, err)
			line = append(line, n)
		}
		kits = append(kits, line)
	}
	return towns, years, kits
}

func TestRhodeIsland(t *testing.T) {
	t.Parallel()
	_, years, kits := rhodeIsland(t)
	c := cube{
		trees: []tree{flat(39), flat(5)},
		leaf:  func(place []int) []int64 { return []int64{kits[place[1]-1][place[0]-1]} },
		kept:  func(place []int) bool { return place[0] == 0 }, // the state, each year and in all
	}
	set := c.set(false)
	counted := map[int64]int{}
	for _, cell := range set.Cells {
		if !strings.Contains("|"+cell.Key+"|", "|0|") {
			counted[min(cell.Value, 10)]++
		}
	}
	require.Equal(t, 195, 39*len(years))
	require.Equal(t, 7, counted[0])
	require.Equal(t, 17, counted[1]+counted[2]+counted[3]+counted[4])

	for _, rule := range []Rule{{Smallest: 10}, {Smallest: 5}, {Smallest: 10, Round: 5}} {
		t.Run(fmt.Sprintf("%+v", rule), func(t *testing.T) {
			t.Parallel()
			exactly := rule
			exactly.Round = 0
			recovered := subtract(set.Sums, bare(set, exactly))
			small := 0
			for _, cell := range set.Cells {
				if rule.small(cell.Value) {
					small++
				}
				if x, ok := recovered[cell.Key]; ok {
					require.Equal(t, cell.Value, x)
				}
			}
			require.NotEmpty(t, recovered, "the attack succeeds against primary masking alone")
			narrowed, exact := leaks(t, set, bare(set, exactly), rule.Smallest)

			p, err := Protect(set, rule)
			require.NoError(t, err)
			known, _ := leaks(t, set, p.Shown, rule.Smallest)
			require.Empty(t, known)
			require.Empty(t, subtract(set.Sums, p.Shown))
			found, err := Check(set, p.Shown, rule)
			require.NoError(t, err)
			require.Empty(t, found)
			for year := range len(years) + 1 {
				require.False(t, p.Shown[name([]int{0, year})].Hidden, "the state's total stays")
			}
			t.Logf("%d small; primary masking alone: %d by subtraction, %d exact, %d too narrow; protected: %d of %d hidden",
				small, len(recovered), len(exact), len(narrowed), len(p.Log), len(set.Cells))
		})
	}
}
