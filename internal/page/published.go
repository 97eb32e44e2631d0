package page

import (
	"strconv"

	"thntracker/internal/baseline"
	"thntracker/internal/export"
	"thntracker/internal/lang"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Issued draws the summary of a release: what is on its page, on paper and in its
// files. Host is put before its permanent address; it may be empty.
func Issued(l *lang.Locale, host string, e thn.Edition, f release.Figures) (*Summary, error) {
	country := baseline.Name(e.Country, l.Code)
	p := &Summary{Base: Base{Wide: true, Heading: l.T("summary.title", "Country", country, "Period", l.Period(e.Period))}, Country: country}
	p.Demo = f.Summary.Head.Demo
	if err := p.Draw(l, f.Summary); err != nil {
		return nil, err
	}
	p.Commit(l, EvidenceOf(l, f, e.Country))
	p.Place = placeOf(l, f, e.Country, country)
	p.Sources = merge(p.Sources, statedSources(l, f.Statements))
	p.Tell(l, host, e, f)
	return p, nil
}

// placeOf says where the country stands in the baseline of 2024 and what the
// programme states, and what one more country would make of the published count. A
// country that the baseline identifies may have been counted, so it is never said
// to be one more; nor is one of which the programme states that it is not known.
func placeOf(l *lang.Locale, f release.Figures, code, country string) []string {
	c := baseline.Count()
	key, confidence := "summary.place_unknown", ""
	row, known := baseline.Find(code)
	if known && row.THN != baseline.Unknown {
		key, confidence = "summary.place_"+string(row.THN), l.T("world.confidence."+string(row.Confidence))
	}
	list := []string{l.T(key, "Country", country, "Identified", l.Number(c.Identified), "Confidence", confidence)}
	stated, some := f.Stated("thn")
	if some {
		list = append(list, statedPlace(l, stated, row.THN, country)...)
	}
	if some && stated.Exists == thn.AnswerNo && row.THN != baseline.Yes || !some && row.THN == baseline.No {
		list = append(list, l.T("summary.place_would", "Country", country, "Published", l.Number(c.Published), "Next", l.Number(c.Published+1)))
	}
	return append(list, l.T("summary.place_counts", "Published", l.Number(c.Published), "Identified", l.Number(c.Identified)))
}

// Published is a release as a document: the same figures and sentences as on its
// page, so that no file can say another thing.
func Published(l *lang.Locale, host string, e thn.Edition, f release.Figures) (export.Document, error) {
	p, err := Issued(l, host, e, f)
	if err != nil {
		return export.Document{}, err
	}
	pub := &export.Publication{Title: p.Heading, Headline: p.Headline, Publisher: f.Programme, Country: p.Country, Period: p.Period, Lang: l.Code, RTL: l.Dir() == "rtl",
		Demo: f.Summary.Head.Demo, Published: thn.DateOf(e.AsAt, utc), Release: l.T("edition.named", "Number", e.Number), Number: strconv.Itoa(e.Number), Snapshot: e.Hash,
		Command: p.Recompute, Address: p.Address, Cite: p.Cite, Place: p.Place, Unknown: p.Unknown}
	for i, s := range p.Status {
		pub.Standing += spaced(i) + s
	}
	if len(p.Rule) > 0 {
		pub.Note = p.Rule[0]
	}
	for i, s := range p.Rule {
		pub.Rule += spaced(i) + s
	}
	for _, k := range p.Keys {
		pub.Keys = append(pub.Keys, export.Key{Value: k.Number, Words: k.Words, Range: k.Range, Target: k.Note, Missing: k.Missing})
	}
	for _, a := range p.Asks {
		ask := export.Ask{Named: export.Named{Code: a.ID, Words: a.Title}, Paragraph: export.Named{Code: a.Paragraph, Words: a.OP}, Position: export.Named{Code: a.Code, Words: a.Position}}
		for _, x := range a.Evidence {
			ask.Evidence = append(ask.Evidence, export.Evidence{Named: export.Named{Code: x.Indicator, Words: x.Name}, Text: x.Text,
				State: export.Named{Code: string(x.State), Words: l.T(x.State.Key())}, Source: x.Source})
		}
		pub.Asks = append(pub.Asks, ask)
	}
	for _, s := range f.Statements {
		pub.Stated = append(pub.Stated, export.Statement{Service: export.Named{Code: string(s.Service), Words: l.T("code.service." + string(s.Service))},
			Exists: export.Named{Code: string(s.Exists), Words: l.T("code.answer." + string(s.Exists))}, By: f.Programme, Source: s.Source, URL: s.URL, Dated: s.Dated})
	}
	for i, part := range []struct {
		figures []Figure
		tables  []drawnTable
	}{{p.Figures, firstPage}, {p.More, secondPage}, {p.Details, details}} {
		pub.Sections = append(pub.Sections, sections(l, part.figures, part.tables, f.Summary, i == 2)...)
	}
	return export.Document{Name: "summary-release-" + strconv.Itoa(e.Number), Tables: f.Summary.Tables(), Publication: pub}, nil
}

// sections pairs the figures that were drawn with their tables.
func sections(l *lang.Locale, figures []Figure, tables []drawnTable, s report.Summary, detail bool) (list []export.Section) {
	for _, f := range figures {
		for _, x := range tables {
			if x.ID == f.ID {
				t := x.of(s)
				list = append(list, export.Section{Code: f.ID, Heading: f.Finding, Detail: detail, Table: &t, Drawing: string(f.Wide), Narrow: string(f.Narrow), Measure: f.Measured,
					Source: l.T("edition.source", "Programme", s.Head.Programme, "Date", l.Date(thn.DateOf(s.Head.AsAt, utc)))})
			}
		}
	}
	return list
}

func spaced(i int) string {
	if i > 0 {
		return " "
	}
	return ""
}
