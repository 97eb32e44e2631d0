package export

import (
	"strings"
	"unicode/utf8"

	"thntracker/internal/report"
)

// aboutSheet is the first sheet: what the workbook is, a fact a line, and what the
// letters mean that stand for no number.
func (b *book) aboutSheet(d Document) {
	b.open("about")
	line := func(name, text string) {
		b.row++
		b.put(1, name, b.name)
		b.put(2, text, b.wrap)
		b.fit(1, utf8.RuneCountInString(name))
	}
	b.row++
	b.put(1, b.about.Title, b.title)
	for _, s := range b.about.Headline {
		b.row++
		b.put(1, s, b.soft)
	}
	b.row++
	for _, f := range d.facts(b.words) {
		line(f.name, f.text)
	}
	b.row++
	for _, k := range []report.Kind{report.KindMasked, report.KindNotReported, report.KindNoDenominator, report.KindNotApplicable} {
		line(symbols[k], b.words.Args("files.symbol."+string(k), nil))
	}
	b.fit(2, 60)
	b.shut()
}

// tableSheet is one table: its title and of when it is, the codes of its columns,
// their names, the rows, and beneath them what a reader has to know.
func (b *book) tableSheet(name, title string, t report.Table) {
	b.open(name)
	b.row++
	b.put(1, title, b.title)
	b.row++
	b.put(1, under(b.words, t), b.soft)
	b.row += 2
	columns := make([][]field, len(t.Columns))
	for i := range t.Columns {
		columns[i] = fields(b.words, t, i)
	}
	b.tableHead(t, columns)
	for _, r := range t.Rows {
		b.tableRow(t, columns, r)
	}
	b.row++
	for _, list := range [][]report.Label{t.Notes, t.Missing} {
		for _, l := range list {
			b.note(report.Say(b.words, l))
		}
	}
	b.shut()
}

// note writes a remark under the columns of a table, over as many lines as it
// needs: one that ran on to the right would make a printed page as wide as itself.
func (b *book) note(words string) {
	b.row++
	b.put(1, words, b.quiet)
	last, letters := 0, 0
	for column, width := range b.widths {
		last, letters = max(last, column), letters+min(max(width+2, 9), 60)
	}
	b.try(b.file.MergeCell(b.sheet, b.at(1), b.at(last)))
	b.try(b.file.SetRowHeight(b.sheet, b.row, 15.5*float64(1+utf8.RuneCountInString(words)/max(letters, 1))))
}

// tableHead is two lines: codes for programs and, frozen under them, names for people.
func (b *book) tableHead(t report.Table, columns [][]field) {
	codes := []string{t.RowHead.Code, t.RowHead.Code + "_label"}
	names := []string{b.words.Args("files.column.code", nil), report.Say(b.words, t.RowHead)}
	for i, list := range columns {
		for _, f := range list {
			codes, names = append(codes, f.name), append(names, b.partName(report.Say(b.words, t.Columns[i].Label), f.part))
		}
	}
	if anyMarks(t) {
		codes, names = append(codes, "notes"), append(names, b.words.Args("files.column.notes", nil))
	}
	b.heading(codes, names)
	b.freeze(2)
}

// heading writes the two lines of names over a sheet's columns.
func (b *book) heading(codes, names []string) {
	for i, c := range codes {
		b.put(i+1, c, b.code)
		b.fit(i+1, len(c))
	}
	b.row++
	for i, n := range names {
		b.put(i+1, n, b.head)
		b.fit(i+1, min(18, utf8.RuneCountInString(n)))
	}
	b.try(b.file.SetRowHeight(b.sheet, b.row, 32)) // two lines
}

// partName names a column that holds a part of another.
func (b *book) partName(column string, p part) string {
	if p == partValue {
		return column
	}
	return b.words.Args("files.part."+string(p), map[string]any{"Column": column})
}

func (b *book) tableRow(t report.Table, columns [][]field, r report.Row) {
	b.row++
	b.put(1, r.Label.Code, b.wrap)
	label := report.Say(b.words, r.Label)
	b.put(2, label, b.wrap)
	b.fit(1, len(r.Label.Code))
	b.fit(2, utf8.RuneCountInString(label))
	at := 3
	for i, list := range columns {
		for _, f := range list {
			b.tableCell(at, t.Columns[i], f, r.Cells[i])
			at++
		}
	}
	if anyMarks(t) {
		var said []string
		for _, m := range r.Marks {
			said = append(said, report.Say(b.words, m))
		}
		b.put(at, strings.Join(said, " "), b.wrap)
		b.fit(at, 40)
	}
}

// tableCell writes one part of a cell: a number, or what stands for none.
func (b *book) tableCell(column int, c report.Column, f field, x report.Cell) {
	s := f.of(x)
	switch symbol := symbols[x.Kind()]; {
	case f.part == partStatus:
		b.put(column, s, b.code)
	case x.Is(report.KindText) && f.part == partValue:
		words := report.Say(b.words, x.Text())
		b.put(column, words, b.wrap)
		b.fit(column, utf8.RuneCountInString(words))
	case s != "":
		b.digits(column, s)
	case f.part != partValue:
	case symbol != "":
		b.put(column, symbol, b.word)
	default: // only bounds are known
		words := report.Show(b.words, c, x)
		b.put(column, words, b.word)
		b.fit(column, utf8.RuneCountInString(words))
	}
}

// gridSheet is a grid with its codes and names.
func (b *book) gridSheet(g grid) {
	b.open(g.code)
	b.row++
	b.put(1, b.words.Args("files.sheet."+g.code, nil), b.title)
	b.row += 2
	var codes, names []string
	for _, h := range g.heads {
		codes, names = append(codes, h.code), append(names, h.name(b.words))
	}
	b.heading(codes, names)
	b.freeze(1)
	for _, line := range g.lines {
		b.row++
		for i, s := range line {
			switch {
			case s == "":
			case g.heads[i].holds == isNumber:
				b.digits(i+1, s)
			default:
				b.put(i+1, s, b.wrap)
				b.fit(i+1, min(44, utf8.RuneCountInString(s)))
			}
		}
	}
	b.shut()
}
