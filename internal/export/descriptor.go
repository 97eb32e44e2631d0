package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"thntracker/internal/report"
)

// The types below are a datapackage.json by the specifications Tabular Data
// Package, Tabular Data Resource and Table Schema, version 1.
type dataPackage struct {
	Profile      string          `json:"profile"`
	Name         string          `json:"name"`
	Title        string          `json:"title"`
	Description  string          `json:"description,omitempty"`
	Version      string          `json:"version,omitempty"`
	Created      string          `json:"created"`
	Homepage     string          `json:"homepage,omitempty"`
	Licenses     []packageFrom   `json:"licenses,omitempty"`
	Sources      []packageFrom   `json:"sources,omitempty"`
	Contributors []packageFrom   `json:"contributors,omitempty"`
	Snapshot     string          `json:"snapshot,omitempty"` // ours, as the specification allows
	Cite         string          `json:"citation,omitempty"` // ours
	Resources    []packageMember `json:"resources"`
}

// packageFrom is a licence, a source or a contributor.
type packageFrom struct {
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
	Path  string `json:"path,omitempty"`
	Role  string `json:"role,omitempty"`
}

type packageMember struct {
	Profile   string        `json:"profile"`
	Name      string        `json:"name"`
	Path      string        `json:"path"`
	Title     string        `json:"title,omitempty"`
	Format    string        `json:"format"`
	MediaType string        `json:"mediatype"`
	Encoding  string        `json:"encoding"`
	Bytes     int           `json:"bytes"`
	Hash      string        `json:"hash"`
	Dialect   tableDialect  `json:"dialect"`
	Schema    packageSchema `json:"schema"`
}

type tableDialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type packageSchema struct {
	Fields        []packageField `json:"fields"`
	MissingValues []string       `json:"missingValues"`
}

type packageField struct {
	Name        string          `json:"name"`
	Title       string          `json:"title"`
	Type        string          `json:"type"`
	Constraints *packageAllowed `json:"constraints,omitempty"`
}

type packageAllowed struct {
	Required bool     `json:"required"`
	Enum     []string `json:"enum"`
}

// descriptor describes the grids of a document and the files they became.
func descriptor(words report.Words, d Document, grids []grid, files []member) ([]byte, error) {
	p := d.about(words)
	doc := dataPackage{Profile: "tabular-data-package", Name: strings.ToLower(stem(d)), Title: p.Title, Description: strings.Join(append(slices.Clone(p.Headline), p.Rule), " "),
		Version: p.Number, Created: stamp(p).Format(time.RFC3339), Snapshot: p.Snapshot, Cite: p.Cite, Sources: packageSources(d), Resources: []packageMember{}}
	doc.Description = strings.TrimSpace(doc.Description)
	if isURL(p.Address) {
		doc.Homepage = p.Address
	}
	if p.Licence.Code != "" {
		doc.Licenses = []packageFrom{{Name: p.Licence.Code, Title: p.Licence.Title, Path: p.Licence.URL}}
	}
	if p.Publisher != "" {
		doc.Contributors = []packageFrom{{Title: p.Publisher, Role: "publisher"}}
	}
	for i, g := range grids {
		sum := sha256.Sum256(files[i].body)
		doc.Resources = append(doc.Resources, packageMember{Profile: "tabular-data-resource", Name: g.code, Path: files[i].path, Title: g.title, Format: "csv",
			MediaType: "text/csv", Encoding: "utf-8", Bytes: len(files[i].body), Hash: "sha256:" + hex.EncodeToString(sum[:]),
			Dialect: tableDialect{",", "\r\n", `"`, true, true}, Schema: schema(words, g)})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(doc)
	return b.Bytes(), err
}

// schema types every column. An empty cell is no value; why there is none stands
// in the column of statuses, which is never empty.
func schema(words report.Words, g grid) packageSchema {
	s := packageSchema{MissingValues: []string{""}}
	for _, h := range g.heads {
		f := packageField{Name: h.code, Title: h.name(words), Type: "string"}
		switch h.holds {
		case isNumber:
			f.Type = "number"
		case isStatus:
			f.Constraints = &packageAllowed{Required: true, Enum: statuses}
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

// packageSources lists every source of a document, each once.
func packageSources(d Document) (list []packageFrom) {
	add := func(c report.Citation) {
		s := packageFrom{Title: c.Source}
		if isURL(c.URL) {
			s.Path = c.URL
		}
		if s.Title != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	for _, t := range d.Tables {
		for _, u := range t.Denominators {
			add(u.Source)
		}
		for _, b := range t.Benchmarks {
			add(b.Source)
		}
		for _, c := range t.Sources {
			add(c)
		}
	}
	return list
}

func isURL(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") }
