package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRelease_rhodeIsland publishes 39 towns over five years: no town-year below
// ten stands in any file, and the totals of the years stand exactly.
func TestRelease_rhodeIsland(t *testing.T) {
	real(t, "ri_profound_mastertable.xlsx")
	onBoth(t, func(t *testing.T, database string) {
		importRhodeIsland(t, database)
		must(t, database, "release", "close", "--country", "US", "--from", "2015-01-01", "--to", "2020-01-01", "--alone")
		must(t, database, "release", "publish", "1", "--country", "US")
		rows := exported(t, database, "US", 1)
		shown, hidden := map[string]string{}, 0
		for _, r := range rows {
			if !strings.HasPrefix(r["table"], "kits-by-area-") {
				continue
			}
			shown[r["row"]+" "+r["column"]] = r["value"]
			if r["status"] == "masked" {
				require.Empty(t, r["value"]+r["low"]+r["high"]+r["numerator"]+r["denominator"])
				hidden++
			} else if n, err := strconv.Atoi(r["value"]); err == nil {
				require.False(t, n > 0 && n < 10, "%s %s shows %d", r["row_label"], r["column"], n)
			}
		}
		require.Greater(t, hidden, 24, "the 17 cells of 1 to 4, those of 5 to 9, and what would give them away")
		for column, kits := range map[string]string{"2015": "1911", "2016": "5654", "2017": "7095", "2018": "15957", "2019": "19339", "all": "49956"} {
			require.Equal(t, kits, shown["total "+column], "the state's total stays exact")
		}
		t.Logf("%d of the cells by town and year are hidden", hidden)
		must(t, database, "release", "check", "1", "--country", "US")
	})
}

// TestRelease_unitedKingdom: two financial years of published figures, as a
// release tells them.
func TestRelease_unitedKingdom(t *testing.T) {
	real(t, "uk_thn_published_figures.csv")
	onBoth(t, func(t *testing.T, database string) {
		importUnitedKingdom(t, database)
		for i, year := range []struct{ from, to, kits string }{{"2016-04-01", "2017-04-01", "8159"}, {"2017-04-01", "2018-04-01", "8397"}} {
			must(t, database, "release", "close", "--country", "GB", "--from", year.from, "--to", year.to, "--alone")
			rows := exported(t, database, "GB", i+1)
			require.Equal(t, year.kits, rows[0]["value"])
			require.Equal(t, "kits", rows[0]["column"])
			must(t, database, "release", "check", strconv.Itoa(i+1), "--country", "GB")
		}
	})
}

// exported is a release as the rows of its CSV file.
func exported(t *testing.T, database, country string, number int) (rows []map[string]string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "summary.csv")
	must(t, database, "export", "summary", "--country", country, "--release", strconv.Itoa(number), "--format", "csv", "--out", path)
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}
