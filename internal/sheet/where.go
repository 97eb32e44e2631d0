package sheet

import (
	"errors"
	"maps"

	"thntracker/internal/fault"
)

// Where is a place in a file as its author sees it. Row 0 is the file as a
// whole; an empty Column is the whole row.
type Where struct {
	File, Sheet string
	Row         int
	Column      string // its letter, with the header where known: C (kits)
}

// Where names a cell of this book; header may be empty.
func (b *Book) Where(row, column int, header string) Where {
	w := b.At(row)
	w.Column = ColumnName(column)
	if header = Clean(header); header != "" {
		w.Column += " (" + header + ")"
	}
	return w
}

// At names a row of this book; row 0 is the book itself.
func (b *Book) At(row int) Where { return Where{File: b.File, Sheet: b.Sheet, Row: row} }

func (w Where) args(extra map[string]any) map[string]any {
	args := map[string]any{"File": w.File, "Sheet": w.Sheet, "Row": w.Row, "Column": w.Column}
	maps.Copy(args, extra)
	return args
}

// Blame adds the place to a refusal that has a sentence but no place yet, as
// the readers of numbers and dates return it. Other errors stay as they are.
func (w Where) Blame(err error) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Key == "" || e.Args["File"] != nil {
		return err
	}
	placed := *e
	placed.Args = w.args(e.Args)
	return &placed
}

// Refuse is a refusal at this place; key is what follows import.error.
func (w Where) Refuse(key string, args map[string]any) error {
	return fault.Say(fault.Invalid, "read table", "import.error."+key, w.args(args))
}

func (w Where) tooLarge(key string, args map[string]any) error {
	return fault.Say(fault.TooLarge, "read table", "import.error."+key, w.args(args))
}

func (b *Book) refuse(why string, args map[string]any) error {
	return b.At(0).Refuse("file."+why, args)
}

func (b *Book) tooLarge(why string, args map[string]any) error {
	return b.At(0).tooLarge("file."+why, args)
}

// cellError is a refusal of one cell before anybody knows where it stands.
func cellError(why, value string, extra map[string]any) error {
	args := map[string]any{"Value": value}
	maps.Copy(args, extra)
	return fault.Say(fault.Invalid, "read cell", "import.error.cell."+why, args)
}
