package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Areas lists the areas that the actor reaches, ended ones included.
func (s *Setup) Areas(ctx context.Context, actor thn.Actor) ([]thn.Area, error) {
	const op = "list areas"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	areas, err := s.store.Areas(ctx, actor.Programme.ID)
	return slices.DeleteFunc(areas, func(a thn.Area) bool { return !actor.ReachesArea(a.ID) }), fault.Wrap(op, err)
}

// Area gives one area that the actor reaches.
func (s *Setup) Area(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Area, error) {
	areas, err := s.Areas(ctx, actor)
	if err != nil {
		return thn.Area{}, err
	}
	return pick(areas, "area", func(a thn.Area) bool { return a.ID == id })
}

// pick finds one thing of a list that was cut down to the actor's reach.
func pick[D any](list []D, op string, is func(D) bool) (D, error) {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i], nil
	}
	var none D
	return none, absent(op)
}

// AddArea adds an area below one that the actor reaches. Adding the same id
// again changes nothing, so that a button pressed twice does no harm.
func (s *Setup) AddArea(ctx context.Context, actor thn.Actor, a thn.Area) error {
	const op = "add area"
	reached, err := s.Areas(ctx, actor)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(reached, func(x thn.Area) bool { return x.ID == a.ID }) {
		return nil
	}
	all, err := s.store.Areas(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	var w wrong
	a.Name, a.Code = w.name("name", a.Name, "setup.name_missing"), w.text("code", a.Code)
	w.add(a.Kind == thn.AreaCountry || !slices.Contains(thn.AreaKinds, a.Kind), "kind", "setup.area_kind")
	w.add(!slices.ContainsFunc(reached, func(x thn.Area) bool { return x.ID == a.Parent && x.ValidTo.IsZero() }), "parent", "setup.area_parent")
	for _, x := range all {
		w.add(x.Parent == a.Parent && same(x.Name, a.Name), "name", "setup.area_taken")
		w.add(x.Code != "" && x.Code == a.Code, "code", "setup.code_taken")
	}
	w.ahead("from", a.ValidFrom, s.today(actor))
	a.ValidTo = thn.Date{}
	if err := w.err(op); err != nil {
		return err
	}
	return taken(op, s.store.AddAreas(ctx, actor.Programme.ID, actor.Account.ID, a), "name", "setup.area_taken")
}

// EndArea sets the first day on which an area no longer counts. The country and
// areas that still hold sites or areas stay.
func (s *Setup) EndArea(ctx context.Context, actor thn.Actor, id thn.ID, from thn.Date) error {
	const op = "end area"
	a, err := s.Area(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	switch {
	case a.Parent == "":
		return fault.Say(fault.Conflict, op, "setup.country_stays", nil)
	case !a.ValidTo.IsZero():
		return closedAlready(op)
	}
	used, err := s.inUse(ctx, actor, id, from)
	if err != nil {
		return fault.Wrap(op, err)
	}
	var w wrong
	w.add(from.IsZero(), "from", "setup.day_missing")
	w.add(!a.ValidFrom.IsZero() && !a.ValidFrom.Before(from), "from", "setup.day_before_begin")
	w.ahead("from", from, s.today(actor))
	w.add(used, "from", "setup.area_in_use")
	if err := w.err(op); err != nil {
		return err
	}
	return fault.Wrap(op, s.store.EndArea(ctx, actor.Programme.ID, actor.Account.ID, id, from))
}

// inUse tells whether something in the area is still open on the day.
func (s *Setup) inUse(ctx context.Context, actor thn.Actor, id thn.ID, day thn.Date) (bool, error) {
	areas, err := s.store.Areas(ctx, actor.Programme.ID)
	if err != nil {
		return false, err
	}
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return false, err
	}
	below := slices.ContainsFunc(areas, func(a thn.Area) bool {
		return a.Parent == id && (a.ValidTo.IsZero() || day.Before(a.ValidTo))
	})
	return below || slices.ContainsFunc(sites, func(x thn.Site) bool {
		return x.Area == id && (x.Closed.IsZero() || day.Before(x.Closed))
	}), nil
}
