package page

import (
	"thntracker/internal/lang"
	"thntracker/internal/need"
	"thntracker/internal/report"
)

// Need is the page on which a plan is tried out: what there is, the plan as a
// form, and what it would change.
type Need struct {
	Base
	Sentence []string
	Filters  Form
	Plan     NeedPlan
	Effect   []string // what the plan does, in words; empty while it changes nothing
	Keys     []Key
	Figure   Figure
	Rests    string // what was assumed, in short; the table tells the rest
	AsAt     string
}

// Template names the file.
func (*Need) Template() string { return "need" }

// NeedPlan is the plan as a form whose answers go into the address.
type NeedPlan struct {
	Action string
	Fields []Field // what is assumed, and what the address already holds
	Areas  []NeedArea
	Submit string
	Reset  Option
}

// NeedArea is one area with a number for each access.
type NeedArea struct {
	Name   string
	Inputs []NeedInput
}

// NeedInput is a number of kits, as it is and as somebody typed it.
type NeedInput struct {
	ID, Name, Label, Value, Was, Error string
}

// Draw fills the page from an outlook. The forms are the handler's.
func (p *Need) Draw(l *lang.Locale, o report.Outlook) error {
	p.Sentence, p.Keys = needSentence(l, o), needKeys(l, o)
	if o.Changed() {
		p.Effect = []string{planSize(l, o)}
		if o.Best >= 0 {
			p.Effect = append(p.Effect, bestNext(l, o, "need.best_then"))
		}
	}
	if o.Total.Modelled {
		p.Rests = needRests(l, o.Assumed)
	}
	f := newFigure(l, "plan", o.Table)
	f.Finding, f.Measured = l.T("need.curve"), l.T("need.curve_measured")
	if o.Best >= 0 {
		for i := range f.Table.Rows {
			f.Table.Rows[i].Here = i == o.Best
		}
	}
	p.Figure = f
	if !o.Total.Modelled {
		return nil
	}
	return p.Figure.pair(func(width int) (string, error) { return needCurve(l, o, p.Figure, width).SVG() })
}

// needRests is what was assumed, beside the figures that rest on it.
func needRests(l *lang.Locale, a need.Assumptions) string {
	if a.Epidemic.Key == "" {
		return l.T("need.rests_rho", "Rho", l.Decimal(a.Rho.Value, 5))
	}
	return l.T("need.rests", "Kind", l.T("need.kind."+a.Epidemic.Key))
}

// whole and oneDecimal are the columns that sentences write estimates as.
var whole, oneDecimal = report.Column{}, report.Column{Places: 1}

func share(l *lang.Locale, e need.Estimate) string { return estimate(l, e.Times(100), 0) }

func target(l *lang.Locale, a need.Assumptions) string { return l.Decimal(100*a.Target, 0) }

func needSentence(l *lang.Locale, o report.Outlook) []string {
	if !o.Total.Modelled {
		return []string{l.T("need.none")}
	}
	s := []string{l.T("need.now", "Period", l.Period(o.Table.Head.Period), "Covered", share(l, o.Total.Now.Covered))}
	if extra := o.Total.Now.Extra; extra.High >= 1 {
		s = append(s, l.T("need.short", "Target", target(l, o.Assumed), "Extra", estimate(l, extra, 0)))
	} else {
		s = append(s, l.T("need.enough", "Target", target(l, o.Assumed)))
	}
	if o.Changed() {
		return s // where the next kits do most is then told of the plan
	}
	return append(s, bestNext(l, o, "need.best"))
}

// bestNext says where the next 100 kits do most.
func bestNext(l *lang.Locale, o report.Outlook, key string) string {
	best := o.Areas[o.Best]
	return l.T(key, "Area", words(l, best.Label), "Points", estimate(l, best.Then.Gain.Times(100), 1))
}

// planSize says whether the plan needs more kits than there are.
func planSize(l *lang.Locale, o report.Outlook) string {
	now, then := report.Whole(o.Total.Kits.Total()), report.Whole(o.Total.Planned.Total())
	switch more := then - now; {
	case more > 0:
		return l.T("need.effect_more", "N", l.Number(more), "Kits", l.Number(now))
	case more < 0:
		return l.T("need.effect_fewer", "N", l.Number(-more), "Kits", l.Number(now))
	}
	return l.T("need.effect_same", "Kits", l.Number(now))
}

func needKeys(l *lang.Locale, o report.Outlook) []Key {
	if !o.Total.Modelled {
		return nil
	}
	t := o.Total
	keys := []Key{modelKey(l, t.Now.Covered.Times(100), whole, "need.key_now")}
	if !o.Changed() {
		return append(keys, modelKey(l, t.Now.Extra, whole, "need.key_missing"))
	}
	keys = append(keys, modelKey(l, t.Then.Covered.Times(100), whole, "need.key_then"))
	if t.Counted {
		keys = append(keys, modelKey(l, t.Averted, oneDecimal, "need.key_averted"))
	}
	return append(keys, modelKey(l, t.Then.Extra, whole, "need.key_extra"))
}

func modelKey(l *lang.Locale, e need.Estimate, c report.Column, key string) Key {
	k := Key{Number: signed(l, e.Value, c.Places), Words: l.T(key)}
	if e.Ranged() {
		k.Range = bounds(l, e, c.Places)
	}
	return k
}
