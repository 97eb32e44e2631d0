package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"thntracker/internal/fault"
)

// workbookOf writes a workbook with the library and gives its bytes.
func workbookOf(t *testing.T, fill func(f *excelize.File)) *bytes.Reader {
	t.Helper()
	f := excelize.NewFile()
	defer func() { require.NoError(t, f.Close()) }()
	fill(f)
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return bytes.NewReader(out.Bytes())
}

func set(t *testing.T, f *excelize.File, cell string, value any, format string) {
	t.Helper()
	require.NoError(t, f.SetCellValue("Sheet1", cell, value))
	if format == "" {
		return
	}
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	require.NoError(t, err)
	require.NoError(t, f.SetCellStyle("Sheet1", cell, cell, style))
}

func TestOpen_readsCellsAsTheirAuthorSeesThem(t *testing.T) {
	t.Parallel()
	day := time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC)
	cases := map[string]struct {
		value  any
		format string
		want   Cell
	}{
		"text":                {"West\u00a0Warwick ", "", Cell{"West\u00a0Warwick ", Text}},
		"escaped break":       {"a_x000D_\nb", "", Cell{"a\nb", Text}},
		"whole":               {23851, "", Cell{"23851", Numeric}},
		"half":                {236.5, "0.0", Cell{"236.5", Numeric}},
		"binary noise":        {0.1 + 0.2, "", Cell{"0.3", Numeric}},
		"small":               {5.1999999999999998e-2, "", Cell{"0.052", Numeric}},
		"thousands":           {23851.2, "#,##0.00", Cell{"23851.2", Numeric}},
		"share":               {0.5917, "0.00%", Cell{"59.17%", Numeric}},
		"code with zeros":     {45, "000", Cell{"045", Numeric}},
		"long code":           {6001, "00000", Cell{"06001", Numeric}},
		"date":                {day, "dd/mm/yyyy", Cell{"2019-12-31", Date}},
		"date, american":      {day, "m/d/yy", Cell{"2019-12-31", Date}},
		"date, worded":        {day, `[$-40C]d mmmm yyyy;@`, Cell{"2019-12-31", Date}},
		"month only":          {day, "mmm", Cell{"2019-12-31", Date}},
		"date and time":       {day.Add(21*time.Hour + 20*time.Minute), "dd/mm/yyyy hh:mm", Cell{"2019-12-31T21:20:00", Date}},
		"time":                {0.75, "hh:mm", Cell{"18:00:00", Date}},
		"words with d and y":  {5, `0" days"`, Cell{"5", Numeric}},
		"red if negative":     {5, `0;[Red]-0`, Cell{"5", Numeric}},
		"general":             {5, "General", Cell{"5", Numeric}},
		"true":                {true, "", Cell{"TRUE", Bool}},
		"beyond any calendar": {99999999.0, "yyyy", Cell{"99999999", Numeric}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := workbookOf(t, func(f *excelize.File) { set(t, f, "B2", c.value, c.format) })
			b, err := Open("given.xlsx", src, Options{})
			require.NoError(t, err)
			for row, err := range b.Rows() {
				require.NoError(t, err)
				require.Equal(t, 2, row.Number)
				require.Empty(t, cmp.Diff([]Cell{{}, c.want}, row.Cells))
			}
		})
	}
}

func TestOpen_reads1904Dates(t *testing.T) {
	t.Parallel()
	src := workbookOf(t, func(f *excelize.File) {
		yes := true
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		set(t, f, "A1", 41639, "yyyy-mm-dd")
	})
	b, err := Open("mac.xlsx", src, Options{})
	require.NoError(t, err)
	lines, err := collect(b)
	require.NoError(t, err)
	require.Equal(t, []line{{1, []string{"2018-01-01"}}}, lines)
}

func TestRows_formulasNeedAResult(t *testing.T) {
	t.Parallel()
	src := workbookOf(t, func(f *excelize.File) {
		set(t, f, "A1", 2, "")
		require.NoError(t, f.SetCellFormula("Sheet1", "B1", "A1*2"))
	})
	b, err := Open("given.xlsx", src, Options{})
	require.NoError(t, err)
	for row, err := range b.Rows() {
		require.NoError(t, err)
		require.NoError(t, row.Cell(0).Check())
		require.Equal(t, Uncalculated, row.Cell(1).Kind)
		err = b.Where(row.Number, 1, "kits").Blame(row.Cell(1).Check())
		refused(t, err, "cell.formula_empty", map[string]any{"Row": 1, "Column": "B (kits)", "Sheet": "Sheet1", "File": "given.xlsx"})
	}
}

func TestRows_mergedTitleSurvivesMergedDataIsNamed(t *testing.T) {
	t.Parallel()
	src := workbookOf(t, func(f *excelize.File) {
		set(t, f, "A1", "Kits given out", "")
		require.NoError(t, f.MergeCell("Sheet1", "A1", "C1"))
		set(t, f, "A3", "town", "")
		set(t, f, "B3", "kits", "")
		set(t, f, "A4", "Warwick", "")
		set(t, f, "B4", 53, "")
		require.NoError(t, f.MergeCell("Sheet1", "B4", "B5"))
		set(t, f, "A5", "Westerly", "")
		set(t, f, "A6", "Exeter", "")
	})
	b, err := Open("given.xlsx", src, Options{})
	require.NoError(t, err)
	merged := map[int]string{}
	for row, err := range b.Rows() {
		require.NoError(t, err)
		if m, ok := row.Merged(1); ok {
			merged[row.Number] = m.Ref
		}
	}
	require.Equal(t, map[int]string{1: "A1:C1", 4: "B4:B5", 5: "B4:B5"}, merged)
	refused(t, b.Where(5, 1, "").Blame(MergedError(Merge{Ref: "B4:B5"})), "cell.merged", map[string]any{"Row": 5, "Column": "B", "Value": "B4:B5"})
}

func TestOpen_choosesASheet(t *testing.T) {
	t.Parallel()
	src := workbookOf(t, func(f *excelize.File) {
		for _, name := range []string{"Kits 2019", "Old", "Notes"} {
			_, err := f.NewSheet(name)
			require.NoError(t, err)
		}
		require.NoError(t, f.SetCellValue("Kits 2019", "A1", "x"))
		require.NoError(t, f.SetSheetVisible("Old", false))
	})
	_, err := Open("given.xlsx", src, Options{})
	refused(t, err, "file.sheet_choose", map[string]any{"Sheets": "Sheet1, Kits 2019, Notes"})
	_, err = Open("given.xlsx", src, Options{Sheet: "Kits 2020"})
	refused(t, err, "file.sheet_unknown", map[string]any{"Value": "Kits 2020", "Sheets": "Sheet1, Kits 2019, Notes"})
	b, err := Open("given.xlsx", src, Options{Sheet: "kits 2019 "})
	require.NoError(t, err)
	lines, err := collect(b)
	require.NoError(t, err)
	require.Equal(t, []line{{1, []string{"x"}}}, lines)
	tabs, err := Tabs("given.xlsx", src, Options{})
	require.NoError(t, err)
	require.Equal(t, []Tab{{"Sheet1", false}, {"Kits 2019", false}, {"Old", true}, {"Notes", false}}, tabs)
}

func TestOpen_oneVisibleSheetNeedsNoChoice(t *testing.T) {
	t.Parallel()
	src := workbookOf(t, func(f *excelize.File) {
		_, err := f.NewSheet("Old")
		require.NoError(t, err)
		require.NoError(t, f.SetSheetVisible("Old", false))
		set(t, f, "A1", "x", "")
	})
	b, err := Open("given.xlsx", src, Options{})
	require.NoError(t, err)
	require.Equal(t, "Sheet1", b.Sheet)
}

// archive builds an archive part by part, to pose as other formats.
func archive(t *testing.T, parts map[string]string) *bytes.Reader {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return bytes.NewReader(out.Bytes())
}

func TestOpen_namesOtherFormats(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		parts map[string]string
		key   string
	}{
		"open document":     {map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}, "file.ods"},
		"binary workbook":   {map[string]string{"xl/workbook.bin": ""}, "file.xlsb"},
		"numbers":           {map[string]string{"Index/Document.iwa": ""}, "file.numbers"},
		"archive":           {map[string]string{"kits.csv": "a,b"}, "file.zip"},
		"hollow workbook":   {map[string]string{"xl/workbook.xml": "<workbook/>"}, "file.damaged"},
		"nonsense workbook": {map[string]string{"xl/workbook.xml": "<<<"}, "file.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Open("given.xlsx", archive(t, c.parts), Options{})
			refused(t, err, c.key, map[string]any{"File": "given.xlsx"})
		})
	}
}

func TestOpen_stopsBombs(t *testing.T) {
	t.Parallel()
	small := Options{MaxUnzipped: 1 << 20}
	sheet := map[string]string{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": strings.Repeat("a", 2<<20)}
	_, err := Open("bomb.xlsx", archive(t, sheet), small)
	refused(t, err, "file.unzips", map[string]any{"Limit": int64(1)})
	require.True(t, fault.Is(err, fault.TooLarge))

	many := map[string]string{"xl/workbook.xml": "<workbook/>"}
	for i := range 12 {
		many[fmt.Sprintf("xl/media/%d.bin", i)] = strings.Repeat("a", 100<<10)
	}
	_, err = Open("bomb.xlsx", archive(t, many), small)
	refused(t, err, "file.unzips", nil)

	_, err = Open("bomb.xlsx", archive(t, map[string]string{"xl/workbook.xml": strings.Repeat("a", maxPart+1)}), Options{})
	refused(t, err, "file.unzips", nil)
}

// A bomb that declares to be small must not be believed.
func TestOpen_stopsLyingBombs(t *testing.T) {
	t.Parallel()
	src := archive(t, map[string]string{"xl/workbook.xml": strings.Repeat("a", 2<<20)})
	raw := make([]byte, src.Len())
	_, err := src.Read(raw)
	require.NoError(t, err)
	honest, small := []byte{0, 0, 0x20, 0}, []byte{9, 0, 0, 0}
	require.True(t, bytes.Contains(raw, honest))
	_, err = Open("bomb.xlsx", bytes.NewReader(bytes.ReplaceAll(raw, honest, small)), Options{MaxUnzipped: 1 << 20})
	require.Error(t, err)
	requireSaid(t, err)
}

func TestOpen_damagedRowsAreSaid(t *testing.T) {
	t.Parallel()
	src := workbookOf(t, func(f *excelize.File) { set(t, f, "A1", "x", "") })
	z, err := zip.NewReader(src, int64(src.Len()))
	require.NoError(t, err)
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		var content bytes.Buffer
		_, err = content.ReadFrom(r)
		require.NoError(t, err)
		parts[f.Name] = content.String()
	}
	parts["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c><c r="A2"/></row></sheetData></worksheet>`
	b, err := Open("given.xlsx", archive(t, parts), Options{})
	require.NoError(t, err)
	lines, err := collect(b)
	require.Equal(t, []line{{1, []string{"1"}}}, lines)
	refused(t, err, "file.damaged", nil)
}

// The totals are those of the catalogue that came with the files.
func TestOpen_realWorkbooks(t *testing.T) {
	t.Parallel()
	dir := realFolder(t)
	f, err := os.Open(filepath.Join(dir, "ri_profound_mastertable.xlsx"))
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	_, err = Open("m.xlsx", f, Options{})
	_, args := fault.Sentence(err)
	require.Contains(t, args["Sheets"], "NxDataOEND")

	b, err := Open("m.xlsx", f, Options{Sheet: "NxDataOEND"})
	require.NoError(t, err)
	sums := map[string]int64{}
	for row, err := range b.Rows() {
		require.NoError(t, err)
		if row.Number == 1 {
			require.Len(t, row.Cells, 40)
			require.Equal(t, "Central Fall", row.Cell(4).Text)
			continue
		}
		for column := 1; column < 40; column++ {
			n, err := NumberStyle{}.Parse(row.Cell(column).Text)
			require.NoError(t, err)
			low, _, err := n.Whole()
			require.NoError(t, err)
			sums[row.Cell(0).Text] += low
		}
	}
	require.Equal(t, map[string]int64{"2015": 932, "2016": 3090, "2017": 4202, "2018": 7950, "2019": 8241}, sums)
}
