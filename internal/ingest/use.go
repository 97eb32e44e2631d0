package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// useBuilder joins rows into incidents: one incident may have several persons,
// and one person several administrations, each over any number of rows. What
// rows repeat is counted once; where they disagree, the later row is refused.
// The keys that join rows are not kept: a number stands for a person only as
// long as the file is read.
type useBuilder struct {
	*records
	byKey map[string]*seenUse
	order []*seenUse
}

type seenUse struct {
	use     thn.Use // without its persons until the file is read
	told    bool    // the file says when it was told
	entry   entry
	key     string // the file's own number of it; empty: every row is an incident
	persons []*seenPerson
}

type seenPerson struct {
	key    string
	row    int
	person thn.UsePerson
	given  []seenGiven
}

type seenGiven struct {
	key   string
	row   int
	given thn.Administration
}

// useEntry is what one row says, on each of the levels.
type useEntry struct {
	use    thn.Use
	told   bool
	person thn.UsePerson
	given  *thn.Administration // nil: the row tells of none
	keys   [3]string           // of the incident, the person, the administration
}

var useShape = shape{
	fields: slices.Concat([]Field{FieldIncident, FieldPerson, FieldGiven, FieldDay, FieldTold, FieldSite, FieldArea, FieldReporter, FieldPlace, FieldAmbulance, FieldBreathing,
		FieldHospital, FieldOutcome, FieldRelation, FieldGiver, FieldProduct, FieldUsedDoses, FieldDose, FieldResponse}, periodFields),
	columns: []Field{FieldDay, FieldArea, FieldSite, FieldPerson, FieldGiven, FieldUsedDoses, FieldOutcome},
	names:   []Field{FieldArea, FieldSite, FieldProduct}, persons: true, build: newUseBuilder,
}

func newUseBuilder(p *planner) builder {
	b := &useBuilder{byKey: map[string]*seenUse{}}
	b.records = newRecords(p, thn.KindUse, contentOfUse, b.describe, func(thn.Fact) string { return "" })
	return b
}

func (b *useBuilder) add(e entry) error {
	x, err := b.read(e)
	if err != nil {
		return err
	}
	b.held++
	u := b.byKey[x.keys[0]]
	fresh := u == nil
	if fresh {
		u = &seenUse{use: x.use, told: x.told, entry: slim(e, b.plan.Columns), key: x.keys[0]}
	}
	if err := b.join(u, x, e); err != nil {
		return err
	}
	if fresh {
		b.order = append(b.order, u)
		b.tell("incidents", x, 1)
	}
	if fresh && u.key != "" {
		b.byKey[x.keys[0]] = u
	}
	return nil
}

// join puts a row into its incident.
func (b *useBuilder) join(u *seenUse, x useEntry, e entry) error {
	if placeOf(u.use) != placeOf(x.use) {
		return e.where.Refuse("row.same_incident", map[string]any{"Value": x.keys[0], "First": u.entry.where.Row})
	}
	p := u.person(x.keys[1])
	switch {
	case p == nil && len(u.persons) == thn.MaxPersons:
		return e.where.Refuse("row.incident_size", map[string]any{"Value": x.keys[0], "Most": thn.MaxPersons})
	case p == nil:
		p = &seenPerson{key: x.keys[1], row: e.where.Row, person: x.person}
		u.persons = append(u.persons, p)
		b.tell("persons", x, 1)
	case p.person.Outcome != x.person.Outcome || p.person.Relation != x.person.Relation:
		return e.where.Refuse("row.same_person", map[string]any{"Value": x.keys[1], "First": p.row})
	}
	if x.use.Event.Before(u.use.Event) { // an incident that goes on past midnight began before
		u.use.Event, u.use.Reported = x.use.Event, x.use.Reported
	}
	return b.give(p, x, e)
}

// person finds a person of the incident; without a key there is only one.
func (u *seenUse) person(key string) *seenPerson {
	i := slices.IndexFunc(u.persons, func(p *seenPerson) bool { return p.key == key })
	if i < 0 {
		return nil
	}
	return u.persons[i]
}

func (b *useBuilder) give(p *seenPerson, x useEntry, e entry) error {
	if x.given == nil {
		return nil
	}
	if x.keys[2] != "" {
		for _, g := range p.given {
			if g.key == x.keys[2] && g.given != *x.given {
				return e.where.Refuse("row.same_given", map[string]any{"Value": x.keys[2], "First": g.row})
			}
			if g.key == x.keys[2] {
				return nil
			}
		}
	}
	if len(p.given) == thn.MaxGiven {
		return e.where.Refuse("row.given_size", map[string]any{"Value": x.keys[1], "Most": thn.MaxGiven})
	}
	p.given = append(p.given, seenGiven{key: x.keys[2], row: e.where.Row, given: *x.given})
	b.tell("administrations", x, 1)
	b.tell("doses", x, x.given.Doses)
	return nil
}

// tell adds to the plan's figures, and to those by year that a reader holds
// against the file's own.
func (b *useBuilder) tell(measure string, x useEntry, n int) {
	total := map[string]*int{"incidents": &b.plan.Uses.Incidents, "persons": &b.plan.Uses.Persons, "administrations": &b.plan.Uses.Administrations, "doses": &b.plan.Uses.Doses}[measure]
	*total += n
	b.sum(measure, thn.Month(x.use.Event.Year(), x.use.Event.Month()), "", thn.ExactKits(int64(n)))
}

// placeOf writes what an incident says apart from its days and persons. The area
// follows from the site where there is one.
func placeOf(u thn.Use) string {
	if u.Site != "" {
		u.Area = ""
	}
	return fmt.Sprint(u.MonthOnly, u.Site, u.Area, u.Reporter, u.Place, u.Ambulance, u.Breathing, u.Hospital)
}

func contentOfUse(f thn.Fact) string {
	u := f.(thn.Use)
	return fmt.Sprint(u.Event, u.Reported, placeOf(u), u.Persons)
}

// finish makes records of the incidents, now that all their rows are known.
func (b *useBuilder) finish(ctx context.Context) error {
	for _, u := range b.order {
		u.close()
		u.use.ID = b.idOf(u)
		b.rows = append(b.rows, seenRecord{fact: u.use, entry: u.entry, keyed: u.key != ""})
	}
	return b.records.finish(ctx)
}

// close puts the persons in the order of their keys, so that a file that lists
// them otherwise next time is still the same file.
func (u *seenUse) close() {
	byKey := func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }
	slices.SortStableFunc(u.persons, func(a, b *seenPerson) int { return byKey(a.key, b.key) })
	for _, p := range u.persons {
		slices.SortStableFunc(p.given, func(a, b seenGiven) int { return byKey(a.key, b.key) })
		for _, g := range p.given {
			p.person.Given = append(p.person.Given, g.given)
		}
		u.use.Persons = append(u.use.Persons, p.person)
	}
	if !u.told {
		u.use.Reported = u.use.Event
	}
}

// idOf makes the id of a use from the file's own number of the incident, or of
// what the row says. The source is part of it: two services both have a number 1.
func (b *useBuilder) idOf(u *seenUse) thn.ID {
	if u.key != "" {
		return derivedID(b.programme.ID, "use key", b.mapping.Source, u.key)
	}
	content := contentOfUse(u.use)
	b.times[content]++
	return derivedID(b.programme.ID, string(b.kind), content, fmt.Sprint(b.times[content]))
}

// describe sets what the preview shows.
func (b *useBuilder) describe(f thn.Fact) {
	u := f.(thn.Use)
	b.display[FieldDay], b.display[FieldArea] = u.Event.String(), b.places.areas[u.Area].Name
	b.display[FieldPerson], b.display[FieldGiven], b.display[FieldUsedDoses] = fmt.Sprint(len(u.Persons)), fmt.Sprint(u.Administrations()), fmt.Sprint(u.Doses())
	b.display[FieldOutcome] = string(u.Persons[0].Outcome)
}

// missing tells whether a key is blank or one of the words for a missing value.
func (b *useBuilder) missing(v value) bool {
	n, err := b.numbers.Parse(v.text)
	return v.blank() || err == nil && n.State == sheet.Missing
}
