package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// responderUses is indicator F2: naloxone that responders gave on duty. It has a
// row for each service, or for each part with the services side by side. An event
// of two services is one event, so the whole is counted and not summed.
func responderUses(ctx context.Context, b *book) (Table, error) {
	if b.spec.By == ByNone {
		b = b.as(ByGiver)
	}
	b = b.givenBy(thn.Responders)
	t := b.useTable(Label{})
	lines, err := b.useLines(ctx)
	if err != nil {
		return t, err
	}
	events, err := b.carried(ctx)
	if err != nil {
		return t, err
	}
	whole := columnOf[UseEvent]("events")
	whole.Sum = true // the services beside it are its parts, or nearly
	t.Columns = []Column{whole, columnOf[Person]("persons"), columnOf[Administration]("administrations")}
	if b.spec.By == ByGiver {
		b.serviceRows(&t, lines, events)
	} else if err := b.serviceColumns(ctx, &t, lines, events); err != nil {
		return t, err
	}
	t.Columns = append(t.Columns, peopleNamed("officers_equipped"),
		usesPer100Officers.column("per_100_officers", perPlaces))
	return b.ending(t, lines[len(lines)-1].count(withNaloxone, nil)), nil
}

// givenBy is the book with the uses of some givers only.
func (b *book) givenBy(givers []thn.Giver) *book {
	c := *b
	c.givers = givers
	return &c
}

func (l useLine) levels() []Cell {
	return []Cell{Number(l.count(withNaloxone, nil)), Number(l.count(personsIn, nil)), Number(l.count(func(c thn.UseCell) int64 { return c.Administrations }, nil))}
}

// serviceRows has a row for every service, those without an event too.
func (b *book) serviceRows(t *Table, lines []useLine, events []thn.Carriage) {
	for _, giver := range thn.Responders {
		l := useLine{row: Row{Label: codeLabel("giver", string(giver))}}
		if i := slices.IndexFunc(lines, func(x useLine) bool { return x.row.Label.Code == string(giver) }); i >= 0 {
			l = lines[i]
		}
		rate := []Cell{NotApplicable(), NotApplicable()}
		if giver == thn.GiverPolice {
			rate = b.perOfficer(b.everything(), l.count(withNaloxone, nil), events)
		}
		l.row.Cells = append(l.levels(), rate...)
		t.Rows = append(t.Rows, l.row)
	}
	all := lines[len(lines)-1]
	all.row.Cells = append(all.levels(), NotApplicable(), NotApplicable())
	t.Rows = append(t.Rows, all.row)
}

// serviceColumns has the events of each service beside those of all.
func (b *book) serviceColumns(ctx context.Context, t *Table, lines []useLine, events []thn.Carriage) error {
	split, err := b.useLines(ctx, thn.ByGiver)
	if err != nil {
		return err
	}
	for _, giver := range thn.Responders {
		t.Columns = append(t.Columns, Column{Label: codeLabel("giver", string(giver)), Measure: MeasureOf[UseEvent]()})
	}
	for i, l := range lines {
		l.row.Cells = l.levels()
		for _, giver := range thn.Responders {
			l.row.Cells = append(l.row.Cells, Number(split[i].count(withNaloxone, key(thn.ByGiver, string(giver)))))
		}
		rate := []Cell{NotApplicable(), NotApplicable()}
		if l.kits { // officers can be divided like this too
			rate = b.perOfficer(l.box, split[i].count(withNaloxone, key(thn.ByGiver, string(thn.GiverPolice))), events)
		}
		l.row.Cells = append(l.row.Cells, rate...)
		t.Rows = append(t.Rows, l.row)
	}
	t.Notes = append(t.Notes, Label{Code: "services", Key: "report.note.services"})
	return nil
}

// perOfficer is the officers of police stations who hold a kit in date on the
// last day of a box, and events for each 100 of them.
func (b *book) perOfficer(x box, n int64, events []thn.Carriage) []Cell {
	if len(events) == 0 {
		return []Cell{NotReported(), NoDenominator()}
	}
	on := dayZero.AddDays(x.day.to - 1)
	police := slices.DeleteFunc(thn.Carriers(events, on), func(c thn.Carrier) bool {
		return !slices.ContainsFunc(b.sites, func(s thn.Site) bool { return s.ID == c.Site && s.Setting == thn.Setting(thn.GiverPolice) })
	})
	equipped := b.among(police, x, on).InDate
	if equipped == 0 {
		return []Cell{Number(0), NoDenominator()}
	}
	return []Cell{Number(equipped), usesPer100Officers.over(numberOf[UseEvent](n), numberOf[Person](equipped))}
}
