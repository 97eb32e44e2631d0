package ingest

import (
	"slices"
	"strings"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// places finds the things that rows name: areas the programme has, areas the
// mapping declares, sites and products. It never makes a place of a name that
// nobody declared.
type places struct {
	*planner
	root     thn.ID
	areas    map[thn.ID]thn.Area
	byName   map[string][]thn.ID   // folded name → areas
	byCode   map[string]thn.ID     // folded code → area
	aliases  map[string]string     // folded spelling → name
	pending  map[thn.ID]bool       // declared, not in the programme yet
	added    []thn.Area            // declared and needed, parents first
	sites    map[string][]thn.Site // folded name or code
	siteList map[string]string     // folded → name, for offers
	used     []*PlaceUse
	usedBy   map[string]*PlaceUse
}

func newPlaces(p *planner) *places {
	w := &places{planner: p, areas: map[thn.ID]thn.Area{}, byName: map[string][]thn.ID{}, byCode: map[string]thn.ID{}, aliases: map[string]string{},
		pending: map[thn.ID]bool{}, sites: map[string][]thn.Site{}, siteList: map[string]string{}, usedBy: map[string]*PlaceUse{}}
	for _, a := range p.known.areas {
		w.keep(a)
		if a.Kind == thn.AreaCountry {
			w.root = a.ID
		}
	}
	for _, s := range p.known.sites {
		w.siteList[w.spell.get(s.Name)] = s.Name
		for _, form := range []string{w.spell.get(s.Name), w.spell.get(s.Code)} {
			if form != "" {
				w.sites[form] = append(w.sites[form], s)
			}
		}
	}
	for written, name := range p.mapping.Aliases {
		w.aliases[w.spell.get(written)] = name
	}
	return w
}

// spelling is a name as files are compared: Central_Falls is Central Falls.
func spelling(name string) string {
	return thn.Fold(sheet.Clean(strings.ReplaceAll(name, "_", " ")))
}

func (w *places) keep(a thn.Area) {
	w.areas[a.ID] = a
	w.byName[w.spell.get(a.Name)] = append(w.byName[w.spell.get(a.Name)], a.ID)
	if a.Code != "" {
		w.byCode[w.spell.get(a.Code)] = a.ID
	}
}

// declare takes in the places of the mapping. One that the programme has, by
// code or by name in the same parent, is the same place.
func (w *places) declare() error {
	for _, group := range w.mapping.Places {
		parent, err := w.parentOf(group)
		if err != nil {
			return err
		}
		for _, d := range group.List {
			name := w.declareOne(parent, group.Kind, d)
			for _, also := range d.Also {
				w.aliases[w.spell.get(also)] = name
			}
		}
	}
	return nil
}

func (w *places) parentOf(g Places) (thn.ID, error) {
	if g.In == "" {
		return w.root, nil
	}
	if ids := w.lookup(g.In); len(ids) == 1 {
		return ids[0], nil
	}
	return "", mappingError("place_in", map[string]any{"Value": g.In})
}

// declareOne gives the name the place is kept under.
func (w *places) declareOne(parent thn.ID, kind thn.AreaKind, d Place) string {
	if id, ok := w.byCode[w.spell.get(d.Code)]; ok && d.Code != "" {
		w.aliases[w.spell.get(d.Name)] = w.areas[id].Name
		return w.areas[id].Name
	}
	for _, id := range w.byName[w.spell.get(d.Name)] {
		if w.areas[id].Parent == parent {
			return w.areas[id].Name
		}
	}
	a := thn.Area{ID: thn.NewID(), Parent: parent, Kind: kind, Code: d.Code, Name: sheet.Clean(d.Name)}
	w.pending[a.ID] = true
	w.keep(a)
	return a.Name
}

// lookup finds areas by code, name or alias.
func (w *places) lookup(text string) []thn.ID {
	form := w.spell.get(text)
	if id, ok := w.byCode[form]; ok {
		return []thn.ID{id}
	}
	if ids := w.byName[form]; len(ids) > 0 {
		return ids
	}
	if name, ok := w.aliases[form]; ok && w.spell.get(name) != form {
		return w.lookup(name)
	}
	return nil
}

// area finds the area of an entry; without one it is the whole country.
func (p *planner) area(e entry, f Field) (thn.Area, error) {
	v := e.get(f)
	if v.blank() {
		if _, mapped := p.mapping.Fields[f]; mapped {
			return thn.Area{}, v.refuse("needed", nil)
		}
		v.text = p.places.areas[p.places.root].Name
	}
	ids := p.places.lookup(v.text)
	switch len(ids) {
	case 1:
		p.places.need(ids[0])
		a := p.places.areas[ids[0]]
		p.places.use("area", v.text, a.Name, p.places.how(v.text, a))
		return a, nil
	case 0:
		return thn.Area{}, p.places.offer(v, "area", p.places.areaNames())
	}
	parents := make([]string, len(ids))
	for i, id := range ids {
		parents[i] = p.places.areas[p.places.areas[id].Parent].Name
	}
	slices.Sort(parents)
	return thn.Area{}, v.refuse("place_twice", map[string]any{"Offers": strings.Join(parents, ", ")})
}

func (w *places) how(written string, a thn.Area) string {
	switch {
	case w.pending[a.ID]:
		return "added"
	case w.spell.get(written) == w.spell.get(a.Name), w.spell.get(written) == w.spell.get(a.Code):
		return "same"
	}
	return "alias"
}

// need marks a declared area, and those it lies in, as to be added.
func (w *places) need(id thn.ID) {
	if !w.pending[id] || slices.ContainsFunc(w.added, func(a thn.Area) bool { return a.ID == id }) {
		return
	}
	w.need(w.areas[id].Parent)
	w.added = append(w.added, w.areas[id])
}

func (w *places) areaNames() map[string]string {
	names := map[string]string{}
	for form, ids := range w.byName {
		names[form] = w.areas[ids[0]].Name
	}
	for form, name := range w.aliases {
		names[form] = name
	}
	return names
}

// offer refuses a name that nothing is known by, with the names most like it.
func (w *places) offer(v value, what string, names map[string]string) error {
	offers := nearest(w.spell.get(v.text), names)
	how, key := "unknown", what+"_unknown"
	if len(offers) > 0 {
		how, key = "offered", what+"_offered"
	}
	w.use(what, v.text, "", how).Offers = offers
	return v.refuse(key, map[string]any{"Offers": strings.Join(offers, ", ")})
}

func (w *places) use(what, written, name, how string) *PlaceUse {
	key := what + "|" + written
	u := w.usedBy[key]
	if u == nil {
		u = &PlaceUse{What: what, Written: written, Name: name, How: how}
		w.usedBy[key] = u
		w.used = append(w.used, u)
	}
	u.Rows++
	return u
}

func (w *places) uses() []PlaceUse {
	list := make([]PlaceUse, len(w.used))
	for i, u := range w.used {
		list[i] = *u
	}
	return list
}

// site finds a site by name or code.
func (p *planner) site(e entry) (thn.Site, error) { return p.siteIn(e, FieldSite) }

func (p *planner) siteIn(e entry, f Field) (thn.Site, error) {
	v := e.get(f)
	if v.blank() {
		return thn.Site{}, v.refuse("needed", nil)
	}
	text := v.text
	if name, ok := p.places.aliases[p.spell.get(text)]; ok && len(p.places.sites[p.spell.get(text)]) == 0 {
		text = name
	}
	found := p.places.sites[p.spell.get(text)]
	switch len(found) {
	case 1:
		how := "same"
		if text != v.text {
			how = "alias"
		}
		p.places.use("site", v.text, found[0].Name, how)
		return found[0], nil
	case 0:
		return thn.Site{}, p.places.offer(v, "site", p.places.siteList)
	}
	return thn.Site{}, v.refuse("site_twice", nil)
}

// product finds a product by code or name.
func (p *planner) product(e entry) (thn.Product, error) {
	v := e.get(FieldProduct)
	if v.blank() {
		return thn.Product{}, v.refuse("needed", nil)
	}
	names := map[string]string{}
	for _, x := range p.known.products {
		if form := p.spell.get(v.text); form == p.spell.get(x.Code) || form == p.spell.get(x.Name) {
			p.places.use("product", v.text, x.Name, "same")
			return x, nil
		}
		names[p.spell.get(x.Name)], names[p.spell.get(x.Code)] = x.Name, x.Code
	}
	return thn.Product{}, p.places.offer(v, "product", names)
}
