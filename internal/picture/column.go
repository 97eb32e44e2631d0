package picture

import (
	"strings"
	"unicode/utf8"
)

// column is where paragraphs are set one under another.
type column struct {
	pen
	x, y, width float64 // the upper left corner of what comes next, and its width
	rtl         bool
}

// leading is the distance between two lines, as a share of their size.
const leading = 1.35

// paragraph sets words over as many lines as they need; none for no words.
func (c *column) paragraph(words string, size float64, bold bool, colour string) {
	for _, line := range wrap(c.pen, words, size, bold, c.width) {
		c.y += size * leading
		t := text{x: c.x, y: c.y - size*(leading-1), s: line, size: size, bold: bold, rtl: c.rtl, colour: Colour(colour)}
		if c.rtl {
			t.x += c.width
		}
		c.write(t)
	}
}

// rule draws a line across.
func (c *column) rule(colour string, width float64) {
	c.shape(rectangle(c.x, c.y, c.width, width), ink{fill: Colour(colour)})
	c.y += width
}

// wrap breaks words into lines of a width. A word longer than a line is cut:
// nothing is drawn outside its frame.
func wrap(by pen, words string, size float64, bold bool, width float64) (lines []string) {
	line := ""
	for _, word := range strings.FieldsFunc(words, breakable) {
		if line != "" && by.measure(line+" "+word, size, bold) > width {
			lines, line = append(lines, line), ""
		}
		for by.measure(word, size, bold) > width {
			head, tail := cut(by, word, size, bold, width)
			if tail == "" {
				break
			}
			lines, word = append(lines, head), tail
		}
		line = strings.TrimSpace(line + " " + word)
	}
	if line != "" {
		lines = append(lines, line)
	}
	return sameWay(lines, backwards(words))
}

// Marks that are not drawn and give a line its direction.
const (
	rightward = "\u200e"
	leftward  = "\u200f"
)

// sameWay lets every line run as its paragraph does, whatever word it begins with.
func sameWay(lines []string, back bool) []string {
	for i, line := range lines {
		if backwards(line) != back {
			lines[i] = map[bool]string{true: leftward, false: rightward}[back] + line
		}
	}
	return lines
}

// cut takes from a word that is too long what fits, at least one letter.
func cut(by pen, word string, size float64, bold bool, width float64) (head, tail string) {
	fits := 0
	for i := range word {
		if i > 0 && fits > 0 && by.measure(word[:i], size, bold) > width {
			break
		}
		fits = i
		if i == 0 {
			_, fits = utf8.DecodeRuneInString(word)
		}
	}
	return word[:fits], word[fits:]
}

// breakable tells where a line may end. A no-break blank is no such place.
func breakable(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }
