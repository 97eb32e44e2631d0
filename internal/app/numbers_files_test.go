package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"thntracker/internal/report"
)

// typed are the formats that hold every cell with its type.
var typed = map[string]func(*testing.T, frozen) map[spot]told{"json": readJSON, "csv": readCSV, "xlsx": readXLSX, "package": readPackage}

// worded are the formats whose words are searched for other numbers.
var worded = map[string]func(*testing.T, frozen) string{
	"json": jsonWords, "csv": csvWords, "xlsx": xlsxWords, "package": packageWords, "page": pageWords, "pdf": paperRest, "svg": svgWords,
}

// jsonLabelled is a code with its words.
type jsonLabelled struct{ Code, Label string }

type jsonTold struct {
	Kind, Text                               string
	Value, Low, High, Numerator, Denominator json.Number
}

func (x jsonTold) told(f frozen) told {
	if slices.Contains([]string{"count", "ratio", "text"}, x.Kind) {
		x.Kind = "value"
	}
	return told{x.Kind, plain(x.Value), plain(x.Low), plain(x.High), string(x.Numerator), string(x.Denominator), f.canon(x.Text)}
}

func plain(n json.Number) string { return trimmed(string(n)) }

type jsonFile struct {
	Commitments []struct {
		jsonLabelled
		Paragraph, Position jsonLabelled
		Evidence            []struct {
			jsonLabelled
			Text  string
			State jsonLabelled
		}
	}
	Statements []struct {
		Service, Exists jsonLabelled
		Source          struct{ Source, URL, As_at string }
	}
	Tables []struct {
		Name    string
		Notes   []jsonLabelled
		Missing []jsonLabelled
		Columns []jsonLabelled
		Rows    []struct {
			jsonLabelled
			Cells []jsonTold
		}
		Denominators []struct {
			Definition string
			Area       jsonLabelled
			Period     struct{ From, To string }
			Value      jsonTold
			Low, High  json.Number
		}
		Benchmarks []struct {
			jsonLabelled
			Value json.Number
		}
	}
}

func fileJSON(t *testing.T, f frozen) (d jsonFile) {
	t.Helper()
	require.NoError(t, json.Unmarshal(f.get(t, "summary.json"), &d))
	return d
}

func readJSON(t *testing.T, f frozen) map[spot]told {
	out, d := map[spot]told{}, fileJSON(t, f)
	for _, c := range d.Commitments {
		out[spot{"commitments", c.Code, "paragraph"}] = told{kind: "value", value: c.Paragraph.Code, text: f.canon(c.Paragraph.Label)}
		out[spot{"commitments", c.Code, "position"}] = told{kind: "value", value: c.Position.Code, text: f.canon(c.Position.Label)}
		for _, x := range c.Evidence {
			out[spot{"commitments", c.Code, x.Code}] = told{kind: "value", value: x.State.Code, text: f.canon(x.Text)}
		}
	}
	for _, s := range d.Statements {
		out[spot{"statements", s.Service.Code, s.Source.Source}] = told{kind: "value", value: s.Exists.Code, text: s.Source.URL + " " + s.Source.As_at}
	}
	for _, table := range d.Tables {
		for _, r := range table.Rows {
			for i, x := range r.Cells {
				out[spot{table.Name, r.Code, table.Columns[i].Code}] = x.told(f)
			}
		}
		for _, u := range table.Denominators {
			x := u.Value.told(f)
			x.low, x.high = plain(u.Low), plain(u.High)
			out[spot{"denominators", u.Definition + " " + u.Period.From + "/" + u.Period.To, u.Area.Label}] = x
		}
		for _, b := range table.Benchmarks {
			out[spot{"levels", b.Label, ""}] = told{kind: "value", value: plain(b.Value)}
		}
	}
	return out
}

func jsonWords(t *testing.T, f frozen) (words string) {
	for _, table := range fileJSON(t, f).Tables {
		for _, l := range append(table.Notes, table.Missing...) {
			words += l.Label + "\n"
		}
	}
	return words
}

// records are the lines of a CSV file under the names of its columns.
func records(t *testing.T, raw []byte) (list []map[string]string) {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	require.NoError(t, err)
	for _, line := range lines[1:] {
		one := map[string]string{}
		for i, s := range line {
			one[lines[0][i]] = strings.TrimPrefix(s, "'") // which keeps words from being formulas
		}
		list = append(list, one)
	}
	return list
}

func numbersOf(r map[string]string) told {
	return told{r["status"], trimmed(r["value"]), trimmed(r["low"]), trimmed(r["high"]), r["numerator"], r["denominator"], ""}
}

func readCSV(t *testing.T, f frozen) map[spot]told {
	out := map[spot]told{}
	for _, r := range records(t, f.get(t, "summary.csv")) {
		x := numbersOf(r)
		switch {
		case r["status"] == "":
			continue // a remark
		case r["table"] == "denominators":
			out[spot{"denominators", r["row_label"] + " " + r["row"], r["column_label"]}] = x
			continue
		case r["table"] == "benchmarks":
			out[spot{"levels", r["row_label"], ""}] = x
			continue
		case r["table"] == "commitments":
			x = told{kind: "value", value: r["notes"], text: f.canon(r["value"])}
			if letters[r["status"]] != "" {
				x.text = f.T("cell." + r["status"])
			}
			out[spot{"commitments", r["row"], r["column"]}] = x
			continue
		case r["table"] == "statements":
			at := spot{"statements", r["row"], r["source"]}
			switch x = out[at]; r["column"] {
			case "exists":
				x = told{kind: "value", value: r["notes"], text: r["source_url"]}
			case "source_as_at":
				x.text += " " + r["value"]
			}
			out[at] = x
			continue
		case r["unit"] == string(report.MeasureText):
			x.text, x.value = f.canon(r["value"]), ""
		}
		out[spot{r["table"], r["row"], r["column"]}] = x
	}
	return out
}

func csvWords(t *testing.T, f frozen) (words string) {
	for _, r := range records(t, f.get(t, "summary.csv")) {
		if r["status"] == "" {
			words += r["row_label"] + "\n"
		}
	}
	return words
}

// parts are the files of a package by name.
func parts(t *testing.T, f frozen) map[string][]byte {
	t.Helper()
	raw := f.get(t, "summary.zip")
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	out := map[string][]byte{}
	for _, m := range z.File {
		r, err := m.Open()
		require.NoError(t, err)
		out[m.Name], err = io.ReadAll(r)
		require.NoError(t, err)
	}
	return out
}

func readPackage(t *testing.T, f frozen) map[spot]told {
	out := map[spot]told{}
	files := parts(t, f)
	for _, table := range f.figures.Summary.Tables() {
		for _, r := range records(t, files["data/"+table.Name+".csv"]) {
			x := numbersOf(r)
			x.text = f.canon(r["text"])
			out[spot{table.Name, r["row"], r["column"]}] = x
		}
	}
	for _, r := range records(t, files["data/sources.csv"]) {
		f.source(out, r)
	}
	f.standing(out, records(t, files["data/commitments.csv"]))
	if said, ok := files["data/statements.csv"]; ok {
		f.standing(out, records(t, said))
	}
	return out
}

// source adds a denominator or a level of a list of sources.
func (f frozen) source(out map[spot]told, r map[string]string) {
	switch r["use"] {
	case "denominator":
		out[spot{"denominators", r["name"] + " " + r["from"] + "/" + r["to"], r["area_label"]}] = numbersOf(r)
	case "benchmark":
		out[spot{"levels", r["name"], ""}] = numbersOf(r)
	}
}

// standing adds commitments and statements of the lists of them.
func (f frozen) standing(out map[spot]told, list []map[string]string) {
	for _, r := range list {
		if s := r["service"]; s != "" {
			out[spot{"statements", s, r["source"]}] = told{kind: "value", value: r["exists"], text: r["source_url"] + " " + r["source_as_at"]}
			continue
		}
		c := r["commitment"]
		out[spot{"commitments", c, "paragraph"}] = told{kind: "value", value: r["paragraph"], text: f.canon(r["paragraph_label"])}
		out[spot{"commitments", c, "position"}] = told{kind: "value", value: r["position"], text: f.canon(r["position_label"])}
		if r["indicator"] != "" {
			out[spot{"commitments", c, r["indicator"]}] = told{kind: "value", value: r["state"], text: f.canon(r["evidence"])}
		}
	}
}

func packageWords(t *testing.T, f frozen) string {
	files := parts(t, f)
	var about struct{ Title, Description, Citation string }
	require.NoError(t, json.Unmarshal(files["datapackage.json"], &about))
	method, err := goquery.NewDocumentFromReader(bytes.NewReader(files["method.html"]))
	require.NoError(t, err)
	method.Find("style").Remove()
	return strings.Join([]string{string(files["README.txt"]), about.Title, about.Description, about.Citation, textOf(method.Selection)}, "\n")
}

func book(t *testing.T, f frozen) *excelize.File {
	t.Helper()
	b, err := excelize.OpenReader(bytes.NewReader(f.get(t, "summary.xlsx")))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b
}

// sheet is a sheet as it is stored: what stands above its line of codes and below
// its lines, and the lines under their codes. A line of names follows the codes.
func sheet(t *testing.T, b *excelize.File, name string) (lines []map[string]string, around []string) {
	t.Helper()
	rows, err := b.GetRows(name, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	at := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 2 })
	for i, r := range rows {
		switch {
		case at < 0 || i < at || len(r) < 3:
			around = append(around, r...)
		case i > at+1:
			one := map[string]string{}
			for k, s := range r {
				one[rows[at][k]] = s
			}
			lines = append(lines, one)
		}
	}
	return lines, around
}

func readXLSX(t *testing.T, f frozen) map[spot]told {
	out, b := map[spot]told{}, book(t, f)
	for _, table := range f.figures.Summary.Tables() {
		lines, _ := sheet(t, b, table.Name)
		for _, r := range lines {
			for _, c := range table.Columns {
				out[spot{table.Name, r[table.RowHead.Code], c.Label.Code}] = f.fromBook(t, r, c)
			}
		}
	}
	for _, name := range []string{"commitments", "statements"} {
		if slices.Contains(b.GetSheetList(), name) {
			lines, _ := sheet(t, b, name)
			f.standing(out, lines)
		}
	}
	lines, _ := sheet(t, b, "sources")
	for _, r := range lines {
		f.source(out, r)
	}
	return out
}

// letters stand in a workbook where there is no number.
var letters = map[string]string{"masked": "c", "not_reported": "nr", "no_denominator": "nd", "not_applicable": "na"}

// fromBook reads the cell of a column, which is spread over several.
func (f frozen) fromBook(t *testing.T, r map[string]string, c report.Column) told {
	code := c.Label.Code
	x := told{"value", trimmed(r[code]), trimmed(r[code+"_low"]), trimmed(r[code+"_high"]), r[code+"_numerator"], r[code+"_denominator"], ""}
	if s := r[code+"_status"]; s != "" {
		x.kind = s
	}
	switch {
	case letters[x.kind] != "":
		require.Equal(t, letters[x.kind], x.value, "the letters say what the status says")
		x.value = ""
	case c.Measure == report.MeasureText:
		x.value, x.text = "", f.canon(r[code])
	case x.kind == "value":
		require.True(t, x.low == x.high && (x.low == "" || x.low == x.value), "a plain number is its own bounds")
		x.low, x.high = "", ""
	case strings.Contains(r[code], "–"): // bounds alone, in words
		words := f.read(r[code])
		require.Equal(t, [2]string{x.low, x.high}, [2]string{words.low, words.high})
		x.value = ""
	}
	return x
}

func xlsxWords(t *testing.T, f frozen) (words string) {
	b := book(t, f)
	for _, name := range b.GetSheetList() {
		_, around := sheet(t, b, name)
		words += strings.Join(around, "\n") + "\n"
	}
	return words
}
