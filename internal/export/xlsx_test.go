package export_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"thntracker/internal/export"
	"thntracker/internal/report"
)

func workbook(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

// lines are the rows of a sheet as they are stored, from its line of codes on.
func lines(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	for i, r := range rows {
		if len(r) > 2 {
			return rows[i:]
		}
	}
	t.Fatalf("%s has no table", sheet)
	return nil
}

func TestXLSX_isTyped(t *testing.T) {
	t.Parallel()
	f := workbook(t, write(t, "xlsx", "en", published(t, "en")))
	require.Equal(t, []string{"about", "kits", "reach", "commitments", "statements", "definitions", "sources"}, f.GetSheetList())
	got := lines(t, f, "kits")
	require.Equal(t, []string{"area", "area_label", "kits", "kits_low", "kits_high", "kits_status", "share", "share_low", "share_high",
		"share_numerator", "share_denominator", "share_status", "remark", "remark_status", "notes"}, got[0])
	require.Equal(t, []string{"N", "North", "12345", "12345", "12345", "value"}, got[2][:6])
	require.Equal(t, []string{"S", "@SUM(1)", "1–4", "1", "4", "range"}, got[3][:6])
	require.Equal(t, []string{"-W", "West", "c", "", "", "masked"}, got[4][:6])
	require.Equal(t, "236.5", got[5][2])
	require.Equal(t, "nd", got[5][6])
	for cell, want := range map[string]excelize.CellType{"C6": excelize.CellTypeUnset, "D7": excelize.CellTypeUnset, "C8": excelize.CellTypeSharedString, "B7": excelize.CellTypeSharedString} {
		kind, err := f.GetCellType("kits", cell)
		require.NoError(t, err)
		require.Equal(t, want, kind, cell) // Unset is how a number is written
	}
	shown, err := f.GetCellValue("kits", "C6")
	require.NoError(t, err)
	require.Equal(t, "12,345", shown)
}

// What begins like a formula is a string, in every sheet; and a workbook has
// nothing that a reader does not see.
// DX-13.
func TestXLSX_hasNothingHidden(t *testing.T) {
	t.Parallel()
	raw := write(t, "xlsx", "en", published(t, "en"))
	f := workbook(t, raw)
	found := false
	for _, sheet := range f.GetSheetList() {
		visible, err := f.GetSheetVisible(sheet)
		require.NoError(t, err)
		require.True(t, visible, sheet)
		comments, err := f.GetComments(sheet)
		require.NoError(t, err)
		require.Empty(t, comments)
		rows, err := f.GetRows(sheet)
		require.NoError(t, err)
		for r, row := range rows {
			for c, s := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				require.NoError(t, err)
				formula, err := f.GetCellFormula(sheet, at)
				require.NoError(t, err)
				require.Empty(t, formula, at)
				found = found || s == `=HYPERLINK("x")`
			}
		}
	}
	require.True(t, found)
	for name, body := range unzipped(t, raw) {
		require.NotContains(t, body, "<f>", name)
		require.NotContains(t, body, `state="hidden"`, name)
		require.NotRegexp(t, `(comments|externalLink|vba|pivot|calcChain|printerSettings)`, name)
	}
	properties, err := f.GetDocProps()
	require.NoError(t, err)
	require.Equal(t, "2026-03-02T00:00:00Z", properties.Created)
	require.Equal(t, properties.Created, properties.Modified)
	require.Equal(t, "Harbour, north & south", properties.Creator)
}

// A number is the same in the workbook as in the CSV file, in every language.
// PV-24.
func TestXLSX_hasTheNumbersOfCSV(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"en", "fr", "es"} {
		want, err := csv.NewReader(bytes.NewReader(write(t, "csv", code, one()))).ReadAll()
		require.NoError(t, err)
		got := lines(t, workbook(t, write(t, "xlsx", code, one())), "kits")
		require.Equal(t, want[0], got[0])
		for i, row := range one().Tables[0].Rows {
			for j, digits := range want[1+i] {
				if digits != "" && strings.Trim(digits, "-.0123456789") == "" {
					require.Equal(t, digits, got[2+i][j], "%s %s", row.Label.Code, want[0][j])
				}
			}
		}
	}
}

func TestXLSX_survivesNames(t *testing.T) {
	t.Parallel()
	table := sample()
	table.Name = strings.Repeat("a/b:c*", 9)
	table.Head.Programme, table.Rows[0].Label.Text = "\x01\x0b\ufffe_x000D_ bad\x1b", strings.Repeat("long ", 9000)
	d := export.Document{Name: "x", Tables: []report.Table{table, table}}
	f := workbook(t, write(t, "xlsx", "en", d))
	list := f.GetSheetList()
	require.Len(t, list, 5)
	require.NotEqual(t, list[1], list[2])
}

// The marks that keep a name to its own direction stay; those that turn the
// writing around for whoever put them into a name do not.
func TestXLSX_namesKeepTheirDirection(t *testing.T) {
	t.Parallel()
	table := sample()
	table.Rows[0].Label.Text = "\u2068North\u2069 \u202egpj.exe\x07"
	got := lines(t, workbook(t, write(t, "xlsx", "en", export.Document{Name: "x", Tables: []report.Table{table}})), "kits")
	require.Equal(t, "\u2068North\u2069 gpj.exe ", got[2][1])
}

// LibreOffice opens the workbook, and what it makes of it is what was written.
func TestXLSX_opensInLibreOffice(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("NOT TESTED: LibreOffice is not installed (Debian: apt-get install libreoffice-calc-nogui)")
	}
	folder, codes := t.TempDir(), []string{"en", "fr", "es"}
	args := []string{"-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to",
		`csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2`, "--outdir", folder}
	for _, code := range codes {
		args = append(args, filepath.Join(folder, code+".xlsx"))
		require.NoError(t, os.WriteFile(filepath.Join(folder, code+".xlsx"), write(t, "xlsx", code, one()), 0o600))
	}
	run := exec.CommandContext(t.Context(), soffice, args...)
	run.WaitDelay = 2 * time.Second
	out, err := run.CombinedOutput()
	require.NoError(t, err, string(out))
	for _, code := range codes {
		raw, err := os.ReadFile(filepath.Join(folder, code+"-kits.csv"))
		require.NoError(t, err, string(out))
		sameRows(t, lines(t, workbook(t, write(t, "xlsx", code, one())), "kits"), raw)
	}
}

// sameRows holds rows of a workbook against the CSV that LibreOffice made of it.
func sameRows(t *testing.T, want [][]string, raw []byte) {
	t.Helper()
	read := csv.NewReader(bytes.NewReader(raw))
	read.FieldsPerRecord = -1
	all, err := read.ReadAll()
	require.NoError(t, err)
	at := slices.IndexFunc(all, func(row []string) bool { return row[0] == "area" })
	require.GreaterOrEqual(t, at, 0)
	for i, row := range want {
		for j, cell := range row {
			got := all[at+i][j]
			if n, err := strconv.ParseFloat(cell, 64); err == nil {
				m, err := strconv.ParseFloat(got, 64) // LibreOffice writes 25.0 as 25
				require.NoError(t, err)
				require.Equal(t, n, m, "row %d, column %d", i, j)
				continue
			}
			require.Equal(t, cell, got, "row %d, column %d", i, j)
		}
	}
}
