package lang_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	c := open(t)
	for accept, want := range map[string]string{
		"":                             "en",
		"*":                            "en",
		"en":                           "en",
		"en-KE,en;q=0.8":               "en",
		"fr":                           "fr",
		"fr-CA":                        "fr",
		"fr-CH, fr;q=0.9, en;q=0.8":    "fr",
		"es-MX":                        "es",
		"es-419,es;q=0.9":              "es",
		"pt":                           "en",
		"pt-BR,pt;q=0.9":               "en",
		"pt-BR,es;q=0.5":               "es",
		"de, fr;q=0.7, en;q=0.5":       "fr",
		"en;q=0.2, es;q=0.9":           "es",
		"sw, zh-Hans;q=0.9, ar;q=0.8":  "en",
		";;;=?":                        "en",
		"\x00\xff":                     "en",
		"fr;q=many":                    "en",
		"not a language at all, truly": "en",
	} {
		require.Equal(t, want, c.Match(accept).Code, "%q", accept)
	}
}

func TestLocaleOfAnUnknownCodeIsTheFirst(t *testing.T) {
	t.Parallel()
	c := open(t)
	for code, want := range map[string]string{"fr": "fr", "es": "es", "en": "en", "": "en", "xx": "en", "FR": "en"} {
		require.Equal(t, want, c.Locale(code).Code, "%q", code)
	}
}

func TestSortAsPeopleReadNames(t *testing.T) {
	t.Parallel()
	c := open(t)
	list := []string{"Zone", "Évian", "ouest", "Fontaine", "Eaux", "Ouest", "Ñuble", "Nord", "Oran", "élan"}
	want := map[string][]string{
		"en": {"Eaux", "élan", "Évian", "Fontaine", "Nord", "Ñuble", "Oran", "ouest", "Ouest", "Zone"},
		"fr": {"Eaux", "élan", "Évian", "Fontaine", "Nord", "Ñuble", "Oran", "ouest", "Ouest", "Zone"},
		"es": {"Eaux", "élan", "Évian", "Fontaine", "Nord", "Ñuble", "Oran", "ouest", "Ouest", "Zone"},
	}
	for _, code := range lang.Codes {
		got := append([]string{}, list...)
		lang.Sort(c.Locale(code), got, func(s string) string { return s })
		require.Equal(t, want[code], got, code)
	}
}

// In Spanish ñ is a letter of its own after n; elsewhere it is an n.
func TestSortKnowsTheLanguage(t *testing.T) {
	t.Parallel()
	c := open(t)
	for code, want := range map[string][]string{"es": {"Nube", "Nuble", "Ñame"}, "en": {"Ñame", "Nube", "Nuble"}} {
		got := []string{"Nuble", "Ñame", "Nube"}
		lang.Sort(c.Locale(code), got, func(s string) string { return s })
		require.Equal(t, want, got, code)
	}
}
