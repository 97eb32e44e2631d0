package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxPart bounds the parts of a workbook that are held whole in memory, which
// sheets and shared strings are not.
const maxPart = 32 << 20

// workbook reads one sheet of an XLSX file. excelize opens the file and knows
// its sheets, styles and epoch. The rows are read here, as a stream, because
// excelize's own row stream tells neither the style of a cell, which alone
// makes a number a date, nor whether a formula was ever calculated, and its
// calls by cell load the whole sheet.
type workbook struct {
	book    *Book
	parts   *zip.Reader
	part    string // of the chosen sheet
	strings []string
	styles  styles
	merges  []Merge // by top row
}

func openWorkbook(b *Book, src Source, size int64) error {
	parts, err := zip.NewReader(src, size)
	if err != nil {
		return b.refuse("damaged", nil)
	}
	if why, ok := isXLSX(parts); !ok {
		return b.refuse(why, nil)
	}
	if err := b.weigh(parts); err != nil {
		return err
	}
	f, err := excelize.OpenReader(io.NewSectionReader(src, 0, size), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: b.options.MaxUnzipped, UnzipXMLSizeLimit: min(16<<20, b.options.MaxUnzipped),
	})
	if err != nil {
		return b.refuse("damaged", nil)
	}
	defer func() { _ = f.Close() }() // only removes its temporary copies
	if err := b.chooseSheet(f); err != nil {
		return err
	}
	w := &workbook{book: b, parts: parts, styles: readStyles(f)}
	b.table = w
	return w.prepare(f)
}

// prepare reads what the rows will need: where the sheet is, its shared
// strings, and its merged blocks, which the file keeps after the rows.
func (w *workbook) prepare(f *excelize.File) error {
	var err error
	if w.part, err = sheetPart(f, w.book.Sheet); err != nil {
		return w.book.refuse("damaged", nil)
	}
	if w.strings, err = readStrings(w.parts); err != nil {
		return w.book.refuse("damaged", nil)
	}
	if w.merges, err = w.readMerges(); err != nil {
		return w.book.refuse("damaged", nil)
	}
	return nil
}

// isXLSX tells a workbook from other things kept in the same kind of archive.
func isXLSX(z *zip.Reader) (why string, ok bool) {
	why = "zip"
	for _, f := range z.File {
		switch name := strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/")); {
		case name == "xl/workbook.xml":
			return "", true
		case name == "xl/workbook.bin":
			why = "xlsb"
		case name == "mimetype" || name == "content.xml":
			why = "ods"
		case strings.HasPrefix(name, "index/") && strings.HasSuffix(name, ".iwa"):
			why = "numbers"
		}
	}
	return why, false
}

// weigh unpacks every part into nothing and stops at the limits. The sizes an
// archive declares about itself are not believed: a bomb lies.
func (b *Book) weigh(z *zip.Reader) error {
	left := b.options.MaxUnzipped
	limit := map[string]any{"Limit": megabytes(b.options.MaxUnzipped)}
	if len(z.File) > 10_000 {
		return b.tooLarge("unzips", limit)
	}
	for _, f := range z.File {
		n, err := unpacked(f, left+1)
		switch {
		case n > left || n > maxPart && !streamed(f.Name):
			return b.tooLarge("unzips", limit)
		case err != nil:
			return b.refuse("damaged", nil)
		}
		left -= n
	}
	return nil
}

func streamed(name string) bool {
	return strings.HasPrefix(name, "xl/worksheets/") || name == "xl/sharedStrings.xml"
}

func unpacked(f *zip.File, limit int64) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer func() { _ = r.Close() }() // nothing was written
	return io.Copy(io.Discard, io.LimitReader(r, limit))
}

// chooseSheet lists the sheets and finds the one asked for; with several
// visible sheets and none asked for, a person has to say which.
func (b *Book) chooseSheet(f *excelize.File) error {
	var visible []string
	for _, name := range f.GetSheetList() {
		shown, err := f.GetSheetVisible(name)
		b.Tabs = append(b.Tabs, Tab{Name: name, Hidden: err == nil && !shown})
		if shown {
			visible = append(visible, name)
		}
	}
	names := map[string]any{"Sheets": strings.Join(visible, ", "), "Value": b.options.Sheet}
	if b.options.Sheet == "" {
		if len(visible) != 1 {
			return b.refuse("sheet_choose", names)
		}
		b.Sheet = visible[0]
		return nil
	}
	for _, t := range b.Tabs {
		if strings.EqualFold(Clean(t.Name), Clean(b.options.Sheet)) {
			b.Sheet = t.Name
			return nil
		}
	}
	return b.refuse("sheet_unknown", names)
}

// Tabs lists the sheets of a workbook, none for a text table, for a person to
// choose from.
func Tabs(name string, src Source, o Options) ([]Tab, error) {
	o.Sheet = ""
	b, err := Open(name, src, o)
	if b != nil && len(b.Tabs) > 0 {
		return b.Tabs, nil // that none was chosen yet is the reason to ask
	}
	return nil, err
}

// sheetPart finds the file inside the archive that holds a sheet.
func sheetPart(f *excelize.File, sheet string) (string, error) {
	raw, _ := f.Pkg.Load("xl/_rels/workbook.xml.rels")
	data, _ := raw.([]byte)
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := xml.Unmarshal(data, &rels); err != nil || f.WorkBook == nil {
		return "", errors.Join(err, errors.New("no relationships"))
	}
	for _, s := range f.WorkBook.Sheets.Sheet {
		for _, rel := range rels.Relationship {
			if s.Name == sheet && s.ID == rel.ID {
				if strings.HasPrefix(rel.Target, "/") {
					return path.Clean(rel.Target)[1:], nil
				}
				return path.Join("xl", rel.Target), nil
			}
		}
	}
	return "", errors.New("sheet not found")
}

// partNamed finds a part by name, in whatever case its writer spelled it.
func partNamed(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			return f
		}
	}
	return nil
}

// openPart opens a part; io.EOF says that there is none.
func openPart(z *zip.Reader, name string) (io.ReadCloser, error) {
	if f := partNamed(z, name); f != nil {
		return f.Open()
	}
	return nil, io.EOF
}

// sizeOf is the declared size of a part, good enough for progress.
func sizeOf(z *zip.Reader, name string) int64 {
	if f := partNamed(z, name); f != nil {
		return f.FileInfo().Size()
	}
	return 0
}
