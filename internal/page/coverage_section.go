package page

import (
	"slices"

	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// Section is one finding of the coverage page: what is asked, how it is drawn.
// Its words are coverage.ID.title, .measured, .axis and .absent in the catalogue;
// with .worst, the title names the row that is worst off.
type Section struct {
	ID string // in addresses: /coverage#ID and /coverage/ID.csv
	report.Ask
	Column string    // the column that is drawn
	Drill  report.By // what a row, or a column of ask.Across, leads to
	Strict bool      // has nothing to say unless a row has a figure in that column
	Beside bool      // drawn beneath the section before, as a part of it
	Start  string    // address where recording begins, when there is nothing to show
	Where  Where
	draw   func(*sketch) error
	say    func(*lang.Locale, report.Table) string // its title, when it is more than one figure's
	add    func(*lang.Locale, report.Table) string // a sentence after what it measures
}

// Where tells in which views a section has a place.
type Where string

// The views. A view of an area that is not divided shows its sites instead.
const (
	Anywhere  Where = ""
	Divided   Where = "divided"
	Undivided Where = "undivided"
)

// Sections are the findings in the order people meet them: one entry is one.
var Sections = []Section{
	{ID: "areas", Ask: report.Ask{Key: "kits-by-area", Worst: "kits_per_100", Compare: []string{"kits", "kits_per_100"}}, Column: "kits_per_100",
		Drill: report.ByArea, Start: "/denominators", Where: Divided, draw: asRows},
	{ID: "sites", Ask: report.Ask{Key: "kits", By: report.BySite, Worst: "all", Compare: []string{"all"}}, Column: "all", Start: "/sites", Where: Undivided, draw: asRows},
	{ID: "months", Ask: report.Ask{Key: "kits", By: report.ByMonth, Top: 3, Compare: []string{"all"}}, Column: "all", Drill: report.ByChannel, Start: "/give-out", draw: asStacks},
	{ID: "multiples", Ask: report.Ask{Key: "kits", By: report.ByMonth, Across: report.ByArea}, Drill: report.ByArea, Start: "/areas", Where: Divided, draw: asMultiples},
	{ID: "need", Ask: report.Ask{Key: "need", Worst: "need_covered"}, Column: "need_covered", Drill: report.ByArea, Strict: true, Start: "/denominators", Where: Divided, draw: asRows},
	{ID: "stock", Ask: report.Ask{Key: "stock", Worst: "lasting"}, Column: "lasting", Start: "/stock", draw: asRows, add: stockDayNote},
	{ID: "reach", Ask: report.Ask{Key: "reach"}, Column: "reach", Start: "/denominators", draw: asRows},
	{ID: "deaths", Ask: report.Ask{Key: "kits-per-death", Years: true}, Column: "all", Start: "/denominators", draw: asRows},
	{ID: "releases", Ask: report.Ask{Key: "releases"}, Column: "of_first", Start: "/releases", draw: asCascade, say: releaseFinding},
	{ID: "drop-outs", Ask: report.Ask{Key: "release-drop-outs"}, Beside: true, draw: asReasons},
	{ID: "carriage", Ask: report.Ask{Key: "carriage", By: report.BySite}, Column: "uptake", Start: "/responders", draw: asRows, say: carriageFinding, add: CarriageSentence},
	{ID: "leave-behind", Ask: report.Ask{Key: "leave-behind", By: report.ByMonth, Compare: []string{"eligible"}}, Column: "left_share", Start: "/leave-behind", draw: asColumn, say: leaveBehindFinding},
	{ID: "uses", Ask: report.Ask{Key: "uses", By: report.ByMonth, Compare: []string{"uses"}}, Column: "uses", Start: "/used", draw: asColumn},
	{ID: "survival", Ask: report.Ask{Key: "survival"}, Start: "/used", Beside: true},
	{ID: "first", Ask: report.Ask{Key: "first-repeat", Compare: []string{"kits"}}, Column: "share", Start: "/give-out", draw: asRows},
	{ID: "peer", Ask: report.Ask{Key: "peer-share"}, Beside: true},
	{ID: "equity", Ask: report.Ask{Key: "equity"}, Column: "share", Strict: true, Start: "/questions", draw: asRows},
	{ID: "reporting", Ask: report.Ask{Key: "reporting"}, Column: "reporting_rate", Start: "/returns", draw: asColumn},
}

// SectionsOf lists the sections that have a place in a view.
func SectionsOf(divided bool) (list []Section) {
	not := Divided
	if divided {
		not = Undivided
	}
	for _, s := range Sections {
		if s.Where != not {
			list = append(list, s)
		}
	}
	return list
}

// Asks are the tables that sections need.
func Asks(sections []Section) (asks []report.Ask) {
	for _, s := range sections {
		asks = append(asks, s.Ask)
	}
	return asks
}

// Drill gives the address where a row or column is told in more detail; empty
// when there is none.
type Drill func(by report.By, l report.Label) string

// speaks tells whether a table has anything to say in this section.
func (s Section) speaks(t report.Table) bool {
	i := t.Column(s.Column)
	if !s.Strict || i < 0 {
		return t.Speaks()
	}
	return slices.ContainsFunc(t.Rows, func(r report.Row) bool {
		return r.Kind == report.RowPlain && (r.Cells[i].Known() || r.Cells[i].Is(report.KindMasked))
	})
}

// figureOf draws a section from its table.
func (s Section) figureOf(l *lang.Locale, t report.Table, drill Drill) (Figure, error) {
	f := newFigure(l, s.ID, t)
	f.Finding, f.Measured = s.title(l, t), l.T("coverage."+s.ID+".measured")
	if s.add != nil {
		f.Measured += " " + s.add(l, t)
	}
	if len(t.Rows) == 1 && len(t.Columns) > 2 && s.draw == nil {
		f.Table = turned(l, t, f.Table)
		return f, nil
	}
	s.link(&f, t, drill)
	if s.draw == nil {
		return f, nil
	}
	return f, s.draw(&sketch{Section: s, l: l, t: t, f: &f, drill: drill})
}

// title states the finding: who is worst off, where rows are ordered by that.
func (s Section) title(l *lang.Locale, t report.Table) string {
	if s.say != nil {
		return s.say(l, t)
	}
	i := t.Column(s.Worst)
	key := "coverage." + s.ID
	if i >= 0 && len(t.Rows) > 2 && t.Rows[0].Kind == report.RowPlain && t.Rows[0].Cells[i].Known() && l.Has(key+".worst") {
		return l.T(key+".worst", "Row", words(l, t.Rows[0].Label), "Value", figure(l, t.Rows[0].Cells[i], t.Columns[i]))
	}
	return l.T(key+".title", "Period", l.Period(t.Head.Period))
}

// link leads from rows by area and columns by channel to their own view, and
// lists the same ways for those who do not open the table.
func (s Section) link(f *Figure, t report.Table, drill Drill) {
	columns := s.Drill == report.ByChannel || s.Across == s.Drill
	if s.Drill == report.ByNone {
		return
	}
	if columns {
		for i, c := range t.Columns {
			if url := drill(s.Drill, c.Label); url != "" {
				f.Table.Columns[i+1].Sort = url
				f.Closer = append(f.Closer, Option{Value: url, Label: f.Table.Columns[i+1].Label})
			}
		}
		return
	}
	for i, r := range t.Rows {
		if url := drill(s.Drill, r.Label); url != "" && r.Kind == report.RowPlain {
			f.Table.Rows[i].Cells[0].URL = url
		}
	}
}
