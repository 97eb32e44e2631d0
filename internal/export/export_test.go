package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

func one() export.Document { return export.Document{Name: "kits", Tables: []report.Table{sample()}} }
func two() export.Document {
	return export.Document{Name: "summary", Tables: []report.Table{sample(), second()}}
}

func TestFormats_goldensInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, f := range export.Formats {
		for _, code := range append([]string{lang.Mirrored().Code}, lang.Codes...) {
			t.Run(f.Key+" "+code, func(t *testing.T) {
				t.Parallel()
				golden(t, "one."+code+"."+f.Key, write(t, f.Key, code, one()))
				golden(t, "two."+code+"."+f.Key, write(t, f.Key, code, two()))
			})
		}
	}
}

// A file is read by a program: but for labels and notes it is the same in every
// language, with a decimal point and codes for what is no number.
func TestCSV_knowsNoLanguage(t *testing.T) {
	t.Parallel()
	plain := func(code string) (rows [][]string) {
		all, err := csv.NewReader(bytes.NewReader(write(t, "csv", code, one()))).ReadAll()
		require.NoError(t, err)
		for _, row := range all {
			if row[0] != "note" && row[0] != "missing" {
				rows = append(rows, append(row[:1:1], row[2:]...)) // without the label
			}
		}
		return rows
	}
	want := plain("en")
	require.Contains(t, want[1], "25.5")
	for _, code := range []string{"fr", "es", lang.Mirrored().Code} {
		require.Equal(t, want, plain(code), code)
	}
}

func TestFormats_sameTableSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range export.Formats {
		first := write(t, f.Key, "en", two())
		for range 20 {
			require.Equal(t, first, write(t, f.Key, "en", two()), f.Key)
		}
	}
}

func TestCSV_readsBackAsTheSameTable(t *testing.T) {
	t.Parallel()
	raw := write(t, "csv", "en", one())
	require.True(t, utf8.Valid(raw))
	require.True(t, bytes.HasSuffix(raw, []byte("\r\n")))
	require.False(t, bytes.HasPrefix(raw, []byte("\ufeff")), "no byte order mark")
	read := csv.NewReader(bytes.NewReader(raw))
	lines, err := read.ReadAll()
	require.NoError(t, err)
	head := lines[0]
	require.Equal(t, []string{"area", "area_label", "kits", "kits_low", "kits_high", "kits_status", "share", "share_low", "share_high",
		"share_numerator", "share_denominator", "share_status", "remark", "remark_status", "notes"}, head)
	byCode := map[string]map[string]string{}
	for _, l := range lines[1:] {
		byCode[l[0]] = map[string]string{}
		for i, name := range head {
			byCode[l[0]][name] = l[i]
		}
	}
	require.Equal(t, "12345", byCode["N"]["kits"])
	require.Equal(t, "25.5", byCode["N"]["share"])
	require.Equal(t, "1017", byCode["N"]["share_numerator"])
	require.Equal(t, "236.5", byCode["E"]["kits"])
	require.Equal(t, []string{"", "1", "4", "range"}, []string{byCode["S"]["kits"], byCode["S"]["kits_low"], byCode["S"]["kits_high"], byCode["S"]["kits_status"]})
	require.Equal(t, "said \"yes\",\nthen no", byCode["S"]["remark"], "Go's reader gives line ends inside quotes as one character")
	require.Equal(t, "-25", byCode["not_divided"]["kits"], "a negative number stays a number")
	require.Equal(t, "'-W", lines[3][0], "a code is words, whatever it begins with")
	require.Equal(t, "negative provisional", byCode["not_divided"]["notes"])
}

func TestCSV_wordsCannotBeFormulas(t *testing.T) {
	t.Parallel()
	for _, start := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠"} {
		table := sample()
		table.Rows[0].Label = report.Label{Code: start + "1", Text: start + "cmd"}
		table.Columns[2].Label.Code = start + "c"
		table.Rows[0].Cells[2] = report.Worded(report.Label{Text: start + "HYPERLINK(1)"})
		table.Title = start + "title"
		for _, d := range []export.Document{{Tables: []report.Table{table}}, {Tables: []report.Table{table, table}}} {
			lines, err := csv.NewReader(bytes.NewReader(write(t, "csv", "en", d))).ReadAll()
			require.NoError(t, err)
			for _, line := range lines {
				for _, cell := range line {
					require.False(t, strings.HasPrefix(cell, start) && cell != "-25", "%q begins like a formula", cell)
				}
			}
		}
	}
}

func TestMaskedCells_leaveNoNumber(t *testing.T) {
	t.Parallel()
	table := sample()
	for i := range table.Columns { // no digits but those of figures
		table.Columns[i].Label, table.Columns[i].Unit = report.Label{Code: "column", Text: "Column"}, ""
	}
	for i := range table.Rows {
		for j := range table.Rows[i].Cells {
			table.Rows[i].Cells[j] = report.Masked()
		}
		table.Rows[i].Label, table.Rows[i].Marks = report.Label{Code: "row", Text: "Row"}, nil
	}
	for _, d := range []export.Document{{Tables: []report.Table{table}}, {Tables: []report.Table{table, table}}} {
		for _, f := range export.Formats {
			for _, line := range strings.Split(string(write(t, f.Key, "en", d)), "\n") {
				if strings.Contains(line, "masked") || strings.Contains(line, "too few") {
					require.NotRegexp(t, `[0-9]`, strings.NewReplacer("2025-05-01", "", "2024-04-01", "", "2025-04-01", "", "2nd", "", "XD-1", "",
						"April 2024 to March 2025", "").Replace(line), f.Key)
				}
			}
		}
	}
}

func TestJSON_typedCellsAndSources(t *testing.T) {
	t.Parallel()
	var doc struct {
		Name   string
		Tables []struct {
			AsAt         string `json:"as_at"`
			Period       struct{ From, To string }
			Rows         []struct{ Cells []map[string]any }
			Definitions  []struct{ Definition, Key string }
			Denominators []map[string]any
		}
	}
	raw := write(t, "json", "en", one())
	require.NoError(t, json.Unmarshal(raw, &doc))
	require.True(t, bytes.HasSuffix(raw, []byte("\n")))
	table := doc.Tables[0]
	require.Equal(t, "2026-03-01T12:00:00Z", table.AsAt)
	require.Equal(t, "2025-04-01", table.Period.To, "half-open")
	require.Equal(t, map[string]any{"kind": "count", "value": 12345.0}, table.Rows[0].Cells[0])
	require.Equal(t, map[string]any{"kind": "range", "low": 1.0, "high": 4.0}, table.Rows[1].Cells[0])
	require.Equal(t, map[string]any{"kind": "masked"}, table.Rows[2].Cells[0])
	require.Equal(t, "kits", table.Definitions[0].Key)
	require.NotContains(t, table.Denominators[1], "low", "a masked denominator has no bounds")
	require.Contains(t, table.Denominators[0]["source"], "url")
}

func TestFileName_isSafe(t *testing.T) {
	t.Parallel()
	f, err := export.Find("csv")
	require.NoError(t, err)
	require.Equal(t, "thn-XD-kits-2024-04-01-2025-04-01.csv", f.FileName(one()))
	nasty := one()
	nasty.Name = "a\"b\r\nSet-Cookie: x/../\u202egpj"
	nasty.Tables[0].Head.Country = "../"
	require.Regexp(t, `^thn-[A-Za-z0-9-]+\.csv$`, f.FileName(nasty))
	require.Regexp(t, `^thn-[A-Za-z0-9-]+\.csv$`, f.FileName(export.Document{Name: nasty.Name}))
}

func TestFind_namesTheFormats(t *testing.T) {
	t.Parallel()
	_, err := export.Find("doc")
	require.True(t, fault.Is(err, fault.NotFound))
	key, args := fault.Sentence(err)
	require.Equal(t, "There is no format “doc”. Choose one of: csv, json, table, xlsx, package, pdf, bibtex, csl, svg, png, card.", words(t, "en").Args(key, args))
	require.Len(t, export.Files(), 3)
}

func TestText_namesCannotSteerTheTerminal(t *testing.T) {
	t.Parallel()
	table := sample()
	for _, evil := range []string{"\x1b[2J", "\r", "\u202e", "\u009b31m", "a\nb"} {
		table.Rows[0].Label.Text, table.Head.Programme, table.Denominators[0].Definition = evil, evil, evil
		table.Rows[0].Cells[2] = report.Worded(report.Label{Text: evil})
		require.NotContains(t, string(write(t, "table", "en", export.Document{Tables: []report.Table{table}})), evil)
	}
}

func TestTable_emptyDocument(t *testing.T) {
	t.Parallel()
	empty := export.Document{Name: "kits", Tables: []report.Table{{Name: "kits", Title: "indicator.kits.name",
		Head: report.Head{Period: thn.YearFrom(2024, 1)}, RowHead: report.Label{Code: "area", Text: "Area"}}}}
	for _, f := range export.Formats {
		require.NotEmpty(t, write(t, f.Key, "en", empty))
		require.NotPanics(t, func() { write(t, f.Key, "en", export.Document{Name: "none"}) })
	}
}
