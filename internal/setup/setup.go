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

// Store is what set-up needs of the database.
type Store interface {
	Founder
}

// Options are the settings of set-up.
type Options struct {
	Now  func() time.Time
	Zone func(name string) (*time.Location, error) // time.LoadLocation
}

// Setup is the use cases. It is safe for concurrent use.
type Setup struct {
	store Store
	opts  Options
}

// New makes the use cases over a store.
func New(store Store, opts Options) *Setup { return &Setup{store: store, opts: opts} }
