package report

import (
	"context"

	"thntracker/internal/thn"
)

// uses is indicator C1: reported uses, and uses per 100 kits given out in the
// same days and place. Uses are set against kits and never added to them.
func uses(ctx context.Context, b *book) (Table, error) {
	t := b.useTable(Label{Code: "period", Key: "report.by.period"})
	lines, err := b.useLines(ctx)
	if err != nil {
		return t, err
	}
	group := groupOf[b.spec.By]
	p, err := b.kits(ctx, b.spec.Period, group)
	if err != nil {
		return t, err
	}
	t.Columns = []Column{columnOf[UseEvent]("events"), columnOf[UseEvent]("uses"), columnOf[Person]("persons"), columnOf[Administration]("administrations"), columnOf[Dose]("doses"),
		{Label: Label{Code: "kits", Key: "report.column.use_kits"}, Measure: MeasureKits},
		usesPer100Kits.column("uses_per_100", perPlaces)}
	for _, l := range lines {
		given := l.count(withNaloxone, nil)
		kits, ratio := NotApplicable(), NotApplicable()
		if l.kits {
			sum := p.in(l.box)
			kits, ratio = sum.cell(), NoDenominator()
			if sum.known {
				ratio = usesPer100Kits.over(numberOf[UseEvent](given), sum.count())
			}
		}
		l.row.Cells = []Cell{Number(l.count(func(c thn.UseCell) int64 { return c.Incidents }, nil)), Number(given), Number(l.count(personsIn, nil)),
			Number(l.count(func(c thn.UseCell) int64 { return c.Administrations }, nil)), Number(l.count(func(c thn.UseCell) int64 { return c.Doses }, nil)), kits, ratio}
		t.Rows = append(t.Rows, l.row)
	}
	t.Sources = citations(t.Sources, p.totals)
	t.Notes = append(t.Notes, outside[Kit](p.late)...)
	return b.ending(t, lines[len(lines)-1].count(func(c thn.UseCell) int64 { return c.Incidents }, nil)), nil
}

// survival is indicator C2: both bases are printed side by side, because both are
// in print elsewhere and rarely say which they are.
func survival(ctx context.Context, b *book) (Table, error) {
	t := b.useTable(Label{Code: "period", Key: "report.by.period"})
	lines, err := b.useLines(ctx, thn.ByOutcome, thn.ByGiven)
	if err != nil {
		return t, err
	}
	person := func(code string, sum bool) Column {
		return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasurePeople, Sum: sum}
	}
	t.Columns = []Column{person("persons", true), person("survived", false), person("died", false), person("outcome_not_known", false), person("outcome_not_recorded", false),
		percentNamed[Person]("survival_known", perPlaces), percentNamed[Person]("survival_all", perPlaces)}
	for _, l := range lines {
		of := func(given string, outcomes ...thn.Survival) int64 {
			return l.count(personsIn, func(keys map[thn.Group]string) bool {
				return keys[thn.ByGiven] == given && key(thn.ByOutcome, plain(outcomes)...)(keys)
			})
		}
		survived, died, all := of("yes", thn.Survived), of("yes", thn.Died), of("yes", thn.Survivals...)
		l.row.Cells = []Cell{Number(all), Number(survived), Number(died), Number(of("yes", thn.SurvivalNotKnown)), Number(of("yes", thn.SurvivalNotRecorded)),
			shareOf[Person](survived, survived+died), shareOf[Person](survived, all)}
		t.Rows = append(t.Rows, l.row)
		if without := of("no", thn.Survivals...); l.row.Kind == RowTotal && without > 0 {
			t.Notes = append(t.Notes, Label{Code: "not_given", Key: "report.note.not_given", Args: map[string]any{"Persons": thn.ExactKits(without),
				"Survived": thn.ExactKits(of("no", thn.Survived)), "Died": thn.ExactKits(of("no", thn.Died))}})
		}
	}
	return b.ending(t, lines[len(lines)-1].count(personsIn, nil)), nil
}
