package stock_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

func TestShelf_firstToExpireFirst(t *testing.T) {
	eachPlace(t, func(p *place) {
		p.record(p.received(p.late, 5), p.received(p.past, 2), p.received(p.soon, 4), p.received(thn.Batch{}, 1))
		f := p.shelf(p.worker, p.quay)
		require.Equal(p.t, []stock.Line{
			{Product: p.spray.ID, Batch: p.soon, Kits: 4, First: true}, {Product: p.spray.ID, Batch: p.late, Kits: 5},
			{Product: p.spray.ID, Kits: 1}, {Product: p.spray.ID, Batch: p.past, Kits: 2, Past: true},
		}, f.Lines)
		before, err := p.Shelf(context.Background(), p.worker, p.quay.ID, today.AddDays(-1))
		require.NoError(p.t, err)
		require.Empty(p.t, before.Lines, "the day before nothing was there")

		only := p.shelf(p.manager, p.hill)
		require.Empty(p.t, only.Lines)
	})
}

func TestShelf_oneBatchNeedsNoMark(t *testing.T) {
	eachPlace(t, func(p *place) {
		p.record(p.received(p.soon, 4), p.received(p.past, 2))
		require.False(p.t, p.shelf(p.worker, p.quay).Lines[0].First, "there is nothing else to use")
	})
}

func TestShelf_whatTheLedgerDidNotKnow(t *testing.T) {
	eachPlace(t, func(p *place) {
		p.record(p.received(p.soon, 4), p.given(p.spray, p.soon.ID, "", 7), p.given(p.needle, "", "", 3), p.given(p.needle, "", "", 2))
		f := p.shelf(p.worker, p.quay)
		require.Equal(p.t, []stock.Line{{Product: p.spray.ID, Batch: p.soon, Kits: 3}}, f.Short)
		require.Equal(p.t, []stock.Line{{Product: p.needle.ID, Kits: 5}}, f.Unkept, "its stock is not kept here: no shortfall")

		kits, kept, err := p.Balance(context.Background(), p.worker, thn.Holder{Site: p.quay.ID}, p.needle.ID, "")
		require.NoError(p.t, err)
		require.Equal(p.t, -5, kits)
		require.False(p.t, kept)
	})
}

// A movement that was undone is as if it had not been: stock is not kept for it.
func TestShelf_undoneMovementBeginsNothing(t *testing.T) {
	eachPlace(t, func(p *place) {
		m := p.received(p.soon, 4)
		p.record(p.given(p.spray, p.soon.ID, "", 1), m)
		p.submit(thn.Submission{Record: thn.Movement{ID: thn.NewID()}, Corrects: m.ID, Void: true, Why: thn.WhyUndo})
		f := p.shelf(p.worker, p.quay)
		require.Empty(p.t, f.Short)
		require.Len(p.t, f.Unkept, 1)
	})
}

func TestOpening_comesInTheirPlaceOfWhatWasGivenBefore(t *testing.T) {
	eachPlace(t, func(p *place) {
		ctx := context.Background()
		p.record(p.given(p.spray, p.soon.ID, "", 9))
		found := thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementOpening, Site: p.quay.ID, Product: p.spray.ID, Batch: p.soon.ID, Kits: 6}
		m, err := p.Opening(ctx, p.worker, found)
		require.NoError(p.t, err)
		require.Equal(p.t, thn.MovementCount, m.Kind)
		p.record(m)
		require.Equal(p.t, []stock.Line{{Product: p.spray.ID, Batch: p.soon, Kits: 6}}, p.shelf(p.worker, p.quay).Lines)

		found.ID, found.Batch = thn.NewID(), p.late.ID
		m, err = p.Opening(ctx, p.worker, found)
		require.NoError(p.t, err)
		require.Equal(p.t, found, m, "a kit that the ledger has not met simply begins")
		p.record(m)
		again, err := p.Opening(ctx, p.worker, found)
		require.NoError(p.t, err)
		require.Equal(p.t, found, again, "sent twice it stays what it was")
	})
}

func TestSheet_listsWhatWasMet(t *testing.T) {
	eachPlace(t, func(p *place) {
		ctx := context.Background()
		p.record(p.received(p.soon, 4), p.given(p.spray, p.soon.ID, "", 4), p.received(p.late, 1), p.given(p.spray, p.late.ID, "", 1))
		require.NoError(p.t, p.store.CloseBatch(ctx, p.programme.ID, "", p.late.ID))
		lines, err := p.Sheet(ctx, p.worker, thn.Holder{Site: p.quay.ID})
		require.NoError(p.t, err)
		require.Len(p.t, lines, 1, "what is gone and closed is not asked for")
		require.Equal(p.t, p.soon, lines[0].Batch)
	})
}

func TestTransfers_showTheirDifference(t *testing.T) {
	eachPlace(t, func(p *place) {
		ctx := context.Background()
		sent := thn.Movement{ID: thn.NewID(), Day: today.AddDays(-2), Kind: thn.MovementSent, Site: p.hill.ID, Other: p.quay.ID, Product: p.spray.ID, Batch: p.soon.ID, Kits: 10}
		p.record(sent)
		require.Equal(p.t, 10, p.shelf(p.manager, p.hill).Transfers[0].Rest(), "the sender sees it")
		got, err := p.Arriving(ctx, p.worker, p.quay.ID, sent.ID)
		require.NoError(p.t, err)
		require.Equal(p.t, stock.Transfer{ID: sent.ID, Day: sent.Day, From: p.hill.ID, To: p.quay.ID, Product: p.spray.ID, Batch: p.soon.ID, Sent: 10}, got)

		arrived := thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementArrived, Site: p.quay.ID, Other: p.hill.ID, Transfer: sent.ID, Product: p.spray.ID, Batch: p.soon.ID, Kits: 8}
		p.record(arrived)
		require.Equal(p.t, 2, p.shelf(p.worker, p.quay).Transfers[0].Rest(), "not wholly arrived: it stays in sight")

		// The sender finds that it was eight. The arrival names the version before.
		right := sent
		right.ID, right.Kits = thn.NewID(), 8
		p.submit(thn.Submission{Record: right, Corrects: sent.ID, Why: thn.WhyMistake})
		require.Empty(p.t, p.shelf(p.worker, p.quay).Transfers)
		got, err = p.Arriving(ctx, p.worker, p.quay.ID, sent.ID)
		require.NoError(p.t, err)
		require.Equal(p.t, right.ID, got.ID)

		_, err = p.Arriving(ctx, p.worker, p.quay.ID, arrived.ID)
		kind(p.t, err, fault.NotFound)
		_, err = p.Arriving(ctx, p.manager, p.hill.ID, right.ID)
		kind(p.t, err, fault.NotFound)
		p.submit(thn.Submission{Record: thn.Movement{ID: thn.NewID()}, Corrects: right.ID, Void: true, Why: thn.WhyUndo})
		_, err = p.Arriving(ctx, p.worker, p.quay.ID, sent.ID)
		kind(p.t, err, fault.NotFound)
	})
}

func TestStock_refusals(t *testing.T) {
	eachPlace(t, func(p *place) {
		ctx := context.Background()
		m := p.received(p.soon, 4)
		m.Site = p.hill.ID
		p.record(m)
		advocate := p.manager
		advocate.Grant.Role = thn.RoleAdvocate
		stranger := p.manager
		stranger.Programme = thn.Programme{ID: thn.NewID(), Zone: "UTC"}
		for name, c := range map[string]struct {
			actor thn.Actor
			want  fault.Kind
		}{"a site beyond reach": {p.worker, fault.NotFound}, "another programme": {stranger, fault.NotFound}, "a role without stock": {advocate, fault.Denied}} {
			p.t.Run(name, func(t *testing.T) {
				_, err := p.Shelf(ctx, c.actor, p.hill.ID, today)
				kind(t, err, c.want)
				_, err = p.Moves(ctx, c.actor, p.hill.ID)
				kind(t, err, c.want)
				_, err = p.Sheet(ctx, c.actor, thn.Holder{Site: p.hill.ID})
				kind(t, err, c.want)
				_, err = p.Movement(ctx, c.actor, m.ID)
				kind(t, err, c.want)
				_, err = p.MyBag(ctx, c.actor, p.hill.ID)
				kind(t, err, c.want)
			})
		}
		sites, err := p.Sites(ctx, p.worker)
		require.NoError(p.t, err)
		require.Equal(p.t, []stock.Standing{{Site: p.quay}}, sites)
		sites, err = p.Sites(ctx, p.manager)
		require.NoError(p.t, err)
		require.Len(p.t, sites, 2)
	})
}

func TestMoves_sayWhoOnlyToWhoeverMayKnow(t *testing.T) {
	eachPlace(t, func(p *place) {
		ctx := context.Background()
		old := p.received(p.soon, 4)
		old.Day = today.AddDays(-3)
		p.record(p.received(p.soon, 1), old)
		p.submit(thn.Submission{Record: p.received(p.late, 2), By: p.colleague.Account.ID})
		list, err := p.Moves(ctx, p.worker, p.quay.ID)
		require.NoError(p.t, err)
		require.Len(p.t, list, 3)
		changeable := 0
		for _, m := range list {
			require.Empty(p.t, m.Handle)
			if m.Change {
				changeable++
			}
		}
		require.Equal(p.t, 1, changeable, "one's own of today")
		list, err = p.Moves(ctx, p.manager, p.quay.ID)
		require.NoError(p.t, err)
		for _, m := range list {
			require.NotEmpty(p.t, m.Handle)
			require.True(p.t, m.Change)
		}
	})
}
