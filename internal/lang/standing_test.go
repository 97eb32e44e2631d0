package lang_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
)

// safety begins the keys of texts on which a life may hang: how to give
// naloxone, how to look after somebody's breathing. There are none yet. They are
// not to be shown in words that no peer and no harm reduction worker has read.
const safety = "safety."

// instructs are words that only such texts have: what they tell somebody to do.
var instructs = map[string][]string{
	"en": {"recovery position", "tilt the head", "give rescue breaths", "press on the chest"},
	"fr": {"position latérale", "basculez la tête", "insufflations", "appuyez sur la poitrine"},
	"es": {"posición lateral", "incline la cabeza", "insuflaciones", "presione el pecho"},
}

// Each language says by role who wrote it and who has read it, and readers are
// told of one that nobody has.
func TestLanguagesSayWhatStandsBehindThem(t *testing.T) {
	t.Parallel()
	c := open(t)
	require.ElementsMatch(t, lang.Codes, slices.Collect(maps.Keys(lang.Standings)))
	for code, s := range lang.Standings {
		require.Contains(t, []lang.By{lang.Project, lang.Translator, lang.Peer, lang.HarmReductionWorker}, s.Translated, code)
		read := s.Reviewed == lang.Peer || s.Reviewed == lang.HarmReductionWorker
		require.Equal(t, !read, c.Locale(code).Standing() != "", "%s: readers are told, or need not be", code)
		for key, e := range texts(t, code) {
			require.False(t, strings.HasPrefix(key, safety) && !read, "%s: %s is shown before anybody has reviewed it", e.file, key)
			for _, text := range e.forms {
				for _, word := range instructs[code] {
					require.True(t, !strings.Contains(strings.ToLower(text), word) || strings.HasPrefix(key, safety), "%s: %s instructs; its key begins with %s", e.file, key, safety)
				}
			}
		}
	}
}

// A language is called by its own name wherever it is offered.
func TestLanguagesAreCalledByTheirOwnNames(t *testing.T) {
	t.Parallel()
	c := open(t)
	for _, code := range lang.Codes {
		for _, of := range lang.Codes {
			require.Equal(t, c.Locale(code).T("language."+code), c.Locale(of).T("language."+code), of)
		}
	}
}
