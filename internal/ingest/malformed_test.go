package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"thntracker/internal/fault"
	"thntracker/internal/ingest"
	"thntracker/internal/sheet"
	"thntracker/internal/store/storetest"
)

const yearly = `
kind: totals
source: A survey
fields:
  period: {column: year}
  area: {column: area}
  value: {column: kits}
`

const daily = `
kind: totals
source: A survey
fields:
  first_day: {column: first_day}
  last_day: {column: last_day}
  area: {column: area}
  value: {column: kits}
`

// complaint is the one sentence a malformed file gets.
type complaint struct {
	mapping string
	key     string
	row     int
	column  string
}

var malformed = map[string]complaint{
	"wrong-encoding.csv":        {yearly, "row.text_encoding", 3, ""},
	"utf-16-without-mark.csv":   {yearly, "row.text_zero", 1, ""},
	"mark-hides-nothing.csv":    {yearly, "forbidden.birth", 1, "A (Date of birth)"},
	"31-june.csv":               {daily, "cell.date_impossible", 3, "B (last_day)"},
	"negative-kits.csv":         {yearly, "cell.number_negative", 3, "C (kits)"},
	"forbidden-column.csv":      {yearly, "forbidden.initials", 2, "D (Client initials)"},
	"empty.csv":                 {yearly, "file.empty", 0, ""},
	"blank.csv":                 {yearly, "file.empty", 0, ""},
	"header-only-elsewhere.csv": {yearly, "row.header", 1, ""},
	"same-header-twice.csv":     {yearly, "row.column_twice", 1, ""},
	"row-too-long.csv":          {yearly, "cell.beyond", 3, "D"},
	"open-quote.csv":            {yearly, "row.quote_open", 2, ""},
	"stray-quote.csv":           {yearly, "row.quote", 2, ""},
	"quarter-kit.csv":           {yearly, "cell.number_half", 2, "C (kits)"},
	"share.csv":                 {yearly, "cell.number_percent", 2, "C (kits)"},
	"decimal-comma.csv":         {yearly, "cell.number_style", 2, "C (kits)"},
	"dash.csv":                  {yearly, "cell.number_dash", 2, "C (kits)"},
	"about.csv":                 {yearly, "cell.number_approximate", 2, "C (kits)"},
	"open-end.csv":              {yearly, "cell.number_open", 2, "C (kits)"},
	"two-figures.csv":           {yearly, "row.same_scope", 3, ""},
	"unknown-place.csv":         {yearly, "cell.area_unknown", 2, "B (area)"},
	"misspelt-place.csv":        {yearly, "cell.area_offered", 2, "B (area)"},
	"no-place.csv":              {yearly, "cell.needed", 2, "B (area)"},
	"no-period.csv":             {yearly, "row.period", 2, ""},
	"financial-year.csv":        {yearly, "cell.period_fiscal", 2, "A (year)"},
	"two-digit-year.csv":        {daily + "dates: {order: dmy}\n", "cell.date_short_year", 2, "A (first_day)"},
	"untold-order.csv":          {daily, "cell.date_order", 2, "A (first_day)"},
	"backward.csv":              {daily, "cell.period_backward", 2, "B (last_day)"},
	"unknown-channel.csv":       {strings.Replace(yearly, "fields:", "fields:\n  channel: {column: channel}", 1), "cell.code", 2, "D (channel)"},
	"web-page.xls":              {yearly, "file.markup", 0, ""},
}

// Each file in the folder is refused with one sentence that names the place,
// and leaves the programme as it was.
func TestMalformed_filesAreRefusedWithThePlace(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	files, err := filepath.Glob(filepath.Join("testdata", "malformed", "*"))
	require.NoError(t, err)
	require.Len(t, files, len(malformed))
	for _, path := range files {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			c, ok := malformed[name]
			require.True(t, ok, "no expectation for this file")
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			f.requireComplaint(t, name, content, c)
		})
	}
}

// requireComplaint imports a file and expects one sentence, and nothing stored.
func (f fixture) requireComplaint(t *testing.T, name string, content []byte, c complaint) {
	t.Helper()
	key, args := f.complain(t, name, content, mapping(t, c.mapping))
	require.Equal(t, "import.error."+c.key, key)
	require.Equal(t, c.row, args["Row"])
	require.Equal(t, c.column, args["Column"])
	require.Equal(t, name, args["File"])
	require.Empty(t, f.totals(t))
}

// complain gives the first sentence, whether of the file or of a row.
func (f fixture) complain(t *testing.T, name string, content []byte, m ingest.Mapping) (string, map[string]any) {
	t.Helper()
	book, err := sheet.Open(name, bytes.NewReader(content), m.Options())
	if err != nil {
		return fault.Sentence(err)
	}
	p, err := f.Plan(context.Background(), book, m, nil)
	if err != nil {
		return fault.Sentence(err)
	}
	require.False(t, p.Ready())
	err = f.Commit(context.Background(), p, nil)
	refused(t, err, "file.refused", map[string]any{"Count": p.RefusedCount, "File": name})
	return p.Refused[0].Key, p.Refused[0].Args
}

func TestMalformed_builtFiles(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	f.requireComplaint(t, "merged.xlsx", mergedWorkbook(t), complaint{yearly, "cell.merged", 4, "B (area)"})
	f.requireComplaint(t, "formula.xlsx", formulaWorkbook(t), complaint{yearly, "cell.formula_empty", 2, "C (kits)"})
	f.requireComplaint(t, "bomb.xlsx", bomb(t), complaint{yearly, "file.unzips", 0, ""})
	skipped := yearly + "rows:\n  - where: {year: '1*'}\n    skip: before our time\n" // quicker: the rows are only counted
	rows := "year,area,kits\n" + strings.Repeat("1,N,5\n", 2_000_000)
	f.requireComplaint(t, "endless.csv", []byte(rows), complaint{skipped, "row.count", 1_000_001, ""})
	f.requireComplaint(t, "large.csv", []byte(rows+rows), complaint{yearly, "file.large", 0, ""})
}

func mergedWorkbook(t *testing.T) []byte {
	t.Helper()
	return workbook(t, func(f *excelize.File) {
		require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{"Kits given out"}))
		require.NoError(t, f.MergeCell("Sheet1", "A1", "C1"))
		require.NoError(t, f.SetSheetRow("Sheet1", "A3", &[]any{"year", "area", "kits"}))
		require.NoError(t, f.SetSheetRow("Sheet1", "A4", &[]any{2018, "North", 5}))
		require.NoError(t, f.SetSheetRow("Sheet1", "A5", &[]any{2019, nil, 6}))
		require.NoError(t, f.MergeCell("Sheet1", "B4", "B5"))
	})
}

func formulaWorkbook(t *testing.T) []byte {
	t.Helper()
	return workbook(t, func(f *excelize.File) {
		require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{"year", "area", "kits"}))
		require.NoError(t, f.SetSheetRow("Sheet1", "A2", &[]any{2018, "North"}))
		require.NoError(t, f.SetCellFormula("Sheet1", "C2", "2+3"))
	})
}

func workbook(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { require.NoError(t, f.Close()) }()
	if fill != nil {
		fill(f)
	}
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return out.Bytes()
}

// bomb is 300 KB that unpack to 300 MB.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{"xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		require.NoError(t, err)
		if name != "xl/workbook.xml" {
			chunk := bytes.Repeat([]byte("<c/>"), 1<<18)
			for range 300 {
				_, err = w.Write(chunk)
				require.NoError(t, err)
			}
		}
	}
	require.NoError(t, z.Close())
	return out.Bytes()
}
