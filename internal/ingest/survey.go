package ingest

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

var surveyShape = shape{
	fields:  slices.Concat([]Field{FieldQuestion, FieldYes, FieldAsked, FieldReturns, FieldArea, FieldDefinition}, periodFields, sourceFields),
	needed:  []Field{FieldQuestion, FieldYes},
	columns: []Field{FieldQuestion, FieldPeriod, FieldArea, FieldYes, FieldAsked, FieldDefinition},
	names:   []Field{FieldArea}, notes: true, aside: true, build: newSurveyBuilder,
}

// surveyBuilder makes answers of groups of people: a row is one question, and
// its definition says who was asked.
type surveyBuilder struct {
	*planner
	seen  map[string]seenSurvey
	order []string
}

type seenSurvey struct {
	survey thn.Survey
	entry  entry
}

func newSurveyBuilder(p *planner) builder {
	return &surveyBuilder{planner: p, seen: map[string]seenSurvey{}}
}

func (b *surveyBuilder) add(e entry) error {
	s, ok, err := b.counts(e)
	if err != nil || !ok {
		return err
	}
	question, err := b.code(e, FieldQuestion, "")
	if err != nil {
		return err
	}
	if s.Period, err = b.period(e); err != nil {
		return err
	}
	area, err := b.area(e, FieldArea)
	if err != nil {
		return err
	}
	o, err := b.origin(e)
	if err != nil {
		return err
	}
	s.Question, s.Area, s.Source, s.URL, s.AsAt = thn.Question(question), area.ID, o.source, o.url, o.asAt
	if s.Sample = or(e.get(FieldDefinition).text, b.mapping.Definition); s.Sample == "" {
		return e.where.Refuse("row.definition", nil)
	}
	if s.Check() != nil {
		return e.where.Refuse("row.survey", map[string]any{"Yes": s.Yes, "Asked": s.Asked, "Returns": s.Returns})
	}
	return b.keep(e, s)
}

// counts reads how many said yes, were asked and came back how often. A number
// that was kept back has no place in a share.
func (b *surveyBuilder) counts(e entry) (s thn.Survey, ok bool, err error) {
	for _, c := range []struct {
		field Field
		into  *int64
	}{{FieldYes, &s.Yes}, {FieldAsked, &s.Asked}, {FieldReturns, &s.Returns}} {
		if c.field != FieldYes && e.get(c.field).blank() {
			continue
		}
		fig, ok, err := b.figure(e, c.field, false)
		if err == nil && fig.hidden {
			err = e.where.Refuse("row.survey_hidden", nil)
		}
		if err != nil || !ok {
			return s, false, err
		}
		*c.into = fig.low / 2
	}
	return s, true, nil
}

func (b *surveyBuilder) keep(e entry, s thn.Survey) error {
	scope := s.Scope()
	before, twice := b.seen[scope]
	switch was := before.survey; {
	case !twice:
		b.order = append(b.order, scope)
		b.held++
	case was.Yes != s.Yes || was.Asked != s.Asked || was.Returns != s.Returns:
		return e.where.Refuse("row.same_scope", map[string]any{"First": before.entry.where.Row, "Value": s.Yes, "Was": was.Yes})
	default:
		b.skip(e.where, "twice", map[string]any{"First": before.entry.where.Row})
		return nil
	}
	b.seen[scope] = seenSurvey{s, e}
	return nil
}

func (b *surveyBuilder) finish(ctx context.Context) error {
	ids := make([]thn.ID, len(b.order))
	for i, scope := range b.order {
		ids[i] = derivedID(b.programme.ID, "survey", scope)
	}
	taken, err := b.store.Known(ctx, b.programme.ID, ids)
	if err != nil {
		return err
	}
	for i, scope := range b.order {
		s := b.seen[scope]
		s.survey.ID = ids[i]
		if _, ok := taken[ids[i]]; ok { // an earlier version has the id
			s.survey.ID = thn.NewID()
		}
		b.settle(s)
	}
	return nil
}

func (b *surveyBuilder) settle(s seenSurvey) {
	x := s.survey
	clear(b.display)
	b.display[FieldPeriod], b.display[FieldArea] = x.Period.String(), b.places.areas[x.Area].Name
	b.display[FieldQuestion], b.display[FieldDefinition] = string(x.Question), x.Sample
	b.sum(string(x.Question), x.Period, x.Sample, thn.ExactKits(x.Yes))
	was, ok := b.known.surveys[x.Scope()]
	if !ok {
		b.plan.load.Surveys = append(b.plan.load.Surveys, x)
		b.item(s.entry, StatusNew, "")
		return
	}
	same := x
	same.ID, same.Corrects, same.Sample, same.Source = was.ID, was.Corrects, was.Sample, was.Source
	if same == was {
		b.item(s.entry, StatusKnown, "")
		return
	}
	x.Corrects = was.ID
	b.plan.load.Surveys = append(b.plan.load.Surveys, x)
	b.item(s.entry, StatusChanged, thn.ExactKits(was.Yes).String())
}
