package page

import (
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// GiveBack is the sheet that a site or a worker gets back for what they recorded:
// one page to print.
type GiveBack struct {
	Base
	Whose    string
	Period   string
	Filters  Form
	Sentence []string
	Keys     []Key
	Unknown  string
}

// Template names the file.
func (*GiveBack) Template() string { return "give_back" }

// Draw fills the sheet. What is too small to show is said in words.
func (p *GiveBack) Draw(l *lang.Locale, g report.GiveBack) {
	number := func(c report.Cell) string {
		if c.Is(report.KindMasked) {
			return l.T("give_back.few")
		}
		return figure(l, c, report.Column{})
	}
	if n := g.Kits.Count(); g.Kits.Known() && n.High == 0 {
		p.Sentence = []string{l.T("give_back.nothing")}
		return
	}
	p.Sentence = []string{l.T("give_back.lead", "Kits", number(g.Kits), "Programme", number(g.ProgrammeKits))}
	for _, k := range []struct {
		cell report.Cell
		key  string
	}{{g.Kits, "kits"}, {g.People, "people"}, {g.First, "first"}, {g.Again, "again"}, {g.Used, "used"}} {
		p.Keys = append(p.Keys, Key{Number: number(k.cell), Words: l.T("give_back.key_" + k.key)})
	}
	if !g.Told.Is(report.KindNotReported) {
		p.Keys = append(p.Keys, Key{Number: number(g.Told), Words: l.T("give_back.key_told")})
	}
	p.Unknown = l.T("give_back.unknown", "Kits", number(g.NothingReported))
}
