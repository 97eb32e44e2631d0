package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// widths of common letters as shares of the text size, rounded up over the
// system fonts of phones and desks. The server has no font to measure with, so
// an estimate that is a little too wide is what keeps labels from touching.
const (
	thinLetters = " iljtfrI.,:;'|!()[]·-\u2009\u202f\u00a0"
	wideLetters = "mwMW@%—"
)

// bold is how much wider bold letters are than measured.
const bold = 1.2

// measure estimates how wide a line of text is drawn.
func measure(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Bidi_Control, r): // not drawn
		case strings.ContainsRune(thinLetters, r):
			w += 0.34
		case strings.ContainsRune(wideLetters, r):
			w += 0.92
		case 'A' <= r && r <= 'Z' || r >= 0x400 && r < 0x600:
			w += 0.68
		case r >= 0x1100 && r < 0x2000 || r >= 0x2e80:
			w += 1.05
		default:
			w += 0.57
		}
	}
	return w * size
}

// wrap breaks text into lines that fit a width. A word longer than a line is
// cut, because nothing may be drawn outside the frame.
func wrap(s string, size, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(s, breakable) {
		for measure(word, size) > width && len(word) > 1 {
			head, tail := split(word, size, width)
			if line != "" {
				lines, line = append(lines, line), ""
			}
			lines, word = append(lines, head), tail
		}
		if line != "" && measure(line+" "+word, size) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}

// breakable tells where a line may end. A no-break blank, as between the digits of
// 1 000 or before a colon in French, is no such place.
func breakable(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// split cuts a word where it leaves the width, after at least one letter.
func split(word string, size, width float64) (head, tail string) {
	for i := range word {
		if i > 0 && measure(word[:i], size) > width-size {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// clip wraps text and keeps at most n lines; what is left out shows as an
// ellipsis, and stands in full in the table beside every chart.
func clip(s string, size, width float64, n int) []string {
	lines := wrap(s, size, width)
	if len(lines) <= n {
		return lines
	}
	last := lines[n-1] + " " + lines[n]
	for last != "" && measure(last+"…", size) > width {
		_, cut := utf8.DecodeLastRuneInString(last)
		last = last[:len(last)-cut]
	}
	return append(lines[:n-1:n-1], strings.TrimSpace(last)+"…")
}
