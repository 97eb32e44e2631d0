package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(withKey(m)) }

// withKey keeps the audit key of the commands under test out of the source tree.
func withKey(m *testing.M) int {
	dir, err := os.MkdirTemp("", "thn-key-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Setenv("THN_AUDIT_KEY", filepath.Join(dir, "audit.key")); err != nil {
		panic(err)
	}
	return storetest.Main(m)
}

// command runs one command line and gives its exit code and what it printed.
func command(t *testing.T, database string, args ...string) (int, string, string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(context.Background(), append(args, "--database", database), strings.NewReader(""), &out, &errOut)
	return code, out.String(), errOut.String()
}

// must runs a command that has to succeed.
func must(t *testing.T, database string, args ...string) string {
	t.Helper()
	code, out, errOut := command(t, database, args...)
	require.Zero(t, code, errOut)
	return out
}

// real gives a file that nobody here wrote, or skips loudly.
func real(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "real", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: the real file %s is not beside this checkout", name)
	}
	return path
}

func onBoth(t *testing.T, body func(t *testing.T, database string)) {
	t.Run("sqlite", func(t *testing.T) { body(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db")) })
	t.Run("postgres", func(t *testing.T) { body(t, storetest.EmptyPostgresURL(t)) })
}

func rows(t *testing.T, text string) [][]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	return all
}

// row finds a line of a file by its code.
func row(t *testing.T, lines [][]string, code string) []string {
	t.Helper()
	i := slices.IndexFunc(lines, func(line []string) bool { return line[0] == code })
	require.GreaterOrEqual(t, i, 0, "no row %s in %v", code, lines)
	return lines[i]
}

// TestImport_rhodeIsland: an empty database, the published workbook, and the
// sums its authors used; a second import changes nothing.
func TestImport_rhodeIsland(t *testing.T) {
	book := real(t, "ri_profound_mastertable.xlsx")
	mapping := func(name string) string { return filepath.Join("..", "..", "scripts", "mappings", name) }
	onBoth(t, func(t *testing.T, database string) {
		for range 2 {
			must(t, database, "import", book, "--as", "totals", "--country", "US", "--map", mapping("rhode-island-community.yaml"))
			must(t, database, "import", book, "--as", "totals", "--country", "US", "--map", mapping("rhode-island-pharmacy.yaml"))
			must(t, database, "import", book, "--as", "deaths", "--country", "US", "--map", mapping("rhode-island-deaths.yaml"))
			kits := rows(t, must(t, database, "report", "kits", "--country", "US", "--from", "2015-01-01", "--to", "2020-01-01", "--by", "year", "--format", "csv"))
			require.Equal(t, []string{"year", "year_label", "community_outlet", "pharmacy", "all"}, kits[0])
			var community, pharmacy []string
			for _, r := range kits[1:] {
				community, pharmacy = append(community, r[2]), append(pharmacy, r[3])
			}
			require.Equal(t, []string{"932", "3090", "4202", "7950", "8241", "24415"}, community)
			require.Equal(t, []string{"979", "2564", "2893", "8007", "11098", "25541"}, pharmacy)
			perDeath := must(t, database, "report", "kits-per-death", "--country", "US", "--from", "2019-01-01", "--to", "2020-01-01", "--by", "channel", "--format", "csv")
			require.Contains(t, perDeath, "32.19")
			require.Contains(t, perDeath, "75.54")
		}
	})
}

// TestImport_unitedKingdom: the published Scottish totals with their parts.
func TestImport_unitedKingdom(t *testing.T) {
	file := real(t, "uk_thn_published_figures.csv")
	onBoth(t, func(t *testing.T, database string) {
		must(t, database, "import", file, "--as", "totals", "--country", "GB", "--map", filepath.Join("..", "..", "scripts", "mappings", "uk-published.yaml"))
		for from, want := range map[string]string{"2016": "8159", "2017": "8397"} {
			to := map[string]string{"2016": "2017", "2017": "2018"}[from]
			kits := rows(t, must(t, database, "report", "kits", "--country", "GB", "--from", from+"-04-01", "--to", to+"-04-01", "--format", "csv"))
			total := row(t, kits, "total")
			require.Equal(t, want, total[len(total)-1], from)
		}
		first := must(t, database, "report", "first-repeat", "--country", "GB", "--from", "2016-04-01", "--to", "2017-04-01", "--format", "csv")
		require.Contains(t, first, "3471")
		require.Contains(t, first, "7197", "the share is of community and prison kits")
		used := must(t, database, "report", "repeat-used", "--country", "GB", "--from", "2017-04-01", "--to", "2018-04-01", "--format", "csv")
		require.Contains(t, used, "1017")
		require.Contains(t, used, "25")
	})
}

// TestImport_uses: the files of Winnipeg and Pennsylvania, twice; the second
// time changes nothing.
func TestImport_uses(t *testing.T) {
	for _, c := range []struct {
		country, file, mapping string
		want                   map[string]int
	}{
		{"CA", "winnipeg_naloxone_2023-12-01.csv", "winnipeg.yaml", map[string]int{"rows": 19905, "incidents": 13347, "persons": 19905, "administrations": 19905, "doses": 30053}},
		{"US", "pa_odin_2019-08.csv", "odin.yaml", map[string]int{"rows": 11673, "incidents": 8369, "persons": 8525, "administrations": 5945, "doses": 8940}},
	} {
		file := real(t, c.file)
		onBoth(t, func(t *testing.T, database string) {
			for _, again := range []bool{false, true} {
				c.want["stored"], c.want["duplicate"], c.want["held"], c.want["refused"] = c.want["incidents"], 0, 0, 0
				if again {
					c.want["stored"], c.want["duplicate"] = 0, c.want["incidents"]
				}
				answer := must(t, database, "import", file, "--as", "uses", "--country", c.country, "--map", filepath.Join("..", "..", "scripts", "mappings", c.mapping), "--json")
				var got map[string]any
				require.NoError(t, json.Unmarshal([]byte(answer), &got))
				for key, n := range c.want {
					require.Equal(t, float64(n), got[key], key)
				}
			}
		})
	}
}

// TestImport_everyKindAnswersTheSameQuestions: what has no incidents has none.
func TestImport_everyKindAnswersTheSameQuestions(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "t.db")
	file := filepath.Join(t.TempDir(), "areas.csv")
	require.NoError(t, os.WriteFile(file, []byte("name,kind\nNorth,region\nNowhere,cloud\n"), 0o600))
	code, out, _ := command(t, database, "import", file, "--as", "areas", "--country", "KE", "--json")
	require.NotZero(t, code)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	delete(got, "plan")
	require.Equal(t, map[string]any{"rows": 2.0, "incidents": 0.0, "persons": 0.0, "administrations": 0.0, "doses": 0.0, "stored": 0.0, "duplicate": 0.0, "held": 0.0, "refused": 1.0}, got)
}

func TestCommands_sayWhatIsWrong(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "t.db")
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"a day that does not exist": {[]string{"report", "kits", "--country", "XX", "--from", "2025-06-31", "--to", "2026-01-01"}, "no day 31 in month 6"},
		"a country without figures": {[]string{"report", "kits", "--country", "ZZ", "--from", "2025-01-01", "--to", "2026-01-01"}, "no programme"},
		"a file that is not there":  {[]string{"import", "nothing.csv", "--as", "totals"}, "nothing.csv"},
		"a kind that is not one":    {[]string{"import", "main.go", "--as", "names"}, "--as"},
		"an address":                {[]string{"serve", "--addr", "nowhere"}, "HOST:PORT"},
		"an unknown flag":           {[]string{"serve", "--nonsense"}, "nonsense"},
	} {
		code, _, errOut := command(t, database, c.args...)
		require.NotZero(t, code, name)
		require.Contains(t, errOut, c.says, name)
	}
}

func TestUser_addListDisable(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		file := filepath.Join(t.TempDir(), "areas.csv")
		require.NoError(t, os.WriteFile(file, []byte("name,kind\nNorth,region\n"), 0o600))
		must(t, database, "import", file, "--as", "areas", "--country", "KE")
		var out, errOut bytes.Buffer
		code := run(t.Context(), []string{"user", "add", "night-team", "--role", "worker", "--country", "KE", "--database", database}, strings.NewReader("lantern gravel seven otter\n"), &out, &errOut)
		require.Zero(t, code, errOut.String())
		require.Contains(t, must(t, database, "user", "list"), "night-team")
		must(t, database, "user", "disable", "night-team")
		var listed []map[string]string
		require.NoError(t, json.Unmarshal([]byte(must(t, database, "user", "list", "--json")), &listed))
		require.Equal(t, "disabled", listed[0]["state"])
	})
}

func TestExport_summaryIsWholeAndSame(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "t.db")
	file := filepath.Join(t.TempDir(), "totals.csv")
	require.NoError(t, os.WriteFile(file, []byte("period,channel,kits,source\n2025-03,pharmacy,1200,Example bulletin\n2025-06,police,4,Example bulletin\n"), 0o600))
	must(t, database, "import", file, "--as", "totals", "--country", "KE")
	closed := must(t, database, "release", "close", "--country", "KE", "--from", "2025-01-01", "--to", "2026-01-01", "--alone")
	require.Contains(t, closed, "Release 1, public")
	for _, format := range []string{"csv", "json", "xlsx", "package", "pdf", "svg", "png", "card", "bibtex", "csl"} {
		var first []byte
		for range 2 {
			path := filepath.Join(t.TempDir(), "summary."+format)
			must(t, database, "export", "summary", "--country", "KE", "--release", "1", "--format", format, "--lang", "fr", "--out", path)
			body, err := os.ReadFile(path)
			require.NoError(t, err)
			if first != nil {
				require.Equal(t, first, body, format)
			}
			first = body
		}
		if format == "csv" || format == "json" {
			require.Contains(t, string(first), "1204")
		}
	}
	require.Contains(t, must(t, database, "release", "publish", "1", "--country", "KE"), "published")
	require.Contains(t, must(t, database, "release", "check", "1", "--country", "KE"), "same")
	require.Contains(t, must(t, database, "release", "list", "--country", "KE", "--json"), `"state": "published"`)
	require.Contains(t, must(t, database, "report", "commitments", "--country", "KE", "--from", "2025-01-01", "--to", "2026-01-01", "--format", "csv"), "C13")
	require.Contains(t, must(t, database, "report", "baseline", "--country", "KE", "--from", "2025-01-01", "--to", "2026-01-01"), "34")
	require.Contains(t, must(t, database, "version"), "thn")
	require.Contains(t, must(t, database, "migrate"), "up to date")
}
