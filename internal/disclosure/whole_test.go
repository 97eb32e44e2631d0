package disclosure

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// triangle is three counts of which only the sums of two are shown, and their sum:
// halves would fit where no whole numbers do.
func triangle(two Shown) ([]Sum, map[string]Shown) {
	hidden := Shown{Hidden: true}
	return []Sum{
		{Whole: "ab", Parts: []string{"a", "b"}}, {Whole: "bc", Parts: []string{"b", "c"}},
		{Whole: "ac", Parts: []string{"a", "c"}}, {Whole: "all", Parts: []string{"a", "b", "c"}},
	}, map[string]Shown{"a": hidden, "b": hidden, "c": hidden, "all": hidden, "ab": two, "bc": two, "ac": two}
}

func TestBounds_countsAreWhole(t *testing.T) {
	t.Parallel()
	sums, shown := triangle(Shown{Low: 0, High: 1})
	found, err := Bounds(sums, shown)
	require.NoError(t, err)
	require.Equal(t, map[string]Interval{"a": {0, 1}, "b": {0, 1}, "c": {0, 1}, "all": {0, 1}}, found, "halves would make the sum one and a half")

	sums, shown = triangle(Shown{Low: 3, High: 3})
	_, err = Bounds(sums, shown)
	refusal, ok := errors.AsType[*Refused](err)
	require.True(t, ok, "%v", err)
	require.Equal(t, Contradicts, refusal.Reason, "one and a half each is no count")

	sums, shown = triangle(Shown{Low: 4, High: 4})
	found, err = Bounds(sums, shown)
	require.NoError(t, err)
	require.Equal(t, Interval{6, 6}, found["all"])
}

// Whoever gives up has proved nothing: what could not be looked at is a leak.
func TestCheck_givingUpIsALeak(t *testing.T) {
	t.Parallel()
	set, rule := grid([]int64{4, 30, 90}, []int64{20, 31, 95}, []int64{70, 80, 90}), Rule{Smallest: 10}
	shown := protected(t, set, rule)
	s, err := newStory("check", set, nil, rule)
	require.NoError(t, err)
	exposed := func(pool int) []int {
		g := newGuard("check", s, rule)
		for k, key := range g.keys {
			if g.views[0].wants[k] = shown[key].Hidden; shown[key].Hidden {
				g.hideAlone(k, Complement)
			}
		}
		g.views[0].pool = pool
		return g.views[0].exposed()
	}
	require.Empty(t, exposed(pool))
	require.Len(t, exposed(0), 4)
	require.Len(t, exposed(20), 4)
}

// A simplex whose numbers leave what a computer can multiply says so, and nothing
// that it said after that is used.
func TestSimplex_tires(t *testing.T) {
	t.Parallel()
	s := newSimplex([]row{{{0, 1}, {1, -1}}}, []int64{0}, []int64{0, 0}, []int64{Open, Open}, []int64{0, 0})
	require.Equal(t, int64(6), s.exact(2, 3, 0, 0))
	require.False(t, s.tired)
	s.exact(1<<61, 8, 0, 0)
	require.True(t, s.tired)
	require.Equal(t, spent, s.inside())
	require.Equal(t, spent, s.settle())
}

// A table that does not add up, or that changes what is known, is not taken.
func TestPlay_takesWhatFits(t *testing.T) {
	t.Parallel()
	f, err := newFrame("test", []string{"all", "a", "b", "c"}, []Sum{{Whole: "all", Parts: []string{"a", "b", "c"}}})
	require.NoError(t, err)
	at := func(key string) int { k, _ := f.find(key); return k }
	p := newPlay(f)
	p.fall[at("a")], p.rise[at("a")] = 5, Open
	p.fall[at("b")], p.rise[at("b")] = 20, Open
	for _, c := range []struct {
		name  string
		moved map[string]int64
		ever  bool
		taken bool
	}{
		{"does not add up", map[string]int64{"a": 1}, false, false},
		{"below nothing", map[string]int64{"a": -6, "b": 6}, false, false},
		{"changes what is known", map[string]int64{"a": 1, "c": -1}, false, false},
		{"cannot go on for ever", map[string]int64{"a": 1, "b": -1}, true, false},
		{"fits", map[string]int64{"a": 3, "b": -3}, false, true},
	} {
		moved := map[int]int64{}
		for key, x := range c.moved {
			moved[at(key)] = x
		}
		p.take(table{moved, c.ever})
		require.Equal(t, c.taken, len(p.seen) == 1, c.name)
	}
	require.Equal(t, int64(3), p.up[at("a")])
	require.Equal(t, int64(3), p.down[at("b")])
	require.Zero(t, p.up[at("b")])
}
