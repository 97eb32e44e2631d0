package sheet

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"thntracker/internal/fault"
)

// line is a row as tests compare it.
type line struct {
	Number int
	Cells  []string
}

func read(t *testing.T, content string, o Options) ([]line, *Book, error) {
	t.Helper()
	b, err := Open("given.csv", strings.NewReader(content), o)
	if err != nil {
		return nil, b, err
	}
	lines, err := collect(b)
	return lines, b, err
}

func collect(b *Book) ([]line, error) {
	var lines []line
	for row, err := range b.Rows() {
		if err != nil {
			return lines, err
		}
		l := line{Number: row.Number}
		for _, c := range row.Cells {
			l.Cells = append(l.Cells, c.Text)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// refused checks a refusal by its sentence and place.
func refused(t *testing.T, err error, key string, args map[string]any) {
	t.Helper()
	got, have := fault.Sentence(err)
	require.Equal(t, "import.error."+key, got, "%v", err)
	for name, want := range args {
		require.Equal(t, want, have[name], name)
	}
}

func TestOpen_readsTextAsWritten(t *testing.T) {
	t.Parallel()
	plain := []line{{1, []string{"town", "kits"}}, {2, []string{"Añasco", "5"}}, {3, []string{"Cranston", "144"}}}
	cases := map[string]struct {
		content string
		options Options
		want    []line
	}{
		"plain":              {content: "town,kits\nAñasco,5\nCranston,144\n", want: plain},
		"mark":               {content: "\ufefftown,kits\nAñasco,5\nCranston,144\n", want: plain},
		"crlf":               {content: "town,kits\r\nAñasco,5\r\nCranston,144\r\n", want: plain},
		"old macintosh":      {content: "town,kits\rAñasco,5\rCranston,144", want: plain},
		"no final line end":  {content: "town,kits\nAñasco,5\nCranston,144", want: plain},
		"semicolons":         {content: "town;kits\nAñasco;5\nCranston;144\n", want: plain},
		"tabs":               {content: "town\tkits\nAñasco\t5\nCranston\t144\n", want: plain},
		"bars":               {content: "town|kits\nAñasco|5\nCranston|144\n", want: plain},
		"utf-16 little":      {content: utf16Text("town,kits\nAñasco,5\nCranston,144\n", true), want: plain},
		"utf-16 chosen":      {content: utf16Text("town,kits\nAñasco,5\nCranston,144\n", false), options: Options{Encoding: "UTF-16"}, want: plain},
		"windows-1252":       {content: "town,kits\nA\xf1asco,5\nCranston,144\n", options: Options{Encoding: "windows-1252"}, want: plain},
		"mark beats choice":  {content: "\ufefftown,kits\nAñasco,5\nCranston,144\n", options: Options{Encoding: "windows-1252"}, want: plain},
		"decimal commas":     {content: "place;kits;share\nx;1,5;2,5\ny;2,5;3,5\n", want: []line{{1, []string{"place", "kits", "share"}}, {2, []string{"x", "1,5", "2,5"}}, {3, []string{"y", "2,5", "3,5"}}}},
		"excel's own mark":   {content: "sep=|\na|b,c\n1|2,3\n", want: []line{{2, []string{"a", "b,c"}}, {3, []string{"1", "2,3"}}}},
		"one column":         {content: "kits\n5\n", want: []line{{1, []string{"kits"}}, {2, []string{"5"}}}},
		"break in a cell":    {content: "a,b\n\"x\ny\",2\nz,3\n", want: []line{{1, []string{"a", "b"}}, {2, []string{"x\ny", "2"}}, {4, []string{"z", "3"}}}},
		"blank lines":        {content: "a,b\n\n,\n  , \n1,2\n", want: []line{{1, []string{"a", "b"}}, {5, []string{"1", "2"}}}},
		"short row":          {content: "a,b,c\n1\n", want: []line{{1, []string{"a", "b", "c"}}, {2, []string{"1"}}}},
		"cyrillic":           {content: "\xe3\xee\xf0\xee\xe4,kits\n", options: Options{Encoding: "windows-1251"}, want: []line{{1, []string{"город", "kits"}}}},
		"delimiter told":     {content: "a;b,c\n", options: Options{Delimiter: ';'}, want: []line{{1, []string{"a", "b,c"}}}},
		"title over a table": {content: "Kits, by town\n\ntown;kits;year\nx;5;2019\ny;6;2019\n", want: []line{{1, []string{"Kits, by town"}}, {3, []string{"town", "kits", "year"}}, {4, []string{"x", "5", "2019"}}, {5, []string{"y", "6", "2019"}}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _, err := read(t, c.content, c.options)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(c.want, got))
		})
	}
}

func utf16Text(s string, mark bool) string {
	var b strings.Builder
	if mark {
		b.WriteString("\xff\xfe")
	}
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestOpen_refusesWithThePlace(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	cases := map[string]struct {
		content string
		options Options
		key     string
		args    map[string]any
	}{
		"nothing":            {key: "file.empty"},
		"only blanks":        {content: " \n\n\t\n", key: "file.empty"},
		"only a mark":        {content: "\ufeff", key: "file.empty"},
		"too large":          {content: long, options: Options{MaxBytes: 39}, key: "file.large"},
		"latin bytes":        {content: "a,b\nA\xf1asco,1\n", key: "row.text_encoding", args: map[string]any{"Row": 2, "File": "given.csv"}},
		"latin bytes, late":  {content: "a,b\n" + strings.Repeat("x,1\n", 40_000) + "\xf1,1\n", key: "row.text_encoding", args: map[string]any{"Row": 40_002}},
		"cut letter":         {content: "a,b\nx,\xc3", key: "row.text_encoding", args: map[string]any{"Row": 2}},
		"zero bytes":         {content: "a,b\n1,2\n\x00,3\n", key: "row.text_zero", args: map[string]any{"Row": 3}},
		"utf-16, no mark":    {content: utf16Text("a,b\n", false), key: "row.text_zero", args: map[string]any{"Row": 1}},
		"wrong choice":       {content: "a,b\n\x81,1\n", options: Options{Encoding: "windows-1252"}, key: "row.text_chosen", args: map[string]any{"Row": 2}},
		"unknown encoding":   {content: "a", options: Options{Encoding: "klingon"}, key: "file.encoding_unknown"},
		"stray quote":        {content: "a,b\n1,2\nx\"y,2\n3,4\n", key: "row.quote", args: map[string]any{"Row": 3}},
		"text after a quote": {content: "a,b\n\"x\"y,2\n3,4\n", key: "row.quote", args: map[string]any{"Row": 2}},
		"open quote":         {content: "a,b\n1,2\n\"x,3\n4,5\n", key: "row.quote_open", args: map[string]any{"Row": 3}},
		"too many rows":      {content: "a\n1\n2\n3\n", options: Options{MaxRows: 3}, key: "row.count", args: map[string]any{"Row": 4, "Limit": 3}},
		"too many columns":   {content: "a,b\n1,2,3\n", options: Options{MaxColumns: 2}, key: "row.wide", args: map[string]any{"Row": 2}},
		"too long a cell":    {content: "a,b\n1," + long + "\n", options: Options{MaxCell: 39}, key: "cell.long", args: map[string]any{"Row": 2, "Column": "B"}},
		"web page":           {content: "\ufeff <!DOCTYPE html><table>", key: "file.markup"},
		"document":           {content: "%PDF-1.7 …", key: "file.pdf"},
		"old workbook":       {content: string(oleMark) + strings.Repeat("\x00", 600), key: "file.xls"},
		"locked workbook":    {content: string(oleMark) + strings.Repeat("\x00", 70_000) + utf16Text("EncryptedPackage", false), key: "file.locked"},
		"cut workbook":       {content: "PK\x03\x04 and no more", key: "file.damaged"},
		"empty archive":      {content: "PK\x05\x06" + strings.Repeat("\x00", 18), key: "file.zip"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := read(t, c.content, c.options)
			refused(t, err, c.key, c.args)
		})
	}
}

func TestOpen_saysTooLargeApart(t *testing.T) {
	t.Parallel()
	_, _, err := read(t, "a\n1\n2\n", Options{MaxRows: 2})
	require.True(t, fault.Is(err, fault.TooLarge))
	_, _, err = read(t, "a\n\"1\n2\n", Options{})
	require.True(t, fault.Is(err, fault.Invalid))
}

func TestRows_startAgainEachTime(t *testing.T) {
	t.Parallel()
	_, b, err := read(t, "a,b\n1,2\n", Options{})
	require.NoError(t, err)
	first, err := collect(b)
	require.NoError(t, err)
	for row, err := range b.Rows() {
		require.NoError(t, err)
		require.Equal(t, 1, row.Number)
		break // leaving early is no harm
	}
	again, err := collect(b)
	require.NoError(t, err)
	require.Equal(t, first, again)
}

// A long table must not be held in memory, whatever its length: not parallel,
// as it counts what is held.
func TestRows_keepMemoryFlat(t *testing.T) {
	src := bytes.NewReader([]byte("place,kits\n" + strings.Repeat("Añasco,12\n", 300_000)))
	b, err := Open("long.csv", src, Options{})
	require.NoError(t, err)
	before, rows, most := heldBytes(), 0, uint64(0)
	for _, err := range b.Rows() {
		require.NoError(t, err)
		if rows++; rows%100_000 == 0 {
			most = max(most, heldBytes())
		}
	}
	require.Equal(t, 300_001, rows)
	require.Less(t, int64(most)-int64(before), int64(1<<20))
}

func TestBook_tellsItsShare(t *testing.T) {
	t.Parallel()
	workbook := workbookOf(t, func(f *excelize.File) {
		for i := 1; i < 5000; i++ {
			set(t, f, fmt.Sprintf("A%d", i), i, "")
		}
	})
	for name, src := range map[string]Source{"t.csv": strings.NewReader(strings.Repeat("12,3\n", 5000)), "t.xlsx": workbook} {
		b, err := Open(name, src, Options{})
		require.NoError(t, err)
		require.Zero(t, b.Share())
		rows, half := 0, 0.0
		for _, err := range b.Rows() {
			require.NoError(t, err)
			if rows++; rows == 2500 {
				half = b.Share()
			}
		}
		require.Greater(t, half, 0.3, name)
		require.Less(t, half, 0.9, name)
		require.Greater(t, b.Share(), 0.9, name)
	}
}

func heldBytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestRow_helpers(t *testing.T) {
	t.Parallel()
	r := Row{Number: 3, Cells: []Cell{{Text: "a"}, {Text: " "}, {}, {Text: "x"}}}
	require.Equal(t, "", r.Cell(99).Text)
	require.Equal(t, "", r.Cell(-1).Text)
	column, ok := r.Beyond(2)
	require.True(t, ok)
	require.Equal(t, "D", ColumnName(column))
	_, ok = r.Beyond(4)
	require.False(t, ok)
	require.Equal(t, "AMJ", ColumnName(1023))
	require.Equal(t, "West Warwick", Clean("\u200b West\u00a0 Warwick\u00a0 "))
	require.Equal(t, "a b", Clean("a  b"))
}

func FuzzOpen_text(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"), ",")
	f.Add([]byte("\ufeffa;b\r\n\"x\ny\";2"), "")
	f.Add([]byte("sep=;\na;b"), "")
	f.Add([]byte("\xff\xfea\x00,\x00"), "")
	f.Add([]byte("a\rb\xc3"), ";")
	f.Fuzz(func(t *testing.T, content []byte, delimiter string) {
		o := Options{MaxRows: 1000}
		if delimiter == ";" {
			o.Delimiter = ';'
		}
		b, err := Open("f.csv", bytes.NewReader(content), o)
		if err != nil {
			requireSaid(t, err)
			return
		}
		last := 0
		for row, err := range b.Rows() {
			if err != nil {
				requireSaid(t, err)
				return
			}
			if row.Number <= last || row.Blank() {
				t.Fatalf("row %d after %d", row.Number, last)
			}
			last = row.Number
		}
	})
}

// requireSaid insists that whatever stops a file has a sentence for a person.
func requireSaid(t *testing.T, err error) {
	t.Helper()
	if key, args := fault.Sentence(err); key == "" || args["File"] == nil {
		t.Fatalf("no sentence: %v", err)
	}
}

// realFolder finds files that nobody here wrote, when they are at hand.
func realFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", "real")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("SKIPPED: the folder of real files is not on this machine: " + dir)
	}
	return dir
}

func TestOpen_realTables(t *testing.T) {
	t.Parallel()
	dir := realFolder(t)
	for name, rows := range map[string]int{
		"winnipeg_naloxone_2023-12-01.csv":            19_906,
		"pa_odin_2019-08.csv":                         11_674,
		"uk_thn_published_figures.csv":                30,
		"cdc_wonder_ca_county_overdose_2018-2024.csv": 1 + 320 + 62,
		"cdc_state_naloxone_dispensing_2019-2023.csv": 1 + 5*51,
		"samhsa_oud_state_2022-23.csv":                52,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := os.Open(filepath.Join(dir, name))
			require.NoError(t, err)
			defer func() { _ = f.Close() }()
			b, err := Open(name, f, Options{})
			require.NoError(t, err)
			require.Equal(t, ',', b.Delimiter)
			lines, err := collect(b)
			require.NoError(t, err)
			t.Logf("%d rows; first %q", len(lines), lines[0].Cells)
			require.Equal(t, rows, len(lines))
			require.False(t, strings.HasPrefix(lines[0].Cells[0], "\ufeff"))
		})
	}
}

var _ Source = io.NewSectionReader(nil, 0, 0)
