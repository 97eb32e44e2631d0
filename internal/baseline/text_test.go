package baseline

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryKeyHasWords(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, r := range All() {
		keys = append(keys, "world.mark."+string(r.THN), "world.confidence."+string(r.Confidence))
		for _, b := range r.Basis {
			keys = append(keys, BasisKey(b))
		}
	}
	for _, r := range Regions() {
		keys = append(keys, r.Key())
	}
	for _, h := range Headlines() {
		keys = append(keys, h.Key())
		if h.Noted {
			keys = append(keys, h.NoteKey())
		}
	}
	for _, e := range Editions() {
		keys = append(keys, e.Key())
	}
	for _, lang := range nameLanguages {
		file, err := os.ReadFile("../../web/lang/world." + lang + ".yaml")
		require.NoError(t, err)
		for _, key := range keys {
			require.True(t, strings.Contains("\n"+string(file), "\n"+key+": "), "%s in %s", key, lang)
		}
	}
}
