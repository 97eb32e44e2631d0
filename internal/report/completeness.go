package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// answerField is a question that records answer, and how its open answers are
// written. An answer outside these codes is known.
type answerField struct {
	code    string
	group   thn.Group
	repeats bool // asked of repeat supplies only
	level   func(thn.UseCell) int64
}

// The questions, in the order of the forms. Reasons are asked of repeat supplies,
// outcomes of persons to whom naloxone was given.
var (
	supplyFields = []answerField{
		{code: "recipient", group: thn.ByRecipient}, {code: "supply", group: thn.BySupply}, {code: "reason", group: thn.ByReason, repeats: true},
		{code: "supplier", group: thn.BySupplier}, {code: "batch", group: thn.ByBatch},
	}
	useFields = []answerField{
		{code: "use_outcome", group: thn.ByOutcome, level: personsIn}, {code: "use_relation", group: thn.ByRelation, level: personsIn},
		{code: "use_place", group: thn.ByPlace, level: incidentsIn}, {code: "use_ambulance", group: thn.ByAmbulance, level: incidentsIn},
		{code: "use_breathing", group: thn.ByBreathing, level: incidentsIn}, {code: "use_doses", group: thn.ByDoses, level: incidentsIn},
	}
)

func incidentsIn(c thn.UseCell) int64 { return c.Incidents }

// openness tells apart why an answer is not known: nobody asked, nobody would say,
// or it was asked and not known. A batch that is not there was not recorded.
func openness(code string) string {
	switch code {
	case string(thn.AnswerNotAsked), string(thn.SurvivalNotRecorded), "":
		return "not_asked"
	case string(thn.RecipientDeclined):
		return "declined"
	case string(thn.AnswerUnknown), string(thn.SurvivalNotKnown):
		return "unknown"
	}
	return "known"
}

// asking counts the answers to one question.
type asking map[string]int64

func (a asking) all() int64 { return a["known"] + a["unknown"] + a["not_asked"] + a["declined"] }

// completeness is indicator 9.1: for each question, how many of the single records
// that could answer it do. Not asked, declined and not known are three things.
func completeness(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	answers, err := b.answered(ctx)
	if err != nil {
		return t, err
	}
	if b.spec.By == ByNone {
		answers.rows(&t)
	} else {
		b.answersBy(&t, answers)
		t = t.guardedBelow(SmallestInside)
	}
	t.Notes = append(t.Notes, Label{Code: "single", Key: "report.note.answers_single"})
	return t, nil
}

// askings are the answers to each question, by the key of a row; all of them
// under the empty key.
type askings map[string]map[string]asking

func (a askings) add(row, field, code string, n int64) {
	for _, key := range slices.Compact([]string{"", row}) {
		if a[key] == nil {
			a[key] = map[string]asking{}
		}
		if a[key][field] == nil {
			a[key][field] = asking{}
		}
		a[key][field][openness(code)] += n
	}
}

// answered reads two tallies of supplies, because the batches of a programme are
// many, and one of uses for each question about them.
func (b *book) answered(ctx context.Context) (askings, error) {
	found, row := askings{}, groupOf[b.spec.By]
	for _, want := range [][]thn.Group{{thn.ByRecipient, thn.BySupply, thn.ByReason, thn.BySupplier}, {thn.ByBatch}} {
		cells, err := b.tally(ctx, b.spec.Period, slices.DeleteFunc(append(slices.Clone(want), row), func(g thn.Group) bool { return g == "" }))
		if err != nil {
			return nil, err
		}
		for _, c := range cells {
			for _, f := range supplyFields {
				if slices.Contains(want, f.group) && (!f.repeats || thn.Supply(c.Keys[thn.BySupply]) == thn.SupplyRepeat) {
					found.add(c.Keys[row], f.code, c.Keys[f.group], c.Records)
				}
			}
		}
	}
	for _, f := range useFields {
		cells, err := b.source.UseTally(ctx, thn.UseQuery{Programme: b.spec.Programme.ID, Period: b.spec.Period, Areas: b.spec.Areas,
			Sites: b.sitesOfChannels(), Groups: groups(f.group, row)})
		if err != nil {
			return nil, err
		}
		for _, c := range cells {
			found.add(c.Keys[row], f.code, c.Keys[f.group], f.level(c))
		}
	}
	return found, nil
}

func (a askings) rows(t *Table) {
	t.RowHead = Label{Code: "field", Key: "report.by.field"}
	t.Columns = []Column{columnOf[Answer]("answers_of"), columnOf[Answer]("known"), columnOf[Answer]("unknown"), columnOf[Answer]("not_asked"),
		columnOf[Answer]("declined"), percentNamed[Answer]("known_share", perPlaces)}
	for _, f := range slices.Concat(supplyFields, useFields) {
		x := a[""][f.code]
		row := Row{Label: fieldLabel(f)}
		if x.all() == 0 {
			row.Cells = append(slices.Repeat([]Cell{NotReported()}, len(t.Columns)-1), NotReported())
		} else {
			row.Cells = []Cell{Number(x.all()), Number(x["known"]), Number(x["unknown"]), Number(x["not_asked"]), Number(x["declined"]), shareOf[Answer](x["known"], x.all())}
		}
		t.Rows = append(t.Rows, row)
	}
	if len(a) == 0 {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.nothing"})
	}
}

func fieldLabel(f answerField) Label { return Label{Code: f.code, Key: "report.field." + f.code} }

// answersBy has a row for each site, and the share of answers for each question
// about supplies.
func (b *book) answersBy(t *Table, a askings) {
	t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	t.Columns = []Column{columnOf[Answer]("answers_of")}
	for _, f := range supplyFields {
		c := percentNamed[Answer](f.code, perPlaces)
		c.Label = fieldLabel(f)
		t.Columns = append(t.Columns, c)
	}
	row := func(l Label, k RowKind, x map[string]asking) {
		r := Row{Label: l, Kind: k, Cells: []Cell{NotReported()}}
		if n := x["recipient"].all(); n > 0 {
			r.Cells[0] = Number(n)
		}
		for _, f := range supplyFields {
			cell := NotReported()
			if n := x[f.code].all(); n > 0 {
				cell = shareOf[Answer](x[f.code]["known"], n)
			}
			r.Cells = append(r.Cells, cell)
		}
		t.Rows = append(t.Rows, r)
	}
	sites := b.sitesInView()
	for i, p := range b.parts(BySite) {
		row(p.label, RowPlain, a[string(sites[i].ID)])
	}
	row(totalRow, RowTotal, a[""])
}
