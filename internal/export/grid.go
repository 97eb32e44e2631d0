package export

import (
	"slices"
	"strconv"

	"thntracker/internal/report"
)

// holds says what a column of a grid holds.
type holds int

const (
	isText holds = iota
	isNumber
	isStatus // one of statuses
)

// head is a column of a grid: a code for programs, and words for people.
type head struct {
	code string
	holds
}

// name is the column in words.
func (h head) name(words report.Words) string { return words.Args("files.column."+h.code, nil) }

// grid is lines of text under typed columns: what workbooks and packages have
// beside their tables. Numbers are plain, with a point.
type grid struct {
	code  string // name of its file or sheet
	title string
	heads []head
	lines [][]string
}

// definitionsOf lists the definitions that the tables of a document follow, each once.
func definitionsOf(words report.Words, d Document) grid {
	g := grid{code: "definitions", heads: []head{{"indicator", isText}, {"name", isText}, {"definition", isText}, {"trap", isText},
		{"formula", isText}, {"version", isNumber}, {"valid_from", isText}, {"source", isText}, {"source_url", isText}}}
	for _, i := range indicatorsOf(d) {
		g.lines = append(g.lines, []string{i.Key, words.Args(i.NameKey(), nil), words.Args(i.DefinitionKey(), nil), words.Args(i.TrapKey(), nil),
			words.Args(i.FormulaKey(), nil), strconv.Itoa(i.Versions.Number()), i.Versions.Since().String(), i.Source.Source, i.Source.URL})
	}
	return g
}

// indicatorsOf are the indicators of a document's tables. A definition that is
// not an indicator's is words of its own table.
func indicatorsOf(d Document) (list []report.Indicator) {
	var seen []string
	for _, t := range d.Tables {
		for _, key := range t.Definitions {
			if i, err := report.Find(key); err == nil && !slices.Contains(seen, key) {
				seen, list = append(seen, key), append(list, i)
			}
		}
	}
	return list
}

// sourcesOf lists what figures were divided by and compared with, and the
// published totals among them, each once.
func sourcesOf(words report.Words, d Document) grid {
	g := grid{code: "sources", heads: []head{{"use", isText}, {"name", isText}, {"area", isText}, {"area_label", isText}, {"from", isText}, {"to", isText},
		{"value", isNumber}, {"low", isNumber}, {"high", isNumber}, {"status", isStatus}, {"notes", isText}, {"source", isText}, {"source_url", isText}, {"source_as_at", isText}}}
	for _, t := range d.Tables {
		for _, u := range t.Denominators {
			g.once(denominatorLine(words, u))
		}
		for _, b := range t.Benchmarks {
			g.once([]string{"benchmark", report.Say(words, b.Label()), "", "", "", "", b.Level().String(), "", "", "value", string(b.Kind),
				b.Source.Source, b.Source.URL, b.Source.AsAt.String()})
		}
		for _, c := range t.Sources {
			g.once([]string{"published", "", "", "", "", "", "", "", "", string(report.KindNotApplicable), "", c.Source, c.URL, c.AsAt.String()})
		}
	}
	return g
}

// denominatorLine is a denominator with its bounds, which are left out with a value
// that is masked.
func denominatorLine(words report.Words, u report.Used) []string {
	notes, lowest, highest := "", "", ""
	if u.Provisional {
		notes = "provisional"
	}
	if u.Value.Known() {
		lowest, highest = strconv.FormatInt(u.Low, 10), strconv.FormatInt(u.High, 10)
	}
	return []string{"denominator", u.Definition, u.Area.Code, report.Say(words, u.Area), u.Period.From.String(), u.Period.To.String(),
		value(words, u.Value, report.Column{}), lowest, highest, status(u.Value), notes, u.Source.Source, u.Source.URL, u.Source.AsAt.String()}
}

// once adds a line that is not there yet.
func (g *grid) once(line []string) {
	if !slices.ContainsFunc(g.lines, func(have []string) bool { return slices.Equal(have, line) }) {
		g.lines = append(g.lines, line)
	}
}

// statuses are the words that stand in a column of statuses.
var statuses = []string{"value", string(report.KindRange), string(report.KindInterval), string(report.KindModelled), string(report.KindMasked),
	string(report.KindNoDenominator), string(report.KindNotReported), string(report.KindNotApplicable)}

// symbols stand in a cell of a workbook that has no number. The letter for masked
// is the one that statistical offices use for confidential.
var symbols = map[report.Kind]string{report.KindMasked: "c", report.KindNotReported: "nr", report.KindNoDenominator: "nd", report.KindNotApplicable: "na"}
