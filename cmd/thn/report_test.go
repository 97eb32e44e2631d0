package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A figure can be asked for as it stood when a day ended, and what was revised since.
func TestReport_asAtAndSince(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "totals.csv")
	require.NoError(t, os.WriteFile(file, []byte("period,kits,source\n2017,8397,A published report\n"), 0o600))
	onBoth(t, func(t *testing.T, database string) {
		must(t, database, "import", file, "--as", "totals", "--country", "KE")
		ask := func(more ...string) [][]string {
			return rows(t, must(t, database, append([]string{"report", "kits", "--country", "KE", "--from", "2017-01-01", "--to", "2018-01-01", "--format", "csv"}, more...)...))
		}
		require.Equal(t, []string{"total", "Total", "8397"}, row(t, ask(), "total")[:3])
		require.Contains(t, row(t, ask("--as-at", "2018-03-29"), "total"), "not_reported", "nobody had told this database yet")
		revised := ask("--since", "2018-03-29")
		require.Equal(t, []string{"channel", "channel_label", "then", "then_status", "now"}, revised[0][:5])
		require.Contains(t, row(t, revised, "total"), "8397")
	})
	database := "sqlite:" + filepath.Join(t.TempDir(), "t.db")
	must(t, database, "import", file, "--as", "totals", "--country", "KE")
	for flag, says := range map[string]string{"--as-at=2199-01-01": "still to come", "--since=2018-02-30": "--since"} {
		code, _, errOut := command(t, database, "report", "kits", "--country", "KE", "--from", "2017-01-01", "--to", "2018-01-01", flag)
		require.Equal(t, 1, code)
		require.Contains(t, errOut, says)
	}
}
