package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKeys_andRestored(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		file := filepath.Join(t.TempDir(), "areas.csv")
		require.NoError(t, os.WriteFile(file, []byte("name,kind\nNorth,region\n"), 0o600))
		must(t, database, "import", file, "--as", "areas", "--country", "KE")
		require.Contains(t, must(t, database, "keys", "rotate"), "phones seal to key 1 from now on")
		var all []keyed
		require.NoError(t, json.Unmarshal([]byte(must(t, database, "keys", "rotate", "--country", "KE", "--json")), &all))
		require.Len(t, all, 1)
		require.Equal(t, 2, all[0].Key)
		require.Contains(t, must(t, database, "keys", "destroy"), "0 keys destroyed")
		tamper(t, database, "UPDATE sealing_keys SET retired_on = '2020-01-01' WHERE number = 1")
		require.Contains(t, must(t, database, "keys", "destroy"), "1 keys destroyed")

		epoch := func() (e struct{ Epoch string }) {
			require.NoError(t, json.Unmarshal([]byte(must(t, database, "restored", "--json")), &e))
			return e
		}
		first := epoch()
		require.NotEmpty(t, first.Epoch)
		require.NotEqual(t, first, epoch())
		require.Contains(t, must(t, database, "restored"), "phones will offer again")
		must(t, database, "verify")
	})
}
