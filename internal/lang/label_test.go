package lang_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// label finds the words that a form's answer is called by in its messages.
var label = regexp.MustCompile("[ `]label:\"([^\"]+)\"")

// What a message calls an answer is in the catalogue: nobody reads a key.
func TestFormsCallAnswersByWordsThatAre(t *testing.T) {
	t.Parallel()
	english := texts(t, "en")
	files, err := filepath.Glob("../form/*.go")
	require.NoError(t, err)
	seen := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range label.FindAllStringSubmatch(string(raw), -1) {
			seen++
			_, ok := english[m[1]]
			require.True(t, ok, "%s: %s is in no English catalogue", file, m[1])
		}
	}
	require.Greater(t, seen, 50)
}
