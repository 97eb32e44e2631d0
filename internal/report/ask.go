package report

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/fault"
)

// Ask is one table of a page: an indicator, its rows, and how they are laid out.
type Ask struct {
	Key     string
	By      By
	Across  By       // what the columns of kits split by, instead of channels
	Top     int      // the largest columns that stay; the others become one. 0: all
	Years   bool     // of whole years, because what it divides by is published so
	Worst   string   // column whose smallest figures come first; empty: the usual order
	Compare []string // columns that get those of Spec.Then beside them
}

// TableOf builds one table of a page without the others.
func TableOf(ctx context.Context, source Source, spec Spec, ask Ask) (Table, error) {
	b, err := open(ctx, source, spec)
	if err != nil {
		return Table{}, fault.Wrap("report "+ask.Key, err)
	}
	return b.answer(ctx, ask)
}

// mostMonths is how many months are told apart on a page; longer periods are told
// by year.
const mostMonths = 36

func (b *book) answer(ctx context.Context, ask Ask) (Table, error) {
	i, err := Find(ask.Key)
	if err != nil {
		return Table{}, err
	}
	if ask.By == ByMonth && len(b.spec.Period.Months()) > mostMonths {
		ask.By = ByYear
	}
	c := b.as(ask.By)
	c.spec.Across = ask.Across
	if ask.Years {
		c = c.wholeYears()
	}
	t, err := c.build(ctx, i)
	if err != nil {
		return t, err
	}
	if len(ask.Compare) > 0 && !b.spec.Then.From.IsZero() {
		c.spec.Period = b.spec.Then
		then, err := c.build(ctx, i)
		if err != nil {
			return t, err
		}
		t = t.beside(then, ask.Compare)
	}
	if ask.Top > 0 {
		t = t.topColumns(ask.Top)
	}
	if ask.Worst != "" {
		t = t.worstFirst(ask.Worst)
	}
	return t, nil
}

// worstFirst orders rows by a column, the smallest first; rows without a figure
// follow, and what closes the table still closes it.
func (t Table) worstFirst(column string) Table {
	i := t.Column(column)
	if i < 0 {
		return t
	}
	out := t
	out.Rows = slices.Clone(t.Rows)
	slices.SortStableFunc(out.Rows, func(x, y Row) int {
		return cmp.Or(cmp.Compare(rank(x, i), rank(y, i)), order(x.Cells[i], y.Cells[i]))
	})
	return out
}

// rank puts ordinary rows with a figure before those without, and both before
// those that close the table.
func rank(r Row, i int) int {
	switch {
	case r.Kind == RowTotal:
		return 3
	case r.Kind == RowRest:
		return 2
	case !r.Cells[i].Known():
		return 1
	}
	return 0
}

func order(x, y Cell) int {
	if !x.Known() || !y.Known() {
		return 0
	}
	return cmp.Compare(x.size(), y.size())
}

// size is a figure as a number to order by: of a range its lower end.
func (c Cell) size() float64 {
	switch c.Kind() {
	case KindCount, KindRange:
		return float64(c.count.Low) / 2
	case KindModelled:
		return c.model.Value
	}
	r := c.ratio.Value
	if !c.ratio.Valued {
		r = c.ratio.Low
	}
	return r.Round(orderPlaces).Float()
}

// orderPlaces is finer than anything that is shown.
const orderPlaces = 6

// Speaks tells whether a table holds a figure that is not zero: one that does not
// has nothing to say for this programme.
func (t Table) Speaks() bool {
	closing := !slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Kind == RowPlain })
	for _, r := range t.Rows {
		if r.Kind == RowPlain || closing {
			for _, c := range r.Cells {
				if c.Is(KindMasked) || c.Known() && (c.count.High != 0 || c.ratio.High.Num != 0 || c.model.High != 0) {
					return true
				}
			}
		}
	}
	return false
}
