package export_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/chart"
	"thntracker/internal/export"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// published is a document with everything that a publication can say of itself.
func published(t testing.TB, code string) export.Document {
	t.Helper()
	l := words(t, code)
	first, other := sample(), second()
	drawing, err := chart.Bars{Doc: chart.Doc{ID: "kits", Title: "Kits", Lang: code, Dir: l.Dir(), Bare: true, Format: func(v float64) string { return l.Decimal(v, 0) }},
		Words: chart.Words{Missing: l.T("cell.not_reported"), Masked: l.T("cell.masked"), NoDenominator: l.T("cell.no_denominator")},
		Axis:  l.T("report.column.kits"), Ticks: []chart.Tick{{Label: "1", Group: "2024"}, {Label: "2", Group: "2024"}},
		Series: []chart.Series{{Label: "A", Values: []chart.Value{chart.Of(12345), {State: chart.Masked}}}}}.SVG()
	require.NoError(t, err)
	return export.Document{Name: "summary", Tables: []report.Table{first, other}, Publication: &export.Publication{
		Title: l.T("summary.title", "Country", "Freedonia", "Period", l.Period(first.Head.Period)), Headline: []string{l.T("summary.headline_reach", "Reach", "71")},
		Publisher: "Harbour, north & south", Country: "Freedonia", Period: l.Period(first.Head.Period), Lang: code, RTL: l.Dir() == "rtl",
		Published: thn.MustDate(2026, time.March, 2), Release: "=Release 7, revision 2", Number: "7.2", Snapshot: "sha256:0f1e", Rule: "Counts below 10 are not shown.",
		Address: "https://thn.example.org/r/XD/2024/7.2", Cite: "Harbour: Take-home naloxone in Freedonia.", Command: "thn release check 7.2",
		Keys:     []export.Key{{Value: l.Number(12345), Words: l.T("report.column.kits"), Range: "1–4", Target: "20"}, {Value: l.T("cell.masked"), Words: "Reach", Missing: true}},
		Sections: []export.Section{{Code: "kits", Heading: "Kits <by> channel", Said: []string{"Half of them."}, Table: &first, Drawing: drawing, Measure: "Kits given out", Source: "Records"}},
		Asks:     []export.Ask{{Paragraph: "OP 1", Title: "Naloxone for all", Position: "Partly", Evidence: []string{"12,345 kits"}}},
		Place:    []string{"Freedonia is among 28."}, Unknown: []string{"Nobody knows how many kits were used."},
	}}
}

func TestBundles_twiceTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range export.Bundles {
		for _, code := range []string{"en", "fr", "es"} {
			t.Run(f.Key+" "+code, func(t *testing.T) {
				t.Parallel()
				first := write(t, f.Key, code, published(t, code))
				for range 3 {
					require.True(t, bytes.Equal(first, write(t, f.Key, code, published(t, code))))
				}
				require.NotEmpty(t, write(t, f.Key, code, one()), "a table of a screen, which is no publication")
				require.NotEmpty(t, write(t, f.Key, code, export.Document{Name: "none"}))
			})
		}
	}
}
