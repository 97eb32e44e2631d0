package export_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The files of a publication for programs, with all that it says of itself.
func TestStanding_goldens(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"csv", "json"} {
		for _, code := range []string{"en", "fr", "es"} {
			golden(t, "published."+code+"."+format, write(t, format, code, published(t, code)))
		}
	}
}

// A commitment without evidence is a line too, and words that begin like a formula
// are words.
func TestStanding_isInThePackageAndTheWorkbook(t *testing.T) {
	t.Parallel()
	want := map[string][][]string{
		"commitments": {
			{"C1", "Naloxone for all", "1", "OP 1", "recorded", "Partly", "kits", "Kits", "12,345 kits", "measured", "Figure"},
			{"C1", "Naloxone for all", "1", "OP 1", "recorded", "Partly", "reach", "Reach", "too few", "masked", "Too small"},
			{"C9", "=Prevention", "", "Not known", "not_known", "Not known"}},
		"statements": {{"oat", "Treatment", "yes", "Yes", "Harbour", "Ministry, 2025", "https://example.org/oat", "2025-05-01"}},
	}
	parts, book := unzipped(t, write(t, "package", "en", published(t, "en"))), workbook(t, write(t, "xlsx", "en", published(t, "en")))
	for name, list := range want {
		all, err := csv.NewReader(strings.NewReader(parts["data/"+name+".csv"])).ReadAll()
		require.NoError(t, err)
		sheet := lines(t, book, name)
		require.Equal(t, all[0], sheet[0], "codes")
		require.Len(t, all, len(list)+1)
		for i, line := range list {
			require.Equal(t, line, sheet[i+2])
			require.Equal(t, strings.Join(line, "\n"), strings.TrimRight(strings.ReplaceAll(strings.Join(all[i+1], "\n"), "'=", "="), "\n"))
		}
	}
}

// A program reads the code, a person the words.
func TestStanding_hasCodesAndWords(t *testing.T) {
	t.Parallel()
	type named struct{ Code, Label string }
	var doc struct {
		Commitments []struct {
			named
			Paragraph, Position named
			Evidence            []struct {
				named
				State named
			}
		}
		Statements []struct {
			Service, Exists named
			Source          map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(write(t, "json", "en", published(t, "en")), &doc))
	require.Equal(t, named{"recorded", "Partly"}, doc.Commitments[0].Position)
	require.Equal(t, named{"masked", "Too small"}, doc.Commitments[0].Evidence[1].State)
	require.Equal(t, named{"yes", "Yes"}, doc.Statements[0].Exists)
	require.Equal(t, map[string]string{"source": "Ministry, 2025", "url": "https://example.org/oat", "as_at": "2025-05-01"}, doc.Statements[0].Source)

	lines, err := csv.NewReader(strings.NewReader(string(write(t, "csv", "en", published(t, "en"))))).ReadAll()
	require.NoError(t, err)
	byKey := map[string][]string{}
	for _, l := range lines {
		byKey[l[0]+"/"+l[2]+"/"+l[4]] = []string{l[6], l[9], l[13]}
	}
	require.Equal(t, []string{"Partly", "value", "recorded"}, byKey["commitments/C1/position"])
	require.Equal(t, []string{"", "masked", "masked"}, byKey["commitments/C1/reach"])
	require.Equal(t, []string{"Yes", "value", "yes"}, byKey["statements/oat/exists"])
	require.Equal(t, []string{"2025-05-01", "value", ""}, byKey["statements/oat/source_as_at"])
}
