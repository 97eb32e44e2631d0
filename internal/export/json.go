package export

import (
	"encoding/json"
	"io"
	"time"

	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// writeJSON writes a document with everything a program needs to judge it: typed
// cells, definitions, denominators and benchmarks with their sources. Field names
// are a contract; see the types below.
func writeJSON(w io.Writer, words report.Words, d Document) error {
	doc := jsonDocument{Name: d.Name, Tables: []jsonTable{}}
	for _, t := range d.Tables {
		doc.Tables = append(doc.Tables, tableJSON(words, t))
	}
	doc.Asks, doc.Stated = standingJSON(d.about(words))
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

type jsonDocument struct {
	Name   string      `json:"name"`
	Tables []jsonTable `json:"tables"`

	Asks   []jsonAsk       `json:"commitments,omitempty"` // of a publication
	Stated []jsonStatement `json:"statements,omitempty"`
}

type jsonTable struct {
	Name         string           `json:"name"`
	Title        string           `json:"title"`
	Programme    string           `json:"programme"`
	Country      string           `json:"country"`
	Invented     bool             `json:"invented,omitempty"` // a demonstration: nothing here happened
	Area         *jsonLabel       `json:"area,omitempty"`
	Period       jsonPeriod       `json:"period"`
	AsAt         string           `json:"as_at,omitempty"`
	Filters      []jsonLabel      `json:"filters,omitempty"`
	Rows         jsonLabel        `json:"row_head"`
	Columns      []jsonColumn     `json:"columns"`
	Data         []jsonRow        `json:"rows"`
	Definitions  []jsonDefinition `json:"definitions"`
	Denominators []jsonUsed       `json:"denominators"`
	Benchmarks   []jsonBenchmark  `json:"benchmarks,omitempty"`
	Sources      []jsonSource     `json:"sources,omitempty"`
	Notes        []jsonLabel      `json:"notes,omitempty"`
	Missing      []jsonLabel      `json:"missing,omitempty"`
}

type jsonLabel struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

// jsonPeriod is half-open: To is the first day after it.
type jsonPeriod struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type jsonColumn struct {
	jsonLabel
	Measure     string `json:"measure"`
	Numerator   string `json:"numerator_measure,omitempty"` // of a ratio: what is divided
	Denominator string `json:"denominator_measure,omitempty"`
	Unit        string `json:"unit,omitempty"`
	Sum         bool   `json:"sum,omitempty"`
}

type jsonRow struct {
	jsonLabel
	Kind  string      `json:"kind,omitempty"`
	Cells []jsonCell  `json:"cells"`
	Notes []jsonLabel `json:"notes,omitempty"`
}

type jsonDefinition struct {
	Key        string        `json:"key"`
	Name       string        `json:"name"`
	Definition string        `json:"definition"`
	Trap       string        `json:"easily_misread"`
	Formula    string        `json:"formula"`
	Version    int           `json:"version"`
	ValidFrom  string        `json:"valid_from,omitempty"` // of the version; absent: all days
	History    []jsonVersion `json:"history,omitempty"`
	Source     jsonSource    `json:"source"`
}

// jsonVersion is a change of the definition, and why.
type jsonVersion struct {
	From string `json:"from"`
	Why  string `json:"why"`
}

type jsonUsed struct {
	Kind        string     `json:"kind"`
	Definition  string     `json:"definition"`
	Area        jsonLabel  `json:"area"`
	Period      jsonPeriod `json:"period"`
	Value       jsonCell   `json:"value"`
	Low         *int64     `json:"low,omitempty"`
	High        *int64     `json:"high,omitempty"`
	Provisional bool       `json:"provisional,omitempty"`
	Source      jsonSource `json:"source"`
}

type jsonBenchmark struct {
	jsonLabel
	Kind   string      `json:"kind"`
	Value  json.Number `json:"value"`
	Source jsonSource  `json:"source"`
}

type jsonSource struct {
	Source string `json:"source"`
	URL    string `json:"url,omitempty"`
	AsAt   string `json:"as_at,omitempty"`
}

func tableJSON(words report.Words, t report.Table) jsonTable {
	out := jsonTable{Name: t.Name, Title: words.Args(t.Title, nil), Programme: t.Head.Programme, Country: t.Head.Country, Invented: t.Head.Demo,
		Period: periodJSON(t.Head.Period), Filters: labelsJSON(words, t.Head.Filters), Rows: labelJSON(words, t.RowHead),
		Columns: []jsonColumn{}, Data: []jsonRow{}, Definitions: definitionsJSON(words, t), Denominators: []jsonUsed{},
		Notes: labelsJSON(words, t.Notes), Missing: labelsJSON(words, t.Missing)}
	if !t.Head.AsAt.IsZero() {
		out.AsAt = t.Head.AsAt.UTC().Format(time.RFC3339)
	}
	if t.Head.Area.Code != "" {
		area := labelJSON(words, t.Head.Area)
		out.Area = &area
	}
	for _, c := range t.Columns {
		x := jsonColumn{jsonLabel: labelJSON(words, c.Label), Measure: string(c.Measure), Numerator: string(c.Num), Denominator: string(c.Den), Sum: c.Sum}
		if c.Unit != "" {
			x.Unit = words.Args(c.Unit, nil)
		}
		out.Columns = append(out.Columns, x)
	}
	for _, r := range t.Rows {
		out.Data = append(out.Data, rowJSON(words, t, r))
	}
	for _, u := range t.Denominators {
		out.Denominators = append(out.Denominators, usedJSON(words, u))
	}
	for _, b := range t.Benchmarks {
		out.Benchmarks = append(out.Benchmarks, jsonBenchmark{jsonLabel: jsonLabel{b.Key, report.Say(words, b.Label())}, Kind: string(b.Kind),
			Value: json.Number(b.Level().String()), Source: sourceJSON(b.Source)})
	}
	for _, s := range t.Sources {
		out.Sources = append(out.Sources, sourceJSON(s))
	}
	return out
}

func rowJSON(words report.Words, t report.Table, r report.Row) jsonRow {
	out := jsonRow{jsonLabel: labelJSON(words, r.Label), Kind: string(r.Kind), Cells: []jsonCell{}, Notes: labelsJSON(words, r.Marks)}
	for i, x := range r.Cells {
		out.Cells = append(out.Cells, cellJSON(words, t.Columns[i], x))
	}
	return out
}

func definitionsJSON(words report.Words, t report.Table) []jsonDefinition {
	list := []jsonDefinition{}
	for _, key := range t.Definitions {
		i, err := report.Find(key)
		if err != nil {
			continue // a definition that is not an indicator's is words of its own table
		}
		d := jsonDefinition{Key: i.Key, Name: words.Args(i.NameKey(), nil), Definition: words.Args(i.DefinitionKey(), nil), Trap: words.Args(i.TrapKey(), nil),
			Formula: words.Args(i.FormulaKey(), nil), Version: i.Versions.Number(), ValidFrom: i.Versions.Since().String(), Source: sourceJSON(i.Source)}
		for _, v := range i.Versions.Changes() {
			d.History = append(d.History, jsonVersion{From: v.From.String(), Why: words.Args(v.Change, nil)})
		}
		list = append(list, d)
	}
	return list
}

func usedJSON(words report.Words, u report.Used) jsonUsed {
	out := jsonUsed{Kind: string(u.Kind), Definition: u.Definition, Area: labelJSON(words, u.Area), Period: periodJSON(u.Period),
		Value: cellJSON(words, report.Column{}, u.Value), Provisional: u.Provisional, Source: sourceJSON(u.Source)}
	if u.Value.Known() {
		out.Low, out.High = &u.Low, &u.High
	}
	return out
}

func labelJSON(words report.Words, l report.Label) jsonLabel {
	return jsonLabel{Code: l.Code, Label: report.Say(words, l)}
}

func labelsJSON(words report.Words, list []report.Label) (out []jsonLabel) {
	for _, l := range list {
		out = append(out, labelJSON(words, l))
	}
	return out
}

func periodJSON(p thn.Period) jsonPeriod {
	return jsonPeriod{From: p.From.String(), To: p.To.String()}
}

func sourceJSON(c report.Citation) jsonSource {
	return jsonSource{Source: c.Source, URL: c.URL, AsAt: c.AsAt.String()}
}
