package ingest

import (
	"context"

	"thntracker/internal/thn"
)

// denominatorBuilder makes the numbers that distributions are set against:
// people at risk, residents, releases, deaths.
type denominatorBuilder struct {
	*planner
	seen  map[string]seenDenominator
	order []string
}

type seenDenominator struct {
	denominator thn.Denominator
	entry       entry
}

func newDenominatorBuilder(p *planner) builder {
	return &denominatorBuilder{planner: p, seen: map[string]seenDenominator{}}
}

func (b *denominatorBuilder) add(e entry) error {
	fig, ok, err := b.figure(e, FieldValue, false)
	if err != nil || !ok {
		return err
	}
	d := thn.Denominator{Kind: thn.OpioidDeaths, Value: fig.low / 2, Low: fig.low / 2, High: fig.high / 2, Suppressed: fig.hidden}
	if b.mapping.Kind == Populations {
		d.Kind = thn.Residents
	}
	measure, err := b.code(e, FieldMeasure, string(d.Kind))
	if err != nil {
		return err
	}
	early, err := b.code(e, FieldEarly, "no")
	if err != nil {
		return err
	}
	d.Kind, d.Provisional = thn.DenominatorKind(measure), early == "yes"
	if err := b.interval(e, &d); err != nil {
		return err
	}
	if d.Period, err = b.period(e); err != nil {
		return err
	}
	area, err := b.area(e, FieldArea)
	if err != nil {
		return err
	}
	o, err := b.origin(e)
	d.Area, d.Source, d.URL, d.AsAt = area.ID, o.source, o.url, o.asAt
	d.Definition = or(e.get(FieldDefinition).text, b.mapping.Definition)
	if err == nil && d.Definition == "" {
		return e.where.Refuse("row.definition", nil)
	}
	if err != nil {
		return err
	}
	return b.keep(e, d)
}

// interval reads the bounds an estimate was published with.
func (b *denominatorBuilder) interval(e entry, d *thn.Denominator) error {
	for f, bound := range map[Field]*int64{FieldLow: &d.Low, FieldHigh: &d.High} {
		if e.get(f).blank() {
			continue
		}
		fig, ok, err := b.figure(e, f, false)
		if err != nil {
			return err
		}
		if ok {
			*bound = fig.low / 2
		}
	}
	at := e.get(FieldHigh)
	if !d.Suppressed && d.Low > d.Value {
		at = e.get(FieldLow)
	}
	if d.Low > d.High || !d.Suppressed && (d.Value < d.Low || d.Value > d.High) {
		return at.refuse("interval", map[string]any{"Figure": d.Value, "Low": d.Low, "High": d.High})
	}
	return nil
}

func (b *denominatorBuilder) keep(e entry, d thn.Denominator) error {
	scope := d.Scope()
	before, twice := b.seen[scope]
	was := before.denominator
	switch {
	case !twice:
		b.order = append(b.order, scope)
		b.held++
	case b.mapping.SumRows:
		d.Value, d.Low, d.High, d.Suppressed = d.Value+was.Value, d.Low+was.Low, d.High+was.High, d.Suppressed || was.Suppressed
		d.Provisional = d.Provisional || was.Provisional
		e = before.entry
	case was.Value != d.Value || was.Low != d.Low || was.High != d.High:
		return e.where.Refuse("row.same_scope", map[string]any{"First": before.entry.where.Row, "Value": d.Value, "Was": was.Value})
	default:
		b.skip(e.where, "twice", map[string]any{"First": before.entry.where.Row})
		return nil
	}
	b.seen[scope] = seenDenominator{d, e}
	return nil
}

func (b *denominatorBuilder) finish(ctx context.Context) error {
	ids := make([]thn.ID, len(b.order))
	for i, scope := range b.order {
		ids[i] = derivedID(b.programme.ID, "denominator", scope)
	}
	taken, err := b.store.Known(ctx, b.programme.ID, ids)
	if err != nil {
		return err
	}
	for i, scope := range b.order {
		s := b.seen[scope]
		s.denominator.ID = ids[i]
		if _, ok := taken[ids[i]]; ok { // an earlier version has the id
			s.denominator.ID = thn.NewID()
		}
		b.settle(s)
	}
	return nil
}

func (b *denominatorBuilder) settle(s seenDenominator) {
	d := s.denominator
	count := thn.Count{Low: thn.Halves(2 * d.Value), High: thn.Halves(2 * d.Value)}
	if d.Suppressed {
		count = thn.Count{Low: thn.Halves(2 * d.Low), High: thn.Halves(2 * d.High)}
	}
	clear(b.display)
	b.display[FieldPeriod], b.display[FieldArea] = d.Period.String(), b.places.areas[d.Area].Name
	b.display[FieldMeasure], b.display[FieldValue], b.display[FieldDefinition] = string(d.Kind), count.String(), d.Definition
	b.sum(string(d.Kind), d.Period, d.Definition, count)
	was, ok := b.known.denominators[d.Scope()]
	if !ok {
		b.plan.load.Denominators = append(b.plan.load.Denominators, d)
		b.item(s.entry, StatusNew, "")
		return
	}
	same := d
	same.ID, same.Corrects, same.Definition, same.Source = was.ID, was.Corrects, was.Definition, was.Source
	if _, said := b.mapping.Fields[FieldEarly]; !said {
		same.Provisional = was.Provisional
	}
	if same == was {
		b.item(s.entry, StatusKnown, "")
		return
	}
	d.Corrects = was.ID
	b.plan.load.Denominators = append(b.plan.load.Denominators, d)
	b.item(s.entry, StatusChanged, thn.ExactKits(was.Value).String())
}
