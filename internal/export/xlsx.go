package export

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// writeXLSX writes a workbook: what it is, a sheet for each table, the
// definitions, the sources. Numbers are numbers; what is no number is a letter or
// two that the first sheet explains, with its word in the column of statuses.
// There are no formulas, comments, links or hidden sheets, and no clock: the
// dates inside are the document's. Sheets are called by codes, the same in every
// language, so that what somebody builds on them survives a change of language.
func writeXLSX(w io.Writer, words report.Words, d Document) error {
	b := &book{file: excelize.NewFile(), words: words, about: d.about(words), widths: map[int]int{}}
	defer b.file.Close() // nothing was opened
	b.styles()
	b.properties()
	b.aboutSheet(d)
	taken := map[string]int{"about": 1, "definitions": 1, "sources": 1, "commitments": 1, "statements": 1}
	for _, t := range d.Tables {
		b.tableSheet(sheetName(t.Name, taken), d.titleOf(words, t), t)
	}
	for _, g := range d.standing(words) {
		b.gridSheet(g)
	}
	b.gridSheet(definitionsOf(words, d))
	b.gridSheet(sourcesOf(words, d))
	b.file.SetActiveSheet(0)
	if b.err != nil {
		return b.err
	}
	return b.file.Write(w)
}

// book is a workbook in the making. The first error ends it; what follows does nothing.
type book struct {
	file   *excelize.File
	words  report.Words
	about  Publication
	err    error
	sheet  string
	row    int         // the last row written
	widths map[int]int // of the columns of the sheet, in letters

	title, soft, quiet, name, head, code, wrap, word int         // styles
	numbers                                          map[int]int // styles of numbers by their decimals
}

func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// style registers a look.
func (b *book) style(s excelize.Style) int {
	id, err := b.file.NewStyle(&s)
	b.try(err)
	return id
}

func (b *book) styles() {
	const ink, soft = "16191D", "4A5159"
	font := func(size float64, color string, bold bool) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Size: size, Color: color, Bold: bold}
	}
	top, wrapped := &excelize.Alignment{Vertical: "top"}, &excelize.Alignment{Vertical: "top", WrapText: true}
	b.title = b.style(excelize.Style{Font: font(14, ink, true)})
	b.soft = b.style(excelize.Style{Font: font(11, soft, false)})
	b.quiet = b.style(excelize.Style{Font: font(11, soft, false), Alignment: wrapped})
	b.name = b.style(excelize.Style{Font: font(11, ink, true), Alignment: top})
	b.code = b.style(excelize.Style{Font: font(9, soft, false), Alignment: &excelize.Alignment{Vertical: "top", Indent: 1}})
	b.head = b.style(excelize.Style{Font: font(11, ink, true), Alignment: &excelize.Alignment{Vertical: "bottom", WrapText: true},
		Border: []excelize.Border{{Type: "bottom", Style: 1, Color: ink}}})
	b.wrap = b.style(excelize.Style{Font: font(11, ink, false), Alignment: wrapped})
	b.word = b.style(excelize.Style{Font: font(11, soft, false), Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}})
	b.numbers = map[int]int{}
}

// number is the look of numbers with so many decimals.
func (b *book) number(places int) int {
	if id, ok := b.numbers[places]; ok {
		return id
	}
	format := "#,##0"
	for i := range places {
		format += map[bool]string{true: ".0", false: "0"}[i == 0]
	}
	b.numbers[places] = b.style(excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}})
	return b.numbers[places]
}

// properties are what a workbook says of itself. Without a day of its own it is
// dated by a fixed one, never by the clock.
func (b *book) properties() {
	day := b.about.Published
	if day.IsZero() {
		day = thn.MustDate(2024, time.January, 1)
	}
	at := day.String() + "T00:00:00Z"
	b.try(b.file.SetDocProps(&excelize.DocProperties{Title: clean(b.about.Title), Creator: clean(b.about.Publisher), Created: at, Modified: at,
		LastModifiedBy: "THN Tracker", Language: b.about.Lang, Version: b.about.Number, Description: clean(b.about.Rule), Identifier: b.about.Address}))
	b.try(b.file.SetAppProps(&excelize.AppProperties{Application: "THN Tracker"}))
}

// open begins a sheet; the first takes the place of the one a new workbook has.
func (b *book) open(name string) {
	if b.sheet == "" {
		b.try(b.file.SetSheetName("Sheet1", name))
	} else {
		_, err := b.file.NewSheet(name)
		b.try(err)
	}
	b.sheet, b.row = name, 0
	clear(b.widths)
	b.try(b.file.SetSheetView(name, 0, &excelize.ViewOptions{RightToLeft: &b.about.RTL}))
	landscape, a4, one, many, fit := "landscape", 9, 1, 0, true
	b.try(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &many}))
	b.try(b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// shut gives the columns of the sheet their widths.
func (b *book) shut() {
	for column, letters := range b.widths {
		name, err := excelize.ColumnNumberToName(column)
		b.try(err)
		b.try(b.file.SetColWidth(b.sheet, name, name, float64(min(max(letters+2, 9), 60))))
	}
}

// put writes words into a cell of the last row. They are a string whatever they
// begin with: a formula is another kind of cell, which nothing here writes.
func (b *book) put(column int, s string, style int) {
	at := b.at(column)
	b.try(b.file.SetCellStr(b.sheet, at, clean(s)))
	b.try(b.file.SetCellStyle(b.sheet, at, at, style))
}

// digits writes a number, which came as plain digits, so that no digit is lost
// or added on the way.
func (b *book) digits(column int, s string) {
	v, err := strconv.ParseFloat(s, 64)
	b.try(err)
	places := placesOf(s)
	at := b.at(column)
	b.try(b.file.SetCellFloat(b.sheet, at, v, places, 64))
	b.try(b.file.SetCellStyle(b.sheet, at, at, b.number(places)))
	b.fit(column, len(s)+len(s)/3)
}

// at is the name of a cell in the last row.
func (b *book) at(column int) string {
	name, err := excelize.CoordinatesToCellName(column, b.row)
	b.try(err)
	return name
}

// fit widens a column to so many letters.
func (b *book) fit(column, letters int) { b.widths[column] = max(b.widths[column], letters) }

// freeze keeps what stands above and before a cell in sight.
func (b *book) freeze(columns int) {
	cell, err := excelize.CoordinatesToCellName(columns+1, b.row+1)
	b.try(err)
	b.try(b.file.SetPanes(b.sheet, &excelize.Panes{Freeze: true, XSplit: columns, YSplit: b.row, TopLeftCell: cell, ActivePane: "bottomRight"}))
}

// sheetName is a name that a workbook takes: at most 31 letters, and each once.
func sheetName(code string, taken map[string]int) string {
	name := plain(code)
	if name == "" {
		name = "table"
	}
	name = name[:min(len(name), 26)]
	taken[name]++
	if n := taken[name]; n > 1 {
		name = fmt.Sprintf("%s-%d", name, n)
	}
	return name
}

// placesOf counts the decimals of plain digits.
func placesOf(digits string) int {
	for i, r := range digits {
		if r == '.' {
			return len(digits) - i - 1
		}
	}
	return 0
}
