package chart

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// worldTSV holds the outlines that scripts/worldmap writes: a line with the size
// of the grid, then a line a country of code, "path" or "dot", and where it is.
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
	x, y float64
}

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
		if len(f) != 3 {
			return atlas{}, fmt.Errorf("read world map: line %d has %d columns", i+2, len(f))
		}
		s := shape{code: f[0], path: f[2]}
		if f[1] == "dot" {
			s.path = ""
			if _, err := fmt.Sscan(f[2], &s.x, &s.y); err != nil {
				return atlas{}, fmt.Errorf("read world map: line %d: %w", i+2, err)
			}
		}
		a.shapes = append(a.shapes, s)
	}
	return a, nil
}
