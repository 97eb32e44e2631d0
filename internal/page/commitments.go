package page

import (
	"cmp"
	"strings"

	"thntracker/internal/baseline"
	"thntracker/internal/commitment"
	"thntracker/internal/lang"
)

// Commitments shows each thing the resolution asks, how the country stands on
// it, and the evidence; never a score.
type Commitments struct {
	Base
	Country string
	Asks    []Ask
	Facts   []Fact
	Vote    []string
}

// Template names the file.
func (*Commitments) Template() string { return "commitments" }

// Ask is one commitment.
type Ask struct {
	ID, OP, Title, Text string
	Of, Standing, Shows string
	Measurable          string
	Says                []Said
	Position            string
	PositionHelp        string
	Code                string
	Paragraph           string // its code; empty: no source gives it
	Unsaid              bool   // no source gives its paragraph
	Evidence            []Evidence
	Lacks               string
}

// Said is a statement with who makes it: the three are never mixed.
type Said struct{ Text, Standing string }

// Evidence is one thing that speaks to a commitment.
type Evidence struct {
	Name, Text, Source, Standing, Note string

	Indicator string
	State     commitment.State
}

// Fact is one thing known of the resolution itself.
type Fact struct{ Name, Text, Standing, URL string }

// asks draws the registry for a country.
func asks(l *lang.Locale, ev commitment.Evidence) (list []Ask) {
	for _, c := range commitment.All() {
		p := commitment.Stand(c, ev)
		a := Ask{ID: c.ID, OP: l.T(c.OP.Key()), Title: l.T(c.TitleKey()), Text: l.T(c.AsksKey()), Standing: l.T(commitment.Reported.Key()),
			Shows: l.T(c.ShowsKey()), Measurable: l.T(c.Measurable.Key()), Position: l.T(p.Code.Key()), Code: string(p.Code), Paragraph: string(c.OP), Unsaid: c.OP == commitment.NoParagraph || c.OP == commitment.OP1Or3,
			PositionHelp: l.T("commitment.position_help." + string(p.Code))}
		var of []string
		for _, party := range c.Asked {
			of = append(of, l.T(party.Key()))
		}
		a.Of = strings.Join(of, ", ")
		for _, s := range c.Says {
			a.Says = append(a.Says, Said{Text: l.T(s.Key), Standing: l.T(s.Standing.Key())})
		}
		for _, s := range p.Shown {
			e := Evidence{Name: cmp.Or(s.Item.Name, l.T(s.Link.Key())), Text: s.Item.Text, Standing: l.T(s.Link.Standing.Key()), Source: s.Item.Source, Indicator: s.Item.Indicator, State: s.Item.State}
			if s.Link.Example {
				e.Note = l.T("commitment.example")
			}
			a.Evidence = append(a.Evidence, e)
		}
		var lacks []string
		for _, lack := range p.Lacks {
			lacks = append(lacks, l.T(lack.Key()))
		}
		a.Lacks = strings.Join(lacks, "; ")
		list = append(list, a)
	}
	return list
}

// Draw fills the page for a country.
func (p *Commitments) Draw(l *lang.Locale, ev commitment.Evidence) {
	p.Asks = asks(l, ev)
	for _, f := range commitment.Identity() {
		p.Facts = append(p.Facts, Fact{Name: l.T(f.Key()), Text: l.T(f.TextKey()), Standing: l.T(f.Standing.Key()), URL: f.URL})
	}
	v := commitment.Ballot()
	var against []string
	for _, code := range v.AgainstBy {
		against = append(against, baseline.Name(code, l.Code))
	}
	p.Vote = []string{
		l.T("commitment.vote_text", "InFavour", l.Number(v.InFavour), "Against", l.Number(v.Against), "Countries", strings.Join(against, ", ")),
		l.T("commitment.vote_reason"),
		l.T("commitment.vote_neither", "Neither", l.Number(v.Neither()), "Members", l.Number(v.Members)),
	}
}

// Commit puts the commitments into a summary, in short.
func (p *Summary) Commit(l *lang.Locale, ev commitment.Evidence) { p.Asks = asks(l, ev) }
