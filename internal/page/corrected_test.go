package page

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/baseline"
)

// A reader sees what was changed, from what to what, on whose word and when; while
// nothing was, that is said.
func TestCorrected_newestFirst(t *testing.T) {
	t.Parallel()
	l, source := english(t), baseline.Source{Title: "A better table", URL: "https://example.org/table", Year: 2025}
	table := Corrected(l, []baseline.Correction{{ISO2: "PT", Service: "thn", From: baseline.Unknown, To: baseline.Yes, Source: source, Day: "2026-03-01"},
		{ISO2: "PE", Service: "nsp", From: baseline.No, To: baseline.Yes, Source: source, Day: "2026-04-01"}})
	require.Len(t, table.Rows, 2)
	require.Equal(t, "Peru", table.Rows[0].Cells[0].Text)
	c := table.Rows[1].Cells
	require.Equal(t, []string{"Portugal", "Not known", "Yes", "A better table", "https://example.org/table", "2025", "1 March 2026"},
		[]string{c[0].Text, c[2].Text, c[3].Text, c[4].Text, c[4].URL, c[4].Note, c[5].Text})
	var p World
	require.NoError(t, p.Draw(l, WorldView{Own: "GB", Service: "thn"}))
	require.Equal(t, len(baseline.Corrections()) == 0, p.NoneCorrected != "")
}
