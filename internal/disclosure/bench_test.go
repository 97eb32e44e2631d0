package disclosure

import (
	"math/rand/v2"
	"testing"
)

// sizes are publications like those to come, and harder ones.
var sizes = []struct {
	name  string
	trees []tree
	means []float64
}{
	{"39x5", []tree{flat(39), flat(5)}, []float64{3, 20, 80, 300}},
	{"20x20", []tree{flat(20), flat(20)}, []float64{3, 20, 80, 300}},
	{"12x8x6", []tree{flat(12), flat(8), flat(6)}, []float64{8, 40, 150, 600}},
	// 8 regions of 5 areas each, 10 channels, 4 quarters: 49 × 11 × 5 counts.
	{"national", []tree{below(8, 5), flat(10), flat(4)}, []float64{2, 40, 60, 90, 150, 150, 200, 600}},
}

// below divides everything into regions, and each region into areas.
func below(regions, areas int) tree {
	t := flat(regions)
	for r := range regions {
		for range areas {
			t = append(t, r+1)
		}
	}
	return t
}

// sized makes one of the sizes; each count is held by some of eight contributors.
func sized(i int) Set {
	r := rand.New(rand.NewPCG(uint64(i), 2))
	c := cube{trees: sizes[i].trees, kept: func(place []int) bool {
		for _, node := range place {
			if node != 0 {
				return false
			}
		}
		return true
	}}
	c.leaf = func([]int) []int64 {
		own := make([]int64, 8)
		n, some := poisson(r, sizes[i].means[r.IntN(len(sizes[i].means))]), 3+r.IntN(4)
		first := r.IntN(8)
		for range n {
			own[(first+r.IntN(some))%8]++
		}
		return own
	}
	return c.set(true)
}

func BenchmarkProtect(b *testing.B) {
	for i, size := range sizes {
		for name, rule := range map[string]Rule{
			"":                 {Smallest: 10, Round: 5},
			", 8 contributors": {Smallest: 10, Contributors: 3, Share: 80, Round: 5},
		} {
			b.Run(size.name+name, func(b *testing.B) {
				set := sized(i)
				for b.Loop() {
					p, err := Protect(set, rule)
					if err != nil {
						b.Fatal(err)
					}
					report(b, len(set.Cells), p)
				}
			})
		}
	}
}

func report(b *testing.B, cells int, p Protected) {
	small := 0
	for _, e := range p.Log {
		if e.Why == Small || e.Why == Contributors || e.Why == Dominated {
			small++
		}
	}
	b.ReportMetric(float64(cells), "cells")
	b.ReportMetric(float64(small), "small")
	b.ReportMetric(float64(len(p.Log)), "hidden")
}

func BenchmarkBounds(b *testing.B) {
	for i, size := range sizes {
		for _, round := range []int64{0, 5} {
			if round > 0 && len(size.trees) > 2 {
				continue // too hard from the outside, see the package comment
			}
			b.Run(size.name+map[int64]string{0: ", exact", 5: ", rounded"}[round], func(b *testing.B) {
				set := sized(i)
				p, err := Protect(set, Rule{Smallest: 10, Round: round})
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if _, err := Bounds(set.Sums, p.Shown); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for i, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			set, rule := sized(i), Rule{Smallest: 10, Round: 5}
			p, err := Protect(set, rule)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				found, err := Check(set, p.Shown, rule)
				if err != nil || len(found) > 0 {
					b.Fatal(found, err)
				}
			}
		})
	}
}
