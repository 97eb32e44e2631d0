package report

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// GiveBack is what the records of one site or one person became, for whoever made
// them. Counts of 1 to 4 are masked: the sheet may hang on a wall.
type GiveBack struct {
	Kits, People    Cell // given out
	First           Cell // people who had never had a kit
	Again           Cell // people who came for another one
	Used            Cell // of them, because the last one was used
	Told            Cell // overdoses told of at which a kit was used; not reported for one person's own sheet
	ProgrammeKits   Cell // given out by everybody in the programme in these days
	NothingReported Cell // kits of which nobody has told anything
}

// Returned sums a site's records in a period, or one account's where it is given.
// It makes three tallies.
func Returned(ctx context.Context, source Source, spec Spec, by thn.ID) (GiveBack, error) {
	cells, err := source.Tally(ctx, thn.Query{Programme: spec.Programme.ID, Period: spec.Period, Sites: spec.Sites, By: by,
		Groups: []thn.Group{thn.BySupply, thn.ByReason}})
	if err != nil {
		return GiveBack{}, fault.Wrap("give back", err)
	}
	all, err := source.Tally(ctx, thn.Query{Programme: spec.Programme.ID, Period: spec.Period})
	if err != nil {
		return GiveBack{}, fault.Wrap("give back", err)
	}
	var sum, first, again, used, told thn.Cell
	for _, c := range cells {
		sum = plus(sum, c)
		reason := thn.Reason(c.Keys[thn.ByReason])
		switch thn.Supply(c.Keys[thn.BySupply]) {
		case thn.SupplyFirst:
			first = plus(first, c)
		case thn.SupplyRepeat:
			again = plus(again, c)
		}
		if reason.Used() {
			used = plus(used, c)
		}
		if reason.Told() {
			told = plus(told, c)
		}
	}
	g := GiveBack{Kits: inside(sum.Kits), People: inside(sum.People), First: inside(first.People), Again: inside(again.People), Used: within(used.People, again.People),
		ProgrammeKits: inside(all[0].Kits), NothingReported: within(sum.Kits-told.Kits, sum.Kits)}
	if g.First.Is(KindMasked) || g.Again.Is(KindMasked) || few(sum.People-first.People-again.People) {
		g.First, g.Again = Masked(), Masked() // of all people, what is left out of the two would be known
	}
	if by != "" {
		return g, nil // a use is told to a site
	}
	uses, err := source.UseTally(ctx, thn.UseQuery{Programme: spec.Programme.ID, Period: spec.Period, Sites: spec.Sites})
	if err != nil {
		return GiveBack{}, fault.Wrap("give back", err)
	}
	g.Told = inside(0)
	for _, c := range uses { // without groups there is at most one
		g.Told = inside(c.Given)
	}
	return g, nil
}

func plus(a, b thn.Cell) thn.Cell {
	return thn.Cell{Records: a.Records + b.Records, People: a.People + b.People, Kits: a.Kits + b.Kits}
}

// inside is a count as a programme shows it to itself.
func inside(n int64) Cell {
	if few(n) {
		return Masked()
	}
	return Number(n)
}

// within is a part of a count that is shown beside it: where few are left of the
// count, the part is not shown either.
func within(n, whole int64) Cell {
	if n != 0 && few(whole-n) {
		return Masked()
	}
	return inside(n)
}

func few(n int64) bool { return small(thn.ExactKits(n), SmallestInside) }
