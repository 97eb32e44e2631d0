package app_test

import (
	"bytes"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
)

var paperWord = regexp.MustCompile(`<(?:page|word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)")[^>]*>([^<]*)`)

// paperWords is the text of the PDF as another program reads it, in the order in
// which it was written. Between two words of a line stands what their distance says:
// a narrow blank, a blank, or a tab between two columns.
func paperWords(t *testing.T, f frozen) string {
	t.Helper()
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("NOT TESTED: pdftotext is not installed (Debian: apt-get install poppler-utils)")
	}
	file := filepath.Join(t.TempDir(), "summary.pdf")
	require.NoError(t, os.WriteFile(file, f.get(t, "summary.pdf"), 0o600))
	out, err := exec.CommandContext(t.Context(), pdftotext, "-raw", "-bbox", file, "-").Output()
	require.NoError(t, err)
	var b bytes.Buffer
	var line, end float64
	for _, m := range paperWord.FindAllStringSubmatch(string(out), -1) {
		if m[1] == "" { // a page begins
			b.WriteString("\f")
			line = 0
			continue
		}
		var at [4]float64
		for i := range at {
			at[i], err = strconv.ParseFloat(m[i+1], 64)
			require.NoError(t, err)
		}
		height := at[3] - at[1]
		switch gap := (at[0] - end) / height; {
		case at[1] != line || gap < 0:
			b.WriteString("\n")
		case gap < 0.155:
			b.WriteString("\u202f")
		case gap < 0.4:
			b.WriteString(" ")
		default:
			b.WriteString("\t")
		}
		line, end = at[1], at[2]
		b.WriteString(html.UnescapeString(m[5]))
	}
	return b.String()
}

// comparePaper holds the PDF: the figures in front, and each finding on it with its
// table or its drawing.
func (f frozen) comparePaper(t *testing.T) {
	t.Helper()
	words, d := paperWords(t, f), f.html(t)
	require.Equal(t, 2, strings.Count(words, "\f"), "a summary is two sheets, whatever is stated")
	front := numbersIn(f.canon(f.part(t, words, "")))
	for _, x := range f.front() {
		for _, n := range []string{x.value, x.low, x.high} {
			require.True(t, n == "" || slices.Contains(front, n), "the figures in front on paper lack %s", n)
		}
	}
	paper := f.canon(words)
	for at, x := range f.cells {
		if at.table == "commitments" {
			require.Contains(t, paper, x.text, "%s of %s on paper", at.column, at.row)
		}
	}
	for _, s := range f.sections() {
		if !s.paper || !s.table.Speaks() {
			continue
		}
		part := f.part(t, words, f.T("summary.figure."+s.id))
		if d.Find("section#"+s.id+" svg").Length() > 0 {
			f.compareDrawing(t, "pdf", s, []string{part})
		} else {
			f.hold(t, "pdf", f.paperTable(t, s.table, part))
		}
	}
}

// paperRest are the words of the PDF outside its drawings, which are held apart.
func paperRest(t *testing.T, f frozen) string {
	words, d := paperWords(t, f), f.html(t)
	for _, s := range f.sections() {
		if s.paper && d.Find("section#"+s.id+" svg").Length() > 0 {
			words = strings.Replace(words, f.part(t, words, f.T("summary.figure."+s.id)), "\n", 1)
		}
	}
	return words
}

// part is what stands on paper under a heading, up to the next.
func (f frozen) part(t *testing.T, words, heading string) string {
	t.Helper()
	if heading != "" {
		at := anyBlank("\n", heading, "").FindStringIndex(words)
		require.NotNil(t, at, "%s is on paper", heading)
		words = words[at[1]:]
	}
	heads := []string{f.T("files.fact.rule")}
	for _, key := range []string{"place", "unknown", "cite", "asks"} {
		heads = append(heads, f.T("files.paper."+key))
	}
	for _, s := range f.sections() {
		heads = append(heads, f.T("summary.figure."+s.id))
	}
	end := len(words)
	for _, h := range heads {
		if at := anyBlank("\n", h, `\s`).FindStringIndex(words); at != nil {
			end = min(end, at[0])
		}
	}
	return words[:end]
}

// anyBlank finds words however their lines were broken.
func anyBlank(before, words, after string) *regexp.Regexp {
	list := strings.Fields(words)
	for i := range list {
		list[i] = regexp.QuoteMeta(list[i])
	}
	return regexp.MustCompile(before + strings.Join(list, `[\s\x{a0}\x{202f}]+`) + after)
}

// paperTable reads a table on paper: the label of each row and, after it, its cells,
// of which only words take several lines. A table of one row is turned.
func (f frozen) paperTable(t *testing.T, table report.Table, words string) map[spot]told {
	t.Helper()
	out := map[spot]told{}
	read := func(label, row string, columns ...report.Column) {
		at := anyBlank(`(?:^|[\n\t])`, label, `[\n\t]`).FindAllStringIndex(words, -1)
		require.NotEmpty(t, at, "%s is on paper", label)
		for _, match := range at { // a label is also the head of a column, where no cell follows
			rest := words[match[1]:]
			for _, c := range columns {
				var x told
				x, rest = f.cut(rest, table.Cell(row, c.Label.Code))
				out[spot{table.Name, row, c.Label.Code}] = x
			}
			if out[spot{table.Name, row, columns[0].Label.Code}].kind != "" {
				words = rest
				return
			}
		}
	}
	if r := table.Rows[0]; len(table.Rows) == 1 && len(table.Columns) > 2 {
		for _, c := range table.Columns {
			if f.cells[spot{table.Name, r.Label.Code, c.Label.Code}].kind != "not_applicable" {
				read(report.Say(f.Locale, c.Label), r.Label.Code, c)
			}
		}
		return out
	}
	for _, r := range table.Rows {
		read(report.Say(f.Locale, r.Label), r.Label.Code, table.Columns...)
	}
	return out
}

// cut reads one cell from the beginning of words: the words that are expected or
// say why there is no number, which may take several lines, or a number.
func (f frozen) cut(words string, expected report.Cell) (told, string) {
	said := report.Say(f.Locale, expected.Text())
	forms := map[string]told{said: {kind: "value", text: f.canon(said)}}
	for _, kind := range numberless {
		forms[f.T("cell."+string(kind))] = told{kind: string(kind)}
	}
	for form, x := range forms {
		if at := anyBlank(`^\s*`, form, `(?:\s|$)`).FindStringIndex(words); form != "" && at != nil {
			return x, words[at[1]:]
		}
	}
	cell, rest := words, ""
	if i := strings.IndexAny(words, "\t\n"); i >= 0 {
		cell, rest = words[:i], words[i+1:]
	}
	if x := f.read(cell); x.text == "" {
		return x, rest
	}
	return told{}, rest
}
