package account

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Actor is the account acting in a programme: the one named, or its first. It is
// read anew for every request, so that a grant that ended and an account that
// was disabled lose their power at once: both are denied, as is a demonstration
// account where the demonstration does not run.
func (a *Accounts) Actor(ctx context.Context, id, programme thn.ID) (thn.Actor, error) {
	op := "actor " + string(id)
	m, err := a.store.Membership(ctx, id)
	if err != nil {
		return thn.Actor{}, fault.Wrap(op, err)
	}
	if !a.admits(m.Account) {
		return thn.Actor{}, fault.New(fault.Denied, op, "disabled, or of the demonstration")
	}
	actor, err := choose(m, programme)
	if err != nil {
		return thn.Actor{}, fault.Wrap(op, err)
	}
	if actor.Grant.Area != "" {
		areas, err := a.store.Areas(ctx, actor.Programme.ID)
		if err != nil {
			return thn.Actor{}, fault.Wrap(op, err)
		}
		actor.Areas = thn.Below(areas, actor.Grant.Area)
	}
	return actor, nil
}

// admits tells whether the account may be here at all.
func (a *Accounts) admits(account thn.Account) bool {
	return account.ID != "" && !account.Disabled && (!account.Demo || a.opts.Demo)
}

// choose picks the widest grant in the programme and lists where else the
// account may act. Without a wish the first programme by name is taken, with one
// that holds invented records before the others, so that a newcomer sees it.
func choose(m thn.Membership, wanted thn.ID) (thn.Actor, error) {
	actor := thn.Actor{Account: m.Account}
	for _, p := range byName(m.Programmes) {
		if actor.Programme.ID == "" && (wanted == "" || wanted == p.ID) {
			actor.Programme, actor.Grant = p, widest(m.Grants, p.ID)
			continue
		}
		actor.Others = append(actor.Others, p)
	}
	if actor.Grant.ID == "" {
		return thn.Actor{}, fault.New(fault.Denied, "choose grant", "none in the programme")
	}
	return actor, nil
}

func byName(programmes map[thn.ID]thn.Programme) []thn.Programme {
	var list []thn.Programme
	for _, p := range programmes {
		list = append(list, p)
	}
	demoFirst := func(p thn.Programme) int {
		if p.Demo {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(x, y thn.Programme) int {
		return cmp.Or(cmp.Compare(demoFirst(x), demoFirst(y)), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return list
}

// power orders roles for somebody who has several in one programme.
var power = []thn.Role{thn.RoleAdministrator, thn.RoleManager, thn.RoleWorker, thn.RoleAdvocate}

// widest picks by role, then the whole programme before an area before a site.
func widest(grants []thn.Grant, programme thn.ID) thn.Grant {
	var in []thn.Grant
	for _, g := range grants {
		if g.Programme == programme {
			in = append(in, g)
		}
	}
	if len(in) == 0 {
		return thn.Grant{}
	}
	narrow := func(g thn.Grant) int {
		switch {
		case g.Site != "":
			return 2
		case g.Area != "":
			return 1
		}
		return 0
	}
	return slices.MinFunc(in, func(x, y thn.Grant) int {
		return cmp.Or(cmp.Compare(slices.Index(power, x.Role), slices.Index(power, y.Role)), cmp.Compare(narrow(x), narrow(y)), cmp.Compare(x.ID, y.ID))
	})
}
