// Package stock answers what is where and what to do about it: on the shelf of a
// site, in a bag, on the way between two sites; what a movement about to be
// recorded would do to it; what balances mean against the pace at which kits leave
// and the dates on them; and what programmes can do for each other. Balances are
// sums of the ledger's entries and are kept nowhere else; recording itself is
// package intake's. It knows neither pages nor tables. Start at Stock, with the
// shelf in shelf.go, or at Plan, with alerts in alert.go and mutual aid in aid.go.
package stock

import (
	"context"
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Ledger is what stock reads of the records.
type Ledger interface {
	// Stock sums entries.
	Stock(ctx context.Context, q thn.StockQuery) ([]thn.StockCell, error)
	// Movements lists movements that count.
	Movements(ctx context.Context, q thn.MovementQuery) ([]thn.Moved, error)
	// Newest gives the latest version of records.
	Newest(ctx context.Context, programme thn.ID, ids []thn.ID) (map[thn.ID]thn.ID, error)
	// Fact gives one version of a record with its envelope.
	Fact(ctx context.Context, programme, id thn.ID) (thn.Fact, thn.Envelope, error)
}

// Bags is what stock needs of the table of bags.
type Bags interface {
	Bags(ctx context.Context, programme thn.ID) ([]thn.Bag, error)
	OpenBag(ctx context.Context, programme, by thn.ID, b thn.Bag) error
	CloseBag(ctx context.Context, programme, by, id thn.ID) error
}

// Register is what stock reads of a programme's places, kits and people.
type Register interface {
	Site(ctx context.Context, programme, id thn.ID) (thn.Site, error)
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
	People(ctx context.Context, programme thn.ID) ([]thn.Member, error)
}

// Store is the database as stock sees it.
type Store interface {
	Ledger
	Bags
	Register
}

// Stock is the use cases. It is safe for concurrent use.
type Stock struct {
	store Store
	now   func() time.Time
}

// New makes the use cases over a store and a clock.
func New(store Store, now func() time.Time) *Stock { return &Stock{store: store, now: now} }

// today is the current day where the programme is.
func (s *Stock) today(actor thn.Actor) thn.Date {
	return actor.Programme.Today(s.now())
}

// Site gives a site whose stock the actor may see and move. One beyond reach is
// not told apart from one that is not there.
func (s *Stock) Site(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Site, error) {
	op := "stock of site " + string(id)
	if err := mayStock(actor, op); err != nil {
		return thn.Site{}, err
	}
	site, err := s.store.Site(ctx, actor.Programme.ID, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return thn.Site{}, fault.Wrap(op, err)
	}
	if err != nil || !actor.Reaches(site) {
		return thn.Site{}, absent(op)
	}
	return site, nil
}

// Standing is a site with the kits on its shelf.
type Standing struct {
	Site thn.Site
	Kits int
}

// Sites lists the sites whose stock the actor may see, with what the ledger
// shows on their shelves: those that are open, and those that still hold kits.
func (s *Stock) Sites(ctx context.Context, actor thn.Actor) ([]Standing, error) {
	const op = "sites with stock"
	if err := mayStock(actor, op); err != nil {
		return nil, err
	}
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	list, ids := []Standing{}, []thn.ID{}
	for _, site := range sites {
		if actor.Reaches(site) {
			list, ids = append(list, Standing{Site: site}), append(ids, site.ID)
		}
	}
	held, err := s.hold(ctx, actor, s.today(actor), ids, []thn.ID{})
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	for i, x := range list {
		lines, _ := held.at(thn.Holder{Site: x.Site.ID})
		for _, l := range lines {
			list[i].Kits += max(0, l.Kits)
		}
	}
	return slices.DeleteFunc(list, func(x Standing) bool { return x.Kits == 0 && !x.Site.OpenOn(s.today(actor)) }), nil
}

func mayStock(actor thn.Actor, op string) error {
	if !actor.May(thn.VerbStock) {
		return fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	return nil
}

func absent(op string) error { return fault.Say(fault.NotFound, op, "problem.not_found_text", nil) }
