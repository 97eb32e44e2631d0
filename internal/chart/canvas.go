package chart

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Sizes of text in CSS pixels at the drawn width. Charts shrink with their
// column down to four fifths, so 15 stays at 12 or more on screen.
const (
	textSize  = 15.0
	titleSize = 19.0
	lineSize  = 20.0 // distance between two lines of text
)

// canvas collects the elements of one drawing, left to right. When the page
// reads right to left it mirrors every position, so the kinds of chart need not
// know about direction.
type canvas struct {
	b     strings.Builder
	doc   Doc
	id    string
	width float64
	rtl   bool
	y     float64 // where the next block starts
	links bool    // parts of it lead somewhere
}

// newCanvas starts a drawing and writes its heading.
func newCanvas(doc Doc) *canvas {
	c := &canvas{doc: doc, id: safeID(doc.ID), width: doc.width(), rtl: doc.Dir == "rtl"}
	if doc.Bare {
		return c
	}
	c.paragraph("title", doc.Title, titleSize, 24)
	c.paragraph("subtitle", doc.Subtitle, textSize, lineSize)
	if c.y > 0 {
		c.y += 12
	}
	return c
}

// paragraph writes text over as many lines as the width needs.
func (c *canvas) paragraph(class, s string, size, leading float64) {
	for _, line := range wrap(s, size, c.width) {
		c.y += leading
		c.sized(class, "start", 0, c.y-leading*0.25, line, size)
	}
}

// finish writes the foot and closes the drawing: its role, its title and its
// description, which name it to people who do not see it.
func (c *canvas) finish(kind string) string {
	if c.doc.Source != "" && !c.doc.Bare {
		c.y += 10
		c.paragraph("source", c.doc.Source, textSize, lineSize)
	}
	var s strings.Builder
	class := "chart chart-" + kind + " chart-wide"
	if c.doc.narrow() {
		class = "chart chart-" + kind + " chart-narrow"
	}
	w, h := num(c.width), num(c.y+4)
	s.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="` + class + `" role="` + c.role() + `"`)
	s.WriteString(` aria-labelledby="` + c.id + `-t ` + c.id + `-d" viewBox="0 0 ` + w + ` ` + h + `" width="` + w + `" height="` + h + `"`)
	if c.doc.Lang != "" {
		s.WriteString(` lang="` + escape(c.doc.Lang) + `"`)
	}
	if c.rtl {
		s.WriteString(` direction="rtl"`)
	}
	s.WriteString(` font-size="` + num(textSize) + `" font-family="system-ui, sans-serif">`)
	s.WriteString(`<title id="` + c.id + `-t">` + escape(c.doc.Title) + `</title>`)
	s.WriteString(`<desc id="` + c.id + `-d">` + escape(c.doc.Desc) + `</desc>`)
	s.WriteString(c.b.String())
	s.WriteString("</svg>")
	return s.String()
}

// role is a picture's; one that can be followed is a group, because what is in a
// picture is hidden from people who do not see it.
func (c *canvas) role() string {
	if c.links {
		return "group"
	}
	return "img"
}

// open starts a part that leads somewhere, over a box large enough for a thumb;
// shut ends it. Without an address both do nothing.
func (c *canvas) open(url string, x, y, w, h float64) {
	if url == "" {
		return
	}
	c.raw(`<a href="` + escape(url) + `">`)
	c.rect("tap", x, y, w, h)
}

func (c *canvas) shut(url string) {
	if url != "" {
		c.raw(`</a>`)
	}
}

// rect draws a box. Boxes without height or width are left out.
func (c *canvas) rect(class string, x, y, w, h float64) {
	c.box(class, "", x, y, w, h)
}

// box is rect with a pattern over its class colour.
func (c *canvas) box(class, fill string, x, y, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	if c.rtl {
		x = c.width - x - w
	}
	c.b.WriteString(`<rect class="` + class + `"`)
	if fill != "" {
		c.b.WriteString(` fill="url(#` + fill + `)"`)
	}
	c.b.WriteString(` x="` + num(x) + `" y="` + num(y) + `" width="` + num(w) + `" height="` + num(h) + `"/>`)
}

// line draws a straight line.
func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.b.WriteString(`<line class="` + class + `" x1="` + num(c.mirror(x1)) + `" y1="` + num(y1) +
		`" x2="` + num(c.mirror(x2)) + `" y2="` + num(y2) + `"/>`)
}

// circle draws a dot.
func (c *canvas) circle(class string, x, y, r float64) {
	c.b.WriteString(`<circle class="` + class + `" cx="` + num(c.mirror(x)) + `" cy="` + num(y) + `" r="` + num(r) + `"/>`)
}

// text writes one line at the normal size. Anchor is start, middle or end in
// reading direction.
func (c *canvas) text(class, anchor string, x, y float64, s string) {
	c.sized(class, anchor, x, y, s, textSize)
}

// sized is text at a size of its own.
func (c *canvas) sized(class, anchor string, x, y float64, s string, size float64) {
	if s == "" {
		return
	}
	c.b.WriteString(`<text class="` + class + `" x="` + num(c.mirror(x)) + `" y="` + num(y) + `"`)
	if anchor != "start" {
		c.b.WriteString(` text-anchor="` + anchor + `"`)
	}
	if size != textSize {
		c.b.WriteString(` font-size="` + num(size) + `"`)
	}
	c.b.WriteString(`>` + escape(s) + `</text>`)
}

// raw adds markup that this package wrote itself.
func (c *canvas) raw(s string) { c.b.WriteString(s) }

// mirror turns a left-to-right position into the drawing's own.
func (c *canvas) mirror(x float64) float64 {
	if c.rtl {
		return c.width - x
	}
	return x
}

// num writes a coordinate with at most one decimal, which is finer than a pixel.
func num(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

// escape makes any text harmless in SVG, as part of a page and as a file of its
// own: XML refuses control characters that HTML would let pass.
func escape(s string) string {
	return html.EscapeString(strings.Map(printable, s))
}

// printable drops what XML 1.0 cannot hold.
func printable(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r < 0x20 || r == 0x7f || r == 0xfffe || r == 0xffff || r == utf8.RuneError:
		return -1
	}
	return r
}

// safeID keeps what can stand in an id and in a url(#…) reference.
func safeID(s string) string {
	id := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, s)
	return "chart-" + id
}

// fine writes a factor with enough decimals to scale a map by.
func fine(f float64) string { return strconv.FormatFloat(f, 'f', 5, 64) }
