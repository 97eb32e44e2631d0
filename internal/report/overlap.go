package report

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Overlap is a period total whose scope holds single records, or crosses that of
// another total. What is in both is counted once: the programme chooses whether
// the total stands, with the records as its parts, or the records without it.
type Overlap struct {
	Total   thn.PeriodTotal
	Records thn.Count         // of the total's measure, in its scope
	Crosses []thn.PeriodTotal // totals that share kits with it though neither holds the other
}

// Exceeds tells whether the records are certainly more than the total says: then
// they cannot all be its parts, and one of the two is wrong.
func (o Overlap) Exceeds() bool { return o.Records.Low > o.Total.Count.High }

// Overlaps lists the overlaps of a programme, newest period first, whatever the
// period of the question. Its cost is one tally for each different period.
func Overlaps(ctx context.Context, source Source, spec Spec) ([]Overlap, error) {
	b, err := open(ctx, source, spec)
	if err != nil {
		return nil, fault.Wrap("list overlaps", err)
	}
	all := slices.Concat(b.totals, b.aside)
	b.totals = all
	var list []Overlap
	for i := range all {
		o, err := b.overlap(ctx, i)
		if err != nil {
			return nil, fault.Wrap("list overlaps", err)
		}
		if o.Records.High > 0 || len(o.Crosses) > 0 {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(x, y Overlap) int {
		return cmp.Or(cmp.Compare(y.Total.Period.To.String(), x.Total.Period.To.String()), cmp.Compare(x.Total.Scope(), y.Total.Scope()))
	})
	return list, nil
}

// overlap looks at one total of the book.
func (b *book) overlap(ctx context.Context, i int) (Overlap, error) {
	t := b.totals[i]
	inside, late := b.published(t.Measure, t.Period)
	own := slices.IndexFunc(inside, func(f *fact) bool { return f.total.ID == t.ID })
	o := Overlap{Total: t}
	for _, f := range slices.Concat(inside, late) {
		if mine := inside[own].box; f.box.meets(mine) && !f.box.holds(mine) && !mine.holds(f.box) {
			o.Crosses = append(o.Crosses, *f.total)
		}
	}
	events, err := b.recorded(ctx, t.Measure, t.Period, nil, inside)
	if err != nil {
		return o, err
	}
	for _, e := range events {
		if inside[own].box.holds(e.box) {
			o.Records = o.Records.Plus(e.count)
		}
	}
	return o, nil
}
