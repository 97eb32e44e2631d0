// Package export turns tables of figures into bytes: files for spreadsheets and
// programs, and aligned text for a terminal. The same table gives the same bytes
// every time. It knows tables, and nothing of where figures come from or who may
// see them: what must not leave is masked before it comes here.
//
// A format is one file of this package and one line in Formats. Start there.
package export

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/report"
)

// Document is what is written: one table, or the several of a summary.
type Document struct {
	Name        string // stem of the file name
	Tables      []report.Table
	Publication *Publication // what a publication says of itself; nil for a table of a screen
}

// Format is one way to write a document.
type Format struct {
	Key    string // in addresses and on the command line
	Ending string // of the file's name, where it is not the key
	Type   string // media type
	write  func(io.Writer, report.Words, Document) error
}

// Formats lists the formats of plain text, in the order they are offered.
var Formats = []Format{
	{Key: "csv", Type: "text/csv; charset=utf-8", write: writeCSV},
	{Key: "json", Type: "application/json", write: writeJSON},
	{Key: "table", Type: "text/plain; charset=utf-8", write: writeText},
}

// Bundles lists the formats that hold a whole document with all it says of itself.
var Bundles = []Format{
	{Key: "xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write: writeXLSX},
	{Key: "package", Ending: "zip", Type: "application/zip", write: writePackage},
	{Key: "pdf", Type: "application/pdf", write: writePDF},
	{Key: "bibtex", Ending: "bib", Type: "application/x-bibtex; charset=utf-8", write: writeBibTeX},
	{Key: "csl", Ending: "csl.json", Type: "application/vnd.citationstyles.csl+json", write: writeCSL},
}

// Pictures lists the formats of a document that has a drawing, or a figure in front.
var Pictures = []Format{
	{Key: "svg", Type: "image/svg+xml", write: writeSVG},
	{Key: "png", Type: "image/png", write: writePNG},
	{Key: "card", Ending: "png", Type: "image/png", write: writeCard},
}

// Files lists the formats in which people download the tables of a screen; aligned
// text is for terminals.
func Files() []Format { return []Format{Formats[0], Formats[1], Bundles[0]} }

// Whole lists the formats in which a release is taken along, as they are offered.
func Whole() []Format {
	return []Format{Bundles[2], Bundles[0], Bundles[1], Formats[0], Formats[1], Pictures[2], Bundles[3], Bundles[4]}
}

// Suffix is what the names of its files end in, without the point.
func (f Format) Suffix() string { return cmp.Or(f.Ending, f.Key) }

// Only is the document with one of its sections, for a picture of it; false when
// it has no such section, or no drawing in it.
func (d Document) Only(section string) (Document, bool) {
	if d.Publication == nil {
		return d, false
	}
	for _, s := range d.Publication.Sections {
		if s.Code == section && s.Drawing != "" {
			p := *d.Publication
			p.Sections = []Section{s}
			d.Publication, d.Name = &p, d.Name+"-"+section
			return d, true
		}
	}
	return d, false
}

// Find gives a format by key.
func Find(key string) (Format, error) {
	var keys []string
	for _, f := range slices.Concat(Formats, Bundles, Pictures) {
		if f.Key == key {
			return f, nil
		}
		keys = append(keys, f.Key)
	}
	return Format{}, fault.Say(fault.NotFound, "find format "+key, "report.error.format", map[string]any{"Format": key, "Formats": strings.Join(keys, ", ")})
}

// Write writes a document in a person's language.
func (f Format) Write(w io.Writer, words report.Words, d Document) error {
	return fault.Wrap("write "+d.Name+" as "+f.Key, f.write(w, words, d))
}

// FileName is a safe name for the document: letters, digits, points and hyphens,
// whatever the programme or the indicator is called.
func (f Format) FileName(d Document) string { return stem(d) + "." + f.Suffix() }

// stem names a document by its country, its own name and its period.
func stem(d Document) string {
	parts := []string{"thn"}
	if len(d.Tables) > 0 {
		h := d.Tables[0].Head
		parts = append(parts, h.Country, d.Name, h.Period.From.String(), h.Period.To.String())
	} else {
		parts = append(parts, d.Name)
	}
	return plain(strings.Join(parts, "-"))
}

func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		}
		return '-'
	}, s)
}

// places that a number leaves the program with: what its column shows.
func decimal(r report.Ratio, c report.Column) string { return r.Round(c.Places).String() }
