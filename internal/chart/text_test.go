package chart

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A number and the sign that belongs to it stay on one line: a reader who finds 1 at
// the end of a line and 000 on the next reads two numbers.
func TestWrap_keepsTogetherWhatANoBreakBlankJoins(t *testing.T) {
	t.Parallel()
	for _, blank := range []string{"\u00a0", "\u202f"} {
		s := "Trousses" + blank + ": pour 1" + blank + "000 sorties"
		for width := 80.0; width < 300; width++ {
			for _, line := range wrap(s, 13, width) {
				require.NotRegexp(t, `^(:|000)|1$`, line, "at %v", width)
			}
		}
		require.Equal(t, []string{"Trousses" + blank + ": pour", "1" + blank + "000 sorties"}, wrap(s, 13, 120))
	}
	require.Equal(t, []string{"one two"}, wrap(" one\n\ttwo\r\n", 13, 400))
}
