package export_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"thntracker/internal/chart"
	"thntracker/internal/export"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// planted is a publication in whose original a number stands in every place that a
// number can stand in: a cell, a denominator and its bounds, a bar, the figure in
// front. Protected, all of them are masked, as a release hands them over.
func planted(t testing.TB, code string, n int64, protected bool) export.Document {
	t.Helper()
	l := words(t, code)
	cell, bar, key := report.Number(n), chart.Of(float64(n)), export.Key{Value: l.Number(n), Words: "Kits"}
	if protected {
		cell, bar, key = report.Masked(), chart.Value{N: float64(n), State: chart.Masked}, export.Key{Value: l.T("cell.masked"), Words: "Kits", Missing: true}
	}
	d := published(t, code)
	for i := range d.Tables {
		d.Tables[i].Rows[0].Cells[0] = cell
		d.Tables[i].Denominators[0] = report.Used{Kind: thn.AtRisk, Definition: "people at risk", Area: report.Label{Code: "XD", Text: "Freedonia"}, Period: thn.YearFrom(2024, time.April), Value: cell, Low: n, High: n}
	}
	d.Publication.Keys = []export.Key{key, {Value: "71", Words: "Reach"}}
	drawing, err := chart.Rows{Doc: chart.Doc{ID: "kits", Title: "Kits", Dir: l.Dir(), Bare: true, Format: func(v float64) string { return l.Decimal(v, 0) }},
		Words: chart.Words{Masked: l.T("cell.masked")}, Rows: []chart.Row{{Label: "North", Value: bar}, {Label: "South", Value: chart.Of(250)}}}.SVG()
	require.NoError(t, err)
	d.Publication.Sections = []export.Section{{Code: "drawn", Heading: "Kits", Drawing: drawing}, {Code: "kits", Heading: "Kits", Table: &d.Tables[0]}}
	return d
}

// unpacked is everything that the bytes of a file hold: the parts of a zip, the
// streams of a PDF.
func unpacked(t testing.TB, raw []byte) string {
	t.Helper()
	all := string(raw)
	if bytes.HasPrefix(raw, []byte("PK")) {
		for name, body := range unzipped(t, raw) {
			all += name + unpacked(t, []byte(body))
		}
	}
	if bytes.HasPrefix(raw, []byte("%PDF")) {
		for _, m := range regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`).FindAllSubmatch(raw, -1) {
			if z, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
				body, _ := io.ReadAll(z) // what was read counts
				all += string(body)
			}
		}
	}
	return all
}

// spellings are the ways in which a number stands in a file.
func spellings(t testing.TB, l *lang.Locale, n int64) (list []string) {
	blank := strings.NewReplacer("\u202f", " ", "\u00a0", " ")
	for _, s := range []string{l.Number(n), blank.Replace(l.Number(n)), words(t, "en").Number(n), strconv.FormatInt(n, 10)} {
		var wide strings.Builder
		for _, u := range utf16.Encode([]rune(s)) {
			wide.Write([]byte{byte(u >> 8), byte(u)})
		}
		list = append(list, s, wide.String())
	}
	return list
}

// A number that is masked is in no byte of any file, however deep it is packed. The
// same search finds it in every file of the original, so the search is one.
// DX-13, PV-25.
func TestMasked_isInNoByteOfAnyFile(t *testing.T) {
	t.Parallel()
	const n = 8642097
	for _, f := range slices.Concat(export.Formats, export.Bundles, export.Pictures) {
		for _, code := range []string{"en", "fr", "es"} {
			t.Run(f.Key+" "+code, func(t *testing.T) {
				t.Parallel()
				l := words(t, code)
				found := func(protected bool) bool {
					all := unpacked(t, write(t, f.Key, code, planted(t, code, n, protected)))
					return slices.ContainsFunc(spellings(t, l, n), func(s string) bool { return strings.Contains(all, s) })
				}
				require.False(t, found(true))
				if f.Type != "image/png" && f.Key != "bibtex" && f.Key != "csl" { // pixels are not searched, and no citation has a figure
					require.True(t, found(false), "the search must find what is there")
				}
			})
		}
	}
}

// What is masked makes no difference to anything: neither to a scale nor to an
// order, a size or a pixel. Two originals that differ in it give the same files.
// DX-12.
func TestMasked_makesNoDifference(t *testing.T) {
	t.Parallel()
	for _, f := range slices.Concat(export.Formats, export.Bundles, export.Pictures) {
		t.Run(f.Key, func(t *testing.T) {
			t.Parallel()
			require.True(t, bytes.Equal(write(t, f.Key, "en", planted(t, "en", 3, true)), write(t, f.Key, "en", planted(t, "en", 8642097, true))))
			if f.Key != "bibtex" && f.Key != "csl" {
				require.False(t, bytes.Equal(write(t, f.Key, "en", planted(t, "en", 3, false)), write(t, f.Key, "en", planted(t, "en", 8642097, false))))
			}
		})
	}
}
