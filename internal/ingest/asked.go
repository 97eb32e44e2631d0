package ingest

import (
	"maps"
	"slices"

	"thntracker/internal/thn"
)

// askedFields are the fields that only some programmes ask.
func askedFields(a thn.Asks) map[Field]bool {
	return map[Field]bool{FieldAgeBand: a.AgeBand, FieldGender: a.Gender, FieldCarriage: a.Carriage}
}

// refuseUnasked refuses a file whose mapping reads what the programme does not
// ask, before a row is read: as a forbidden column, so that its sender learns of it.
func (p *planner) refuseUnasked() error {
	for _, f := range slices.Sorted(maps.Keys(askedFields(thn.Asks{}))) {
		if !askedFields(p.programme.Asks)[f] && p.mapping.Kind == Distributions && p.mapping.says(f) {
			return p.book.At(p.layout.row).Refuse("forbidden.not_asked", map[string]any{"Value": string(f)})
		}
	}
	return nil
}

// asked reads what only some programmes ask; blank is not asked.
func (b *distributionBuilder) asked(e entry, l *thn.Line) error {
	for _, w := range []struct {
		field Field
		set   func(code string)
	}{
		{FieldAgeBand, func(c string) { l.AgeBand = thn.AgeBand(c) }},
		{FieldGender, func(c string) { l.Gender = thn.Gender(c) }},
		{FieldCarriage, func(c string) { l.Carriage = thn.CarriageAnswer(c) }},
	} {
		code, err := b.code(e, w.field, "")
		if err != nil {
			return err
		}
		w.set(code)
	}
	if l.Carriage != "" && !l.Supply.Again() {
		return e.get(FieldCarriage).refuse("carriage_alone", nil)
	}
	return nil
}
