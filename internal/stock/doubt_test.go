package stock_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

func (p *place) doubts(replaced thn.ID, m thn.Movement) (keys []string) {
	p.t.Helper()
	found, err := p.Doubts(context.Background(), p.worker, replaced, m)
	require.NoError(p.t, err)
	for _, d := range found {
		keys = append(keys, d.Name+" "+d.Key)
		spoken(p.t, d.Key)
	}
	return keys
}

func TestDoubts_moreThanTheLedgerShows(t *testing.T) {
	eachPlace(t, func(p *place) {
		const more = "kits stock.doubt.more"
		mine := p.bag(p.worker)
		p.record(p.received(p.soon, 9), p.fill(mine, 4))
		off := thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementDamaged, Site: p.quay.ID, Product: p.spray.ID, Batch: p.soon.ID, Kits: 5}
		require.Empty(p.t, p.doubts("", off))
		off.Kits = 6
		require.Equal(p.t, []string{more}, p.doubts("", off))
		off.Bag, off.Kits = mine.ID, 4
		require.Empty(p.t, p.doubts("", off), "out of the bag")
		off.Batch = ""
		require.Equal(p.t, []string{more}, p.doubts("", off), "of a lot that is not there")

		filled := p.fill(mine, 5)
		require.Empty(p.t, p.doubts("", filled))
		p.record(filled)
		require.Empty(p.t, p.doubts("", filled), "the same page sent twice is not doubted for what it did itself")
		again := filled
		again.ID = thn.NewID()
		require.Equal(p.t, []string{more}, p.doubts("", again))
		require.Empty(p.t, p.doubts(filled.ID, again), "a correction has what it replaces")
		back := p.fill(mine, 10)
		back.Kind = thn.MovementReturned
		require.Equal(p.t, []string{more}, p.doubts("", back))
	})
}

func TestDoubts_expiredOnArrival(t *testing.T) {
	eachPlace(t, func(p *place) {
		require.Equal(p.t, []string{"product stock.doubt.expired"}, p.doubts("", p.received(p.past, 1)))
		require.Empty(p.t, p.doubts("", p.received(p.soon, 1)))
		earlier := p.received(p.past, 1)
		earlier.Day = today.AddDays(-1)
		require.Empty(p.t, p.doubts("", earlier), "its last day still counts")
	})
}

func TestDoubts_countedTwiceOnADay(t *testing.T) {
	eachPlace(t, func(p *place) {
		count := func(counted int) thn.Movement {
			return thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementCount, Site: p.quay.ID, Product: p.spray.ID, Batch: p.soon.ID, Counted: counted}
		}
		first := count(7)
		require.Empty(p.t, p.doubts("", first))
		p.record(first)
		require.Equal(p.t, []string{"counted stock.doubt.counted"}, p.doubts("", count(8)))
		require.Empty(p.t, p.doubts("", count(7)), "the same number says the same")
		require.Empty(p.t, p.doubts(first.ID, count(8)), "a correction is no second count")
		other := count(8)
		other.Batch = p.late.ID
		require.Empty(p.t, p.doubts("", other))
		inBag := count(8)
		inBag.Bag = p.bag(p.worker).ID
		require.Empty(p.t, p.doubts("", inBag))
	})
}
