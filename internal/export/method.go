package export

import (
	"bytes"
	"cmp"
	_ "embed"
	"html/template"

	"thntracker/internal/report"
)

// methodHTML is the page of a package: it stands alone, without script, fonts or
// anything from elsewhere.
//
//go:embed method.html
var methodHTML string

var methodPage = template.Must(template.New("method").Parse(methodHTML))

// methodData is what the page shows.
type methodData struct {
	Lang, Dir, Heading, Title string
	Headline                  []string
	Facts                     []fact
	Definitions               []methodDefinition
	DefinitionsHead           string
	SourcesHead               string
	Sources                   []methodSource
	StatesHead, Masked        string
	States                    []fact
	Notes                     []methodNotes
}

type methodDefinition struct {
	Name, Key, Text string
	Facts           []fact
	URL             string
}

type methodSource struct{ Text, URL string }

// methodNotes is what a reader has to know of one table.
type methodNotes struct {
	Title string
	Said  []string
}

// Name and Text let the page read a fact.
func (f fact) Name() string { return f.name }

// Text is what the fact says.
func (f fact) Text() string { return f.text }

// method writes the page of what figures count, what they were divided by, and
// what is missing.
func method(words report.Words, d Document) ([]byte, error) {
	p := d.about(words)
	m := methodData{Lang: cmp.Or(p.Lang, "en"), Dir: "ltr", Heading: words.Args("files.method.title", nil), Title: p.Title, Headline: p.Headline, Facts: d.facts(words),
		DefinitionsHead: words.Args("files.sheet.definitions", nil), SourcesHead: words.Args("files.sheet.sources", nil),
		StatesHead: words.Args("files.readme.states", nil), Masked: words.Args("files.readme.masked", nil)}
	if p.RTL {
		m.Dir = "rtl"
	}
	for _, s := range statuses {
		m.States = append(m.States, fact{s, s, words.Args("files.symbol."+s, nil)})
	}
	for _, i := range indicatorsOf(d) {
		m.Definitions = append(m.Definitions, methodOf(words, i))
	}
	m.sources(words, d)
	for _, t := range d.Tables {
		n := methodNotes{Title: d.titleOf(words, t)}
		for _, list := range [][]report.Label{t.Notes, t.Missing} {
			for _, l := range list {
				n.Said = append(n.Said, report.Say(words, l))
			}
		}
		if len(n.Said) > 0 {
			m.Notes = append(m.Notes, n)
		}
	}
	var b bytes.Buffer
	err := methodPage.Execute(&b, m)
	return b.Bytes(), err
}

func methodOf(words report.Words, i report.Indicator) methodDefinition {
	d := methodDefinition{Name: words.Args(i.NameKey(), nil), Key: i.Key, Text: words.Args(i.DefinitionKey(), nil), URL: i.Source.URL}
	for _, f := range []fact{{"trap", "", words.Args(i.TrapKey(), nil)}, {"formula", "", words.Args(i.FormulaKey(), nil)},
		{"version", "", version(words, i)}, {"source", "", i.Source.Source}} {
		if f.text != "" {
			d.Facts = append(d.Facts, fact{f.code, words.Args("files.column."+f.code, nil), f.text})
		}
	}
	return d
}

// sources lists denominators with their values, levels to compare with, and
// published totals, each once.
func (m *methodData) sources(words report.Words, d Document) {
	seen := map[methodSource]bool{}
	add := func(text, url string) {
		if s := (methodSource{text, url}); !seen[s] {
			seen[s] = true
			m.Sources = append(m.Sources, s)
		}
	}
	for _, t := range d.Tables {
		for _, u := range t.Denominators {
			add(used(words, u)+". "+u.Source.Source, u.Source.URL)
		}
		for _, x := range t.Benchmarks {
			add(report.Say(words, x.Label())+". "+x.Source.Source, x.Source.URL)
		}
		for _, c := range t.Sources {
			add(c.Source, c.URL)
		}
	}
}
