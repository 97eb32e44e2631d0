package stock

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Transfer is kits sent from one site to another, as both ends tell it.
type Transfer struct {
	ID       thn.ID // the record that sent them, in its latest version
	Day      thn.Date
	From, To thn.ID
	Product  thn.ID
	Batch    thn.ID
	Sent     int
	Arrived  int
}

// Rest is what has not arrived; below 0 when more arrived than was sent.
func (t Transfer) Rest() int { return t.Sent - t.Arrived }

// transfers lists the transfers from or to a site whose two ends differ, the
// oldest first: on their way, or for somebody to clear up.
func (s *Stock) transfers(ctx context.Context, actor thn.Actor, site thn.ID) ([]Transfer, error) {
	moved, err := s.store.Movements(ctx, thn.MovementQuery{Programme: actor.Programme.ID, Sites: only(site), Others: only(site),
		Kinds: []thn.MovementKind{thn.MovementSent, thn.MovementArrived}})
	if err != nil {
		return nil, err
	}
	arrived, err := s.arrived(ctx, actor, moved)
	if err != nil {
		return nil, err
	}
	var list []Transfer
	for _, m := range moved {
		if t := transferOf(m.Movement, arrived[m.Movement.ID]); m.Movement.Kind == thn.MovementSent && t.Rest() != 0 {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b Transfer) int { return cmp.Compare(a.Day.String(), b.Day.String()) })
	return list, nil
}

func transferOf(m thn.Movement, arrived int) Transfer {
	return Transfer{ID: m.ID, Day: m.Day, From: m.Site, To: m.Other, Product: m.Product, Batch: m.Batch, Sent: m.Kits, Arrived: arrived}
}

// arrived sums what arrived of each transfer, under its latest version: who took
// it in may have named one that the sender has corrected since.
func (s *Stock) arrived(ctx context.Context, actor thn.Actor, moved []thn.Moved) (map[thn.ID]int, error) {
	var named []thn.ID
	for _, m := range moved {
		named = append(named, m.Movement.Transfer)
	}
	newest, err := s.store.Newest(ctx, actor.Programme.ID, named)
	sums := map[thn.ID]int{}
	for _, m := range moved {
		if m.Movement.Kind == thn.MovementArrived {
			sums[newest[m.Movement.Transfer]] += m.Movement.Kits
		}
	}
	return sums, err
}

// Arriving gives a transfer to a site of the actor's.
func (s *Stock) Arriving(ctx context.Context, actor thn.Actor, site, id thn.ID) (Transfer, error) {
	op := "arrival of " + string(id)
	if _, err := s.Site(ctx, actor, site); err != nil {
		return Transfer{}, err
	}
	newest, err := s.store.Newest(ctx, actor.Programme.ID, only(id))
	if err != nil {
		return Transfer{}, fault.Wrap(op, err)
	}
	f, _, err := s.store.Fact(ctx, actor.Programme.ID, newest[id])
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Transfer{}, fault.Wrap(op, err)
	}
	sent, is := f.(thn.Movement)
	if err != nil || !is || sent.Kind != thn.MovementSent || sent.Other != site {
		return Transfer{}, absent(op)
	}
	moved, err := s.store.Movements(ctx, thn.MovementQuery{Programme: actor.Programme.ID, Sites: only(site), Kinds: []thn.MovementKind{thn.MovementArrived}})
	if err != nil {
		return Transfer{}, fault.Wrap(op, err)
	}
	arrived, err := s.arrived(ctx, actor, moved)
	return transferOf(sent, arrived[sent.ID]), fault.Wrap(op, err)
}

// Opening makes what somebody found on a shelf its beginning. Where the ledger
// has met the kits before, as given out before anybody kept their stock, it is a
// count: what was found is what is there, and not more on top of it.
func (s *Stock) Opening(ctx context.Context, actor thn.Actor, m thn.Movement) (thn.Movement, error) {
	held, err := s.place(ctx, actor, thn.Holder{Site: m.Site})
	if err != nil {
		return m, fault.Wrap("opening", err)
	}
	if was, err := s.Movement(ctx, actor, m.ID); err == nil && was.Kind == thn.MovementOpening {
		return m, nil // the same page sent twice
	}
	if _, met := held.kits[thn.Holder{Site: m.Site}][lot{m.Product, m.Batch}]; met {
		m.Kind, m.Counted, m.Kits, m.Reason = thn.MovementCount, m.Kits, 0, "not_recorded"
	}
	return m, nil
}

// Movement gives a movement of a site within reach.
func (s *Stock) Movement(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Movement, error) {
	op := "movement " + string(id)
	if err := mayStock(actor, op); err != nil {
		return thn.Movement{}, err
	}
	f, e, err := s.store.Fact(ctx, actor.Programme.ID, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return thn.Movement{}, fault.Wrap(op, err)
	}
	m, is := f.(thn.Movement)
	if err != nil || !is || e.Void {
		return thn.Movement{}, absent(op)
	}
	_, err = s.Site(ctx, actor, m.Site)
	return m, err
}

// Move is one line of a site's list of movements.
type Move struct {
	thn.Moved
	Handle string // of who recorded it, for whoever sees the programme's figures
	Change bool   // the actor may correct it or take it out, as far as can be told here
}

// listed is how many movements a page lists.
const listed = 200

// Moves lists the movements of a site, the latest first.
func (s *Stock) Moves(ctx context.Context, actor thn.Actor, site thn.ID) ([]Move, error) {
	if _, err := s.Site(ctx, actor, site); err != nil {
		return nil, err
	}
	op := "movements of site " + string(site)
	moved, err := s.store.Movements(ctx, thn.MovementQuery{Programme: actor.Programme.ID, Sites: only(site), Limit: listed})
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	handles, err := s.handles(ctx, actor)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	var list []Move
	for _, m := range moved {
		own := m.Envelope.By == actor.Account.ID && m.Movement.Day == s.today(actor)
		list = append(list, Move{Moved: m, Handle: handles[m.Envelope.By], Change: own || actor.May(thn.VerbCoverage)})
	}
	return list, nil
}
