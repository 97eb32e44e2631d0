package page

import (
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// Digest is one week on one sheet of paper: what changed, where kits are missing,
// what to do.
type Digest struct {
	Base
	Sentence []string
	Choose   Chooser
	Changed  Table
	Late     Option // what became known of earlier weeks since this one began, and where it stands
	Lacking  []Lacking
	Todo     []AlertItem
	Rest     Option // where what had no room is
	AsAt     string
	Files    []Option
}

// Template names the file.
func (*Digest) Template() string { return "digest" }

// Turn leads to the same view one period before and after.
type Turn struct {
	Now           string
	Before, After Option // Value is the address
}

// Lacking is one way in which kits are missing.
type Lacking struct {
	Table Table
	Empty string
	More  Option // where all of it stands
}

// mostLines is how many rows of a table have room on the sheet; files have all.
const mostLines = 6

// Draw fills the sheet from the figures of its week.
func (p *Digest) Draw(l *lang.Locale, d report.Digest) {
	p.Sentence = digestSentence(l, d)
	p.Changed = tabulate(l, d.Changed)
	p.Changed.Caption = l.T("digest.changed")
	for _, x := range []struct {
		name  string
		table report.Table
		all   string
	}{{"shelves", d.Shelves, "/alerts"}, {"areas", d.Areas, "/coverage#areas"}} {
		part := Lacking{Empty: l.T("digest."+x.name+"_none", "Date", l.Date(stockDay(x.table)))}
		if rows := len(x.table.Rows); rows > 0 {
			part.Table = tabulate(l, x.table)
			underName(&part.Table, x.table)
			part.Table.ID, part.Table.Caption, part.Table.Notes = "digest-"+x.name, l.T("digest."+x.name, "Date", l.Date(stockDay(x.table))), nil
			if rows > mostLines {
				part.Table.Rows = part.Table.Rows[:mostLines]
				part.More = Option{Value: x.all, Label: l.N("digest.further", rows-mostLines)}
			}
		}
		p.Lacking = append(p.Lacking, part)
	}
}

// Revise says what the twelve months before the week gained or lost since it
// began: records that came late, or were put right. t is the revision of their
// kits; where nothing was known before, everything is new and nothing is said.
func (p *Digest) Revise(l *lang.Locale, t report.Table, address string) {
	more := t.Cell("total", "difference")
	if !more.Known() || more.Count().Low == 0 {
		return
	}
	key, n := "digest.late_more", int64(more.Count().Low)/2
	if n < 0 {
		key, n = "digest.late_fewer", -n
	}
	p.Late = Option{Value: address, Label: l.N(key, n)}
}

// underName puts a first column of words, the product, beneath the name of its
// row: a phone has no room for both.
func underName(t *Table, of report.Table) {
	if of.Columns[0].Measure != report.MeasureText {
		return
	}
	t.Columns = append(t.Columns[:1:1], t.Columns[2:]...)
	for i, r := range t.Rows {
		r.Cells[0].Note = r.Cells[1].Text
		t.Rows[i].Cells = append(r.Cells[:1:1], r.Cells[2:]...)
	}
}

// digestSentence says the week in words.
func digestSentence(l *lang.Locale, d report.Digest) []string {
	kits, more := d.Changed.Cell("kits", "week"), d.Changed.Cell("kits", "more")
	text := l.T("digest.no_kits")
	if kits.Known() {
		text = l.N("digest.kits", int64(kits.Count().Low)/2, "Kits", figure(l, kits, report.Column{}))
	}
	if more.Known() {
		n := int64(more.Count().Low) / 2
		switch {
		case n > 0:
			text += " " + l.N("digest.more", n)
		case n < 0:
			text += " " + l.N("digest.fewer", -n)
		default:
			text += " " + l.T("digest.same")
		}
	}
	said := []string{text}
	if n := len(d.Shelves.Rows); n > 0 {
		said = append(said, l.N("digest.short_shelves", n))
	}
	if n := len(d.Areas.Rows); n > 0 {
		said = append(said, l.N("digest.short_areas", n))
	}
	if len(said) == 1 {
		said = append(said, l.T("digest.nothing_short"))
	}
	return said
}
