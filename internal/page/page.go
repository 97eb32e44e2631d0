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
	"slices"
	"strings"
	"sync"

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

// Renderer holds a parsed template for every page and language that was asked for.
// It is safe for concurrent use.
type Renderer struct {
	catalogue *lang.Catalogue
	assets    *Assets
	files     fs.FS
	shared    *template.Template // what every page has
	names     []string

	mu   sync.Mutex
	sets map[[2]string]*template.Template // by language and page
}

// New parses every template once and refuses a page file that no page struct names
// and a page struct without a file, so that neither is found at night. What it keeps
// is made when it is first drawn: few servers are read in every language.
func New(files fs.FS, catalogue *lang.Catalogue, assets *Assets) (*Renderer, error) {
	const op = "parse templates"
	r := &Renderer{catalogue: catalogue, assets: assets, files: files, sets: map[[2]string]*template.Template{}}
	var err error
	if r.shared, err = template.New("").Funcs(r.funcs(catalogue.Locale(""))).ParseFS(files, "templates/layout.html", "templates/part/*.html"); err != nil {
		return nil, fault.Wrap(op, err)
	}
	if r.names, err = pageNames(files); err != nil {
		return nil, fault.Wrap(op, err)
	}
	for _, name := range r.names {
		if _, err := r.parse(catalogue.Locale(""), name); err != nil {
			return nil, fault.Wrap(op, err)
		}
	}
	return r, nil
}

// parse reads the template of a page, with the words of a language.
func (r *Renderer) parse(l *lang.Locale, name string) (*template.Template, error) {
	set, err := r.shared.Clone()
	if err != nil {
		return nil, err
	}
	return set.Funcs(r.funcs(l)).ParseFS(r.files, "templates/page/"+name+".html")
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
	set, err := r.Set(l.Code, p.Template())
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if err := set.ExecuteTemplate(&buf, part, p); err != nil {
		return nil, fault.Wrap("render "+p.Template(), err)
	}
	return buf.Bytes(), nil
}

// Set gives the template of a page in a language.
func (r *Renderer) Set(language, name string) (*template.Template, error) {
	if !slices.Contains(r.names, name) {
		return nil, fault.New(fault.Internal, "render", "no template %q", name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if set := r.sets[[2]string{language, name}]; set != nil {
		return set, nil
	}
	set, err := r.parse(r.catalogue.Locale(language), name)
	if err == nil {
		r.sets[[2]string{language, name}] = set
	}
	return set, fault.Wrap("parse template "+name, err)
}

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
