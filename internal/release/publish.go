package release

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"thntracker/internal/disclosure"
	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Publish opens a closed edition to its audience from an hour on; the zero hour is
// now. Accounts that are named may read it before. It is checked once more: what
// was tampered with since it was closed is refused.
func (r Releases) Publish(ctx context.Context, programme, by thn.ID, number int, from time.Time, early ...thn.ID) error {
	const op = "publish release"
	e, err := r.Ledger.Edition(ctx, programme, number)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if _, err := FiguresOf(e); err != nil {
		return fault.Wrap(op, err)
	}
	now := r.Now().UTC().Truncate(time.Hour)
	if from.IsZero() {
		from = now
	}
	if from.Before(now) {
		return fault.Say(fault.Invalid, op, "edition.error.past_hour", nil)
	}
	if from.Minute() != 0 || from.Second() != 0 {
		return fault.Say(fault.Invalid, op, "edition.error.full_hour", nil)
	}
	if err := r.keepsItsDay(ctx, e, from); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, r.Ledger.Publish(ctx, programme, by, e.ID, from.UTC(), early...))
}

// Revise closes a new edition in the place of a published one, with the figures as
// they stand at an hour. It is protected together with the one before it: a count
// that changed by a few people is hidden, and a revision whose totals changed by a
// few is refused until more has come.
func (r Releases) Revise(ctx context.Context, o Order, number int, reason string) (thn.Edition, error) {
	const op = "revise release"
	old, err := r.Ledger.Edition(ctx, o.Programme.ID, number)
	if err != nil {
		return thn.Edition{}, fault.Wrap(op, err)
	}
	if err := mayRevise(ctx, r.Ledger, old, reason); err != nil {
		return thn.Edition{}, err
	}
	kept, err := r.remembered(ctx, old)
	if err != nil {
		return thn.Edition{}, fault.Wrap(op, err)
	}
	o.Audience, o.Period, o.Alone, o.with = old.Audience, old.Period, old.Alone, kept.with()
	e, err := r.make(ctx, op, o, all)
	if err != nil {
		return e, err
	}
	if e.Hash == old.Hash {
		return thn.Edition{}, fault.Say(fault.Invalid, op, "edition.error.unchanged", map[string]any{"Number": number})
	}
	e.Revises, e.Reason = number, reason
	e, err = r.Ledger.AddEdition(ctx, o.By, e)
	return e, fault.Wrap(op, err)
}

func mayRevise(ctx context.Context, ledger Ledger, old thn.Edition, reason string) error {
	const op = "revise release"
	if reason == "" || len([]rune(reason)) > thn.LongestReason {
		return fault.Say(fault.Invalid, op, "edition.error.reason", map[string]any{"Most": thn.LongestReason})
	}
	list, err := ledger.Editions(ctx, old.Programme)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if i := slices.IndexFunc(list, func(e thn.Edition) bool { return e.Revises == old.Number }); i >= 0 {
		return fault.Say(fault.Conflict, op, "edition.error.revised_already", map[string]any{"Number": old.Number, "By": list[i].Number})
	}
	if old.State != thn.EditionPublished {
		return fault.Say(fault.Conflict, op, "edition.error.not_published", map[string]any{"Number": old.Number})
	}
	return nil
}

// before is what readers of an audience have already: every edition up to a
// number, as it was frozen and as it was shown, the newest first; nil: none. It
// notes in the order whether one of them was of other programmes.
func (r Releases) before(ctx context.Context, o *Order, upTo int) (newest *disclosure.Published, err error) {
	list, err := r.Ledger.Editions(ctx, o.Programme.ID)
	if err != nil {
		return nil, err
	}
	slices.Reverse(list)
	places := o.contributors()
	for _, e := range list {
		if e.Number > upTo || !sameReaders(e.Audience, o.Audience) {
			continue
		}
		told, by, err := r.told(ctx, e)
		if err != nil {
			return nil, err
		}
		o.joined = o.joined || !slices.Equal(by, o.contributors())
		places = replace(told.Set.Cells, by, places)
		told.Earlier, newest = newest, told
	}
	return newest, nil
}

// sameReaders tells whether who reads one may read the other: what is outside is
// outside.
func sameReaders(a, b thn.Readership) bool { return (a == thn.ForProgramme) == (b == thn.ForProgramme) }

// remembered is what the programme kept of an edition for itself.
func (r Releases) remembered(ctx context.Context, e thn.Edition) (kept memory, err error) {
	counts, err := r.Ledger.Counts(ctx, e.Programme, e.ID)
	if err == nil {
		err = json.Unmarshal(counts, &kept)
	}
	return kept, err
}

// with lists the programmes that were added to the publisher's own.
func (m memory) with() []thn.ID {
	if len(m.Contributors) == 0 {
		return nil
	}
	return m.Contributors[1:]
}

// told is one edition: its counts as they were frozen, and which it shows; and the
// programmes behind it when there were several.
func (r Releases) told(ctx context.Context, e thn.Edition) (*disclosure.Published, []thn.ID, error) {
	kept, err := r.remembered(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	p := &disclosure.Published{Set: kept.Set, Shown: map[string]disclosure.Shown{}}
	for _, c := range p.Set.Cells {
		p.Shown[c.Key] = disclosure.Shown{Low: c.Value, High: c.Value}
	}
	for _, entry := range kept.Log {
		p.Shown[entry.Key] = disclosure.Shown{Hidden: true}
	}
	return p, kept.Contributors, nil
}

// replace puts what contributors hold of the counts of an earlier edition at their
// places among all that were met so far, which it gives back.
func replace(cells []disclosure.Cell, by, places []thn.ID) []thn.ID {
	at := make([]int, len(by))
	for i, programme := range by {
		if at[i] = slices.Index(places, programme); at[i] < 0 {
			at[i], places = len(places), append(places, programme)
		}
	}
	for c, cell := range cells {
		if cell.Contributors == nil {
			continue
		}
		held := make([]int64, len(places))
		for i, n := range cell.Contributors {
			held[at[i]] = n
		}
		cells[c].Contributors = held
	}
	return places
}

// Check computes an edition again from the records of its hour and tells whether
// every byte is the same. It is how anybody with the records proves a figure.
func (r Releases) Check(ctx context.Context, programme thn.Programme, number int) (e thn.Edition, same bool, err error) {
	const op = "check release"
	e, err = r.Ledger.Edition(ctx, programme.ID, number)
	if err != nil {
		return e, false, fault.Wrap(op, err)
	}
	if _, err := FiguresOf(e); err != nil {
		return e, false, fault.Wrap(op, err)
	}
	kept, err := r.remembered(ctx, e)
	if err != nil {
		return e, false, fault.Wrap(op, err)
	}
	o := Order{Programme: programme, Audience: e.Audience, Period: e.Period, Provisional: e.Provisional, Alone: e.Alone, AsAt: e.AsAt, with: kept.with()}
	again, err := r.make(ctx, op, o, e.Number-1)
	return e, again.Hash == e.Hash, err
}
