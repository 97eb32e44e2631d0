package page

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/baseline"
	"thntracker/internal/commitment"
	"thntracker/internal/lang"
	"thntracker/internal/release"
	"thntracker/internal/thn"
	"thntracker/web"
)

func said(service thn.Service, exists thn.Answer) release.Figures {
	return release.Figures{Statements: []release.Statement{{Service: service, Exists: exists, Source: "National plan", URL: "https://example.org/plan", Dated: thn.MustDate(2026, 3, 1)}}}
}

func english(t *testing.T) *lang.Locale {
	t.Helper()
	c, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	return c.Locale("en")
}

// What the programme states stands in the place of the mark, and says where the
// baseline says otherwise; of other services the mark stays.
func TestEvidenceOf_statements(t *testing.T) {
	t.Parallel()
	l := english(t)
	of := func(f release.Figures, country, indicator string) (found commitment.Item) {
		for _, x := range EvidenceOf(l, f, country) {
			if x.Indicator == indicator {
				require.Empty(t, found.Indicator, "once")
				found = x
			}
		}
		return found
	}
	require.Equal(t, commitment.Yes, of(release.Figures{}, "GB", "baseline:thn").State)
	x := of(said("thn", thn.AnswerNo), "GB", "baseline:thn")
	require.Equal(t, commitment.No, x.State)
	require.Equal(t, "No (programme; baseline: Yes)", x.Text)
	require.Equal(t, "Take-home naloxone: National plan, 1 March 2026", x.Source)
	require.NotContains(t, x.Name, "baseline")
	require.Equal(t, "Yes (programme)", of(said("thn", thn.AnswerYes), "GB", "baseline:thn").Text)
	require.Equal(t, commitment.Yes, of(said("thn", thn.AnswerNo), "GB", "baseline:oat").State)
	require.Equal(t, commitment.Yes, of(said("drug_checking", thn.AnswerYes), "GB", "baseline:drug_checking").State, "that the baseline does not follow")
	require.Empty(t, of(release.Figures{}, "GB", "baseline:drug_checking").State)
	require.Equal(t, commitment.No, of(said("thn", thn.AnswerNo), "XD", "baseline:thn").State, "a country without a row")
	require.Empty(t, of(said("oat", thn.AnswerNo), "XD", "baseline:thn").State)
}

// One more country is only counted where the country can be one more: never where
// the baseline identifies it, nor where the programme states that it has it.
func TestPlaceOf_counterfactual(t *testing.T) {
	t.Parallel()
	l := english(t)
	none := release.Figures{}
	for name, c := range map[string]struct {
		figures release.Figures
		country string
		would   bool
		states  string
	}{
		"the baseline says no":            {none, "BR", true, ""},
		"it says nothing":                 {none, "AR", false, ""},
		"it says yes":                     {none, "GB", false, ""},
		"no row":                          {none, "XD", false, ""},
		"stated no, baseline no":          {said("thn", thn.AnswerNo), "BR", true, "has no take-home naloxone, as the programme states: National plan, 1 March 2026."},
		"stated no, nothing known":        {said("thn", thn.AnswerNo), "AR", true, "has no take-home"},
		"stated no, no row":               {said("thn", thn.AnswerNo), "XD", true, "has no take-home"},
		"stated no, but identified":       {said("thn", thn.AnswerNo), "GB", false, "The programme and the baseline differ."},
		"stated yes, baseline no":         {said("thn", thn.AnswerYes), "BR", false, "The programme and the baseline differ."},
		"stated not known, baseline no":   {said("thn", thn.AnswerUnknown), "BR", false, "is not known, as the programme states"},
		"another service says nothing of": {said("oat", thn.AnswerNo), "AR", false, ""},
	} {
		text := strings.Join(placeOf(l, c.figures, c.country, "Country"), "\n")
		require.Equal(t, c.would, strings.Contains(text, "Country would be one of 35 countries"), "%s: %s", name, text)
		require.Contains(t, text, c.states, name)
		require.Contains(t, text, "counted 34 countries", name)
		require.Contains(t, text, "28 are identified here", name)
	}
}

func TestWorld_statements(t *testing.T) {
	t.Parallel()
	l := english(t)
	var with, without World
	require.NoError(t, with.Draw(l, WorldView{Own: "GB", Service: "thn", Stated: said("thn", thn.AnswerNo).Statements}))
	require.NoError(t, without.Draw(l, WorldView{Own: "GB", Service: "thn"}))
	require.Empty(t, without.Stated.Rows)
	row := with.Stated.Rows[0].Cells
	require.Equal(t, []string{"Take-home naloxone", "No", "Yes", "National plan", "1 March 2026"}, []string{row[0].Text, row[1].Text, row[2].Text, row[3].Text, row[3].Note})
	with.Stated = Table{}
	require.Equal(t, without, with, "the counts, the map and the list stay as they are")
	require.Equal(t, thn.Services[:len(Services)], func() (list []thn.Service) {
		for _, s := range Services {
			list = append(list, thn.Service(s))
		}
		return list
	}(), "a statement and a mark are about the same services")
	row2, _ := baseline.Find("GB")
	require.Equal(t, "No mark", BaselineCell(l, row2, "drug_checking").Text)
}
