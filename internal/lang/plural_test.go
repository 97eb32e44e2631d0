package lang_test

import (
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

// The categories of CLDR for languages to come, by the library that our texts go
// through: Arabic and Welsh have six, Polish four.
func TestPluralsOfLanguagesToCome(t *testing.T) {
	t.Parallel()
	numbers := []any{0, 1, 2, 3, 5, 6, 11, 21, 100, "1.5"}
	for code, want := range map[string][]string{
		"ar": {"zero", "one", "two", "few", "few", "few", "many", "many", "other", "other"},
		"cy": {"zero", "one", "two", "few", "other", "many", "other", "other", "other", "other"},
		"pl": {"many", "one", "few", "few", "many", "many", "many", "many", "many", "other"},
		"en": {"other", "one", "other", "other", "other", "other", "other", "other", "other", "other"},
		"fr": {"one", "one", "other", "other", "other", "other", "other", "other", "other", "one"},
		"es": {"other", "one", "other", "other", "other", "other", "other", "other", "other", "other"},
	} {
		bundle := i18n.NewBundle(language.English)
		require.NoError(t, bundle.AddMessages(language.Make(code), &i18n.Message{ID: "n", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}))
		var got []string
		for _, n := range numbers {
			said, err := i18n.NewLocalizer(bundle, code).Localize(&i18n.LocalizeConfig{MessageID: "n", PluralCount: n})
			require.NoError(t, err)
			got = append(got, said)
		}
		require.Equal(t, want, got, code)
	}
}

// A count with a part is written as it is and takes the form of its language.
func TestOneAndAHalf(t *testing.T) {
	t.Parallel()
	c := open(t)
	for code, want := range map[string]string{
		"en": "Saved: 1.5 kits for a group, Centre.",
		"fr": "Enregistré\u00a0: 1,5 trousse pour un groupe, Centre.",
		"es": "Guardado: 1,5 kits para un grupo, Centre.",
	} {
		require.Equal(t, want, c.Locale(code).N("give.saved_group", 1.5, "Site", "Centre"))
		require.Equal(t, c.Locale(code).N("give.saved_group", 2, "Site", "Centre"), c.Locale(code).N("give.saved_group", 2.0, "Site", "Centre"))
	}
}
