package disclosure

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

// PV-23: the gate before a publication finds what is planted.
func TestCheck_findsEveryKindOfLeak(t *testing.T) {
	t.Parallel()
	ten := Rule{Smallest: 10}
	three := Rule{Smallest: 10, Contributors: 3, Share: 80}
	hidden := Shown{Hidden: true}
	plainly := func(set Set, other map[string]Shown) map[string]Shown {
		shown := map[string]Shown{}
		for _, c := range set.Cells {
			shown[c.Key] = Shown{Low: c.Value, High: c.Value}
		}
		maps.Copy(shown, other)
		return shown
	}
	held := Set{
		Cells: []Cell{
			{Key: "all", Value: 143, Contributors: []int64{80, 33, 30}},
			{Key: "a", Value: 3, Contributors: []int64{0, 3}},
			{Key: "b", Value: 40, Contributors: []int64{40}},
			{Key: "c", Value: 100, Contributors: []int64{40, 30, 30}},
		},
		Sums: []Sum{{Whole: "all", Parts: []string{"a", "b", "c"}}},
	}
	asked := line(40, 0)
	asked.Sums[0].Sensitive = true
	for _, c := range []struct {
		name  string
		set   Set
		rule  Rule
		shown map[string]Shown
		want  []Leak
	}{
		{"nothing at all", Set{}, ten, nil, nil},
		{"nothing to hide", line(20, 30), ten, plainly(line(20, 30), nil), nil},
		{"a count left out", line(20, 30), ten, map[string]Shown{"all": {Low: 50, High: 50}, "a": {Low: 20, High: 20}}, []Leak{{"b", Missing}}},
		{"a count too many", line(20, 30), ten, plainly(line(20, 30), map[string]Shown{"z": {}}), []Leak{{"z", Missing}}},
		{"a number behind the mask", line(20, 30, 40), ten, plainly(line(20, 30, 40), map[string]Shown{"a": {Hidden: true, Low: 20, High: 20}, "b": hidden}), []Leak{{"a", Numbered}}},
		{"another number", line(20, 30), ten, plainly(line(20, 30), map[string]Shown{"a": {Low: 21, High: 25}}), []Leak{{"a", Untrue}}},
		{"a small count shown", line(4, 30), ten, plainly(line(4, 30), nil), []Leak{{"a", Unhidden}}},
		{"a small count, and the rest", line(4, 30, 50), ten, plainly(line(4, 30, 50), map[string]Shown{"a": hidden}), []Leak{{"a", Narrow}}},
		{"a small count, and one too small to hide it", line(1, 2, 50), ten, plainly(line(1, 2, 50), map[string]Shown{"a": hidden, "b": hidden}), []Leak{{"a", Narrow}, {"b", Narrow}}},
		{"a small count among enough", line(4, 30, 50), ten, plainly(line(4, 30, 50), map[string]Shown{"a": hidden, "b": hidden}), nil},
		{"a small count, and the rest rounded", line(4, 30, 50), Rule{Smallest: 10, Round: 5},
			map[string]Shown{"a": hidden, "b": {Low: 28, High: 32}, "c": {Low: 48, High: 52}, "all": {Low: 83, High: 87}}, nil},
		{"the same answer from all", asked, ten, plainly(asked, nil), []Leak{{"a", Unhidden}, {"b", Unhidden}}},
		{"hidden from all but one who holds the rest", held, three,
			map[string]Shown{"all": {Low: 143, High: 143}, "a": hidden, "b": hidden, "c": {Low: 100, High: 100}}, []Leak{{"a", ToInsider}}},
		{"hidden from that one too", held, three, map[string]Shown{"all": {Low: 143, High: 143}, "a": hidden, "b": hidden, "c": hidden}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found, err := Check(c.set, c.shown, c.rule)
			require.NoError(t, err)
			require.Equal(t, c.want, found)
		})
	}
}

// DX-07, PV-27.
func TestCheckRevision_findsWhatTheDifferenceTells(t *testing.T) {
	t.Parallel()
	rule := Rule{Smallest: 10}
	hidden := Shown{Hidden: true}
	exact := func(n int64) Shown { return Shown{Low: n, High: n} }
	before := Published{Set: line(50, 60, 70), Shown: map[string]Shown{"a": exact(50), "b": exact(60), "c": exact(70), "all": exact(180)}}
	for _, c := range []struct {
		name   string
		before Published
		set    Set
		shown  map[string]Shown
		want   []Leak
	}{
		{"three more", before, line(53, 60, 80), map[string]Shown{"a": exact(53), "b": exact(60), "c": exact(80), "all": exact(193)}, []Leak{{"a", Unhidden}}},
		{"three more behind a count that everybody knows", before, line(53, 60, 80), map[string]Shown{"a": hidden, "b": hidden, "c": exact(80), "all": exact(193)}, []Leak{{"a", Narrow}}},
		{"three more behind one that changed too", before, line(53, 60, 80), map[string]Shown{"a": hidden, "b": exact(60), "c": hidden, "all": exact(193)}, nil},
		{"hidden before and shown now", Published{Set: line(5, 60, 70), Shown: map[string]Shown{"a": hidden, "b": hidden, "c": exact(70), "all": exact(135)}},
			line(5, 60, 70), map[string]Shown{"a": hidden, "b": exact(60), "c": hidden, "all": exact(135)}, []Leak{{"a", Narrow}, {"b", Unhidden}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found, err := CheckRevision(c.set, c.shown, c.before, rule)
			require.NoError(t, err)
			require.Equal(t, c.want, found)
		})
	}
}
