// Package ingest turns a table somebody else made into a plan of what a
// programme would store, and stores the plan whole or not at all. What the
// columns mean is said by a Mapping; what the cells say is read by package
// sheet. Nothing is stored while a row is refused, and nothing is left out
// without being listed. It knows neither the database nor the web.
//
// Start at Importer.Plan, then Mapping; total.go is the kind most files are.
package ingest

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// Ledger is what a programme already holds. *store.Store is one.
type Ledger interface {
	Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error)
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
	Totals(ctx context.Context, programme thn.ID) ([]thn.PeriodTotal, error)
	Denominators(ctx context.Context, programme thn.ID) ([]thn.Denominator, error)
	Surveys(ctx context.Context, programme thn.ID) ([]thn.Survey, error)
	Facts(ctx context.Context, q thn.FactQuery) ([]thn.Fact, error)
}

// Writer looks records up and stores a load in one transaction. *store.Store
// is one.
type Writer interface {
	Known(ctx context.Context, programme thn.ID, ids []thn.ID) (map[thn.ID]thn.Known, error)
	Import(ctx context.Context, programme, by thn.ID, load thn.Load, done func(n int)) error
}

// Store is both halves.
type Store interface {
	Ledger
	Writer
}

// Importer imports into one programme, for one account.
type Importer struct {
	store     Store
	programme thn.Programme
	by        thn.ID
	today     thn.Date
}

// New makes an importer. today is the programme's own day; nothing later than
// it can have been given out. by may be empty for the command line.
func New(store Store, programme thn.Programme, by thn.ID, today thn.Date) *Importer {
	return &Importer{store: store, programme: programme, by: by, today: today}
}

// Plan reads the whole table and says what would be stored. It stores nothing.
// Rows that cannot be read are in the plan with their reasons; an error is
// about the file or the mapping as a whole. heard, if given, is told now and
// then how many rows have been read, and what share of the file that is.
func (i *Importer) Plan(ctx context.Context, book *sheet.Book, m Mapping, heard func(rows int, share float64)) (*Plan, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	known, err := i.existing(ctx)
	if err != nil {
		return nil, fault.Wrap("plan import", err)
	}
	p := newPlanner(i, book, m, known)
	if err := p.read(ctx, heard); err != nil {
		return nil, fault.Wrap("plan import", err)
	}
	if err := p.finish(ctx); err != nil {
		return nil, fault.Wrap("plan import", err)
	}
	return p.plan, nil
}

// Commit stores a plan in one transaction. It refuses a plan with refused
// rows, and answers Conflict when the programme has changed since the plan was
// made. A plan with nothing new changes nothing. done, if given, is told how
// much of plan.Size is written.
func (i *Importer) Commit(ctx context.Context, plan *Plan, done func(n int)) error {
	if n := plan.RefusedCount; n > 0 {
		return fault.Say(fault.Invalid, "commit import", "import.error.file.refused", map[string]any{"File": plan.File, "Count": n})
	}
	if plan.Size() == 0 {
		return nil
	}
	err := i.store.Import(ctx, i.programme.ID, i.by, plan.load, done)
	if fault.Is(err, fault.Conflict) {
		return fault.Say(fault.Conflict, "commit import", "import.error.file.moved_on", map[string]any{"File": plan.File})
	}
	return fault.Wrap("commit import", err)
}

// existing is what the programme holds when a plan is made.
type existing struct {
	areas        []thn.Area
	sites        []thn.Site
	products     []thn.Product
	batches      []thn.Batch
	totals       map[string]thn.PeriodTotal // by scope
	denominators map[string]thn.Denominator // by scope
	surveys      map[string]thn.Survey      // by scope
}

func (i *Importer) existing(ctx context.Context) (e existing, err error) {
	id := i.programme.ID
	if e.areas, err = i.store.Areas(ctx, id); err != nil {
		return e, err
	}
	if e.sites, err = i.store.Sites(ctx, id); err != nil {
		return e, err
	}
	if e.products, err = i.store.Products(ctx, id); err != nil {
		return e, err
	}
	if e.batches, err = i.store.Batches(ctx, id); err != nil {
		return e, err
	}
	totals, err := i.store.Totals(ctx, id)
	if err != nil {
		return e, err
	}
	e.totals = make(map[string]thn.PeriodTotal, len(totals))
	for _, t := range totals {
		e.totals[t.Scope()] = t
	}
	list, err := i.store.Denominators(ctx, id)
	e.denominators = make(map[string]thn.Denominator, len(list))
	for _, d := range list {
		e.denominators[d.Scope()] = d
	}
	if err != nil {
		return e, err
	}
	surveys, err := i.store.Surveys(ctx, id)
	e.surveys = make(map[string]thn.Survey, len(surveys))
	for _, s := range surveys {
		e.surveys[s.Scope()] = s
	}
	return e, err
}
