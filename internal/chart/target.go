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
// be seen on a bar, and then the names, so that no line crosses one. Where the words
// of rows stand above their bars, a line is drawn at the bars alone.
func drawTargets(c *canvas, labels []targetLabel, l rowLayout, rows int) {
	for _, t := range labels {
		for _, s := range l.stretches(t, labels[len(labels)-1], rows) {
			c.line("target-under", t.line, s.from, t.line, s.to)
			c.line("target", t.line, s.from, t.line, s.to)
		}
	}
	for _, t := range labels {
		for i, line := range t.lines {
			c.text("target-label halo", t.anchor, t.x, t.y-lineSize*float64(len(t.lines)-1-i), line)
		}
	}
}

// stretch is a part of a line from top to bottom.
type stretch struct{ from, to float64 }

// stretches are where the line of a target is drawn; last is the lowest name.
func (l rowLayout) stretches(t, last targetLabel, rows int) []stretch {
	if !l.above {
		return []stretch{{t.y + 6, l.bottom}}
	}
	list := []stretch{{last.y + 6, l.top + 4}}
	for i := range rows {
		list = append(list, stretch{l.middle(i) - l.bar/2 - 4, l.middle(i) + l.bar/2 + 4})
	}
	return list
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
