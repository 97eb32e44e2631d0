package export_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"thntracker/internal/export"
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// printed is the text of a PDF as another program reads it, in one line.
func printed(t *testing.T, raw []byte) string {
	t.Helper()
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("NOT TESTED: pdftotext is not installed (Debian: apt-get install poppler-utils)")
	}
	file := filepath.Join(t.TempDir(), "summary.pdf")
	require.NoError(t, os.WriteFile(file, raw, 0o600))
	out, err := exec.CommandContext(t.Context(), pdftotext, "-raw", file, "-").Output()
	require.NoError(t, err)
	return strings.Join(strings.Fields(string(out)), " ")
}

// Every figure on paper is the one of its table, in words that another program can
// read, and so is all that a reader needs to judge it.
func TestPDF_hasTheFiguresAsText(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"en", "fr", "es"} {
		d := published(t, code)
		d.Publication.Sections[0].Drawing = "" // so that its table is printed
		got := printed(t, write(t, "pdf", code, d))
		l := words(t, code)
		has := func(s string) { require.Contains(t, got, strings.Join(strings.Fields(s), " "), code) }
		p := d.Publication
		has(p.Title)
		has(p.Headline[0])
		has(p.Cite)
		has(p.Address)
		has(p.Rule)
		has(p.Unknown[0])
		has(p.Asks[0].Words)
		has(p.Keys[0].Value)
		for _, r := range d.Tables[0].Rows {
			for i, c := range d.Tables[0].Columns {
				if c.Measure != report.MeasureText {
					has(report.Show(l, c, r.Cells[i]))
				}
			}
		}
	}
}

// The numbers of a drawing are words on paper too.
func TestPDF_drawingsKeepTheirWords(t *testing.T) {
	t.Parallel()
	got := printed(t, write(t, "pdf", "en", published(t, "en")))
	require.Contains(t, got, "15,000", "the scale")
	require.Contains(t, got, "too few to show")
}

func TestPDF_manyAlphabets(t *testing.T) {
	t.Parallel()
	d := published(t, "en")
	d.Publication.Headline = []string{"Наборов роздано", "Σετ ναλοξόνης", "Łódź à l’été, ¿cuántos?"}
	got := printed(t, write(t, "pdf", "en", d))
	for _, s := range d.Publication.Headline {
		require.Contains(t, got, s)
	}
}

// A table of a screen has no sections, and is printed as it is.
func TestPDF_ofATable(t *testing.T) {
	t.Parallel()
	got := printed(t, write(t, "pdf", "en", one()))
	require.Contains(t, got, "Kits given out")
	require.Contains(t, got, "12,345")
	require.Contains(t, got, "too few to show")
}

// What is for those who read on stands in the files and not on paper; a source that
// all findings share is said once on each page.
func TestPDF_keepsToTwoPages(t *testing.T) {
	t.Parallel()
	d := published(t, "en")
	table := second()
	table.Rows[0].Label.Text = "Only in the files"
	d.Publication.Sections = append(d.Publication.Sections, export.Section{Code: "more", Heading: "Read on", Table: &table, Detail: true, Source: "Records"},
		export.Section{Code: "all", Heading: "One row", Table: &table, Source: "Records"})
	got := printed(t, write(t, "pdf", "en", d))
	require.NotContains(t, got, "Read on")
	require.Contains(t, got, "One row")
	require.Equal(t, 1, strings.Count(got, "Records"))
	d.Publication.Sections[0].Source = "Another source"
	require.Equal(t, 1, strings.Count(printed(t, write(t, "pdf", "en", d)), "Another source"))
}

// The library writes no tags. What a program that reads aloud has instead: the title
// and the language of the document, and a place for every heading, in any alphabet.
func TestPDF_namesItselfAndItsHeadings(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"en", "fr", "es", lang.Mirrored().Code} {
		d := published(t, code)
		raw := string(write(t, "pdf", code, d))
		require.Contains(t, raw, "/Lang ("+code+")")
		l := words(t, code)
		for field, list := range map[string][]string{"/Title": {d.Publication.Title, "Kits <by> channel", l.T("files.paper.place"), l.T("files.paper.asks")}, "/Author": {"Harbour, north & south"}} {
			for _, said := range list {
				require.Contains(t, raw, field+" ("+inUTF16(said)+")", said)
			}
		}
	}
}

// inUTF16 is text as a PDF has it outside its pages.
func inUTF16(s string) string {
	var b strings.Builder
	b.WriteString("\xfe\xff")
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(u >> 8), byte(u)})
	}
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", `\r`).Replace(b.String())
}
