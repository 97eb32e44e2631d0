package intake

import (
	"context"
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// backDays is how far back a worker may record; older days are a manager's.
const backDays = 92

// rule is a broken rule: the field of the form that it concerns, and the code
// that a phone's record is held under. What a form says is under "intake.CODE".
type rule struct {
	field, code string
	args        map[string]any
}

// rules gathers broken rules.
type rules []rule

func (l *rules) add(wrong bool, field, code string) {
	if wrong {
		*l = append(*l, rule{field: field, code: code})
	}
}

// fieldsOf gives the first broken rule of each field: the next one may vanish
// with it.
func fieldsOf(broken []rule) (fields []fault.Field) {
	said := map[string]bool{}
	for _, b := range broken {
		if !said[b.field] {
			said[b.field] = true
			fields = append(fields, fault.Field{Name: b.field, Key: "intake." + b.code, Args: b.args})
		}
	}
	return fields
}

// desk is what lies before whoever decides about some records: who sent them, the
// programme's day, and what the records name.
type desk struct {
	actor thn.Actor
	zone  *time.Location
	today thn.Date
	refs  thn.References

	reported []thn.Reported // of the months that nil returns are about
}

func (in *Intake) desk(ctx context.Context, actor thn.Actor, records ...thn.Fact) (*desk, error) {
	refs, err := in.store.References(ctx, actor.Programme.ID, records...)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(actor.Programme.Zone)
	if err != nil {
		return nil, fault.New(fault.Internal, "time zone", "the programme's zone %q: %w", actor.Programme.Zone, err)
	}
	k := &desk{actor: actor, zone: zone, today: thn.DateOf(in.now(), zone), refs: refs}
	k.reported, err = in.reported(ctx, actor, records)
	return k, err
}

// complete fills from the site what the record leaves open. The area always
// comes from the site: a phone may know an old one.
func (k *desk) complete(f thn.Fact) thn.Fact {
	site := k.refs.Sites[f.Mentions().Site()]
	switch x := f.(type) {
	case thn.Distribution:
		f = completeDistribution(x, site)
	case thn.Session:
		if x.Setting == "" {
			x.Setting = site.Setting
		}
		f = x
	case thn.Use:
		f = k.completeUse(x)
	case thn.Carriage:
		if batch := k.refs.Batches[x.Batch]; x.Expiry.IsZero() && x.Gives() {
			x.Expiry = batch.Expiry
		}
		f = x
	}
	return thn.InArea(f, site.Area)
}

func completeDistribution(d thn.Distribution, site thn.Site) thn.Distribution {
	if d.Setting == "" {
		d.Setting = site.Setting
	}
	if d.Channel == "" {
		d.Channel = site.Channel
	}
	if d.Supplier == "" {
		d.Supplier = site.Supplier
	}
	if d.Training == "" {
		d.Training = "not_asked"
	}
	return d
}

// broken lists the rules that a record breaks, the weightiest first: those that
// hold for every kind, then those of its own.
func (k *desk) broken(f thn.Fact) []rule {
	list := k.brokenBySite(f)
	list = append(list, k.brokenByKit(f.Mentions())...)
	switch x := f.(type) {
	case thn.Distribution:
		list = append(list, k.brokenDistribution(x)...)
	case thn.Movement:
		list = append(list, k.brokenMovement(x)...)
	case thn.NilReturn:
		list = append(list, k.brokenNilReturn(x)...)
	case thn.Use:
		list = append(list, k.brokenUse(x)...)
	case thn.Release:
		list.add(k.away(x.Site, "prison"), "site", "site_no_prison")
		list = append(list, brokenRelease(x)...)
	case thn.Carriage:
		list.add(k.away(x.Site, thn.ResponderSettings...), "site", "site_no_responders")
		list.add(x.Gives() && !x.Expiry.IsZero() && x.Expiry.Before(x.Day), "expiry", "expired_when_issued")
	case thn.LeaveBehind:
		list.add(k.away(x.Site, "ambulance"), "site", "site_no_ambulance")
		list.add(x.Eligible >= 0 && x.Left() > x.Eligible, "left_patient", "left_above_eligible")
	}
	return list
}

func (k *desk) brokenBySite(f thn.Fact) (list rules) {
	m, asked := f.Mentions(), "day"
	if thn.Monthly(f) || f.RecordKind() == thn.KindNilReturn {
		asked = "month"
	}
	if m.Site() != "" {
		site, known := k.refs.Sites[m.Site()]
		list.add(!known, "site", "site_unknown")
		list.add(known && !k.actor.Reaches(site), "site", "site_reach")
		list.add(known && !openFor(f, site), "site", "site_closed")
	}
	list.add(k.today.Before(m.Day), asked, "day_ahead")
	list.add(m.Day.Before(k.today.AddDays(-backDays)) && !k.actor.May(thn.VerbCoverage), asked, "day_old")
	return list
}

func (k *desk) brokenByKit(m thn.Mentions) (list rules) {
	for _, id := range m.Products {
		_, known := k.refs.Products[id]
		list.add(id != "" && !known, "product", "product_unknown")
	}
	for i, id := range m.Batches {
		batch, known := k.refs.Batches[id]
		list.add(id != "" && (!known || batch.Product != m.Products[i]), "product", "batch_unknown")
	}
	return list
}

func (k *desk) brokenDistribution(d thn.Distribution) (list rules) {
	list.add(d.Product == "", "product", "product_unknown")
	list.add(k.refs.Products[d.Product].Closed, "product", "product_closed")
	list.add(k.refs.Batches[d.Batch].Closed, "product", "batch_closed")
	list.add(d.Bag != "" && !k.mayUseBag(d.Bag, thn.VerbCoverage), "from", "bag_unknown")
	answered, asks := d.Answered(), k.actor.Programme.Asks
	list.add(answered.AgeBand && !asks.AgeBand, "age_band", "unknown_field")
	list.add(answered.Gender && !asks.Gender, "gender", "unknown_field")
	list.add(answered.Carriage && !asks.Carriage, "carriage", "unknown_field")
	return list
}

func (k *desk) brokenMovement(m thn.Movement) (list rules) {
	list.add(m.Product == "", "product", "product_unknown")
	_, known := k.refs.Sites[m.Other]
	list.add(m.Other != "" && !known, "other", "site_unknown")
	list.add(m.Other != "" && m.Other == m.Site, "other", "same_site")
	list.add(m.Bag != "" && !k.mayUseBag(m.Bag, thn.VerbStock), "bag", "bag_unknown")
	return list
}

// away tells that a site is of another kind than those that have such records.
func (k *desk) away(site thn.ID, settings ...thn.Setting) bool {
	s, known := k.refs.Sites[site]
	return known && !slices.Contains(settings, s.Setting)
}

func brokenRelease(r thn.Release) (list rules) {
	above := func(n, most int) bool { return n != thn.NotRecorded && most != thn.NotRecorded && n > most }
	list.add(above(r.At(thn.StepAtRisk), r.Total), "at_risk", "at_risk_above_total")
	list.add(above(r.Unplanned, r.Total), "unplanned", "unplanned_above_total")
	_, grows := r.Growing()
	list.add(grows && !r.Grows, "grows", "step_grows")
	return list
}

// mayUseBag tells whether a bag is the actor's own, or of a site in reach of
// somebody whose role has the verb.
func (k *desk) mayUseBag(id thn.ID, verb thn.Verb) bool {
	bag, known := k.refs.Bags[id]
	if !known {
		return false
	}
	site, known := k.refs.Sites[bag.Site]
	return bag.Account == k.actor.Account.ID || k.actor.May(verb) && (k.actor.Whole() || known && k.actor.Reaches(site))
}

// result puts the ledger's answer together with what only intake knows.
func (k *desk) result(sub thn.Submission, o thn.Outcome) Result {
	r := Result{ID: sub.Record.RecordID(), Outcome: o}
	// Expiry never stops a record: the kit has been given, and may still help.
	if d, ok := sub.Record.(thn.Distribution); ok {
		batch, known := k.refs.Batches[d.Batch]
		r.Expired = known && batch.Expiry.Before(d.Day)
	}
	switch {
	case o != thn.Held:
	case k.refs.Known[sub.Record.RecordID()]:
		r.Cause = "other_content"
	case thn.Monthly(sub.Record) && sub.Corrects == "":
		r.Cause = "month_taken"
	case sub.Corrects != "":
		r.Cause = "corrected_already"
	default:
		r.Cause = "unknown_reference"
	}
	return r
}
