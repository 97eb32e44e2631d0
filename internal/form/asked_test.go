package form

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

const answers = `"kits":1,"age_band":"25_34","gender":"woman"`

func TestReadSync_answersThatSomeProgrammesAsk(t *testing.T) {
	line := func(record string) (Received, thn.Line) {
		got, err := ReadSync(strings.NewReader("[" + record + "]"))
		require.NoError(t, err)
		if got[0].Cause != "" {
			return got[0], thn.Line{}
		}
		return got[0], got[0].Record.Lines[0]
	}
	_, l := line(strings.Replace(good, `"kits":1`, answers, 1))
	require.Equal(t, []string{"25_34", "woman", ""}, []string{string(l.AgeBand), string(l.Gender), string(l.Carriage)})
	_, l = line(strings.NewReplacer(`"kits":1`, `"kits":1,"carriage":"carrying"`, `"first"`, `"spare"`).Replace(good))
	require.Equal(t, thn.CarriedNow, l.Carriage)

	for name, c := range map[string]struct{ kits, cause string }{
		"an exact age":           {`"kits":1,"age_band":34`, "not_well_formed"},
		"an exact age as text":   {`"kits":1,"age_band":"34"`, "not_well_formed"},
		"a band of two decades":  {`"kits":1,"age_band":"19_30"`, "not_well_formed"},
		"carried on a first kit": {answers + `,"carriage":"carrying"`, "not_well_formed"},
		"beside a name":          {answers + `,"name":"CANARY"`, "unknown_field"},
		"beside a broken number": {strings.Replace(answers, `"kits":1`, `"kits":-1`, 1), "not_well_formed"},
	} {
		got, _ := line(strings.Replace(good, `"kits":1`, c.kits, 1))
		require.Equal(t, c.cause, got.Cause, name)
		require.NotRegexp(t, `34|woman|carr|CANARY|19_30|age_band|gender`, got.Payload, "what is kept of a record that cannot be read: "+name)
	}
}

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
