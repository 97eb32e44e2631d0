package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

func (p *place) received(kits int) thn.Movement {
	return thn.Movement{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 1), Kind: thn.MovementReceived, Site: p.harbour.ID, Product: p.spray.ID, Batch: p.lot.ID, Kits: kits, Reference: "D-17"}
}

func (p *place) moves(t *testing.T, q thn.MovementQuery) (ids []thn.ID) {
	t.Helper()
	q.Programme = p.programme.ID
	list, err := p.Movements(context.Background(), q)
	require.NoError(t, err)
	for _, m := range list {
		require.Equal(t, p.by, m.Envelope.By)
		require.NotEmpty(t, m.Envelope.Hour)
		ids = append(ids, m.Movement.ID)
	}
	return ids
}

func TestMovements_listsWhatCounts(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first, wrong := p.received(10), p.received(99)
		right := p.received(9)
		right.Day = thn.MustDate(2026, 3, 2)
		sent := thn.Movement{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 3), Kind: thn.MovementSent, Site: p.mill.ID, Other: p.harbour.ID, Product: p.needle.ID, Kits: 4}
		gone := p.received(5)
		sub := func(m thn.Movement, corrects thn.ID) thn.Submission {
			return thn.Submission{Programme: p.programme.ID, By: p.by, Record: m, Corrects: corrects}
		}
		for _, s := range []thn.Submission{sub(first, ""), sub(wrong, ""), sub(right, wrong.ID), sub(sent, ""), sub(gone, ""),
			{Programme: p.programme.ID, By: p.by, Record: thn.Movement{ID: thn.NewID()}, Corrects: gone.ID, Void: true, Why: thn.WhyUndo}} {
			require.Equal(t, thn.Stored, p.append(t, s))
		}
		require.Equal(t, []thn.ID{sent.ID, right.ID, first.ID}, p.moves(t, thn.MovementQuery{}), "replaced and taken out are not among them")
		require.Equal(t, []thn.ID{right.ID, first.ID}, p.moves(t, thn.MovementQuery{Sites: []thn.ID{p.harbour.ID}}))
		require.Equal(t, []thn.ID{sent.ID, right.ID}, p.moves(t, thn.MovementQuery{Sites: []thn.ID{p.harbour.ID}, Others: []thn.ID{p.harbour.ID}, Limit: 2}))
		require.Equal(t, []thn.ID{sent.ID}, p.moves(t, thn.MovementQuery{Kinds: []thn.MovementKind{thn.MovementSent}}))
		require.Equal(t, []thn.ID{right.ID}, p.moves(t, thn.MovementQuery{From: thn.MustDate(2026, 3, 2), To: thn.MustDate(2026, 3, 3)}))
		list, err := p.Movements(context.Background(), thn.MovementQuery{Programme: p.programme.ID, Sites: []thn.ID{p.harbour.ID}, Limit: 1})
		require.NoError(t, err)
		require.Equal(t, right, list[0].Movement, "whole, with its day and reference")
		require.Equal(t, wrong.ID, list[0].Envelope.Corrects)

		newest, err := p.Newest(context.Background(), p.programme.ID, []thn.ID{first.ID, wrong.ID, "", wrong.ID})
		require.NoError(t, err)
		require.Equal(t, map[thn.ID]thn.ID{first.ID: first.ID, wrong.ID: right.ID}, newest)
	})
}

func TestNewest_followsAChain(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		a := p.received(1)
		require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: a}))
		last := a.ID
		for range 3 {
			m := p.received(2)
			require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: m, Corrects: last, Why: thn.WhyMistake}))
			last = m.ID
		}
		newest, err := p.Newest(context.Background(), p.programme.ID, []thn.ID{a.ID})
		require.NoError(t, err)
		require.Equal(t, last, newest[a.ID])
		other, _ := founded(t, p.Store)
		newest, err = p.Newest(context.Background(), other.ID, []thn.ID{a.ID})
		require.NoError(t, err)
		require.Equal(t, a.ID, newest[a.ID], "another programme's corrections are not seen")
	})
}

// A count that is corrected to another batch is compared with that batch, and
// gives back what it did to the first.
func TestCount_correctedToAnotherShelf(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: p.received(10)}))
		count := thn.Movement{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 2), Kind: thn.MovementCount, Site: p.harbour.ID, Product: p.spray.ID, Batch: p.lot.ID, Counted: 3}
		require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: count}))
		moved := count
		moved.ID, moved.Batch = thn.NewID(), ""
		require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: moved, Corrects: count.ID, Why: thn.WhyMistake}))
		cells, err := p.Stock(context.Background(), thn.StockQuery{Programme: p.programme.ID, Sites: []thn.ID{p.harbour.ID}, Groups: []thn.StockGroup{thn.StockByBatch}})
		require.NoError(t, err)
		got := map[string]int64{}
		for _, c := range cells {
			got[c.Keys[thn.StockByBatch]] = c.Kits
		}
		require.Equal(t, map[string]int64{"": 3, string(p.lot.ID): 10}, got)
	})
}
