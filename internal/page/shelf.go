package page

import (
	"thntracker/internal/lang"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Shelf lists what is published: countries, or the periods of one.
type Shelf struct {
	Base
	Lead   string
	Finds  bool   // a country can be looked for
	Search string // what was looked for
	Table  Table
	Notes  []string
	Empty  string
	More   []Table
	Next   Option // where else to look
	Back   Option
}

// Template names the file.
func (*Shelf) Template() string { return "shelf" }

// FigureCell is a key figure of a release as a cell, with its interval beneath.
func FigureCell(l *lang.Locale, t report.Table, code string) Cell {
	i := t.Column(code)
	if i < 0 || len(t.Rows) == 0 {
		return Cell{Text: figure(l, report.NotReported(), report.Column{}), Numeric: true}
	}
	k := keyOf(l, t.Rows[0].Cells[i], t.Columns[i], "")
	return Cell{Text: k.Number, Note: k.Range, Numeric: true}
}

// Data is a release for machines that read pages, as schema.org describes a
// dataset: https://schema.org/Dataset.
type Data struct {
	Context      string     `json:"@context"`
	Type         string     `json:"@type"`
	Name         string     `json:"name"`
	Description  string     `json:"description"`
	URL          string     `json:"url"`
	Version      string     `json:"version"`
	Language     string     `json:"inLanguage"`
	Free         bool       `json:"isAccessibleForFree"`
	Covers       string     `json:"temporalCoverage"`
	Place        string     `json:"spatialCoverage"`
	Modified     string     `json:"dateModified"`
	Creator      Maker      `json:"creator"`
	Citation     string     `json:"citation"`
	Distribution []Download `json:"distribution"`
}

// Maker is whoever published a dataset.
type Maker struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// Download is a dataset as a file.
type Download struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"contentUrl"`
}

// Dataset describes a release for machines.
func Dataset(l *lang.Locale, p *Summary, e thn.Edition, f release.Figures, host string, files []Option) *Data {
	d := &Data{Context: "https://schema.org", Type: "Dataset", Name: p.Heading, Description: p.Heading, URL: p.Address, Version: EditionKey(e), Language: l.Code, Free: true,
		Covers: e.Period.From.String() + "/" + e.Period.Last().String(), Place: p.Country, Modified: e.From.UTC().Format("2006-01-02"), Creator: Maker{"Organization", f.Programme}, Citation: p.Cite}
	if len(p.Headline) > 0 {
		d.Description = p.Headline[0]
	}
	for _, x := range files {
		d.Distribution = append(d.Distribution, Download{"DataDownload", x.Label, host + x.Value})
	}
	return d
}
