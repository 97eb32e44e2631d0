package form

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func TestDistribution_answersThatSomeProgrammesAsk(t *testing.T) {
	values := url.Values{"id": {string(thn.NewID())}, "site": {string(thn.NewID())}, "product": {string(thn.NewID()) + ":"}, "day": {"today"}, "recipient": {"person_at_risk"},
		"supply": {"spare"}, "kits": {"1"}, "age_band": {"55_plus"}, "gender": {""}, "carriage": {"close_at_hand"}}
	var f Distribution
	require.NoError(t, Decode(values, &f))
	d, err := f.ToDomain(thn.MustDate(2026, 3, 1))
	require.NoError(t, err)
	require.Equal(t, thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplySpare, People: 1, Kits: 1, AgeBand: "55_plus", Carriage: thn.CloseAtHand}, d.Lines[0])
	f.Supply = "first"
	d, err = f.ToDomain(thn.MustDate(2026, 3, 1))
	require.NoError(t, err)
	require.Empty(t, d.Lines[0].Carriage, "an answer left from an earlier choice is dropped")
	require.NoError(t, d.Lines[0].Check())

	for field, text := range map[string]string{"age_band": "34", "gender": "Ana", "carriage": "police took it"} {
		wrong := url.Values{}
		for k, v := range values {
			wrong[k] = v
		}
		wrong.Set(field, text)
		require.Equal(t, field, fault.FieldsOf(Decode(wrong, &Distribution{}))[0].Name)
	}
}

// What is held in the domain's own words comes back into the form.
func TestHeldDistribution_keepsTheAnswers(t *testing.T) {
	f, ok := HeldDistribution(`{"Day":"2026-03-01","Lines":[{"Recipient":"person_at_risk","Supply":"spare","People":1,"Kits":1,"age_band":"25_34","gender":"man","carriage":"at_home"}]}`, thn.MustDate(2026, 3, 1))
	require.True(t, ok)
	require.Equal(t, []string{"25_34", "man", "at_home"}, []string{f.AgeBand, f.Gender, f.Carriage})
}
