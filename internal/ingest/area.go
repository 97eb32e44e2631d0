package ingest

import (
	"context"

	"thntracker/internal/thn"
)

// areaBuilder makes areas. A parent may stand below its children in the file,
// so rows wait until their parent is known.
type areaBuilder struct {
	*planner
	waiting []entry
}

func newAreaBuilder(p *planner) builder { return &areaBuilder{planner: p} }

func (b *areaBuilder) add(e entry) error {
	if e.get(FieldName).blank() {
		return e.get(FieldName).refuse("needed", nil)
	}
	if parent := e.get(FieldParent); !parent.blank() && len(b.places.lookup(parent.text)) == 0 {
		b.waiting = append(b.waiting, e)
		return nil
	}
	return b.settle(e)
}

func (b *areaBuilder) finish(context.Context) error {
	for progress := true; progress; {
		progress = false
		left := b.waiting
		b.waiting = nil
		for _, e := range left {
			if len(b.places.lookup(e.get(FieldParent).text)) == 0 {
				b.waiting = append(b.waiting, e)
				continue
			}
			progress = true
			if err := b.addOrRefuse(e); err != nil {
				return err
			}
		}
	}
	for _, e := range b.waiting {
		if err := b.addOrRefuse(e); err != nil {
			return err
		}
	}
	return nil
}

func (b *areaBuilder) addOrRefuse(e entry) error {
	if err := b.settle(e); err != nil {
		return b.refuse(e, err)
	}
	return nil
}

func (b *areaBuilder) settle(e entry) error {
	a := thn.Area{ID: thn.NewID(), Name: e.get(FieldName).text, Code: e.get(FieldCode).text, Parent: b.places.root}
	kind, err := b.code(e, FieldKind, "region")
	if err != nil {
		return err
	}
	a.Kind = thn.AreaKind(kind)
	if !e.get(FieldParent).blank() {
		parent, err := b.area(e, FieldParent)
		if err != nil {
			return err
		}
		a.Parent = parent.ID
	}
	if a.ValidFrom, err = b.day(e.get(FieldFrom)); err != nil {
		return err
	}
	if a.ValidTo, err = b.day(e.get(FieldUntil)); err != nil {
		return err
	}
	clear(b.display)
	b.display[FieldKind], b.display[FieldParent] = string(a.Kind), b.places.areas[a.Parent].Name
	return b.compare(e, a)
}

// compare tells an area that is there from a new one and from one that says
// otherwise, which a file does not change: areas carry records.
func (b *areaBuilder) compare(e entry, a thn.Area) error {
	was, found := thn.Area{}, false
	if id, ok := b.places.byCode[b.spell.get(a.Code)]; ok && a.Code != "" {
		was, found = b.places.areas[id], true
	}
	for _, id := range b.places.byName[b.spell.get(a.Name)] {
		if x := b.places.areas[id]; !found && x.Parent == a.Parent {
			was, found = x, true
		}
	}
	switch {
	case !found:
		b.places.keep(a)
		b.plan.load.Areas = append(b.plan.load.Areas, a)
		b.item(e, StatusNew, "")
	case b.spell.get(was.Name) != b.spell.get(a.Name) || a.Code != "" && was.Code != a.Code || was.Parent != a.Parent:
		return e.get(FieldName).refuse("differs", map[string]any{"Was": was.Name + " " + was.Code})
	case b.places.pending[was.ID]:
		b.places.need(was.ID)
		b.item(e, StatusNew, "")
	default:
		b.item(e, StatusKnown, "")
	}
	return nil
}
