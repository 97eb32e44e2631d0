package page

import (
	"cmp"
	"slices"

	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Summary is the national summary: what a minister could be handed on two pages.
// It shows one release and nothing beside it.
type Summary struct {
	Base
	Country   string
	Period    string
	Status    []string // what kind of release this is, when it is not simply the newest
	Note      string   // what the programme's data are, in its own words
	Headline  []string
	Keys      []Key
	Figures   []Figure // of the first page
	More      []Figure // of the second
	Details   []Figure // for whoever reads on; not printed on the two pages
	Asks      []Ask    // commitments in short, the first paragraph on top
	Place     []string
	Unknown   []string // what is not known, once each
	Rule      []string // what is hidden, and why
	Sources   []Source
	Newer     Option   // the release that took the place of this one
	Editions  []Option // other releases that the reader may turn to
	Cite      string
	Address   string // where this release stands for good
	Recompute string // the command that gives the same bytes
	Facts     []Fact // number, hour, hash
	Files     []Option
	Empty     string // instead of all this: that nothing was released yet
	Start     Option // and what can be done about it
}

// Template names the file.
func (*Summary) Template() string { return "summary" }

// drawnTable is a table of the summary with how it is drawn.
type drawnTable struct {
	Section
	of func(report.Summary) report.Table
}

// firstPage, secondPage and details are the figures of a summary, in order.
var (
	firstPage = []drawnTable{
		{Section{ID: "months", Column: "all", draw: asStacks}, func(s report.Summary) report.Table { return s.Course.Largest(3) }},
		{Section{ID: "deaths", Column: "all", draw: asRows}, func(s report.Summary) report.Table { return s.PerDeath }},
	}
	secondPage = []drawnTable{
		{Section{ID: "prison", Column: "kits_per_1000"}, func(s report.Summary) report.Table { return s.Prison }},
		{Section{ID: "carriage", Column: "uptake"}, func(s report.Summary) report.Table { return s.Carriage }},
		{Section{ID: "need", Column: "need_covered"}, func(s report.Summary) report.Table { return s.Need }},
	}
	details = []drawnTable{
		{Section{ID: "channels"}, func(s report.Summary) report.Table { return s.Channels }},
		{Section{ID: "areas"}, func(s report.Summary) report.Table { return s.Areas }},
		{Section{ID: "reach", Column: "reach", draw: asRows}, func(s report.Summary) report.Table { return s.ReachOver }},
		{Section{ID: "first", Column: "share", draw: asRows}, func(s report.Summary) report.Table { return s.FirstRepeat }},
		{Section{ID: "supply"}, func(s report.Summary) report.Table { return s.Supply }},
		{Section{ID: "recipients"}, func(s report.Summary) report.Table { return s.Recipients }},
		{Section{ID: "releases", Column: "of_first", draw: asCascade}, func(s report.Summary) report.Table { return s.Releases }},
	}
)

// Draw fills the summary from the figures of a release. Figures that have nothing
// to say are left out, and named among what is not known.
func (p *Summary) Draw(l *lang.Locale, s report.Summary) error {
	p.Period = l.Period(s.Head.Period)
	p.keys(l, s)
	p.Headline = summaryHeadline(l, s, p.Country)
	for _, part := range []struct {
		into *[]Figure
		list []drawnTable
	}{{&p.Figures, firstPage}, {&p.More, secondPage}, {&p.Details, details}} {
		for _, x := range part.list {
			if err := p.draw(l, part.into, x, x.of(s)); err != nil {
				return err
			}
		}
	}
	for _, t := range s.Tables() {
		p.lacks(l, t, t.Name != s.PerDeath.Name)
	}
	return nil
}

// draw adds one figure.
func (p *Summary) draw(l *lang.Locale, into *[]Figure, x drawnTable, t report.Table) error {
	if !t.Speaks() {
		return nil
	}
	f := newFigure(l, x.ID, t)
	f.Finding, f.Measured = l.T("summary.figure."+x.ID), l.T("summary.measured."+x.ID)
	f.Table.Caption = l.T("words.labelled", "Label", f.Finding, "Text", f.Measured) // tables and sections of one page are told apart by name
	if len(t.Rows) == 1 && len(t.Columns) > 2 && x.Section.draw == nil {
		f.Table = turned(l, t, f.Table)
	}
	p.Sources = merge(p.Sources, f.Sources)
	var err error
	if x.Section.draw != nil && drawable(t, x.Column) {
		err = x.Section.draw(&sketch{Section: x.Section, l: l, t: t, f: &f, drill: func(report.By, report.Label) string { return "" }})
	}
	*into = append(*into, f)
	return err
}

// drawable tells whether a drawing would show anything: a figure that nothing is
// known of is told in its table alone.
func drawable(t report.Table, column string) bool {
	i := t.Column(column)
	return i < 0 || slices.ContainsFunc(t.Rows, func(r report.Row) bool { return r.Cells[i].Known() })
}

// lacks gathers what a table says is missing, and what it must tell of restated
// figures, each sentence once. How many months were reported is said of the period
// of the summary alone, not by tables that reach further back.
func (p *Summary) lacks(l *lang.Locale, t report.Table, ofPeriod bool) {
	add := func(text string) {
		if !slices.Contains(p.Unknown, text) {
			p.Unknown = append(p.Unknown, text)
		}
	}
	for _, m := range t.Missing {
		switch {
		case m.Code == "nothing": // in this table; others may have much
			add(l.T("words.labelled", "Label", l.T(t.Title), "Text", words(l, m)))
		case m.Code != "reporting" || ofPeriod:
			add(words(l, m))
		}
	}
	for _, n := range t.Notes {
		if slices.Contains(told, n.Code) {
			add(words(l, n))
		}
	}
}

// told are the remarks without which a published figure looks wrong: what a total
// holds beyond its parts, and what its source changed later.
var told = []string{"residual", "restated"}

// merge keeps each source once, in the order met.
func merge(have, more []Source) []Source {
	for _, m := range more {
		known := false
		for _, h := range have {
			known = known || h == m
		}
		if !known {
			have = append(have, m)
		}
	}
	return have
}

// keys puts the one row of key figures into large numbers.
func (p *Summary) keys(l *lang.Locale, s report.Summary) {
	if len(s.Key.Rows) == 0 {
		return
	}
	row := s.Key.Rows[0]
	levels := map[string][]report.Benchmark{"reach": s.ReachOver.Benchmarks, "kits_per_death": s.PerDeath.Benchmarks}
	for i, c := range s.Key.Columns {
		if slices.Contains(inFront, c.Label.Code) {
			k := keyOf(l, row.Cells[i], c, words(l, c.Label))
			if of := levels[c.Label.Code]; len(of) > 0 {
				k.Note = words(l, slices.MaxFunc(of, func(x, y report.Benchmark) int { return cmp.Compare(x.Thousandths, y.Thousandths) }).Label())
			}
			p.Keys = append(p.Keys, k)
		}
	}
}

// inFront are the five figures that stand in front; the others stand in tables.
var inFront = []string{"kits", "first_time", "reach", "kits_per_death", "kits_per_1000"}

// summaryHeadline says in words what the period was, only from figures that may
// be shown.
func summaryHeadline(l *lang.Locale, s report.Summary, country string) []string {
	cell := func(code string) report.Cell {
		if i := s.Key.Column(code); i >= 0 && len(s.Key.Rows) > 0 {
			return s.Key.Rows[0].Cells[i]
		}
		return report.NotReported()
	}
	var out []string
	if kits := cell("kits"); kits.Known() {
		out = append(out, l.T("summary.headline_kits", "Country", country, "Kits", figure(l, kits, report.Column{}), "Period", l.Period(s.Head.Period)))
	} else {
		out = append(out, l.T("summary.headline_none", "Country", country, "Period", l.Period(s.Head.Period)))
	}
	if reach := cell("reach"); reach.Known() {
		out = append(out, l.T("summary.headline_reach", "Reach", figure(l, reach, report.Column{})))
	}
	return out
}

// tick names a stretch of time on an axis.
func tick(l *lang.Locale, p thn.Period) chart.Tick {
	year := l.Year(p.From)
	switch p.Shape() {
	case thn.ShapeYear:
		return chart.Tick{Label: year}
	case thn.ShapeFiscal:
		return chart.Tick{Label: l.Financial(p)}
	}
	return chart.Tick{Label: l.MonthShort(p.From), Group: year}
}
