package page

import (
	"slices"

	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Coverage is the manager's picture: a sentence, then figures, each with its
// drawing, its table, its files and its definition.
type Coverage struct {
	Base
	Sentence []string
	Waiting  Option // records that wait for a decision, if any
	Period   string
	Filters  Form
	Keys     []Key
	Figures  []Figure
	Silent   []string // sites without a record
	AsAt     string
	Files    []Option
}

// Template names the file.
func (*Coverage) Template() string { return "coverage" }

// Key is a large number with what it is of beneath it.
type Key struct {
	Number, Range, Words, Note string
	Missing                    bool
}

// Figure is one finding: drawn, tabulated, defined.
type Figure struct {
	ID         string
	Finding    string
	Measured   string
	Wide       Drawing
	Narrow     Drawing
	Table      Table
	Definition []Definition
	Sources    []Source
	More       Option // what else there is to see of it, if anything
	Open       bool   // the table stands open beneath its drawing
}

// Definition says in plain words what a figure counts.
type Definition struct{ Name, Text, Trap, Formula, URL string }

// Source is where a number comes from.
type Source struct {
	Text string
	URL  string
}

// Draw fills the picture from an overview. The period's words and filters are the handler's.
func (p *Coverage) Draw(l *lang.Locale, o report.Overview, today thn.Date) error {
	p.Period = l.Period(o.Head.Period)
	p.AsAt = l.Date(today)
	p.Sentence = overviewSentence(l, o)
	p.Keys = overviewKeys(l, o)
	for _, draw := range []func(*lang.Locale, report.Overview) (Figure, error){monthsFigure, areasFigure, reachFigure, perDeathFigure, firstFigure, peerFigure} {
		f, err := draw(l, o)
		if err != nil {
			return err
		}
		p.Figures = append(p.Figures, f)
	}
	for _, site := range o.Silent {
		p.Silent = append(p.Silent, site.Name)
	}
	slices.Sort(p.Silent)
	return nil
}

// overviewSentence is what a manager would say of the period, one thought each.
func overviewSentence(l *lang.Locale, o report.Overview) []string {
	var s []string
	from, to := l.Date(o.Head.Period.From), l.Date(o.Head.Period.Last())
	if o.First.Known() {
		s = append(s, l.T("coverage.sentence", "From", from, "To", to, "Kits", figure(l, o.Kits, report.Column{}), "People", figure(l, o.First, report.Column{})))
	} else {
		s = append(s, l.T("coverage.sentence_kits", "From", from, "To", to, "Kits", figure(l, o.Kits, report.Column{})))
	}
	switch reach := o.Reach; {
	case o.ReachSeries > 1:
		s = append(s, l.T("coverage.sentence_reach_series", "Low", one(l, reach.Ratio().Low), "High", one(l, reach.Ratio().High), "N", l.Number(o.ReachSeries)))
	case reach.Known() && reach.Ratio().Valued:
		s = append(s, l.T("coverage.sentence_reach", "Value", one(l, reach.Ratio().Value), "Low", one(l, reach.Ratio().Low), "High", one(l, reach.Ratio().High)))
	case reach.Known():
		s = append(s, l.T("coverage.sentence_reach_range", "Low", one(l, reach.Ratio().Low), "High", one(l, reach.Ratio().High)))
	default:
		s = append(s, l.T("coverage.sentence_no_reach"))
	}
	return s
}

func one(l *lang.Locale, r report.Ratio) string { return l.Decimal(r.Round(0).Float(), 0) }

func overviewKeys(l *lang.Locale, o report.Overview) []Key {
	keys := []Key{{Number: figure(l, o.Kits, report.Column{}), Words: l.T("coverage.key_kits"), Note: changeWords(l, o)}}
	for _, k := range []struct {
		cell   report.Cell
		key    string
		places int
	}{{o.First, "coverage.key_first", 0}, {o.Reach, "coverage.key_reach", 0}} {
		keys = append(keys, keyOf(l, k.cell, report.Column{Places: k.places}, l.T(k.key)))
	}
	if o.ReachSeries > 1 {
		keys[len(keys)-1].Note = l.T("coverage.reach_between", "N", l.Number(o.ReachSeries))
	}
	return keys
}

// keyOf is a cell as a large number, its bounds beneath it.
func keyOf(l *lang.Locale, c report.Cell, column report.Column, words string) Key {
	k := Key{Number: figure(l, c, column), Words: words, Missing: !c.Known()}
	if c.Is(report.KindInterval) && c.Ratio().Valued {
		write := func(r report.Ratio) string { return l.Decimal(r.Round(column.Places).Float(), column.Places) }
		k.Number, k.Range = write(c.Ratio().Value), l.T("cell.range", "Low", write(c.Ratio().Low), "High", write(c.Ratio().High))
	}
	return k
}

// changeWords compares with the period before and the year before, in words.
func changeWords(l *lang.Locale, o report.Overview) string {
	text := ""
	for _, c := range o.Changes {
		if !c.More.Known() {
			continue
		}
		more := int64(c.More.Count().Low) / 2
		key := "coverage.change_same"
		switch {
		case more > 0:
			key = "coverage.change_more"
		case more < 0:
			key, more = "coverage.change_fewer", -more
		}
		if text != "" {
			text += " "
		}
		text += l.N(key, more, "Period", l.Period(c.Period))
	}
	return text
}

func newFigure(l *lang.Locale, id string, t report.Table) Figure {
	f := Figure{ID: id, Finding: l.T(t.Title), Table: tabulate(l, t)}
	for _, name := range t.Definitions {
		f.Definition = append(f.Definition, Definition{Name: l.T("indicator." + name + ".name"), Text: l.T("indicator." + name + ".definition"),
			Trap: l.T("indicator." + name + ".trap"), Formula: l.T("indicator." + name + ".formula"), URL: "/definitions#" + name})
	}
	for _, d := range t.Denominators {
		f.Sources = append(f.Sources, denominatorWords(l, d))
	}
	for _, b := range t.Benchmarks {
		f.Sources = append(f.Sources, Source{Text: words(l, b.Label()) + ": " + b.Source.Source, URL: b.Source.URL})
	}
	for _, c := range t.Sources {
		f.Sources = append(f.Sources, Source{Text: c.Source, URL: c.URL})
	}
	return f
}

// denominatorWords names what a figure was divided by, with its interval.
func denominatorWords(l *lang.Locale, d report.Used) Source {
	key := "figure.denominator"
	if d.Low != d.High {
		key = "figure.denominator_interval"
	}
	text := l.T(key, "Definition", d.Definition, "Area", words(l, d.Area), "Period", l.Period(d.Period), "Value", figure(l, d.Value, report.Column{}),
		"Low", l.Number(d.Low), "High", l.Number(d.High), "Source", d.Source.Source)
	if d.Provisional {
		text += " " + l.T("figure.provisional")
	}
	return Source{Text: text, URL: d.Source.URL}
}

// pair draws a chart twice, for a phone and for a desk.
func (f *Figure) pair(draw func(width int) (string, error)) error {
	for width, into := range map[int]*Drawing{chart.Wide: &f.Wide, chart.Narrow: &f.Narrow} {
		svg, err := draw(width)
		if err != nil {
			return err
		}
		*into = Drawing(svg)
	}
	return nil
}
