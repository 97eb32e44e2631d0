package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"time"

	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// member is one file of a package.
type member struct {
	path string
	says string // what it is, in words
	body []byte
}

// writePackage writes a zip file that anybody can read without this program and
// without a connection: every table as typed CSV with its description for
// programs (Frictionless Data Package, version 1 of the specification), what the
// figures count as a page, how to cite, and the pictures. Files are in a fixed
// order and dated by the document.
func writePackage(w io.Writer, words report.Words, d Document) error {
	members, err := packed(words, d)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	at := stamp(d.about(words))
	for _, m := range members {
		f, err := z.CreateHeader(&zip.FileHeader{Name: m.path, Method: zip.Deflate, Modified: at})
		if err != nil {
			return err
		}
		if _, err := f.Write(m.body); err != nil {
			return err
		}
	}
	return z.Close()
}

// stamp is the one date inside a file: the day it was published. A document that
// has none gets a fixed one, never the clock's.
func stamp(p Publication) time.Time {
	day := p.Published
	if day.IsZero() {
		day = thn.MustDate(2024, time.January, 1)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
}

// packed makes the files of a package, the one to read first at the front.
func packed(words report.Words, d Document) ([]member, error) {
	grids := grids(words, d)
	var data []member
	for _, g := range grids {
		data = append(data, member{"data/" + g.code + ".csv", g.title, csvOf(g)})
	}
	descriptor, err := descriptor(words, d, grids, data)
	if err != nil {
		return nil, err
	}
	method, err := method(words, d)
	if err != nil {
		return nil, err
	}
	said := func(key string) string { return words.Args("files.readme."+key, nil) }
	list := slices.Concat([]member{
		{"datapackage.json", said("datapackage"), descriptor},
		{"method.html", said("method"), method},
		{"CITATION.bib", said("citation"), bibtex(words, d)},
		{"citation.json", said("citation"), csl(words, d)},
	}, data)
	pictures, err := pictured(words, d)
	if err != nil {
		return nil, err
	}
	list = append(list, pictures...)
	return append([]member{{"README.txt", "", readme(words, d, list)}}, list...), nil
}

// grids are the tables of a document in long form, and what they rest on.
func grids(words report.Words, d Document) (list []grid) {
	taken := map[string]int{"definitions": 1, "sources": 1, "commitments": 1, "statements": 1}
	for _, t := range d.Tables {
		g := long(words, t, strings.ToLower(sheetName(t.Name, taken)))
		g.title = d.titleOf(words, t)
		list = append(list, g)
	}
	list = append(list, d.standing(words)...)
	for _, g := range []grid{definitionsOf(words, d), sourcesOf(words, d)} {
		g.title = words.Args("files.sheet."+g.code, nil)
		list = append(list, g)
	}
	return list
}

// long is a table with a line for each of its cells. What a reader has to know of
// a row stands with each of its cells, as codes.
func long(words report.Words, t report.Table, code string) grid {
	g := grid{code: code, heads: []head{{"row", isText}, {"row_label", isText}, {"column", isText}, {"column_label", isText},
		{"value", isNumber}, {"low", isNumber}, {"high", isNumber}, {"status", isStatus}, {"numerator", isNumber}, {"denominator", isNumber},
		{"unit", isText}, {"text", isText}, {"notes", isText}}}
	for _, r := range t.Rows {
		for i, c := range t.Columns {
			g.lines = append(g.lines, longLine(words, r, c, r.Cells[i]))
		}
	}
	return g
}

func longLine(words report.Words, r report.Row, c report.Column, x report.Cell) []string {
	line := []string{r.Label.Code, report.Say(words, r.Label), c.Label.Code, report.Say(words, c.Label), "", "", "", status(x), numerator(x), denominator(x),
		string(c.Measure), "", marks(r)}
	if c.Unit != "" {
		line[10] = words.Args(c.Unit, nil)
	}
	if bounded(x) {
		line[5], line[6] = bound(x, c, low), bound(x, c, high)
	}
	if x.Is(report.KindText) {
		line[11] = report.Say(words, x.Text())
	} else {
		line[4] = value(words, x, c)
	}
	return line
}

// csvOf is a grid as RFC 4180 text with its codes at the top. Words that begin
// like a formula get an apostrophe; numbers and statuses are as they are.
func csvOf(g grid) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	var codes []string
	for _, h := range g.heads {
		codes = append(codes, h.code)
	}
	_ = out.Write(codes) // a buffer takes everything
	for _, line := range g.lines {
		safe := make([]string, len(line))
		for i, s := range line {
			if g.heads[i].holds == isText {
				s = text(s)
			}
			safe[i] = s
		}
		_ = out.Write(safe)
	}
	out.Flush()
	return b.Bytes()
}
