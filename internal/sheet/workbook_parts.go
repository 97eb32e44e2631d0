package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readStrings reads the table of texts that cells point into. Hints for
// reading East Asian names aloud are no part of a text.
func readStrings(z *zip.Reader) ([]string, error) {
	part, err := openPart(z, "xl/sharedStrings.xml")
	if errors.Is(err, io.EOF) {
		return nil, nil // a workbook of numbers only has none
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = part.Close() }() // nothing was written
	tokens := xml.NewDecoder(bufio.NewReaderSize(part, 64<<10))
	var all []string
	var text strings.Builder
	for inText, phonetic := false, false; ; {
		tok, err := tokens.RawToken()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			phonetic = phonetic || t.Name.Local == "rPh"
		case xml.CharData:
			if inText && !phonetic {
				text.Write(t)
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				phonetic = false
			case "si":
				all = append(all, unescape(text.String()))
				text.Reset()
			}
		}
	}
}

var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescape reads the _x000D_ by which the format writes what XML cannot hold,
// with every kind of line break made one.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	s = escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil || n == 0 {
			return m
		}
		return string(rune(n))
	})
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// readMerges finds the merged blocks of the sheet, ordered by their first row.
// They stand after the rows, which are skipped unread.
func (w *workbook) readMerges() ([]Merge, error) {
	part, err := openPart(w.parts, w.part)
	if err != nil {
		return nil, err
	}
	defer func() { _ = part.Close() }() // nothing was written
	r := bufio.NewReaderSize(part, 64<<10)
	w.book.size = sizeOf(w.parts, w.part)
	if err := skipPast(r, []byte("sheetData>")); err != nil {
		return nil, err
	}
	tokens := xml.NewDecoder(r)
	var all []Merge
	for {
		tok, err := tokens.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if t, ok := tok.(xml.StartElement); ok && t.Name.Local == "mergeCell" {
			m, err := parseMerge(attr(t, "ref"))
			if err != nil {
				return nil, err
			}
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b Merge) int { return a.top - b.top })
	return all, nil
}

func parseMerge(ref string) (Merge, error) {
	from, to, _ := strings.Cut(ref, ":")
	if to == "" {
		to = from
	}
	left, top, err1 := excelize.CellNameToCoordinates(from)
	right, bottom, err2 := excelize.CellNameToCoordinates(to)
	return Merge{Ref: ref, top: top, left: left - 1, bottom: bottom, right: right - 1}, errors.Join(err1, err2)
}

// skipPast reads until the closing mark of the rows has gone by, or to the end.
// The opening <sheetData> is told from the closing one by the slash before it.
func skipPast(r *bufio.Reader, mark []byte) error {
	for {
		chunk, err := r.ReadSlice('>')
		if bytes.HasSuffix(chunk, mark) && bytes.Contains(chunk[max(0, len(chunk)-len(mark)-8):], []byte("/")) {
			return nil
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}
