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
	number := func(c report.Cell, masked string) string {
		if c.Is(report.KindMasked) {
			return l.T(masked)
		}
		return figure(l, c, report.Column{})
	}
	if n := g.Kits.Count(); g.Kits.Known() && n.High == 0 {
		p.Sentence = []string{l.T("give_back.nothing")}
		return
	}
	p.Sentence = []string{l.T("give_back.lead", "Kits", number(g.Kits, "give_back.few"), "Programme", number(g.ProgrammeKits, "give_back.few"))}
	for _, k := range []struct {
		cell        report.Cell
		key, masked string // a part may be masked for the sake of another: it need not be few
	}{{g.Kits, "kits", "few"}, {g.People, "people", "few"}, {g.First, "first", "kept"}, {g.Again, "again", "kept"}, {g.Used, "used", "kept"}} {
		p.Keys = append(p.Keys, Key{Number: number(k.cell, "give_back."+k.masked), Words: l.T("give_back.key_" + k.key)})
	}
	if !g.Told.Is(report.KindNotReported) {
		p.Keys = append(p.Keys, Key{Number: number(g.Told, "give_back.few"), Words: l.T("give_back.key_told")})
	}
	p.Unknown = l.T("give_back.unknown_some")
	if g.NothingReported.Known() {
		p.Unknown = l.T("give_back.unknown", "Kits", figure(l, g.NothingReported, report.Column{}))
	}
}
