package sheet

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

func (w *workbook) rows(yield func(Row, error) bool) {
	part, err := openPart(w.parts, w.part)
	if err != nil {
		yield(Row{}, w.book.refuse("damaged", nil))
		return
	}
	defer func() { _ = part.Close() }() // nothing was written
	s := &sheetStream{workbook: w, tokens: xml.NewDecoder(bufio.NewReaderSize(w.book.counted(part), 64<<10)), merges: w.merges}
	for {
		row, err := s.next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			yield(Row{Number: s.row}, w.book.refuse("damaged", nil))
			return
		}
		if !yield(row, nil) {
			return
		}
	}
}

// sheetStream reads a sheet once from top to bottom. RawToken is used because
// sheets are long and nothing here needs resolved name spaces.
type sheetStream struct {
	*workbook
	tokens *xml.Decoder
	row    int // number of the last row begun
	cells  []Cell
	merges []Merge // those that begin further down
	active []Merge // those that may touch the current row
}

// next reads one row; io.EOF ends the sheet.
func (s *sheetStream) next() (Row, error) {
	for {
		tok, err := s.tokens.RawToken()
		if err != nil {
			return Row{}, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "row" {
				s.row = rowNumber(t, s.row+1)
				s.cells = s.cells[:0]
			}
			if t.Name.Local == "c" {
				if err := s.cell(t); err != nil {
					return Row{}, err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "row":
				return Row{Number: s.row, Cells: s.cells, merges: s.touching()}, nil
			case "sheetData":
				return Row{}, io.EOF
			}
		}
	}
}

// touching gives the merged blocks that reach into the current row.
func (s *sheetStream) touching() []Merge {
	for len(s.merges) > 0 && s.merges[0].top <= s.row {
		s.active, s.merges = append(s.active, s.merges[0]), s.merges[1:]
	}
	kept := s.active[:0]
	for _, m := range s.active {
		if m.bottom >= s.row {
			kept = append(kept, m)
		}
	}
	s.active = kept
	return kept
}

func rowNumber(t xml.StartElement, expected int) int {
	if n, err := strconv.Atoi(attr(t, "r")); err == nil && n >= expected {
		return n
	}
	return expected
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// cell reads one cell and puts it at its column.
func (s *sheetStream) cell(t xml.StartElement) error {
	column := len(s.cells)
	if ref := attr(t, "r"); ref != "" {
		c, _, err := excelize.CellNameToCoordinates(ref)
		if err != nil || c-1 < column {
			return errors.New("cell out of order")
		}
		column = c - 1
	}
	raw, err := s.rawCell(t)
	if err != nil {
		return err
	}
	if column >= s.book.options.MaxColumns && raw.value == "" {
		return nil // an empty but coloured cell far to the right
	}
	for len(s.cells) < column {
		s.cells = append(s.cells, Cell{})
	}
	s.cells = append(s.cells, s.read(raw))
	return nil
}

// rawCell is what the file says of a cell.
type rawCell struct {
	kind, value string
	style       int
	formula     bool
	result      bool // a value was saved, even an empty one
}

func (s *sheetStream) rawCell(start xml.StartElement) (rawCell, error) {
	raw := rawCell{kind: attr(start, "t")}
	raw.style, _ = strconv.Atoi(attr(start, "s")) // none is style 0
	var text strings.Builder
	for in, phonetic := "", false; ; {
		tok, err := s.tokens.RawToken()
		if err != nil {
			return raw, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			in = t.Name.Local
			raw.formula = raw.formula || in == "f"
			raw.result = raw.result || in == "v"
			phonetic = phonetic || in == "rPh"
		case xml.CharData:
			if (in == "v" || in == "t") && !phonetic {
				text.Write(t)
			}
		case xml.EndElement:
			in = ""
			if t.Name.Local == "rPh" {
				phonetic = false
			}
			if t.Name.Local == "c" {
				raw.value = text.String()
				return raw, nil
			}
		}
	}
}

// read gives a cell the meaning its type and style say.
func (s *sheetStream) read(raw rawCell) Cell {
	if raw.value == "" {
		if raw.formula && !raw.result {
			return Cell{Kind: Uncalculated}
		}
		return Cell{}
	}
	switch raw.kind {
	case "s":
		i, err := strconv.Atoi(raw.value)
		if err != nil || i < 0 || i >= len(s.strings) {
			return Cell{Text: raw.value, Kind: Broken}
		}
		return Cell{Text: s.strings[i]}
	case "str", "inlineStr":
		return Cell{Text: unescape(raw.value)}
	case "b":
		return Cell{Text: map[string]string{"0": "FALSE", "1": "TRUE"}[raw.value], Kind: Bool}
	case "e":
		return Cell{Text: raw.value, Kind: Broken}
	case "d":
		return Cell{Text: raw.value, Kind: Date}
	}
	return s.styles.show(raw.value, raw.style)
}
