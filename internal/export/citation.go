package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"thntracker/internal/report"
)

// writeBibTeX and writeCSL write how to cite a document, for reference managers.
func writeBibTeX(w io.Writer, words report.Words, d Document) error {
	_, err := w.Write(bibtex(words, d))
	return err
}

func writeCSL(w io.Writer, words report.Words, d Document) error {
	_, err := w.Write(csl(words, d))
	return err
}

// bibtex is the document as an entry of BibTeX. The kind is misc: the older styles
// know none for data. Braces keep names and titles as they are written.
func bibtex(words report.Words, d Document) []byte {
	p := d.about(words)
	var b bytes.Buffer
	fmt.Fprintf(&b, "@misc{%s,\n", strings.ToLower(stem(d)))
	line := func(field, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", field, text)
		}
	}
	line("author", "{"+tex(p.Publisher)+"}")
	line("title", "{"+tex(p.Title)+"}")
	if !p.Published.IsZero() {
		line("year", fmt.Sprint(p.Published.Year()))
		line("month", strings.ToLower(p.Published.Month().String()[:3]))
		line("date", p.Published.String())
	}
	line("version", tex(p.Number))
	line("note", tex(p.Release))
	if isURL(p.Address) {
		line("url", p.Address)
	}
	line("language", p.Lang)
	b.WriteString("}\n")
	return b.Bytes()
}

// tex keeps words from being commands.
func tex(s string) string {
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
		"~", `\textasciitilde{}`, "^", `\textasciicircum{}`).Replace(clean(s))
}

// cslItem is an item of CSL-JSON, the form that Zotero and others read.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Version   string    `json:"version,omitempty"`
	Note      string    `json:"note,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Language  string    `json:"language,omitempty"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// csl is the document as CSL-JSON.
func csl(words report.Words, d Document) []byte {
	p := d.about(words)
	item := cslItem{ID: strings.ToLower(stem(d)), Type: "dataset", Title: p.Title, Publisher: p.Publisher, Version: p.Number, Note: p.Release, Language: p.Lang}
	if isURL(p.Address) {
		item.URL = p.Address
	}
	if p.Publisher != "" {
		item.Author = []cslName{{p.Publisher}}
	}
	if !p.Published.IsZero() {
		item.Issued = &cslDate{[][]int{{p.Published.Year(), int(p.Published.Month()), p.Published.Day()}}}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode([]cslItem{item}) // text and numbers only: nothing that JSON cannot hold
	return b.Bytes()
}
