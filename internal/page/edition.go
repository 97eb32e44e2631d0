package page

import (
	"strconv"
	"strings"
	"time"

	"thntracker/internal/lang"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// utc is the zone in which the day of a release is told: the same for everybody.
var utc = time.UTC

// EditionPeriod is a period as addresses of releases have it.
func EditionPeriod(p thn.Period) string { return p.From.String() + "_" + p.To.String() }

// EditionAddress is where a public release stands for good, as a path: country,
// period, and the number with the first characters of its hash, so that two
// programmes of one country have addresses of their own.
func EditionAddress(e thn.Edition) string {
	return EditionsAddress(e.Country) + "/" + EditionPeriod(e.Period) + "/" + EditionKey(e)
}

// EditionKey is the last part of that path.
func EditionKey(e thn.Edition) string { return strconv.Itoa(e.Number) + "-" + e.Hash[:8] }

// EditionsAddress is where the releases about a country are listed.
func EditionsAddress(country string) string { return "/public/" + strings.ToLower(country) }

// Tell fills in what a reader must know of the release itself: its number, what
// it takes the place of, what was hidden in it, how to cite it and how to make it
// again. Host is put before its permanent address; it may be empty.
func (p *Summary) Tell(l *lang.Locale, host string, e thn.Edition, f release.Figures) {
	p.Note = f.Note
	p.Address = host + EditionAddress(e)
	closed := l.Date(thn.DateOf(e.AsAt, utc))
	if e.Provisional {
		p.Status = append(p.Status, l.T("edition.provisional"))
	}
	if e.Revises > 0 {
		p.Status = append(p.Status, l.T("edition.revision", "Number", e.Number, "Revises", e.Revises, "Reason", e.Reason))
	}
	if f.Rule.Programmes > 0 {
		p.Status = append(p.Status, l.T("edition.together", "N", f.Rule.Programmes))
	}
	p.Rule = ruleWords(l, e.Audience, f.Rule)
	p.Cite = l.T("edition.cite", "Programme", f.Programme, "Country", p.Country, "Period", p.Period, "Number", e.Number, "Date", closed, "Address", p.Address)
	p.Recompute = "thn release check " + strconv.Itoa(e.Number) + " --country " + e.Country
	if f.Rule.Programmes > 0 { // a country of several programmes
		p.Recompute += " --programme " + string(e.Programme)
	}
	p.Facts = []Fact{{Name: l.T("edition.number"), Text: strconv.Itoa(e.Number)}, {Name: l.T("edition.as_at"), Text: l.T("hour.as_at", "Date", closed, "Hour", thn.EndOfHour(e.AsAt))},
		{Name: l.T("edition.hash"), Text: e.Hash}, {Name: l.T("edition.recompute"), Text: p.Recompute}}
}

// ruleWords says in plain words what was hidden and why.
func ruleWords(l *lang.Locale, audience thn.Readership, rule release.Rule) []string {
	list := []string{l.T("edition.rule.small", "Smallest", rule.Smallest), l.T("edition.rule.hidden", "Hidden", rule.Hidden, "Counts", rule.Counts, "Share", hiddenShare(l, rule)),
		l.T("edition.rule.late")}
	switch {
	case rule.Programmes > 0:
		list = append(list, l.T("edition.rule.together", "N", rule.Programmes, "Fewest", rule.Fewest, "Most", rule.Most))
	case audience != thn.ForProgramme:
		list = append(list, l.T("edition.rule.alone"))
	}
	return list
}

// hiddenShare is how many per cent of the counts are hidden.
func hiddenShare(l *lang.Locale, rule release.Rule) string {
	if rule.Counts == 0 {
		return l.Decimal(0, 1)
	}
	return l.Decimal(report.Ratio{Num: thn.Halves(rule.Hidden), Den: thn.Halves(rule.Counts), Per: 100}.Round(1).Float(), 1)
}
