package export

import (
	"time"

	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Publication is what a document says of itself where it is handed on: in a
// workbook, in a package, on paper, in a picture. Whoever closes a release fills
// it. Every text is whole, in the reader's language, and made from figures that
// are protected already: this package adds none. What is empty is left out.
type Publication struct {
	Title     string   // what it is: "Take-home naloxone in Freedonia, 2026"
	Headline  []string // what the figures say, a sentence each, the main one first
	Publisher string   // whose figures they are
	Country   string   // its name
	Period    string   // in words
	Lang      string   // language tag of the texts
	RTL       bool     // the language runs from right to left
	Demo      bool     // a demonstration: nothing of it happened, and every file says so

	Published thn.Date // also the date inside the files; empty: the day of Head.AsAt
	Release   string   // number and revision in words: "Release 7, revision 2"
	Number    string   // the same for machines: "7.2"
	Standing  string   // "Provisional", or why it was revised
	Snapshot  string   // the hash of what was frozen
	Command   string   // how to compute it again
	Rule      string   // what was masked, and by which rule
	Note      string   // the same in a sentence, for pictures; empty: Rule
	Address   string   // where it stays
	Cite      string   // how to cite it, as one text
	Licence   Licence

	Keys     []Key
	Sections []Section
	Asks     []Ask       // standing on the commitments, in reading order
	Stated   []Statement // of services, by the programme
	Place    []string    // the country in the baseline, a sentence each
	Unknown  []string    // what is not known, a sentence each
}

// Licence is what may be done with the figures. It is said only where a
// programme has said it.
type Licence struct {
	Code  string // as software and catalogues write it: "CC-BY-4.0"
	Title string
	URL   string
}

// Key is one of the few figures that stand in front.
type Key struct {
	Value   string // the figure as it is shown, or the word for why there is none
	Words   string // what it counts
	Range   string // its interval
	Target  string // the target it is held against
	Missing bool   // Value is a word, not a number
}

// Section is one finding: a heading, what there is to say, a table, a drawing.
type Section struct {
	Code    string // in names of files
	Heading string
	Said    []string      // a sentence each
	Table   *report.Table // nil: none
	Drawing string        // SVG by package chart at chart.Wide, drawn bare; empty: none
	Narrow  string        // the same at chart.Narrow, for the columns of paper; empty: Drawing is used
	Measure string        // what is drawn, in which unit
	Source  string        // where the figures come from, and of when
	Detail  bool          // for whoever reads on: in the files, and not on the two pages of paper
}

// about is the publication of a document. One that has none, such as a single
// table of a screen, tells of itself what its tables do.
func (d Document) about(words report.Words) Publication {
	var p Publication
	if d.Publication != nil {
		p = *d.Publication
	}
	if len(d.Tables) == 0 {
		return p
	}
	t := d.Tables[0]
	p.Demo = p.Demo || t.Head.Demo
	fill := func(s *string, usual string) {
		if *s == "" {
			*s = usual
		}
	}
	fill(&p.Title, words.Args(t.Title, nil))
	fill(&p.Publisher, t.Head.Programme)
	fill(&p.Country, t.Head.Country)
	fill(&p.Period, words.Period(t.Head.Period))
	if p.Published.IsZero() && !t.Head.AsAt.IsZero() {
		p.Published = thn.DateOf(t.Head.AsAt, time.UTC)
	}
	return p
}

// titleOf is what a table is called: as the finding that shows it, because several
// tables of one indicator differ in how they are cut.
func (d Document) titleOf(words report.Words, t report.Table) string {
	if d.Publication != nil {
		for _, s := range d.Publication.Sections {
			if s.Table != nil && s.Table.Name == t.Name && s.Heading != "" {
				return s.Heading
			}
		}
	}
	return words.Args(t.Title, nil)
}

// fact is a line that says one thing of a document, by a code and in words.
type fact struct{ code, name, text string }

// facts lists what a publication says of itself, in reading order; what it does
// not know is left out.
func (d Document) facts(words report.Words) (list []fact) {
	p := d.about(words)
	add := func(code, text string) {
		if text != "" {
			list = append(list, fact{code, words.Args("files.fact."+code, nil), text})
		}
	}
	add("country", p.Country)
	add("period", p.Period)
	add("publisher", p.Publisher)
	if !p.Published.IsZero() {
		add("published", words.Date(p.Published))
	}
	if len(d.Tables) > 0 && !d.Tables[0].Head.AsAt.IsZero() {
		add("as_at", words.Date(thn.DateOf(d.Tables[0].Head.AsAt, time.UTC)))
	}
	add("release", p.Release)
	add("standing", p.Standing)
	add("rule", p.Rule)
	add("address", p.Address)
	add("cite", p.Cite)
	add("licence", p.Licence.Title)
	add("snapshot", p.Snapshot)
	add("command", p.Command)
	if p.Demo {
		add("demo", words.Args("files.demo", nil))
	}
	return list
}
