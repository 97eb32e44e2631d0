package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tamper changes a database as somebody could who holds it but not the key.
func tamper(t *testing.T, database, statement string) {
	t.Helper()
	driver, address := "pgx", database
	if path, isFile := strings.CutPrefix(database, "sqlite:"); isFile {
		driver, address = "sqlite", path
	}
	db, err := sql.Open(driver, address)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec(statement)
	require.NoError(t, err)
}

// TestVerify_saysWhatDoesNotHold follows the command from a sound audit to ones
// that were tampered with.
func TestVerify_saysWhatDoesNotHold(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		must(t, database, "migrate")
		code, _, errOut := command(t, database, "verify")
		require.Equal(t, 1, code)
		require.Contains(t, errOut, "there is no programme in this database")

		file := filepath.Join(t.TempDir(), "areas.csv")
		require.NoError(t, os.WriteFile(file, []byte("name,kind\nNorth,region\nSouth,region\nEast,region\nWest,region\n"), 0o600))
		must(t, database, "import", file, "--as", "areas", "--country", "KE")
		require.Contains(t, must(t, database, "verify"), "5 entries\n")
		require.Contains(t, must(t, database, "verify"), "it holds")
		sound := verifiedJSON(t, must(t, database, "verify", "--country", "KE", "--json"))
		require.True(t, sound.Holds)
		must(t, database, "verify", "--noted", sound.Head)

		again := func(args ...string) (verified, string) {
			code, out, errOut := command(t, database, append([]string{"verify", "--json"}, args...)...)
			require.Equal(t, 1, code)
			require.Contains(t, errOut, "the audit does not hold")
			v := verifiedJSON(t, out)
			require.False(t, v.Holds)
			_, text, _ := command(t, database, append([]string{"verify"}, args...)...)
			return v, text
		}
		tamper(t, database, "UPDATE audit_entries SET action = 'x' WHERE seq = 2")
		v, text := again()
		require.Equal(t, []foundInAudit{{Fault: "edited", From: 2, To: 2}}, v.Findings)
		require.Contains(t, text, "edited: entry 2")
		tamper(t, database, "DELETE FROM audit_entries WHERE seq = 2")
		v, _ = again()
		require.Equal(t, []foundInAudit{{Fault: "removed", From: 2, To: 2}}, v.Findings)
		tamper(t, database, "DELETE FROM audit_entries WHERE seq = 5")
		v, text = again("--programme", sound.Programme)
		require.Equal(t, []foundInAudit{{Fault: "removed", From: 2, To: 2}, {Fault: "truncated", From: 5, To: 5}}, v.Findings)
		require.Contains(t, text, "truncated: entry 5")
		tamper(t, database, "UPDATE audit_heads SET seq = 4")
		v, _ = again()
		require.Equal(t, "head", v.Findings[1].Fault)
		code, _, errOut = command(t, database, "user", "list")
		require.Equal(t, 1, code)
		require.Contains(t, errOut, "see thn verify", "the program itself does not go on from a head that it did not seal")
	})
}

func verifiedJSON(t *testing.T, out string) verified {
	t.Helper()
	var all []verified
	require.NoError(t, json.Unmarshal([]byte(out), &all))
	require.Len(t, all, 1)
	return all[0]
}

func TestVerify_understandsNotedHeads(t *testing.T) {
	t.Parallel()
	database := "sqlite:" + filepath.Join(t.TempDir(), "t.db")
	for _, country := range []string{"KE", "GB"} {
		file := filepath.Join(t.TempDir(), "areas.csv")
		require.NoError(t, os.WriteFile(file, []byte("name,kind\nNorth,region\n"), 0o600))
		must(t, database, "import", file, "--as", "areas", "--country", country)
	}
	link := strings.Repeat("0a", 32)
	code, _, errOut := command(t, database, "verify", "--noted", "2:"+link)
	require.Equal(t, 1, code)
	require.Contains(t, errOut, "say which with --programme or --country")
	code, out, _ := command(t, database, "verify", "--country", "KE", "--noted", "2:"+link, "--noted", "7:"+link)
	require.Equal(t, 1, code)
	require.Contains(t, out, "rewritten: entry 2\n  truncated: entries 3 to 7")
	code, _, errOut = command(t, database, "verify", "--noted", "nonsense")
	require.Equal(t, 2, code)
	require.Contains(t, errOut, "SEQ:LINK")
	require.Contains(t, must(t, database, "verify", "--help"), "truncated   the chain ends before its head")
}
