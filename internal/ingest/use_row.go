package ingest

import (
	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// read takes one row apart.
func (b *useBuilder) read(e entry) (x useEntry, err error) {
	if err := b.when(e, &x); err != nil {
		return x, err
	}
	if err := b.where(e, &x.use); err != nil {
		return x, err
	}
	if err := b.words(e, &x); err != nil {
		return x, err
	}
	for i, f := range []Field{FieldIncident, FieldPerson, FieldGiven} {
		v := e.get(f)
		if !b.missing(v) {
			x.keys[i] = v.text
		} else if b.mapping.says(f) && f != FieldGiven { // without an administration nothing was given
			return x, v.refuse("needed", nil)
		}
	}
	if b.mapping.says(FieldGiven) && x.keys[2] == "" {
		return x, nil
	}
	given, err := b.given(e)
	x.given = &given
	return x, err
}

// when reads the day of the event, or its month, and the day it was told.
func (b *useBuilder) when(e entry, x *useEntry) (err error) {
	v := e.get(FieldDay)
	if v.blank() {
		period, err := b.period(e)
		if err != nil {
			return err
		}
		if period.Shape() != thn.ShapeMonth {
			return e.where.Refuse("row.month", map[string]any{"Value": period.String()})
		}
		x.use.Event, x.use.MonthOnly = period.From, true
	} else if x.use.Event, err = b.day(v); err != nil {
		return err
	}
	if x.use.Reported, err = b.day(e.get(FieldTold)); err != nil {
		return err
	}
	if x.told = !x.use.Reported.IsZero(); !x.told {
		x.use.Reported = x.use.Event
	}
	switch {
	case b.today.Before(x.use.Event):
		return v.refuse("day_future", nil)
	case b.today.Before(x.use.Reported):
		return e.get(FieldTold).refuse("day_future", nil)
	case x.use.Reported.Before(x.use.Event):
		return e.get(FieldTold).refuse("told_before", map[string]any{"Day": x.use.Event.String()})
	}
	return nil
}

// where reads the site, or the area where there is none.
func (b *useBuilder) where(e entry, u *thn.Use) error {
	if !e.get(FieldSite).blank() {
		site, err := b.site(e)
		u.Site, u.Area = site.ID, site.Area
		return err
	}
	area, err := b.area(e, FieldArea)
	u.Area = area.ID
	return err
}

// words reads the codes of the incident and of the person; what the file does
// not say was not recorded.
func (b *useBuilder) words(e entry, x *useEntry) error {
	for _, w := range []struct {
		field Field
		blank string
		set   func(code string)
	}{
		{FieldReporter, "not_asked", func(c string) { x.use.Reporter = thn.Reporter(c) }},
		{FieldPlace, string(thn.PlaceNotAsked), func(c string) { x.use.Place = thn.Place(c) }},
		{FieldAmbulance, string(thn.AnswerNotAsked), func(c string) { x.use.Ambulance = thn.Answer(c) }},
		{FieldBreathing, string(thn.AnswerNotAsked), func(c string) { x.use.Breathing = thn.Answer(c) }},
		{FieldHospital, string(thn.AnswerNotAsked), func(c string) { x.use.Hospital = thn.Answer(c) }},
		{FieldOutcome, string(thn.SurvivalNotRecorded), func(c string) { x.person.Outcome = thn.Survival(c) }},
		{FieldRelation, "not_asked", func(c string) { x.person.Relation = thn.Relation(c) }},
	} {
		code, err := b.code(e, w.field, w.blank)
		if err != nil {
			return err
		}
		w.set(code)
	}
	return nil
}

// given reads what was given, by whom.
func (b *useBuilder) given(e entry) (a thn.Administration, err error) {
	giver, err := b.code(e, FieldGiver, string(thn.GiverUnknown))
	if err != nil {
		return a, err
	}
	response, err := b.code(e, FieldResponse, "not_asked")
	if err != nil {
		return a, err
	}
	a.Giver, a.Response = thn.Giver(giver), thn.Response(response)
	if !b.missing(e.get(FieldProduct)) {
		product, err := b.product(e)
		if err != nil {
			return a, err
		}
		a.Product, a.DoseMicrograms = product.ID, product.DoseMicrograms
	}
	if a.Doses, err = b.amount(e, FieldUsedDoses, 1, thn.MaxDoses, a.Doses); err != nil {
		return a, err
	}
	a.DoseMicrograms, err = b.amount(e, FieldDose, 1000, 100_000, a.DoseMicrograms)
	return a, err
}

// amount reads a number of doses, or milligrams as thousandths. None, a word for
// missing and 0 all say that nobody knows: nobody is given no dose.
func (b *useBuilder) amount(e entry, f Field, parts, most int64, otherwise int) (int, error) {
	v := e.get(f)
	n, err := b.numbers.Parse(v.text)
	if err != nil {
		return 0, v.where.Blame(err)
	}
	if n.State != sheet.Known {
		return otherwise, nil
	}
	amount, whole := n.Low.In(parts)
	if !whole || n.Low != n.High || amount < 0 || n.Percent || n.Money || n.Open {
		return 0, v.refuse("amount", nil)
	}
	if amount > most {
		return 0, v.refuse("doses_range", map[string]any{"Most": most / parts})
	}
	if amount == 0 {
		return otherwise, nil
	}
	return int(amount), nil
}
