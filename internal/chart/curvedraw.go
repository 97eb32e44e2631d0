package chart

import (
	"math"
	"slices"
	"strings"
)

// curveLayout is a curve with its place on the drawing.
type curveLayout struct {
	Curve
	plot            frame
	across, upwards axis
}

// pointLabel is where the name of a point stands, and where the point is.
type pointLabel struct {
	text               string
	x, y, fromX, fromY float64
}

// frame leaves room for the numbers of the y axis and the words above it.
func (v *curveLayout) frame(c *canvas) {
	v.across, v.upwards = newAxis(v.To, true), axis{max: v.Max, step: v.Max / maxSteps}
	for _, line := range wrap(v.Y, textSize, c.width) {
		c.y += lineSize
		c.text("axis-title", "start", 0, c.y-4, line)
	}
	left := measure(v.Doc.format(v.Max), textSize) + 10
	height := 320.0
	if v.Doc.narrow() {
		height = 260
	}
	v.plot = frame{x: left, y: c.y + 10, w: c.width - left - 14, h: height}
}

func backwards(s []Spot) []Spot {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

// at is where a spot stands. What lies beyond the axis stands at its end.
func (v curveLayout) at(s Spot) (x, y float64) {
	return v.plot.x + v.plot.w*v.across.at(s.X), v.plot.y + v.plot.h*(1-v.upwards.at(s.Y))
}

func (v curveLayout) drawGrid(c *canvas) {
	right, bottom := v.plot.x+v.plot.w, v.plot.y+v.plot.h
	for _, s := range v.upwards.steps() {
		_, y := v.at(Spot{Y: s})
		class := "grid"
		if s == 0 {
			class = "axis"
		}
		c.line(class, v.plot.x, y, right, y)
		c.text("tick", "end", v.plot.x-6, y+5, v.Doc.format(s))
	}
	last := -1e9
	for _, s := range v.across.steps() {
		x, _ := v.at(Spot{X: s})
		c.line("axis", x, bottom, x, bottom+5)
		text := v.Doc.format(s)
		w := measure(text, textSize)
		if x-w/2 < last+8 {
			continue // on a phone the numbers would touch
		}
		at, anchor := fit(x, w, c.width)
		c.text("tick", anchor, at, bottom+22, text)
		last = x + w/2
	}
}

// path draws a line through spots; closed fills it.
func (v curveLayout) path(c *canvas, class string, spots []Spot, end string) {
	var d strings.Builder
	for i, s := range spots {
		x, y := v.at(s)
		d.WriteString(map[bool]string{true: "M", false: "L"}[i == 0] + num(c.mirror(x)) + " " + num(y))
	}
	c.raw(`<path class="` + class + `" d="` + d.String() + end + `"/>`)
}

func (v curveLayout) drawTarget(c *canvas) {
	if v.Target == nil {
		return
	}
	_, y := v.at(Spot{Y: v.Target.At})
	c.line("target-under", v.plot.x, y, v.plot.x+v.plot.w, y)
	c.line("target", v.plot.x, y, v.plot.x+v.plot.w, y)
	for _, line := range clip(v.Target.Label, textSize, v.plot.w*0.7, 1) {
		c.text("target-label halo", "start", v.plot.x+8, y-7, line)
	}
}

// drawPoints draws every point and then the names, each to the right of its point
// and below the curve, where nothing else is drawn.
func (v curveLayout) drawPoints(c *canvas) {
	for _, l := range v.placeNames(c) {
		c.line("leader", l.fromX, l.fromY, l.x-3, l.y-5)
		c.text("point-label halo", "start", l.x, l.y, l.text)
	}
	for _, p := range v.Points {
		x, y := v.at(p.Spot)
		class := "dot-now"
		if p.Planned {
			class = "dot"
		}
		c.circle(class, x, y, 6)
	}
}

// placeNames sets names from the lowest point up; one that would lie on another
// moves below it.
func (v curveLayout) placeNames(c *canvas) (out []pointLabel) {
	points := slices.DeleteFunc(slices.Clone(v.Points), func(p Point) bool { return p.Label == "" })
	slices.SortStableFunc(points, func(a, b Point) int {
		return map[bool]int{true: -1, false: 1}[a.Y > b.Y]
	})
	for _, p := range points {
		x, y := v.at(p.Spot)
		name := clip(p.Label, textSize, v.plot.w*0.45, 1)
		if len(name) == 0 {
			continue
		}
		w := measure(name[0], textSize*bold)
		l := pointLabel{text: name[0], fromX: x, fromY: y, x: math.Min(x+16, c.width-w), y: y + 22}
		for i := 0; i < len(out); i++ {
			if o := out[i]; math.Abs(o.y-l.y) < lineSize-1 && l.x < o.x+measure(o.text, textSize)+8 && o.x < l.x+w+8 {
				l.y, i = o.y+lineSize, -1
			}
		}
		l.y = math.Min(l.y, v.plot.y+v.plot.h-6)
		out = append(out, l)
	}
	return out
}

// drawFoot writes what x counts, and what the two marks mean where both are drawn.
func (v curveLayout) drawFoot(c *canvas) {
	c.y = v.plot.y + v.plot.h + 26
	for _, line := range wrap(v.X, textSize, c.width) {
		c.y += lineSize
		c.text("axis-title", "start", 0, c.y-4, line)
	}
	for i, class := range []string{"dot-now", "dot"} {
		for _, line := range clip(v.Legend[i], textSize, c.width-24, 1) {
			c.y += lineSize + 2
			c.circle(class, 7, c.y-9, 5)
			c.text("label", "start", 20, c.y-4, line)
		}
	}
}
