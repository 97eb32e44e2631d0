package setup

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Refreshers is what staff trainings need of the database.
type Refreshers interface {
	StaffTrainings(ctx context.Context, programme thn.ID) ([]thn.StaffTraining, error)
	AddStaffTraining(ctx context.Context, programme, by thn.ID, t thn.StaffTraining) error
	WithdrawStaffTraining(ctx context.Context, programme, by, id thn.ID) error
}

// Refresher is somebody with an open role and when they were last trained.
type Refresher struct {
	Member thn.Member        // one of their roles
	Last   thn.StaffTraining // without an id when none is recorded
}

// Refreshers lists everybody in reach with an open role, each once: whoever was
// never trained first, then by the day that the refresher is due.
func (s *Setup) Refreshers(ctx context.Context, actor thn.Actor) ([]Refresher, error) {
	const op = "list refreshers"
	people, err := s.People(ctx, actor)
	if err != nil {
		return nil, err
	}
	trainings, err := s.store.StaffTrainings(ctx, actor.Programme.ID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	last := map[thn.ID]thn.StaffTraining{}
	for _, t := range trainings {
		if !t.Withdrawn && last[t.Account].Day.Before(t.Day) {
			last[t.Account] = t
		}
	}
	var list []Refresher
	seen := map[thn.ID]bool{}
	for _, m := range people {
		if m.Grant.Ended || m.Account.Disabled || seen[m.Account.ID] {
			continue
		}
		seen[m.Account.ID] = true
		list = append(list, Refresher{Member: m, Last: last[m.Account.ID]})
	}
	slices.SortFunc(list, func(a, b Refresher) int {
		return cmp.Or(cmp.Compare(a.Last.Due.String(), b.Last.Due.String()), cmp.Compare(a.Member.Account.Handle, b.Member.Account.Handle))
	})
	return list, nil
}

// RecordTraining records that the holder of a role was trained on a day. When
// the refresher is due follows from the place of their roles: where one of them
// is at a police site, a year.
func (s *Setup) RecordTraining(ctx context.Context, actor thn.Actor, grant thn.ID, t thn.StaffTraining) error {
	const op = "record staff training"
	m, err := s.Person(ctx, actor, grant)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if m.Grant.Ended || m.Account.Disabled {
		return closedAlready(op)
	}
	trainings, err := s.store.StaffTrainings(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	again := slices.ContainsFunc(trainings, func(x thn.StaffTraining) bool { return x.ID == t.ID && x.Account == m.Account.ID && x.Day == t.Day })
	if again {
		return nil // the same page sent twice
	}
	var w wrong
	w.add(s.today(actor).Before(t.Day), "day", "staff.day_ahead")
	w.add(slices.ContainsFunc(trainings, func(x thn.StaffTraining) bool {
		return x.Account == m.Account.ID && x.Day == t.Day && !x.Withdrawn
	}), "day", "staff.day_same")
	if err := w.err(op); err != nil {
		return err
	}
	t.Account = m.Account.ID
	if t.Due, err = s.due(ctx, actor, t); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, s.store.AddStaffTraining(ctx, actor.Programme.ID, actor.Account.ID, t))
}

// due is the earliest day by the sites of somebody's open roles.
func (s *Setup) due(ctx context.Context, actor thn.Actor, t thn.StaffTraining) (thn.Date, error) {
	due := thn.RefresherDue(t.Day, "")
	people, err := s.store.People(ctx, actor.Programme.ID)
	if err != nil {
		return due, err
	}
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	for _, m := range people {
		at := slices.IndexFunc(sites, func(x thn.Site) bool { return x.ID == m.Grant.Site })
		if m.Account.ID != t.Account || m.Grant.Ended || at < 0 {
			continue
		}
		if d := thn.RefresherDue(t.Day, sites[at].Setting); d.Before(due) {
			due = d
		}
	}
	return due, err
}

// Training gives a recorded day of somebody in reach, with their sign-in name.
func (s *Setup) Training(ctx context.Context, actor thn.Actor, id thn.ID) (thn.StaffTraining, thn.Account, error) {
	const op = "staff training"
	people, err := s.People(ctx, actor)
	if err != nil {
		return thn.StaffTraining{}, thn.Account{}, err
	}
	trainings, err := s.store.StaffTrainings(ctx, actor.Programme.ID)
	if err != nil {
		return thn.StaffTraining{}, thn.Account{}, fault.Wrap(op, err)
	}
	for _, t := range trainings {
		for _, m := range people {
			if t.ID == id && m.Account.ID == t.Account {
				return t, m.Account, nil
			}
		}
	}
	return thn.StaffTraining{}, thn.Account{}, absent(op)
}

// WithdrawTraining takes out a day that was entered by mistake.
func (s *Setup) WithdrawTraining(ctx context.Context, actor thn.Actor, id thn.ID) error {
	const op = "withdraw staff training"
	t, _, err := s.Training(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if t.Withdrawn {
		return closedAlready(op)
	}
	return fault.Wrap(op, s.store.WithdrawStaffTraining(ctx, actor.Programme.ID, actor.Account.ID, id))
}
