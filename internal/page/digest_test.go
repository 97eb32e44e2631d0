package page_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/web"
)

// Of earlier weeks the sheet says only what changed, and by how much.
func TestDigest_saysWhatCameLate(t *testing.T) {
	t.Parallel()
	catalogue, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		cell report.Cell
		want string
	}{
		"more":              {report.Number(12), "Since the week began, the twelve months before it gained 12 kits: records that came late or were put right."},
		"fewer":             {report.Number(-1), "Since the week began, the twelve months before it lost 1 kit: a record that was put right or taken out."},
		"nothing":           {report.Number(0), ""},
		"everything is new": {report.NotApplicable(), ""},
	} {
		var p page.Digest
		p.Revise(catalogue.Locale("en"), report.Table{Columns: []report.Column{{Label: report.Label{Code: "difference"}}},
			Rows: []report.Row{{Label: report.Label{Code: "total"}, Cells: []report.Cell{c.cell}}}}, "/figures/kits")
		require.Equal(t, c.want, p.Late.Label, name)
	}
}
