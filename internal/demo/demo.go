// Package demo fills a new installation with something to look at: a fictional
// country, XD, with two years of invented records, clearly labelled, and the
// United Kingdom's published totals as an example of real figures with their
// sources. Its accounts are marked, and refused wherever the demonstration is
// not running. Start at Load.
package demo

import (
	"context"
	"slices"
	"time"

	"thntracker/internal/account"
	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Store is what the demonstration needs of the database.
type Store interface {
	Programmes(ctx context.Context) ([]thn.Programme, error)
	Found(ctx context.Context, f thn.Founding) error
	AddAreas(ctx context.Context, programme, by thn.ID, areas ...thn.Area) error
	AddSites(ctx context.Context, programme, by thn.ID, sites ...thn.Site) error
	AddBatches(ctx context.Context, programme, by thn.ID, batches ...thn.Batch) error
	AddDenominators(ctx context.Context, programme, by thn.ID, list ...thn.Denominator) error
	AddSurveys(ctx context.Context, programme, by thn.ID, list ...thn.Survey) error
	AddTotals(ctx context.Context, programme, by thn.ID, totals ...thn.PeriodTotal) error
	Append(ctx context.Context, subs []thn.Submission) ([]thn.Outcome, error)
	OpenBag(ctx context.Context, programme, by thn.ID, b thn.Bag) error
	AddGrant(ctx context.Context, by thn.ID, g thn.Grant) error
	AddStaffTraining(ctx context.Context, programme, by thn.ID, t thn.StaffTraining) error
}

// Accounts makes the demonstration's accounts.
type Accounts interface {
	Create(ctx context.Context, by thn.ID, a thn.Account, password string, g thn.Grant) (thn.Account, error)
}

var _ Accounts = (*account.Accounts)(nil)

// Deps is what Load works with. Products gives a new programme its products.
type Deps struct {
	Store    Store
	Accounts Accounts
	Products func() []thn.Product
	Release  func(ctx context.Context, programme thn.Programme, period thn.Period) error // closes a period and publishes it for everybody
}

// SignIn is a way in that is printed where the demonstration is started.
type SignIn struct {
	Role             thn.Role
	Handle, Password string
}

// SignIns lists one way in for each role. They open nothing outside the
// demonstration.
func SignIns() []SignIn {
	return []SignIn{
		{thn.RoleWorker, "worker", "demo-lantern-worker"},
		{thn.RoleManager, "manager", "demo-lantern-manager"},
		{thn.RoleAdvocate, "advocate", "demo-lantern-advocate"},
		{thn.RoleAdministrator, "administrator", "demo-lantern-administrator"},
	}
}

// Load fills the installation unless it holds a demonstration already. today is
// the day the invented records lead up to.
func Load(ctx context.Context, deps Deps, today thn.Date) error {
	const op = "load demonstration"
	programmes, err := deps.Store.Programmes(ctx)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(programmes, func(p thn.Programme) bool { return p.Demo }) {
		return nil
	}
	country := newCountry(deps.Products(), today)
	if err := country.store(ctx, deps.Store); err != nil {
		return fault.Wrap(op, err)
	}
	kingdom, err := newKingdom(deps.Products())
	if err != nil {
		return fault.Wrap(op, err)
	}
	if err := kingdom.store(ctx, deps.Store); err != nil {
		return fault.Wrap(op, err)
	}
	made, err := people(ctx, deps, country.founding.Programme.ID, kingdom.founding.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if err := country.record(ctx, deps.Store, made[thn.RoleWorker], today); err != nil {
		return fault.Wrap(op, err)
	}
	if err := country.train(ctx, deps.Store, made, today); err != nil {
		return fault.Wrap(op, err)
	}
	if err := country.count(ctx, deps.Store, made[thn.RoleWorker], today); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, publish(ctx, deps, country.founding.Programme, kingdom.founding.Programme, today))
}

// publish releases the last whole year of the fictional country, and the two
// financial years of the United Kingdom's that are known best.
func publish(ctx context.Context, deps Deps, country, kingdom thn.Programme, today thn.Date) error {
	if err := deps.Release(ctx, country, thn.YearFrom(today.Year()-1, time.January)); err != nil {
		return err
	}
	for _, year := range []int{2016, 2017} {
		if err := deps.Release(ctx, kingdom, thn.YearFrom(year, time.April)); err != nil {
			return err
		}
	}
	return nil
}

// people makes an account for each role. All but the worker may also look at the
// published figures.
func people(ctx context.Context, deps Deps, country, kingdom thn.ID) (map[thn.Role]thn.ID, error) {
	all := map[thn.Role]thn.ID{}
	for _, s := range SignIns() {
		made, err := deps.Accounts.Create(ctx, "", thn.Account{Handle: s.Handle, Demo: true}, s.Password, thn.Grant{Programme: country, Role: s.Role})
		if err != nil {
			return nil, err
		}
		all[s.Role] = made.ID
		if s.Role == thn.RoleWorker {
			continue
		}
		if err := deps.Store.AddGrant(ctx, "", thn.Grant{ID: thn.NewID(), Programme: kingdom, Account: made.ID, Role: s.Role}); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// world is a programme with what it begins with.
type world struct {
	founding     thn.Founding
	areas        []thn.Area
	sites        []thn.Site
	batches      []thn.Batch
	denominators []thn.Denominator
	surveys      []thn.Survey
	totals       []thn.PeriodTotal
	bag          thn.Bag // of the demonstration's worker
}

func (w *world) store(ctx context.Context, s Store) error {
	id := w.founding.Programme.ID
	for _, step := range []func() error{
		func() error { return s.Found(ctx, w.founding) },
		func() error { return s.AddAreas(ctx, id, "", w.areas...) },
		func() error { return s.AddSites(ctx, id, "", w.sites...) },
		func() error { return s.AddBatches(ctx, id, "", w.batches...) },
		func() error { return s.AddDenominators(ctx, id, "", w.denominators...) },
		func() error { return s.AddSurveys(ctx, id, "", w.surveys...) },
		func() error { return s.AddTotals(ctx, id, "", w.totals...) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
