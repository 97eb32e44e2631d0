package page

import (
	"thntracker/internal/lang"
	"thntracker/internal/report"
)

// Definitions is what every figure counts, drawn from the registry of indicators:
// one entry for each, at an address of its own.
type Definitions struct {
	Base
	Intro   string
	Entries []DefinitionEntry
}

// Template names the file.
func (*Definitions) Template() string { return "definitions" }

// DefinitionEntry is one indicator as its definition.
type DefinitionEntry struct {
	Key, Name, Text string
	Facts           []DefinitionFact
}

// DefinitionFact is a line of an entry: what it is about, and what is to be said, with an
// address where there is one.
type DefinitionFact struct {
	Label string
	Items []Source
}

// Draw fills the page.
func (p *Definitions) Draw(l *lang.Locale) {
	p.Intro = l.T("definitions.intro")
	for _, i := range report.Indicators {
		p.Entries = append(p.Entries, DefinitionEntry{Key: i.Key, Name: l.T(i.NameKey()), Text: l.T(i.DefinitionKey()), Facts: definitionFacts(l, i)})
	}
}

func definitionFacts(l *lang.Locale, i report.Indicator) []DefinitionFact {
	fact := func(key string, items ...Source) DefinitionFact {
		return DefinitionFact{Label: l.T("definitions." + key), Items: items}
	}
	facts := []DefinitionFact{fact("measures", Source{Text: measured(l, i)}), fact("formula", Source{Text: l.T(i.FormulaKey())})}
	var against []Source
	for _, kind := range i.Denominators {
		against = append(against, Source{Text: l.T("code.denominator." + string(kind))})
	}
	if len(against) > 0 {
		facts = append(facts, fact("denominators", against...))
	}
	facts = append(facts, fact("trap", Source{Text: l.T(i.TrapKey())}), fact("source", Cite(l, i.Source)), fact("version", Source{Text: versionWords(l, i.Versions)}))
	var history []Source
	for _, v := range i.Versions.Changes() {
		history = append(history, Source{Text: l.T("definitions.entry", "Date", l.Date(v.From), "Why", l.T(v.Change))})
	}
	if len(history) > 0 {
		facts = append(facts, fact("history", history...))
	}
	return facts
}

// measured says what an indicator counts and what that is set against.
func measured(l *lang.Locale, i report.Indicator) string {
	num := l.T("measure." + string(i.Num))
	switch i.Den {
	case "":
		return num
	case i.Num:
		return l.T("definitions.share_of", "Num", num)
	}
	return l.T("definitions.measure_over", "Num", num, "Den", l.T("measure."+string(i.Den)))
}

func versionWords(l *lang.Locale, v report.Versions) string {
	if since := v.Since(); !since.IsZero() {
		return l.T("report.version.since", "N", v.Number(), "Date", l.Date(since))
	}
	return l.T("report.version.first", "N", v.Number())
}
