package release

import (
	"context"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// outside tells an order for readers who belong to no programme.
func (o Order) outside() bool { return o.Audience != thn.ForProgramme }

// together tells an order for the figures of several programmes.
func (o Order) together() bool { return o.outside() && !o.Alone }

// contributors are the programmes behind an order, its own first; none when it
// speaks for itself alone.
func (o Order) contributors() []thn.ID {
	if !o.together() {
		return nil
	}
	return append([]thn.ID{o.Programme.ID}, o.with...)
}

// join asks who is added to an order for the figures of several programmes.
func (r Releases) join(ctx context.Context, o *Order) (err error) {
	if o.together() {
		o.with, err = r.Ledger.Contributors(ctx, o.Programme.ID)
	}
	return err
}

// mayJoin refuses figures from which readers could take away what they know: those
// of a programme that tells them by itself, or elsewhere, for some of the same days.
func (r Releases) mayJoin(ctx context.Context, o Order) error {
	const op = "close release"
	if !o.outside() {
		return nil
	}
	for _, programme := range append([]thn.ID{o.Programme.ID}, o.with...) {
		own, err := r.Ledger.Editions(ctx, programme)
		if err != nil {
			return err
		}
		if number := telling(own, o, func(e thn.Edition) bool { return e.Alone != o.Alone || programme != o.Programme.ID }); number > 0 {
			return o.toldBeside(op, "apart", programme, number)
		}
		elsewhere, err := r.Ledger.PartOf(ctx, programme)
		if err != nil {
			return err
		}
		if number := telling(elsewhere, o, func(e thn.Edition) bool { return e.Programme != o.Programme.ID }); number > 0 {
			return o.toldBeside(op, "elsewhere", programme, number)
		}
	}
	return nil
}

// toldBeside says that a release tells the figures of a programme where they could be
// taken from an order's, or the order's from them.
func (o Order) toldBeside(op, where string, programme thn.ID, number int) error {
	key := "edition.error.told_" + where
	if programme == o.Programme.ID {
		key += "_own"
	}
	return fault.Say(fault.Conflict, op, key, map[string]any{"Number": number})
}

// telling is the number of an edition for readers outside about some of an order's
// days; 0: none.
func telling(list []thn.Edition, o Order, which func(thn.Edition) bool) int {
	for _, e := range list {
		if e.Audience != thn.ForProgramme && e.Period.Overlaps(o.Period) && which(e) {
			return e.Number
		}
	}
	return 0
}

// contribute notes what each programme holds of every count: it knows its own part,
// and must not learn what the others hold.
func (f *frozen) contribute(ctx context.Context, n *nation, o Order, thin []string) error {
	var parts []map[string]int64
	for _, programme := range o.contributors() {
		own, err := drafted(ctx, n.alone(programme), o)
		if err != nil {
			return err
		}
		own.Merge(thin)
		parts = append(parts, newWeave(&own, o.rule().Smallest).values())
	}
	f.several = true
	f.held(parts)
	return nil
}

// values are the counts of a weave by their names.
func (w *weave) values() map[string]int64 {
	values := make(map[string]int64, len(w.set.Cells))
	for _, c := range w.set.Cells {
		values[c.Key] = c.Value
	}
	return values
}

// held notes what each contributor holds of every count, given what the same weave
// of its figures alone holds.
func (w *weave) held(parts []map[string]int64) {
	held := map[string][]int64{}
	for _, c := range w.set.Cells {
		for _, own := range parts {
			held[c.Key] = append(held[c.Key], own[c.Key])
		}
	}
	for _, s := range w.set.Sums { // what only sums give has no name in the figures of one
		switch {
		case strings.HasPrefix(s.Whole, comePrefix):
			held[s.Whole] = make([]int64, len(parts))
			for _, p := range s.Parts {
				add(held[s.Whole], held[p], 1)
			}
		case w.rests[s.Parts[len(s.Parts)-1]]:
			rest := slices.Clone(held[s.Whole])
			add(rest, held[s.Parts[0]], -1)
			held[s.Parts[1]] = rest
		}
	}
	for i, c := range w.set.Cells {
		if !strings.HasPrefix(c.Key, publishedPrefix) {
			w.set.Cells[i].Contributors = fitted(held[c.Key], c.Value)
		}
	}
}

func add(to, list []int64, times int64) {
	for i, n := range list {
		to[i] += times * n
	}
}

// fitted lets what contributors hold come to the count: where a source gave bounds
// or restated a whole, what they hold apart differs from what they hold together.
// The difference is laid to whoever holds most.
func fitted(held []int64, value int64) []int64 {
	left := value
	for i, n := range held {
		held[i] = min(max(n, 0), left)
		left -= held[i]
	}
	if left > 0 {
		held[slices.Index(held, slices.Max(held))] += left
	}
	return held
}
