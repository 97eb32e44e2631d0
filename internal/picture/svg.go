package picture

import (
	"encoding/xml"
	"errors"
	"fmt"
	"image/color"
	"io"
	"sort"
	"strconv"
	"strings"

	"thntracker/internal/fault"
)

// node is one element of a drawing with what it was given.
type node struct {
	name     string
	attrs    map[string]string
	children []node
	words    string
}

func (n node) attr(name string) string { return n.attrs[name] }

// num is an attribute as a number; absent is zero, as SVG has it.
func (n node) num(name string) float64 {
	f, _ := strconv.ParseFloat(n.attrs[name], 64) // our own drawings: package chart writes plain numbers
	return f
}

// find gives the first child of a name.
func (n node) find(name string) (node, bool) {
	for _, c := range n.children {
		if c.name == name {
			return c, true
		}
	}
	return node{}, false
}

// drawing is a drawing of package chart, read.
type drawing struct {
	root          node
	width, height float64
	rtl           bool
	desc          string
	patterns      map[string]pattern
}

// read takes a drawing apart. It knows what package chart draws and refuses the
// rest, so that nothing is silently left out of a picture.
func read(svg string) (drawing, error) {
	root, err := parse(svg)
	if err != nil {
		return drawing{}, fault.New(fault.Internal, "read drawing", "%w", err)
	}
	d := drawing{root: root, width: root.num("width"), height: root.num("height"), rtl: root.attr("direction") == "rtl", patterns: map[string]pattern{}}
	if root.name != "svg" || d.width <= 0 || d.height <= 0 {
		return drawing{}, fault.New(fault.Internal, "read drawing", "not a drawing of a size: %s", root.name)
	}
	if n, ok := root.find("desc"); ok {
		d.desc = n.words
	}
	return d, d.collect(root, []node{root})
}

// parse reads the elements into a tree.
func parse(svg string) (node, error) {
	dec := xml.NewDecoder(strings.NewReader(svg))
	open := []node{{}}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return node{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := node{name: t.Name.Local, attrs: map[string]string{}}
			for _, a := range t.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			open = append(open, n)
		case xml.CharData:
			open[len(open)-1].words += string(t)
		case xml.EndElement:
			last := open[len(open)-1]
			open = open[:len(open)-1]
			open[len(open)-1].children = append(open[len(open)-1].children, last)
		}
	}
	if len(open) != 1 || len(open[0].children) != 1 {
		return node{}, fmt.Errorf("%d drawings", len(open[0].children))
	}
	return open[0].children[0], nil
}

// collect finds the patterns and checks that every element is a known one.
func (d *drawing) collect(n node, line []node) error {
	for _, c := range n.children {
		line := append(line[:len(line):len(line)], c)
		switch c.name {
		case "pattern":
			d.patterns[c.attr("id")] = d.tile(c, line)
		case "defs", "g", "a":
			if err := d.collect(c, line); err != nil {
				return err
			}
		case "rect", "line", "circle", "path", "text", "title", "desc":
		default:
			return fault.New(fault.Internal, "read drawing", "no picture can hold an element %q", c.name)
		}
	}
	return nil
}

// tile reads a pattern: a ground, and on it a stripe or a dot.
func (d *drawing) tile(n node, line []node) pattern {
	p := pattern{side: n.num("width"), turned: n.attr("patternTransform") != ""}
	for _, c := range n.children {
		fill := d.style(append(line[:len(line):len(line)], c)).ink.fill
		switch {
		case c.name == "circle":
			p.dot, p.ink = c.num("r"), fill
		case c.num("width") < p.side:
			p.stripe, p.ink = c.num("width"), fill
		default:
			p.ground = fill
		}
	}
	return p
}

// look is what the rules make of an element.
type look struct {
	ink
	bold, halo, unscaled bool
}

// style applies attributes and then the rules to each of a line of elements. Fill
// and outline pass on to what is inside, as in SVG.
func (d *drawing) style(line []node) look {
	l := look{ink: ink{fill: color.NRGBA{A: 255}, width: 1}}
	for i, n := range line {
		if id, ok := strings.CutPrefix(n.attr("fill"), "url(#"); ok {
			p := d.patterns[strings.TrimSuffix(id, ")")]
			l.pattern = &p
		}
		l.halo, l.unscaled = false, false // these two do not pass on
		for _, r := range applying(line[:i+1]) {
			l.apply(r)
		}
	}
	return l
}

// applying are the rules for the last of a line of elements, the strongest last.
func applying(line []node) []rule {
	type found struct {
		rule   rule
		weight int
	}
	var list []found
	for i, r := range rules {
		weight := -1
		for _, s := range chains()[i] {
			if s.matches(line) {
				weight = max(weight, s.weight())
			}
		}
		if weight >= 0 {
			list = append(list, found{r, weight})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].weight < list[j].weight })
	out := make([]rule, len(list))
	for i, f := range list {
		out[i] = f.rule
	}
	return out
}

// apply adds what a rule says.
func (l *look) apply(r rule) {
	if r.fill != "" {
		l.fill, l.pattern = Colour(r.fill), nil
	}
	if r.stroke != "" {
		l.stroke = Colour(r.stroke)
	}
	if r.width != "" {
		l.width, _ = strconv.ParseFloat(strings.TrimSuffix(r.width, "px"), 64) // of the table above
	}
	if r.alpha != "" {
		share, _ := strconv.ParseFloat(r.alpha, 64)
		l.fill.A = uint8(share*255 + 0.5)
	}
	if r.dash != "" {
		l.dash = nil
		for _, s := range strings.Fields(r.dash) {
			f, _ := strconv.ParseFloat(s, 64)
			l.dash = append(l.dash, f)
		}
	}
	l.bold = l.bold || r.weight != ""
	l.halo = l.halo || r.order != ""
	l.rounded = l.rounded || r.join != ""
	l.unscaled = l.unscaled || r.scaling != ""
}
