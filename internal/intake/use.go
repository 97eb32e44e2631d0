package intake

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// completeUse takes the strength of each dose from the product where it is named.
func (k *desk) completeUse(u thn.Use) thn.Use {
	persons := make([]thn.UsePerson, len(u.Persons))
	for i, p := range u.Persons {
		p.Given = append([]thn.Administration(nil), p.Given...)
		for j, a := range p.Given {
			if a.DoseMicrograms == 0 {
				p.Given[j].DoseMicrograms = k.refs.Products[a.Product].DoseMicrograms
			}
		}
		persons[i] = p
	}
	u.Persons = persons
	return u
}

func (k *desk) brokenUse(u thn.Use) (list rules) {
	list.add(u.Reported.Before(u.Event), "when", "use_ahead")
	began := k.refs.Began.Day
	if u.MonthOnly && !began.IsZero() {
		began = began.FirstOfMonth()
	}
	if !began.IsZero() && u.Event.Before(began) {
		code := map[bool]string{true: "use_before_site", false: "use_before_record"}[k.refs.Began.Opened]
		list = append(list, rule{field: "when", code: code, args: map[string]any{"Day": k.refs.Began.Day}})
	}
	for _, p := range u.Persons {
		for _, a := range p.Given {
			list.add(a.Doses > thn.MaxDoses, "doses", "use_doses")
		}
	}
	return list
}

// Twin stores what a person decided about two reports that may be of one event.
// With same, the record is left out of every count in favour of the other;
// otherwise it stands as an event of its own. It is a correction under the id
// fresh, so that pressing twice decides once; nothing is ever merged.
func (in *Intake) Twin(ctx context.Context, actor thn.Actor, record, other, fresh thn.ID, same bool) (Result, error) {
	const op = "decide about twins"
	if !actor.May(thn.VerbReview) {
		return Result{}, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	version, _, err := in.reportOf(ctx, actor, record)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	counted, replaced, err := in.reportOf(ctx, actor, other)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	if replaced || same && counted.TwinOf != "" || record == other {
		return Result{}, fault.Say(fault.Conflict, op, "twins.gone", nil)
	}
	version.ID = fresh
	if version.NotTwin = other; same {
		version.NotTwin, version.TwinOf = "", other
	}
	return in.Correct(ctx, actor, record, version, thn.WhyTwin)
}

// reportOf gives a use within the actor's reach, and whether a later version has
// replaced it.
func (in *Intake) reportOf(ctx context.Context, actor thn.Actor, id thn.ID) (u thn.Use, replaced bool, err error) {
	f, e, err := in.store.Fact(ctx, actor.Programme.ID, id)
	if err != nil {
		return u, false, err
	}
	u, ok := f.(thn.Use)
	if !ok || e.Void || !actor.ReachesUse(u) {
		return u, false, fault.Say(fault.NotFound, "report", "problem.not_found_text", nil)
	}
	return u, e.Superseded, nil
}
