package sheet

import (
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encodings are the names a person can choose from when a text table is not
// UTF-8. The bytes alone cannot tell one from another, so nothing is guessed.
func Encodings() []string {
	return []string{"utf-8", "windows-1252", "windows-1251", "windows-1256", "utf-16"}
}

func encodingOf(name string) (encoding.Encoding, bool) {
	switch name {
	case "", "utf-8":
		return encoding.Nop, true
	case "windows-1252":
		return charmap.Windows1252, true
	case "windows-1251":
		return charmap.Windows1251, true
	case "windows-1256":
		return charmap.Windows1256, true
	case "utf-16":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), true
	}
	return nil, false
}

// decoded reads a file as UTF-8 with one kind of line end. A mark at the start
// of the file wins over the encoding chosen by a person, who may not know of it.
func decoded(r io.Reader, name string) io.Reader {
	enc, _ := encodingOf(name) // openText has refused unknown names
	chosen := name != "" && name != "utf-8"
	override := unicode.BOMOverride(enc.NewDecoder())
	return transform.NewReader(transform.NewReader(r, override), &scrubber{line: 1, chosen: chosen})
}

// scrubber lets through text and stops at what is not: bytes that are no UTF-8,
// zero bytes, and, where a person chose the encoding, signs that it has no
// letter for. It counts lines, so that the message can name one.
type scrubber struct {
	transform.NopResetter
	line   int
	chosen bool
}

// badText says at which line reading stopped, and why.
type badText struct {
	line int
	why  string
}

func (b *badText) Error() string { return "not text: " + b.why }

// Transform copies whole letters and turns CR and CRLF into LF.
func (s *scrubber) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := rune(src[nSrc]), 1
		if r >= utf8.RuneSelf {
			if !utf8.FullRune(src[nSrc:]) && !atEOF {
				return nDst, nSrc, transform.ErrShortSrc
			}
			r, size = utf8.DecodeRune(src[nSrc:])
		}
		if err := s.check(r, size); err != nil {
			return nDst, nSrc, err
		}
		if r == '\r' {
			if nSrc+1 == len(src) && !atEOF {
				return nDst, nSrc, transform.ErrShortSrc
			}
			if nSrc+1 < len(src) && src[nSrc+1] == '\n' {
				nSrc++ // the LF is written on the next turn
				continue
			}
			r = '\n'
		}
		if nDst+size > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		if size == 1 {
			dst[nDst] = byte(r)
		} else {
			copy(dst[nDst:], src[nSrc:nSrc+size])
		}
		if r == '\n' {
			s.line++
		}
		nDst, nSrc = nDst+size, nSrc+size
	}
	return nDst, nSrc, nil
}

func (s *scrubber) check(r rune, size int) error {
	switch {
	case r == 0:
		return &badText{s.line, "zero"}
	case r == utf8.RuneError && size == 1:
		return &badText{s.line, "encoding"}
	case r == utf8.RuneError && s.chosen:
		return &badText{s.line, "chosen"}
	}
	return nil
}
