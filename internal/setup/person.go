package setup

import (
	"context"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// People lists who may act within the actor's reach, ended roles included.
// Password hashes are not among it.
func (s *Setup) People(ctx context.Context, actor thn.Actor) ([]thn.Member, error) {
	const op = "list people"
	if err := may(actor, thn.VerbPeople, op); err != nil {
		return nil, err
	}
	people, err := s.store.People(ctx, actor.Programme.ID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	people = slices.DeleteFunc(people, func(m thn.Member) bool { return !reachesGrant(actor, m.Grant, sites) })
	for i := range people {
		people[i].Account.Hash = ""
	}
	return people, nil
}

// Person gives the holder of a role that the actor reaches.
func (s *Setup) Person(ctx context.Context, actor thn.Actor, grant thn.ID) (thn.Member, error) {
	people, err := s.People(ctx, actor)
	if err != nil {
		return thn.Member{}, err
	}
	return pick(people, "person", func(m thn.Member) bool { return m.Grant.ID == grant })
}

// NewPerson is an account to be made, with its role and how far it reaches: one
// site, one area, or neither for the whole programme.
type NewPerson struct {
	Handle   string
	Password string
	Role     thn.Role
	Area     thn.ID
	Site     thn.ID
}

// AddPerson makes an account with a role. Nobody gives more than they have.
func (s *Setup) AddPerson(ctx context.Context, actor thn.Actor, p NewPerson) error {
	const op = "add person"
	if err := may(actor, thn.VerbPeople, op); err != nil {
		return err
	}
	g := thn.Grant{Programme: actor.Programme.ID, Role: p.Role, Area: p.Area, Site: p.Site}
	if err := s.checkGrant(ctx, actor, g, op); err != nil {
		return err
	}
	_, err := s.accounts.Create(ctx, actor.Account.ID, thn.Account{Handle: strings.TrimSpace(p.Handle)}, p.Password, g)
	return fault.Wrap(op, err)
}

// checkGrant tells whether the actor may give the role, and for that place.
func (s *Setup) checkGrant(ctx context.Context, actor thn.Actor, g thn.Grant, op string) error {
	lies, err := s.within(ctx, actor, g)
	if err != nil {
		return fault.Wrap(op, err)
	}
	var w wrong
	known(&w, thn.Roles, g.Role, "role", "setup.choose_list")
	w.add(slices.Contains(thn.Roles, g.Role) && !mayGive(actor, g.Role), "role", "setup.role_above")
	w.add(!lies, "scope", "setup.scope_unknown")
	return w.err(op)
}

// within tells whether a new role's place exists, is in use and lies in reach.
func (s *Setup) within(ctx context.Context, actor thn.Actor, g thn.Grant) (bool, error) {
	if g.Area == "" && g.Site == "" {
		return actor.Whole(), nil
	}
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return false, err
	}
	areas, err := s.store.Areas(ctx, actor.Programme.ID)
	if err != nil {
		return false, err
	}
	area := g.Area == "" || slices.ContainsFunc(areas, func(a thn.Area) bool {
		return a.ID == g.Area && a.ValidTo.IsZero() && actor.ReachesArea(a.ID)
	})
	site := g.Site == "" || slices.ContainsFunc(sites, func(x thn.Site) bool {
		return x.ID == g.Site && x.Closed.IsZero() && actor.Reaches(x)
	})
	return area && site && (g.Area == "" || g.Site == ""), nil
}

// EndGrant takes one role away; it acts on the holder's next request.
func (s *Setup) EndGrant(ctx context.Context, actor thn.Actor, grant thn.ID) error {
	const op = "end role"
	m, err := s.Person(ctx, actor, grant)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if m.Grant.Ended {
		return closedAlready(op)
	}
	if err := MayTake(actor, m); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, s.store.EndGrant(ctx, actor.Programme.ID, actor.Account.ID, grant))
}

// ChangeRole gives the holder of a role another one in its place, or one anew
// when theirs has ended. The old role ends first: should the rest not come
// about, somebody has too little for a moment, not too much.
func (s *Setup) ChangeRole(ctx context.Context, actor thn.Actor, grant thn.ID, g thn.Grant) error {
	const op = "change role"
	m, err := s.Person(ctx, actor, grant)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if m.Account.Disabled {
		return closedAlready(op)
	}
	if err := MayTake(actor, m); err != nil {
		return fault.Wrap(op, err)
	}
	g = thn.Grant{ID: thn.NewID(), Programme: actor.Programme.ID, Account: m.Account.ID, Role: g.Role, Area: g.Area, Site: g.Site}
	if err := s.checkGrant(ctx, actor, g, op); err != nil {
		return err
	}
	if !m.Grant.Ended {
		if err := s.store.EndGrant(ctx, actor.Programme.ID, actor.Account.ID, grant); err != nil {
			return fault.Wrap(op, err)
		}
	}
	return fault.Wrap(op, s.store.AddGrant(ctx, actor.Account.ID, g))
}

// MayTake keeps people from their own role, so that a programme is never left
// without anybody, and from roles above theirs. It is nil when all is well.
func MayTake(actor thn.Actor, m thn.Member) error {
	const op = "may take role"
	switch {
	case m.Account.ID == actor.Account.ID:
		return fault.Say(fault.Denied, op, "setup.own_role", nil)
	case !mayGive(actor, m.Grant.Role):
		return fault.Say(fault.Denied, op, "setup.role_not_yours", nil)
	}
	return nil
}

// Disable takes away every role that the holder of one has in the actor's
// programme. The account itself is disabled, and its sessions end, unless it
// still acts elsewhere: that programme decides for itself and is not told of.
func (s *Setup) Disable(ctx context.Context, actor thn.Actor, grant thn.ID) error {
	const op = "disable person"
	m, err := s.Person(ctx, actor, grant)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if m.Account.Disabled {
		return closedAlready(op)
	}
	held, err := s.held(ctx, actor, m.Account.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	for _, h := range append(held, m) {
		if err := MayTake(actor, h); err != nil {
			return fault.Wrap(op, err)
		}
	}
	if err := s.disableAccount(ctx, actor, m.Account.ID); err != nil {
		return fault.Wrap(op, err)
	}
	for _, h := range held {
		if err := s.store.EndGrant(ctx, actor.Programme.ID, actor.Account.ID, h.Grant.ID); err != nil {
			return fault.Wrap(op, err)
		}
	}
	return nil
}

// disableAccount ends sign-ins unless the account still acts in another programme.
func (s *Setup) disableAccount(ctx context.Context, actor thn.Actor, account thn.ID) error {
	grants, err := s.store.Grants(ctx, account)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(grants, func(g thn.Grant) bool { return g.Programme != actor.Programme.ID }) {
		return nil
	}
	return s.accounts.Disable(ctx, actor.Account.ID, account)
}

// held lists the roles that an account still has in the programme; one that the
// actor does not reach is refused, because it is not theirs to take.
func (s *Setup) held(ctx context.Context, actor thn.Actor, account thn.ID) ([]thn.Member, error) {
	all, err := s.store.People(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(m thn.Member) bool { return m.Account.ID != account || m.Grant.Ended })
	if slices.ContainsFunc(all, func(m thn.Member) bool { return !reachesGrant(actor, m.Grant, sites) }) {
		return nil, fault.Say(fault.Denied, "roles held", "setup.role_not_yours", nil)
	}
	return all, nil
}
