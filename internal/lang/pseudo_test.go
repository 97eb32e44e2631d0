package lang_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/web"
)

func pseudo(t *testing.T) *lang.Catalogue {
	t.Helper()
	c, err := lang.Open(web.Files, folder, lang.Accented(), lang.Mirrored())
	require.NoError(t, err)
	return c
}

// Every text of a pseudo language is between brackets, holds no plain letter but
// in its blanks, and as a whole they are two fifths longer.
func TestPseudoLanguagesAreMadeOfEveryText(t *testing.T) {
	t.Parallel()
	c := pseudo(t)
	long, short := 0, 0
	for key, e := range texts(t, "en") {
		for _, code := range []string{lang.Accented().Code, lang.Mirrored().Code} {
			l, text := c.Locale(code), ""
			if _, single := e.forms[""]; single {
				text = l.T(key)
			} else {
				text = l.N(key, 1_000_000)
			}
			text = strings.ReplaceAll(text, "<no value>", "")
			require.True(t, strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"), text)
			require.False(t, strings.ContainsFunc(text, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) }), "%s: %s", key, text)
			if _, single := e.forms[""]; single && code == lang.Accented().Code {
				long += utf8.RuneCountInString(text)
				short += utf8.RuneCountInString(strings.ReplaceAll(blank.ReplaceAllString(e.forms[""], ""), "  ", " "))
			}
		}
	}
	require.InDelta(t, 1.4, float64(long)/float64(short), 0.06)
}

func TestPseudoLanguagesAsTheyRead(t *testing.T) {
	t.Parallel()
	c := pseudo(t)
	xa, xb := c.Locale("en-XA"), c.Locale("ar-XB")
	require.Equal(t, "[Šááṽééð: 3 ķííţš ƒóóŕ áá ĝŕóóúúþ, Centre.]", xa.N("give.saved_group", 3, "Site", "Centre"))
	require.Equal(t, "23 Ñóóṽééɱƀééŕ 2026", xa.Date(day(t, "2026-11-23")))
	require.Equal(t, "[ساطعد: \u20683\u2069 قيتس فور ا غروحث، \u2068Centre\u2069.]", xb.N("give.saved_group", 3, "Site", "Centre"))
	require.Equal(t, []string{"ltr", "rtl", "ltr"}, []string{xa.Dir(), xb.Dir(), c.Locale("fr").Dir()})
}

// Readers are never offered a language that nobody speaks.
func TestPseudoLanguagesAreForTestsOnly(t *testing.T) {
	t.Parallel()
	c := open(t)
	require.Equal(t, lang.Codes, c.Codes())
	require.Equal(t, "en", c.Match("ar-XB").Code)
	require.Equal(t, "en", c.Locale("en-XA").Code)
	require.Equal(t, "ar-XB", pseudo(t).Match("ar-XB").Code)
}

// Where numbers and names stand in Arabic, marks keep each to itself; in a
// language that runs with them none is needed.
func TestBlanksAreKeptToThemselves(t *testing.T) {
	t.Parallel()
	c := pseudo(t)
	require.Contains(t, c.Locale("ar-XB").T("give.batch", "Lot", "A12", "Expiry", "3 2028"), "\u2068A12\u2069")
	require.NotContains(t, c.Locale("fr").T("give.batch", "Lot", "A12", "Expiry", "3 2028"), "\u2068")
}
