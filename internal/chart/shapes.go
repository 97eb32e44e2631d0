package chart

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// worldTSV holds the outlines that scripts/worldmap writes: a line with the size
// of the grid, then a line a country of code, "path" or "dot", its outline or its
// place, and the frame of its largest part.
//
//go:embed world.tsv
var worldTSV string

// atlas is the parsed map.
type atlas struct {
	width, height float64
	shapes        []shape // in order of code
}

// shape is one country: a path, or the middle of one too small to see.
type shape struct {
	code string // ISO 3166-1 alpha-2, or "-" for places without a code
	path string // path data in grid units; empty for a dot
	box  frame
}

// frame is the box around the largest part of a country; a dot's has no size.
type frame struct{ x, y, w, h float64 }

// middle is the centre of the frame.
func (f frame) middle() (x, y float64) { return f.x + f.w/2, f.y + f.h/2 }

// world parses the embedded map when it is first drawn.
var world = sync.OnceValues(func() (atlas, error) { return parseAtlas(worldTSV) })

// parseAtlas reads the map's text form.
func parseAtlas(text string) (atlas, error) {
	var a atlas
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if _, err := fmt.Sscanf(lines[0], "# %g %g", &a.width, &a.height); err != nil {
		return atlas{}, fmt.Errorf("read world map: size of the grid: %w", err)
	}
	for i, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return atlas{}, fmt.Errorf("read world map: line %d has %d columns", i+2, len(f))
		}
		s := shape{code: f[0], path: f[2]}
		if f[1] == "dot" {
			s.path = ""
		}
		if _, err := fmt.Sscan(f[3], &s.box.x, &s.box.y, &s.box.w, &s.box.h); err != nil {
			return atlas{}, fmt.Errorf("read world map: frame on line %d: %w", i+2, err)
		}
		a.shapes = append(a.shapes, s)
	}
	return a, nil
}
