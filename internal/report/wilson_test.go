package report

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The score intervals of Newcombe 1998, Statistics in Medicine 17:857–872, table I.
func TestWilson_asPublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		yes, asked int64
		low, high  float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		low, high := wilson(c.yes, c.asked, surely)
		require.InDelta(t, c.low, low, 0.00005, "%d of %d", c.yes, c.asked)
		require.InDelta(t, c.high, high, 0.00005, "%d of %d", c.yes, c.asked)
	}
}

// An interval lies between 0 and 1, holds its share, mirrors that of the people
// who said no, and is wider when it may miss less often.
func TestWilson_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		asked := rapid.Int64Range(1, 1_000_000_000).Draw(t, "asked")
		yes := rapid.Int64Range(0, asked).Draw(t, "yes")
		low, high := wilson(yes, asked, surely)
		share := float64(yes) / float64(asked)
		if low < 0 || low > share || share > high || high > 1 {
			t.Fatalf("%v, %v to %v", share, low, high)
		}
		from, to := wilson(asked-yes, asked, surely)
		if math.Abs(1-to-low) > 1e-9 || math.Abs(1-from-high) > 1e-9 {
			t.Fatalf("%v to %v is not the mirror of %v to %v", from, to, low, high)
		}
		if wlow, whigh := wilson(yes, asked, surely/3); wlow > low || whigh < high {
			t.Fatalf("%v to %v is narrower than %v to %v", wlow, whigh, low, high)
		}
	})
}

// Over all three steps the share lies in its interval, which is one number when
// every step was counted.
func TestMultiplied_holdsTheProduct(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var steps []surveyed
		product := 1.0
		for _, s := range sosSteps {
			asked := rapid.Int64Range(SmallestInside, 2_000_000_000).Draw(t, "asked")
			a := surveyed{question: rapid.SampledFrom(s.of).Draw(t, "question"), asked: asked, yes: rapid.Int64Range(SmallestInside, asked).Draw(t, "yes")}
			steps, product = append(steps, a), product*float64(a.yes)/float64(a.asked)
		}
		i := multiplied(steps).Ratio()
		value, low, high := i.Value.Round(6).Float(), i.Low.Round(6).Float(), i.High.Round(6).Float()
		if math.Abs(value-100*product) > 1e-5 || low > value || high < value {
			t.Fatalf("%v: %v, %v to %v", product, value, low, high)
		}
	})
}
