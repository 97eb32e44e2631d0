package ingest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

// refused checks a refusal by its sentence and place.
func refused(t *testing.T, err error, key string, args map[string]any) {
	t.Helper()
	got, have := fault.Sentence(err)
	require.Equal(t, "import.error."+key, got, "%v", err)
	for name, want := range args {
		require.Equal(t, want, have[name], name)
	}
}
