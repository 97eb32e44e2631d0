package picture

import (
	"fmt"
	"html"
	"image/color"
	"strconv"
	"strings"
	"unicode"
)

// vector writes SVG that needs no stylesheet: every colour stands with its shape,
// so that the file looks the same in a word processor, on a poster and in a
// browser. Words stay words.
type vector struct {
	*setter
	b        strings.Builder
	patterns []pattern
}

func (v *vector) measure(s string, size float64, bold bool) float64 { return v.width(s, size, bold) }

func (v *vector) shape(p path, with ink) {
	v.b.WriteString(`<path d="` + dataOf(p) + `"`)
	switch {
	case with.pattern != nil:
		v.b.WriteString(` fill="url(#p` + strconv.Itoa(v.pattern(*with.pattern)) + `)"`)
	case with.fill.A == 0:
		v.b.WriteString(` fill="none"`)
	default:
		v.b.WriteString(` fill="` + hex(with.fill) + `"`)
		if with.fill.A < 255 {
			v.b.WriteString(` fill-opacity="` + short(float64(with.fill.A)/255) + `"`)
		}
	}
	if with.stroke.A > 0 && with.width > 0 {
		v.b.WriteString(` stroke="` + hex(with.stroke) + `" stroke-width="` + short(with.width) + `"`)
		if with.rounded {
			v.b.WriteString(` stroke-linejoin="round"`)
		}
		if len(with.dash) > 0 {
			var list []string
			for _, d := range with.dash {
				list = append(list, short(d))
			}
			v.b.WriteString(` stroke-dasharray="` + strings.Join(list, " ") + `"`)
		}
	}
	v.b.WriteString("/>\n")
}

// pattern keeps a pattern and gives its number.
func (v *vector) pattern(p pattern) int {
	for i, have := range v.patterns {
		if have == p {
			return i
		}
	}
	v.patterns = append(v.patterns, p)
	return len(v.patterns) - 1
}

func (v *vector) write(t text) {
	v.b.WriteString(`<text x="` + short(t.x) + `" y="` + short(t.y) + `" font-size="` + short(t.size) + `" fill="` + hex(t.colour) + `"`)
	if t.bold {
		v.b.WriteString(` font-weight="700"`)
	}
	if t.anchor != start {
		v.b.WriteString(` text-anchor="` + map[anchor]string{middle: "middle", end: "end"}[t.anchor] + `"`)
	}
	if t.halo.A > 0 {
		v.b.WriteString(` paint-order="stroke" stroke="` + hex(t.halo) + `" stroke-width="` + short(t.around) + `" stroke-linejoin="round"`)
	}
	if t.rtl {
		v.b.WriteString(` direction="rtl" unicode-bidi="plaintext"`)
	}
	v.b.WriteString(">" + escape(t.s) + "</text>\n")
}

// bytes closes the file: its size, its name and description for people who do not
// see it, its patterns, and what was drawn.
func (v *vector) bytes(width, height float64, title, desc, lang string) []byte {
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" viewBox="0 0 %[1]s %[2]s" width="%[1]s" height="%[2]s" font-family="'Noto Sans', system-ui, sans-serif"`,
		short(width), short(height))
	if lang != "" {
		s.WriteString(` lang="` + escape(lang) + `"`)
	}
	s.WriteString(">\n<title id=\"t\">" + escape(title) + "</title>\n<desc id=\"d\">" + escape(desc) + "</desc>\n")
	if len(v.patterns) > 0 {
		s.WriteString("<defs>\n")
		for i, p := range v.patterns {
			s.WriteString(tileOf(i, p))
		}
		s.WriteString("</defs>\n")
	}
	s.WriteString(v.b.String() + "</svg>\n")
	return []byte(s.String())
}

func tileOf(i int, p pattern) string {
	turn := ""
	if p.turned {
		turn = ` patternTransform="rotate(45)"`
	}
	side := short(p.side)
	out := fmt.Sprintf(`<pattern id="p%d" width="%s" height="%s" patternUnits="userSpaceOnUse"%s><rect width="%s" height="%s" fill="%s"/>`, i, side, side, turn, side, side, hex(p.ground))
	if p.stripe > 0 {
		out += fmt.Sprintf(`<rect width="%s" height="%s" fill="%s"/>`, short(p.stripe), side, hex(p.ink))
	}
	if p.dot > 0 {
		out += fmt.Sprintf(`<circle cx="%s" cy="%s" r="%s" fill="%s"/>`, short(p.side/2), short(p.side/2), short(p.dot), hex(p.ink))
	}
	return out + "</pattern>\n"
}

// dataOf is a path as SVG writes it.
func dataOf(p path) string {
	var b strings.Builder
	at := func(list ...point) {
		for i, q := range list {
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteString(short(q.x) + " " + short(q.y))
		}
	}
	for _, s := range p {
		switch s.op {
		case moveTo:
			b.WriteString("M")
			at(s.p[0])
		case lineTo:
			b.WriteString("L")
			at(s.p[0])
		case cubicTo:
			b.WriteString("C")
			at(s.p[:]...)
		case closing:
			b.WriteString("Z")
		}
	}
	return b.String()
}

// short writes a number with at most two decimals.
func short(f float64) string {
	s := strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// escape makes words harmless in XML, which refuses control characters altogether.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r == '\ufffe' || r == '\uffff' || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, seen(s)))
}
