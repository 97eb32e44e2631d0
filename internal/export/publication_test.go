package export_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/chart"
	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
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
		Asks: []export.Ask{{Named: export.Named{Code: "C1", Words: "Naloxone for all"}, Paragraph: export.Named{Code: "1", Words: "OP 1"}, Position: export.Named{Code: "recorded", Words: "Partly"},
			Evidence: []export.Evidence{{Named: export.Named{Code: "kits", Words: "Kits"}, Text: "12,345 kits", State: export.Named{Code: "measured", Words: "Figure"}},
				{Named: export.Named{Code: "reach", Words: "Reach"}, Text: "too few", State: export.Named{Code: "masked", Words: "Too small"}}}},
			{Named: export.Named{Code: "C9", Words: "=Prevention"}, Paragraph: export.Named{Words: "Not known"}, Position: export.Named{Code: "not_known", Words: "Not known"}}},
		Stated: []export.Statement{{Service: export.Named{Code: "oat", Words: "Treatment"}, Exists: export.Named{Code: "yes", Words: "Yes"}, By: "Harbour", Source: "Ministry, 2025", URL: "https://example.org/oat", Dated: thn.MustDate(2025, time.May, 1)}},
		Place:  []string{"Freedonia is among 28."}, Unknown: []string{"Nobody knows how many kits were used."},
	}}
}

func TestPublications_twiceTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range slices.Concat(export.Bundles, export.Pictures) {
		for _, code := range []string{"en", "fr", "es", lang.Mirrored().Code} {
			t.Run(f.Key+" "+code, func(t *testing.T) {
				t.Parallel()
				first := write(t, f.Key, code, published(t, code))
				require.True(t, bytes.Equal(first, write(t, f.Key, code, published(t, code))))
			})
		}
	}
}

// A table of a screen is no publication and has no drawing: it is written all the
// same, and what cannot be drawn is said.
func TestPublications_ofATable(t *testing.T) {
	t.Parallel()
	for _, f := range export.Bundles {
		require.NotEmpty(t, write(t, f.Key, "en", one()))
		require.NotEmpty(t, write(t, f.Key, "en", export.Document{Name: "none"}))
	}
	for _, f := range export.Pictures {
		var b bytes.Buffer
		err := f.Write(&b, words(t, "en"), one())
		require.True(t, fault.Is(err, fault.NotFound), f.Key)
		require.Zero(t, b.Len(), "nothing half-made")
	}
}

// A figure that is not there is never set on a card.
func TestCard_needsAFigure(t *testing.T) {
	t.Parallel()
	d := published(t, "en")
	for i := range d.Publication.Keys {
		d.Publication.Keys[i].Missing = true
	}
	f, err := export.Find("card")
	require.NoError(t, err)
	require.True(t, fault.Is(f.Write(new(bytes.Buffer), words(t, "en"), d), fault.NotFound))
}

func TestFileName_hasTheRightEnding(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"package": ".zip", "card": ".png", "bibtex": ".bib", "xlsx": ".xlsx", "csl": ".csl.json"} {
		f, err := export.Find(key)
		require.NoError(t, err)
		require.Equal(t, "thn-XD-kits-2024-04-01-2025-04-01"+want, f.FileName(one()))
	}
}
