package main

import (
	"archive/zip"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// foundCountry sets up programmes of one country, each with kits in two channels
// and every quarter of 2025, and gives the kits of all.
func foundCountry(t *testing.T, database string, programmes int) (ids []thn.ID, kits int64) {
	t.Helper()
	ctx := context.Background()
	s, err := openStore(&env{ctx: ctx, database: database, auditKey: os.Getenv("THN_AUDIT_KEY")})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	for i := range programmes {
		p, root := thn.Programme{ID: thn.NewID(), Name: fmt.Sprintf("Outreach %d", i+1), Country: "XO", Zone: "UTC", Fiscal: 1}, thn.NewID()
		require.NoError(t, s.Found(ctx, thn.Founding{Programme: p, Country: thn.Area{ID: root, Kind: thn.AreaCountry, Code: "XO", Name: "Country"},
			Products: []thn.Product{{ID: thn.NewID(), Code: "nasal", Name: "Nasal", Route: "nasal"}}}))
		for q := 1; q <= 4; q++ {
			for c, channel := range []thn.Channel{thn.ChannelCommunity, thn.ChannelPharmacy} {
				n := int64(40 + 9*i + 3*q + 20*c)
				require.NoError(t, s.AddTotals(ctx, p.ID, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: root, Period: thn.Quarter(2025, q),
					Channels: []thn.Channel{channel}, Count: thn.ExactKits(n), Source: "Return of programme " + p.Name}))
				kits += n
			}
		}
		ids = append(ids, p.ID)
	}
	return ids, kits
}

// TestRelease_ofSeveralProgrammes: whose word is given is added up, two are too few,
// and no file tells who they are.
func TestRelease_ofSeveralProgrammes(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		must(t, database, "migrate")
		ids, kits := foundCountry(t, database, 4)
		publisher := string(ids[0])
		closing := []string{"release", "close", "--country", "XO", "--programme", publisher, "--from", "2025-01-01", "--to", "2026-01-01"}
		code, _, errOut := command(t, database, closing...)
		require.Equal(t, 1, code)
		require.Contains(t, errOut, "at least 3 programmes")
		for _, id := range ids[1:] {
			require.Contains(t, must(t, database, "release", "contribute", "--country", "XO", "--programme", string(id), "--to", publisher), "Outreach 1 may add the figures of Outreach ")
		}
		must(t, database, closing...)
		must(t, database, "release", "publish", "1", "--country", "XO", "--programme", publisher)
		must(t, database, "release", "check", "1", "--country", "XO", "--programme", publisher)
		path := filepath.Join(t.TempDir(), "summary.json")
		must(t, database, "export", "summary", "--country", "XO", "--programme", publisher, "--release", "1", "--format", "json", "--out", path)
		file, err := os.ReadFile(path)
		require.NoError(t, err)
		text := string(file)
		require.Contains(t, text, strconv.FormatInt(kits, 10))
		for _, other := range []string{"Outreach 2", "Outreach 3", "Outreach 4", string(ids[1])} {
			require.NotContains(t, text, other)
		}
		packed := filepath.Join(t.TempDir(), "summary.zip")
		must(t, database, "export", "summary", "--country", "XO", "--programme", publisher, "--release", "1", "--format", "package", "--out", packed)
		archive, err := zip.OpenReader(packed)
		require.NoError(t, err)
		defer archive.Close()
		about, err := fs.ReadFile(archive, "README.txt")
		require.NoError(t, err)
		require.Contains(t, string(about), "thn release check 1 --country XO --programme "+publisher, "a country of several programmes")
		must(t, database, "release", "contribute", "--country", "XO", "--programme", string(ids[1]), "--withdraw")
		code, _, errOut = command(t, database, "release", "close", "--country", "XO", "--programme", string(ids[1]), "--from", "2025-01-01", "--to", "2026-01-01", "--alone")
		require.Equal(t, 1, code)
		require.Contains(t, errOut, "release 1 of another one", "what was told in the sum is not told apart")
	})
}
