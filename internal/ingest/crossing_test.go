package ingest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store/storetest"
)

// A total that crosses another is stored and said: only one of the two counts.
func TestPlan_saysWhereATotalCrossesAnother(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, "kind: totals\nsource: Yearbook\nfields: {first_day: {column: from}, last_day: {column: to}, area: {column: area}, value: {column: kits}}\n")
	p := f.imported(t, "from,to,area,kits\n2018-01-01,2018-12-31,Testland,50\n", m)
	require.Empty(t, p.Notes)
	p = f.imported(t, "from,to,area,kits\n2018-01-01,2018-12-31,North,20\n2019-01-01,2019-12-31,Testland,60\n", m)
	require.Empty(t, p.Notes, "a part of another total, and one beside it")

	file := "from,to,area,kits\n2018-07-01,2019-06-30,North,30\n2018-10-01,2019-03-31,Testland,12\n"
	p = f.imported(t, file, m)
	require.Equal(t, 0, p.RefusedCount)
	require.Len(t, p.Notes, 2)
	require.Equal(t, []any{"import.note.crosses", 2, "30", "North", 3}, []any{p.Notes[0].Key, p.Notes[0].Row, p.Notes[0].Args["Value"], p.Notes[0].Args["Area"], p.Notes[0].Args["Count"]})
	require.Equal(t, 3, p.Notes[1].Row)
	require.Empty(t, f.imported(t, file, m).Notes, "what is there already was said before")
}
