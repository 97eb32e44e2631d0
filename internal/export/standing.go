package export

import (
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Named is a code for programs with its words for people.
type Named struct{ Code, Words string }

// Ask is one commitment: what it asks, how the country stands, and the evidence.
type Ask struct {
	Named                // "C1" and what it asks
	Paragraph Named      // "1", "OP 1"; no code where no source gives it
	Position  Named      // "recorded"
	Evidence  []Evidence // in reading order
}

// Evidence is one thing that speaks to a commitment: a figure of the same release,
// or what is known of a service.
type Evidence struct {
	Named         // the indicator
	Text   string // as it is shown
	State  Named  // what kind of evidence it is: "measured", "yes", "masked"
	Source string // of Text, where it is no figure of the release
}

// Statement is what a programme states of a service, with the source that says so.
type Statement struct {
	Service, Exists Named
	By              string // who states it: the programme, never a person
	Source, URL     string
	Dated           thn.Date // day of the source
}

// standing is how a country stands, as grids: a line for each piece of evidence and
// for each commitment without any, and a line for each statement.
func (d Document) standing(words report.Words) (list []grid) {
	asks := grid{code: "commitments", heads: []head{{"commitment", isText}, {"commitment_label", isText}, {"paragraph", isText}, {"paragraph_label", isText},
		{"position", isText}, {"position_label", isText}, {"indicator", isText}, {"indicator_label", isText}, {"evidence", isText}, {"state", isText}, {"state_label", isText}, {"source", isText}}}
	said := grid{code: "statements", heads: []head{{"service", isText}, {"service_label", isText}, {"exists", isText}, {"exists_label", isText},
		{"stated_by", isText}, {"source", isText}, {"source_url", isText}, {"source_as_at", isText}}}
	p := d.about(words)
	for _, a := range p.Asks {
		line := []string{a.Code, a.Words, a.Paragraph.Code, a.Paragraph.Words, a.Position.Code, a.Position.Words}
		evidence := a.Evidence
		if len(evidence) == 0 {
			evidence = []Evidence{{}}
		}
		for _, e := range evidence {
			asks.lines = append(asks.lines, append(line[:len(line):len(line)], e.Code, e.Words, e.Text, e.State.Code, e.State.Words, e.Source))
		}
	}
	for _, s := range p.Stated {
		said.lines = append(said.lines, []string{s.Service.Code, s.Service.Words, s.Exists.Code, s.Exists.Words, s.By, s.Source, s.URL, s.Dated.String()})
	}
	for _, g := range []grid{asks, said} {
		if len(g.lines) > 0 {
			g.title = words.Args("files.sheet."+g.code, nil)
			list = append(list, g)
		}
	}
	return list
}

// standingLines are the same in a list of values: the code of what a line says
// stands among its notes.
func standingLines(words report.Words, d Document) (lines [][]string) {
	p := d.about(words)
	line := func(table string, row Named, column Named, value Named, status, source, url string) {
		lines = append(lines, []string{table, text(words.Args("files.sheet."+table, nil)), text(row.Code), text(row.Words), text(column.Code), text(column.Words),
			text(value.Words), "", "", status, "", "", string(report.MeasureText), text(value.Code), text(source), text(url)})
	}
	column := func(code, name string) Named { return Named{code, words.Args("files.column."+name, nil)} }
	for _, a := range p.Asks {
		line("commitments", a.Named, column("paragraph", "paragraph_label"), a.Paragraph, "value", "", "")
		line("commitments", a.Named, column("position", "position_label"), a.Position, "value", "", "")
		for _, e := range a.Evidence {
			shown, status := Named{e.State.Code, e.Text}, "value"
			switch k := report.Kind(e.State.Code); k {
			case report.KindMasked, report.KindNotReported, report.KindNoDenominator:
				shown.Words, status = "", string(k)
			}
			line("commitments", a.Named, e.Named, shown, status, e.Source, "")
		}
	}
	for _, s := range p.Stated {
		line("statements", s.Service, column("exists", "exists_label"), s.Exists, "value", s.Source, s.URL)
		line("statements", s.Service, column("source_as_at", "source_as_at"), Named{Words: s.Dated.String()}, "value", s.Source, s.URL)
		line("statements", s.Service, column("stated_by", "stated_by"), Named{Words: s.By}, "value", s.Source, s.URL)
	}
	return lines
}

// jsonAsk is a commitment in a file for programs.
type jsonAsk struct {
	jsonLabel
	Paragraph jsonLabel      `json:"paragraph"`
	Position  jsonLabel      `json:"position"`
	Evidence  []jsonEvidence `json:"evidence"`
}

type jsonEvidence struct {
	jsonLabel
	Text   string    `json:"text"`
	State  jsonLabel `json:"state"`
	Source string    `json:"source,omitempty"`
}

type jsonStatement struct {
	Service jsonLabel  `json:"service"`
	Exists  jsonLabel  `json:"exists"`
	By      string     `json:"stated_by"`
	Source  jsonSource `json:"source"`
}

func standingJSON(p Publication) (asks []jsonAsk, said []jsonStatement) {
	for _, a := range p.Asks {
		out := jsonAsk{jsonLabel: named(a.Named), Paragraph: named(a.Paragraph), Position: named(a.Position), Evidence: []jsonEvidence{}}
		for _, e := range a.Evidence {
			out.Evidence = append(out.Evidence, jsonEvidence{named(e.Named), e.Text, named(e.State), e.Source})
		}
		asks = append(asks, out)
	}
	for _, s := range p.Stated {
		said = append(said, jsonStatement{named(s.Service), named(s.Exists), s.By, jsonSource{s.Source, s.URL, s.Dated.String()}})
	}
	return asks, said
}

func named(n Named) jsonLabel { return jsonLabel{n.Code, n.Words} }
