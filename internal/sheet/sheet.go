// Package sheet turns the bytes of a spreadsheet or a text table into rows of
// cells that keep what their author wrote, and reads numbers, dates and periods
// out of such cells without guessing. It knows nothing of kits, areas or the
// database: what a column means is decided by internal/ingest. What a file is,
// is decided by its content, never by its name. Start at Open.
package sheet

import (
	"io"
	"iter"
	"sync/atomic"

	"thntracker/internal/fault"
)

// Source is a file that can be read more than once: an *os.File, an uploaded
// multipart.File and a *bytes.Reader all are.
type Source interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// Options choose what cannot be read from the file and bound what is read. The
// zero value asks for the defaults below.
type Options struct {
	Sheet     string // sheet of a workbook; needed when more than one is visible
	Encoding  string // one of Encodings; empty takes UTF-8, or UTF-16 by its mark
	Delimiter rune   // 0 detects , ; tab and |

	MaxBytes    int64 // of the file
	MaxUnzipped int64 // of all parts of a workbook together
	MaxRows     int   // rows read, blank ones not counted
	MaxColumns  int
	MaxCell     int // bytes of one cell
}

// Default limits. A workbook of 20 MB unzips to well under 200 MB; what unzips
// to more was built to exhaust memory.
const (
	DefaultMaxBytes    = 20 << 20
	DefaultMaxUnzipped = 200 << 20
	DefaultMaxRows     = 1_000_000
	DefaultMaxColumns  = 1_000
	DefaultMaxCell     = 32_767
)

func (o Options) withDefaults() Options {
	o.MaxBytes = orDefault(o.MaxBytes, DefaultMaxBytes)
	o.MaxUnzipped = orDefault(o.MaxUnzipped, DefaultMaxUnzipped)
	o.MaxRows = orDefault(o.MaxRows, DefaultMaxRows)
	o.MaxColumns = orDefault(o.MaxColumns, DefaultMaxColumns)
	o.MaxCell = orDefault(o.MaxCell, DefaultMaxCell)
	return o
}

func orDefault[N int | int64](n, fallback N) N {
	if n <= 0 {
		return fallback
	}
	return n
}

// Tab is one sheet of a workbook.
type Tab struct {
	Name   string
	Hidden bool
}

// Book is an opened file and the one table in it that will be read.
type Book struct {
	File      string // the name it came under, for messages only
	Sheet     string // the chosen sheet; empty for a text table
	Tabs      []Tab  // all sheets, hidden ones marked; none for a text table
	Encoding  string // of a text table
	Delimiter rune   // of a text table

	options Options
	table   table
	size    int64        // of what the rows are read from
	read    atomic.Int64 // bytes of it
}

// Share is how much of the file the rows in progress have come through, 0 to 1.
func (b *Book) Share() float64 {
	if b.size == 0 {
		return 0
	}
	return min(1, float64(b.read.Load())/float64(b.size))
}

// counted reads from the start of what the rows are in, counting.
func (b *Book) counted(r io.Reader) io.Reader {
	b.read.Store(0)
	return &counter{r, &b.read}
}

type counter struct {
	io.Reader
	read *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// table is what each format provides: its rows from the first, every time.
type table interface {
	rows(yield func(Row, error) bool)
}

// Open decides by content what the file is and checks what can be checked
// without reading it whole. The source stays the caller's to close, after the
// last use of Rows. Errors are of kind Invalid or TooLarge and carry a sentence.
func Open(name string, src Source, o Options) (*Book, error) {
	o = o.withDefaults()
	b := &Book{File: name, options: o}
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fault.Wrap("open table", err)
	}
	switch {
	case size == 0:
		return nil, b.refuse("empty", nil)
	case size > o.MaxBytes:
		return nil, b.tooLarge("large", map[string]any{"Limit": megabytes(o.MaxBytes)})
	}
	b.size = size
	kind, why := sniff(src)
	switch kind {
	case isWorkbook:
		return b, openWorkbook(b, src, size)
	case isText:
		return b, openText(b, src)
	}
	return nil, b.refuse(why, nil)
}

// Rows yields every row that holds something, from the first, each time it is
// called. An error ends the rows; it names the row where there is one. The
// cells of a row are only good until the next row is asked for.
func (b *Book) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		seen := 0
		b.table.rows(func(r Row, err error) bool {
			if err != nil {
				return yield(Row{}, b.At(r.Number).Blame(err))
			}
			if r.Blank() {
				return true
			}
			if seen++; seen > b.options.MaxRows {
				yield(Row{}, b.At(r.Number).tooLarge("row.count", map[string]any{"Limit": b.options.MaxRows}))
				return false
			}
			if err := b.bound(r); err != nil {
				yield(Row{}, err)
				return false
			}
			return yield(r, nil)
		})
	}
}

// bound refuses a row wider, or a cell longer, than any table people keep.
func (b *Book) bound(r Row) error {
	if len(r.Cells) > b.options.MaxColumns {
		return b.At(r.Number).tooLarge("row.wide", map[string]any{"Limit": b.options.MaxColumns})
	}
	for i, c := range r.Cells {
		if len(c.Text) > b.options.MaxCell {
			return b.Where(r.Number, i, "").tooLarge("cell.long", map[string]any{"Limit": b.options.MaxCell})
		}
	}
	return nil
}

func megabytes(n int64) int64 { return max(1, n>>20) }
