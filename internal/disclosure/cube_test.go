package disclosure

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// tree is one way to divide everything: node 0 is the whole, the others hang below
// the node they name.
type tree []int

// flat divides everything into n.
func flat(n int) tree {
	t := tree{-1}
	for range n {
		t = append(t, 0)
	}
	return t
}

func (t tree) children(node int) (below []int) {
	for i, parent := range t {
		if parent == node {
			below = append(below, i)
		}
	}
	return below
}

// cube makes the set of all counts over several divisions, with every sum. Leaves are asked for by their place.
type cube struct {
	trees []tree
	sides bool // only the sides are published, not the inner counts
	leaf  func(place []int) []int64
	kept  func(place []int) bool
}

func name(place []int) string {
	parts := make([]string, len(place))
	for i, node := range place {
		parts[i] = strconv.Itoa(node)
	}
	return strings.Join(parts, "|")
}

func (c cube) set(shares bool) Set {
	var s Set
	held := map[string][]int64{}
	c.walk(nil, func(place []int) {
		cell := Cell{Key: name(place), Kept: c.kept != nil && c.kept(place), Withheld: c.sides && !slices.Contains(place, 0)}
		own := c.sum(place, held)
		for _, x := range own {
			cell.Value += x
		}
		if shares {
			cell.Contributors = own
		}
		s.Cells = append(s.Cells, cell)
		s.Sums = append(s.Sums, c.sums(place)...)
	})
	return s
}

// walk visits every place.
func (c cube) walk(place []int, visit func(place []int)) {
	if len(place) == len(c.trees) {
		visit(place)
		return
	}
	for node := range c.trees[len(place)] {
		c.walk(append(place[:len(place):len(place)], node), visit)
	}
}

// sum is what stands in a place, by contributor.
func (c cube) sum(place []int, held map[string][]int64) []int64 {
	key := name(place)
	if own, ok := held[key]; ok {
		return own
	}
	var own []int64
	for d, node := range place {
		below := c.trees[d].children(node)
		if len(below) == 0 {
			continue
		}
		for _, child := range below {
			for i, x := range c.sum(with(place, d, child), held) {
				if i == len(own) {
					own = append(own, 0)
				}
				own[i] += x
			}
		}
		held[key] = own
		return own
	}
	held[key] = c.leaf(place)
	return held[key]
}

func with(place []int, d, node int) []int {
	other := append([]int{}, place...)
	other[d] = node
	return other
}

func (c cube) sums(place []int) (sums []Sum) {
	for d, node := range place {
		sum := Sum{Whole: name(place)}
		for _, child := range c.trees[d].children(node) {
			part := with(place, d, child)
			sum.Parts = append(sum.Parts, name(part))
		}
		if len(sum.Parts) > 0 {
			sums = append(sums, sum)
		}
	}
	return sums
}

// Kinds of random cubes.
var (
	shapes = []struct {
		name  string
		trees []tree
		sides bool
	}{
		{"two ways", []tree{flat(6), flat(5)}, false},
		{"two ways, small", []tree{flat(3), flat(3)}, false},
		{"two ways, long", []tree{flat(12), flat(4)}, false},
		{"three ways", []tree{flat(3), flat(3), flat(3)}, false},
		{"areas below regions", []tree{{-1, 0, 0, 1, 1, 1, 2, 2}, flat(4)}, false},
		{"nested ages", []tree{{-1, 0, 0, 1, 1, 0}, flat(4)}, false},
		{"linked tables", []tree{flat(4), flat(3), flat(3)}, true},
		{"one line", []tree{flat(8)}, false},
	}
	// fillings give the mean of a leaf; the numbers vary around it.
	fillings = []struct {
		name  string
		means []float64
		alone bool // one contributor holds all of a leaf
	}{
		{"small and medium", []float64{6, 12, 25, 40}, false},
		{"sparse", []float64{0, 0, 2, 8, 30}, false},
		{"dense", []float64{60, 200, 15}, false},
		{"many zeros", []float64{0, 0, 0, 0, 0, 3, 20}, false},
		{"one contributor", []float64{4, 15, 40}, true},
	}
)

// poisson draws a count around a mean.
func poisson(r *rand.Rand, mean float64) (n int64) {
	for t := r.ExpFloat64(); t < mean; t += r.ExpFloat64() {
		n++
	}
	return n
}

// random makes a cube from a seed: the kinds follow one another, the numbers are
// drawn.
func random(seed uint64, shares bool) (s Set, kind string) {
	r := rand.New(rand.NewPCG(seed, 6))
	shape := shapes[seed%uint64(len(shapes))]
	filling := fillings[seed/uint64(len(shapes))%uint64(len(fillings))]
	c := cube{trees: shape.trees, sides: shape.sides}
	c.leaf = func([]int) []int64 {
		n := poisson(r, filling.means[r.IntN(len(filling.means))])
		own := make([]int64, 4)
		if filling.alone {
			own[r.IntN(4)] = n
			return own
		}
		for range n {
			own[r.IntN(4)]++
		}
		return own
	}
	return c.set(shares), shape.name + ", " + filling.name
}

// primaryOnly is what a publisher shows who masks the small counts and nothing
// else, and whether there are any.
func primaryOnly(set Set, rule Rule) (shown map[string]Shown, something bool) {
	shown = map[string]Shown{}
	for _, c := range set.Cells {
		unfit := rule.unfit(c) != ""
		shown[c.Key] = rule.show(c.Value)
		if unfit || c.Withheld {
			shown[c.Key] = Shown{Hidden: true}
		}
		something = something || unfit
	}
	return shown, something
}
