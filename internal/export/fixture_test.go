package export_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/export"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
	"thntracker/web"
)

var update = flag.Bool("update", false, "write the goldens anew")

var catalogue = sync.OnceValues(func() (*lang.Catalogue, error) { return lang.Open(web.Files, "lang", lang.Mirrored()) })

func words(t testing.TB, code string) *lang.Locale {
	t.Helper()
	c, err := catalogue()
	require.NoError(t, err)
	return c.Locale(code)
}

func write(t testing.TB, format, code string, d export.Document) []byte {
	t.Helper()
	f, err := export.Find(format)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, words(t, code), d))
	return b.Bytes()
}

// golden holds bytes against a file, line ends included.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// sample is a table with every kind of cell and every kind of label.
func sample() report.Table {
	ratio := func(num, den int64) report.Ratio {
		return report.Ratio{Num: 2 * thn.Halves(num), Den: 2 * thn.Halves(den), Per: 100}
	}
	exact := ratio(1017, 3996)
	source := report.Citation{Source: "Statistics, 2nd edition", URL: "https://example.org/s", AsAt: thn.MustDate(2025, 5, 1)}
	year := thn.YearFrom(2024, time.April)
	return report.Table{
		Name: "kits", Title: "indicator.kits.name", Definitions: []string{"kits"},
		Head: report.Head{Programme: "Harbour, north & south", Country: "XD", Area: report.Label{Code: "XD-1", Text: "North"}, Period: year,
			AsAt: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Filters: []report.Label{{Code: "pharmacy", Key: "code.channel.pharmacy"}}},
		RowHead: report.Label{Code: "area", Key: "report.by.area"},
		Columns: []report.Column{
			{Label: report.Label{Code: "kits", Key: "report.column.kits"}, Measure: report.MeasureKits},
			{Label: report.Label{Code: "share", Key: "report.column.share"}, Measure: report.MeasureRatio, Num: report.MeasureKits, Den: report.MeasureKits, Unit: "report.unit.per_100", Places: 1},
			{Label: report.Label{Code: "remark", Text: "Remark"}, Measure: report.MeasureText},
		},
		Rows: []report.Row{
			{Label: report.Label{Code: "N", Text: "North"}, Cells: []report.Cell{report.Number(12345), report.Divided(report.Interval{Value: exact, Low: exact, High: exact, Valued: true}),
				report.Worded(report.Label{Text: "=HYPERLINK(\"x\")"})}},
			{Label: report.Label{Code: "S", Text: "@SUM(1)"}, Cells: []report.Cell{report.Counted(thn.Count{Low: 2, High: 8}),
				report.Divided(report.Interval{Low: ratio(1, 4), High: ratio(3, 4)}), report.Worded(report.Label{Text: "said \"yes\",\r\nthen no"})},
				Marks: []report.Label{{Code: "partial", Key: "report.mark.partial"}}},
			{Label: report.Label{Code: "-W", Text: "West"}, Cells: []report.Cell{report.Masked(), report.Divided(report.Interval{Value: exact, Low: ratio(1, 4), High: ratio(1, 3), Valued: true}), report.NotApplicable()}},
			{Label: report.Label{Code: "E", Period: year}, Cells: []report.Cell{report.Counted(thn.Count{Low: 473, High: 473}), report.NoDenominator(), report.NotReported()}},
			{Label: report.Label{Code: "not_divided", Key: "report.row.not_divided.area"}, Kind: report.RowRest, Cells: []report.Cell{report.Number(-25), report.NotApplicable(), report.NotApplicable()},
				Marks: []report.Label{{Code: "negative", Key: "report.mark.negative"}, {Code: "provisional", Key: "report.mark.provisional"}}},
		},
		Denominators: []report.Used{
			{Kind: thn.AtRisk, Definition: "+people at risk", Area: report.Label{Code: "XD-1", Text: "North"}, Period: year, Value: report.Number(3996), Low: 3000, High: 5000, Source: source, Provisional: true},
			{Kind: thn.OpioidDeaths, Definition: "deaths", Area: report.Label{Code: "XD-1", Text: "North"}, Period: year, Value: report.Masked(), Source: source},
		},
		Benchmarks: []report.Benchmark{{Key: "report.benchmark.kits_per_death", Kind: report.LevelOf, Thousandths: 20_000, Source: source}},
		Sources:    []report.Citation{source},
		Notes:      []report.Label{{Code: "outside", Key: "report.note.outside", Args: map[string]any{"Of": year, "Kits": thn.ExactKits(3000)}}},
		Missing:    []report.Label{{Code: "nothing", Key: "report.missing.nothing"}},
	}
}

func second() report.Table {
	t := sample()
	t.Name, t.Title = "reach", "indicator.reach.name"
	t.Rows = t.Rows[:1]
	return t
}
