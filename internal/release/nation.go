package release

import (
	"context"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// nation is the figures of several programmes as one source: the publisher's, and
// those of the programmes that let it add theirs. Whose each sum is stays known,
// so that what one programme published of itself never swallows the records of
// another. What figures are set against (denominators, targets) is the publisher's.
//
// An area of an added programme that has the code, or the name and the place, of
// one of the publisher's is that one; any other stands below the area that its own
// parent is.
type nation struct {
	report.Source
	publisher thn.ID
	of        []thn.ID // whose records are read: all of them, or one
	areas     []thn.Area
	same      map[thn.ID]thn.ID // areas of the added programmes, as the publisher knows them
	sites     []thn.Site
	products  []thn.Product
}

// newNation reads what is set up by a publisher and the programmes with it.
func newNation(ctx context.Context, source report.Source, publisher thn.ID, with []thn.ID) (*nation, error) {
	n := &nation{Source: source, publisher: publisher, of: append([]thn.ID{publisher}, with...), same: map[thn.ID]thn.ID{}}
	for _, programme := range n.of {
		if err := n.settle(ctx, programme); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// alone narrows the records to those of one programme; what is set up stays, so
// that its figures have the rows and columns of all.
func (n *nation) alone(programme thn.ID) *nation {
	one := *n
	one.of = []thn.ID{programme}
	return &one
}

// settle adds the areas, sites and products of a programme.
func (n *nation) settle(ctx context.Context, programme thn.ID) error {
	areas, err := n.Source.Areas(ctx, programme)
	if err != nil {
		return err
	}
	for pending := areas; len(pending) > 0; {
		var later []thn.Area
		for _, a := range pending { // parents first
			if slices.ContainsFunc(pending, func(p thn.Area) bool { return p.ID == a.Parent }) {
				later = append(later, a)
			} else {
				n.place(a)
			}
		}
		pending = later
	}
	sites, err := n.Source.Sites(ctx, programme)
	if err != nil {
		return err
	}
	for _, s := range sites {
		s.Area = n.same[s.Area]
		n.sites = append(n.sites, s)
	}
	products, err := n.Source.Products(ctx, programme)
	n.products = append(n.products, products...)
	return err
}

// place finds the area that an area is, or adds it below its parent.
func (n *nation) place(a thn.Area) {
	if a.Parent = n.same[a.Parent]; a.Parent == "" && a.Kind != thn.AreaCountry {
		if i := slices.IndexFunc(n.areas, func(b thn.Area) bool { return b.Kind == thn.AreaCountry }); i >= 0 {
			a.Parent = n.areas[i].ID
		}
	}
	i := slices.IndexFunc(n.areas, func(b thn.Area) bool {
		return a.Code != "" && strings.EqualFold(a.Code, b.Code) || a.Parent == b.Parent && (thn.Fold(a.Name) == thn.Fold(b.Name) || a.Parent == "" && a.Kind == thn.AreaCountry && b.Kind == thn.AreaCountry)
	})
	if i < 0 || n.owns(a.ID) {
		n.areas, n.same[a.ID] = append(n.areas, a), a.ID
		return
	}
	n.same[a.ID] = n.areas[i].ID
}

// owns tells whether an area is in the list already.
func (n *nation) owns(area thn.ID) bool {
	return slices.ContainsFunc(n.areas, func(a thn.Area) bool { return a.ID == area })
}

// added names a programme where sums of several stand together: the publisher's
// own need no name.
func (n *nation) added(programme thn.ID) thn.ID {
	if programme == n.publisher {
		return ""
	}
	return programme
}

// gather asks for every programme in turn and lets each of the answers be changed.
func gather[E any](n *nation, ask func(programme thn.ID) ([]E, error), change func(programme thn.ID, e *E)) (all []E, err error) {
	for _, programme := range n.of {
		list, err := ask(programme)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			if change != nil {
				change(programme, &e)
			}
			all = append(all, e)
		}
	}
	return all, nil
}

// Areas, Sites and Products are those of all.

func (n *nation) Areas(context.Context, thn.ID) ([]thn.Area, error) {
	return slices.Clone(n.areas), nil
}
func (n *nation) Sites(context.Context, thn.ID) ([]thn.Site, error) {
	return slices.Clone(n.sites), nil
}
func (n *nation) Products(context.Context, thn.ID) ([]thn.Product, error) {
	return slices.Clone(n.products), nil
}

// Tally keeps the sums of programmes apart.
func (n *nation) Tally(ctx context.Context, q thn.Query) ([]thn.Cell, error) {
	return gather(n, func(programme thn.ID) ([]thn.Cell, error) {
		q.Programme = programme
		return n.Source.Tally(ctx, q)
	}, func(programme thn.ID, c *thn.Cell) {
		c.Programme = n.added(programme)
		if area, split := c.Keys[thn.ByArea]; split {
			c.Keys[thn.ByArea] = string(n.same[thn.ID(area)])
		}
	})
}

// Totals keeps those of programmes apart. The reports that added programmes took
// them from are not named: they would name the programmes.
func (n *nation) Totals(ctx context.Context, _ thn.ID) ([]thn.PeriodTotal, error) {
	return gather(n, func(programme thn.ID) ([]thn.PeriodTotal, error) { return n.Source.Totals(ctx, programme) }, func(programme thn.ID, t *thn.PeriodTotal) {
		t.Area, t.Programme = n.same[t.Area], n.added(programme)
		if t.Programme != "" {
			t.Source, t.URL, t.AsAt = "", "", thn.Date{}
		}
	})
}

// Facts are those of all.
func (n *nation) Facts(ctx context.Context, q thn.FactQuery) ([]thn.Fact, error) {
	return gather(n, func(programme thn.ID) ([]thn.Fact, error) {
		q.Programme = programme
		return n.Source.Facts(ctx, q)
	}, nil)
}

// Reported is what the sites of all said.
func (n *nation) Reported(ctx context.Context, _ thn.ID, period thn.Period) ([]thn.Reported, error) {
	return gather(n, func(programme thn.ID) ([]thn.Reported, error) { return n.Source.Reported(ctx, programme, period) }, nil)
}

// errNotSummed keeps a table that asks for more from showing the publisher's
// figures as those of all.
var errNotSummed = fault.New(fault.Internal, "sum programmes", "no national figure is made of this")

func (n *nation) UseTally(context.Context, thn.UseQuery) ([]thn.UseCell, error) {
	return nil, errNotSummed
}
func (n *nation) Trainings(context.Context, thn.TrainingQuery) ([]thn.TrainingCell, error) {
	return nil, errNotSummed
}
func (n *nation) Entered(context.Context, thn.Query) ([]thn.Cell, error) { return nil, errNotSummed }
func (n *nation) Surveys(context.Context, thn.ID) ([]thn.Survey, error)  { return nil, errNotSummed }
func (n *nation) Stock(context.Context, thn.StockQuery) ([]thn.StockCell, error) {
	return nil, errNotSummed
}
func (n *nation) Bags(context.Context, thn.ID) ([]thn.Bag, error)      { return nil, errNotSummed }
func (n *nation) Batches(context.Context, thn.ID) ([]thn.Batch, error) { return nil, errNotSummed }
