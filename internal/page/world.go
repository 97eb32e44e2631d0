package page

import (
	"slices"
	"strconv"
	"strings"

	"thntracker/internal/baseline"
	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/release"
)

// World is the baseline: a map and a list of the countries identified, beside
// the number that Harm Reduction International counted. The two are never one.
type World struct {
	Base
	Published, Identified string
	Intro                 []string
	Wide, Narrow          Drawing
	Legend                []Swatch
	Notes                 []string
	Country               string
	Yours                 Table
	YoursNone             string
	Stated                Table // what the programme states, beside the baseline
	List                  Table
	Known                 Table
	Corrected             Table  // rows that a better source has changed
	NoneCorrected         string // instead of it
	Headlines             Table
	Filters               Form
}

// Template names the file.
func (*World) Template() string { return "world" }

// Swatch is a mark of the key.
type Swatch struct {
	Drawing Drawing
	Text    string
}

// WorldView is what the address asks of the list.
type WorldView struct {
	Own     string // the reader's country, ISO 3166-1 alpha-2
	Region  baseline.Region
	Service string // thn, peer, prison, oat, nsp or dcr
	Mark    baseline.Mark
	Sort    string              // a service; empty sorts by country
	Stated  []release.Statement // by the programme, in its newest release
}

// Services lists the columns of marks by code.
var Services = []string{"thn", "peer", "prison", "oat", "nsp", "dcr"}

// Marked gives a row's mark for a service.
func Marked(r baseline.Row, service string) baseline.Mark {
	return map[string]baseline.Mark{"thn": r.THN, "peer": r.Peer, "prison": r.Prison, "oat": r.OAT, "nsp": r.NSP, "dcr": r.DCR}[service]
}

// Draw fills the page.
func (p *World) Draw(l *lang.Locale, v WorldView) error {
	c := baseline.Count()
	p.Published, p.Identified = l.Number(c.Published), l.Number(c.Identified)
	p.Intro = []string{l.T("world.intro_published", "Published", p.Published),
		l.T("world.intro_identified", "Identified", p.Identified, "High", l.Number(c.High), "Medium", l.Number(c.Medium)), l.T("world.intro_apart")}
	p.Notes = []string{l.T("world.intro_unknown"), l.T("world.intro_territories"), l.T("world.boundaries"), l.T("world.dots"), l.T("world.map_source")}
	p.Country = baseline.Name(v.Own, l.Code)
	if err := p.drawMap(l, v, c); err != nil {
		return err
	}
	p.yours(l, v)
	p.List = worldList(l, v)
	p.Known = worldKnown(l)
	if p.Corrected = Corrected(l, baseline.Corrections()); len(p.Corrected.Rows) == 0 {
		p.NoneCorrected = l.T("world.corrected.none")
	}
	p.Headlines = headlines(l)
	return nil
}

func (p *World) drawMap(l *lang.Locale, v WorldView, c baseline.Counts) error {
	marks := map[string]chart.Mark{}
	for _, r := range baseline.All() {
		marks[r.ISO2] = chart.Mark(r.THN)
	}
	for width, into := range map[int]*Drawing{chart.Wide: &p.Wide} {
		d := doc(l, "world", width, l.T("world.map_title", "Identified", p.Identified), l.T("world.map_desc", "Identified", p.Identified, "Absent", l.Number(c.Absent)), 0)
		svg, err := chart.World{Doc: d, Marks: marks, Own: v.Own, Names: func(code string) string { return baseline.Name(code, l.Code) }}.SVG()
		if err != nil {
			return err
		}
		*into = Drawing(svg)
	}
	for _, m := range []chart.Mark{chart.Yes, chart.No, chart.Unknown} {
		p.Legend = append(p.Legend, Swatch{Drawing: Drawing(chart.Swatch("key-"+string(m), m)), Text: l.T("world.legend_" + string(m))})
	}
	return nil
}

// yours sets the reader's country beside those where take-home naloxone is identified.
func (p *World) yours(l *lang.Locale, v WorldView) {
	own, known := baseline.Find(v.Own)
	p.Stated = statedTable(l, v.Stated, own, p.Country)
	if !known {
		p.YoursNone = l.T("world.yours_none", "Country", p.Country)
		if v.Own == baseline.Demonstration {
			p.YoursNone = l.T("world.yours_demo")
		}
		return
	}
	identified := slices.DeleteFunc(baseline.All(), func(r baseline.Row) bool { return r.THN != baseline.Yes })
	of := l.Number(len(identified))
	p.Yours = Table{ID: "yours", Caption: l.T("world.compare.caption", "Country", p.Country, "Of", of),
		Columns: []Column{{Label: l.T("world.compare.service")}, {Label: p.Country}, {Label: l.T("world.compare.others"), Numeric: true}}}
	for _, s := range Services {
		yes := 0
		for _, r := range identified {
			if Marked(r, s) == baseline.Yes {
				yes++
			}
		}
		p.Yours.Rows = append(p.Yours.Rows, Row{Cells: []Cell{{Text: l.T("world.column." + s)}, markCell(l, Marked(own, s)),
			{Text: l.T("world.compare.share", "Yes", l.Number(yes), "Of", of), Numeric: true}}})
	}
}

func markCell(l *lang.Locale, m baseline.Mark) Cell {
	c := Cell{Text: l.T("world.mark." + string(m))}
	if m == baseline.Unknown {
		c.State = "missing"
	}
	return c
}

// worldList is every row that the view lets through, in the order asked for.
func worldList(l *lang.Locale, v WorldView) Table {
	rows := slices.DeleteFunc(baseline.All(), func(r baseline.Row) bool {
		return v.Region != "" && r.Region != v.Region || v.Mark != "" && Marked(r, v.Service) != v.Mark
	})
	name := func(r baseline.Row) string { return baseline.Name(r.ISO2, l.Code) }
	lang.Sort(l, rows, name)
	if slices.Contains(Services, v.Sort) {
		order := []baseline.Mark{baseline.Yes, baseline.No, baseline.Unknown}
		slices.SortStableFunc(rows, func(a, b baseline.Row) int {
			return slices.Index(order, Marked(a, v.Sort)) - slices.Index(order, Marked(b, v.Sort))
		})
	}
	t := Table{ID: "countries", Caption: l.T("world.list_caption"), Columns: worldColumns(l, v)}
	for _, r := range rows {
		t.Rows = append(t.Rows, worldRow(l, r, r.ISO2 == v.Own))
	}
	return t
}

func worldColumns(l *lang.Locale, v WorldView) (columns []Column) {
	for _, code := range append([]string{"country"}, Services...) {
		c := Column{Label: l.T("world.column." + code), Sort: "/world?sort=" + code + "#countries"}
		if code == v.Sort || v.Sort == "" && code == "country" {
			c.Sorted = "ascending"
		}
		columns = append(columns, c)
	}
	for _, code := range []string{"first_year", "confidence", "source"} {
		columns = append(columns, Column{Label: l.T("world.column." + code)})
	}
	return columns
}

func worldRow(l *lang.Locale, r baseline.Row, own bool) Row {
	row := Row{Here: own, Cells: []Cell{{Text: baseline.Name(r.ISO2, l.Code), Note: l.T("world.region." + string(r.Region))}}}
	for _, s := range Services {
		row.Cells = append(row.Cells, markCell(l, Marked(r, s)))
	}
	year := Cell{}
	if r.FirstYear != 0 {
		year.Text = strconv.Itoa(r.FirstYear)
	}
	return Row{Here: row.Here, Cells: append(row.Cells, year, Cell{Text: l.T("world.confidence." + string(r.Confidence))},
		Cell{Text: strconv.Itoa(r.Source.Year), URL: r.Source.URL})}
}

// worldKnown says for each row from where and how it is known.
func worldKnown(l *lang.Locale) Table {
	t := Table{ID: "known", Caption: l.T("world.column.note"), Columns: []Column{{Label: l.T("world.column.country")}, {Label: l.T("world.column.source")}, {Label: l.T("world.column.note")}},
		Notes: []string{l.T("world.note_english")}}
	rows := baseline.All()
	lang.Sort(l, rows, func(r baseline.Row) string { return baseline.Name(r.ISO2, l.Code) })
	for _, r := range rows {
		var how []string
		for _, b := range r.Basis {
			how = append(how, l.T(baseline.BasisKey(b)))
		}
		if r.Note != "" {
			how = append(how, r.Note)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: baseline.Name(r.ISO2, l.Code)}, {Text: r.Source.Title, URL: r.Source.URL}, {Text: strings.Join(how, " ")}}})
	}
	return t
}

// headlines are HRI's printed totals by edition.
func headlines(l *lang.Locale) Table {
	t := Table{ID: "headlines", Caption: l.T("world.headline.caption"), Columns: []Column{{Label: l.T("world.headline.measure")}}, Notes: []string{l.T("world.headline.warning")}}
	for _, e := range baseline.Editions() {
		t.Columns = append(t.Columns, Column{Label: l.T("world.edition." + strconv.Itoa(int(e))), Numeric: true})
	}
	for _, h := range baseline.Headlines() {
		row := Row{Cells: []Cell{{Text: l.T(h.Key())}}}
		if h.Noted {
			row.Cells[0].Note = l.T(h.NoteKey())
		}
		for _, e := range baseline.Editions() {
			row.Cells = append(row.Cells, headlineCell(l, h.Figures[e]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func headlineCell(l *lang.Locale, f baseline.Figure) Cell {
	switch f.State {
	case baseline.Printed:
		return Cell{Text: l.Number(f.N), Numeric: true}
	case baseline.Added:
		return Cell{Text: l.T("world.figure.added", "N", l.Number(f.N)), Numeric: true}
	}
	return Cell{Text: l.T("world.figure." + string(f.State)), State: "missing", Numeric: true}
}
