package picture

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// glyphs are the names of the letters of a line, from left to right.
func glyphs(t *testing.T, words string) (list []string) {
	t.Helper()
	s, err := newSetter()
	require.NoError(t, err)
	for _, run := range s.set(words, false).runs {
		for _, g := range run.Glyphs {
			list = append(list, run.Face.GlyphName(g.GlyphID))
		}
	}
	return list
}

// Arabic letters join. A later version of the library leaves the yeh in the middle,
// the noon and the teh marbuta at the end standing alone, which reads as broken.
func TestLetters_ArabicJoins(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][]string{
		"تغطية": {"twodotshorizontalabovear", "uni0647.fina", "twodotshorizontalbelowar", "uni066E.medi.wide", "uni0637.medi", "dotabovear", "uni0639.medi",
			"twodotshorizontalabovear", "uni066E.init.wide"},
		"النالوكسون": {"dotabovear", "uni06BA", "uni0648.fina", "uni0633.medi", "uni0643.init", "uni0648.fina", "uni0644.init", "uni0627.fina",
			"dotabovear", "uni066E.medi", "uni0644.init", "uni0627"},
	} {
		require.Equal(t, want, glyphs(t, words), words)
	}
}

// Numbers and Latin names keep their order in a line from right to left, and
// brackets turn round.
func TestLetters_bothDirections(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"one", "two", "space", "a", "b"}, glyphs(t, "12 ab"))
	require.Equal(t, []string{"parenleft", "two", "hyphen", "one", "parenright"}, glyphs(t, "(2-1)"))
	mixed := glyphs(t, "كل 100 (66–76)")
	require.Equal(t, []string{"parenleft", "seven", "six", "endash", "six", "six", "parenright"}, mixed[:7], "read from the right: 66 to 76")
	require.Equal(t, []string{"one", "zero", "zero"}, mixed[8:11])
	require.Equal(t, []string{"a", "b", "space", "Alpha", "beta"}, glyphs(t, "كل ab Αβ")[:5], "two alphabets that run the other way keep their order")
	require.Equal(t, glyphs(t, "exe.jpg "), glyphs(t, "\u202eexe.jpg\x07"), "a name cannot turn the writing around")
	require.False(t, backwards("\u2068كل\u2069 kits"), "what is kept to itself has no say")
	require.True(t, backwards("\u2068Freedonia\u2069: كل"))
}

func TestLetters_coverTheLanguages(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"Ça coûte à l’été : œuvre «\u202f28\u202f104\u202f»", "¿Cuántos años? Español, ñandú", "Português: não, ações", "Наборов роздано: 28", "Ελληνικά: 28 ά", "Łódź, Ağrı, Čeština, Ø"} {
		require.NotContains(t, glyphs(t, words), ".notdef", words)
	}
}

// Every sign of every text has a letter. The arrow, which a drawing begins a line
// with, is drawn.
func TestLetters_coverTheCatalogue(t *testing.T) {
	t.Parallel()
	s, err := newSetter()
	require.NoError(t, err)
	files, err := filepath.Glob("../../web/lang/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, r := range strings.ReplaceAll(string(raw), downward, "") {
			if _, ok := s.latin(true).NominalGlyph(r); !ok && r >= ' ' {
				t.Errorf("%s: %q has no letter", file, r)
			}
		}
	}
}
