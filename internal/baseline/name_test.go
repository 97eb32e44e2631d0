package baseline

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNames(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ code, lang, want string }{
		"english":            {"GB", "en", "United Kingdom"},
		"french":             {"GB", "fr", "Royaume-Uni"},
		"spanish":            {"GB", "es", "Reino Unido"},
		"region of language": {"DE", "fr-CA", "Allemagne"},
		"other language":     {"DE", "ar", "Germany"},
		"present name":       {"SZ", "en", "Eswatini"},
		"present name too":   {"MK", "fr", "Macédoine du Nord"},
		"short form":         {"HK", "en", "Hong Kong"},
		"demonstration":      {"XD", "fr", "Pays de démonstration"},
		"no country":         {"QQ", "en", "QQ"},
		"nothing":            {"", "en", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tc.want, Name(tc.code, tc.lang))
		})
	}
}

func TestCountriesAreTheCodesOfToday(t *testing.T) {
	t.Parallel()
	list := Countries("en")
	require.Len(t, list, 250, "249 of ISO 3166-1, and Kosovo")
	// CLDR mixes codes of former countries, groups and test data into its list.
	for _, code := range strings.Fields("AN BU CS DD FX NT SU TP YD YU ZR EU XA XB ZZ XD") {
		require.NotContains(t, codes(list), code)
	}
	require.False(t, Known("SU"))
	require.True(t, Known("XD"))
	for _, c := range list {
		for _, lang := range nameLanguages {
			require.NotEmpty(t, strings.TrimSpace(Name(c.ISO2, lang)))
		}
	}
}

func codes(list []Country) (out []string) {
	for _, c := range list {
		out = append(out, c.ISO2)
	}
	return out
}

func TestCountriesAreInTheOrderOfTheLanguage(t *testing.T) {
	t.Parallel()
	at := func(lang, code string) int {
		for i, c := range Countries(lang) {
			if c.ISO2 == code {
				return i
			}
		}
		return -1
	}
	require.Less(t, at("fr", "EG"), at("fr", "FI"), "Égypte before Finlande")
	require.Less(t, at("en", "AX"), at("en", "AL"), "Åland before Albania")
	require.Less(t, at("es", "DE"), at("es", "ZA"), "Alemania before Sudáfrica")
}
