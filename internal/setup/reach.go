package setup

import (
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// may asks for a verb.
func may(actor thn.Actor, verb thn.Verb, op string) error {
	if !actor.May(verb) {
		return fault.New(fault.Denied, op, "role %s may not", actor.Grant.Role)
	}
	return nil
}

// mayAll asks for a verb on what belongs to no place: products and batches.
func mayAll(actor thn.Actor, op string) error {
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return err
	}
	if !actor.Whole() {
		return fault.Say(fault.Denied, op, "setup.whole_only", nil)
	}
	return nil
}

// absent is said of what is not there and of what lies beyond the actor's
// reach: the two are not told apart.
func absent(op string) error {
	return fault.Say(fault.NotFound, op, "problem.not_found_text", nil)
}

// closedAlready is said when somebody else was quicker.
func closedAlready(op string) error {
	return fault.Say(fault.Conflict, op, "setup.closed_already", nil)
}

// reachesGrant tells whether everything a grant covers lies within the actor's reach.
func reachesGrant(actor thn.Actor, g thn.Grant, sites []thn.Site) bool {
	switch {
	case actor.Whole():
		return true
	case g.Site != "":
		return slices.ContainsFunc(sites, func(s thn.Site) bool { return s.ID == g.Site && actor.Reaches(s) })
	case g.Area != "":
		return actor.ReachesArea(g.Area)
	}
	return false
}

// mayGive tells whether the actor's own role lets them give or take a role.
// Nobody hands out more than they hold; managers of one place add workers there.
func mayGive(actor thn.Actor, role thn.Role) bool {
	switch actor.Grant.Role {
	case thn.RoleAdministrator:
		return true
	case thn.RoleManager:
		return role == thn.RoleWorker || actor.Whole() && role != thn.RoleAdministrator
	}
	return false
}

// Roles lists the roles that the actor may give.
func Roles(actor thn.Actor) []thn.Role {
	return slices.DeleteFunc(slices.Clone(thn.Roles), func(r thn.Role) bool { return !mayGive(actor, r) })
}

// taken turns a clash that came between looking and storing into a field to put right.
func taken(op string, err error, field, key string) error {
	if fault.Is(err, fault.Conflict) {
		return fault.Fields(op, fault.Field{Name: field, Key: key})
	}
	return fault.Wrap(op, err)
}
