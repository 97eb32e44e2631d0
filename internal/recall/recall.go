// Package recall follows a batch that is called back: from the notice, through
// every shelf and bag that holds it, to the last kit. It starts and lifts
// recalls and works out where kits are and where they went; what takes them off
// a shelf is a movement like any other and goes through package intake. It knows
// no pages and no tables. Start at Recalls, then Trace.
package recall

import (
	"context"
	"slices"
	"strings"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Ledger is what recalls need of the records.
type Ledger interface {
	Recalls(ctx context.Context, programme thn.ID) ([]thn.Recall, error)
	AddRecall(ctx context.Context, programme, by thn.ID, r thn.Recall) error
	LiftRecall(ctx context.Context, programme, by, id thn.ID, on thn.Date, source string) error
	Recalled(ctx context.Context, programme, recall thn.ID) ([]thn.Movement, error)
	Stock(ctx context.Context, q thn.StockQuery) ([]thn.StockCell, error)
}

// Register is what recalls need of a programme's reference data.
type Register interface {
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	Bags(ctx context.Context, programme thn.ID) ([]thn.Bag, error)
	People(ctx context.Context, programme thn.ID) ([]thn.Member, error)
}

// Store is the database as recalls see it.
type Store interface {
	Ledger
	Register
}

// Recalls is the use cases. It is safe for concurrent use.
type Recalls struct {
	store Store
	now   func() time.Time
}

// New makes the use cases over a store and a clock.
func New(store Store, now func() time.Time) *Recalls { return &Recalls{store: store, now: now} }

func (c *Recalls) today(actor thn.Actor) thn.Date {
	return actor.Programme.Today(c.now())
}

// List gives the programme's recalls, those in force first, the newest on top.
func (c *Recalls) List(ctx context.Context, actor thn.Actor) ([]thn.Recall, error) {
	const op = "list recalls"
	if !actor.May(thn.VerbStock) {
		return nil, fault.New(fault.Denied, op, "role %s may not", actor.Grant.Role)
	}
	list, err := c.store.Recalls(ctx, actor.Programme.ID)
	slices.SortStableFunc(list, func(a, b thn.Recall) int {
		if a.InForce() != b.InForce() {
			if a.InForce() {
				return -1
			}
			return 1
		}
		return strings.Compare(b.Day.String()+string(b.ID), a.Day.String()+string(a.ID))
	})
	return list, fault.Wrap(op, err)
}

// Find gives one recall of the programme.
func (c *Recalls) Find(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Recall, error) {
	list, err := c.List(ctx, actor)
	if err != nil {
		return thn.Recall{}, err
	}
	if i := slices.IndexFunc(list, func(r thn.Recall) bool { return r.ID == id }); i >= 0 {
		return list[i], nil
	}
	return thn.Recall{}, fault.Say(fault.NotFound, "recall "+string(id), "problem.not_found_text", nil)
}

// MayDecide tells whether the actor may start and lift recalls: whoever sets up
// the whole programme.
func MayDecide(actor thn.Actor) bool { return actor.May(thn.VerbSetup) && actor.Whole() }

func mayDecide(op string, actor thn.Actor) error {
	if MayDecide(actor) {
		return nil
	}
	return fault.Say(fault.Denied, op, "setup.whole_only", nil)
}
