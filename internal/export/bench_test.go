package export_test

import (
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/chart"
	"thntracker/internal/export"
)

// BenchmarkPackage writes a package with five drawings and a card, as a national
// summary has.
func BenchmarkPackage(b *testing.B) {
	d := illustrated(b)
	f, err := export.Find("package")
	require.NoError(b, err)
	require.NoError(b, f.Write(io.Discard, words(b, "en"), d)) // letters are read once
	for b.Loop() {
		require.NoError(b, f.Write(io.Discard, words(b, "en"), d))
	}
}

// illustrated is a publication with the drawings of a summary.
func illustrated(t testing.TB) export.Document {
	t.Helper()
	d, l := published(t, "en"), words(t, "en")
	one := d.Publication.Sections[0]
	for _, name := range []string{"deaths", "reach", "first", "releases"} {
		rows := chart.Rows{Doc: chart.Doc{ID: name, Title: name, Bare: true, Format: func(v float64) string { return l.Decimal(v, 0) }}, Axis: name}
		for i, label := range []string{"Community outlet", "Peer", "Pharmacy", "Prison release", "Ambulance", "Police"} {
			n := float64(120 + 40*i)
			rows.Rows = append(rows.Rows, chart.Row{Label: label, Value: chart.Of(n), Text: l.Decimal(n, 0)})
		}
		drawing, err := rows.SVG()
		require.NoError(t, err)
		one.Code, one.Drawing = name, drawing
		d.Publication.Sections = append(d.Publication.Sections, one)
	}
	return d
}
