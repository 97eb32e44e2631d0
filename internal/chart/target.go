package chart

import "slices"

// targetLabel is where a target's name stands and where its line starts.
type targetLabel struct {
	lines  []string
	anchor string
	x, y   float64 // of the last line of the name
	line   float64 // x of the line
}

// placeTargets finds room for the names of targets above the plot: on one line
// where they do not touch, otherwise each on lines of its own.
func placeTargets(c *canvas, l rowLayout, targets []Target) []targetLabel {
	sorted := slices.Clone(targets)
	slices.SortFunc(sorted, func(a, b Target) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return 0
	})
	var out []targetLabel
	lastEnd := 0.0
	for _, t := range sorted {
		lines := clip(t.Label, textSize*bold, c.width, 2)
		w := 0.0
		for _, line := range lines {
			w = max(w, measure(line, textSize*bold))
		}
		x, anchor := fit(l.x(t.At), w, c.width)
		start := map[string]float64{"start": x, "middle": x - w/2, "end": x - w}[anchor]
		if len(out) == 0 || len(lines) > 1 || start < lastEnd+12 {
			c.y += lineSize * float64(len(lines))
		}
		lastEnd = start + w
		out = append(out, targetLabel{lines: lines, anchor: anchor, x: x, y: c.y - 4, line: l.x(t.At)})
	}
	return out
}

// drawTargets draws each line from its name down, over a pale line that lets it
// be seen on a bar, and then the names, so that no line crosses one.
func drawTargets(c *canvas, labels []targetLabel, bottom float64) {
	for _, t := range labels {
		c.line("target-under", t.line, t.y+6, t.line, bottom)
		c.line("target", t.line, t.y+6, t.line, bottom)
	}
	for _, t := range labels {
		for i, line := range t.lines {
			c.text("target-label halo", t.anchor, t.x, t.y-lineSize*float64(len(t.lines)-1-i), line)
		}
	}
}

// fit keeps a centred text of width w inside the frame.
func fit(x, w, width float64) (at float64, anchor string) {
	switch {
	case x+w/2 > width:
		return width, "end"
	case x-w/2 < 0:
		return 0, "start"
	default:
		return x, "middle"
	}
}
