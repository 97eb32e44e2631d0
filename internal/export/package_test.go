package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"
)

// The validator of those who wrote the specification takes the package, casts
// every value to its type, and finds the bytes that were described.
func TestPackage_isTakenByAnIndependentValidator(t *testing.T) {
	t.Parallel()
	const validator = "../../scripts/frictionless"
	node, err := exec.LookPath("node")
	if _, missing := os.Stat(validator + "/node_modules/datapackage"); err != nil || missing != nil {
		t.Skip("NOT TESTED: the Frictionless validator is not there (npm --prefix scripts/frictionless ci --ignore-scripts)")
	}
	check := func(parts map[string]string) (string, error) {
		folder := t.TempDir()
		for name, body := range parts {
			require.NoError(t, os.MkdirAll(filepath.Join(folder, filepath.Dir(name)), 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(body), 0o600))
		}
		out, err := exec.CommandContext(t.Context(), node, validator+"/validate.js", filepath.Join(folder, "datapackage.json")).CombinedOutput()
		return string(out), err
	}
	for _, code := range []string{"en", "fr", "es"} {
		parts := unzipped(t, write(t, "package", code, published(t, code)))
		out, err := check(parts)
		require.NoError(t, err, out)
		require.JSONEq(t, `{"kits": 15, "reach": 3, "commitments": 3, "statements": 1, "definitions": 1, "sources": 4}`, out)
		if code != "en" {
			continue
		}
		// It is a validator: what is wrong it refuses.
		for _, bad := range []struct{ file, old, new, says string }{
			{"data/kits.csv", ",value,", ",valve,", "other bytes"},
			{"datapackage.json", `"type": "number"`, `"type": "count"`, "schema"},
			{"datapackage.json", `"tabular-data-resource"`, `"tabular"`, "profile"},
		} {
			broken := maps.Clone(parts)
			broken[bad.file] = strings.Replace(broken[bad.file], bad.old, bad.new, 1)
			require.NotEqual(t, parts[bad.file], broken[bad.file])
			out, err := check(broken)
			require.Error(t, err, bad.new)
			require.Contains(t, strings.ToLower(out), bad.says)
		}
	}
}

func TestPackage_typedCells(t *testing.T) {
	t.Parallel()
	parts := unzipped(t, write(t, "package", "en", published(t, "en")))
	all, err := csv.NewReader(strings.NewReader(parts["data/kits.csv"])).ReadAll()
	require.NoError(t, err)
	byCode := map[string][]string{}
	for _, l := range all[1:] {
		byCode[l[0]+"/"+l[2]] = l[4:]
	}
	require.Equal(t, []string{"12345", "", "", "value", "", "", "kits", "", ""}, byCode["N/kits"])
	require.Equal(t, []string{"", "1", "4", "range", "", "", "kits", "", "partial"}, byCode["S/kits"])
	require.Equal(t, []string{"", "", "", "masked", "", "", "kits", "", ""}, byCode["'-W/kits"])
	require.Equal(t, []string{"", "", "", "value", "", "", "text", `'=HYPERLINK("x")`, ""}, byCode["N/remark"])
	require.Equal(t, "no_denominator", byCode["E/share"][3])
	require.Equal(t, "not_reported", byCode["E/remark"][3])
}

// The files are those that the README names, in a fixed order, dated by the
// document.
func TestPackage_hasWhatItSays(t *testing.T) {
	t.Parallel()
	raw := write(t, "package", "fr", published(t, "fr"))
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	parts := unzipped(t, raw)
	for i, f := range z.File {
		require.Equal(t, "2026-03-02", f.Modified.UTC().Format("2006-01-02"))
		require.Regexp(t, `^[A-Za-z0-9./-]+$`, f.Name)
		if i > 0 {
			require.Contains(t, parts["README.txt"], "  "+f.Name)
		}
	}
	require.Equal(t, "README.txt", z.File[0].Name)
	require.Contains(t, parts["README.txt"], "Harbour: Take-home naloxone in Freedonia.")
	require.Contains(t, parts["README.txt"], "https://thn.example.org/r/XD/2024/7.2")
	require.NotContains(t, strings.Join(slices.Collect(maps.Values(parts)), ""), "⟦", "no word is lacking")
}

// The page of a package works from a stick: nothing is loaded, nothing runs.
func TestPackage_pageStandsAlone(t *testing.T) {
	t.Parallel()
	d := published(t, "en")
	d.Publication.Title = `<script>alert(1)</script>`
	d.Tables[0].Denominators[0].Source.URL = "javascript:alert(1)"
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(unzipped(t, write(t, "package", "en", d))["method.html"]))
	require.NoError(t, err)
	require.Zero(t, doc.Find("script, link, img, iframe, object, [src], [style], [onclick], a[href^=javascript]").Length())
	require.Equal(t, "en", doc.Find("html").AttrOr("lang", ""))
	require.Equal(t, 1, doc.Find("h1").Length())
	require.Equal(t, 1, doc.Find("h3#kits").Length(), "every definition has its place")
	require.Contains(t, doc.Text(), "Statistics, 2nd edition")
	require.Contains(t, doc.Text(), "Counts below 10 are not shown.")
}

func TestCitation_isReadByReferenceManagers(t *testing.T) {
	t.Parallel()
	d := published(t, "en")
	d.Publication.Title = `Kits & 100 % {of} \nobody_`
	parts := unzipped(t, write(t, "package", "en", d))
	require.Equal(t, string(write(t, "bibtex", "en", d)), parts["CITATION.bib"])
	require.Equal(t, string(write(t, "csl", "en", d)), parts["citation.json"])
	require.Contains(t, parts["CITATION.bib"], "@misc{thn-xd-summary-2024-04-01-2025-04-01,\n  author = {{Harbour, north \\& south}},\n"+
		"  title = {{Kits \\& 100 \\% \\{of\\} \\textbackslash{}nobody\\_}},\n  year = {2026},\n  month = {mar},\n")
	var items []map[string]any
	require.NoError(t, json.Unmarshal([]byte(parts["citation.json"]), &items))
	require.Equal(t, map[string]any{"id": "thn-xd-summary-2024-04-01-2025-04-01", "type": "dataset", "title": d.Publication.Title,
		"author": []any{map[string]any{"literal": "Harbour, north & south"}}, "publisher": "Harbour, north & south",
		"issued": map[string]any{"date-parts": []any{[]any{2026.0, 3.0, 2.0}}}, "version": "7.2", "note": "=Release 7, revision 2",
		"URL": "https://thn.example.org/r/XD/2024/7.2", "language": "en"}, items[0])
}

// A number is the same in the package as in the CSV list, which the pages show.
// PV-24.
func TestPackage_hasTheNumbersOfTheList(t *testing.T) {
	t.Parallel()
	list, err := csv.NewReader(bytes.NewReader(write(t, "csv", "en", two()))).ReadAll()
	require.NoError(t, err)
	want := map[string][]string{}
	for _, l := range list[1:] {
		want[l[0]+"/"+l[2]+"/"+l[4]] = append(l[6:10:10], l[10:12]...)
	}
	parts := unzipped(t, write(t, "package", "en", two()))
	seen := 0
	for _, table := range []string{"kits", "reach"} {
		all, err := csv.NewReader(strings.NewReader(parts["data/"+table+".csv"])).ReadAll()
		require.NoError(t, err)
		for _, l := range all[1:] {
			if l[11] == "" { // words stand in a column of their own
				require.Equal(t, want[table+"/"+l[0]+"/"+l[2]], l[4:10], l)
				seen++
			}
		}
	}
	require.Greater(t, seen, 10)
}
