package page

import (
	"thntracker/internal/chart"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Summary is the national summary: what a minister could be handed on two pages.
type Summary struct {
	Base
	Country  string
	Period   string
	Note     string // what the programme's data are, in its own words
	Headline []string
	Keys     []Key
	Figures  []Figure
	Asks     []Ask // commitments in short, the first paragraph on top
	Place    []string
	Sources  []Source
	Filters  Form
	Cite     string
	Files    []Option
	AsAt     string
}

// Template names the file.
func (*Summary) Template() string { return "summary" }

// Draw fills the summary from a report.
func (p *Summary) Draw(l *lang.Locale, s report.Summary, today thn.Date) error {
	p.Period, p.AsAt = l.Period(s.Head.Period), l.Date(today)
	p.keys(l, s)
	p.Headline = summaryHeadline(l, s, p.Country)
	for _, draw := range []func(*lang.Locale, report.Summary) (Figure, error){channelsFigure, timeFigure, reachOfSummary, deathsOfSummary, firstOfSummary} {
		f, err := draw(l, s)
		if err != nil {
			return err
		}
		p.Figures = append(p.Figures, f)
		p.Sources = merge(p.Sources, f.Sources)
	}
	return nil
}

// merge keeps each source once, in the order met.
func merge(have, more []Source) []Source {
	for _, m := range more {
		known := false
		for _, h := range have {
			known = known || h == m
		}
		if !known {
			have = append(have, m)
		}
	}
	return have
}

// keys puts the one row of key figures into large numbers.
func (p *Summary) keys(l *lang.Locale, s report.Summary) {
	if len(s.Key.Rows) == 0 {
		return
	}
	row := s.Key.Rows[0]
	for i, c := range s.Key.Columns {
		p.Keys = append(p.Keys, keyOf(l, row.Cells[i], c, words(l, c.Label)))
	}
}

// summaryHeadline says in words what the period was, only from figures that may
// be shown.
func summaryHeadline(l *lang.Locale, s report.Summary, country string) []string {
	cell := func(code string) report.Cell {
		if i := s.Key.Column(code); i >= 0 && len(s.Key.Rows) > 0 {
			return s.Key.Rows[0].Cells[i]
		}
		return report.NotReported()
	}
	var out []string
	if kits := cell("kits"); kits.Known() {
		out = append(out, l.T("summary.headline_kits", "Country", country, "Kits", figure(l, kits, report.Column{}), "Period", l.Period(s.Head.Period)))
	} else {
		out = append(out, l.T("summary.headline_none", "Country", country, "Period", l.Period(s.Head.Period)))
	}
	if reach := cell("reach"); reach.Known() {
		out = append(out, l.T("summary.headline_reach", "Reach", figure(l, reach, report.Column{})))
	}
	return out
}

func channelsFigure(l *lang.Locale, s report.Summary) (Figure, error) {
	f := newFigure(l, "channels", s.Channels)
	f.Finding, f.Measured = l.T("summary.channels"), l.T("summary.channels_measured")
	return f, nil
}

// timeFigure draws all kits over time as one series: quarters or years.
func timeFigure(l *lang.Locale, s report.Summary) (Figure, error) {
	f := newFigure(l, "time", s.Time)
	f.Finding, f.Measured = l.T("summary.time"), l.T("summary.time_measured")
	i := s.Time.Column("all")
	if i < 0 || len(s.Time.Rows) < 2 {
		return f, nil
	}
	return f, f.pair(func(width int) (string, error) {
		b := chart.Bars{Doc: doc(l, "time", width, f.Finding, f.Measured, 0), Words: chartWords(l), Axis: l.T("coverage.axis_kits")}
		one := chart.Series{Label: words(l, s.Time.Columns[i].Label)}
		for _, r := range s.Time.Rows {
			if r.Kind != report.RowPlain {
				continue
			}
			b.Ticks = append(b.Ticks, tick(l, r.Label.Period))
			one.Values = append(one.Values, value(r.Cells[i], 0))
		}
		b.Series = []chart.Series{one}
		return b.SVG()
	})
}

// tick names a stretch of time on an axis.
func tick(l *lang.Locale, p thn.Period) chart.Tick {
	year := l.Year(p.From)
	switch p.Shape() {
	case thn.ShapeYear:
		return chart.Tick{Label: year}
	case thn.ShapeFiscal:
		return chart.Tick{Label: l.Financial(p)}
	}
	return chart.Tick{Label: l.MonthShort(p.From), Group: year}
}

func reachOfSummary(l *lang.Locale, s report.Summary) (Figure, error) {
	f := newFigure(l, "reach", s.ReachOver)
	f.Finding, f.Measured = l.T("coverage.reach_finding"), l.T("coverage.reach_measured")
	return f, bars(l, &f, s.ReachOver, "reach", l.T("coverage.axis_reach"))
}

func deathsOfSummary(l *lang.Locale, s report.Summary) (Figure, error) {
	f := newFigure(l, "deaths", s.PerDeath)
	f.Finding, f.Measured = l.T("coverage.death_finding"), l.T("coverage.death_measured")
	return f, bars(l, &f, s.PerDeath, "all", l.T("coverage.axis_death"))
}

func firstOfSummary(l *lang.Locale, s report.Summary) (Figure, error) {
	f := newFigure(l, "first", s.FirstRepeat)
	f.Finding, f.Measured = l.T("coverage.first_finding"), l.T("coverage.first_measured")
	return f, nil
}
