package export

import (
	"io"
	"strings"

	"thntracker/internal/picture"
	"thntracker/internal/report"
)

// writePDF writes a document as sheets of paper that can be handed to somebody:
// the headline and the figures in front, findings in two columns, the commitments,
// the place in the baseline, what is not known, and how to cite. A document that is
// only tables becomes tables on paper.
func writePDF(w io.Writer, words report.Words, d Document) error {
	p := d.about(words)
	l := picture.Leaflet{Kicker: p.Publisher, Title: p.Title, Lead: p.Headline, Banner: banner(words, p),
		Foot: joined(releaseLine(words, p), p.Address), URL: p.Address, Author: p.Publisher, Subject: p.Rule, Lang: p.Lang, RTL: p.RTL, At: stamp(p),
		Page: func(n, all int) string {
			return words.Args("files.paper.page", map[string]any{"N": words.Number(n), "All": words.Number(all)})
		}}
	for _, k := range p.Keys {
		l.Keys = append(l.Keys, figureOf(k))
	}
	sections, source := paperSections(words, d)
	for _, s := range sections {
		b := blockOf(words, p, s)
		if b.Table != nil && len(b.Table.Head) > widestColumn {
			l.Wide = append(l.Wide, b)
		} else {
			l.Columns = append(l.Columns, b)
		}
	}
	l.Foot = joined(l.Foot, source)
	l.Columns = append(l.Columns, closing(words, p)...)
	if len(p.Asks) > 0 {
		l.Wide = append(l.Wide, asksOf(words, p.Asks))
	}
	raw, err := l.PDF()
	if err != nil {
		return err
	}
	_, err = w.Write(raw)
	return err
}

// widestColumn is how many columns a table may have to stand in half a page;
// mostRows is how many rows of a table are printed. The rest is in the files.
const (
	widestColumn = 4
	mostRows     = 24
)

// paperSections are the sections that are printed, and the source of all of them
// where they have one in common: it is said once, at the foot.
func paperSections(words report.Words, d Document) (list []Section, source string) {
	sections := d.about(words).Sections
	if len(sections) == 0 { // a document of tables alone
		for _, t := range d.Tables {
			sections = append(sections, Section{Code: t.Name, Heading: words.Args(t.Title, nil), Table: &t})
		}
	}
	for _, s := range sections {
		if !s.Detail {
			list = append(list, s)
		}
	}
	for i, s := range list {
		if i > 0 && s.Source != list[0].Source {
			return list, ""
		}
	}
	if len(list) > 0 {
		source = list[0].Source
	}
	for i := range list {
		list[i].Source = ""
	}
	return list, source
}

// blockOf is a section on paper: its drawing or, where it has none, its table.
func blockOf(words report.Words, p Publication, s Section) picture.Block {
	b := picture.Block{Heading: s.Heading, Measure: s.Measure, Said: s.Said, Drawing: s.Drawing, Small: present(s.Source)}
	if s.Narrow != "" {
		b.Drawing = s.Narrow
	}
	if s.Table == nil || b.Drawing != "" {
		return b
	}
	t := *s.Table
	if len(p.Unknown) > 0 { // what is missing stands there
		t.Missing = nil
	}
	b.Table = gridOf(words, t)
	b.Small = append(b.Small, remarks(words, t)...)
	return b
}

// gridOf is a table as it is shown to people. One row of many figures is turned: a
// figure a line.
func gridOf(words report.Words, t report.Table) *picture.Grid {
	if len(t.Rows) == 1 && len(t.Columns) > 2 {
		return turned(words, t)
	}
	g := &picture.Grid{Head: []string{report.Say(words, t.RowHead)}, Numbers: []bool{false}, Shares: []float64{1.8}}
	for _, c := range t.Columns {
		g.Head = append(g.Head, report.Say(words, c.Label))
		g.Numbers = append(g.Numbers, c.Measure != report.MeasureText)
		g.Shares = append(g.Shares, 1)
	}
	for i, r := range t.Rows {
		if i == mostRows {
			break
		}
		line := []string{report.Say(words, r.Label)}
		for k, c := range t.Columns {
			line = append(line, report.Show(words, c, r.Cells[k]))
		}
		g.Rows = append(g.Rows, line)
	}
	return g
}

// turned lists the figures of a table's only row beneath each other.
func turned(words report.Words, t report.Table) *picture.Grid {
	g := &picture.Grid{Head: []string{"", report.Say(words, t.Rows[0].Label)}, Numbers: []bool{false, true}, Shares: []float64{1.3, 1}}
	for i, c := range t.Columns {
		if x := t.Rows[0].Cells[i]; !x.Is(report.KindNotApplicable) {
			g.Rows = append(g.Rows, []string{report.Say(words, c.Label), report.Show(words, c, x)})
		}
	}
	return g
}

// remarks are what a reader has to know of a table and of its rows.
func remarks(words report.Words, t report.Table) (list []string) {
	for i, r := range t.Rows {
		for _, m := range r.Marks {
			if i < mostRows {
				list = append(list, words.Args("words.labelled", map[string]any{"Label": report.Say(words, r.Label), "Text": report.Say(words, m)}))
			}
		}
	}
	if more := len(t.Rows) - mostRows; more > 0 {
		list = append(list, words.Args("files.paper.more", map[string]any{"N": words.Number(more)}))
	}
	for _, said := range [][]report.Label{t.Notes, t.Missing} {
		for _, l := range said {
			list = append(list, report.Say(words, l))
		}
	}
	return list
}

// closing are the blocks that end the columns: the baseline, what is not known, and
// how to cite.
func closing(words report.Words, p Publication) (list []picture.Block) {
	add := func(key string, said ...string) {
		if said = present(said...); len(said) > 0 {
			list = append(list, picture.Block{Heading: words.Args("files.paper."+key, nil), Said: said})
		}
	}
	add("place", p.Place...)
	add("unknown", p.Unknown...)
	if p.Rule != "" {
		list = append(list, picture.Block{Heading: words.Args("files.fact.rule", nil), Said: []string{p.Rule}})
	}
	if strings.Contains(p.Cite, p.Address) {
		add("cite", p.Cite)
	} else {
		add("cite", p.Cite, p.Address)
	}
	if n := len(list); n > 0 {
		list[n-1].Small = present(p.Snapshot)
	}
	return list
}

// asksOf is the table of commitments.
func asksOf(words report.Words, asks []Ask) picture.Block {
	g := &picture.Grid{Numbers: []bool{false, false, false, false}, Shares: []float64{2, 3, 2, 6}}
	for _, key := range []string{"", "ask", "position", "evidence"} {
		head := ""
		if key != "" {
			head = words.Args("files.paper."+key, nil)
		}
		g.Head = append(g.Head, head)
	}
	for _, a := range asks {
		var evidence []string
		for _, e := range a.Evidence {
			evidence = append(evidence, words.Args("words.labelled", map[string]any{"Label": e.Words, "Text": e.Text}))
		}
		g.Rows = append(g.Rows, []string{a.Paragraph.Words, a.Words, a.Position.Words, joined(evidence...)})
	}
	return picture.Block{Heading: words.Args("files.paper.asks", nil), Table: g}
}
