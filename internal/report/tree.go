package report

import (
	"cmp"
	"slices"

	"thntracker/internal/thn"
)

// tree is the areas of a programme in an order that puts each area directly
// before everything below it, so that "an area with all below" is a run of it.
type tree struct {
	areas    []thn.Area
	runs     map[thn.ID]span
	children map[thn.ID][]thn.ID // by folded name
}

func newTree(areas []thn.Area) *tree {
	t := &tree{runs: map[thn.ID]span{}, children: map[thn.ID][]thn.ID{}}
	byID := map[thn.ID]thn.Area{}
	for _, a := range areas {
		byID[a.ID] = a
	}
	sorted := slices.Clone(areas)
	slices.SortFunc(sorted, func(a, b thn.Area) int {
		return cmp.Or(cmp.Compare(thn.Fold(a.Name), thn.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	for _, a := range sorted {
		parent := a.Parent
		if _, known := byID[parent]; !known {
			parent = "" // out of sight: stands at the top
		}
		t.children[parent] = append(t.children[parent], a.ID)
	}
	for _, top := range t.children[""] {
		t.lay(byID, top)
	}
	return t
}

func (t *tree) lay(byID map[thn.ID]thn.Area, id thn.ID) {
	from := len(t.areas)
	t.areas = append(t.areas, byID[id])
	for _, child := range t.children[id] {
		t.lay(byID, child)
	}
	t.runs[id] = span{from, len(t.areas)}
}

// all is the run of every area. An empty tree still has room for one.
func (t *tree) all() span { return span{0, max(1, len(t.areas))} }

// run is the run of an area with all below; an unknown area is outside every run.
func (t *tree) run(id thn.ID) span {
	if s, ok := t.runs[id]; ok {
		return s
	}
	return span{len(t.areas) + 1, len(t.areas) + 2}
}

func (t *tree) area(id thn.ID) thn.Area {
	if s, ok := t.runs[id]; ok {
		return t.areas[s.from]
	}
	return thn.Area{ID: id}
}

// tops lists the largest areas in view: those whose parent is not. Nil is all.
func (t *tree) tops(view []thn.ID) []thn.ID {
	if view == nil {
		return t.children[""]
	}
	in := map[thn.ID]bool{}
	for _, id := range view {
		in[id] = true
	}
	var tops []thn.ID
	for _, a := range t.areas {
		if in[a.ID] && !in[a.Parent] {
			tops = append(tops, a.ID)
		}
	}
	return tops
}

// chain follows an area down while there is only one way to go: a programme of
// one state in a country is about that state. The last one is the smallest area
// that still holds everything in view.
func (t *tree) chain(view []thn.ID) []thn.ID {
	tops := t.tops(view)
	var chain []thn.ID
	for len(tops) == 1 {
		chain = append(chain, tops[0])
		tops = t.children[tops[0]]
	}
	return chain
}

// regions lists the areas that rows by area show: where the tree first branches.
func (t *tree) regions(view []thn.ID) []thn.ID {
	tops := t.tops(view)
	for len(tops) == 1 && len(t.children[tops[0]]) > 0 {
		tops = t.children[tops[0]]
	}
	return tops
}
