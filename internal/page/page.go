// Package page turns typed page structs into HTML. Each page is a struct that
// embeds Base and names its template; a page is rendered into a buffer, so that
// a broken one never sends half of itself. It knows no web framework, no
// database and no use case: handlers fill the structs. Start at Renderer.
package page

import (
	"bytes"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
)

// Page is something that can be rendered.
type Page interface {
	// Template is the name of the file in web/templates/page, without ending.
	Template() string
	// MainForm is the id of the form that somebody may be half-way through.
	MainForm() string
	base() *Base
	layout() string
}

// Renderer holds a parsed template for every page and language.
type Renderer struct {
	catalogue *lang.Catalogue
	assets    *Assets
	sets      map[string]map[string]*template.Template // language → page → template
}

// New parses all templates; it refuses a page file that no page struct names
// and a page struct without a file, so that neither is found at night.
func New(files fs.FS, catalogue *lang.Catalogue, assets *Assets) (*Renderer, error) {
	const op = "parse templates"
	r := &Renderer{catalogue: catalogue, assets: assets, sets: map[string]map[string]*template.Template{}}
	shared, err := template.New("").Funcs(r.funcs(catalogue.Locale(""))).ParseFS(files, "templates/layout.html", "templates/part/*.html")
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	names, err := pageNames(files)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	for _, code := range catalogue.Codes() {
		r.sets[code] = map[string]*template.Template{}
		for _, name := range names {
			set, err := shared.Clone()
			if err == nil {
				set, err = set.Funcs(r.funcs(catalogue.Locale(code))).ParseFS(files, "templates/page/"+name+".html")
			}
			if err != nil {
				return nil, fault.Wrap(op, err)
			}
			r.sets[code][name] = set
		}
	}
	return r, nil
}

func pageNames(files fs.FS) ([]string, error) {
	found, err := fs.Glob(files, "templates/page/*.html")
	if err != nil {
		return nil, err
	}
	declared := map[string]bool{}
	for _, p := range All {
		declared[p.Template()] = true
	}
	var names []string
	for _, f := range found {
		name := strings.TrimSuffix(path.Base(f), ".html")
		if !declared[name] {
			return nil, fault.New(fault.Internal, "templates", "page file %s has no page struct", name)
		}
		delete(declared, name)
		names = append(names, name)
	}
	for name := range declared {
		return nil, fault.New(fault.Internal, "templates", "page %s has no file", name)
	}
	return names, nil
}

// Render draws a page in the language of its base.
func (r *Renderer) Render(p Page) ([]byte, error) { return r.draw(p, p.layout()) }

// Ahead draws what is particular to a page, in a language, so that it can be shown
// again and to others: only what every page shares is left to fill.
func (r *Renderer) Ahead(p Page, language string) (Drawn, error) {
	base := p.base()
	base.Lang = language
	made, err := r.draw(p, "content")
	d := Drawn{Base: *base, template: p.Template()}
	d.Content = Content(made)
	return d, err
}

func (r *Renderer) draw(p Page, part string) ([]byte, error) {
	b := p.base()
	l := r.catalogue.Locale(b.Lang)
	b.Lang, b.Dir = l.Code, l.Dir()
	set := r.sets[l.Code][p.Template()]
	if set == nil {
		return nil, fault.New(fault.Internal, "render", "no template %q", p.Template())
	}
	var buf bytes.Buffer
	if err := set.ExecuteTemplate(&buf, part, p); err != nil {
		return nil, fault.Wrap("render "+p.Template(), err)
	}
	return buf.Bytes(), nil
}

// Set gives the template of a page, for the test that checks it against its struct.
func (r *Renderer) Set(language, name string) *template.Template { return r.sets[language][name] }

func (r *Renderer) funcs(l *lang.Locale) template.FuncMap {
	return template.FuncMap{
		"t":         l.T,
		"n":         l.N,
		"number":    l.Number,
		"date":      l.Date,
		"period":    l.Period,
		"asset":     r.assets.URL,
		"svg":       drawing,
		"drawn":     content,
		"icon":      icon,
		"themes":    func() []string { return []string{"auto", "light", "dark"} },
		"languages": func() []string { return lang.Codes },
		"reviewed":  l.Standing,
	}
}
