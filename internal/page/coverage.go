package page

import (
	"slices"
	"strings"

	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Coverage is the manager's picture: a sentence, then figures, each with its
// drawing, its table, its files and its definition.
type Coverage struct {
	Base
	Sentence  []Sentence
	Waiting   Option // records that wait for a decision, if any
	Choose    Chooser
	Trail     []Option // from everywhere to the place shown
	Keys      []Key
	Contents  []Option
	Figures   []Figure
	Absent    []Option // what has nothing to show, and where it begins
	Silent    []string // sites without a record
	Uncounted []string // areas without an estimate of people at risk
	AsAt      string
	Lasting   string // the address of exactly this view
	Past      Past
	Recounted string // when the sums were last counted anew, and whether they agreed
}

// Past says that a view is of an earlier day, and leads to the same now and to
// what was revised since. The zero Past is now.
type Past struct {
	Words      string
	Now, Since Option
}

// Template names the file.
func (*Coverage) Template() string { return "coverage" }

// Sentence is a sentence, with where it leads if it leads anywhere.
type Sentence struct {
	Text string
	More Option
}

// Chooser is what a view is of, in words, with the form that changes it and the
// same view one period before and after.
type Chooser struct {
	Turn  Turn
	Words string // what can be chosen
	Form  Form
	Open  bool // something in it is to be put right
}

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
	Closer     []Option // the parts of it as views of their own
	Definition []Definition
	Sources    []Source
	More       Option   // what else there is to see of it, if anything
	Embed      Embed    // how the drawing is shown elsewhere, where that is offered
	Open       bool     // the table stands open beneath its drawing
	Also       []Figure // parts of the same finding, drawn beneath it
}

// Definition says in plain words what a figure counts.
type Definition struct{ Key, Name, Text, Trap, Formula, URL string }

// Source is where a number comes from.
type Source struct {
	Text string
	URL  string
}

// Draw fills the picture from an overview and the tables of its sections, in
// their order. The period's words and filters are the handler's.
func (p *Coverage) Draw(l *lang.Locale, o report.Overview, sections []Section, drill Drill) error {
	p.Sentence = overviewSentence(l, o)
	for i, s := range sections {
		p.Sentence = append(p.Sentence, lacking(l, s, o.Tables[i], drill)...)
	}
	p.Keys = overviewKeys(l, o)
	for i, s := range sections {
		t := o.Tables[i]
		if !s.speaks(t) {
			if l.Has("coverage." + s.ID + ".absent") {
				p.Absent = append(p.Absent, Option{Value: s.Start, Label: l.T("coverage." + s.ID + ".absent")})
			}
			continue
		}
		f, err := s.figureOf(l, t, drill)
		if err != nil {
			return err
		}
		if n := len(p.Figures); s.Beside && n > 0 {
			p.Figures[n-1].Also = append(p.Figures[n-1].Also, f)
			continue
		}
		p.Figures = append(p.Figures, f)
		p.Contents = append(p.Contents, Option{Value: "#" + s.ID, Label: l.T("coverage." + s.ID + ".short")})
	}
	for _, site := range o.Silent {
		p.Silent = append(p.Silent, site.Name)
	}
	for _, a := range o.Uncounted {
		p.Uncounted = append(p.Uncounted, a.Name)
	}
	lang.Sort(l, p.Silent, func(s string) string { return s })
	lang.Sort(l, p.Uncounted, func(s string) string { return s })
	return nil
}

// overviewSentence is what a manager would say of the period, one thought each.
func overviewSentence(l *lang.Locale, o report.Overview) (s []Sentence) {
	add := func(text string) { s = append(s, Sentence{Text: text}) }
	key, period := "coverage.sentence", "Period"
	if shape := o.Head.Period.Shape(); shape == thn.ShapeMonth || shape == thn.ShapeYear {
		key, period = "coverage.sentence_in", "In"
	}
	blanks := []any{period, l.Period(o.Head.Period), "Kits", figure(l, o.Kits, report.Column{})}
	switch {
	case !o.Kits.Known():
		add(l.T(key+"_nothing", blanks...))
	case o.First.Known():
		add(l.T(key, append(blanks, "People", figure(l, o.First, report.Column{}))...))
	default:
		add(l.T(key+"_kits", blanks...))
	}
	switch reach := o.Reach; {
	case o.ReachSeries > 1:
		add(l.T("coverage.sentence_reach_series", "Low", one(l, reach.Ratio().Low), "High", one(l, reach.Ratio().High), "N", l.Number(o.ReachSeries)))
	case reach.Known() && reach.Ratio().Valued:
		add(l.T("coverage.sentence_reach", "Value", one(l, reach.Ratio().Value), "Low", one(l, reach.Ratio().Low), "High", one(l, reach.Ratio().High)))
	case reach.Known():
		add(l.T("coverage.sentence_reach_range", "Low", one(l, reach.Ratio().Low), "High", one(l, reach.Ratio().High)))
	default:
		s = append(s, Sentence{Text: l.T("coverage.sentence_no_reach"), More: Option{Value: "/denominators", Label: l.T("coverage.enter_people")}})
	}
	return s
}

// lacking says where kits are missing: the area that is worst off, and the sites
// that have none left or soon will.
func lacking(l *lang.Locale, s Section, t report.Table, drill Drill) []Sentence {
	switch s.ID {
	case "areas":
		i := t.Column(s.Column)
		if len(t.Rows) < 3 || !t.Rows[0].Cells[i].Known() {
			return nil
		}
		name := words(l, t.Rows[0].Label)
		say := Sentence{Text: l.T("coverage.lacking", "Area", name, "Value", figure(l, t.Rows[0].Cells[i], report.Column{}))}
		if url := drill(s.Drill, t.Rows[0].Label); url != "" {
			say.More = Option{Value: url, Label: l.T("coverage.closer_to", "Name", name)}
		}
		return []Sentence{say}
	case "stock":
		out, low := shortOf(t)
		if out+low == 0 {
			return nil
		}
		var text []string
		lowKey := "coverage.low"
		if out > 0 {
			text, lowKey = append(text, l.N("coverage.out", out, "Date", l.Date(stockDay(t)))), "coverage.low_too"
		}
		if low > 0 {
			text = append(text, l.N(lowKey, low, "Date", l.Date(stockDay(t))))
		}
		return []Sentence{{Text: strings.Join(text, " "), More: Option{Value: "/alerts", Label: l.T("coverage.look_after")}}}
	}
	return nil
}

// stockNote is the note that says of which day a table of stock is.
func stockNote(t report.Table) report.Label {
	i := slices.IndexFunc(t.Notes, func(n report.Label) bool { return n.Code == "stock_day" })
	if i < 0 {
		return report.Label{}
	}
	return t.Notes[i]
}

// stockDay is that day: stock is of the end of a period, what to do is of today.
func stockDay(t report.Table) thn.Date {
	day, _ := stockNote(t).Args["Date"].(thn.Date)
	return day
}

func stockDayNote(l *lang.Locale, t report.Table) string { return words(l, stockNote(t)) }

// shortOf counts the shelves that are empty, and those that last for less than a month.
func shortOf(t report.Table) (out, low int) {
	i := t.Column("lasting")
	for _, r := range t.Rows {
		if r.Kind != report.RowPlain || !r.Cells[i].Is(report.KindRatio) {
			continue
		}
		switch x := r.Cells[i].Ratio().Value; {
		case x.Num <= 0:
			out++
		case x.Num < x.Den:
			low++
		}
	}
	return out, low
}

func one(l *lang.Locale, r report.Ratio) string { return l.Decimal(r.Round(0).Float(), 0) }

func overviewKeys(l *lang.Locale, o report.Overview) []Key {
	keys := []Key{
		keyOf(l, o.Kits, report.Column{}, l.T("coverage.key_kits")),
		keyOf(l, o.First, report.Column{}, l.T("coverage.key_first")),
		keyOf(l, o.Reach, report.Column{}, l.T("coverage.key_reach")),
	}
	period := l.T("coverage.key_period", "Period", l.Period(o.Head.Period))
	keys[0].Note, keys[1].Note = period+" "+changeWords(l, o), period
	if o.Reach.Known() {
		keys[2].Note = l.T("coverage.key_base", "Definition", words(l, o.ReachOver.Rows[0].Label))
	}
	if o.ReachSeries > 1 {
		keys[2].Note = l.T("coverage.reach_between", "N", l.Number(o.ReachSeries))
	}
	if len(o.Changes) == 1 && o.Changes[0].Key == "report.change.then" {
		then := o.Changes[0]
		keys[1].Note += thenWords(l, then.First, then.Period)
		keys[2].Note += thenWords(l, then.Reach, then.Period)
	}
	return keys
}

// thenWords say what a figure was in another period.
func thenWords(l *lang.Locale, c report.Cell, p thn.Period) string {
	if !c.Known() {
		return ""
	}
	return " " + l.T("coverage.then", "Value", figure(l, c, report.Column{}), "Period", l.Period(p))
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

// changeWords compares with other periods, in words: how many more or fewer, and
// of how many that is which share, unless those were too few for one.
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
		text += l.N(key, more, "Period", l.Period(c.Period), "Kits", figure(l, c.Kits, report.Column{}))
		switch {
		case c.Percent.Is(report.KindText):
			text += " " + l.T("coverage.change_few", "Least", report.LeastBase)
		case c.Percent.Known() && more != 0:
			text += " " + l.T("coverage.change_percent", "Percent", plus(l, c.Percent))
		}
	}
	return text
}

// plus writes a change in 100 with its sign.
func plus(l *lang.Locale, c report.Cell) string {
	text := figure(l, c, report.Column{})
	if c.Ratio().Value.Num > 0 {
		return "+" + text
	}
	return text
}

func newFigure(l *lang.Locale, id string, t report.Table) Figure {
	f := Figure{ID: id, Finding: l.T(t.Title), Table: tabulate(l, t)}
	for _, name := range t.Definitions {
		f.Definition = append(f.Definition, Definition{Key: name, Name: l.T("indicator." + name + ".name"), Text: l.T("indicator." + name + ".definition"),
			Trap: l.T("indicator." + name + ".trap"), Formula: l.T("indicator." + name + ".formula"), URL: "/definitions#" + name})
	}
	for _, d := range t.Denominators {
		f.Sources = append(f.Sources, denominatorWords(l, d))
	}
	for _, b := range t.Benchmarks {
		f.Sources = append(f.Sources, Source{Text: l.T("words.labelled", "Label", words(l, b.Label()), "Text", Cite(l, b.Source).Text), URL: b.Source.URL})
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
