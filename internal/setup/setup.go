// Package setup is what a programme prepares before kits can be given out and
// set against need: the programme itself, its areas, sites, products, batches
// and denominators, and the people who may act in it. Every operation takes the
// actor first and asks what they may and how far they reach; things are closed,
// never removed, because records name them. It knows no pages and no tables.
// Start at Setup, then reach.go for who may touch what.
package setup

import (
	"context"
	"time"

	"thntracker/internal/thn"
)

// Founder is what a new programme needs of the database.
type Founder interface {
	Found(ctx context.Context, f thn.Founding) error
}

// Places is what areas and sites need of the database.
type Places interface {
	Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error)
	AddAreas(ctx context.Context, programme, by thn.ID, areas ...thn.Area) error
	EndArea(ctx context.Context, programme, by, id thn.ID, from thn.Date) error
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	AddSites(ctx context.Context, programme, by thn.ID, sites ...thn.Site) error
	CloseSite(ctx context.Context, programme, by, id thn.ID, from thn.Date) error
}

// Kits is what products and batches need of the database.
type Kits interface {
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	AddProducts(ctx context.Context, programme, by thn.ID, products ...thn.Product) error
	CloseProduct(ctx context.Context, programme, by, id thn.ID) error
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
	AddBatches(ctx context.Context, programme, by thn.ID, batches ...thn.Batch) error
	CloseBatch(ctx context.Context, programme, by, id thn.ID) error
}

// Lives is what decisions about batches need of the database.
type Lives interface {
	Revisions(ctx context.Context, programme, batch thn.ID) ([]thn.BatchRevision, error)
	ReviseBatch(ctx context.Context, programme, by thn.ID, r thn.BatchRevision) error
	Recalls(ctx context.Context, programme thn.ID) ([]thn.Recall, error)
}

// Figures is what denominators and targets need of the database.
type Figures interface {
	Denominators(ctx context.Context, programme thn.ID) ([]thn.Denominator, error)
	AddDenominators(ctx context.Context, programme, by thn.ID, list ...thn.Denominator) error
	Targets(ctx context.Context, programme thn.ID) ([]thn.Target, error)
	AddTarget(ctx context.Context, programme, by thn.ID, t thn.Target) error
	EndTarget(ctx context.Context, programme, by, id thn.ID, from thn.Date) error
}

// Statements is what statements about services need of the database.
type Statements interface {
	Statements(ctx context.Context, programme thn.ID, by time.Time) ([]thn.Statement, error)
	AddStatement(ctx context.Context, programme, by thn.ID, x thn.Statement) error
}

// Contributions is what national figures of several programmes need of the database.
type Contributions interface {
	Programmes(ctx context.Context) ([]thn.Programme, error)
	Contributions(ctx context.Context, programme thn.ID) ([]thn.Contribution, error)
	Contributors(ctx context.Context, publisher thn.ID) ([]thn.ID, error)
	AddContribution(ctx context.Context, by thn.ID, c thn.Contribution) error
}

// Asking is what surveys need of the database.
type Asking interface {
	Surveys(ctx context.Context, programme thn.ID) ([]thn.Survey, error)
	AddSurveys(ctx context.Context, programme, by thn.ID, list ...thn.Survey) error
}

// Totals is what the choice between totals and single records needs.
type Totals interface {
	Totals(ctx context.Context, programme thn.ID) ([]thn.PeriodTotal, error)
	PutAside(ctx context.Context, programme, by thn.ID, t thn.PeriodTotal, aside bool) error
}

// Members is what people and their roles need of the database.
type Members interface {
	People(ctx context.Context, programme thn.ID) ([]thn.Member, error)
	Grants(ctx context.Context, account thn.ID) ([]thn.Grant, error)
	AddGrant(ctx context.Context, by thn.ID, g thn.Grant) error
	EndGrant(ctx context.Context, programme, by, id thn.ID) error
}

// Store is the database as set-up sees it.
type Store interface {
	Founder
	Places
	Kits
	Lives
	Figures
	Asking
	Statements
	Contributions
	Totals
	Members
	Refreshers
	Askings
}

// Accounts makes and disables accounts; it knows passwords, set-up does not.
type Accounts interface {
	Create(ctx context.Context, by thn.ID, account thn.Account, password string, g thn.Grant) (thn.Account, error)
	Disable(ctx context.Context, by, id thn.ID) error
}

// Options are the settings of set-up.
type Options struct {
	Now  func() time.Time
	Zone func(name string) (*time.Location, error) // time.LoadLocation
}

// Setup is the use cases. It is safe for concurrent use.
type Setup struct {
	store    Store
	accounts Accounts
	opts     Options
}

// New makes the use cases over a store.
func New(store Store, accounts Accounts, opts Options) *Setup {
	return &Setup{store: store, accounts: accounts, opts: opts}
}

// today is the current day where the programme is.
func (s *Setup) today(actor thn.Actor) thn.Date {
	return actor.Programme.Today(s.opts.Now())
}
