package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// textTable reads a delimited text table.
type textTable struct {
	book *Book
	src  Source
	skip bool // the first line is Excel's own "sep=;"
}

// openText settles encoding and delimiter from the start of the file.
func openText(b *Book, src Source) error {
	b.Encoding = strings.ToLower(strings.TrimSpace(b.options.Encoding))
	if _, ok := encodingOf(b.Encoding); !ok {
		return b.refuse("encoding_unknown", map[string]any{"Value": b.Encoding, "Encodings": choices()})
	}
	t := &textTable{book: b, src: src}
	head, err := t.head()
	if err != nil {
		return err
	}
	if strings.TrimSpace(strings.Trim(head, "\ufeff\u200b")) == "" {
		return b.refuse("empty", nil)
	}
	b.Delimiter = b.options.Delimiter
	if declared, ok := declaredDelimiter(head); ok {
		b.Delimiter, t.skip = declared, true
	}
	if b.Delimiter == 0 {
		b.Delimiter = detectDelimiter(head)
	}
	b.table = t
	return nil
}

func choices() string { return strings.Join(Encodings()[1:], ", ") }

// head is the start of the text, enough to see how it is laid out.
func (t *textTable) head() (string, error) {
	if _, err := t.src.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	head, err := io.ReadAll(io.LimitReader(decoded(t.src, t.book.Encoding), 64<<10))
	if err != nil {
		return "", t.explain(err)
	}
	return string(head), nil
}

func (t *textTable) rows(yield func(Row, error) bool) {
	if _, err := t.src.Seek(0, io.SeekStart); err != nil {
		yield(Row{}, err)
		return
	}
	r := newCSV(decoded(t.book.counted(t.src), t.book.Encoding), t.book.Delimiter)
	var cells []Cell
	for first := true; ; first = false {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			yield(Row{}, t.explain(err))
			return
		}
		if first && t.skip {
			continue
		}
		cells = cells[:0]
		for _, f := range fields {
			cells = append(cells, Cell{Text: f})
		}
		line, _ := r.FieldPos(0)
		if !yield(Row{Number: line, Cells: cells}, nil) {
			return
		}
	}
}

// newCSV reads strictly: with LazyQuotes one stray quote would swallow the
// lines after it into a single cell, and nobody would see it.
func newCSV(r io.Reader, delimiter rune) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma = delimiter
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	return c
}

// explain turns what stopped the reading into a sentence that names the line.
func (t *textTable) explain(err error) error {
	if bad, ok := errors.AsType[*badText](err); ok {
		return t.book.At(bad.line).Refuse("row.text_"+bad.why, map[string]any{
			"Encodings": choices(), "Encoding": t.book.Encoding,
		})
	}
	parse, ok := errors.AsType[*csv.ParseError](err)
	switch {
	case ok && errors.Is(err, csv.ErrQuote) && parse.Line > parse.StartLine:
		return t.book.At(parse.StartLine).Refuse("row.quote_open", map[string]any{"Line": parse.Line})
	case ok:
		return t.book.At(parse.Line).Refuse("row.quote", map[string]any{"Line": parse.Line})
	}
	return err
}
