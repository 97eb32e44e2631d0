package stock_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/stock"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// pair is two programmes of one installation; every word of the second's own
// affairs holds CANARY.
func pair(t *testing.T, body func(t *testing.T, aid *stock.Aid, giver, taker *programme)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		giver, taker := newProgramme(t, s, "One"), newProgramme(t, s, "CANARY")
		giver.store(t, giver.move(thn.MovementOpening, giver.harbour, giver.late, 100, 100), giver.move(thn.MovementOpening, giver.harbour, giver.soon, 100, 50))
		body(t, stock.NewAid(s, now), giver, taker)
	})
}

func (p *programme) ask(t *testing.T, aid *stock.Aid, expired bool) thn.AidPost {
	t.Helper()
	id := thn.NewID()
	require.NoError(t, aid.Post(t.Context(), p.manager, stock.Wish{ID: id, Kind: thn.AidRequest, Product: p.spray.ID, Kits: 30, Expired: expired}))
	post, err := aid.Own(t.Context(), p.manager, id)
	require.NoError(t, err)
	return post
}

// send books kits out for a request.
func (p *programme) send(t *testing.T, aid *stock.Aid, request thn.AidPost, batch thn.Batch, kits int) (thn.Movement, error) {
	t.Helper()
	m, h, err := aid.Sending(t.Context(), p.manager, request, thn.Movement{ID: thn.NewID(), Day: day, Site: p.harbour.ID, Product: p.spray.ID, Batch: batch.ID, Kits: kits})
	if err != nil {
		return m, err
	}
	got, err := p.intake.HandOver(t.Context(), p.manager, m, h)
	if err == nil {
		require.Equal(t, thn.Stored, got.Outcome)
		got, err = p.intake.HandOver(t.Context(), p.manager, m, h)
		require.NoError(t, err)
		require.Equal(t, thn.Duplicate, got.Outcome, "the same page sent twice")
	}
	return m, err
}

func (p *programme) onHand(t *testing.T) (kits int64) {
	t.Helper()
	cells, err := p.Stock(t.Context(), thn.StockQuery{Programme: p.ID})
	require.NoError(t, err)
	return cells[0].Kits
}

func (p *programme) board(t *testing.T, aid *stock.Aid) stock.Board {
	t.Helper()
	b, err := aid.Board(t.Context(), p.manager)
	require.NoError(t, err)
	return b
}

func TestAid_fromOfferToBothLedgers(t *testing.T) {
	pair(t, func(t *testing.T, aid *stock.Aid, giver, taker *programme) {
		ctx, offer := t.Context(), thn.NewID()
		w := stock.Wish{ID: offer, Kind: thn.AidOffer, Product: giver.spray.ID, Batch: giver.soon.ID, Kits: 40}
		require.NoError(t, aid.Post(ctx, giver.manager, w))
		require.NoError(t, aid.Post(ctx, giver.manager, w), "the same page sent twice")
		seen := taker.board(t, aid)
		require.Len(t, seen.Offers, 1)
		require.Equal(t, stock.Notice{From: "One", AidPost: thn.AidPost{Programme: giver.ID, ID: offer, Kind: thn.AidOffer, Day: day, Code: "spray", Product: "Spray",
			Lot: "S1", Expiry: giver.soon.Expiry, Kits: 40}}, seen.Offers[0])

		request := taker.ask(t, aid, false)
		sent, err := giver.send(t, aid, request, giver.soon, 30)
		require.NoError(t, err)
		require.Equal(t, int64(120), giver.onHand(t))
		require.Equal(t, int64(0), taker.onHand(t), "no transaction spans two programmes")
		coming, err := aid.Coming(ctx, taker.manager, giver.ID, sent.ID)
		require.NoError(t, err)
		require.True(t, coming.OnItsWay())

		// Two kits were missing when it came. The lot is new to the taker only in that it must be registered.
		m, err := aid.Arriving(ctx, taker.manager, thn.HandOver{ID: coming.ID, Lot: "NEW", Expiry: coming.Expiry}, thn.Movement{ID: thn.NewID(), Day: day, Site: taker.mill.ID, Product: taker.spray.ID, Kits: 28})
		require.NoError(t, err)
		batches, err := taker.Batches(ctx, taker.ID)
		require.NoError(t, err)
		require.Len(t, batches, 3)
		again, err := aid.Arriving(ctx, taker.manager, thn.HandOver{ID: coming.ID, Lot: "new", Expiry: coming.Expiry}, m)
		require.NoError(t, err)
		require.Equal(t, m.Batch, again.Batch, "and only once")
		_, err = taker.intake.Record(ctx, taker.manager, m)
		require.NoError(t, err)
		require.Equal(t, int64(28), taker.onHand(t))
		for _, p := range []*programme{giver, taker} {
			b := p.board(t, aid)
			require.Len(t, b.HandOvers, 1)
			require.Equal(t, []int{30, 28}, []int{b.HandOvers[0].Sent, b.HandOvers[0].Arrived}, "both see the difference")
			require.Equal(t, p == giver, b.HandOvers[0].Gave)
		}
		_, err = aid.Coming(ctx, taker.manager, giver.ID, sent.ID)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)

		// The giver corrects what was sent: both see that too.
		right := sent
		right.ID, right.Kits = thn.NewID(), 28
		_, err = giver.intake.Correct(ctx, giver.manager, sent.ID, right, thn.WhyMistake)
		require.NoError(t, err)
		b := taker.board(t, aid)
		require.Equal(t, []int{28, 28}, []int{b.HandOvers[0].Sent, b.HandOvers[0].Arrived})
	})
}

func TestAid_takenOutAgainIsNotOnItsWay(t *testing.T) {
	pair(t, func(t *testing.T, aid *stock.Aid, giver, taker *programme) {
		sent, err := giver.send(t, aid, taker.ask(t, aid, false), giver.late, 3)
		require.NoError(t, err)
		_, err = giver.intake.Void(t.Context(), giver.manager, sent.ID, thn.NewID(), thn.WhyMistake)
		require.NoError(t, err)
		require.Empty(t, taker.board(t, aid).HandOvers)
		_, err = aid.Coming(t.Context(), taker.manager, giver.ID, sent.ID)
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	})
}

func TestAid_expiredOnlyToWhoWantsIt(t *testing.T) {
	pair(t, func(t *testing.T, aid *stock.Aid, giver, taker *programme) {
		gone := thn.Batch{ID: thn.NewID(), Product: giver.spray.ID, Lot: "G1", Expiry: day.AddDays(-1)}
		require.NoError(t, giver.AddBatches(t.Context(), giver.ID, "", gone))
		_, err := giver.send(t, aid, taker.ask(t, aid, false), gone, 3)
		require.Equal(t, []fault.Field{{Name: "product", Key: "aid.expired_unwanted"}}, fault.FieldsOf(err))
		require.Equal(t, int64(150), giver.onHand(t))
		_, err = giver.send(t, aid, taker.ask(t, aid, true), gone, 3)
		require.NoError(t, err)
		require.Len(t, taker.board(t, aid).HandOvers, 1)
	})
}

func TestAid_bothOrNeither(t *testing.T) {
	pair(t, func(t *testing.T, aid *stock.Aid, giver, taker *programme) {
		request := taker.ask(t, aid, false)
		m, h, err := aid.Sending(t.Context(), giver.manager, request, thn.Movement{ID: thn.NewID(), Day: day.AddDays(1), Site: giver.harbour.ID, Product: giver.spray.ID, Batch: giver.late.ID, Kits: 3})
		require.NoError(t, err)
		_, err = giver.intake.HandOver(t.Context(), giver.manager, m, h)
		require.Equal(t, []fault.Field{{Name: "day", Key: "intake.day_ahead"}}, fault.FieldsOf(err))
		m.Day = day
		h.Taker = thn.NewID() // nobody: the announcement fails, and with it the movement
		_, err = giver.intake.HandOver(t.Context(), giver.manager, m, h)
		require.NoError(t, err, "it is held")
		require.Equal(t, int64(150), giver.onHand(t))
		require.Empty(t, giver.board(t, aid).HandOvers)
	})
}

// Nothing of another programme shows but its name and what its posts say.
func TestAid_nothingElseShows(t *testing.T) {
	pair(t, func(t *testing.T, aid *stock.Aid, giver, taker *programme) {
		taker.store(t, taker.move(thn.MovementOpening, taker.mill, taker.late, 9, 98765))
		request := taker.ask(t, aid, true)
		_, err := giver.send(t, aid, request, giver.late, 3)
		require.NoError(t, err)
		text, err := json.Marshal(giver.board(t, aid))
		require.NoError(t, err)
		require.Contains(t, string(text), `"From":"CANARY"`)
		for _, secret := range []string{"CANARY mill", "CANARY harbour", "CANARY land", string(taker.mill.ID), string(taker.harbour.ID), string(taker.manager.Account.ID), "98765"} {
			require.NotContains(t, string(text), secret)
		}
	})
}

func TestAid_refuses(t *testing.T) {
	pair(t, func(t *testing.T, aid *stock.Aid, giver, taker *programme) {
		ctx := t.Context()
		request := taker.ask(t, aid, false)
		narrow := giver.worker
		_, err := aid.Board(ctx, narrow)
		require.NoError(t, err, "a role in one place reads")
		advocate := giver.manager
		advocate.Grant.Role = thn.RoleAdvocate
		_, err = aid.Board(ctx, advocate)
		require.True(t, fault.Is(err, fault.Denied), "%v", err)
		for name, c := range map[string]struct {
			kind fault.Kind
			call func() error
		}{
			"a worker of one site posts": {fault.Denied, func() error { return aid.Post(ctx, narrow, stock.Wish{}) }},
			"and sends":                  {fault.Denied, func() error { _, _, err := aid.Sending(ctx, narrow, request, thn.Movement{}); return err }},
			"another's post is closed":   {fault.NotFound, func() error { return aid.Close(ctx, giver.manager, request.ID) }},
			"a product of another":       {fault.Invalid, func() error { return aid.Post(ctx, giver.manager, stock.Wish{Product: taker.spray.ID}) }},
			"a lot of another": {fault.Invalid, func() error {
				return aid.Post(ctx, giver.manager, stock.Wish{Product: giver.spray.ID, Batch: taker.late.ID})
			}},
			"no kits": {fault.Invalid, func() error {
				return aid.Post(ctx, giver.manager, stock.Wish{ID: thn.NewID(), Kind: thn.AidOffer, Product: giver.spray.ID})
			}},
			"one's own request":          {fault.NotFound, func() error { _, err := aid.Request(ctx, taker.manager, taker.ID, request.ID); return err }},
			"an offer that is a request": {fault.NotFound, func() error { _, err := aid.Offer(ctx, giver.manager, taker.ID, request.ID); return err }},
			"a hand-over of nobody":      {fault.NotFound, func() error { _, err := aid.Coming(ctx, giver.manager, taker.ID, request.ID); return err }},
		} {
			err := c.call()
			require.True(t, fault.Is(err, c.kind), "%s: %v", name, err)
		}
		require.NoError(t, aid.Close(ctx, taker.manager, request.ID))
		require.Empty(t, giver.board(t, aid).Requests)
		_, err = aid.Request(ctx, giver.manager, taker.ID, request.ID)
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	})
}

// A demonstration and the real thing do not trade kits.
func TestAid_demonstrationApart(t *testing.T) {
	pair(t, func(t *testing.T, aid *stock.Aid, giver, taker *programme) {
		taker.ask(t, aid, false)
		giver.manager.Programme.Demo = true
		require.Empty(t, giver.board(t, aid).Requests)
	})
}
