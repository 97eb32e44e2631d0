package report

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Two masked numbers that can only be four and four, or one and one, are not
// masked: a third one goes with them.
func TestGuard_sumsThatLeaveOneAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		parts []int64
		want  int // masked parts
	}{
		"nothing small":          {[]int64{20, 30, 40}, 0},
		"one small":              {[]int64{3, 30, 40}, 2},
		"two that could be both": {[]int64{3, 4, 40}, 2},
		"two at the top":         {[]int64{4, 4, 40, 50}, 3},
		"three at the top":       {[]int64{4, 4, 4, 50, 60}, 4},
		"five at the bottom":     {[]int64{1, 1, 1, 1, 1, 70}, 6},
	} {
		for kind, guard := range map[string]func(Table) Table{"guarded": func(t Table) Table { return t.guardedBelow(SmallestInside) },
			"masked": func(t Table) Table { return t.maskedBelow(SmallestInside) }} {
			table, total := Table{Columns: []Column{peopleNamed("people")}}, int64(0)
			for _, n := range c.parts {
				table.Rows, total = append(table.Rows, Row{Cells: []Cell{Number(n)}}), total+n
			}
			table.Rows = append(table.Rows, Row{Kind: RowTotal, Cells: []Cell{Number(total)}})
			masked := 0
			for _, r := range guard(table).Rows {
				if r.Kind != RowTotal && r.Cells[0].Is(KindMasked) {
					masked++
				}
			}
			require.Equal(t, c.want, masked, "%s %s", name, kind)
		}
	}
}
