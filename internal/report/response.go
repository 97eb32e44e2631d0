package report

import (
	"context"

	"thntracker/internal/thn"
)

// answers is what uses say, one further group at a time: groups together would
// count an incident once for each combination of its persons.
type answers struct {
	lines map[thn.Group][]useLine
}

func (b *book) answers(ctx context.Context, groups ...thn.Group) (answers, error) {
	a := answers{lines: map[thn.Group][]useLine{}}
	for _, g := range groups {
		further := []thn.Group{g}
		if g == thn.ByHospital { // its base is the events with an ambulance
			further = append(further, thn.ByAmbulance)
		}
		lines, err := b.useLines(ctx, further...)
		if err != nil {
			return a, err
		}
		a.lines[g] = lines
	}
	return a, nil
}

// line finds a row's counts by one of the groups; rows in which nothing was said
// have none.
func (a answers) line(g thn.Group, code string) useLine {
	for _, l := range a.lines[g] {
		if l.row.Label.Code == code {
			return l
		}
	}
	return useLine{}
}

func (a answers) events(g thn.Group, row string, codes ...string) int64 {
	return a.line(g, row).count(withNaloxone, key(g, codes...))
}

func (a answers) hospital(row string) int64 {
	called := key(thn.ByAmbulance, string(thn.AnswerYes))
	return a.line(thn.ByHospital, row).count(withNaloxone, func(keys map[thn.Group]string) bool {
		return called(keys) && keys[thn.ByHospital] == string(thn.AnswerYes)
	})
}

// response is indicator C3. Undivided it has a row for each answer with its own
// base beside it; divided, a row for each part and a column for each answer.
func response(ctx context.Context, b *book) (Table, error) {
	t := b.useTable(Label{Code: "response", Key: "report.by.response"})
	a, err := b.answers(ctx, thn.ByAmbulance, thn.ByHospital, thn.ByBreathing, thn.ByDoses, thn.ByPlace, thn.ByRelation)
	if err != nil {
		return t, err
	}
	if b.spec.By == ByNone {
		a.rows(&t)
	} else {
		a.columns(&t)
	}
	return b.ending(t, a.line(thn.ByAmbulance, totalRow.Code).count(withNaloxone, nil)), nil
}

func (a answers) rows(t *Table) {
	t.Columns = []Column{columnOf[Answer]("answers"), columnOf[Answer]("of"), percentNamed[Answer]("share", perPlaces)}
	total := totalRow.Code
	all := a.line(thn.ByAmbulance, total).count(withNaloxone, nil)
	row := func(l Label, n, of int64) {
		t.Rows = append(t.Rows, Row{Label: l, Cells: []Cell{Number(n), Number(of), shareOf[Answer](n, of)}})
	}
	named := func(code string) Label { return Label{Code: code, Key: "report.row." + code} }
	yes, open := string(thn.AnswerYes), []string{string(thn.AnswerUnknown), string(thn.AnswerNotAsked)}
	called := a.events(thn.ByAmbulance, total, yes)
	row(named("ambulance"), called, all)
	row(named("ambulance_open"), a.events(thn.ByAmbulance, total, open...), all)
	row(named("hospital"), a.hospital(total), called)
	row(named("breathing"), a.events(thn.ByBreathing, total, yes), all)
	row(named("breathing_open"), a.events(thn.ByBreathing, total, open...), all)
	for _, band := range thn.DoseBands {
		row(codeLabel("dose_band", string(band)), a.events(thn.ByDoses, total, string(band)), all)
	}
	var known int64
	for _, place := range plain(thn.Places) {
		if !openPlace(place) {
			known += a.events(thn.ByPlace, total, place)
		}
	}
	for _, place := range plain(thn.Places) {
		if n := a.events(thn.ByPlace, total, place); n > 0 && !openPlace(place) {
			row(codeLabel("place", place), n, known)
		}
	}
	people := a.line(thn.ByRelation, total)
	for _, r := range plain(thn.Relations) {
		if n := people.count(personsIn, key(thn.ByRelation, r)); n > 0 {
			row(codeLabel("relation", r), n, people.count(personsIn, nil))
		}
	}
}

func openPlace(code string) bool { return code == "unknown" || code == string(thn.PlaceNotAsked) }

func (a answers) columns(t *Table) {
	events := columnOf[UseEvent]("uses")
	events.Sum = true // the doses below add up to it
	t.Columns = []Column{events, columnOf[UseEvent]("one"), columnOf[UseEvent]("two"), columnOf[UseEvent]("more"), columnOf[UseEvent]("doses_not_known"), columnOf[Answer]("ambulance"), percentNamed[Answer]("ambulance_share", perPlaces),
		columnOf[Answer]("hospital"), percentNamed[Answer]("hospital_share", perPlaces), columnOf[Answer]("breathing"), percentNamed[Answer]("breathing_share", perPlaces)}
	yes := string(thn.AnswerYes)
	for _, l := range a.lines[thn.ByAmbulance] {
		code := l.row.Label.Code
		all, called := l.count(withNaloxone, nil), a.events(thn.ByAmbulance, code, yes)
		taken, breathing := a.hospital(code), a.events(thn.ByBreathing, code, yes)
		l.row.Cells = []Cell{Number(all)}
		for _, band := range thn.DoseBands {
			l.row.Cells = append(l.row.Cells, Number(a.events(thn.ByDoses, code, string(band))))
		}
		l.row.Cells = append(l.row.Cells, Number(called), shareOf[Answer](called, all), Number(taken), shareOf[Answer](taken, called), Number(breathing), shareOf[Answer](breathing, all))
		t.Rows = append(t.Rows, l.row)
	}
}
