package intake

import (
	"context"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// backDays is how far back a worker may record; older days are a manager's.
const backDays = 92

// rule is a broken rule: the field of the form that it concerns, and the code
// that a phone's record is held under. What a form says is under "intake.CODE".
type rule struct{ field, code string }

// fieldsOf gives the first broken rule of each field: the next one may vanish
// with it.
func fieldsOf(broken []rule) (fields []fault.Field) {
	said := map[string]bool{}
	for _, b := range broken {
		if !said[b.field] {
			said[b.field] = true
			fields = append(fields, fault.Field{Name: b.field, Key: "intake." + b.code})
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
}

func (in *Intake) desk(ctx context.Context, actor thn.Actor, records ...thn.Distribution) (*desk, error) {
	refs, err := in.store.References(ctx, actor.Programme.ID, records...)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(actor.Programme.Zone)
	if err != nil {
		return nil, fault.New(fault.Internal, "time zone", "the programme's zone %q: %w", actor.Programme.Zone, err)
	}
	return &desk{actor: actor, zone: zone, today: thn.DateOf(in.now(), zone), refs: refs}, nil
}

// complete fills from the site what the record leaves open. The area always
// comes from the site: a phone may know an old one.
func (k *desk) complete(d thn.Distribution) thn.Distribution {
	site := k.refs.Sites[d.Site]
	d.Area = site.Area
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

// broken lists the rules that a record breaks, the weightiest first.
func (k *desk) broken(d thn.Distribution) []rule {
	var list []rule
	add := func(wrong bool, field, code string) {
		if wrong {
			list = append(list, rule{field, code})
		}
	}
	site, known := k.refs.Sites[d.Site]
	add(!known, "site", "site_unknown")
	add(known && !k.actor.Reaches(site), "site", "site_reach")
	add(known && !site.OpenOn(d.Day), "site", "site_closed")
	add(k.today.Before(d.Day), "day", "day_ahead")
	add(d.Day.Before(k.today.AddDays(-backDays)) && !k.actor.May(thn.VerbCoverage), "day", "day_old")
	product, known := k.refs.Products[d.Product]
	add(!known, "product", "product_unknown")
	add(known && product.Closed, "product", "product_closed")
	batch, known := k.refs.Batches[d.Batch]
	add(d.Batch != "" && (!known || batch.Product != d.Product), "product", "batch_unknown")
	add(known && batch.Closed, "product", "batch_closed")
	return list
}

// result puts the ledger's answer together with what only intake knows.
func (k *desk) result(sub thn.Submission, o thn.Outcome) Result {
	r := Result{ID: sub.Record.ID, Outcome: o}
	// Expiry never stops a record: the kit has been given, and may still help.
	batch, ok := k.refs.Batches[sub.Record.Batch]
	r.Expired = ok && batch.Expiry.Before(sub.Record.Day)
	switch {
	case o != thn.Held:
	case k.refs.Known[sub.Record.ID]:
		r.Cause = "other_content"
	case sub.Corrects != "":
		r.Cause = "corrected_already"
	default:
		r.Cause = "unknown_reference"
	}
	return r
}
