package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRecount_saysWhatIsWrongAndPutsItRight adds a sum that no record
// explains.
func TestRecount_saysWhatIsWrongAndPutsItRight(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		must(t, database, "migrate")
		code, _, errOut := command(t, database, "recount")
		require.Equal(t, 1, code)
		require.Contains(t, errOut, "there is no programme in this database")

		file := filepath.Join(t.TempDir(), "areas.csv")
		require.NoError(t, os.WriteFile(file, []byte("name,kind\nNorth,region\n"), 0o600))
		must(t, database, "import", file, "--as", "areas", "--country", "KE")
		require.Contains(t, must(t, database, "recount"), "every sum is what the records say")
		must(t, database, "recount", "--rebuild")
		tamper(t, database, `INSERT INTO tally_cells (programme_id, cube, month, area_id, site_id, setting, channel, supplier, recipient, supply, reason, product_id, batch_id, lines, records, people, kits)
			SELECT id, 2, 202603, '', '', '', '', '', '', '', '', '', '', 1, 1, 1, 1 FROM programmes`)
		code, out, errOut := command(t, database, "recount", "--json", "--country", "KE")
		require.Equal(t, 1, code)
		require.Contains(t, errOut, "not what the records say")
		var all []recounted
		require.NoError(t, json.Unmarshal([]byte(out), &all))
		require.Len(t, all, 1)
		require.False(t, all[0].Agrees)
		require.Equal(t, []wrongSums{{Cube: "places", Month: 202603, Sums: 1}}, all[0].Wrong)
		_, out, _ = command(t, database, "recount")
		require.Contains(t, out, "2026-03: 1 wrong among the sums of places")
		require.Contains(t, must(t, database, "recount", "--rebuild"), "every sum is what the records say")
		must(t, database, "recount")
	})
}
