package browsertest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	writeFigures(&b, []row{{"UX-05", "saving, median", "41ms", "≤ 100 ms"}, {"UX-30", "first visit", "98 KB", "≤ 150 KB"}})
	require.Equal(t, "UX-05  saving, median  41ms   ≤ 100 ms\nUX-30  first visit     98 KB  ≤ 150 KB\n", b.String())
}

func TestMedian(t *testing.T) {
	t.Parallel()
	var d []time.Duration
	require.Zero(t, Median(d))
	for i := range 101 {
		d = append(d, time.Duration(100-i))
	}
	require.Equal(t, time.Duration(50), Median(d))
	require.Equal(t, time.Duration(95), Worst(d))
}
