package stock_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func (p *place) bag(actor thn.Actor) thn.Bag {
	p.t.Helper()
	b, err := p.MyBag(context.Background(), actor, p.quay.ID)
	require.NoError(p.t, err)
	return b
}

func (p *place) fill(bag thn.Bag, kits int) thn.Movement {
	return thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementIssued, Site: p.quay.ID, Bag: bag.ID, Product: p.spray.ID, Batch: p.soon.ID, Kits: kits}
}

func TestBags_areSomebodysToColleagues(t *testing.T) {
	eachPlace(t, func(p *place) {
		mine, theirs := p.bag(p.worker), p.bag(p.colleague)
		require.Equal(p.t, mine, p.bag(p.worker), "one open bag each")
		p.record(p.received(p.soon, 9), p.fill(mine, 4), p.fill(theirs, 2))

		f := p.shelf(p.worker, p.quay)
		require.Equal(p.t, 3, f.Lines[0].Kits)
		require.Len(p.t, f.Bags, 2)
		require.True(p.t, f.Bags[0].Mine)
		require.Equal(p.t, 4, f.Bags[0].Lines[0].Kits)
		require.Empty(p.t, f.Bags[1].Handle, "a worker is not told whose")

		f = p.shelf(p.manager, p.quay)
		require.ElementsMatch(p.t, []string{"wren", "lark"}, []string{f.Bags[0].Handle, f.Bags[1].Handle})
	})
}

func TestCloseBag(t *testing.T) {
	eachPlace(t, func(p *place) {
		ctx := context.Background()
		mine := p.bag(p.worker)
		p.record(p.received(p.soon, 9), p.fill(mine, 4))
		kind(p.t, p.CloseBag(ctx, p.colleague, mine.ID), fault.NotFound)
		kind(p.t, p.CloseBag(ctx, p.worker, mine.ID), fault.Conflict)
		back := p.fill(mine, 4)
		back.Kind = thn.MovementReturned
		p.record(back)
		require.NoError(p.t, p.CloseBag(ctx, p.worker, mine.ID))
		kind(p.t, p.CloseBag(ctx, p.worker, mine.ID), fault.Conflict)
		require.NotEqual(p.t, mine.ID, p.bag(p.worker).ID, "the next one is another bag")
		require.NoError(p.t, p.CloseBag(ctx, p.manager, p.bag(p.worker).ID), "whoever sees the figures may end any")
		bags, err := p.OpenBags(ctx, p.worker)
		require.NoError(p.t, err)
		require.Empty(p.t, bags)
	})
}

func TestBag_beyondReach(t *testing.T) {
	eachPlace(t, func(p *place) {
		ctx := context.Background()
		far, err := p.MyBag(ctx, p.manager, p.hill.ID)
		require.NoError(p.t, err)
		_, err = p.Bag(ctx, p.worker, far.ID)
		kind(p.t, err, fault.NotFound)
		_, err = p.In(ctx, p.worker, thn.Holder{Bag: far.ID})
		kind(p.t, err, fault.NotFound)
		_, _, err = p.Balance(ctx, p.worker, thn.Holder{Bag: far.ID}, p.spray.ID, "")
		kind(p.t, err, fault.NotFound)
		bags, err := p.OpenBags(ctx, p.worker)
		require.NoError(p.t, err)
		require.Empty(p.t, bags)
	})
}
