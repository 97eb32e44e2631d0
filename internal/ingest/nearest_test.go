package ingest

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/thn"
)

func TestNearest_offersWhatIsClose(t *testing.T) {
	t.Parallel()
	known := map[string]string{}
	for _, name := range []string{"Central Falls", "Burrillville", "Westerly", "Smithfield", "North Smithfield", "Warren", "Warwick", "Exeter"} {
		known[spelling(name)] = name
	}
	for written, want := range map[string][]string{
		"Central Fall":  {"Central Falls"},
		"Central_Falls": {"Central Falls"},
		"Burrilliville": {"Burrillville"},
		"Westerley":     {"Westerly"},
		"Wraren":        {"Warren"},
		"Wawick":        {"Warwick"},
		"Newport":       nil,
		"X":             nil,
	} {
		require.Equal(t, want, nearest(spelling(written), known), written)
	}
}

func TestDistance_isADistance(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-cé]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := distance(a, b, 99)
		if d != distance(b, a, 99) || (d == 0) != (a == b) || d > max(len([]rune(a)), len([]rune(b))) {
			t.Fatalf("%q %q: %d", a, b, d)
		}
	})
}

func TestDerivedID_hasTheFormOfARandomOne(t *testing.T) {
	t.Parallel()
	a, b := derivedID("p", "x", "y"), derivedID("p", "xy")
	require.NotEqual(t, a, b)
	require.Equal(t, a, derivedID("p", "x", "y"))
	require.NotEqual(t, a, derivedID("q", "x", "y"))
	parsed, err := thn.ParseID(string(a))
	require.NoError(t, err)
	require.Equal(t, a, parsed)
}
